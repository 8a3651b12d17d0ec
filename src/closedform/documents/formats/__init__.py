"""The formats of documents: where claims and formulas stand in each."""
