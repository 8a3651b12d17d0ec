"""A term, or a whole formula, that is off by a factor: a number, a symbol, a power, a bracket."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from closedform.algebra.normal_form.build import function_tree
from closedform.algebra.normal_form.normal import Field, RationalFunction, integer_content
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
    divide,
    multiply,
    power,
)
from closedform.diagnosis.spots import SHORT, Change, Spot, factored_tree
from closedform.typeset.prose import Prose, listed, say

#: More symbols than this are not lost at once.
MANY = 4


@dataclass(frozen=True)
class Ratio:
    """``number · Π generator^exponent``: what a part has to be multiplied with."""

    number: Fraction
    missing: dict[int, int]
    extra: dict[int, int]


def ratio_of(have: RationalFunction, wanted: RationalFunction) -> Ratio | None:
    """The quotient wanted / have, where that is a single term."""
    if not have.num or not wanted.num:
        return None
    quotient = (wanted / have).cancelled()
    if len(quotient.num) != 1 or len(quotient.den) != 1:
        return None
    ((above, p),), ((below, q),) = quotient.num.items(), quotient.den.items()
    steps = {i: a - b for i, (a, b) in enumerate(zip(above, below, strict=True)) if a != b}
    return Ratio(
        Fraction(int(p), int(q)),
        {i: e for i, e in steps.items() if e > 0},
        {i: -e for i, e in steps.items() if e < 0},
    )


def other_factor(spot: Spot) -> Change | None:
    """A term, or the whole, that is off by a single factor."""
    if not spot.is_term and not isinstance(spot.parent, Power):
        return None
    ratio = ratio_of(spot.have, spot.wanted)
    if ratio is None:
        return _polynomial_factor(spot)
    if not ratio.missing and not ratio.extra:
        return _number_factor(spot, ratio.number)
    if spot.parent is not None and (spot.have * spot.wanted).constant() == 1:
        have, meant = function_tree(spot.have), function_tree(spot.wanted)
        return Change(
            "reciprocal", 1.0, say("{} stands where {} is meant{}", have, meant, spot.where)
        )
    if ratio.number != 1 or len(ratio.missing) > 1 or len(ratio.extra) > 1:
        return _several_factors(spot, ratio)
    if not ratio.extra:
        ((place, by),) = ratio.missing.items()
        return _missing_factor(spot, place, by)
    if not ratio.missing:
        ((place, by),) = ratio.extra.items()
        return _extra_factor(spot, place, by)
    (one, by), (other, times) = *ratio.extra.items(), *ratio.missing.items()
    if by != times:
        return _several_factors(spot, ratio)
    trees = spot.have.field.trees
    stands = power(trees[one], Number(by))
    meant = power(trees[other], Number(times))
    if _exponent(spot.have, one) < by or not isinstance(trees[one], Symbol):
        return _several_factors(spot, ratio)
    return Change("symbol", 1.0, say("{} stands where {} is meant{}", stands, meant, spot.where))


def _number_factor(spot: Spot, number: Fraction) -> Change | None:
    if number == 1:
        return None
    if number == -1:
        if spot.parent is None:
            return Change("sign", 1.0, say("the sign is wrong: all of it is negated"))
        term = spot.node.operand if isinstance(spot.node, Negative) else spot.node
        return Change("sign", 1.0, say("the sign of {} is wrong", term))
    stands = _content(spot.have)
    if number.numerator != 1 and number.denominator != 1:
        if 1 in (stands, stands * number):
            factor, verb = (number, "is missing") if stands == 1 else (stands, "is too much")
            text = say("the factor {} {}{}", Number(_plain(factor)), verb, spot.where)
            return Change("factor", 1.0, text)
        have, meant = (Number(_plain(n)) for n in (stands, stands * number))
        return Change("number", 1.0, say("{} stands where {} is meant{}", have, meant, spot.where))
    if number < 0:
        return Change("sign", 1.6, say("the sign and a factor {} are wrong{}", -number, spot.where))
    if number > 1:
        words = {2: "exactly half of what is right: the factor 2 is missing"}
        text = say(words.get(int(number), "") if not spot.where else "")
        return Change("factor", 1.0, text or say("the factor {} is missing{}", number, spot.where))
    words = {2: "exactly twice what is right: a factor 2 too many"}
    text = say(words.get(number.denominator, "") if not spot.where else "")
    return Change(
        "factor", 1.0, text or say("a factor {} too many{}", number.denominator, spot.where)
    )


def _missing_factor(spot: Spot, place: int, by: int) -> Change:
    tree = spot.have.field.trees[place]
    stands = _exponent(spot.have, place)
    if stands > 0 or stands + by < 0:
        return _other_power(spot, tree, stands, stands + by)
    factor = power(tree, Number(by))
    if isinstance(spot.node, (Number, Symbol)) and isinstance(spot.parent, Sum):
        return Change("factor", 1.0, _stands(spot))
    if stands < 0:
        return Change("factor", 1.0, say("the division by {} is too much{}", factor, spot.where))
    return Change("factor", 1.0, say("the factor {} is missing{}", factor, spot.where))


def _extra_factor(spot: Spot, place: int, by: int) -> Change:
    tree = spot.have.field.trees[place]
    stands = _exponent(spot.have, place)
    if stands > by or stands < 0:
        return _other_power(spot, tree, stands, stands - by)
    factor = power(tree, Number(by))
    if stands == by:
        return Change("factor", 1.0, say("an extra factor {}{}", factor, spot.where))
    if any(_multiplies(tree, outer) for outer in spot.above):
        where = () if children(spot.node) else spot.where
        text = say("a factor {} too many: it multiplies {} too{}", factor, spot.node, where)
        return Change("factor", 1.0, text)
    if isinstance(spot.node, Number):
        return Change("factor", 1.0, _stands(spot))
    return Change("factor", 1.0, say("the division by {} is missing{}", factor, spot.where))


def _multiplies(tree: Tree, outer: Tree) -> bool:
    """Whether a product has this symbol as a factor, beside a bracket."""
    factors = outer.factors if isinstance(outer, Product) else ()
    return any(f == tree or (isinstance(f, Power) and f.base == tree) for f in factors)


def _stands(spot: Spot) -> Prose:
    have, meant = function_tree(spot.have), function_tree(spot.wanted)
    where = () if spot.where == say(" in the term {}", have) else spot.where
    return say("{} stands where {} is meant{}", have, meant, where)


def _other_power(spot: Spot, tree: Tree, stands: int, meant: int) -> Change:
    one, other = (_raised(tree, exponent) for exponent in (stands, meant))
    gap = power(tree, Number(abs(meant - stands)))
    verb = "is missing" if abs(meant) > abs(stands) else "too many"
    return Change(
        "exponent",
        1.0,
        say("{} stands where {} is meant{}: a factor {} {}", one, other, spot.where, gap, verb),
    )


def _raised(tree: Tree, exponent: int) -> Tree:
    raised = power(tree, Number(abs(exponent)))
    return raised if exponent > 0 else divide(ONE, raised)


def _several_factors(spot: Spot, ratio: Ratio) -> Change | None:
    space = spot.have.field
    changed = (*ratio.missing, *ratio.extra)
    if not all(isinstance(space.trees[i], Symbol) for i in changed):
        return None
    both = bool(ratio.missing and ratio.extra)
    if len(changed) > (2 if both else MANY) or max(map(abs, ratio.number.as_integer_ratio())) > 16:
        return None
    parts: list[Prose] = []
    number = ratio.number
    if number < 0:
        return None
    known = all(_exponent(spot.have, i) >= e for i, e in ratio.extra.items())
    if (ratio.extra or number.denominator != 1) and (ratio.missing or number.numerator != 1):
        extra = _monomial(space, ratio.extra, number.denominator)
        missing = _monomial(space, ratio.missing, number.numerator)
        size = 1.0 + 0.2 * (len(changed) + (number != 1) - 1) + 0.3
        if known and (number.denominator == 1 or _content(spot.have) % number.denominator == 0):
            return Change(
                "factor", size, say("{} stands where {} is meant{}", extra, missing, spot.where)
            )
        if len(_names(spot.have)) <= 2 and len(_names(spot.wanted)) <= 2:
            return Change("factor", size, _stands(spot))
    if ratio.missing or number.numerator != 1:
        factor = _monomial(space, ratio.missing, abs(number.numerator))
        parts.append(say("the factor {} is missing", factor))
    if ratio.extra or number.denominator != 1:
        factor = _monomial(space, ratio.extra, number.denominator)
        parts.append(
            say("the factor {} is too much", factor)
            if known
            else say("it is to be divided by {}", factor)
        )
    count = len(ratio.missing) + len(ratio.extra) + (number != 1)
    size = 1.0 + 0.2 * (count - 1) + 0.4 * (len(parts) - 1)
    return Change("factor", size, listed(parts, " and ") + spot.where)


def _polynomial_factor(spot: Spot) -> Change | None:
    """A whole bracket too many or too few."""
    if not spot.have.num or not spot.wanted.num:
        return None
    quotient = (spot.wanted / spot.have).cancelled()
    for value, text in (
        (quotient, "the factor {} is missing"),
        (spot.have.field.one / quotient, "an extra factor {}"),
    ):
        reduced = value.cancelled()
        if reduced.den == 1 and len(reduced.num) <= SHORT:
            factor = _brackets(spot.node, reduced)
            if factor is None and any(c < 0 for c in reduced.num.values()):
                continue
            factor = factor or factored_tree(reduced)
            return Change("factor", 1.9, say(text, factor) + spot.where)
    return None


def _brackets(node: Tree, value: RationalFunction) -> Tree | None:
    """The brackets of a product that make up a value, as they are written."""
    sums = (
        [part for part in children(node) if isinstance(part, Sum)]
        if isinstance(node, Product)
        else []
    )
    for count in range(1, min(len(sums), 3) + 1):
        for chosen in combinations(sums, count):
            written: Tree = Product(chosen) if count > 1 else chosen[0]
            if (value.field.normal(written) - value).is_zero():
                return written
    return None


def _exponent(value: RationalFunction, place: int) -> int:
    """How often a generator is a factor of a function; negative where it is divided by."""
    above, below = value.field.lift(value.num), value.field.lift(value.den)
    return int(min(m[place] for m in above) - min(m[place] for m in below))


def _names(value: RationalFunction) -> list[int]:
    """The generators in a function."""
    polys = [value.field.lift(value.num), value.field.lift(value.den)]
    return [i for i in range(len(value.field.keys)) if any(m[i] for poly in polys for m in poly)]


def _content(value: RationalFunction) -> Fraction:
    return Fraction(integer_content(value.num), integer_content(value.den))


def _plain(number: Fraction) -> int | Fraction:
    return number.numerator if number.denominator == 1 else number


def _monomial(space: Field, exponents: dict[int, int], number: int) -> Tree:
    product: Tree = Number(number)
    for place, exponent in exponents.items():
        product = multiply(product, power(space.trees[place], Number(exponent)))
    return product
