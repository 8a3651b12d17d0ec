"""The way a claim is checked without closedform: sympify both sides, simplify their difference."""

from __future__ import annotations

import sympy

from closedform.algebra.tree import (
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
    symbol_names,
    walk,
)
from closedform.symbols import symbol

_FUNCTIONS = {"ceil": "ceiling", "min": "Min", "max": "Max"}


def python_text(tree: Tree) -> str:
    """A formula as a user would type it for SymPy, its symbols called x0, x1 and so on."""
    known = {name: f"x{i}" for i, name in enumerate(_all_names(tree))}
    return _text(tree, known)


def names(tree: Tree) -> dict[str, sympy.Symbol]:
    """What sympify is told about the names: N, S and E are positive integers, not functions."""
    return {f"x{i}": symbol(name) for i, name in enumerate(_all_names(tree))}


def simplifies_to_zero(left: str, right: str, known: tuple[dict[str, sympy.Symbol], ...]) -> bool:
    """Whether SymPy's simplify makes the difference 0."""
    one, two = sympy.sympify(left, locals=known[0]), sympy.sympify(right, locals=known[1])
    return bool(sympy.simplify(one - two) == 0)


def _all_names(tree: Tree) -> tuple[str, ...]:
    indices = dict.fromkeys(node.index for node in walk(tree) if isinstance(node, Series))
    return tuple(dict.fromkeys((*symbol_names(tree), *indices)))


def _text(tree: Tree, known: dict[str, str]) -> str:
    match tree:
        case Number(value=value):
            return f"({value})"
        case Symbol(name=name):
            return known[name]
        case Sum(terms=parts):
            return "(" + " + ".join(_text(part, known) for part in parts) + ")"
        case Product(factors=parts):
            return "*".join(_text(part, known) for part in parts)
        case Quotient(numerator=a, denominator=b):
            return f"({_text(a, known)})/({_text(b, known)})"
        case Negative(operand=a):
            return f"(-({_text(a, known)}))"
        case Power(base=a, exponent=b):
            return f"({_text(a, known)})**({_text(b, known)})"
        case Call(function=name, arguments=parts):
            inside = ", ".join(_text(part, known) for part in parts)
            return f"{_FUNCTIONS.get(name, name)}({inside})"
        case Series(index=index, lower=a, upper=b, body=body):
            limits = f"({known[index]}, {_text(a, known)}, {_text(b, known)})"
            return f"Sum({_text(body, known)}, {limits}).doit()"
    raise TypeError(f"no expression: {type(tree).__name__}")
