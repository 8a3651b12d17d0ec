"""The parser: tokens to trees, by the grammar in ``grammar.lark``.

Quantities of layers (``params(conv(bias))``) are worked out on the way: what leaves the parser is
an expression in symbols, together with the divisibility that its layers ask for (g | M).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer

from closedform.algebra.tree import (
    FUNCTIONS,
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Tree,
    children,
)
from closedform.catalogue import lookup
from closedform.cost.registry import FLAGS
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError, ParseError, TooLarge, UnknownName
from closedform.language.scan import NESTING, scan
from closedform.language.tokens import BEGINS, ENDS, Scan, end, start
from closedform.typeset.text import text as as_text

#: Towers of exponents and nests of functions deeper than this are refused.
DEPTH = 100


@dataclass
class Parsed:
    """An expression, and the (divisor, multiple) pairs that its layers ask to be whole."""

    tree: Tree
    divisions: tuple[tuple[Tree, Tree], ...] = ()


@dataclass(frozen=True)
class Quantity:
    """A quantity as it was asked for: ``measure(layers)``, FLOPs counted ``by`` a convention."""

    measure: str
    layers: LayerSum
    by: str


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
    return parse_tokens(found, found.tokens).tree


def parse_layers(text: str) -> LayerSum:
    """The sum of layers in ``text``, such as ``conv(k=3, M=64, bias) + 2 linear``.

    Raises:
        ParseError: with a caret under the place.
    """
    found = scan(text, layers=True)
    value = _run(found, _without_space(found, found.tokens), _Builder(text))
    if not isinstance(value, LayerSum):
        raise ParseError(
            text, 0, len(text), "a layer is expected here, not a formula",
            "write a layer such as conv, or a sum of layers: depthwise_conv + pointwise_conv",
        )
    return value


def parse_tokens(found: Scan, tokens: Sequence[Token]) -> Parsed:
    """The expression that a run of tokens of a scan makes."""
    builder = _Builder(found.text)
    value = _run(found, _without_space(found, tokens), builder)
    if isinstance(value, LayerSum):
        at, stop = (start(tokens[0]), end(tokens[-1])) if tokens else (0, 1)
        raise ParseError(
            found.text, at, stop, "a layer by itself is no quantity",
            "say what of it is meant: params(…), macs(…), flops(…) or activations(…)",
        )
    if sum(t.type in ("POWER", "PREFIX", "LOGBASE") for t in tokens) > 20:
        _check_depth(value)
    return Parsed(value, tuple(dict.fromkeys(builder.divisions)))


def parse_outline(found: Scan, tokens: Sequence[Token]) -> tuple[Tree, tuple[Quantity, ...]]:
    """The expression with its quantities left standing as the symbols §0, §1, …, and what these are."""
    builder = _Builder(found.text, apart=[])
    tree = _tree(_run(found, _without_space(found, tokens), builder))
    return tree, tuple(builder.apart or ())


# -- running the grammar -----------------------------------------------------------------------------


class _Tokens(Lexer):
    """The scanner has done the work: hand the tokens on."""

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, tokens: Sequence[Token]) -> Iterator[Token]:  # type: ignore[override]
        return iter(tokens)


@cache
def _grammar() -> Lark:
    text = files("closedform.language").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer=_Tokens, transformer=_Delegate())


def _run(found: Scan, tokens: Sequence[Token], builder: _Builder) -> Any:
    text = found.text
    if not tokens:
        raise ParseError(text, 0, len(text), "there is no formula here", "write one, such as k^2 M N")
    _check_numbers(text, tokens)
    running = _current.set(builder)
    try:
        return _plain(_grammar().parse(tokens))  # type: ignore[arg-type]
    except UnexpectedToken as error:
        raise _unexpected(text, tokens, error) from None
    finally:
        _current.reset(running)


def _without_space(found: Scan, tokens: Sequence[Token]) -> list[Token]:
    for item in tokens:
        if item.type in _REFUSED:
            problem, hint = _REFUSED[item.type]
            raise ParseError(
                found.text, start(item), end(item), problem.format(str(item)), hint
            )
    return [item for item in tokens if item.type != "GAP"]


_REFUSED = {
    "WORD": ("{!r} is no symbol", "bind it with names, or write a letter for it"),
    "PROSE": ("{!r} is no part of a formula", "leave it out, or bind it with names"),
    "BAR": ("a bar has no meaning inside a formula", "write brackets; conditions such as g | M go after where"),
    "COLON": ("a colon has no meaning inside a formula", "write / for a quotient"),
    "STOP": ("{!r} has no meaning inside a formula", "end the formula before it"),
    "WHERE": ("'where' stands inside a formula", "write the conditions after the whole claim"),
}


def _check_numbers(text: str, tokens: Sequence[Token]) -> None:
    for before, after in zip(tokens, tokens[1:], strict=False):
        if before.type == after.type == "NUMBER":
            raise ParseError(
                text, start(before), end(after), "two numbers side by side",
                "write the sign between them, such as 3 * 4, or close the gap",
            )


def _unexpected(text: str, tokens: Sequence[Token], error: UnexpectedToken) -> ParseError:
    item = error.token
    operand = bool(set(error.accepts or error.expected) & BEGINS)
    wanted = "a number, a name or a bracket" if operand else "an operator such as + - * / ^"
    if item.type == "$END":
        last = tokens[-1]
        return ParseError(
            text, end(last) - 1 if end(last) > start(last) else start(last), end(last),
            "the formula stops short", f"after this, {wanted} is expected",
        )
    shown = text[start(item) : end(item)].strip() or str(item)
    hint = f"expected here: {wanted}"
    if item.type in ENDS and not operand:
        hint += "; or did you mean a product?"
    return ParseError(text, start(item), end(item), f"{shown!r} cannot stand here", hint)


def _check_depth(tree: Tree) -> None:
    stack = [(tree, 1)]
    while stack:
        node, depth = stack.pop()
        if depth > DEPTH + NESTING:
            raise TooLarge("the nesting of a formula", DEPTH)
        stack.extend((part, depth + 1) for part in children(node))


# -- building trees ----------------------------------------------------------------------------------

#: The builder of the parse under way: the grammar is compiled once, with callbacks that look it up.
_current: ContextVar[_Builder] = ContextVar("builder")


@dataclass
class _Run:
    """A product without a sign between its last factors; ``2k`` as a denominator is ambiguous."""

    tree: Any
    last: Any


@dataclass
class _Argument:
    """A size or flag of a layer call, and where it stands."""

    name: Token
    value: Any


def _plain(value: Any) -> Any:
    return value.tree if isinstance(value, _Run) else value


@dataclass
class _Builder:
    """The callbacks of one parse."""

    text: str
    divisions: list[tuple[Tree, Tree]] = field(default_factory=list)
    #: Where quantities are left standing, those met so far.
    apart: list[Quantity] | None = None

    def fail(self, item: Token, problem: str, hint: str = "") -> ParseError:
        return ParseError(self.text, start(item), end(item), problem, hint)

    def number(self, item: Token) -> Tree:
        return Number(read_number(str(item)), str(item))

    def symbol(self, item: Token) -> Tree:
        return Symbol(str(item))

    def bracket(self, _open: Token, inner: Any, _close: Token) -> Any:
        return _plain(inner)

    group = bracket

    def floor(self, _open: Token, inner: Any, _close: Token) -> Tree:
        return Call("floor", (_tree(inner),))

    def ceil(self, _open: Token, inner: Any, _close: Token) -> Tree:
        return Call("ceil", (_tree(inner),))

    def negative(self, _minus: Token, operand: Any) -> Tree:
        return Negative(_tree(operand))

    def positive(self, _plus: Token, operand: Any) -> Any:
        return _plain(operand)

    def plus(self, left: Any, sign: Token, right: Any) -> Any:
        left, right = _plain(left), _plain(right)
        if isinstance(left, LayerSum) != isinstance(right, LayerSum):
            raise self.fail(
                sign, "a layer and a formula cannot be added",
                "inside params( ), macs( ), flops( ) every term is a layer",
            )
        if isinstance(left, LayerSum):
            return left + right
        return Sum((*_terms(left), right))

    def minus(self, left: Any, sign: Token, right: Any) -> Any:
        left, right = _plain(left), _plain(right)
        if isinstance(left, LayerSum) or isinstance(right, LayerSum):
            raise self.fail(sign, "layers are not subtracted", "subtract quantities: params(A) - params(B)")
        return Sum((*_terms(left), Negative(right)))

    def times(self, left: Any, sign: Token, right: Any) -> Any:
        return self._product(_plain(left), _plain(right), sign)

    def times_negative(self, left: Any, sign: Token, _minus: Token, right: Any) -> Any:
        return self._product(_plain(left), Negative(_tree(right)), sign)

    def beside(self, left: Any, right: Any) -> Any:
        return _Run(self._product(_plain(left), _plain(right), None), _plain(right))

    def _product(self, left: Any, right: Any, sign: Token | None) -> Any:
        if isinstance(left, LayerSum) and isinstance(right, LayerSum):
            problem = "layers are not multiplied with each other"
            hint = "add them with +, repeat one with a number or symbol: 3 conv, L * conv"
            raise self.fail(sign, problem, hint) if sign else ClosedformError(problem, hint)
        if isinstance(left, LayerSum):
            return left * right
        if isinstance(right, LayerSum):
            return right * left
        return Product((*_factors(left), *_factors(right)))

    def over(self, left: Any, sign: Token, right: Any) -> Any:
        left = _plain(left)
        if isinstance(left, LayerSum) or isinstance(_plain(right), LayerSum):
            raise self.fail(sign, "layers are not divided", "divide quantities: params(A) / params(B)")
        if isinstance(right, _Run):
            raise self.fail(sign, *_ambiguous(left, right))
        return Quotient(left, right)

    def raised(self, base: Any, sign: Token, exponent: Any) -> Tree:
        if isinstance(base, LayerSum):
            raise self.fail(sign, "layers are not raised to a power", "")
        return Power(base, _tree(exponent))

    def series(self, item: Token, index: Token, lower: Any, upper: Any, body: Any) -> Tree:
        return Series(str(index), _tree(lower), _tree(upper), _tree(body))

    def sum_call(self, item: Token, _o: Token, index: Token, _e: Token, lower: Any, _d: Token,
                 upper: Any, _c: Token, body: Any, _close: Token) -> Tree:
        return Series(str(index), _tree(lower), _tree(upper), _tree(body))

    def fraction(self, _item: Token, numerator: Any, denominator: Any) -> Tree:
        return Quotient(_tree(numerator), _tree(denominator))

    def square_root(self, _item: Token, radicand: Any) -> Tree:
        return Call("sqrt", (_tree(radicand),))

    def nth_root(self, _item: Token, index: Any, radicand: Any) -> Tree:
        return Power(_tree(radicand), Quotient(Number(1), _tree(index)))

    def call(self, item: Token, _open: Token, *rest: Any) -> Tree:
        arguments = tuple(_tree(part) for part in rest if not isinstance(part, Token))
        least, most = FUNCTIONS[str(item)]
        if not least <= len(arguments) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            raise self.fail(item, f"{item} takes {wanted} arguments, not {len(arguments)}", "")
        return Call(str(item), arguments)

    def prefix(self, item: Token, argument: Any) -> Tree:
        return Call(str(item), (_tree(argument),))

    def log_base(self, item: Token, base: Any, argument: Any) -> Tree:
        return Call("log", (_tree(argument), _tree(base)))

    # -- layers ----------------------------------------------------------------------------------

    def size(self, key: Token, _equals: Token, value: Any) -> _Argument:
        return _Argument(key, _plain(value))

    def flag(self, name: Token, *rest: Token) -> _Argument:
        value = str(rest[-1]) if rest else "true"
        if value not in ("true", "false"):
            raise self.fail(rest[-1], f"{name} is true or false", f"write {name}, or {name}=true")
        return _Argument(name, value == "true")

    def layer(self, name: Token, *rest: Any) -> LayerSum:
        kind = lookup(str(name))
        sizes: dict[str, Any] = {}
        for argument in (part for part in rest if isinstance(part, _Argument)):
            key = str(argument.name)
            known = (*kind.dims, *kind.flags)
            if isinstance(argument.value, bool):
                key = key.lower()
            if key in sizes:
                raise self.fail(argument.name, f"{key} is given twice", "give each size once")
            if key not in known or isinstance(argument.value, bool) != (key in FLAGS):
                error = UnknownName(f"size or flag of {kind.name}", key, known)
                raise self.fail(
                    argument.name, error.problem,
                    f"{error.hint}\nsizes of {kind.name}: {', '.join(kind.dims)}; "
                    f"flags: {', '.join(kind.flags) or 'none'}",
                )
            sizes[key] = argument.value
        try:
            return kind(**sizes)
        except ClosedformError as error:
            raise self.fail(name, error.problem, error.hint) from error

    def option(self, key: Token, _equals: Token, value: Token) -> tuple[Token, Token]:
        return key, value

    def quantity(self, item: Token, _open: Token, layers: Any, *rest: Any) -> Tree:
        layers = _plain(layers)
        if not isinstance(layers, LayerSum):
            raise self.fail(
                item, f"{item}( ) takes a layer or a sum of layers",
                f"write {item}(conv), {item}(depthwise_conv + pointwise_conv)",
            )
        by, at = "exact", item
        for key, value in (part for part in rest if isinstance(part, tuple)):
            if str(key) != "convention" or str(item) != "flops":
                raise self.fail(key, f"{item}( ) has no option {str(key)!r}", "flops(X, convention=mac)")
            by, at = str(value), value
        try:
            uncounted = layers.uncounted(by) if str(item) == "flops" else ()
            tree = layers.tree(str(item), by)
        except UnknownName as error:
            raise self.fail(at, error.problem, error.hint) from error
        if uncounted:
            raise self.fail(at, f"the convention {by} does not count {', '.join(uncounted)}", "")
        self.divisions.extend(layers.divisions())
        if self.apart is not None:
            self.apart.append(Quantity(str(item), layers, by))
            return Symbol(f"§{len(self.apart) - 1}")
        return tree


class _Delegate(Transformer):  # type: ignore[type-arg]
    """The callbacks of the compiled grammar: each goes to the builder of the parse under way."""


def _delegate(name: str) -> Callable[[_Delegate, list[Any]], Any]:
    def call(_self: _Delegate, parts: list[Any]) -> Any:
        return getattr(_current.get(), name)(*(part for part in parts if part is not None))

    return call


for _name in (
    "number symbol bracket floor ceil negative positive plus minus times times_negative beside over "
    "raised series sum_call fraction square_root nth_root call prefix log_base size flag layer option "
    "quantity group"
).split():
    setattr(_Delegate, _name, _delegate(_name))


def read_number(written: str) -> int | Fraction:
    """The exact value of a number as typed: ``0.25`` is 1/4, ``1e6`` an integer, ``81%`` 81/100."""
    if written.isdigit():
        return int(written)
    percent = written.endswith("%")
    mantissa, _, exponent = written.rstrip("%").lower().partition("e")
    power = int(exponent or 0)
    if abs(power) > 4_000:
        raise TooLarge("the exponent of a number", 4_000)
    value = Fraction(mantissa) * Fraction(10) ** power / (100 if percent else 1)
    return value.numerator if value.denominator == 1 else value


def _tree(value: Any) -> Tree:
    value = _plain(value)
    if isinstance(value, LayerSum):
        raise ClosedformError(
            "a layer stands where a number is expected", "say what of it: params(…), macs(…), flops(…)"
        )
    result: Tree = value
    return result


def _terms(tree: Tree) -> tuple[Tree, ...]:
    return tree.terms if isinstance(tree, Sum) else (tree,)


def _factors(tree: Tree) -> tuple[Tree, ...]:
    return tree.factors if isinstance(tree, Product) else (tree,)


def _ambiguous(left: Tree, right: _Run) -> tuple[str, str]:
    first = right.tree.factors[:-1] if isinstance(right.tree, Product) else (right.tree,)
    inner = Product(first) if len(first) > 1 else first[0]
    one = as_text(Quotient(left, right.tree))
    two = as_text(Product((Quotient(left, inner), right.last)))
    return "this quotient can be read in two ways", f"write {one} or {two}"
