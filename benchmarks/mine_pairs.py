"""Finds for questions the sentences that are easily taken for their answers: pairs for `benchmarks.train_reader`.

    python -m benchmarks.mine_pairs INDEX QUESTIONS.jsonl PAIRS.jsonl

A line of QUESTIONS: {"question": "...", "quotes": ["a sentence that answers it", ...]}; no quotes where the sources of the index do not answer it.
Beside the answers stand the HARD best-ranked other sentences, and OTHERS of the next ones by chance: what the reader is given when the question is asked.
"""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from assistant.bridge import bundled_bridge
from assistant.candidates import candidates, rank
from assistant.corpus import Corpus
from assistant.decision import load_model
from assistant.evidence import read_text
from assistant.filtering import allowed_rows
from assistant.guard import clause_end
from assistant.settings import AssistantSettings
from assistant.understanding import Vocabulary, understand
from benchmarks.fit_evidence import same, squeeze
from index.bundled import bundled_encoder
from index.source_index import SourceIndex

HARD, OTHERS, AMONG, MOST_ANSWERS = 4, 2, 16, 2


def pairs(index: SourceIndex, questions: list[dict]) -> Iterator[dict]:
    """Yield the pairs of each question; one whose quotes are not in the index has none."""
    encoder, bridge, model = bundled_encoder(), bundled_bridge(), load_model()
    view = index.view(None)
    corpus, vocabulary = Corpus.of(view, folder=index.folder, encoder=encoder), Vocabulary.of(view)
    allowed, _ = allowed_rows(corpus, (), chosen=None)
    owners = [view.passages[int(owner)] for owner in view.sentence_owner]
    units = [squeeze(passage.text if passage.kind in ("signal", "row", "item") and clause_end(passage) == passage.end else view.sentence_text(row))
             for row, passage in enumerate(owners)]
    for question in questions:
        quotes = [squeeze(quote) for quote in question["quotes"]]
        answers = [row for row, unit in enumerate(units) if any(same(unit, quote) for quote in quotes)]
        if quotes and not answers:
            continue
        understood = understand(question["question"], history=[], vocabulary=vocabulary, bridge=bridge)
        picked = candidates(rank(understood, corpus, encoder, allowed=allowed, fusion=AssistantSettings().fusion), understood, corpus, bridge)
        order = np.argsort(-model.plain.sentences.log_odds(np.array([one.features for one in picked])), kind="stable")
        said = {units[row] for row in answers}
        others = [row for row in (picked[int(place)].row for place in order) if not any(units[row] in one or one in units[row] for one in said)]
        rest = others[HARD:AMONG]
        chosen = [*((row, True) for row in random.sample(answers, min(MOST_ANSWERS, len(answers)))),
                  *((row, False) for row in others[:HARD] + (random.sample(rest, min(OTHERS, len(rest))) if quotes else []))]
        for row, answered in chosen:
            text = read_text(row, view)
            yield {"question": understood.text, "text": text.text, "heading": text.heading, "before": text.before, "answers": answered}


def main(index: str, questions: str, target: str) -> None:
    """Write the pairs of a file of questions."""
    random.seed(1)
    asked = [json.loads(line) for line in Path(questions).read_text(encoding="utf-8").splitlines()]
    found = pairs(SourceIndex.open(Path(index), encoder=bundled_encoder()), asked)
    Path(target).write_text("".join(f"{json.dumps(pair, ensure_ascii=False)}\n" for pair in found), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
