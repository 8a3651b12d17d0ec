"""Whole networks: layers like any other, at their published sizes unless others are given.

Sides in these files are OUTPUT sides. Layers without a weight (activations, pooling, softmax,
channel shuffles, additions) are left out: they have no parameters and no MACs.
"""
