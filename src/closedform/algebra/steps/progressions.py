"""Products and lines that run with an index: i! is that of i, and 2^(i(i + 1)/2) that of 2^i."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.normal_form.build import function_tree, polynomial_tree
from closedform.algebra.normal_form.factors import factored
from closedform.algebra.normal_form.signs import integer_valued, nonnegative
from closedform.algebra.sequences.terms import runs
from closedform.algebra.tree import (
    ONE,
    ZERO,
    Call,
    Number,
    Power,
    Quotient,
    Symbol,
    Tree,
    substitute,
    walk,
)
from closedform.errors import ClosedformError


def linear(tree: Tree, name: str, given: Assumptions) -> tuple[Tree, Tree] | None:
    """The a and the b of a·x + b for a symbol x."""
    with suppress(ClosedformError):  # past a bound, or a division by zero
        rest = substitute(tree, {name: ZERO})
        slope = plain(substitute(tree, {name: ONE}) - rest, given)
        gap = tree - (slope * Symbol(name) + rest)
        if slope != ZERO and given.field(gap).normal(gap).is_zero():
            return slope, rest
    return None


def plain(tree: Tree, given: Assumptions) -> Tree:
    """A formula in lowest terms, where it has a normal form."""
    return function_tree(given.field(tree).normal(tree))


def multiplied(slope: Tree, index: str, first: int, given: Assumptions) -> Tree | None:
    """The product of a factor that changes with the index, from the place past ``first`` on.

    >>> multiplied(2 * Symbol("i") + 2, "i", 1, Assumptions())
    2**(i - 1)*factorial(i + 1)/factorial(2)
    """
    here, start = Symbol(index), Number(first)
    space = given.with_symbols({}, {index: first + 1}).field(slope, here)
    value = space.normal(slope).cancelled()
    result: Tree = ONE
    for poly, sign in ((value.num, 1), (value.den, -1)):
        split = factored(space, poly)
        parts = [(Number(split.number), 1), *zip(space.trees, split.monomial, strict=False)]
        parts += [(polynomial_tree(space, factor), times) for factor, times in split.factors]
        for part, times in ((part, sign * n) for part, n in parts if n and part != ONE):
            grown = _grown(part, here, start, given)
            if grown is None:
                return None
            result = result * grown ** Number(times)
    return result


def _grown(part: Tree, here: Symbol, start: Number, given: Assumptions) -> Tree | None:
    """The product of a factor: c to the number of places, (i + c)!, or a power of a number."""
    if not runs(part, here.name):
        return part ** (here - start)
    if isinstance(part, Power) and not runs(part.base, here.name):
        line = linear(part.exponent, here.name, given)
        if line and not any(runs(side, here.name) for side in line):
            places = (here * (here + 1) - start * (start + 1)) / 2
            return part.base ** (line[0] * places + line[1] * (here - start))
    line = linear(part, here.name, given)
    if line is None or line[0] != ONE or not _counts(start + line[1], given):
        return None
    return Call("factorial", (here + line[1],)) / Call("factorial", (start + line[1],))


def _counts(tree: Tree, given: Assumptions) -> bool:
    """Whether it has a factorial: an integer from 0 on."""
    value = given.field(tree).normal(tree)
    return nonnegative(value) and integer_valued(value)


def roundings(
    value: Tree, before: str, index: str, given: Assumptions
) -> Iterator[tuple[str, Tree]]:
    """The ceil and the s of ⌈n/s⌉ for the term before, also where it is ⌊(n − 1)/s⌋ + 1."""
    for node in walk(value):
        match node:
            case Call(function="floor" | "ceil", arguments=(Quotient(denominator=by),)):
                for name in ("floor", "ceil") if not runs(by, index) else ():
                    gap = value - Call(name, (Symbol(before) / by,))
                    with suppress(ClosedformError):  # past a bound
                        if given.field(gap).normal(gap).is_zero():
                            yield name, by
