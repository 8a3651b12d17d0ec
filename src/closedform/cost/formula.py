"""Short formulas in declarations, read when needed: ``"M/g"``, ``"4*d"``, ``"2*macs"``.

They are Python's arithmetic, as the functions of layers are, and are read from its syntax tree:
names, integers and ``+ - * / // **``. Nothing is evaluated.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import cache
from operator import add, mul, sub, truediv
from typing import TYPE_CHECKING, Any

from closedform.algebra.bridge import from_python
from closedform.algebra.exact import value as exact_value
from closedform.algebra.tree import Number, Symbol, Tree, power, product, substitute, symbol_names
from closedform.cost.shapes import floor
from closedform.errors import ClosedformError, ParseError
from closedform.later import Later

if TYPE_CHECKING:
    from closedform.language import parser, sizes
else:  # most sizes are numbers and expressions
    parser = Later("closedform.language.parser")
    sizes = Later("closedform.language.sizes")

Space = tuple[Tree, ...]

_OPERATORS: dict[type[ast.operator], Callable[[Tree, Tree], Tree]] = {
    ast.Add: add,
    ast.Sub: sub,
    ast.Mult: mul,
    ast.Div: truediv,
    ast.Pow: power,
    ast.FloorDiv: lambda left, right: floor(left / right),
}


@cache
def read(written: str) -> Tree:
    """The formula in a declaration.

    >>> symbol_names(read("2*macs + outputs"))
    ('macs', 'outputs')

    Raises:
        ParseError: something else than names, integers and arithmetic.
    """
    return _tree(written, _parsed(written), Symbol)


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
    return worked_out(_tree(written, _parsed(written), value))


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


_KNOWN = "write names, whole numbers and + - * / // **, such as 2*macs + outputs"


@cache
def _parsed(written: str) -> ast.expr:
    try:
        return ast.parse(written, mode="eval").body
    except SyntaxError as error:
        start = (error.offset or 1) - 1
        raise ParseError(written, start, start + 1, "no formula", _KNOWN) from None


def _tree(written: str, node: ast.expr, value: Callable[[str], Tree]) -> Tree:
    match node:
        case ast.Name(id=name):
            return value(name)
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return Number(number)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_tree(written, operand, value)
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
            sides = (_tree(written, side, value) for side in (left, right))
            return _OPERATORS[type(operator)](*sides)
    end = node.end_col_offset or node.col_offset + 1
    raise ParseError(written, node.col_offset, end, "not read in a formula", _KNOWN)
