"""The largest of several expressions: max(a, b) = a + max(0, b − a), so that atoms are few."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod
from operator import itemgetter, lt
from typing import TypeAlias

from closedform.algebra.domains import Known
from closedform.algebra.normal_form.build import function_tree
from closedform.algebra.normal_form.polynomials import integer_content, powers_in
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.normal_form.signs import integer_valued, least_of, nonnegative, positive
from closedform.algebra.tree import Call

#: A point for each: there most pairs of arguments are seen to have no order.
SEEDS = range(12)


def maximum(field: Field, *arguments: RationalFunction) -> RationalFunction:
    """The largest: arguments that are never the largest go, the rest are one atom."""
    points = [_point(field, seed) for seed in SEEDS]
    distinct = list({value.key(): value for value in arguments}.values())
    sampled = [(value, [_at(value, point) for point in points]) for value in distinct]
    kept: list[_Sampled] = []
    # What is never less has the larger values, and so comes earlier.
    for candidate in sorted(sampled, key=itemgetter(1), reverse=True):
        if not any(_never_less(other, candidate) for other in kept):
            kept.append(candidate)
    chosen = {id(value) for value, _ in kept}
    values = [value for value in distinct if id(value) in chosen]
    if len(values) == 1:
        return values[0]
    if len(values) == 2:
        return values[0] + positive_part(field, values[1] - values[0])
    return _atom(field, values)


#: An argument, and its values at some points.
_Sampled: TypeAlias = "tuple[RationalFunction, list[int | Fraction]]"


def _point(field: Field, seed: int) -> list[int]:
    """A value of each generator that is not below its smallest one."""
    return [known.least + hash((i, seed)) % 1009 for i, known in enumerate(field.known)]


def _at(value: RationalFunction, point: list[int]) -> int | Fraction:
    """The value at a point; 0 where it has none, which is no harm: it only saves work."""
    above, below = (
        sum(c * prod(point[i] ** e for i, e in powers_in(m)) for m, c in poly.items())
        for poly in (value.num, value.den)
    )
    return Fraction(above, below) if below else 0


def _never_less(one: _Sampled, other: _Sampled) -> bool:
    """Whether one argument is seen never to be less than another."""
    return not any(map(lt, one[1], other[1])) and nonnegative(one[0] - other[0])


def minimum(field: Field, *arguments: RationalFunction) -> RationalFunction:
    """min(a, …) = −max(−a, …)."""
    return -maximum(field, *(-value for value in arguments))


def absolute(field: Field, value: RationalFunction) -> RationalFunction:
    """|d| = 2·max(0, d) − d."""
    return field.number(2) * positive_part(field, value) - value


def positive_part(field: Field, value: RationalFunction) -> RationalFunction:
    """max(0, d): what is known to be positive comes out, and max(0, −d) = max(0, d) − d."""
    value = value.cancelled()
    num, den = value.num, value.den
    outside = field.one
    if positive(den, field):
        outside, den = RationalFunction(field, field.ring.one, den), field.ring.one
    content = integer_content(num)
    shared = tuple(e if field.known[i].nonnegative else 0 for i, e in enumerate(num.shared()))
    num = num.over(shared, content)
    outside = outside * field.polynomial(num.ring.from_dict({shared: content}))
    rest = RationalFunction(field, num, den)
    if num.LC < 0:
        return outside * (_atom(field, [field.zero, -rest]) + rest)
    return outside * _atom(field, [field.zero, rest])


def _atom(field: Field, values: list[RationalFunction]) -> RationalFunction:
    key = ("max", frozenset(value.key() for value in values))
    tree = Call("max", tuple(function_tree(value) for value in values))
    known = Known(
        integer=all(integer_valued(value) for value in values),
        nonnegative=any(nonnegative(value) for value in values),
        least=max(map(least_of, values)),
    )
    atom = field.generator(key, tree=tree, known=known, facts=_facts)
    field.maxima[field.index[key]] = tuple(values)
    return atom


def _facts(field: Field, place: int) -> Iterator[tuple[RationalFunction, bool]]:
    """max(a, …) ≥ a."""
    for value in field.maxima[place]:
        yield field.at(place) - value, False
