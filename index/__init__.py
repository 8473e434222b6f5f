"""Embeds passages, keeps them in Chroma beside a Dutch BM25: the only part that knows stores and models."""

import os

# numpy's threads spin after each product and keep the model's threads from the few cores: an answer took twice as long
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
