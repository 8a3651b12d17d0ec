"""What a compiled formula does with anything but positive integers: fractions, floats, arrays.

An array is whatever has a ``dtype``: NumPy is never imported. Arrays of integers are worked out as
they are, once it is known that no step of the formula can pass 64 bits.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from math import ceil
from numbers import Rational
from types import FunctionType
from typing import Any

from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.tree import (
    ONE,
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Tree,
    children,
    mapped,
    total,
    walk,
)
from closedform.errors import ClosedformError, NotPositiveInteger
from closedform.symbols import is_scale

#: The largest number that an array of 64-bit integers holds.
LARGEST = 2**63 - 1
#: The highest power of two that is divided by as a shift.
SHIFTED = 2**20


class General:
    """A formula at numbers and arrays of any kind."""

    def __init__(
        self,
        names: tuple[str, ...],
        formula: Callable[..., Any],
        integers: tuple[FunctionType, Mapping[str, int]],
        top: Callable[..., int],
    ) -> None:
        self.names = names
        self.formula = formula
        #: The formula for arrays of integers, and the numbers that it names.
        self.integers, self.constants = integers
        self.top = top

    def __call__(self, *given: Any, **named: Any) -> Any:
        """The value, exact where the sizes are; ``named`` are no sizes of it.

        Raises:
            ClosedformError: a size that is missing, or another one.
            NotPositiveInteger: a size that is zero, negative or broken.
            ClosedformError: no number and no array, or an array of which a step may pass 64 bits.
        """
        if named or len(given) != len(self.names):
            self._check(given, named)
        try:
            sizes = [*map(_size, self.names, given)]
        except ClosedformError:
            self._check(given, named)  # what is missing is told of all at once
            raise
        kinds = {_kind(size) for size in sizes}
        if "i" in kinds and self.top(*map(_largest, sizes)) > LARGEST - SHIFTED:
            raise ClosedformError(
                "a step of the formula may pass 64 bits, which arrays would wrap in silence",
                "give arrays of Python's integers, which have no end: "
                + ", ".join(
                    f"{name}.astype(object)"
                    for name, size in zip(self.names, sizes, strict=True)
                    if _kind(size) == "i"
                ),
            )
        alone = all(isinstance(size, int) for size in sizes if not _kind(size))
        if not ("i" in kinds <= {"i", ""} and alone and "numpy" in sys.modules):
            return exact(self.formula(*sizes))
        if self.constants:
            # NumPy, which an array came from, reads an array faster than a number.
            arrays = {name: sys.modules["numpy"].array(x) for name, x in self.constants.items()}
            self.integers.__globals__.update(arrays)
            self.constants = {}
        array = exact(self.integers(*sizes))
        return array if array.shape else array.item()

    def _check(self, given: Sequence[Any], named: Mapping[str, Any]) -> None:
        pairs = zip(self.names, given, strict=False)
        missing = [name for name, value in pairs if value is None]
        hint = f"it is a function of {', '.join(self.names) or 'no sizes'}"
        if named:
            raise ClosedformError(f"the formula has no size {next(iter(named))}", hint)
        if len(given) > len(self.names):
            problem = f"{len(given)} sizes are given, and the formula has {len(self.names)}"
            raise ClosedformError(problem, hint)
        if missing:
            raise ClosedformError(f"no value is given for {', '.join(missing)}", hint)


def exact(above: Any, below: Any = 1) -> Any:
    """``above / below``: whole where it is, a fraction where it is not, a float of floats."""
    if isinstance(below, int) and below == 1 and not isinstance(above, Fraction):
        return above
    if isinstance(above, float) or isinstance(below, float) or "f" in (_kind(above), _kind(below)):
        return above / below
    if _kind(above) or _kind(below):
        broken = (above % below).any()
        return above * Fraction(1) / below if broken else above // below
    value = Fraction(above) / below
    return value.numerator if value.denominator == 1 else value


def bound(tree: Tree) -> Tree:
    """A formula that no step passes in absolute value, and that grows with every size."""
    inner = (part for node in walk(tree) if isinstance(node, Quotient) for part in children(node))
    return Call("max", tuple(map(_bound, (tree, ONE, *inner))))


def _bound(tree: Tree) -> Tree:
    match tree:
        case Number(value=value):
            return Number(-(-abs(value.numerator) // value.denominator))
        case Negative(operand=operand):
            return _bound(operand)
        case Quotient(numerator=above, denominator=Number() as below):
            return Call("floor", (Quotient(_bound(above), _bound(below)),)) + 1
        case Quotient(numerator=above):
            return _bound(above)
        case Call(function=name) if not (FUNCTIONS[name].rounds or FUNCTIONS[name].chooses):
            return mapped(tree, _bound)
        case Sum() | Call():
            return total(map(_bound, children(tree)))
        case Product() | Power():
            return mapped(tree, _bound)
    return tree


def _largest(size: Any) -> Any:
    """An integer that the size, or no entry of its array, passes."""
    top = size if not _kind(size) else size.max() if size.size else 1
    return ceil(top.item() if hasattr(top, "item") else top)


def _each(function: Callable[..., Any]) -> Callable[[Any], Any]:
    """A function of exact numbers, for each entry of an array as well."""

    def called(given: Any) -> Any:
        if not _kind(given):
            return function(Fraction(given))
        entries = sys.modules["numpy"].frompyfunc(function, 1, 1)
        return entries(given.astype(object)).astype(given.dtype)

    return called


#: What the formula calls.
OTHER: dict[str, Any] = {
    **{name: _each(row.python) for name, row in FUNCTIONS.items() if row.python},
    "_exact": exact,
    "max": lambda *given: reduce(lambda a, b: a * (a >= b) + b * (a < b), given),
    "min": lambda *given: reduce(lambda a, b: a * (a <= b) + b * (a > b), given),
}


def _kind(given: Any) -> str:
    """The kind of an array's numbers: i, f or O; nothing for a single number."""
    return str(given.dtype.kind) if hasattr(given, "dtype") else ""


def _size(name: str, given: Any) -> Any:
    """A size that can be had; an integer has 64 bits in an array, and no bound outside.

    Raises:
        NotPositiveInteger, ClosedformError: it cannot.
    """
    real = is_scale(name)
    if hasattr(given, "dtype") and not given.shape:
        given = given.item()
    kind = _kind(given)
    if kind:
        if kind not in "iufO":
            raise ClosedformError(f"{name} is an array of no numbers", "give integers or floats")
        whole = real or kind in "iu" or not (given % 1).any()
        if given.size and not (given.min() > 0 and whole):
            wrong = given[(given <= 0) | (given % 1 != 0) & (not real)]
            raise NotPositiveInteger(name, wrong.ravel()[0] if wrong.size else "nan", real=real)
        if kind == "u" and given.size and int(given.max()) > LARGEST:
            raise ClosedformError(
                f"{name} holds numbers past 63 bits", f"give {name}.astype(object)"
            )
        return given.astype("int64", copy=False) if kind in "iu" else given
    if isinstance(given, bool) or not isinstance(given, (Rational, float)):
        raise ClosedformError(f"{name} = {given!r} is no number", "give an integer or an array")
    number = given if isinstance(given, float) else exact(Fraction(given))
    if not number > 0 or (not real and number % 1):
        raise NotPositiveInteger(name, given, real=real)
    return number if real or not isinstance(number, float) else int(number)
