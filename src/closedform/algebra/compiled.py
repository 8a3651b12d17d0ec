"""Formulas as Python functions: a syntax tree of integer arithmetic, compiled once.

Everything that is divided is divided exactly: floors and ceilings are Python's ``//``, and any
other quotient is whole or a fraction. No text is ever run: the function is made of the nodes.
"""

from __future__ import annotations

import ast
import keyword
from collections.abc import Callable, Sequence
from inspect import Parameter, Signature
from types import CodeType, FunctionType
from typing import Any

from closedform.algebra.compiled_sizes import OTHER, SHIFTED, General, bound, exact
from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.integral import fraction, integral
from closedform.algebra.tree import (
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    children,
    symbol_names,
    walk,
)
from closedform.errors import UnknownName

#: So many terms are added in one expression: Python's own compiler is recursive.
CHUNK = 100
#: The highest power that is written out as a product.
WRITTEN_OUT = 8
#: What the function is given besides its sizes, by their order and by name: an error.
MORE = ("_more", "_named")
#: All that the function can name besides its sizes.
BUILTINS: dict[str, Any] = {
    **{builtin.__name__: builtin for builtin in (int, TypeError, ValueError)},
    **{name: row.python for name, row in FUNCTIONS.items() if row.python},
}


def compiled(tree: Tree, sizes: Sequence[str] = ()) -> Any:
    """The function of a formula's open sizes, by their order or by name; it has them as ``sizes``.

    Of ``sizes``, those behind the last one that the formula has need not be given.
    Integers give the exact integer, or the exact fraction where it is none.

    >>> half = compiled(Call("ceil", (Quotient(Symbol("R"), Number(2)),)) ** 2)
    >>> half(R=7), half.sizes
    (16, ('R',))

    Raises:
        ClosedformError: a root, a logarithm or a sum over an index.
        UnknownName: ``sizes`` lacks a symbol of the formula.
    """
    used = symbol_names(tree)
    names = tuple(sizes) or used
    for name in used:
        if name not in names:
            raise UnknownName("size", name, names)
    words = {name: _identifier(name) for name in names}
    whole = integral(tree)
    formula = _function(_plain(_Writer(words, quick=False), whole), words, OTHER)
    written = _Writer(words, quick=False, constants={})
    integers = _function(_plain(written, whole), words, OTHER)
    top = _function(_plain(_Writer(words, quick=True), bound(whole)), words, {})
    known = {
        "_exact": exact,
        "_general": General(names, formula, (integers, written.constants or {}), top),
    }
    guarded = _guarded(_Writer(words, quick=True), whole)
    function = _function(guarded, words, known, MORE)
    last = max((names.index(name) + 1 for name in used), default=0)
    # What is missing fails as what is no number does: that is asked where the formula is general.
    function.__defaults__ = (None,) * last + (1,) * (len(names) - last)
    sizes_of = [Parameter(word, Parameter.POSITIONAL_OR_KEYWORD) for word in words.values()]
    idle = [size.replace(default=1) for size in sizes_of[last:]]
    own = {
        "__call__": staticmethod(function),
        "__doc__": f"A formula of {', '.join(words.values()) or 'no sizes'}.",
        "__signature__": Signature([*sizes_of[:last], *idle]),
    }
    return type("Compiled", (CompiledFormula,), own)(tree, names)


class CompiledFormula:
    """A formula that is called: each is the only one of a class whose call is its function.

    A copy, in this process or another one, is made of the formula again.
    """

    def __init__(self, tree: Tree, sizes: tuple[str, ...]) -> None:
        self._tree = tree
        self.sizes = sizes

    def __reduce__(self) -> tuple[Any, ...]:
        return compiled, (self._tree, self.sizes)

    def __repr__(self) -> str:
        return f"<{self._tree!r}, a function of {', '.join(self.sizes) or 'no sizes'}>"


def _broken(tree: Tree) -> bool:
    """Whether a quotient stands outside of floors, so that the value may be no integer."""
    if isinstance(tree, Quotient):
        return True
    whole = isinstance(tree, Call) and FUNCTIONS[tree.function].rounds
    return not whole and any(map(_broken, children(tree)))


class _Writer:
    """Python's syntax of a formula; floors and quotients are worked out once, into a name.

    ``quick`` is the writing for integers alone; else a quotient is a call that knows other kinds.
    With ``constants`` it is for arrays of integers: numbers are names, which stand there, and what
    is divided by a power of two is shifted.
    """

    def __init__(
        self, names: dict[str, str], *, quick: bool, constants: dict[str, int] | None = None
    ) -> None:
        self.names = names
        self.quick = quick
        self.constants = constants
        self.lines: list[ast.stmt] = []
        self.known: dict[Tree, str] = {}

    def of(self, tree: Tree) -> ast.expr:
        match tree:
            case Number(value=int(value)):
                return self.constant(value)
            case Number(value=value):
                return _exact(ast.Constant(value.numerator), ast.Constant(value.denominator))
            case Symbol(name=name):
                return _name(self.names[name])
            case Negative(operand=operand):
                return ast.UnaryOp(ast.USub(), self.of(operand))
            case Sum(terms=terms):
                return self.joined(ast.Add(), terms)
            case Product(factors=factors):
                return self.joined(ast.Mult(), factors)
            case Power(base=base, exponent=Number(value=int(times))):
                if isinstance(base, (Symbol, Call)) and 0 < times <= WRITTEN_OUT:
                    return self.joined(ast.Mult(), (base,) * times)
                return ast.BinOp(self.of(base), ast.Pow(), ast.Constant(times))
            case Quotient():
                return self.once(tree, self.quotient)
            case Call(function=function) if FUNCTIONS[function].rounds:
                return self.once(tree, self.whole)
            case Call(function=function, arguments=arguments):
                return ast.Call(_name(function), [self.of(argument) for argument in arguments], [])
        raise TypeError(f"no syntax for a {type(tree).__name__}")

    def constant(self, value: int) -> ast.expr:
        if self.constants is None:
            return ast.Constant(value)
        self.constants[f"_c{value}".replace("-", "_")] = value
        return _name(f"_c{value}".replace("-", "_"))

    def joined(self, sign: ast.operator, parts: tuple[Tree, ...]) -> ast.expr:
        """Terms or factors from left to right, many of them in several lines."""
        total = self.of(parts[0])
        for place, part in enumerate(parts[1:], start=1):
            if place % CHUNK == 0:
                total = self.line(total)
            if isinstance(sign, ast.Add) and isinstance(part, Negative):
                total = ast.BinOp(total, ast.Sub(), self.of(part.operand))
            else:
                total = ast.BinOp(total, sign, self.of(part))
        return total

    def whole(self, tree: Call) -> ast.expr:
        """A floor or ceiling: ⌈a/b⌉ = −⌊−a/b⌋."""
        (inside,) = tree.arguments
        above, below = fraction(inside)
        by = below.value if isinstance(below, Number) else 0
        shifts = self.constants is not None and not _broken(above)
        if shifts and isinstance(by, int) and by.bit_count() == 1 and by <= SHIFTED:
            raised = above if tree.function == "floor" else above + Number(by - 1)
            return ast.BinOp(self.of(raised), ast.RShift(), self.constant(by.bit_length() - 1))
        if tree.function == "floor":
            return ast.BinOp(self.of(above), ast.FloorDiv(), self.of(below))
        under = ast.BinOp(ast.UnaryOp(ast.USub(), self.of(above)), ast.FloorDiv(), self.of(below))
        return ast.UnaryOp(ast.USub(), under)

    def quotient(self, tree: Quotient) -> ast.expr:
        """The whole quotient, else the fraction."""
        if not self.quick:
            return _exact(self.of(tree.numerator), self.of(tree.denominator))
        above, below = map(self.named, (tree.numerator, tree.denominator))
        rest = ast.BinOp(above, ast.Mod(), below)
        return ast.IfExp(rest, _exact(above, below), ast.BinOp(above, ast.FloorDiv(), below))

    def once(self, tree: Any, write: Callable[[Any], ast.expr]) -> ast.expr:
        if tree not in self.known:
            self.known[tree] = self.line(write(tree)).id
        return _name(self.known[tree])

    def named(self, tree: Tree) -> ast.expr:
        simple = isinstance(tree, (Symbol, Number))
        return self.of(tree) if simple else self.line(self.of(tree))

    def line(self, value: ast.expr) -> ast.Name:
        name = f"_{len(self.lines)}"
        self.lines.append(ast.Assign([ast.Name(name, ast.Store())], value))
        return _name(name)


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _exact(above: ast.expr, below: ast.expr) -> ast.expr:
    return ast.Call(_name("_exact"), [above, below], [])


def _plain(writer: _Writer, tree: Tree) -> list[ast.stmt]:
    """The lines that return the value of a formula."""
    value = writer.of(tree)
    return [*writer.lines, ast.Return(value)]


def _guarded(writer: _Writer, tree: Tree) -> list[ast.stmt]:
    """The lines for positive integers, which give an integer; anything else is general.

    An array has no truth value, so that nothing is worked out twice for it; a fraction shows in the
    value, unless a floor takes it away.
    """
    floored = {name for node in walk(tree) if isinstance(node, Call) for name in symbol_names(node)}
    asked: list[ast.expr] = [ast.UnaryOp(ast.Not(), _name(name)) for name in MORE]
    for name, word in writer.names.items():
        if name in floored:
            asked.append(_is_int(_name(word)))
        asked.append(ast.Compare(_name(word), [ast.Gt()], [ast.Constant(0)]))
    value = writer.line(writer.of(tree))
    body = [*writer.lines, ast.If(_is_int(value), [ast.Return(value)], [])]
    tried: list[ast.stmt] = [ast.If(ast.BoolOp(ast.And(), asked), body, [])]
    errors = ast.Tuple([_name("TypeError"), _name("ValueError")], ast.Load())
    sizes: list[ast.expr] = [_name(word) for word in writer.names.values()]
    more, named = map(_name, MORE)
    every = [*sizes, ast.Starred(more, ast.Load())]
    general = ast.Call(_name("_general"), every, [ast.keyword(None, named)])
    handler = ast.ExceptHandler(errors, None, [ast.Pass()])
    return [ast.Try(tried, [handler], [], []), ast.Return(general)]


def _is_int(value: ast.expr) -> ast.expr:
    return ast.Compare(ast.Attribute(value, "__class__", ast.Load()), [ast.Is()], [_name("int")])


def _function(
    body: list[ast.stmt],
    names: dict[str, str],
    known: dict[str, Any],
    more: Sequence[str] = (),
) -> FunctionType:
    """A function of these lines, with what they may call; ``more`` is given besides its sizes."""
    others, named = (*map(ast.arg, more), None, None)[:2]
    arguments = ast.arguments(
        [], [ast.arg(name) for name in names.values()], others, [], [], named, []
    )
    definition = ast.FunctionDef("formula", arguments, body, [], None, None)
    module = ast.fix_missing_locations(ast.Module([definition], []))
    made = compile(module, "<formula>", "exec")
    code = next(constant for constant in made.co_consts if isinstance(constant, CodeType))
    return FunctionType(code, {"__builtins__": BUILTINS, **known})


def _identifier(name: str) -> str:
    """A symbol as an argument's name: primes are spelt, a keyword gets an underscore."""
    plain = "".join(
        char if char.isalnum() or char == "_" else "_" for char in name.replace("'", "_prime")
    )
    return f"{plain}_" if keyword.iskeyword(plain) or plain.startswith("_") else plain
