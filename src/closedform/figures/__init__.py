"""Layers side by side, as the data of a table or a plot."""
