"""Text and LaTeX in: one scanner, one grammar, and the reading of claims."""
