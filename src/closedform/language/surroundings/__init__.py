"""What stands around the formulas of a text: labels, remarks, brackets that name."""
