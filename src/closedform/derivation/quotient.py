"""One cost over another, a step at a time: the quotient, the common factor, the split fraction."""

from __future__ import annotations

from closedform.algebra.assumptions import of_sizes
from closedform.algebra.forms.readable import divide_term, readable_polynomial, split_whole, splits
from closedform.algebra.normal_form.divisors import cofactors, common_divisor
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.normal_form.rational import Field
from closedform.algebra.tree import ZERO, Number, Quotient, Series, Tree, total, walk
from closedform.derivation.rows import Line
from closedform.records import replace
from closedform.typeset.notation import SOURCE
from closedform.typeset.prose import Prose, shown_text

#: A quotient with sums over an index, of which more terms are left written out, stays as it is.
UNROLLED = 40


def quotient_lines(numerator: Tree, denominator: Tree, reason: Prose = ()) -> tuple[Line, ...]:
    """Equal expressions from ``numerator / denominator`` to its readable form.

    ``reason`` stands beside the first; the denominator must not be zero.
    """
    numbers = isinstance(numerator, Number) and isinstance(denominator, Number)
    lines = [Line(Quotient(numerator, denominator), reason, as_written=numbers)]
    field = of_sizes(numerator, denominator).field(numerator, denominator)
    above, below = field.normal(numerator).cancelled(), field.normal(denominator).cancelled()
    if above.is_zero():
        return (*lines, Line(ZERO, ("nothing above",)))
    top, bottom = field.lift(above.num), field.lift(below.num)
    over, under = field.lift(above.den), field.lift(below.den)
    shared = common_divisor(over, under) or field.ring.one
    common = over * under.exquo(shared)
    if common != 1:
        top *= under.exquo(shared)
        bottom *= over.exquo(shared)
        by, first = readable_polynomial(field, common), lines[-1]
        _append(lines, _whole(field, top, bottom), ("multiply above and below by ", by))
        if lines[-1] is first:  # a fraction above is printed so
            lines[-1] = replace(first, reason=(*reason, ", multiplied above and below by ", by))
    factor, top, bottom = cofactors(top, bottom)
    nodes = (*walk(numerator), *walk(denominator))
    if len(top) + len(bottom) > UNROLLED and any(isinstance(node, Series) for node in nodes):
        return tuple(lines[:1])
    if factor != 1:
        reason = ("cancel ", readable_polynomial(field, factor))
        _append(lines, _whole(field, top, bottom), reason)
    _append(lines, _whole(field, top, bottom), ("expand",))
    if splits(top, bottom):
        _append(lines, split_whole(field, top, bottom), ("split the fraction",))
        parts = total(divide_term(field, term, bottom) for term in top.terms())
        _append(lines, parts, ("cancel in each term",))
    return tuple(lines)


def _whole(field: Field, top: Polynomial, bottom: Polynomial) -> Tree:
    return readable_polynomial(field, top) / readable_polynomial(field, bottom)


def _append(lines: list[Line], tree: Tree, reason: Prose) -> None:
    """Add a line unless it reads like the last one."""
    if shown_text(tree, SOURCE) != shown_text(lines[-1].shown, SOURCE):
        lines.append(Line(tree, reason))
