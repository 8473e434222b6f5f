"""Embeds passages and keeps their vectors, in Chroma and beside their records: the only part that knows stores and models."""

import os

# numpy's threads spin after each product and keep the model's threads from the few cores: an answer took twice as long
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
