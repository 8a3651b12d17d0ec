"""The parser: tokens to trees, by the grammar in docs/language.md.

Operators are in :mod:`closedform.language.operators`, what they join in
:mod:`closedform.language.operands`. Nothing is computed: a quantity such as
``params(conv(bias))`` stays a node that holds its layers as data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from closedform.algebra.tree import Tree, children
from closedform.errors import ParseError, TooLarge
from closedform.language import refusals
from closedform.language.cursor import Value
from closedform.language.layers import Expand, Layers, as_read
from closedform.language.macros import written_out
from closedform.language.operators import Operators
from closedform.language.scanning.scan import scan
from closedform.language.scanning.state import NESTING
from closedform.language.surroundings.unknown_words import no_words
from closedform.language.symbols import bound_words
from closedform.language.tokens import OPERATORS, Scan, Token

#: Towers of exponents and chains of quotients deeper than this are refused.
DEPTH = 100
#: Where there are many of these tokens, the depth of the tree is looked at.
_DEEP = frozenset(
    {"POWER", "PREFIX", "LOGBASE", "LOGOF", "DIVIDE", "OVERFLOOR", "FRACTION", "BINOMIAL", "SERIES"}
)


def parse(
    text: str,
    *,
    expand: Expand = as_read,
    bound: frozenset[str] = frozenset(),
    names: Mapping[str, str] | None = None,
) -> Tree:
    """The expression in ``text``, typed or in LaTeX, in the form it was written.

    ``expand`` gives the formulas of its quantities; without it they stay nodes.

    >>> from closedform.typeset.text import text
    >>> text(parse("N(k^2 M + 1)"))
    'N·(k²M + 1)'

    Raises:
        ParseError: with a caret under the place.
    """
    text = written_out(text)
    bound |= bound_words(text, "", "", names or {})
    scanned = scan(text, bound=bound, names=names)
    refusals.between_factors(scanned, scanned.tokens, more=False)
    tree = expand(parse_tokens(scanned, scanned.tokens), text).tree
    no_words(scanned, scanned.tokens, bound)
    return tree


def parse_layers(text: str) -> Layers:
    """The sum of layers in ``text``, such as ``conv(k=3, M=64, bias) + 2 linear``, as data.

    Raises:
        ParseError: with a caret under the place.
    """
    scanned = scan(text, layers=True, bound=bound_words(text, "", "", {}))
    if not scanned.tokens:
        problem, hint = "there is no layer here", "write one, such as conv(k=3, M=64)"
        raise ParseError(text, 0, len(text), problem, hint)
    if [token.type for token in scanned.tokens[1:2]] == ["EQUALS"]:
        hint = f"it stands in the brackets of its layer: conv({text.strip()[:40]})"
        raise ParseError(text, 0, len(text), "a size by itself is no layer", hint)
    value = _read(scanned, scanned.tokens)
    no_words(scanned, scanned.tokens, frozenset())
    if not isinstance(value, Layers):
        problem = "a layer is expected here, not a formula"
        hint = "write a layer such as conv, or a sum of layers: depthwise_conv + pointwise_conv"
        raise ParseError(text, 0, len(text), problem, hint)
    return value


def parse_tokens(scanned: Scan, tokens: Sequence[Token]) -> Tree:
    """The expression that a run of tokens of a scan makes."""
    value = _read(scanned, tokens)
    if isinstance(value, Layers):
        problem = "a layer by itself is no quantity"
        hint = "say what of it is meant: params(…), macs(…), flops(…) or activations(…)"
        raise scanned.error(tokens, problem, hint)
    return value


def _read(scanned: Scan, tokens: Sequence[Token]) -> Value:
    tokens = refusals.check(scanned, tokens)
    if not tokens:
        problem, hint = "there is no formula here", "write one, such as k^2 M N"
        raise ParseError(scanned.text, 0, len(scanned.text), problem, hint)
    parser = Operators(scanned.text, tokens)
    value = parser.sum()
    if parser.at < len(tokens):
        raise parser.unexpected(OPERATORS)
    if isinstance(value, Tree) and len(tokens) > DEPTH // 5:
        _check_depth(value, parser.kinds)
    return value


def _check_depth(tree: Tree, kinds: Sequence[str]) -> None:
    if sum(map(_DEEP.__contains__, kinds)) <= DEPTH // 5:
        return
    stack = [(tree, 1)]
    while stack:
        node, depth = stack.pop()
        if depth > DEPTH + NESTING:
            raise TooLarge("the nesting of a formula", DEPTH)
        stack.extend((part, depth + 1) for part in children(node))
