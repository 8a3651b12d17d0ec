"""Identify a formula: which layers, flags, measures and conventions it is the cost of.

The symbols of a formula are taken for the dimensions of a layer in every way that keeps the degrees
of its terms; of several ways the one with the most usual letters is told, and each is proven.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from closedform.algebra.conditions import assume
from closedform.algebra.decide import equal
from closedform.algebra.readable import readable
from closedform.algebra.sequences import lettered
from closedform.algebra.tree import ZERO, Symbol, Tree, substitute, symbol_names
from closedform.errors import ClosedformError
from closedform.given import Formula, formula_of
from closedform.identification.identification import Identification, Match, quantity_text
from closedform.identification.in_numbers import equals_in_numbers, is_size
from closedform.identification.templates import (
    Template,
    Terms,
    by_leading_terms,
    further,
    leading,
    polynomial,
    signature,
    templates,
)
from closedform.reading import read_claim
from closedform.symbols import USUAL_LETTERS
from closedform.typeset.text import text as as_text

#: How many matches are told, how many near ones, and how many bindings of one template are tried.
TOLD, NEAR, BINDINGS = 12, 3, 400
#: Formulas with more symbols or terms than this belong to no single layer.
SYMBOLS, TERMS = 10, 40

#: How unusual any other letter is; below which a plain layer has the letters of its papers, and no
#: other layer is asked.
UNUSUAL, COMMON = 30, 10

#: A number that is read as 9 million where no formula is asked for.
_SCALED = re.compile(r"([0-9]+)\s*([A-Za-z])")

Binding = dict[str, str]


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
    if expanded is None or len(expanded[1]) > TERMS:
        return Identification(tree, (), told=told)
    equals = _equals(tree, *expanded) or equals_in_numbers(tree, _usual)
    return Identification(tree, equals, () if equals else _nearest(tree, *expanded), told)


def _read(text: str, *, tex: bool) -> tuple[Tree, str | None]:
    """The formula without label, its conditions put in, and what else was left out.

    9M is 9 times M, as no number is asked.
    """
    claim = read_claim(text, target="1", tex=tex)
    if scaled := _SCALED.fullmatch(claim.members[0].written):
        claim = read_claim(f"{scaled[1]}*{scaled[2]}", target="1")
    first = "read up to the first relation" if len(claim.members) > 1 else None
    told = "; ".join(filter(None, [claim.told, first])) or None
    return lettered(assume(claim.conditions).apply(claim.members[0].tree)), told


def _equals(
    tree: Tree, names: tuple[str, ...], terms: Terms, most: int | None = None
) -> tuple[Match, ...]:
    ranked: list[tuple[int, Match]] = []
    least = UNUSUAL
    for group in (templates, further):
        for template in group().get(signature(terms), ()):
            best = _best(template, names, terms)
            if best is not None and equal(tree, _bound(template, best)):
                usual = sum(_unusual(dimension, name) for dimension, name in best.items())
                if most is not None and usual > most:
                    continue
                extra = 5 * len(template.parts[0].flags) + 10 * (template.parts[0].by != "exact")
                ranked.append((usual + extra, Match(quantity_text(template, best))))
                least = min(least, usual)
        if least < COMMON:
            break
    return tuple(match for _, match in sorted(ranked, key=lambda pair: pair[0])[:TOLD])


def _usual(tree: Tree, names: tuple[str, ...], terms: Terms) -> tuple[Match, ...]:
    """Equal costs in which each symbol is a usual letter: only the numbers may be any size."""
    sizes = sum(is_size(name) for name in names)
    return _equals(tree, names, terms, most=UNUSUAL * (sizes + 1) - 1)


def _nearest(tree: Tree, names: tuple[str, ...], terms: Terms) -> tuple[Match, ...]:
    distances: dict[Match, int] = {}
    for match, distance in (*_multiples(names, terms), *_with_other_terms(tree, names, terms)):
        distances[match] = min(distance, distances.get(match, distance))
    return tuple(sorted(distances, key=lambda match: distances[match])[:NEAR])


def _multiples(names: tuple[str, ...], terms: Terms) -> Iterator[tuple[Match, int]]:
    """Formulas that are a number, or a symbol, times a cost: 2 macs(conv), B macs(conv)."""
    least = tuple(min(m[i] for m in terms) for i in range(len(names)))
    options: list[tuple[tuple[int, ...], Fraction]] = [
        ((0,) * len(names), Fraction(c)) for c in (2, 3, 4, Fraction(1, 2), Fraction(1, 3))
    ]
    for place in range(len(names)):
        options += [(_unit(len(names), place, e), Fraction(1)) for e in (1, 2) if e <= least[place]]
        if least[place] in (-1, -2) and all(m[place] == least[place] for m in terms):
            options.append((_unit(len(names), place, least[place]), Fraction(1)))
    for factor, number in options:
        rest = {
            tuple(a - b for a, b in zip(m, factor, strict=True)): c / number
            for m, c in terms.items()
        }
        for template in templates().get(signature(rest), ()):
            used = [i for i in range(len(names)) if any(m[i] for m in rest)]
            smaller = {tuple(m[i] for i in used): c for m, c in rest.items()}
            best = _best(template, tuple(names[i] for i in used), smaller)
            if best is not None:
                usual = sum(_unusual(dimension, name) for dimension, name in best.items())
                quantity = quantity_text(template, best)
                times = "·".join(_factor(names, factor, number))
                text = f"{quantity} / {times}" if min(factor) < 0 else f"{times} · {quantity}"
                # A part of a cost is a stranger thing than a multiple.
                part = 30 * (number < 1)
                yield Match(text), 100 + usual + 5 * len(template.parts[0].flags) + part


def _with_other_terms(
    tree: Tree, names: tuple[str, ...], terms: Terms
) -> Iterator[tuple[Match, int]]:
    """Costs with the same terms of the highest degree."""
    top = leading(terms)
    for template in by_leading_terms().get(signature(top), ()):
        best = _best(template, names, terms, exact=False)
        if best is None:
            continue
        gap = readable(tree - _bound(template, best))
        if gap == ZERO:
            continue
        usual = sum(_unusual(dimension, name) for dimension, name in best.items())
        rest = polynomial(gap)
        if rest is not None:
            size = sum(60 + 10 * min(20, int(abs(c))) for c in rest[1].values())
            yield Match(quantity_text(template, best), gap), size + usual


# -- bindings


def _best(
    template: Template, names: tuple[str, ...], terms: Terms, *, exact: bool = True
) -> Binding | None:
    """The most usual binding of a template's dimensions that gives these terms."""
    if exact and len(names) > len(template.names):
        return None
    best: tuple[int, Binding] | None = None
    wanted = terms if exact else leading(terms)
    shape = template.terms if exact else leading(template.terms)
    for count, binding in enumerate(_bindings(template.names, shape, names, wanted)):
        if count >= BINDINGS:
            break
        size = sum(_unusual(dimension, name) for dimension, name in binding.items())
        if best is not None and size >= best[0]:
            continue
        if _renamed(template.names, shape, names, binding) == wanted:
            best = (size, binding)
    return None if best is None else best[1]


def _bindings(
    dims: tuple[str, ...], shape: Terms, names: tuple[str, ...], wanted: Terms
) -> Iterator[Binding]:
    """Every way to name the dimensions so that one longest term becomes a term that is wanted."""
    pivot = max(shape, key=lambda m: (sum(map(abs, m)), m))
    # Terms that become the same one add up: only the degree of the partner is known.
    for goal in (m for m in wanted if sum(m) == sum(pivot)):
        order = sorted(range(len(dims)), key=lambda i: -abs(pivot[i]))
        yield from _assign(dims, pivot, names, list(goal), order, {})


def _assign(
    dims: tuple[str, ...],
    pivot: tuple[int, ...],
    names: tuple[str, ...],
    left: list[int],
    order: list[int],
    binding: Binding,
) -> Iterator[Binding]:
    if not order:
        if not any(left):
            yield dict(binding)
        return
    if sum(max(0, exponent) for exponent in left) > sum(max(0, pivot[i]) for i in order):
        return
    place, *rest = order
    ranked = sorted(range(len(names)), key=lambda i: _unusual(dims[place], names[i]))
    for i in ranked:
        if pivot[place] > 0 and left[i] < pivot[place] and not _divided(dims, pivot, rest):
            continue
        left[i] -= pivot[place]
        yield from _assign(dims, pivot, names, left, rest, binding | {dims[place]: names[i]})
        left[i] += pivot[place]


def _divided(dims: tuple[str, ...], pivot: tuple[int, ...], rest: list[int]) -> bool:
    """Whether a dimension that is divided by is still to be named (it may take back a factor)."""
    return any(pivot[i] < 0 for i in rest if i < len(dims))


def _renamed(
    dims: tuple[str, ...], shape: Terms, names: tuple[str, ...], binding: Binding
) -> Terms:
    places = [names.index(binding[dimension]) for dimension in dims]
    sums: dict[tuple[int, ...], Fraction] = {}
    for monomial, coefficient in shape.items():
        exponents = [0] * len(names)
        for place, exponent in zip(places, monomial, strict=True):
            exponents[place] += exponent
        key = tuple(exponents)
        sums[key] = sums.get(key, Fraction(0)) + coefficient
    return {m: c for m, c in sums.items() if c}


def _bound(template: Template, binding: Binding) -> Tree:
    return substitute(template.tree, {d: Symbol(name) for d, name in binding.items()})


def _unusual(dimension: str, name: str) -> int:
    """How unusual a letter is for a dimension."""
    letters = USUAL_LETTERS.get(dimension, (dimension,))
    return letters.index(name) if name in letters else UNUSUAL


def _unit(length: int, place: int, exponent: int) -> tuple[int, ...]:
    return tuple(exponent if i == place else 0 for i in range(length))


def _factor(names: tuple[str, ...], exponents: tuple[int, ...], number: Fraction) -> list[str]:
    parts = [str(number)] if number != 1 else []
    return parts + [
        as_text(Symbol(name)) + ("²" if abs(e) == 2 else "")
        for name, e in zip(names, exponents, strict=True)
        if e
    ]
