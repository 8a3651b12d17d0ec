"""Sides of maps that flow through layers: exact floors, of which a chain is always one.

A side is ⌊(R + a)/b⌋ with integers a and b ≥ 1. A layer of stride s makes ⌊(side + e)/s⌋ of it,
and for integers ⌊(⌊(R + a)/b⌋ + e)/s⌋ = ⌊(R + a + e·b)/(b·s)⌋, so five stages leave one floor.
"""

from __future__ import annotations

from math import gcd
from typing import Any

from closedform.algebra.bridge import from_python
from closedform.algebra.tree import (
    Call,
    Number,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    product,
    walk,
)
from closedform.symbols import is_scale


def out(n: Any, k: Any, s: Any = 1, p: Any = 0, d: Any = 1) -> Tree:
    """The output side of a window of side k, stride s, padding p and dilation d.

    It is ⌊(n + 2p − d(k − 1) − 1)/s⌋ + 1: Dumoulin and Visin, arXiv:1603.07285, relation 15.

    >>> from closedform.typeset.text import text
    >>> out(224, 7, 2, 3)
    112
    >>> from closedform.algebra.tree import Symbol
    >>> text(out(out(Symbol("R"), 7, 2, 3), 3, 2, 1))
    '⌈R/4⌉'
    """
    side, kernel, stride, padding, dilation = (from_python(x) for x in (n, k, s, p, d))
    # ⌊x/s⌋ + 1 = ⌊(x + s)/s⌋, which keeps all of it in one floor.
    return floor((side + (2 * padding - dilation * (kernel - 1) - 1 + stride)) / stride)


def ceil_out(n: Any, k: Any, s: Any = 1, p: Any = 0) -> Tree:
    """The output side where the last window may stick out: ⌈(n + 2p − k)/s⌉ + 1.

    Source: torch/nn/modules/pooling.py, ceil_mode. With p < k ≤ s + p it always starts inside.
    """
    side = from_python(n)
    return ceil((side + (2 * from_python(p) - from_python(k) + from_python(s))) / from_python(s))


def floor(value: Any) -> Tree:
    """⌊value⌋, joined with the floor that it is taken of, and as a ceiling where it is one.

    >>> from closedform.typeset.text import text
    >>> text(floor((4 * Symbol("u") + 3) / 6)), text(floor(4 * Symbol("u") / 2))
    ('⌊(2u + 1)/3⌋', '2u')
    """
    return _rounded(value, "floor")


def ceil(value: Any) -> Tree:
    """⌈value⌉."""
    return _rounded(value, "ceil")


def _rounded(value: Any, function: str) -> Tree:
    tree = Call(function, (from_python(value),))
    if isinstance(inside := tree.arguments[0], Number):
        return Number(getattr(inside.value, f"__{function}__")())
    joined = _floor_of(tree)
    return tree if joined is None else _side(*joined)


def least(one: Any, other: Any) -> Any:
    """The smaller of two sizes where that is known; else the first, which is meant to be it.

    >>> from closedform.typeset.text import text
    >>> n = Symbol("n")
    >>> least(3, 2), text(least(3 * n, 2 * n)), text(least(Symbol("w"), n))
    (2, '2n', 'w')
    """
    a, b = from_python(one), from_python(other)
    if isinstance(a, Number) and isinstance(b, Number):
        return other if b.value < a.value else one
    (more, size), (fewer, same) = _times(a), _times(b)
    return other if size == same and fewer < more else one


def rounded_up(side: Any, window: Any) -> Any:
    """The side, up to a multiple of the window where both are numbers.

    Else the side itself, which is meant to be a multiple.

    >>> from closedform.typeset.text import text
    >>> text(rounded_up(8, 7)), text(rounded_up(Symbol("H"), 7))
    ('14', 'H')
    """
    a, b = from_python(side), from_python(window)
    if isinstance(a, Number) and isinstance(b, Number) and a.value % b.value:
        return ceil(a / b) * b
    return side


def _side(whole: Tree, added: int, below: int) -> Tree:
    """⌊(whole + added)/below⌋ for an integer ``whole``, as one would write it."""
    inner = _floor_of(whole)
    if inner is not None:
        whole, before, inside = inner
        added, below = before + added * inside, below * inside
    times, whole = _times(whole)
    shared = gcd(times, below)
    # ⌊(4u + 3)/6⌋ is ⌊(2u + 1)/3⌋: what is over does not reach the next whole number.
    whole, added, below = times // shared * whole, added // shared, below // shared
    if below == 1:
        return whole + added
    over: Tree = Quotient(whole, Number(below))
    shift, rest = divmod(added, below)
    if rest == below - 1:
        return Call("ceil", (over,)) + shift
    return Call("floor", (Quotient(whole + rest, Number(below)),)) + shift


def _times(tree: Tree) -> tuple[int, Tree]:
    """``(c, whole)`` where the tree is c · whole, with an integer c ≥ 1."""
    match tree:
        case Product(factors=(Number(value=int(times)), *rest)) if times > 0:
            return times, product(rest)
    return 1, tree


def _floor_of(tree: Tree) -> tuple[Tree, int, int] | None:
    """``(R, a, b)`` where the tree is ⌊(R + a)/b⌋ or ⌈R/b⌉."""
    if not (isinstance(tree, Call) and tree.function in ("floor", "ceil")):
        return None
    whole, added, below = _parts(tree.arguments[0])
    if whole is None:
        return None
    return whole, added + (below - 1 if tree.function == "ceil" else 0), below


def _parts(tree: Tree) -> tuple[Tree | None, int, int]:
    """``(whole, added, below)`` where the tree is (whole + added)/below, of integers."""
    below = 1
    if isinstance(tree, Quotient) and isinstance(tree.denominator, Number):
        number = tree.denominator.value
        if not isinstance(number, int):
            return None, 0, 1
        tree, below = tree.numerator, number
    added = 0
    if isinstance(tree, Sum):
        numbers = [t.value for t in tree.terms if isinstance(t, Number)]
        rest = tuple(t for t in tree.terms if not isinstance(t, Number))
        if len(numbers) == 1 and isinstance(numbers[0], int):
            added, tree = numbers[0], rest[0] if len(rest) == 1 else Sum(rest)
    return tree if _whole(tree) else None, added, below


def _whole(tree: Tree) -> bool:
    """Whether every symbol in it is a whole number and nothing divides."""
    for node in walk(tree):
        if isinstance(node, Quotient) or (isinstance(node, Number) and node.value % 1):
            return False
        if isinstance(node, Symbol) and is_scale(node.name):
            return False
        if isinstance(node, Call) and node.function in ("floor", "ceil"):
            return True  # A floor is whole, whatever it is taken of.
    return True
