"""Atoms: the functions that are no rational functions, each brought to one written form.

``open_field`` is the door: a field that can read every tree of the language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from closedform.algebra.build import function_tree
from closedform.algebra.floors import read_ceil, read_floor
from closedform.algebra.logarithms import read_log
from closedform.algebra.normal import Field, RationalFunction
from closedform.algebra.powers import read_power, root
from closedform.algebra.series import read_series
from closedform.algebra.signs import nonnegative
from closedform.algebra.tree import Call, Power, Series, Tree
from closedform.errors import ClosedformError


def open_field(
    names: Iterable[str] = (),
    *,
    reals: Iterable[str] = (),
    lower: Mapping[str, int] | None = None,
) -> Field:
    """The field of rational functions in ``names`` and in whatever atoms the trees bring.

    Symbols are positive integers; ``reals`` are positive numbers, ``lower`` gives other smallest
    values.
    """
    return Field(names, read_atom, reals=reals, lower=lower)


def read_atom(field: Field, tree: Tree) -> RationalFunction:
    """The normal form of a function call, a sum over an index, or a symbolic power."""
    if isinstance(tree, Power):
        return read_power(field, field.normal(tree.base), field.normal(tree.exponent))
    if isinstance(tree, Series):
        return read_series(field, tree)
    if isinstance(tree, Call):
        return _FUNCTIONS[tree.function](field, [field.normal(part) for part in tree.arguments])
    raise ClosedformError(f"{type(tree).__name__} has no normal form")


def _floor(field: Field, arguments: list[RationalFunction]) -> RationalFunction:
    return read_floor(field, arguments[0])


def _ceil(field: Field, arguments: list[RationalFunction]) -> RationalFunction:
    return read_ceil(field, arguments[0])


def _sqrt(field: Field, arguments: list[RationalFunction]) -> RationalFunction:
    return root(field, arguments[0], 2)


def _log(field: Field, arguments: list[RationalFunction]) -> RationalFunction:
    value = read_log(field, arguments[0])
    return value if len(arguments) == 1 else value / read_log(field, arguments[1])


def _maximum(field: Field, arguments: list[RationalFunction]) -> RationalFunction:
    """The largest: arguments that are never the largest go, the rest are one atom."""
    kept: list[RationalFunction] = []
    for candidate in arguments:
        if any(nonnegative(other - candidate) for other in kept):
            continue
        kept = [other for other in kept if not nonnegative(candidate - other)] + [candidate]
    if len(kept) == 1:
        return kept[0]
    if len(kept) == 2:
        return kept[0] + _positive_part(field, (kept[1] - kept[0]).cancelled())
    return _named_maximum(field, kept)


def _positive_part(field: Field, value: RationalFunction) -> RationalFunction:
    """max(0, d), with max(0, −d) = max(0, d) − d, so that the pair is one atom."""
    if value.num.LC < 0:
        return _named_maximum(field, [field.zero, -value]) + value
    return _named_maximum(field, [field.zero, value])


def _named_maximum(field: Field, values: list[RationalFunction]) -> RationalFunction:
    key = ("max", frozenset(value.key() for value in values))
    integer = all(_integer_valued(field, value) for value in values)
    tree = Call("max", tuple(function_tree(value) for value in values))
    known = any(nonnegative(value) for value in values)
    return field.generator(key, tree=tree, integer=integer, nonnegative=known)


def _minimum(field: Field, arguments: list[RationalFunction]) -> RationalFunction:
    """min(a, …) = −max(−a, …)."""
    return -_maximum(field, [-value for value in arguments])


def _integer_valued(field: Field, value: RationalFunction) -> bool:
    reduced = value.cancelled()
    return reduced.den == 1 and all(
        field.integers[i] for monomial in reduced.num for i, e in enumerate(monomial) if e
    )


_FUNCTIONS: dict[str, Callable[[Field, list[RationalFunction]], RationalFunction]] = {
    "floor": _floor,
    "ceil": _ceil,
    "sqrt": _sqrt,
    "log": _log,
    "max": _maximum,
    "min": _minimum,
}
