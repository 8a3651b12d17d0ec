"""Sizes of an ONNX file that must be equal for an operator to run: what an exporter fixed.

A file may leave its input open and yet hold a size as it was in the export, in the shape that a
tensor is given, in weights, or in what is added. It runs where both are the same, and only there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import gcd

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.condition import Condition
from closedform.algebra.decide import decide
from closedform.algebra.tree import ONE, Number, Symbol, Tree, factors_of, product, symbol_names
from closedform.cost.held import Held


class Fixed:
    """The equations that the operators of a file ask for, each with the operator and its place."""

    def __init__(self) -> None:
        self.held: dict[Held, None] = {}
        #: The operator that is read, and its place.
        self.at = ""

    def alike(self, one: Sequence[Tree], other: Sequence[Tree]) -> None:
        """Note that two products of sizes are the same, unless they are at all sizes."""
        left, right = map(product, _without_common(one, other))
        if left == right or not symbol_names(left, right):
            return
        if isinstance(right, Symbol) and not isinstance(left, Symbol):
            left, right = right, left
        if decide("=", left, right, Assumptions()).verdict != "proven":
            self.held[Held(Condition("=", left, right), self.at)] = None

    def broadcast(self, columns: Iterator[Sequence[Tree]]) -> None:
        """Note that sizes are the same where none of them is 1."""
        for column in columns:
            first, *others = [size for size in column if size != ONE] or [ONE]
            for other in others:
                self.alike([first], [other])


def _without_common(one: Sequence[Tree], other: Sequence[Tree]) -> tuple[list[Tree], list[Tree]]:
    """The factors of both without those that they share."""
    (number, left), (second, right) = _split(one), _split(other)
    for factor in list(right):
        if factor in left:
            left.remove(factor)
            right.remove(factor)
    shared = gcd(number, second) or 1
    return [Number(number // shared), *left], [Number(second // shared), *right]


def _split(sizes: Sequence[Tree]) -> tuple[int, list[Tree]]:
    """The number in a product of sizes, and the other factors."""
    number, rest = 1, list[Tree]()
    for factor in (factor for size in sizes for factor in factors_of(size)):
        if isinstance(factor, Number) and isinstance(factor.value, int):
            number *= factor.value
        else:
            rest.append(factor)
    return number, rest
