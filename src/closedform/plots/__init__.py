"""Figures: the data of :mod:`closedform.verbs.figures.plot`, drawn with Matplotlib (extra ``plot``)."""
