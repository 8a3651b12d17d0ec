"""Whole networks: layers like any other, at their published sizes unless others are given.

Sides in these files are OUTPUT sides.
"""
