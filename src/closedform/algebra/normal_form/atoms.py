"""Atoms: the functions that are no rational functions, each brought to one written form.

``open_field`` is the door: a field that can read every tree of the language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from closedform.algebra.domains import Domain
from closedform.algebra.normal_form.extrema import maximum, minimum
from closedform.algebra.normal_form.floors import read_ceil, read_floor
from closedform.algebra.normal_form.logarithms import read_log
from closedform.algebra.normal_form.normal import READERS, Field, RationalFunction
from closedform.algebra.normal_form.roots import root
from closedform.algebra.normal_form.series import read_series
from closedform.algebra.tree import Call, Series, Tree
from closedform.algebra.work import Work


def open_field(
    names: Iterable[str] = (),
    *,
    domains: Mapping[str, Domain] | None = None,
    sequences: Iterable[str] = (),
    work: Work | None = None,
) -> Field:
    """The field of rational functions in ``names`` and in whatever atoms the trees bring.

    Symbols are positive integers, where ``domains`` say nothing else. ``sequences`` are summed.
    ``work`` is a budget shared with other fields.
    """
    return Field(names, _READERS, domains=domains, sequences=sequences, work=work)


def _call(field: Field, tree: Call) -> RationalFunction:
    if tree not in field.read:
        arguments = [field.normal(part) for part in _arguments(tree)]
        field.read[tree] = _FUNCTIONS[tree.function](field, arguments)
    return field.read[tree]


def _arguments(tree: Call) -> Iterator[Tree]:
    """The arguments; max(a, max(b, c)) is max(a, b, c)."""
    for part in tree.arguments:
        if tree.function in ("max", "min") and isinstance(part, Call):
            same = part.function == tree.function
            yield from _arguments(part) if same else (part,)
        else:
            yield part


def _floor(field: Field, arguments: list[RationalFunction]) -> RationalFunction:
    return read_floor(field, arguments[0])


def _ceil(field: Field, arguments: list[RationalFunction]) -> RationalFunction:
    return read_ceil(field, arguments[0])


def _sqrt(field: Field, arguments: list[RationalFunction]) -> RationalFunction:
    return root(field, arguments[0], 2)


def _log(field: Field, arguments: list[RationalFunction]) -> RationalFunction:
    value = read_log(field, arguments[0])
    return value if len(arguments) == 1 else value / read_log(field, arguments[1])


_FUNCTIONS: dict[str, Callable[[Field, list[RationalFunction]], RationalFunction]] = {
    "floor": _floor,
    "ceil": _ceil,
    "sqrt": _sqrt,
    "log": _log,
    "max": maximum,
    "min": minimum,
}
_READERS: dict[type, Callable[[Field, Any], RationalFunction]] = {
    **READERS,
    Call: _call,
    Series: read_series,
}
