"""A number that counts: every multiplication and addition done with it is written in a tally."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt


@dataclass
class Tally:
    """What one execution did, and where its numbers come from.

    Numbers are drawn from seeded generators, so that two executions with the same seed compute with
    the same input and the same weights. A worked example gives its weights instead.
    """

    seed: int = 0
    multiplications: int = 0
    additions: int = 0
    divisions_and_roots: int = 0
    macs: int = 0
    weights: int = 0
    buffers: int = 0
    activations: int = 0
    given: list[int] = field(default_factory=list)
    _inputs: random.Random = field(init=False, repr=False, compare=False)
    _weights: random.Random = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._inputs = random.Random(self.seed)
        self._weights = random.Random(self.seed + 1)

    @property
    def flops(self) -> int:
        """Scalar operations of every kind, as executed."""
        return self.multiplications + self.additions + self.divisions_and_roots

    def number(self, value: int) -> Counting:
        """A number that costs nothing by itself, such as an element of the input."""
        return Counting(value, self)

    def element(self) -> Counting:
        """One element of a drawn input."""
        return self.number(self._inputs.randint(-9, 9))

    def weight(self) -> Counting:
        """One learnable scalar: the next one given, or a drawn one."""
        self.weights += 1
        return self.number(self.given.pop(0) if self.given else self._weights.randint(-9, 9))

    def buffer(self) -> Fraction:
        """One stored number that is not learned, such as a running mean."""
        self.buffers += 1
        return Fraction(self._weights.randint(1, 9))


@dataclass(frozen=True)
class Counting:
    """A scalar of an execution; ``*`` and ``+`` are counted in its tally."""

    value: int | Fraction
    tally: Tally = field(repr=False, compare=False)

    def __mul__(self, other: Counting) -> Counting:
        self.tally.multiplications += 1
        return Counting(self.value * other.value, self.tally)

    def __add__(self, other: Counting) -> Counting:
        self.tally.additions += 1
        return Counting(self.value + other.value, self.tally)

    def __truediv__(self, other: Counting) -> Counting:
        self.tally.divisions_and_roots += 1
        return Counting(Fraction(self.value) / other.value, self.tally)

    def root(self) -> Counting:
        """The square root, to three places: how near it is does not matter here."""
        self.tally.divisions_and_roots += 1
        return Counting(Fraction(isqrt(int(self.value * 10**6)), 10**3), self.tally)


def contract(left: Sequence[Counting], right: Sequence[Counting]) -> Counting:
    """The sum of the products of two rows: n multiplications and n - 1 additions, n MACs.

    The sum starts from the first product: nothing is added to a zero.
    """
    products = [a * b for a, b in zip(left, right, strict=True)]
    products[0].tally.macs += len(products)
    total = products[0]
    for product in products[1:]:
        total = total + product
    return total
