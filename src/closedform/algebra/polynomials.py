"""Polynomials straight from their terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy.polys.rings import PolyElement, PolyRing


def made(ring: PolyRing, terms: Mapping[tuple[int, ...], Any]) -> PolyElement:
    """The polynomial with these terms, none of them 0, the coefficients in the ring's domain.

    ``ring.from_dict`` converts and checks each coefficient, which takes longer than most sums.
    """
    return ring.zero.new(terms)
