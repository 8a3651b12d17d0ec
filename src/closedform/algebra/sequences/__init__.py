"""Sequences: the names of their terms, and formulas that run with an index."""
