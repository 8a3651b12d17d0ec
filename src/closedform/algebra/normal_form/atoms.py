"""Atoms: the functions that are no rational functions, each brought to one written form.

``open_field`` is the door: a field that can read every tree of the language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from closedform.algebra.domains import Domain
from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.normal_form.normal import READERS
from closedform.algebra.normal_form.rational import Field, RationalFunction
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
        field.read[tree] = FUNCTIONS[tree.function].normal(field, *arguments)
    return field.read[tree]


def _arguments(tree: Call) -> Iterator[Tree]:
    """The arguments; max(a, max(b, c)) is max(a, b, c)."""
    chooses = FUNCTIONS[tree.function].chooses
    for part in tree.arguments:
        if chooses and isinstance(part, Call) and part.function == tree.function:
            yield from _arguments(part)
        else:
            yield part


_READERS: dict[type, Callable[[Field, Any], RationalFunction]] = {
    **READERS,
    Call: _call,
    Series: read_series,
}
