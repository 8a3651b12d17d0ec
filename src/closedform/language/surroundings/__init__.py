"""What stands around the formulas of a text: labels, prose, units, rounding."""
