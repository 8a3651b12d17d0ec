"""Expressions as they are written: immutable trees that keep the author's order and form.

A tree is what the parser makes, what a layer's formula returns and what the printers print. Nothing
here simplifies beyond arithmetic on numbers; equality of *values* is the normal form's business
(:mod:`closedform.algebra.normal_form.atoms`), ``==`` compares the written form. The nodes
themselves are in :mod:`closedform.algebra.nodes`; here is how trees are walked and changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from closedform.algebra.nodes import (
    ONE,
    ZERO,
    Call,
    Leaf,
    Negative,
    Node,
    Number,
    Operand,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Tree,
    add,
    divide,
    factors_of,
    multiply,
    negate,
    numeral,
    over,
    power,
    product,
    terms_of,
    total,
    wrap,
)
from closedform.algebra.sequences.indexed import running


def children(tree: Tree) -> tuple[Tree, ...]:
    """The direct parts of a tree, in the order written."""
    parts = _PARTS.get(type(tree))
    return parts(tree) if parts is not None else ()


def rebuild(tree: Tree, parts: tuple[Tree, ...]) -> Tree:
    """The same kind of node over other parts, as written (nothing is worked out)."""
    match tree:
        case Call(function=name):
            return Call(name, parts)
        case Series(index=index):
            return Series(index, *parts)
        case Sum() | Product():
            return type(tree)(parts)
        case Quotient() | Power() | Negative():
            return type(tree)(*parts)
    return tree


def mapped(tree: Tree, changed: Callable[[Tree], Tree]) -> Tree:
    """The same kind of node, each of its parts changed."""
    return rebuild(tree, tuple(map(changed, children(tree))))


def walk(tree: Tree) -> Iterator[Tree]:
    """Every node of a tree, the tree itself first."""
    stack = [tree]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(node)))


def sums_in(*trees: Tree) -> Iterator[Series]:
    """Every sum over an index in trees: asked of each formula, few of which have one."""
    stack = [*reversed(trees)]
    while stack:
        node = stack.pop()
        parts = _PARTS.get(type(node))
        if parts is not None:
            if isinstance(node, Series):
                yield node
            stack += parts(node)[::-1]


def symbol_names(*trees: Tree) -> tuple[str, ...]:
    """Names of the free symbols of one or several trees, in the order of first appearance."""
    names: dict[str, None] = {}
    stack = [*reversed(trees)]
    while stack:
        node = stack.pop()
        if isinstance(node, Symbol):
            names[node.name] = None
            continue
        parts = _PARTS.get(type(node))
        if isinstance(node, Series):
            # The index is bound in the body, not in its own bounds.
            inside = (name for name in symbol_names(node.body) if name != node.index)
            stack += [*map(Symbol, reversed(tuple(inside))), node.upper, node.lower]
        elif parts is not None:
            stack += parts(node)[::-1]
    return tuple(names)


def substitute(tree: Tree, values: Mapping[str, Tree]) -> Tree:
    """Replace symbols by trees, all at once, re-doing the arithmetic on numbers."""
    return _replaced(tree, values, _worked_out)


def put(tree: Tree, values: Mapping[str, Tree]) -> Tree:
    """Replace symbols by trees and leave everything else as written: a 1/0 that arises stays."""
    return _replaced(tree, values, rebuild)


def _replaced(
    tree: Tree, values: Mapping[str, Tree], made: Callable[[Tree, tuple[Tree, ...]], Tree]
) -> Tree:
    match tree:
        case Symbol(name=name):
            return values.get(name, tree)
        case Number():
            return tree
        case Series(index=index, lower=lower, upper=upper, body=body):
            ends = _replaced(lower, values, made), _replaced(upper, values, made)
            index, body, inner = _unbound(index, body, values)
            return Series(index, *ends, _replaced(body, inner, made))
    return made(tree, tuple([_replaced(part, values, made) for part in children(tree)]))


def _worked_out(tree: Tree, parts: tuple[Tree, ...]) -> Tree:
    """The same over other parts, numbers joined."""
    match tree:
        case Sum():
            return total(parts)
        case Product():
            return product(parts)
        case Quotient():
            return divide(*parts)
        case Power():
            return power(*parts)
        case Negative():
            return negate(*parts)
    return rebuild(tree, parts)


def _unbound(
    index: str, body: Tree, values: Mapping[str, Tree]
) -> tuple[str, Tree, dict[str, Tree]]:
    """Index, body and the values for the body; the index takes another name if a value holds it.

    A value for n_i speaks of each term of a sum over i: the i in it is the sum's own.
    """
    inner = {name: value for name, value in values.items() if name != index}
    free = set(symbol_names(body))
    brought = {
        name
        for key in free & inner.keys()
        if not running(key, index)
        for name in symbol_names(inner[key])
    }
    own = index
    while any(n == own or running(n, own) for n in brought) or (own != index and own in free):
        own += "'"
    if own == index:
        return index, body, inner
    moved = {index: Symbol(own)}
    for name in free | inner.keys():
        if term := running(name, index):
            moved[name] = Symbol(term.at(own))
    for name in moved.keys() & inner.keys():
        inner[moved[name].name] = put(inner.pop(name), moved)
    return own, put(body, moved), inner


_PARTS: dict[type, Callable[[Any], tuple[Tree, ...]]] = {
    Sum: attrgetter("terms"),
    Product: attrgetter("factors"),
    Call: attrgetter("arguments"),
    Quotient: attrgetter("numerator", "denominator"),
    Power: attrgetter("base", "exponent"),
    Negative: lambda tree: (tree.operand,),
    Series: attrgetter("lower", "upper", "body"),
}

__all__ = [
    "ONE",
    "ZERO",
    "Call",
    "Leaf",
    "Negative",
    "Node",
    "Number",
    "Operand",
    "Power",
    "Product",
    "Quotient",
    "Series",
    "Sum",
    "Symbol",
    "Tree",
    "add",
    "children",
    "divide",
    "factors_of",
    "mapped",
    "multiply",
    "negate",
    "numeral",
    "over",
    "power",
    "product",
    "put",
    "rebuild",
    "substitute",
    "symbol_names",
    "terms_of",
    "total",
    "walk",
    "wrap",
]
