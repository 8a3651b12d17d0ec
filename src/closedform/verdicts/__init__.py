"""Verdicts on claims: step by step, proven, refuted or undecided."""
