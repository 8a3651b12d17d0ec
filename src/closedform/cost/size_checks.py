"""Sizes that no layer can have: zero, negative, broken, less than the least that it takes."""

from __future__ import annotations

from collections.abc import Mapping

from closedform.algebra.tree import Number, Symbol, Tree
from closedform.errors import NotPositiveInteger, SizeError
from closedform.symbols import SIZES
from closedform.typeset.arrange import arrange
from closedform.typeset.text import text


def divisor_of(values: Mapping[str, Tree], name: str) -> Tree:
    """The divisor of a condition: a size, or the number that is written there."""
    return Number(int(name)) if name.isdigit() else values[name]


def check_size(name: str, tree: Tree, named: Mapping[str, Tree], least: int) -> None:
    """Do nothing if a size can be had; ``named`` is what each size stood for.

    Raises:
        NotPositiveInteger, SizeError: it cannot.
    """
    if not isinstance(tree, Number):
        return
    real = name in SIZES and SIZES[name].role == "scale"
    if not (real or isinstance(tree.value, int)) or tree.value <= 0:
        before = named.get(name, Symbol(name))
        shown = name if before == Symbol(name) else f"{name} = {text(arrange(before))}"
        raise NotPositiveInteger(shown, tree.value)
    if tree.value < least and not real:
        raise SizeError(
            f"{name} = {tree.value} is less than {least}", f"give {name} as {least} or more"
        )
