"""Fits and cross-validates the decision whether a sentence is evidence: writes assistant/evidence_model.json.

Four regressions: on the features of all candidates, on those that the reader has read, and for each on the question as a whole.

    python -m benchmarks.fit_evidence INDEX QUESTIONS [INDEX QUESTIONS ...] [--with-shipped] [--write]

The same questions may be put to several indexes, under the same file name so that they are left out together: to the sources alone, and beside thousands of
passages of other laws. `--with-shipped` takes the mean of the log-odds of the fit and of the model in place, so not the same when it is written twice; the one
that is shipped is the mean with the model of decision 012. See docs/decisions/017.
QUESTIONS holds one object a line: id, lang, kind, question, history, answerable, and the required quotations as `must`
(lists of alternatives with `quote`) and the allowed ones as `may`. Cross-validation leaves whole question sets out.
"""

import json
import re
import sys
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assistant.answers import Status
from assistant.bridge import bundled_bridge
from assistant.candidates import FEATURES, candidates, rank
from assistant.corpus import Corpus
from assistant.decision import READ_FEATURES, DecisionModel, Judge, Logistic, load_model, question_features, quoted, read_features
from assistant.evidence import Judged, glossed, quote, with_whole_list
from assistant.filtering import allowed_rows
from assistant.premises import denies
from assistant.settings import AssistantSettings
from assistant.understanding import Vocabulary, understand
from index.bundled import BundledEncoder, bundled_encoder
from index.reader import EvidenceReader
from index.source_index import SourceIndex

MOST_READ = 16  # eight sentences or sixteen signals: more than are read to answer, so that the regressions see some that are worse
TARGET = Path(__file__).resolve().parents[1] / "assistant" / "evidence_model.json"


@dataclass(frozen=True)
class Case:
    """A question with the features of its candidates; `labels` are 1 evidence, 0 none, -1 allowed; `groups` the required ones."""

    id: str
    set: str
    lang: str
    kind: str
    answerable: bool
    out_of_scope: bool
    denied: np.ndarray
    features: np.ndarray
    labels: np.ndarray
    groups: Sequence[Set[int]]
    texts: list[str]
    question: str
    read: dict[int, float] = field(default_factory=dict)


def squeeze(text: str) -> str:
    """Return the letters and digits of a text."""
    return re.sub(r"\W+", "", text).casefold()


def required(question: dict) -> tuple[list[list[str]], list[str]]:
    """Return the required quotations as alternatives, and the allowed ones."""
    must = [[one["quote"] for one in alternatives] for alternatives in question.get("must", [])]
    return must, [one["quote"] for one in question.get("may", [])]


def cases(index: SourceIndex, encoder: BundledEncoder, path: Path) -> list[Case]:
    """Work out the candidates of every question of a set."""
    view = index.view(None)
    corpus = Corpus.of(view, folder=index.folder, encoder=encoder)
    vocabulary, bridge, found = Vocabulary.of(view), bundled_bridge(), []
    model, reader = load_model(), EvidenceReader(encoder)
    for line in path.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        understood = understand(question["question"], history=question.get("history", []), vocabulary=vocabulary, bridge=bridge)
        allowed, _ = allowed_rows(corpus, understood.filters, chosen=None)
        if understood.filters and not understood.terms:
            continue  # answered by the filter alone, see Assistant
        ranking = rank(understood, corpus, encoder, allowed=allowed, fusion=AssistantSettings().fusion)
        picked = [one for one in candidates(ranking, understood, corpus, bridge) if allowed[one.row]]
        must, may = required(question)
        texts = [view.sentence_text(one.row) for one in picked]
        units = [squeeze(quote(Judged(one, 0.0), corpus, why="", whole_list=with_whole_list(one, understood, corpus)).quote) for one in picked]
        groups = [{number for number, unit in enumerate(units) if any(same(unit, squeeze(wanted)) for wanted in alternatives)} for alternatives in must]
        allowed_units = {number for number, unit in enumerate(units) if any(same(unit, squeeze(wanted)) for wanted in may)}
        labels = np.array([1 if any(n in g for g in groups) else -1 if n in allowed_units else 0 for n in range(len(units))])
        denied = np.array([denies(understood, text, around=corpus.signal_of(one.row)) for one, text in zip(picked, texts, strict=True)], dtype=bool)
        worth = model.most_probable([one.features for one in picked], MOST_READ)
        scores = reader.scores(understood.text, [glossed(picked[place], understood, corpus) for place in worth])
        found.append(Case(question["id"], path.stem, question["lang"], question["kind"], question["answerable"], bool(understood.out_of_scope),
                          denied, np.array([one.features for one in picked]).reshape(-1, len(FEATURES)), labels, groups, texts, question["question"],
                          dict(zip(worth, map(float, scores), strict=True))))
    return found


def same(unit: str, wanted: str) -> bool:
    """Say whether what would be quoted is (mostly) a required quotation, or the other way round."""
    return bool(unit) and bool(wanted) and (unit in wanted and len(unit) > 0.5 * len(wanted) or wanted in unit)


def fit(training: list[Case]) -> DecisionModel:
    """Fit all regressions. What a later one learns from was judged by earlier ones fitted without the question's set."""
    held = [case for case in training if len(case.features)]
    plain, first = fit_judge(held, [case.features for case in held], [case.labels for case in held])
    places = [list(case.read) for case in held]
    rows = [read_features(case.features[own], np.array(list(case.read.values())), odds[own])
            for case, own, odds in zip(held, places, first, strict=True)]
    read, _ = fit_judge(held, rows, [case.labels[own] for case, own in zip(held, places, strict=True)])
    return DecisionModel(plain, read)


def fit_judge(held: list[Case], features: list[np.ndarray], labels: list[np.ndarray]) -> tuple[Judge, list[np.ndarray]]:
    """Fit a judge; return it with the calibrated log-odds of all sentences by a fit without the set of their question."""
    sets = [case.set for case in held]
    names = dict.fromkeys(sets)
    without = {name: fit_sentences(*zip(*((x, y) for x, y, own in zip(features, labels, sets, strict=True) if own != name or len(names) == 1), strict=True))
               for name in names}
    log_odds = [without[own].log_odds(x) for x, own in zip(features, sets, strict=True)]
    slope, shift = calibration(labels, log_odds)
    log_odds = [slope * one + shift for one in log_odds]
    questions = logistic(np.array([question_features(odds, x) for odds, x in zip(log_odds, features, strict=True)]),
                         np.array([case.answerable for case in held]), None, strength=0.03)
    raw = fit_sentences(features, labels)
    return Judge(Logistic(slope * raw.weights, raw.means, raw.scales, slope * raw.bias + shift), questions), log_odds


def calibration(labels: list[np.ndarray], log_odds: list[np.ndarray]) -> tuple[float, float]:
    """Return slope and shift that make the log-odds of sentences what they promise (Platt scaling)."""
    from sklearn.linear_model import LogisticRegression

    x = np.concatenate([odds[own >= 0] for own, odds in zip(labels, log_odds, strict=True)])
    y = np.concatenate([own[own >= 0] == 1 for own in labels])
    model = LogisticRegression(C=1e6).fit(x[:, None], y)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def fit_sentences(features: Sequence[np.ndarray], labels: Sequence[np.ndarray]) -> Logistic:
    """Fit the evidence; each question weighs the same, its evidence half of that."""
    rows, positives, weights = [], [], []
    for x, y in zip(features, labels, strict=True):
        keep = y >= 0
        positive = y[keep] == 1
        rows.append(x[keep])
        positives.append(positive)
        hard = np.exp(-0.25 * np.arange(keep.sum()))
        weights.append(np.where(positive, 1.0 / max(positive.sum(), 1), hard / max(hard[~positive].sum(), 1e-6)))
    return logistic(np.concatenate(rows), np.concatenate(positives), np.concatenate(weights), strength=0.03)


def logistic(x: np.ndarray, y: np.ndarray, weights: np.ndarray | None, *, strength: float) -> Logistic:
    """Fit one regression on standardised features; without weights both classes weigh the same."""
    from sklearn.linear_model import LogisticRegression

    mean, scale = x.mean(0), x.std(0) + 1e-6
    model = LogisticRegression(C=strength, max_iter=3000, class_weight=None if weights is not None else "balanced")
    model.fit((x - mean) / scale, y, sample_weight=weights)
    return Logistic(model.coef_[0], mean, scale, float(model.intercept_[0]))


def evaluate(model: DecisionModel, tested: list[Case], answer_line: float, *, misses: bool = False) -> dict[str, tuple]:
    """Return recall, precision, hit@1, hit@3, answered, false answers by set and language."""
    sums: dict[str, list] = {}
    for case in tested:
        decision = model.decide_read(case.features.tolist(), case.read)
        probability = np.array(decision.evidence)
        order = np.argsort(-probability, kind="stable")
        status: Status = "answered" if decision.answers >= answer_line and not case.denied[order[:3]].any() and not case.out_of_scope else "related"
        signals = [bool(row[FEATURES.index("signal")]) for row in case.features[order]]
        chosen = [int(order[place]) for place in quoted(probability[order].tolist(), signals, case.kind, AssistantSettings())] if status == "answered" else []
        row = sums.setdefault(f"{case.set} {case.lang}", [[], [], [], [], [], []])
        if case.answerable:
            recall = np.mean([bool(group & set(chosen)) for group in case.groups])
            counted = [n for n in chosen if case.labels[n] >= 0]
            precision = np.mean([case.labels[n] == 1 for n in counted]) if counted else float(bool(chosen))
            first = {int(n) for n in order[:1]} & set[int]().union(*case.groups)
            third = {int(n) for n in order[:3]} & set[int]().union(*case.groups)
            for place, value in enumerate((recall, precision, bool(first), bool(third), status == "answered")):
                row[place].append(value)
            if misses and (recall < 1 or precision < 1):
                print("  MISS", case.id, case.question, f"r={recall:.2f} p={precision:.2f} answers={decision.answers:.2f}")
                for n in order[:4]:
                    print(f"      {probability[n]:.2f} {case.labels[n]:2d} {case.texts[n][:90]}")
        else:
            row[5].append(status == "answered")
            if misses and status == "answered":
                print("  FALSE", case.id, case.kind, case.question, f"{decision.answers:.2f}", case.texts[order[0]][:90])
    return {name: tuple(round(float(np.mean(values)), 2) if values else None for values in row) for name, row in sums.items()}


def main(arguments: list[str]) -> None:
    """Cross-validate over the sets and, with --write, keep the model fitted on all of them."""
    write, shipped = "--write" in arguments, load_model() if "--with-shipped" in arguments else None
    paths = [Path(a) for a in arguments if not a.startswith("--")]
    encoder = bundled_encoder()
    every: list[Case] = []
    for folder, questions in zip(paths[::2], paths[1::2], strict=True):
        every += cases(SourceIndex.open(folder, encoder=encoder), encoder, questions)
    columns = "recall, precision, hit@1, hit@3, answered, false answers"
    for name in dict.fromkeys(case.set for case in every):
        training = [case for case in every if case.set != name] or every
        model = mean_of(fit(training), shipped) if shipped else fit(training)
        print(f"left out {name}: {columns}")
        tested = [case for case in every if case.set == name]
        for line in (0.3, 0.35, 0.4, 0.5, 0.6):
            print("  line", line, evaluate(model, tested, line))
        evaluate(model, tested, 0.5, misses=True)
    model = mean_of(fit(every), shipped) if shipped else fit(every)
    print("fitted on all:", evaluate(model, every, 0.5), dict(zip(READ_FEATURES, model.read.sentences.weights.round(2), strict=True)))
    if write:
        kept = {"features": FEATURES, **{name: {"sentences": coefficients(judge.sentences), "questions": coefficients(judge.questions)}
                                         for name, judge in (("plain", model.plain), ("read", model.read))}}
        TARGET.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def mean_of(one: DecisionModel, other: DecisionModel) -> DecisionModel:
    """Return the model whose log-odds are the mean of those of two; standardised as the first."""
    def mean(mine: Logistic, theirs: Logistic) -> Logistic:
        steep, theirs_steep = mine.weights / mine.scales, theirs.weights / theirs.scales
        weights = (steep + theirs_steep) / 2
        at_zero = (mine.bias - steep @ mine.means + theirs.bias - theirs_steep @ theirs.means) / 2
        return Logistic(weights * mine.scales, mine.means, mine.scales, float(at_zero + weights @ mine.means))

    def both(mine: Judge, theirs: Judge) -> Judge:
        return Judge(mean(mine.sentences, theirs.sentences), mean(mine.questions, theirs.questions))

    return DecisionModel(both(one.plain, other.plain), both(one.read, other.read))


def coefficients(model: Logistic) -> dict[str, list[float] | float]:
    """Return a regression as plain values, five decimals."""
    return {"weights": model.weights.round(5).tolist(), "means": model.means.round(5).tolist(), "scales": model.scales.round(5).tolist(),
            "bias": round(model.bias, 5)}


if __name__ == "__main__":
    main(sys.argv[1:])
