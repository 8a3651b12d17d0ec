"""Identify a formula: which layers, flags, measures and conventions it is the cost of.

The symbols of a formula are taken for the dimensions of a layer in every way that keeps the degrees
of its terms; of several ways the one with the most usual letters is told, and each is proven.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from closedform.algebra.assumptions import assume
from closedform.algebra.decide import equal
from closedform.algebra.forms.readable import readable
from closedform.algebra.sequences.terms import lettered
from closedform.algebra.tree import Symbol, Tree, product, symbol_names
from closedform.errors import ClosedformError
from closedform.given import Formula, formula_of
from closedform.identification.bindings import UNUSUAL, as_told, best_binding, bound, strangeness
from closedform.identification.counted import COUNTED, counts, divided_by, stacked
from closedform.identification.identification import Identification, Match, quantity_text
from closedform.identification.numbers import SIZE, equals_in_numbers, equals_in_places, tree_of
from closedform.identification.templates import (
    MULTIPLES,
    Template,
    Terms,
    in_use,
    is_atom,
    leading,
    polynomial,
    signature,
    templates,
)
from closedform.reading import read_claim
from closedform.records import NamedTuple
from closedform.typeset.text import text as as_text

#: How many matches are told, and how many near ones.
TOLD, NEAR = 12, 3
#: Formulas with more symbols or terms than this belong to no single layer.
SYMBOLS, TERMS = 16, 80

#: Below which a layer has the letters of its papers, and no other layer is asked; and no bound.
COMMON, ANY = 10, 1_000_000
#: How much further than a layer by itself many of it are.
REPEATED = 5
#: Letters that may be read as scales, 9M as 9 million, where no formula is asked for.
_SCALED = re.compile(r"[0-9]\s*([A-Za-z])(?![A-Za-z])")


def identify(text: Formula, *, tex: bool = False) -> Identification:
    """The costs in the catalogue that a formula equals, and the nearest ones when there is none.

    Args:
        text: a formula, typed or in LaTeX, or an expression; a label in front of it is skipped, and
            conditions may follow after ``where``.
        tex: it stood between the delimiters of TeX.

    Raises:
        ParseError: a text that cannot be read.
        ClosedformError: a number, or a formula too long to be the cost of one layer.

    >>> print(identify("k k M N + N"))
    k²MN + N is
      params(conv(bias))
    """
    text = formula_of(text)
    if not text.strip():
        raise ClosedformError("there is no formula here", 'write one, such as "k^2 M N + N"')
    tree, told = _read(text, tex=tex)
    names = symbol_names(tree)
    if not names and (numbers := equals_in_numbers(tree, _equals)):
        return Identification(tree, numbers, told=told)
    if not names:
        raise ClosedformError(
            f"{text.strip()} is a number, which can be the cost of many layers",
            "write the formula with its symbols, or hold the number against a target: "
            'closedform verify "1792" --is "params(conv(k=3, M=3, N=64, bias))"',
        )
    expanded = polynomial(tree) if len(names) <= SYMBOLS else None
    if expanded is None or not expanded[0] or len(expanded[1]) > TERMS:
        return Identification(tree, (), told=told)
    equals = _equals(tree, *expanded) or equals_in_numbers(tree, _usual)
    equals = equals or equals_in_places(*expanded, _usual)
    return Identification(tree, equals, () if equals else _nearest(tree, *expanded), told)


def _read(text: str, *, tex: bool) -> tuple[Tree, str | None]:
    """The formula without label, its conditions put in, and what else was left out.

    9M is 9 times M, as no number is asked.
    """
    claim = read_claim(text, target="1", tex=tex)
    if not symbol_names(claim.members[0].tree) and (letters := _SCALED.findall(text)):
        claim = read_claim(text, target="1", names=dict(zip(letters, letters, strict=True)))
    first = "read up to the first relation" if len(claim.members) > 1 else None
    told = "; ".join(filter(None, [claim.told, first])) or None
    return lettered(assume(claim.conditions).apply(claim.members[0].tree)), told


class _Hit(NamedTuple):
    """A cost, how unusual its letters are, and how much further than a layer by itself it goes."""

    usual: int
    extra: int
    quantity: str
    measure: str

    @property
    def rank(self) -> int:
        return self.usual + self.extra


def _equals(tree: Tree, names: tuple[str, ...], terms: Terms, most: int = ANY) -> tuple[Match, ...]:
    """The costs that a formula is, the likeliest first, and none much stranger than that."""
    hits: list[_Hit] = []
    for group in (_plain, _further, _repeated, _whole, _stacked):
        hits += [hit for hit in group(tree, names, terms) if hit.usual <= most]
        # One size by itself is what layers share: 2N are the parameters of every norm.
        if any(hit.usual < COMMON for hit in hits) and (len(names) > 1 or group is not _plain):
            break
    hits.sort(key=lambda hit: hit.rank)
    likely = [hit for hit in hits if hit.rank < hits[0].rank + UNUSUAL]
    usual = {hit.quantity: hit.usual < UNUSUAL for hit in reversed(likely)}
    told = dict.fromkeys(hit.quantity for hit in likely)
    return tuple(Match(quantity, usual=usual[quantity]) for quantity in [*told][:TOLD])


def _plain(tree: Tree, names: tuple[str, ...], terms: Terms) -> Iterator[_Hit]:
    """Costs of layers of which people write formulas."""
    for template in templates().get(signature(terms), ()):
        yield from _hits(template, tree, names, terms)


def _further(tree: Tree, names: tuple[str, ...], terms: Terms) -> Iterator[_Hit]:
    """Costs of the other layers."""
    for template in _further_templates(terms):
        hits = _hits(template, tree, names, terms)
        yield from (hit for hit in hits if hit.usual <= UNUSUAL * len(names))


def _further_templates(terms: Terms) -> Iterator[Template]:
    yield from templates("further").get(signature(terms), ())
    for number in MULTIPLES:
        parts = {m: c / number for m, c in terms.items()}
        for template in templates("further").get(signature(parts), ()):
            if times := template.times_macs(number):
                yield times


def _repeated(tree: Tree, names: tuple[str, ...], terms: Terms) -> Iterator[_Hit]:
    """Costs in usual letters, of every layer, every token or all of a batch."""
    for counting in counts(names, terms):
        kept, rest = divided_by(names, terms, [*counting])
        single = readable(tree / product(map(Symbol, counting)))
        strange = strangeness({size: name for name, size in counting.items()})
        for template in (*templates().get(signature(rest), ()), *_further_templates(rest)):
            if {*counting.values()} & {*template.names}:
                continue
            if any(template.measure not in COUNTED[size] for size in counting.values()):
                continue
            for hit in _hits(template, single, kept, rest):
                if hit.usual < UNUSUAL:
                    said = " · ".join((*map(as_text, map(Symbol, counting)), hit.quantity))
                    yield _Hit(hit.usual + strange, hit.extra + REPEATED, said, hit.measure)


def _whole(tree: Tree, names: tuple[str, ...], terms: Terms) -> Iterator[_Hit]:
    """FLOPs by the textbook algorithm, and costs of whole networks in their sizes."""
    for group in ("operations", "networks")[: 1 + (len(terms) > 2)]:
        for template in templates(group).get(signature(terms), ()):
            yield from _hits(template, tree, names, terms)


def _stacked(_: Tree, names: tuple[str, ...], terms: Terms) -> Iterator[_Hit]:
    """Costs of many layers and of what stands once beside them."""
    for measure, usual, quantity in stacked(names, terms, _likeliest):
        yield _Hit(usual, REPEATED, quantity, measure)


def _likeliest(names: tuple[str, ...], terms: Terms) -> dict[str, tuple[int, str]]:
    """For each measure the likeliest cost that a polynomial is, all in usual letters."""
    kept, rest = in_use(names, terms)
    tree = tree_of(kept, rest)
    hits = [hit for group in (_plain, _further, _repeated) for hit in group(tree, kept, rest)]
    best: dict[str, tuple[int, str]] = {}
    for hit in sorted(hits, key=lambda hit: hit.rank):
        if hit.usual < UNUSUAL:
            best.setdefault(hit.measure, (hit.rank, hit.quantity))
    return best


def _hits(template: Template, tree: Tree, names: tuple[str, ...], terms: Terms) -> Iterator[_Hit]:
    """A template bound to a formula that it equals, if it can be."""
    best = best_binding(template, names, terms)
    if best and equal(tree, bound(template, best)) and equal(tree, as_told(template, best)):
        usual = strangeness(best)
        if len(template.parts) > len(terms) and usual >= UNUSUAL:
            return  # d/a is the ratio of no two layers: any two sizes make such a quotient
        extra = 5 * len(template.parts[0].flags) + 10 * (template.parts[0].by != "exact")
        if template.measure != "training_flops" or usual < COMMON:
            yield _Hit(usual, extra, quantity_text(template, best), template.measure)


def _usual(tree: Tree, names: tuple[str, ...], terms: Terms) -> tuple[Match, ...]:
    """Equal costs in which each symbol is a usual letter: only the numbers may be any size."""
    sizes = len([*filter(SIZE.fullmatch, names)])
    return _equals(tree, names, terms, most=UNUSUAL * (sizes + 1) - 1)


def _nearest(tree: Tree, names: tuple[str, ...], terms: Terms) -> tuple[Match, ...]:
    distances: dict[Match, int] = {}
    for match, distance in (*_multiples(names, terms), *_with_other_terms(tree, names, terms)):
        distances[match] = min(distance, distances.get(match, distance))
    return tuple(sorted(distances, key=lambda match: distances[match])[:NEAR])


def _multiples(names: tuple[str, ...], terms: Terms) -> Iterator[tuple[Match, int]]:
    """Formulas that are a number, or a symbol, times a cost: 2 macs(conv), B macs(conv)."""
    options: list[tuple[dict[str, int], Fraction]] = [
        ({}, Fraction(number)) for number in (2, 3, 4, Fraction(1, 2), Fraction(1, 3))
    ]
    for place, name in enumerate(names):
        exponents = {monomial[place] for monomial in terms}
        powers = [power for power in (1, 2) if power <= min(exponents)]
        if exponents <= {-1} or exponents <= {-2}:
            powers = [*exponents]
        if not is_atom(name):
            options += [({name: power}, Fraction(1)) for power in powers]
    for factor, number in options:
        rest = {
            tuple(e - factor.get(name, 0) for name, e in zip(names, m, strict=True)): c / number
            for m, c in terms.items()
        }
        for template in templates().get(signature(rest), ()):
            best = best_binding(template, *in_use(names, rest))
            if best and equal(as_told(template, best), bound(template, best)):
                usual = strangeness(best)
                quantity = quantity_text(template, best)
                powers_of = (as_text(Symbol(n)) + "²" * (abs(e) == 2) for n, e in factor.items())
                times = "·".join([str(number)] * (number != 1) + [*powers_of])
                below = min(factor.values(), default=0) < 0
                text = f"{quantity} / {times}" if below else f"{times} · {quantity}"
                # A part of a cost is a stranger thing than a multiple.
                part = 30 * (number < 1)
                yield Match(text), 100 + usual + 5 * len(template.parts[0].flags) + part


def _with_other_terms(
    tree: Tree, names: tuple[str, ...], terms: Terms
) -> Iterator[tuple[Match, int]]:
    """Costs with the same terms of the highest degree."""
    top = leading(terms)
    for template in templates(whole=False).get(signature(top), ()):
        best = best_binding(template, names, terms, exact=False)
        gap = None if best is None else readable(tree - as_told(template, best))
        rest = None if gap is None else polynomial(gap)
        if best and rest is not None:
            size = sum(60 + 10 * min(20, int(abs(c))) for c in rest[1].values())
            yield Match(quantity_text(template, best), gap), size + strangeness(best)
