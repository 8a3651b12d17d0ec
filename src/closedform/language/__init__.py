"""Text and LaTeX in: one scanner, one grammar, and the reading of claims."""

from closedform.language.parser import parse, parse_layers

__all__ = ["parse", "parse_layers"]
