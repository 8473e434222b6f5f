"""Understands questions, ranks, selects evidence, composes answers: the only part that decides what is said."""
