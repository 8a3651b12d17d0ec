"""Which layers and conventions a formula is the cost of."""
