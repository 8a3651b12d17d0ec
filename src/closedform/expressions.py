"""Expressions in and out: text or LaTeX to SymPy, and SymPy to text or LaTeX."""

from __future__ import annotations

from collections.abc import Mapping

import sympy

from closedform.algebra.bridge import from_sympy, to_sympy
from closedform.algebra.tree import Node, Tree
from closedform.reading import parse as parse_tree
from closedform.typeset.arrange import arrange
from closedform.typeset.latex import latex as latex_of_tree
from closedform.typeset.notation import Notation, lookup
from closedform.typeset.text import text as text_of_tree


def parse(written: str, *, names: Mapping[str, str] | None = None) -> sympy.Expr:
    r"""The SymPy expression of a formula, typed or in LaTeX; symbols are positive integers.

    >>> parse(r"\frac{1}{N}+\frac{1}{D_K^2}")
    1/N + D_K**(-2)

    Raises:
        ClosedformError: a text that cannot be read, with a caret under the place.
    """
    return to_sympy(parse_tree(written, names=names))


def latex(expression: sympy.Expr | Tree | int, notation: str | Notation = "source") -> str:
    r"""LaTeX in the order and letters of a notation.

    >>> from closedform.symbols import k, M, N
    >>> latex(k**2 * M * N)
    'k^{2} M N'

    Raises:
        UnknownName: a notation that is not in the list.
    """
    chosen = lookup(notation)
    return latex_of_tree(arrange(_tree(expression), chosen), chosen)


def text(expression: sympy.Expr | Tree | int, notation: str | Notation = "source") -> str:
    """Plain text in the order and letters of a notation.

    >>> from closedform.symbols import k, N
    >>> text(1 / N + 1 / k**2)
    '1/N + 1/k²'
    """
    chosen = lookup(notation)
    return text_of_tree(arrange(_tree(expression), chosen), chosen)


def _tree(expression: sympy.Expr | Tree | int) -> Tree:
    return expression if isinstance(expression, Node) else from_sympy(expression)
