"""Scores answers against question sets and compares runs."""
