"""What an administrator may change about answering; its hash is stored in every answer."""

import hashlib
import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class FusionSettings:
    """How the scores of one passage are added up; see docs/decisions for the measurement."""

    dense: float = 1.0
    lexical: float = 1.0


@dataclass(frozen=True, slots=True)
class AssistantSettings:
    """Limits and lines, in probabilities (0 to 1) of the calibrated decisions; measured in docs/decisions/005 to 024.

    `answer_line` says whether the sources answer, `signal_answer_line` where their best answer is a signal; the best quotation must reach `best_line`;
    `signal_line` and `evidence_line` say which signals and sentences are quoted;
    a sentence must also reach `sentence_share` of the best, `beside_signal_share` where that is a signal, and `single_share` where one answer is asked for.
    The sources touch a question that they do not answer when a sentence holds `related_line` of its words, weighed by how telling they are.
    At most `most_read` signals, or two thirds as many sentences, and half as many more for an English question, are read by the bundled
    cross-encoder, 0 for none; of a list as many again, up to `most_read_of_list`, as long as half of the last ones belong to it. `reranker` is the name or
    folder of another one that orders the `most_reranked` most probable; empty for none. A sentence of a document that hardly names human trafficking or
    exploitation, where others do, begins with `field_log_odds` less for a question of few words; 0 for none, see `field.py`.
    """

    longest_question: int = 2_000
    answer_line: float = 0.35
    signal_answer_line: float = 0.35
    best_line: float = 0.15
    signal_line: float = 0.2
    evidence_line: float = 0.05
    sentence_share: float = 0.15
    beside_signal_share: float = 0.3
    most_sentences: int = 3
    related_line: float = 0.25
    single_share: float = 0.4
    most_read: int = 6
    most_read_of_list: int = 30
    reranker: str = ""
    most_reranked: int = 30
    most_near: int = 3
    field_log_odds: float = 1.5
    fusion: FusionSettings = FusionSettings()

    @property
    def hash(self) -> str:
        """Twelve characters that change when any setting does."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:12]
