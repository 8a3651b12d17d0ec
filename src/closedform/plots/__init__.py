"""Figures: the data of :mod:`closedform.verbs.plot`, drawn with Matplotlib (extra ``plot``)."""
