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
    """Limits and lines. `answer_line` and `evidence_line` are probabilities of the calibrated decision (0 to 1)."""

    longest_question: int = 2_000
    answer_line: float = 0.5
    evidence_line: float = 0.5
    related_line: float = 0.1
    single_share: float = 0.8
    most_near: int = 3
    fusion: FusionSettings = FusionSettings()

    @property
    def hash(self) -> str:
        """Twelve characters that change when any setting does."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:12]
