"""Sums, products and applied functions while they are read, and may still grow.

They grow in place, so that a long sum costs no more per term than a short one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from closedform.algebra.tree import Product, Sum, Tree
from closedform.language.tokens import Token


class Open(ABC):
    """Something that is being read and may still grow."""

    __slots__ = ()

    @abstractmethod
    def tree(self) -> Tree:
        """What it is, when nothing follows."""


@dataclass(slots=True)
class Terms(Open):
    """A sum that is being read."""

    terms: list[Tree]

    def tree(self) -> Tree:
        """What it is, when nothing follows."""
        return Sum(tuple(self.terms))


@dataclass(slots=True)
class Factors(Open):
    """A product that is being read; as a denominator without brackets it is ambiguous."""

    factors: list[Tree]
    last: Any

    def tree(self) -> Tree:
        """What it is, when nothing follows."""
        return Product(tuple(self.factors))


@dataclass(slots=True)
class Prefixed(Open):
    """A function before an argument without brackets: a factor beside it is ambiguous."""

    function: Token
    call: Tree

    def tree(self) -> Tree:
        """What it is, when nothing follows."""
        return self.call


def finished(value: Any) -> Any:
    """The tree of what has been read, or the layers."""
    return value.tree() if isinstance(value, Open) else value


def terms_of(left: Any) -> Terms:
    """A sum to which a term can be added."""
    if isinstance(left, Terms):
        return left
    tree = finished(left)
    return Terms(list(tree.terms) if isinstance(tree, Sum) else [tree])


def factors_of(left: Tree) -> Factors:
    """A product to which a factor can be added."""
    return Factors(list(left.factors) if isinstance(left, Product) else [left], left)
