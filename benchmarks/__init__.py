"""Measurements: commands that print ratios, and the fitting of what is shipped."""
