"""The bundled model for tests: one for each worker, for loading it takes seconds."""

from functools import lru_cache

from index.bundled import BundledEncoder, bundled_encoder


@lru_cache(maxsize=1)
def real_encoder() -> BundledEncoder:
    """Return the encoder that all tests of a worker share."""
    return bundled_encoder()
