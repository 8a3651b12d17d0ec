"""One part of a formula is off by a factor: a number, a power of a symbol, or several.

Each part of one side is compared with what it would have to be for the whole to come out right
(:mod:`closedform.diagnosis.places`); what makes the difference is told where it is simple.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import pairwise

from closedform.algebra.forms.readable import readable
from closedform.algebra.tree import (
    ONE,
    Negative,
    Number,
    Power,
    Product,
    Sum,
    Symbol,
    Tree,
    children,
    numeral,
    symbol_names,
)
from closedform.diagnosis.case import Case, Finding
from closedform.diagnosis.places import (
    PARTS,
    Factor,
    Place,
    SimpleFactors,
    content,
    exponent,
    monomial,
    replaced,
)
from closedform.records import record
from closedform.typeset.prose import Part, Prose, say

#: How many parts are held against several factors at once.
FEW = 3
Said = Callable[[], Prose]
LookUp = Callable[[SimpleFactors, int], "Factor | None"]


@record
class Slip:
    """What stands in a place, what is meant, and the factor from one to the other."""

    stands: Tree
    meant: Tree
    factor: Factor
    place: Place

    @property
    def alone(self) -> bool:
        """Whether it is a number or a symbol in a sum: where a factor goes would not be seen."""
        parent = self.place.parent
        return isinstance(self.place.node, (Number, Symbol)) and isinstance(parent, Sum)


def _by_factor(case: Case, look_up: LookUp, most: int = PARTS) -> Iterator[Finding]:
    # What layers cost nobody wrote: it is off as a whole.
    for place in case.claimed_places[: 1 if case.computed else most]:
        ratio = place.ratio if place.is_term or isinstance(place.parent, Power) else None
        factor = look_up(case.factors, ratio) if ratio else None
        if factor is None:
            continue
        if isinstance(place.node, Number) and len(factor.powers) > len(place.above[:1]):
            continue  # nobody who writes a number means a formula
        meant = place.node * factor.tree
        kind, said = told(Slip(place.node, meant, factor, place))
        by = factor.number
        if case.computed and not factor.powers and 1 not in (by.numerator, by.denominator):
            said = partial(say, "exactly {} times what is right", numeral(1 / by))
        yield Finding(kind, said, replaced(case.claimed, place.path, meant), case.reference)


#: A term, or the whole, is off by a number or a power of one symbol, by two simple factors, or by
#: several symbols at once.
one_factor = partial(_by_factor, look_up=SimpleFactors.one)
two_factors = partial(_by_factor, look_up=SimpleFactors.several)
many_factors = partial(_by_factor, look_up=partial(SimpleFactors.several, most=3), most=FEW)


def told(slip: Slip) -> tuple[str, Said]:
    """The kind of a slip by a factor, and its sentence."""
    powers, number = dict(slip.factor.powers), slip.factor.number
    if not powers:
        return _number_factor(slip, number)
    if slip.place.parent is not None and _upside_down(slip):
        return "reciprocal", partial(_stands, slip)
    if number == 1 and len(powers) == 1:
        return _power(slip, *powers.popitem())
    missing, extra = slip.factor.missing, slip.factor.extra
    if number == 1 and len(missing) == len(extra) == 1:
        ((one, by),), ((other, times),) = extra.items(), missing.items()
        if by == times and exponent(slip.stands, one) >= by:
            pair = (Symbol(one) ** by, Symbol(other) ** times)
            return "symbol", here(slip.place, "{} stands where {} is meant", *pair)
    if slip.alone:
        return "factor", partial(_stands, slip)
    return "factor", partial(_several_factors, slip)


def _upside_down(slip: Slip) -> bool:
    powers = dict(slip.factor.powers)
    known = set(powers) == set(symbol_names(slip.stands)) and slip.factor.number == 1
    return known and all(e == -2 * exponent(slip.stands, name) for name, e in powers.items())


def _number_factor(slip: Slip, number: Fraction) -> tuple[str, Said]:
    whole = slip.place.parent is None
    if number == -1:
        term = slip.stands.operand if isinstance(slip.stands, Negative) else slip.stands
        return "sign", partial(say, "the sign of {} is wrong", term)
    if number == 2 and whole:
        return "factor", partial(say, "exactly half of what is right: the factor 2 is missing")
    if 1 / number == 2 and whole:
        return "factor", partial(say, "exactly twice what is right: a factor 2 too many")
    if slip.alone:
        return "number", partial(_stands, slip)
    stands = content(slip.stands)
    if 1 in (number.numerator, number.denominator):
        words = "the factor {} is missing" if number > 1 else "a factor {} too many"
        return "factor", here(slip.place, words, numeral(max(number, 1 / number)))
    if stands == 1:
        return "factor", here(slip.place, "the factor {} is missing", numeral(number))
    pair = (numeral(stands), numeral(stands * number))
    return "number", here(slip.place, "{} stands where {} is meant", *pair)


def _power(slip: Slip, name: str, by: int) -> tuple[str, Said]:
    """The power of one symbol that is missing or too many."""
    stands, factor = exponent(slip.stands, name), Symbol(name) ** abs(by)
    meant = stands + by
    if stands * meant > 0:
        one, other = (Factor(Fraction(1), ((name, e),)).tree for e in (stands, meant))
        verb = "is missing" if abs(meant) > abs(stands) else "too many"
        text = "{} stands where {} is meant{}: a factor {} {}"
        return "exponent", lambda: say(text, one, other, where(slip.place), factor, verb)
    if slip.alone and (by > 0 or meant == 0):
        return "factor", partial(_stands, slip)
    if by > 0:
        words = "the division by {} is too much" if stands < 0 else "the factor {} is missing"
    elif meant == 0:
        words = "an extra factor {}"
    elif any(_multiplies(Symbol(name), outer) for outer in slip.place.above):
        words = "a factor {} too many: it multiplies {} too"
        if children(slip.stands):
            return "factor", partial(say, words, factor, slip.stands)
        return "factor", here(slip.place, words, factor, slip.stands)
    else:
        words = "the division by {} is missing"
    return "factor", here(slip.place, words, factor)


def _multiplies(tree: Tree, outer: Tree) -> bool:
    """Whether a product has this symbol as a factor, beside a bracket."""
    factors = outer.factors if isinstance(outer, Product) else ()
    return any(f == tree or (isinstance(f, Power) and f.base == tree) for f in factors)


def _stands(slip: Slip) -> Prose:
    stands, meant = readable(slip.stands), readable(slip.meant)
    place = where(slip.place)
    place = () if place == say(" in the term {}", stands) else place
    return say("{} stands where {} is meant{}", stands, meant, place)


def _several_factors(slip: Slip) -> Prose:
    factor, place = slip.factor, where(slip.place)
    known = all(exponent(slip.stands, name) >= e for name, e in factor.extra.items())
    number = abs(factor.number)
    missing = monomial(factor.missing, number.numerator)
    extra = monomial(factor.extra, number.denominator)
    if ONE not in (missing, extra):
        whole = content(slip.stands) / number.denominator
        if known and (number.denominator == 1 or whole.denominator == 1):
            return say("{} stands where {} is meant{}", extra, missing, place)
        return _stands(slip)
    if extra == ONE:
        return say("the factor {} is missing{}", missing, place)
    words = "the factor {} is too much{}" if known else "it is to be divided by {}{}"
    return say(words, extra, place)


# -- where a slip is, in words


def where(place: Place) -> Prose:
    """Where a place is: ``" in the term k²M"`` for what stands inside a term of a sum."""
    for outer, inner in reversed(list(pairwise((*place.above, place.node)))):
        if isinstance(outer, Sum):
            term = inner.operand if isinstance(inner, Negative) else inner
            if inner is place.node and not children(term):
                return say(" in {}", outer)
            return say(" in the term {}", term)
    return ()


def here(place: Place, words: str, *parts: Part | Prose) -> Said:
    """A sentence that ends with where the place is."""
    return lambda: say(words + "{}", *parts, where(place))
