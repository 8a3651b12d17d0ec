"""Polynomials: straight from their terms, and the greatest common divisor of the coefficients."""

from __future__ import annotations

from collections.abc import Mapping
from math import gcd
from typing import Any

from sympy.polys.rings import PolyElement, PolyRing


def made(ring: PolyRing, terms: Mapping[tuple[int, ...], Any]) -> PolyElement:
    """The polynomial with these terms, none of them 0, the coefficients in the ring's domain.

    ``ring.from_dict`` converts and checks each coefficient, which takes longer than most sums.
    """
    return ring.zero.new(terms)


def integer_content(poly: PolyElement) -> int:
    """The greatest common divisor of the coefficients."""
    return gcd(*(int(c) for c in poly.values()))
