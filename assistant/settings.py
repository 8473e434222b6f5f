"""What an administrator may change about answering; its hash is stored in every answer."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Annotated

from pydantic import Field

from assistant.term_file import term_text

Weight = Annotated[float, Field(allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0)]
OneOrMore = Annotated[int, Field(ge=1)]


@dataclass(frozen=True, slots=True)
class FusionSettings:
    """How the scores of one passage are added up; see docs/decisions for the measurement."""

    dense: Weight = 1.0
    lexical: Weight = 1.0


@dataclass(frozen=True, slots=True)
class AssistantSettings:
    """Limits and lines, in probabilities (0 to 1) of the calibrated decisions; measured in docs/decisions/005 to 025.

    `answer_line` says whether the sources answer, `signal_answer_line` where their best answer is a signal; the best quotation must reach `best_line`;
    `signal_line` and `evidence_line` say which signals and sentences are quoted;
    a sentence must also reach `sentence_share` of the best, `beside_signal_share` where that is a signal, and `single_share` where one answer is asked for.
    The sources touch a question that they do not answer when a sentence holds `related_line` of its words, weighed by how telling they are.
    At most `most_read` signals, or two thirds as many sentences, and half as many more for an English question, are read by the bundled
    cross-encoder, 0 for none; of a list as many again, up to `most_read_of_list`, as long as half of the last ones belong to it. `reranker` is the name or
    folder of another one that orders the `most_reranked` most probable; empty for none. A sentence of a document that hardly names human trafficking or
    exploitation, where others do, begins with `field_log_odds` less for a question of few words; 0 for none, see `field.py`. `terms` is the path of
    a file of terms in the place of the bundled one, see `bridge.py`; empty for that.

    The bounds are checked where values come from outside: the settings file, and `eval --vary`.
    """

    longest_question: OneOrMore = 2_000
    answer_line: Share = 0.35
    signal_answer_line: Share = 0.35
    best_line: Share = 0.15
    signal_line: Share = 0.14
    evidence_line: Share = 0.05
    sentence_share: Share = 0.15
    beside_signal_share: Share = 0.7
    most_sentences: OneOrMore = 3
    related_line: Share = 0.25
    single_share: Share = 0.4
    most_read: Count = 6
    most_read_of_list: Count = 30
    reranker: str = ""
    most_reranked: Count = 30
    most_near: Count = 3
    terms: str = ""
    field_log_odds: Annotated[Weight, Field(ge=0)] = 1.5
    fusion: FusionSettings = FusionSettings()

    @property
    def hash(self) -> str:
        """Twelve characters that change when any setting does; a file of terms counts by what it holds. Raises UsageError where it cannot be read."""
        values = asdict(self) | ({"terms": hashlib.sha256(term_text(self.terms).encode()).hexdigest()} if self.terms else {})
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:12]
