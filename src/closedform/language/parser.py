"""The parser: tokens to trees, by the grammar in ``grammar.lark``.

Lark works out the LALR tables of the grammar (:mod:`closedform.language.automaton`); the loop that
follows them stands here, because it is a few lines and twice as fast as the general one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from closedform.algebra.tree import Tree, children
from closedform.cost.sums import LayerSum
from closedform.errors import ParseError, TooLarge
from closedform.language import refusals
from closedform.language.automaton import Action, Automaton, automaton
from closedform.language.build import Builder
from closedform.language.build_layers import Quantity
from closedform.language.growing import finished
from closedform.language.scanning.scan import scan
from closedform.language.scanning.state import NESTING
from closedform.language.tokens import Scan, Token

__all__ = ["Parsed", "Quantity", "parse", "parse_layers", "parse_outline", "parse_tokens"]

#: Towers of exponents, chains of quotients and nests of functions deeper than this are refused.
DEPTH = 100
_DEEP = frozenset(
    {"POWER", "PREFIX", "LOGBASE", "LOGOF", "DIVIDE", "OVERFLOOR", "FRACTION", "SERIES"}
)
_NO_FORMULA = ("there is no formula here", "write one, such as k^2 M N")


@dataclass
class Parsed:
    """An expression, and the (divisor, multiple) pairs that its layers ask to be whole."""

    tree: Tree
    divisions: tuple[tuple[Tree, Tree], ...] = ()


def parse(
    text: str, *, bound: frozenset[str] = frozenset(), names: Mapping[str, str] | None = None
) -> Tree:
    """The expression in ``text``, typed or in LaTeX, in the form it was written.

    >>> from closedform.typeset.text import text
    >>> text(parse("N(k^2 M + 1)"))
    'N·(k²M + 1)'

    Raises:
        ParseError: with a caret under the place.
    """
    found = scan(text, bound=bound, names=names)
    refusals.between_factors(found, found.tokens, more=False)
    return parse_tokens(found, found.tokens).tree


def parse_layers(text: str) -> LayerSum:
    """The sum of layers in ``text``, such as ``conv(k=3, M=64, bias) + 2 linear``.

    Raises:
        ParseError: with a caret under the place.
    """
    found = scan(text, layers=True)
    value = _run(found, found.tokens, Builder(text))
    if not isinstance(value, LayerSum):
        raise ParseError(
            text,
            0,
            len(text),
            "a layer is expected here, not a formula",
            "write a layer such as conv, or a sum of layers: depthwise_conv + pointwise_conv",
        )
    return value


def parse_tokens(found: Scan, tokens: Sequence[Token]) -> Parsed:
    """The expression that a run of tokens of a scan makes."""
    builder = Builder(found.text)
    value = _run(found, tokens, builder)
    if isinstance(value, LayerSum):
        raise ParseError(
            found.text,
            tokens[0].start,
            tokens[-1].end,
            "a layer by itself is no quantity",
            "say what of it is meant: params(…), macs(…), flops(…) or activations(…)",
        )
    return Parsed(value, tuple(dict.fromkeys(builder.divisions)))


def parse_outline(found: Scan, tokens: Sequence[Token]) -> tuple[Tree, tuple[Quantity, ...]]:
    """The expression with its quantities left standing as symbols §0, §1, …, and what these are."""
    builder = Builder(found.text, apart=[])
    tree: Tree = _run(found, tokens, builder)
    return tree, tuple(builder.apart or ())


# -- running the grammar ---------------------------------------------------------------------------


@cache
def _tables() -> Automaton:
    """The automaton, with the methods of the builder for the names of its callbacks."""
    read = automaton()
    methods = {
        what: getattr(Builder, what) if what else None
        for row in read.actions
        for size, what, _ in row.values()
        if size
    }
    actions: list[dict[str, Action]] = [
        {
            name: (size, methods[what], rule) if size else (size, what, rule)
            for name, (size, what, rule) in row.items()
        }
        for row in read.actions
    ]
    return Automaton(actions, read.start, read.end)


def _run(found: Scan, tokens: Sequence[Token], builder: Builder) -> Any:
    text = found.text
    tokens = refusals.check(found, tokens)
    if not tokens:
        raise ParseError(text, 0, len(text), *_NO_FORMULA)
    value = finished(_follow(found, tokens, builder))
    if sum(item.type in _DEEP for item in tokens) > DEPTH // 5 and isinstance(value, Tree):
        _check_depth(value)
    return value


def _follow(found: Scan, tokens: Sequence[Token], builder: Builder) -> Any:
    """Shift and reduce by the tables."""
    actions, start, end = _tables()
    states: list[int] = [start]
    values: list[Any] = []
    row = actions[start]
    for item in (*tokens, Token("$END", "", 0, 0)):
        kind = item.type
        while action := row.get(kind):
            size, what, rule = action
            if not size:
                states.append(what)
                values.append(item)
                row = actions[what]
                break
            if what is None:
                # The rule passes its one part on: nothing to build, and the value stays.
                states.pop()
            else:
                parts = values[-size:]
                del values[-size:], states[-size:]
                values.append(what(builder, parts))
            state = actions[states[-1]][rule][1]
            if state == end and kind == "$END":
                return values[-1]
            states.append(state)
            row = actions[state]
        else:
            raise refusals.unexpected(found.text, tokens, item, row.keys())
    return values[-1]


def _check_depth(tree: Tree) -> None:
    stack = [(tree, 1)]
    while stack:
        node, depth = stack.pop()
        if depth > DEPTH + NESTING:
            raise TooLarge("the nesting of a formula", DEPTH)
        stack.extend((part, depth + 1) for part in children(node))
