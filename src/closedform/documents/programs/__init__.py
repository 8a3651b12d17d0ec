"""Code in documents: the formulas that its statements are."""
