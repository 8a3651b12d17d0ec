"""From the normal form back to the form in which a person would leave it.

A quotient is in lowest terms. Over a denominator of one term a short numerator is split, as in
1/N + 1/k²; a longer one stays whole. A sum is written out, but (2k²M − 1)NHW keeps its bracket: a
term that is subtracted joins the term that it is taken from, and common symbols go before a bracket
where they are two or more, or where something is subtracted. MN + N stays MN + N.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from closedform.algebra.assumptions import of_sizes
from closedform.algebra.forms.grouped import MANY, effort
from closedform.algebra.normal_form.build import monomial_tree, polynomial_tree
from closedform.algebra.normal_form.divisors import cancelled
from closedform.algebra.normal_form.polynomials import Polynomial, integer_content
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.tree import (
    ONE,
    Product,
    Quotient,
    Sum,
    Tree,
    children,
    product,
    terms_of,
    total,
    walk,
)

#: A fraction is split into at most so many.
FEW = 3
Monomial = tuple[int, ...]


def readable(tree: Tree) -> Tree:
    """The value of ``tree`` in readable form.

    >>> from closedform.algebra.tree import Symbol
    >>> from closedform.typeset.arrange import arrange
    >>> from closedform.typeset.text import text
    >>> k, M, N = Symbol("k"), Symbol("M"), Symbol("N")
    >>> text(arrange(readable((k**2 * M + M * N) / (k**2 * M * N))))
    '1/N + 1/k²'
    >>> text(arrange(readable((2 * k**2 * M - 1) * N))), text(arrange(readable((M + 1) * N)))
    ('(2k²M − 1)·N', 'MN + N')

    Raises:
        UndefinedValue: a division by zero.
        TooLarge: the expansion passes a bound.
    """
    return readable_function(of_sizes(tree).field(tree).normal(tree))


def readable_function(value: RationalFunction) -> Tree:
    """A rational function in readable form."""
    reduced = value.cancelled()
    field = value.field
    if splits(reduced.num, reduced.den):
        return total(divide_term(field, term, reduced.den) for term in reduced.num.terms())
    return readable_polynomial(field, reduced.num) / readable_polynomial(field, reduced.den)


def shortest(tree: Tree) -> Tree:
    """The value of ``tree`` in readable form; a long sum as the products it was, if shorter.

    >>> from closedform.algebra.tree import Symbol
    >>> from closedform.typeset.arrange import arrange
    >>> from closedform.typeset.text import text
    >>> a, b, c, d, H, W = map(Symbol, "abcdHW")
    >>> text(arrange(shortest(2 * (H + a - b - 1) * (W + c - d - 1) + H)))
    '2(H + a − b − 1)·(W + c − d − 1) + H'
    """
    plain = readable(tree)
    if (
        max((len(children(node)) for node in walk(plain) if isinstance(node, Sum)), default=0)
        < MANY
    ):
        return plain
    return min(plain, total(map(_by_factors, terms_of(tree))), key=effort)


def _by_factors(tree: Tree) -> Tree:
    """The value of a product, its factors in readable form one by one, in lowest terms."""
    field = of_sizes(tree).field(tree)
    over = [field.normal(one) for one in _factors(tree)]
    above, one = [value.num for value in over], field.one.num
    below = reduce(field.times, (value.den for value in over), one)
    for place, poly in enumerate(above):
        part = RationalFunction(field, field.lift(poly), field.lift(below)).cancelled()
        above[place], below = part.num, part.den
    first, brackets = one, []
    for poly in above:
        shared, number = poly.shared(), integer_content(poly)
        first = field.times(first, field.ring.from_dict({shared: number}))
        brackets.append(poly.over(shared, number))
    made = product(readable_polynomial(field, poly) for poly in (first, *brackets) if poly != one)
    return made / readable_polynomial(field, below)


def _factors(tree: Tree) -> Iterator[Tree]:
    """What a product or a quotient multiplies, the parts of a denominator as 1 over them."""
    match tree:
        case Product(factors=parts):
            for part in parts:
                yield from _factors(part)
        case Quotient(numerator=above, denominator=below):
            yield from _factors(above)
            yield from (ONE / part for part in _factors(below))
        case _:
            yield tree


def splits(num: Polynomial, den: Polynomial) -> bool:
    """Whether a fraction in lowest terms reads better as a sum of fractions."""
    return len(den) == 1 and not den.is_ground and 1 < len(num) <= FEW


def divide_term(field: Field, term: tuple[Monomial, int], den: Polynomial) -> Tree:
    """One term over a denominator of one term, in lowest terms."""
    top, bottom = cancelled(field.ring.from_dict(dict([term])), den)
    return polynomial_tree(field, top) / polynomial_tree(field, bottom)


def split_whole(field: Field, num: Polynomial, den: Polynomial) -> Tree:
    """Each term over the whole denominator, nothing cancelled yet."""
    below = polynomial_tree(field, den)
    return total(Quotient(monomial_tree(field, m, c), below) for m, c in num.terms())


def readable_polynomial(field: Field, poly: Polynomial) -> Tree:
    """A polynomial in readable form: the sum of its terms, with the brackets a person keeps."""
    poly = field.lift(poly)
    if len(poly) < 2:
        return polynomial_tree(field, poly)
    common = poly.shared()
    subtracts = any(c < 0 for c in poly.values())
    if sum(common) >= 2 or (sum(common) == 1 and subtracts):
        bracket = readable_polynomial(field, poly.over(common))
        return bracket * monomial_tree(field, common)
    pairs = _pairs(poly)
    if not pairs:
        return polynomial_tree(field, poly)
    joined = {taken: subtracted for subtracted, taken in pairs.items()}
    return total(
        _joined(field, poly, monomial, joined.get(monomial))
        for monomial, _ in poly.terms()
        if monomial not in pairs
    )


def _joined(field: Field, poly: Polynomial, monomial: Monomial, taken: Monomial | None) -> Tree:
    """A term, with the term that is subtracted from it put into one bracket."""
    if taken is None:
        return monomial_tree(field, monomial, int(poly[monomial]))
    part = field.ring.from_dict({monomial: poly[monomial], taken: poly[taken]})
    return polynomial_tree(field, part.over(taken)) * monomial_tree(field, taken)


def _pairs(poly: Polynomial) -> dict[Monomial, Monomial]:
    """For each subtracted term the added term it is taken from: a multiple of it, each used once.

    Empty unless every subtracted term with a symbol finds its own; the fewest choices go first.
    """
    holding: dict[int, list[Monomial]] = {}
    for monomial, coefficient in poly.terms():
        for place in _support(monomial) if coefficient > 0 else ():
            holding.setdefault(place, []).append(monomial)
    choices = {m: _multiples(m, holding) for m, c in poly.terms() if c < 0 and any(m)}
    pairs: dict[Monomial, Monomial] = {}
    taken: set[Monomial] = set()
    for subtracted in sorted(choices, key=lambda m: len(choices[m])):
        free = next((a for a in choices[subtracted] if a not in taken), None)
        if free is None:
            return {}
        pairs[subtracted] = free
        taken.add(free)
    return pairs


def _support(monomial: Monomial) -> list[int]:
    return [place for place, exponent in enumerate(monomial) if exponent]


def _multiples(monomial: Monomial, holding: dict[int, list[Monomial]]) -> list[Monomial]:
    """Its multiples among the monomials that hold its rarest symbol."""
    support = _support(monomial)
    rarest: list[Monomial] = min((holding.get(place, []) for place in support), key=len)
    return [a for a in rarest if all(a[place] >= monomial[place] for place in support)]
