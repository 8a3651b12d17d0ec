"""Sizes put into layers that are symbols: conv with k = 3, M = N = 512."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from closedform.algebra.assumptions import Condition, assume
from closedform.algebra.exact import value
from closedform.algebra.tree import Number, Product, Symbol, Tree, substitute, symbol_names
from closedform.cost.layer_type import LAYERS
from closedform.cost.size_checks import how_left_open
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError, MissingSize, ParseError
from closedform.given import Where, equations_of
from closedform.language.cuts import FORMS
from closedform.language.vocabulary import SUFFIXES
from closedform.reading import read_conditions
from closedform.synonyms import own_word
from closedform.typeset.text import text

Sizes = Mapping[str, Tree]
#: What gives sizes.
EQUATIONS = "write equations: k=3, M=N=512"


def sizes_of(given: Where, layers: Iterable[LayerSum]) -> dict[str, Tree]:
    """The sizes that are given for these layers, as ``k=3, M=N=512`` or by name.

    Raises:
        ClosedformError: a condition that is no equation, or that cannot be solved for a symbol; a
            size that no layer has.
    """
    layers = tuple(layers)
    missing = _free(layers)
    conditions = _in_own_words(_read(equations_of(given), missing), layers)
    for condition in conditions:
        if condition.relation != "=":
            raise ClosedformError(
                f"{text(condition.left)} {condition.relation} {text(condition.right)} is no size",
                EQUATIONS,
            )
    # A size may be given by way of another symbol: M = 4c, c = 64.
    known = set(missing)
    for _ in conditions:
        known.update(*(condition.names for condition in conditions if condition.names & known))
    try:
        equations = assume(conditions).equations
    except ClosedformError as error:
        written = equations_of(given)
        raise ParseError(written, 0, len(written), error.problem, error.hint) from error
    for name in equations:
        if name not in known:
            raise _not_free(name, layers)
    return {
        name: tree if symbol_names(tree) else Number(value(tree, {}))
        for name, tree in equations.items()
    }


def _read(written: str, missing: Iterable[str]) -> list[Condition]:
    """Conditions, of which no size may be anything but an equation."""
    try:
        return read_conditions(written, missing)
    except ParseError as error:
        error.hint = EQUATIONS if error.hint == FORMS else error.hint
        raise


def _in_own_words(
    conditions: Sequence[Condition], layers: Sequence[LayerSum]
) -> Sequence[Condition]:
    """The conditions, PyTorch's words in them as the size that all layers mean by each of them."""
    free = _free(layers)
    kinds = {term.call.type for layer in layers for term in layer.terms}
    put: dict[str, Tree] = {}
    for name in {name for condition in conditions for name in condition.names} - free.keys():
        own = {own_word(name, kind.dims, kind.module or kind.name) for kind in kinds} - {name}
        if len(own) == 1 and own <= free.keys():
            put[name] = Symbol(*own)
    if not put:
        return conditions
    return [Condition(c.relation, *(substitute(x, put) for x in c.sides)) for c in conditions]


def check_free(names: Iterable[str], layers: Iterable[LayerSum]) -> None:
    """Do nothing if each name is a size that is still a symbol in one of the layers.

    Raises:
        ClosedformError: one is not.
    """
    layers = tuple(layers)
    for name in names:
        if name not in _free(layers):
            raise _not_free(name, layers)


def _free(layers: Iterable[LayerSum]) -> dict[str, None]:
    return dict.fromkeys(name for layer in layers for name in layer.missing())


def _not_free(name: str, layers: Iterable[LayerSum]) -> ClosedformError:
    """That no layer has the size open, and where one has it as a number."""
    hint = f"free sizes: {', '.join(_free(layers)) or 'none'}"
    hint += how_left_open(name, (term for layer in layers for term in layer.terms))
    return ClosedformError(f"no layer has a free size {name}", hint)


def missing_value(names: Iterable[str], layers: LayerSum) -> MissingSize:
    """The error for sizes that are still symbols, with published layers that have numbers."""
    kinds = {term.call.layer for term in layers.terms}
    missing = MissingSize(names, [kind.name for kind in LAYERS.values() if kind.preset_of in kinds])
    for name, size in chain.from_iterable(term.call.arguments for term in layers.terms):
        match size:
            case Product(factors=(Number(value=n), Symbol(name=unit))) if unit in SUFFIXES:
                number = f"{n}e{len(str(SUFFIXES[unit])) - 1}"
                power = f" (or {n}*1024)" if unit in "kK" else ""
                said = f"{name}={n}{unit} is a product: write {number}{power} for a number"
                missing.hint = f"{said}, else {missing.hint}"
    return missing


def check_only(tree: Tree, names: Iterable[str]) -> None:
    """Do nothing if a formula has no symbols but these.

    Raises:
        MissingSize: it has.
    """
    others = [name for name in symbol_names(tree) if name not in {*names}]
    if others:
        raise MissingSize(others)
