"""The search for a counterexample among small integers."""
