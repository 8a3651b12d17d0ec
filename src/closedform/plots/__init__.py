"""Figures: the data of a plot, drawn with Matplotlib (the extra ``plot``)."""
