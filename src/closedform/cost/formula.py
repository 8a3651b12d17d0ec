"""Short formulas in declarations, read when needed: ``"M/g"``, ``"4*d"``, ``"2*macs"``.

They are Python's arithmetic, as the functions of layers are: names, integers and
``+ - * / // **``, read by climbing precedences. Python's own syntax trees would take a
twenty-fifth of the time of a command to load.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from operator import add, mul, sub, truediv
from typing import TYPE_CHECKING, Any

from closedform.algebra.bridge import from_python
from closedform.algebra.exact import value as exact_value
from closedform.algebra.tree import Number, Symbol, Tree, power, product, substitute, symbol_names
from closedform.cost.shapes import floor
from closedform.errors import ClosedformError, ParseError
from closedform.later import Later, regex

if TYPE_CHECKING:
    from closedform.language import parser, sizes
else:  # most sizes are numbers and expressions
    parser = Later("closedform.language.parser")
    sizes = Later("closedform.language.sizes")

Space = tuple[Tree, ...]

#: What a sign does with two formulas, and how strongly it holds them together; a minus before a
#: formula holds it more strongly than a product, and less than a power.
_SIGNS: dict[str, tuple[int, Callable[[Tree, Tree], Tree]]] = {
    "+": (1, add),
    "-": (1, sub),
    "*": (2, mul),
    "/": (2, truediv),
    "//": (2, lambda left, right: floor(left / right)),
    "**": (4, power),
}
_MINUS = 3
_TOKEN = regex(r"\d+|[^\W\d]\w*|//|\*\*|\S")
_KNOWN = "write names, whole numbers and + - * / // **, such as 2*macs + outputs"


@cache
def read(written: str) -> Tree:
    """The formula in a declaration.

    >>> symbol_names(read("2*macs + outputs"))
    ('macs', 'outputs')

    Raises:
        ParseError: something else than names, integers and arithmetic.
    """
    return _tree(written, Symbol)


def read_size(given: Any, name: str = "") -> Tree:
    """A size as a caller gives it: a number, an expression, or a formula as text.

    Raises:
        ClosedformError: no formula, or a text such as ``k="3x3"`` that gives no one size.
    """
    if not isinstance(given, str):
        return from_python(given)
    if no_size := sizes.check_size(name, given):
        raise ClosedformError(*no_size)
    return parser.parse(given)


def evaluated(written: str, value: Callable[[str], Tree]) -> Tree:
    """A formula with the value of each of its names put in; only those it names are asked for."""
    return worked_out(_tree(written, value))


def worked_out(tree: Tree) -> Tree:
    """A tree, as a number where no symbol is left in it: a floor of numbers too."""
    if isinstance(tree, Number) or symbol_names(tree):
        return tree
    return Number(exact_value(tree, {}))


def space(written: str) -> Space:
    """Extents with spaces between them: ``"N M/g k k"``."""
    return tuple(read(word) for word in written.split())


def put(extents: Space, values: Mapping[str, Tree]) -> Space:
    """The extents with sizes put in."""
    return tuple(worked_out(substitute(extent, values)) for extent in extents)


def size(extents: Space) -> Tree:
    """The number of points of a space: the product of its extents."""
    return product(extents)


def _tree(written: str, value: Callable[[str], Tree]) -> Tree:
    words = [(token[0], token.start()) for token in _TOKEN.finditer(written)]
    rest = [("", len(written)), *reversed(words)]
    try:
        tree, problem = _climb(rest, value, 0), "not read in a formula"
    except (ValueError, RecursionError):
        tree, problem = None, "no formula"
    word, start = rest[-1]
    if tree is None or word:
        raise ParseError(written, start, start + max(len(word), 1), problem, _KNOWN)
    return tree


def _climb(rest: list[tuple[str, int]], value: Callable[[str], Tree], least: int) -> Tree:
    """A formula, up to a sign that holds no stronger than ``least``; the rest is left.

    Raises:
        ValueError: the next word begins no formula, or a bracket is not closed.
    """
    word = rest[-1][0]
    if word.isidentifier() or word.isdecimal():
        left = Number(int(word)) if word.isdecimal() else value(word)
        rest.pop()
    elif word == "-":
        rest.pop()
        left = -_climb(rest, value, _MINUS)
    else:
        _pass(rest, "(")
        left = _climb(rest, value, 0)
        _pass(rest, ")")
    while (sign := rest[-1][0]) in _SIGNS and _SIGNS[sign][0] > least:
        strength, join = _SIGNS[sign]
        rest.pop()
        # A power of a power is read from the right.
        left = join(left, _climb(rest, value, strength - (sign == "**")))
    return left


def _pass(rest: list[tuple[str, int]], bracket: str) -> None:
    if rest[-1][0] != bracket:
        raise ValueError(bracket)
    rest.pop()
