"""Measures: each question first, then the mean with the number of questions."""
