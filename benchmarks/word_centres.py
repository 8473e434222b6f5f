"""Makes index/word_centres.npz: what the common words of each language have in common, for the bundled model; see index/word_space.py.

    python -m benchmarks.word_centres
"""

from pathlib import Path

import numpy as np

from index.bundled import bundled_encoder
from index.word_space import CENTRES, made_centres


def main() -> None:
    """Embed the common words and write the file beside the code that reads it."""
    np.savez(Path(__file__).parents[1] / "index" / CENTRES, **made_centres(bundled_encoder()))


if __name__ == "__main__":
    main()
