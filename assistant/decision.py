"""The calibrated decision: how probable it is that a sentence is evidence for a question.

A logistic regression on the features of `candidates.py`, fitted by `benchmarks/fit_evidence.py` on the questions in
two development sets, so its probabilities are optimistic; see docs/status.md. Its coefficients stand in
`evidence_model.json`.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from assistant.candidates import FEATURES


@dataclass(frozen=True, slots=True)
class EvidenceModel:
    """`probability` maps features in the order of FEATURES to 0..1."""

    weights: tuple[float, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    bias: float

    def probability(self, features: Sequence[float]) -> float:
        """Return the probability (0 to 1) that a sentence with these features is evidence."""
        terms = zip(self.weights, features, self.means, self.scales, strict=True)
        total = self.bias + sum(weight * (value - mean) / scale for weight, value, mean, scale in terms)
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))


def load_model() -> EvidenceModel:
    """Read the model that is shipped with the package; raises ValueError when its features are not today's."""
    kept = json.loads(resources.files("assistant").joinpath("evidence_model.json").read_text(encoding="utf-8"))
    if tuple(kept["features"]) != FEATURES:
        raise ValueError("evidence_model.json was fitted on other features: run python -m benchmarks.fit_evidence")
    return EvidenceModel(tuple(kept["weights"]), tuple(kept["means"]), tuple(kept["scales"]), float(kept["bias"]))
