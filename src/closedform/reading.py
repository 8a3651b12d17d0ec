"""Texts read with the catalogue at hand: formulas and claims, the quantities in them worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from closedform import catalogue
from closedform.algebra.assumptions import Condition
from closedform.algebra.tree import Tree
from closedform.cost.expand import expand, layers_in
from closedform.cost.sums import LayerSum
from closedform.language import claims, conditions, parser

__all__ = ["catalogue", "check_beside", "parse", "parse_layers", "read_claim", "read_conditions"]


def parse(
    text: str, *, bound: frozenset[str] = frozenset(), names: Mapping[str, str] | None = None
) -> Tree:
    """The expression in ``text``, typed or in LaTeX.

    >>> from closedform.typeset.text import text
    >>> text(parse("params(conv) / N"))
    'k²MN/N'

    Raises:
        ParseError: with a caret under the place.
    """
    return parser.parse(text, expand=expand, bound=bound, names=names)


def parse_layers(text: str) -> LayerSum:
    """The sum of layers in ``text``, such as ``conv(k=3, M=64, bias) + 2 linear``.

    Raises:
        ParseError: with a caret under the place.
    """
    return layers_in(parser.parse_layers(text), text)


def read_claim(
    text: str,
    *,
    target: str | None = None,
    where: str = "",
    names: Mapping[str, str] | None = None,
    tex: bool = False,
) -> claims.Claim:
    """A claim; with ``target``, a quoted text and what it is held against.

    ``where`` holds conditions in words. ``tex``: the text stood between the delimiters of TeX.

    Raises:
        ParseError: a text that cannot be read, with the place.
    """
    return claims.read_claim(text, expand=expand, target=target, where=where, names=names, tex=tex)


def check_beside(
    said: str, text: str, target: str, *, names: Mapping[str, str], where: str | None
) -> None:
    r"""Hold what a document says beside the formula ``text``, \0 in ``said``, to its target.

    Raises:
        ParseError: it says something else of it.
    """
    claims.check_beside(said, text, target, names, where, expand)


def read_conditions(text: str, bound: Iterable[str] = ()) -> list[Condition]:
    """The conditions in a text such as ``N = M, g | M, 0 < alpha <= 1``; ``bound`` are its words.

    Raises:
        ParseError: what is no equation, bound or divisibility, with the place.
    """
    return conditions.read_conditions(text, expand=expand, bound=frozenset(bound))
