"""Expressions in and out: text or LaTeX to SymPy, SymPy to text, LaTeX or a Python function."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol, TypeVar, cast, overload

from closedform.algebra.bridge import to_sympy
from closedform.algebra.compiled import compiled
from closedform.algebra.tree import Tree, symbol_names
from closedform.cost.compiled_where import CompiledWhere
from closedform.cost.held import Held
from closedform.cost.layer_type import LayerType
from closedform.cost.sums import LayerSum
from closedform.given import Formula, Layers, formula_of, layers_of, names_of, tree_of
from closedform.language.layer_names import is_layer
from closedform.reading import parse as parse_tree
from closedform.typeset.arrange import arrange
from closedform.typeset.latex import latex as latex_of_tree
from closedform.typeset.notation import Notation
from closedform.typeset.own_notation import lookup
from closedform.typeset.text import text as text_of_tree

if TYPE_CHECKING:
    from closedform.later import Expression

#: Arrays or floating-point numbers.
Sizes = TypeVar("Sizes")


class Compiled(Protocol):
    """What :func:`compile` gives: a function that has the names of its sizes."""

    sizes: tuple[str, ...]

    @overload
    def __call__(self, *sizes: int, **named: int) -> int | Fraction: ...

    @overload
    def __call__(self, *sizes: int | Sizes, **named: int | Sizes) -> Sizes: ...


def parse(written: Formula, *, names: Mapping[str, str] | None = None) -> Expression:
    r"""The SymPy expression of a formula, typed or in LaTeX; symbols are positive integers.

    >>> parse(r"\frac{1}{N}+\frac{1}{D_K^2}")
    1/N + D_K**(-2)

    Raises:
        ClosedformError: a text that cannot be read, with a caret under the place.
    """
    tree = parse_tree(formula_of(written), names=names_of(names))
    return cast("Expression", to_sympy(tree))


def latex(expression: Formula, notation: str | Notation = "source") -> str:
    r"""LaTeX in the order and letters of a notation.

    >>> from closedform.symbols import k, M, N
    >>> latex(k**2 * M * N)
    'k^{2} M N'

    Raises:
        UnknownName: a notation that is not in the list.
    """
    chosen = lookup(notation)
    return latex_of_tree(arrange(_tree(expression), chosen), chosen)


def text(expression: Formula, notation: str | Notation = "source") -> str:
    """Plain text in the order and letters of a notation.

    >>> from closedform.symbols import k, N
    >>> text(1 / N + 1 / k**2)
    '1/N + 1/k²'
    """
    chosen = lookup(notation)
    return text_of_tree(arrange(_tree(expression), chosen), chosen)


def compile(  # noqa: A001  (as re.compile is called)
    what: Formula | Layers, *, measure: str = "macs", convention: str = "exact"
) -> Compiled:
    """A function of the open sizes: a network at a new size is one substitution.

    Sizes are given by name, or in the order of ``sizes``, which the function has: that of a text
    that names them, ``mobilenet_v1(alpha, R)``, else that of the formula. Integers give the
    exact integer, or a fraction where it is none; arrays of NumPy give arrays, and one of which a
    step may pass 64 bits is refused; floating-point numbers give such numbers. What must divide
    what is not asked: M/g is a fraction where g does not divide M.

    Args:
        what: a formula, as text or SymPy expression, or layers, such as ``"resnet50(R)"``.
        measure: what is counted of layers.
        convention: how FLOPs of layers are counted. Open sizes of layers that the cost does not
            depend on come last.

    >>> from closedform import resnet152
    >>> macs = compile("macs(resnet152(R))")
    >>> macs(224), macs(R=320) == resnet152(R=320).macs, macs.sizes
    (11513626624, True, ('R',))

    Raises:
        ClosedformError: a root, a logarithm or a sum over an index; called, a size that no layer
            has.
    """
    written = what if isinstance(what, str) else ""
    if isinstance(what, str) and is_layer(what.partition("(")[0]):
        what = layers_of(what)
    open_, held = tuple[str, ...](), tuple[Held, ...]()
    if isinstance(what, (LayerSum, LayerType)):
        layers = layers_of(what)
        tree, open_ = layers._asked(measure, convention), layers.missing()
        held = layers._held()
    else:
        tree = _tree(what)
    names = dict.fromkeys(symbol_names(tree) + open_)
    function: Compiled = compiled(tree, _as_written(names, written))
    return CompiledWhere(function, held) if held else function


def _as_written(names: Iterable[str], text: str) -> tuple[str, ...]:
    """The names in the order in which a text has them, then those that it has not."""
    words = [word.replace("_", "") for word in re.findall(r"[^\W\d_]\w*", text)]
    places = {word: place for place, word in reversed([*enumerate(words)])}
    return tuple(sorted(names, key=lambda name: places.get(name.replace("_", ""), len(words))))


def _tree(expression: Formula) -> Tree:
    return parse_tree(expression) if isinstance(expression, str) else tree_of(expression)
