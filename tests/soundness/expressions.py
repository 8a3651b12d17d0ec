"""Random expressions: what formulas about layers are made of, and a little more."""

from __future__ import annotations

import random
from fractions import Fraction

from closedform.algebra.tree import (
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Tree,
)

NAMES = ("k", "M", "N", "g", "H", "s")


def expression(rng: random.Random, depth: int) -> Tree:
    """A random expression of at most that depth."""
    if depth == 0 or rng.random() < 0.15:
        return leaf(rng)
    kind = rng.choices(
        tuple(_MAKERS),
        (5, 6, 3, 3, 3, 3, 1, 1, 0.5, 0.5),
    )[0]
    return _MAKERS[kind](rng, depth - 1)


def leaf(rng: random.Random) -> Tree:
    """A symbol, or now and then a number."""
    if rng.random() < 0.25:
        return Number(rng.choice((1, 2, 2, 3, 4, 5, 7, Fraction(1, 2), Fraction(3, 4))))
    return Symbol(rng.choice(NAMES))


def positive(rng: random.Random, depth: int) -> Tree:
    """An expression that is > 0 for all positive integers."""
    if depth == 0 or rng.random() < 0.3:
        return Symbol(rng.choice(NAMES)) if rng.random() < 0.8 else Number(rng.randint(1, 6))
    a, b = positive(rng, depth - 1), positive(rng, depth - 1)
    return rng.choice((Sum((a, b)), Product((a, b)), Quotient(a, b), Power(a, Number(2))))


def whole(rng: random.Random, depth: int) -> Tree:
    """An expression that is a positive integer for all positive integers."""
    if depth == 0 or rng.random() < 0.3:
        return Symbol(rng.choice(NAMES)) if rng.random() < 0.8 else Number(rng.randint(1, 6))
    a, b = whole(rng, depth - 1), whole(rng, depth - 1)
    return rng.choice((Sum((a, b)), Product((a, b)), Power(a, Number(2))))


def modulus(rng: random.Random) -> Tree:
    """What stands under the line in a floor: mostly a number."""
    return Symbol("s") if rng.random() < 0.2 else Number(rng.choice((2, 2, 2, 3, 4)))


def _sum(rng: random.Random, depth: int) -> Tree:
    return Sum(tuple(expression(rng, depth) for _ in range(rng.randint(2, 3))))


def _product(rng: random.Random, depth: int) -> Tree:
    return Product(tuple(expression(rng, depth) for _ in range(rng.randint(2, 3))))


def _quotient(rng: random.Random, depth: int) -> Tree:
    below = expression(rng, min(depth, 1)) if rng.random() < 0.3 else positive(rng, min(depth, 1))
    return Quotient(expression(rng, depth), below)


def _power(rng: random.Random, depth: int) -> Tree:
    if rng.random() < 0.1:
        return Power(Number(rng.choice((2, 3))), Symbol(rng.choice(NAMES)))
    return Power(expression(rng, depth), Number(rng.choice((2, 2, 2, 3, 0, -1))))


def _difference(rng: random.Random, depth: int) -> Tree:
    return Sum((expression(rng, depth), Negative(expression(rng, depth))))


def _floor(rng: random.Random, depth: int) -> Tree:
    inside = whole(rng, min(depth, 1)) if rng.random() < 0.8 else expression(rng, min(depth, 1))
    if rng.random() < 0.4:
        inside = Sum((inside, Number(rng.randint(-2, 3))))
    return Call(rng.choice(("floor", "floor", "ceil")), (Quotient(inside, modulus(rng)),))


def _extreme(rng: random.Random, depth: int) -> Tree:
    parts = tuple(expression(rng, min(depth, 1)) for _ in range(rng.randint(2, 3)))
    return Call(rng.choice(("min", "max")), parts)


def _root(rng: random.Random, depth: int) -> Tree:
    inside = positive(rng, depth) if rng.random() < 0.7 else Power(expression(rng, 1), Number(2))
    return Call("log", (positive(rng, 1),)) if rng.random() < 0.2 else Call("sqrt", (inside,))


def _series(rng: random.Random, depth: int) -> Tree:
    body = Sum((Product((Symbol("i"), leaf(rng))), expression(rng, min(depth, 1))))
    if rng.random() < 0.5:
        terms = [Symbol(rng.choice(("u_i", "u_i_minus_1"))) for _ in range(rng.randint(1, 2))]
        body = Product((*terms, body)) if rng.random() < 0.5 else Sum((*terms, body))
    return Series("i", Number(rng.choice((0, 1, 1, 2))), Symbol(rng.choice(NAMES)), body)


def _factorial(rng: random.Random, _: int) -> Tree:
    added = leaf(rng) if rng.random() < 0.3 else Number(rng.choice((0, 1, -1)))
    return Call("factorial", (Sum((Symbol(rng.choice(NAMES)), added)),))


_MAKERS = {
    "sum": _sum,
    "product": _product,
    "quotient": _quotient,
    "power": _power,
    "difference": _difference,
    "floor": _floor,
    "extreme": _extreme,
    "root": _root,
    "series": _series,
    "factorial": _factorial,
}
