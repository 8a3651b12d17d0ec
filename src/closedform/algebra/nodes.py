"""The nodes of expressions, and constructors that do the arithmetic on numbers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import reduce
from math import prod
from typing import TypeAlias

from closedform.records import field, slotted


class Node:
    """What every node can do: Python's arithmetic, building larger trees; it prints as typed."""

    __slots__ = ()

    def __repr__(self) -> str:
        return _typed(self)

    def __add__(self, other: Operand) -> Tree:
        return add(self, wrap(other)) if isinstance(other, OPERANDS) else NotImplemented

    def __radd__(self, other: Operand) -> Tree:
        return add(wrap(other), self) if isinstance(other, OPERANDS) else NotImplemented

    def __sub__(self, other: Operand) -> Tree:
        return add(self, negate(wrap(other))) if isinstance(other, OPERANDS) else NotImplemented

    def __rsub__(self, other: Operand) -> Tree:
        return add(wrap(other), negate(self)) if isinstance(other, OPERANDS) else NotImplemented

    def __mul__(self, other: Operand) -> Tree:
        # A sum of layers knows how to be repeated.
        return multiply(self, wrap(other)) if isinstance(other, OPERANDS) else NotImplemented

    def __rmul__(self, other: Operand) -> Tree:
        return multiply(wrap(other), self) if isinstance(other, OPERANDS) else NotImplemented

    def __truediv__(self, other: Operand) -> Tree:
        return divide(self, wrap(other)) if isinstance(other, OPERANDS) else NotImplemented

    def __rtruediv__(self, other: Operand) -> Tree:
        return divide(wrap(other), self) if isinstance(other, OPERANDS) else NotImplemented

    def __floordiv__(self, other: Operand) -> Tree:
        return floor(divide(self, wrap(other))) if isinstance(other, OPERANDS) else NotImplemented

    def __pow__(self, other: Operand) -> Tree:
        return power(self, wrap(other)) if isinstance(other, OPERANDS) else NotImplemented

    def __neg__(self) -> Tree:
        return negate(self)


@slotted
class Number(Node):
    """An exact number; ``written`` keeps the digits as typed, for claims about rounding."""

    value: int | Fraction
    written: str = field(default="", compare=False)


@slotted
class Symbol(Node):
    """A name such as ``k``, ``C_in``, ``alpha`` or ``h_out'``."""

    name: str


@slotted
class Sum(Node):
    """Terms added up; a subtracted term is a :class:`Negative`."""

    terms: tuple[Tree, ...]


@slotted
class Product(Node):
    """Factors multiplied in the order written."""

    factors: tuple[Tree, ...]


@slotted
class Quotient(Node):
    """One expression over another."""

    numerator: Tree
    denominator: Tree


@slotted
class Power(Node):
    """A base raised to an exponent."""

    base: Tree
    exponent: Tree


@slotted
class Negative(Node):
    """Minus an expression."""

    operand: Tree


@slotted
class Call(Node):
    """A function such as ``floor`` applied to its arguments."""

    function: str
    arguments: tuple[Tree, ...]


@slotted
class Series(Node):
    """The sum of ``body`` while the index runs from ``lower`` to ``upper``, both included."""

    index: str
    lower: Tree
    upper: Tree
    body: Tree


class Leaf(Node, ABC):
    """Something that the algebra does not look into: it says itself how it is printed."""

    __slots__ = ()

    @property
    @abstractmethod
    def written(self) -> str:
        """What is printed for it as text."""

    @property
    @abstractmethod
    def latex(self) -> str:
        """What is printed for it in LaTeX."""


Tree: TypeAlias = Node
Operand: TypeAlias = Node | int | Fraction
#: The same, to ask an object whether it is one.
OPERANDS = (Node, int, Fraction)

ZERO, ONE = Number(0), Number(1)


def wrap(value: Operand) -> Tree:
    """A tree from a tree or a Python number."""
    if isinstance(value, Node):
        return value
    if isinstance(value, (int, Fraction)):
        return Number(value)
    raise TypeError(f"expected an expression, an int or a Fraction, got {type(value).__name__}")


def add(left: Tree, right: Tree) -> Tree:
    """``left + right``: flat, zeros dropped, two numbers added."""
    if isinstance(left, Number) and isinstance(right, Number):
        return numeral(left.value + right.value)
    if left == ZERO:
        return right
    if right == ZERO:
        return left
    return total((left, right))


def multiply(left: Tree, right: Tree) -> Tree:
    """``left · right``: flat, ones dropped, numbers multiplied and moved to the front."""
    if isinstance(left, Number):
        if isinstance(right, Number):
            return numeral(left.value * right.value)
        if left.value in (0, 1):
            return right if left.value else ZERO
    elif isinstance(right, Number) and right.value in (0, 1):
        return left if right.value else ZERO
    if isinstance(left, Negative):
        return negate(multiply(left.operand, right))
    if isinstance(right, Negative):
        return negate(multiply(left, right.operand))
    if isinstance(left, Quotient):
        return divide(multiply(left.numerator, right), left.denominator)
    if isinstance(right, Quotient):
        return divide(multiply(left, right.numerator), right.denominator)
    factors = factors_of(left) + factors_of(right)
    numbers = [f.value for f in factors if isinstance(f, Number)]
    if not numbers:
        return Product(factors)
    rest = tuple(f for f in factors if not isinstance(f, Number))
    coefficient = prod(numbers)
    return over(Product, rest if rest and coefficient == 1 else (numeral(coefficient), *rest))


def total(terms: Iterable[Tree]) -> Tree:
    """The terms added up; 0 without any."""
    parts = [part for term in terms for part in terms_of(term) if part != ZERO]
    numbers = [part.value for part in parts if isinstance(part, Number)]
    if len(numbers) > 1:
        # A single constant keeps its place: 1 + N stays 1 + N.
        whole = numeral(sum(numbers))
        parts = [part for part in parts if not isinstance(part, Number)]
        parts += [] if whole == ZERO else [whole]
    return over(Sum, parts)


def product(factors: Iterable[Tree]) -> Tree:
    """The factors multiplied; 1 without any."""
    start: Tree = ONE
    return reduce(multiply, factors, start)


def floor(tree: Tree) -> Tree:
    """The greatest integer that is not above a tree."""
    if isinstance(tree, Number):
        return Number(tree.value.__floor__())
    return Call("floor", (tree,))


def divide(left: Tree, right: Tree) -> Tree:
    """``left / right``; two numbers give an exact one. Dividing by the number 0 stays written."""
    if right == ONE:
        return left
    if isinstance(left, Number) and isinstance(right, Number) and right.value != 0:
        return numeral(Fraction(left.value) / right.value)
    if isinstance(left, Negative):
        return negate(divide(left.operand, right))
    if isinstance(left, Quotient):
        return divide(left.numerator, multiply(left.denominator, right))
    return Quotient(left, right)


def power(base: Tree, exponent: Tree) -> Tree:
    """``base ** exponent``; numbers with a small integer exponent are worked out."""
    if exponent == ONE:
        return base
    if isinstance(base, Number) and isinstance(exponent, Number):
        small = isinstance(exponent.value, int) and 0 <= exponent.value <= 64
        if small and isinstance(base.value, int) and base.value.bit_length() <= 64:
            return Number(int(base.value**exponent.value))
    return Power(base, exponent)


def negate(operand: Tree) -> Tree:
    """``-operand``."""
    if isinstance(operand, Number):
        return Number(-operand.value)
    return operand.operand if isinstance(operand, Negative) else Negative(operand)


def numeral(value: int | Fraction) -> Number:
    """A number as a tree; a fraction that is whole is an integer."""
    return Number(value.numerator if value.denominator == 1 else value)


def _typed(tree: Tree, closely: int = 0) -> str:
    """What is typed for a tree, in brackets inside of what holds more closely than it does."""
    holds = 4
    match tree:
        case Number(value=value):
            shown, holds = str(value), 1 if value < 0 else 4 if value.denominator == 1 else 2
        case Symbol(name=name) | Leaf(written=name):
            shown = name
        case Sum(terms=terms):
            holds, shown = 0, " + ".join(_typed(t, 1) for t in terms).replace("+ -", "- ")
        case Product(factors=factors):
            shown, holds = "*".join(_typed(factor, 3) for factor in factors), 2
        case Quotient(numerator=above, denominator=below):
            shown, holds = f"{_typed(above, 2)}/{_typed(below, 3)}", 2
        case Power(base=base, exponent=exponent):
            shown, holds = f"{_typed(base, 4)}**{_typed(exponent, 4)}", 3
        case Negative(operand=operand):
            shown, holds = f"-{_typed(operand, 2)}", 1
        case Call(function=name, arguments=arguments):
            shown = f"{name}({', '.join(map(_typed, arguments))})"
        case Series(index=index, lower=lower, upper=upper, body=body):
            shown = f"sum({index}={lower}..{upper}, {body})"
    return shown if holds >= closely else f"({shown})"


def over(kind: type[Sum | Product], parts: Sequence[Tree]) -> Tree:
    """The parts as they stand, under a sign where they are several; 0 or 1 without any."""
    if len(parts) == 1:
        return parts[0]
    return kind(tuple(parts)) if parts else ZERO if kind is Sum else ONE


def terms_of(tree: Tree) -> tuple[Tree, ...]:
    """What is added up in a tree: the tree alone where it is no sum."""
    return tree.terms if isinstance(tree, Sum) else (tree,)


def factors_of(tree: Tree) -> tuple[Tree, ...]:
    """What is multiplied in a tree: the tree alone where it is no product."""
    return tree.factors if isinstance(tree, Product) else (tree,)
