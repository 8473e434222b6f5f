"""Checking what a model proposes: its form, its numbers and names, and whether its clauses say what the quotations say."""
