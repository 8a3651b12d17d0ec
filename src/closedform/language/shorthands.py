"""Functions that are written for a formula: ``out(R, k=3, s=2, p=1)``, ``bytes(Q, bits=8)``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import reduce
from itertools import islice
from math import factorial
from operator import mul

from closedform.algebra.exact import compare, known_value
from closedform.algebra.sequences.indexed import term_at
from closedform.algebra.sequences.terms import at_place
from closedform.algebra.tree import (
    ONE,
    ZERO,
    Call,
    Number,
    Power,
    Product,
    Series,
    Sum,
    Tree,
    symbol_names,
    walk,
)
from closedform.errors import ClosedformError, TooLarge
from closedform.language.layers import quantities

Values = Mapping[str, Tree]
#: The most factors that a product or a binomial coefficient is written out as.
FACTORS = 64
#: The most nodes of a formula that will stand twice.
TWICE = 400


def _out(v: Values) -> Tree:
    """The side of an output: ⌊(n + 2p − d(k − 1) − 1)/s⌋ + 1, as in PyTorch's Conv2d."""
    span = v["n"] + 2 * v["p"] - v["d"] * (v["k"] - 1) - 1
    return Call("floor", (span / v["s"],)) + 1


def remainder(above: Tree, below: Tree) -> Tree:
    """What is left of a division: a − b⌊a/b⌋, as in Python where b is negative too."""
    _check_twice(above, below)
    whole = Call("floor", (above / below,))
    # By 0 it is kept as written, and so has no value: a product would drop what stands beside 0.
    return above - (below * whole if below != ZERO else Product((below, whole)))


def _check_twice(*trees: Tree) -> None:
    """Refuse large formulas that would stand twice: nested, they double with every bracket."""
    for tree in trees:
        if sum(1 for _ in islice(walk(tree), TWICE + 1)) > TWICE:
            raise TooLarge("a formula in a remainder or an absolute value", TWICE)


def absolute(of: Tree) -> Tree:
    """The larger one of a number and its negative."""
    _check_twice(of)
    return Call("max", (of, ZERO - of))


def _whole(v: Values) -> Tree:
    """What stands before the point, as in Python: ⌊x⌋, and ⌈x⌉ of a negative number."""
    of, sizes = v["x"], dict.fromkeys(symbol_names(v["x"]), 1)
    # A product of sizes has the sign of its number: that at 1. So has no power of a negative one.
    told = not sizes or not any(
        isinstance(node, Sum) or (isinstance(node, Power) and symbol_names(node.exponent))
        for node in walk(of)
    )
    sign: int | None = None
    with suppress(ClosedformError):  # no value at 1
        sign = compare(of, ZERO, sizes) if told else None
    return Call("ceil" if sign == -1 else "floor", (of,))


def _bytes(v: Values) -> Tree:
    """What so many elements of so many bits take."""
    for quantity in quantities(v["Q"]):
        if quantity.measure.endswith("_memory"):
            problem = f"{quantity.measure}( ) is in bytes already"
            raise ClosedformError(problem, "bytes( ) takes elements, such as kv_cache(X)")
    size = v["bits"] / 8
    return v["Q"] * size if size != ONE else Product((v["Q"], ONE))  # no number of things


def choose(of: Tree, chosen: Tree) -> Tree:
    """How many ways there are to choose k of n: n(n − 1)…(n − k + 1)/k!.

    Raises:
        ClosedformError: a k that is no number.
    """
    count = known_value(chosen)
    if count is None or count.denominator != 1 or not 0 <= count <= FACTORS:
        problem = f"the lower number of a binomial is an integer up to {FACTORS} here"
        raise ClosedformError(problem, "write it as a number, or the product out")
    factors = (of - place for place in range(int(count)))
    return reduce(mul, factors, ONE) / factorial(int(count))


def product_over(index: str, lower: Tree, upper: Tree, body: Tree) -> Tree:
    """A product over an index: a power, or its factors where the bounds are numbers.

    Raises:
        ClosedformError: factors that change with the index between bounds that are no numbers.
    """
    if not any(name == index or term_at(name, index, "1", 0) for name in symbol_names(body)):
        return Power(body, Series(index, lower, upper, ONE))
    bounds = [known_value(bound) for bound in (lower, upper)]
    first, last = (int(x) if x is not None and x.denominator == 1 else None for x in bounds)
    if first is None or last is None or last - first > FACTORS:
        problem = f"a product whose factors change is read between numbers, up to {FACTORS} apart"
        raise ClosedformError(problem, "write numbers for its bounds, or the factors out")
    places = map(Number, range(first, last + 1))
    factors = [at_place(body, index, place) for place in places]
    if any(factor is None for factor in factors):
        raise ClosedformError("a sum stands in this product", "write the factors out")
    return reduce(mul, filter(None, factors), ONE)


#: Parameters with their defaults (None: to be given), and the formula that is meant.
SHORTHANDS: dict[str, tuple[Mapping[str, Tree | None], Callable[[Values], Tree]]] = {
    "out": ({"n": None, "k": None, "s": ONE, "p": ZERO, "d": ONE}, _out),
    "abs": ({"x": None}, lambda v: absolute(v["x"])),
    "int": ({"x": None}, _whole),
    "trunc": ({"x": None}, _whole),
    "round": ({"x": None}, lambda v: Call("floor", (v["x"] + ONE / 2,))),  # a half goes up
    "mod": ({"a": None, "b": None}, lambda v: remainder(v["a"], v["b"])),
    **dict.fromkeys(("comb", "binom"), ({"n": None, "k": None}, lambda v: choose(v["n"], v["k"]))),
    **dict.fromkeys(("pow", "power"), ({"a": None, "b": None}, lambda v: Power(v["a"], v["b"]))),
    "bytes": ({"Q": None, "bits": Number(16)}, _bytes),
}
#: Functions of programs that are written for a formula, and what is told of that.
PROGRAM_FUNCTIONS: dict[str, str] = {
    **dict.fromkeys("abs mod comb binom pow power".split(), ""),
    "int": "int( ) as ⌊ ⌋, of a formula that is not negative, else as ⌈ ⌉",
    "trunc": "trunc( ) as ⌊ ⌋, of a formula that is not negative, else as ⌈ ⌉",
    "round": "round( ) to the nearest integer, a half up",
}
