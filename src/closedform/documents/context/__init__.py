"""What stands around a formula in a document, and may say what it is of."""
