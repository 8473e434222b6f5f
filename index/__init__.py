"""Embeds passages, keeps them in Chroma beside a Dutch BM25: the only part that knows stores and models."""
