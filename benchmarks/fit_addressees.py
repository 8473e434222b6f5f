"""Fits to whom a question is put, the documents, the assistant itself or nobody here; writes assistant/addressees.npz.

    python -m benchmarks.fit_addressees [--write]

Multinomial logistic regression on the vectors of addressees.tsv beside this script: addressee, language, kind (of what is not put to documents) and
question, written one by one for the purpose by language-model writers; no question of a question set is among them. Prints what
is told apart in five-fold cross-validation.
"""

import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from assistant.question_scope import ADDRESSEES
from index.bundled import bundled_encoder

SOURCE = Path(__file__).with_name("addressees.tsv")
TARGET = Path(__file__).resolve().parents[1] / "assistant" / ADDRESSEES
CLASSES = ("documents", "assistant", "nobody")
SPREAD = 6.0  # the vectors of questions lie close together; times this the penalty of the regression suits them
LINES = (0.5, 0.7, 0.8, 0.9)


def main() -> None:
    """Cross-validate, and with --write fit on all and keep the weights."""
    rows = [line.split("\t") for line in SOURCE.read_text(encoding="utf-8").splitlines()]
    classes = np.array([CLASSES.index(row[0]) for row in rows])
    vectors = bundled_encoder().queries([row[3] for row in rows])
    mean = vectors.mean(0)
    features, regression = (vectors - mean) * SPREAD, LogisticRegression(C=1.0, max_iter=2_000)
    shares = cross_val_predict(regression, features, classes, cv=5, method="predict_proba")
    print("probability that it is not put to documents, part of each class above the line")
    print("line  " + "  ".join(f"{name:>9}" for name in CLASSES))
    for line in LINES:
        print(f"{line:4}  " + "  ".join(f"{float((1 - shares[classes == number, 0] > line).mean()):9.3f}" for number in range(len(CLASSES))))
    if "--write" in sys.argv:
        regression.fit(features, classes)
        weights = SPREAD * (regression.coef_[1:] - regression.coef_[0])
        bias = regression.intercept_[1:] - regression.intercept_[0] - weights @ mean
        np.savez_compressed(TARGET, weights=weights.astype(np.float32), bias=bias.astype(np.float32))
        print(f"wrote {TARGET.name}")


if __name__ == "__main__":
    main()
