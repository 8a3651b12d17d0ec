"""Sequences that conditions define step by step, as what each term is."""
