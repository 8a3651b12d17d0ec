"""The small differences between what a part of a formula is worth and what it needs to be.

Each function of :data:`CHANGES` looks at one :class:`Spot` and says, where it can, which slip of the
pen turns the right value into the one that stands there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from sympy.polys.rings import PolyElement

from closedform.algebra.build import polynomial_tree
from closedform.algebra.factors import factored
from closedform.algebra.normal import Field, RationalFunction, integer_content
from closedform.algebra.readable import readable_function
from closedform.algebra.tree import (
    ONE,
    Number,
    Power,
    Product,
    Sum,
    Symbol,
    Tree,
    divide,
    multiply,
    power,
)
from closedform.verbs.case import shown

#: A part with more terms than this is not written out in a sentence.
SHORT = 4


@dataclass(frozen=True)
class Spot:
    """A part of a formula: what stands there (``have``) and what is meant (``wanted``).

    ``where`` is empty for the whole formula, and otherwise says which part is meant.
    """

    node: Tree
    parent: Tree | None
    have: RationalFunction
    wanted: RationalFunction
    where: str = ""

    @property
    def is_term(self) -> bool:
        """Whether this is the whole formula, or a term of a sum."""
        return self.parent is None or isinstance(self.parent, Sum)


@dataclass(frozen=True)
class Change:
    """A slip: its kind, how large it is, and the sentence about it."""

    kind: str
    size: float
    sentence: str


def changes(spot: Spot) -> Iterator[Change]:
    """What the slips in :data:`CHANGES` make of one part."""
    for reader in CHANGES:
        found = reader(spot)
        if found is not None:
            yield found


def factored_tree(value: RationalFunction) -> Tree:
    """A rational function as a product over a product."""
    reduced = value.cancelled()
    return divide(_product(value.field, reduced.num), _product(value.field, reduced.den))


# -- terms -------------------------------------------------------------------------------------------


def _extra_term(spot: Spot) -> Change | None:
    if spot.wanted.num or not isinstance(spot.parent, Sum):
        return None
    unit = isinstance(spot.node, Number) and spot.node.value == 1
    kind = "off by one" if unit else "term"
    return Change(kind, 1.0, f"the term {shown(spot.node)} is too much{spot.where}")


def _other_sum(spot: Spot) -> Change | None:
    """A sum, or the whole, that lacks a term or has one too many."""
    if not (spot.parent is None or isinstance(spot.node, Sum)):
        return None
    gap = (spot.wanted - spot.have).cancelled()
    terms = len(gap.num)
    if not gap.num or terms > SHORT or len(gap.den) > 1:
        return None
    number = gap.constant()
    if number is not None and abs(number) == 1 and spot.parent is not None:
        return Change("off by one", 1.0, _stands(spot))
    size = 1.3 + 0.4 * (terms - 1) - (0.2 if spot.parent is not None else 0)
    if gap.num.LC < 0:
        return Change("term", size, f"{_gap(-gap)} too much{spot.where}")
    return Change("term", size, f"the term {_gap(gap)} is missing{spot.where}")


def _gap(gap: RationalFunction) -> str:
    return shown(readable_function(gap))


def _other_number(spot: Spot) -> Change | None:
    wanted = spot.wanted.constant()
    if not isinstance(spot.node, Number) or wanted is None or not wanted:
        return None
    if not isinstance(spot.parent, Sum):
        return None
    by_one = abs(wanted - spot.node.value) == 1
    return Change("off by one" if by_one else "number", 1.1, _stands(spot))


def _shifted_factor(spot: Spot) -> Change | None:
    """k for k − 1: a factor that lacks a small term."""
    if spot.parent is None or not isinstance(spot.parent, (Product, Power)):
        return None
    if not isinstance(spot.node, (Symbol, Power)):
        return None
    gap = (spot.wanted - spot.have).cancelled()
    if len(gap.num) != 1 or gap.den != 1:
        return None
    number = gap.constant()
    if number is None:
        return Change("term", 1.9, _stands(spot)) if len(spot.have.num) == 1 else None
    by_one = abs(number) == 1
    return Change("off by one" if by_one else "number", 1.5, _stands(spot))


def _stands(spot: Spot) -> str:
    have, meant = shown(readable_function(spot.have)), shown(readable_function(spot.wanted))
    return f"{have} stands where {meant} is meant{'' if isinstance(spot.node, Sum) else spot.where}"


# -- factors -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ratio:
    """``number · Π generator^exponent``: what a part has to be multiplied with."""

    number: Fraction
    missing: dict[int, int]
    extra: dict[int, int]


def ratio_of(have: RationalFunction, wanted: RationalFunction) -> Ratio | None:
    """wanted / have, where that is a single term."""
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


def _other_factor(spot: Spot) -> Change | None:
    """A term, or the whole, that is off by a single factor."""
    if not spot.is_term and not isinstance(spot.parent, Power):
        return None
    ratio = ratio_of(spot.have, spot.wanted)
    if ratio is None:
        return _polynomial_factor(spot)
    if not ratio.missing and not ratio.extra:
        return _number_factor(spot, ratio.number)
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
    stands = shown(power(trees[one], Number(by)))
    meant = shown(power(trees[other], Number(times)))
    if _exponent(spot.have, one) < by:
        return _several_factors(spot, ratio)
    return Change("symbol", 1.0, f"{stands} stands where {meant} is meant{spot.where}")


def _number_factor(spot: Spot, number: Fraction) -> Change | None:
    if number == 1:
        return None
    if number == -1:
        return Change("sign", 1.0, f"the sign is wrong{spot.where or ': all of it is negated'}")
    stands = _content(spot.have)
    if number.numerator != 1 and number.denominator != 1:
        meant = shown(Number(_plain(stands * number)))
        return Change(
            "number", 1.0, f"{shown(Number(_plain(stands)))} stands where {meant} is meant{spot.where}"
        )
    if number < 0:
        return Change("sign", 1.6, f"the sign and a factor {-number} are wrong{spot.where}")
    if number > 1:
        words = {2: "exactly half of what is right: the factor 2 is missing"}
        text = words.get(int(number), "") if not spot.where else ""
        return Change("factor", 1.0, text or f"the factor {number} is missing{spot.where}")
    words = {2: "exactly twice what is right: a factor 2 too many"}
    text = words.get(number.denominator, "") if not spot.where else ""
    return Change("factor", 1.0, text or f"a factor {number.denominator} too many{spot.where}")


def _missing_factor(spot: Spot, place: int, by: int) -> Change:
    tree = spot.have.field.trees[place]
    stands = _exponent(spot.have, place)
    if stands > 0:
        return _other_power(spot, tree, stands, stands + by)
    factor = shown(power(tree, Number(by)))
    if stands < 0:
        return Change("factor", 1.0, f"the division by {factor} is too much{spot.where}")
    return Change("factor", 1.0, f"the factor {factor} is missing{spot.where}")


def _extra_factor(spot: Spot, place: int, by: int) -> Change:
    tree = spot.have.field.trees[place]
    stands = _exponent(spot.have, place)
    if stands > by:
        return _other_power(spot, tree, stands, stands - by)
    factor = shown(power(tree, Number(by)))
    if stands == by:
        return Change("factor", 1.0, f"an extra factor {factor}{spot.where}")
    return Change("factor", 1.0, f"the division by {factor} is missing{spot.where}")


def _other_power(spot: Spot, tree: Tree, stands: int, meant: int) -> Change:
    one, other = shown(power(tree, Number(stands))), shown(power(tree, Number(meant)))
    gap = shown(power(tree, Number(abs(meant - stands))))
    verb = "is missing" if meant > stands else "too many"
    return Change(
        "exponent", 1.0, f"{one} stands where {other} is meant{spot.where}: a factor {gap} {verb}"
    )


def _several_factors(spot: Spot, ratio: Ratio) -> Change:
    space = spot.have.field
    parts = []
    number = ratio.number
    if ratio.missing or number.numerator != 1:
        factor = _monomial(space, ratio.missing, abs(number.numerator))
        parts.append(f"the factor {factor} is missing")
    if ratio.extra or number.denominator != 1:
        factor = _monomial(space, ratio.extra, number.denominator)
        known = all(_exponent(spot.have, i) >= e for i, e in ratio.extra.items())
        parts.append(f"the factor {factor} is too much" if known else f"it is to be divided by {factor}")
    count = len(ratio.missing) + len(ratio.extra) + (number != 1)
    return Change("factor", 0.6 + 0.6 * count, " and ".join(parts) + spot.where)


def _polynomial_factor(spot: Spot) -> Change | None:
    """A whole bracket too many or too few."""
    if not spot.have.num or not spot.wanted.num:
        return None
    quotient = (spot.wanted / spot.have).cancelled()
    for value, text in ((quotient, "the factor {} is missing"), (spot.have.field.one / quotient, "an extra factor {}")):
        reduced = value.cancelled()
        if reduced.den == 1 and len(reduced.num) <= SHORT:
            return Change("factor", 2.0, text.format(shown(factored_tree(reduced))) + spot.where)
    return None


def _exponent(value: RationalFunction, place: int) -> int:
    """How often a generator is a factor of a function; negative where it is divided by."""
    above, below = value.field.lift(value.num), value.field.lift(value.den)
    return min(m[place] for m in above) - min(m[place] for m in below)


def _content(value: RationalFunction) -> Fraction:
    return Fraction(integer_content(value.num), integer_content(value.den))


def _plain(number: Fraction) -> int | Fraction:
    return number.numerator if number.denominator == 1 else number


def _monomial(space: Field, exponents: dict[int, int], number: int) -> str:
    product: Tree = Number(number)
    for place, exponent in exponents.items():
        product = multiply(product, power(space.trees[place], Number(exponent)))
    return shown(product)


def _product(space: Field, poly: PolyElement) -> Tree:
    if not poly:
        return Number(0)
    found = factored(space, poly)
    product: Tree = Number(found.number)
    for place, exponent in enumerate(found.monomial):
        if exponent:
            product = multiply(product, power(space.trees[place], Number(exponent)))
    for factor, exponent in found.factors:
        tree = polynomial_tree(space, factor)
        product = multiply(product, tree if exponent == 1 else power(tree, Number(exponent)))
    return product if product != Number(1) else ONE


CHANGES: tuple[Callable[[Spot], Change | None], ...] = (
    _extra_term,
    _other_sum,
    _other_number,
    _shifted_factor,
    _other_factor,
)
