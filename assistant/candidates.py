"""The sentences that may be evidence, each with the features on which the decision rests."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.answer_types import MEASURED, asked_for, holds
from assistant.bridge import Bridge
from assistant.corpus import Corpus
from assistant.coverage import SAID, Coverage, cover
from assistant.exclusions import BESIDES
from assistant.field import begins_with
from assistant.function_words import PREPOSITIONS
from assistant.settings import FusionSettings
from assistant.term_match import counts_something_else
from assistant.term_vectors import term_vectors_of
from assistant.understanding import Term, Understood
from index.encoder import Encoder
from index.products import dots
from index.question_encoder import question_encoder_for

F32 = NDArray[np.float32]
LENT = 0.7            # what a term is worth that stands in the passage or heading, not in the sentence; not measured
RELEVANT = 5.0        # standard deviations that a relevance of 1 is worth when candidates are picked; chosen, not measured
COVERED = 0.5         # from here on a name or number counts as covered
_HERE = ("@nl",)
_COUNTRY = re.compile(r"@[a-z]{2}")  # a country or its people; a part of the world is named by the countries in it
_BESIDES = re.compile(  # asks for the others
    rf"\b(?:{BESIDES}|outside|in addition to|(?:an)?other|buiten|andere?n?)\b", re.I)
_JOINS = re.compile(r"[,/&]|\b(?:en|of|and|or|zowel|evenals|alsook|as well as)\b", re.I)  # one thing and another
_JOINS_ENGLISH = re.compile(r"[,/&]|\b(?:and|or|as well as)\b", re.I)  # "of" joins in Dutch only
_CODE_OR_YEAR = re.compile(r"[^\W\d_]\d|\d[^\W\d_]|\b(?:19|20|21)\d\d\b")
_FEW_WORDS = 3
_KINDS = ("sector", "uitbuiting", "online")  # concepts whose kinds are told apart by name
_TELLING, HARDLY = 0.3, 0.3  # the share of a question that one of these has, and up to where it counts as held by nothing; set on 1,900 questions
_EXCLUDING = frozenset({"uitbuiting"})  # concepts whose kinds exclude each other; those of violence or shelter overlap
MOST_CANDIDATES = 60  # for one question; of a list that goes on beyond them as many as it needs, see `inquiry.py`

FEATURES = ("dense_question", "dense_sentence", "dense_passage", "meaning", "relevance", "below_relevance", "below_best", "own", "lent", "worst",
            "worst_own", "telling", "telling_own", "uncovered", "names", "names_own", "other_name", "type_held", "type_missing", "measure_missing",
            "counts_other", "reason_missing", "short", "signal", "list", "yesno", "english")


@dataclass(frozen=True)
class DenseScores:
    """What the vectors say of every sentence: float32 arrays of one length.

    In standard deviations above the background: the sentence by the question's (`by_question`) and by its own (`by_sentence`), its
    passage by the question's (`passage`); the log-likelihood ratio of one `meaning`; the `relevance` (-1 to 1).
    """

    by_question: F32
    by_sentence: F32
    passage: F32
    meaning: F32
    relevance: F32

    @cached_property
    def nearest(self) -> F32:
        """How near each sentence is to the question, by both backgrounds together."""
        return np.asarray((self.by_question + self.by_sentence) / 2, dtype=np.float32)

    def of(self, row: int) -> tuple[float, ...]:
        """Return the five scores of one sentence."""
        return tuple(float(scores[row]) for scores in (self.by_question, self.by_sentence, self.passage, self.meaning, self.relevance))


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every sentence that the user may see, scored: float32 arrays of one length; `order` is best first.

    `most_relevant` is the highest relevance among the sentences that become candidates, `elsewhere` how probable it is that the question
    is put to the assistant itself and that it is put to nobody here (0 to 1, see `question_scope.py`), `prior` the log-odds with which each
    sentence begins.
    """

    score: F32
    dense: DenseScores
    coverage: Coverage
    order: NDArray[np.int64]
    most_relevant: float
    elsewhere: tuple[float, float]
    prior: F32


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence (row of the corpus) with its features in the order of FEATURES, how far it covers each term (0 to 1), and its log-odds beforehand."""

    row: int
    features: tuple[float, ...]
    covered: tuple[float, ...]
    prior: float = 0.0

    def feature(self, name: str) -> float:
        """Return one of FEATURES by its name."""
        return self.features[FEATURES.index(name)]


def rank(understood: Understood, corpus: Corpus, encoder: Encoder, *, allowed: NDArray[np.bool_],
         fusion: FusionSettings, field_log_odds: float = 0.0) -> Ranking:
    """Score all sentences: dense scores above the background (sentence and passage) and term coverage, summed.

    `allowed` says which sentences the filters leave; the others sink to the end. The sum only picks the candidates,
    which the decision then orders. `field_log_odds` is what a sentence of a document on another field begins with, see `field.py`.
    """
    vectors = term_vectors_of(encoder).beside(understood.put, [term.text for term in understood.terms])
    coverage = cover(understood, corpus, vectors[1:])
    tuned = question_encoder_for(encoder)
    dense = _dense(vectors[0], tuned.vector(understood.put) if tuned else vectors[0], understood.language, corpus)
    covered = 6 * coverage.mean(passage=0, heading=0) + 3 * coverage.mean(passage=LENT, heading=LENT)
    score = np.asarray(fusion.dense * (dense.nearest + 0.5 * dense.passage + RELEVANT * dense.relevance) + fusion.lexical * covered, dtype=np.float32)
    prior = begins_with(corpus, len(understood.terms), most=field_log_odds, allowed=allowed)
    score += prior
    order = np.lexsort((np.arange(len(score)), -np.round(score, 5), ~allowed))
    first = order[:MOST_CANDIDATES]
    most_relevant = float(dense.relevance[first[allowed[first]]].max(initial=-1.0))
    addressees = None if _asks_for_a_word_of(coverage, understood) else corpus.background.addressees
    return Ranking(score, dense, coverage, order, most_relevant, addressees.of(vectors[0]) if addressees else (0.0, 0.0), prior)


def _asks_for_a_word_of(coverage: Coverage, understood: Understood) -> bool:
    """Say whether a question asks what a word means that some sentence has: "Wat wordt bedoeld met een ‘ritje’?" looks like small talk by its vector."""
    return understood.kind == "definition" and bool(coverage.terms) and bool((coverage.own.max(axis=1, initial=0.0) >= SAID).all())


def _dense(question: F32, tuned: F32, language: str, corpus: Corpus) -> DenseScores:
    """Score every sentence by its vector and that of its passage, for the vector of a question and the one for relevance (dimensions each)."""
    cohorts = corpus.background.sentences
    dutch, english = (np.stack(cohorts[one].moments(question)) for one in ("nl", "en"))
    mean, deviation = np.where(corpus.english, english[:, None], dutch[:, None])
    owner = corpus.view.sentence_owner
    meaning, relevance = corpus.background.meaning, corpus.background.relevance
    raw, along_meaning, along_relevance = dots(np.stack([question, meaning.direction(question, language), relevance.direction(tuned)]),
                                               corpus.view.sentence_vectors)
    passage = ((dots(question[None], corpus.view.vectors)[0] - mean) / deviation)[owner]
    own_mean, own_deviation = corpus.against_questions[language]
    means = meaning.scores(question, language, along_meaning, corpus.meaning_terms, corpus.english_sentences)
    relevant = relevance.scores(tuned, along_relevance, corpus.relevance_lengths)
    return DenseScores((raw - mean[owner]) / deviation[owner], (raw - own_mean) / own_deviation, passage, means, relevant)


def candidates(ranking: Ranking, understood: Understood, corpus: Corpus, bridge: Bridge, *, most: int = MOST_CANDIDATES) -> tuple[Candidate, ...]:
    """Work out the features of the best sentences, best first."""
    rows = [int(row) for row in ranking.order[:most] if corpus.view.quotable(int(row))]
    return tuple(Candidate(row, _features(row, ranking, understood, corpus, bridge), covered_by(row, ranking), float(ranking.prior[row])) for row in rows)


def covered_by(row: int, ranking: Ranking) -> tuple[float, ...]:
    """Return how far a sentence covers each term of the question that was ranked for, 0 to 1."""
    return tuple(float(share) for share in ranking.coverage.own[:, row])


def touches(candidate: Candidate, share: float, *, named: bool = True) -> bool:
    """Say whether a sentence is about the subject: it holds this share of the question's words, weighed, and, if `named`, one of its names if there are any."""
    return candidate.feature("own") >= share and (candidate.feature("names") > 0 or not named)


def by_introduction(candidate: Candidate) -> bool:
    """Say whether most of what a sentence has of the question stands above it: in its heading or in the introduction of its list."""
    return bool(candidate.features) and 2 * candidate.feature("own") <= candidate.feature("lent")


def of_the_named(found: Sequence[Candidate], understood: Understood) -> list[Candidate]:
    """Leave out what does not name the country or people that is listed or counted by: "Eritrean asylum seekers" is not asylum seekers.

    Of a list about one of these and no other thing each sentence that does not name it; where a list or a count is of a country, people,
    code or year and nothing holds any of its names and numbers, all.
    """
    peoples = [term for term in understood.terms if _a_name(term) and any(_COUNTRY.fullmatch(stem) for stem in term.stems)]
    others = [term for term in understood.terms if term not in peoples and (_a_name(term) or term.is_number)]
    narrow = peoples or any(_CODE_OR_YEAR.search(term.text) for term in others)
    listed = understood.kind == "list" or asked_for(understood.text) in ("number", "money", "share")  # how long is often asked of a case
    if not (listed and narrow) or _BESIDES.search(understood.text):
        return list(found)
    naming = [one for one in found if one.feature("names") > 0]
    alone = understood.kind == "list" and len(peoples) == 1 and not others and not _joins(understood)
    return naming if alone or not naming else list(found)


def about_an_unnamed_kind(understood: Understood, ranking: Ranking, allowed: NDArray[np.bool_], bridge: Bridge) -> bool:
    """Say whether a question is about a sector, a form of exploitation or a place online that nothing names, in a sentence that is `allowed` or above one.

    These have their words in both languages in the term bridge, so what has none of them is about something else: "exploitation in car washes".
    Only what stands behind a preposition, or is all that is asked for: "the drivers of trafficking" are no sector.
    """
    kinds, coverage = set[str]().union(*map(bridge.beneath, _KINDS)), ranking.coverage
    behind = rf"\b(?:{PREPOSITIONS}|around) (?:(?:de|het|een|the|an?) )?(?:\w+ )?"
    named = [place for place, term in enumerate(coverage.terms) if _concepts([term], bridge) & kinds and not term.is_name
             and (len(coverage.terms) == 1 or re.search(rf"{behind}{re.escape(term.text)}\b", understood.text, re.I))]
    held = np.maximum(coverage.own, coverage.heading)[:, allowed].max(axis=1, initial=0.0)
    return any(coverage.weights[place] >= _TELLING for place in named) and all(held[place] < HARDLY for place in named)


def says_something(candidate: Candidate, understood: Understood, corpus: Corpus, bridge: Bridge) -> bool:
    """Say whether a sentence says more than a name that is asked about; the "Ukraine" of a list of countries says nothing of it, but that it is there."""
    text = corpus.view.sentence_text(candidate.row)
    if understood.kind == "yesno" or len(text.split()) > _FEW_WORDS:
        return True
    said = corpus.terms(candidate.row, bridge)
    asked = {stems for term in understood.terms for stems in (term.stems, *(other.stems for other in term.alternatives if other.weight == 1))}
    return len(said) != 1 or not (said[0].stems in asked or _peoples([said[0].stems]) & _peoples(asked))


def names_another(candidate: Candidate) -> bool:
    """Say whether a sentence names another place, people or organisation than the question."""
    return candidate.feature("other_name") > 0


def of_that_people(found: Sequence[Candidate], understood: Understood, corpus: Corpus, bridge: Bridge) -> list[Candidate]:
    """Leave out what names another country or people than the one that a question is about, and not that one: Iraqis, where Iranians are asked about."""
    asked = [place for place, term in enumerate(understood.terms) if _a_name(term) and any(_COUNTRY.fullmatch(stem) for stem in term.stems)]
    if len(asked) != 1 or _BESIDES.search(understood.text) or _joins(understood):
        return list(found)

    def other(one: Candidate) -> bool:
        if one.covered[asked[0]] >= HARDLY or not names_another(one):
            return False
        said = corpus.terms(one.row, bridge)
        return bool({stem for stem in _peoples(term.stems for term in said) if _COUNTRY.fullmatch(stem)} - set(_HERE))

    return [one for one in found if not other(one)]


def _joins(understood: Understood) -> bool:
    """Say whether a question is about one thing and another."""
    return (_JOINS if understood.language == "nl" else _JOINS_ENGLISH).search(understood.text) is not None


def _features(row: int, ranking: Ranking, understood: Understood, corpus: Corpus, bridge: Bridge) -> tuple[float, ...]:
    text, nearest = corpus.view.sentence_text(row), ranking.dense.nearest
    return (
        *ranking.dense.of(row), float(ranking.dense.relevance[row] - ranking.most_relevant),
        float(nearest[row] - nearest[ranking.order[0]]),
        *_covered(row, ranking.coverage), _other_name(row, ranking, understood, corpus, bridge), *_typed(text, understood),
        float(np.log1p(len(re.findall(r"\w+", text)))),
        float(corpus.view.passages[int(corpus.view.sentence_owner[row])].kind == "signal"),
        float(understood.kind == "list"), float(understood.kind == "yesno"), float(understood.language == "en"))


def _covered(row: int, coverage: Coverage) -> tuple[float, ...]:
    """Return own, lent, worst, worst_own, telling, telling_own, uncovered, names and names_own."""
    if not coverage.terms:
        return 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0
    own, weights = coverage.own[:, row], coverage.weights
    lent = np.maximum(own, LENT * np.maximum(coverage.passage[:, row], coverage.heading[:, row]))
    share = weights / weights.max()
    telling = int(np.argmax(weights))
    values = (weights @ own, weights @ lent, (share * (1 - lent)).max(), (share * (1 - own)).max(), lent[telling], own[telling],
              weights @ (lent < 0.3), _names_covered(coverage, lent), _names_covered(coverage, own))
    return tuple(float(value) for value in values)


def _typed(text: str, understood: Understood) -> tuple[float, float, float, float, float]:
    """Return whether a sentence holds the kind of thing asked for; lacks it: any, one with digits or words for it; counts another; lacks a reason.

    What may be a definition counts for nothing, for many sentences have the form of one; only its lack tells.
    """
    wanted = asked_for(understood.text)
    if wanted is None:
        return 0.0, 0.0, 0.0, 0.0, 0.0
    held = holds(text, wanted, question=understood.text)
    return (float(held and wanted != "definition"), float(not held), float(wanted in MEASURED and not held),
            float(wanted == "number" and counts_something_else(understood, text)), float(wanted == "reason" and not held))


def _other_name(row: int, ranking: Ranking, understood: Understood, corpus: Corpus, bridge: Bridge) -> float:
    """Return 1 where a sentence names another place, people, organisation or kind than the question: one of the question's is not there, one of its own is.

    Of a list or a comparison none of the question's is there, for a sentence about one of them belongs to it.
    """
    coverage = ranking.coverage
    held = [max(own, LENT * passage, LENT * heading) >= COVERED for term, own, passage, heading in zip(
        coverage.terms, coverage.own[:, row], coverage.passage[:, row], coverage.heading[:, row], strict=True) if _a_name(term)]
    name_missed = not (all(held) or (any(held) and understood.kind in ("list", "comparison")))
    kinds_missed: set[str] = set() if _BESIDES.search(understood.text) else _kinds_of(
        [term for term, own in zip(coverage.terms, coverage.own[:, row], strict=True) if own < COVERED], bridge)
    if not name_missed and not kinds_missed:
        return 0.0
    said = corpus.terms(row, bridge)
    if name_missed and any(_a_name(one) and not _asked_about(one, coverage.terms) for one in said):
        return 1.0
    return float(_another_kind(said, coverage.terms, kinds_missed, bridge))


def _another_kind(said: Sequence[Term], asked: Sequence[Term], missed: set[str], bridge: Bridge) -> bool:
    """Say whether a sentence is about another kind of what is asked about: criminal exploitation, where sexual exploitation is."""
    others = _kinds_of([one for one in said if not _concepts([one], bridge) & _concepts(asked, bridge)], bridge)
    return any(kind in others for kind in missed - _concepts(said, bridge))


def _kinds_of(terms: Sequence[Term], bridge: Bridge) -> set[str]:
    """Return the concepts of which some terms are a kind, and say so: "arbeidsuitbuiting" holds the word "uitbuiting", "bedelarij" does not."""
    return {kind for term in terms for concept in _concepts([term], bridge) for kind in _EXCLUDING.intersection(bridge.broader.get(concept, ()))
            if any(set(label.stems) <= {*term.stems, *term.parts} for label in bridge.concepts[kind])}


def _concepts(terms: Sequence[Term], bridge: Bridge) -> set[str]:
    """Return the concepts that some terms name."""
    return {concept for term in terms for concept in bridge.labels.get(term.stems, ())}


def _asked_about(named: Term, terms: Sequence[Term]) -> bool:
    """Say whether what a sentence names is among the terms of a question. "Vluchtelingen" may be Ukrainian ones, those of "Syrische vluchtelingen" not."""
    names = [term.stems for term in terms] + [other.stems for term in terms if _a_name(term) for other in term.alternatives]
    peoples, own = _peoples(names), _peoples([named.stems])
    if peoples and own:
        return bool(peoples & own)
    asked = {*(term.stems for term in terms), *(other.stems for term in terms for other in term.alternatives if other.weight >= COVERED)}
    return named.stems in asked or any(other.stems in asked for other in named.alternatives if other.weight == 1)


def _peoples(labels: Iterable[tuple[str, ...]]) -> set[str]:
    """Return the countries and peoples that some labels name, by their stems."""
    return {stem for label in labels for stem in label if stem.startswith("@")}


def _a_name(term: Term) -> bool:
    """Say whether a term names something other than the Netherlands, which Dutch sources seldom say of themselves."""
    return term.is_name and term.stems != _HERE


def _names_covered(coverage: Coverage, lent_by: F32) -> float:
    """Return the share of the question's names and numbers that a sentence covers; 1 where it has none."""
    strict = [position for position, term in enumerate(coverage.terms) if _a_name(term) or term.is_number]
    return float(np.mean([lent_by[position] >= COVERED for position in strict])) if strict else 1.0
