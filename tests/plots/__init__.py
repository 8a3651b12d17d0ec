"""Figures that are drawn: these need Matplotlib (extra ``plot``) and are not in the default run."""
