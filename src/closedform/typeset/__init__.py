"""Printing expressions: notations, the order a person writes in, text and LaTeX."""
