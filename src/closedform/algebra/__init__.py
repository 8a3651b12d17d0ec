"""The mathematics of formulas: normal forms, decisions, bounds; it knows nothing of layers."""
