"""The ways to break one node of a syntax tree."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

#: What a node may be replaced with, each with a few words on the change.
Changes: TypeAlias = Iterator[tuple[str, ast.AST]]

#: Names that stand for dimensions: each is swapped for every other one of the same layer.
DIMENSIONS = ("k", "M", "N", "g", "H", "W")
#: The decorator keywords that hold index spaces: formulas too, in their own small notation.
INDEX_SPACES = ("weights", "operations")
#: Functions whose first two arguments are not swapped: it would change nothing, or raise at once.
ORDER_FREE = ("isinstance", "max", "min", "gcd", "lcm")

OTHER_OPERATOR: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OPPOSITE: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.Gt,
    ast.Gt: ast.Lt,
    ast.GtE: ast.Lt,
}


@dataclass(frozen=True)
class Surroundings:
    """What a change may look at: the text around a node, and the dimensions in reach there."""

    text: str
    dimensions: tuple[str, ...]


def changes(node: ast.AST, around: Surroundings) -> Changes:
    """Every replacement of one node that is worth a try."""
    break_it = CHANGES.get(type(node))
    if break_it is not None:
        yield from break_it(node, around)


def same(left: ast.AST, right: ast.AST) -> bool:
    """Whether two trees are written the same."""
    return ast.dump(left) == ast.dump(right)


@lru_cache(maxsize=10_000)
def written(node: ast.AST) -> str:
    """The node as source, on one line."""
    return " ".join(ast.unparse(ast.fix_missing_locations(node)).split())


def _operation(node: ast.BinOp, _: Surroundings) -> Changes:
    """Another operator, or one side dropped."""
    other = OTHER_OPERATOR.get(type(node.op))
    before = written(node)
    if other is not None:
        changed = _with(node, op=other())
        yield f"{before} -> {written(changed)}", changed
    yield f"{before} -> {written(node.left)}", node.left
    yield f"{before} -> {written(node.right)}", node.right


def _connective(node: ast.BoolOp, _: Surroundings) -> Changes:
    """The other connective, or one part dropped."""
    before = written(node)
    changed = _with(node, op=OTHER_OPERATOR[type(node.op)]())
    yield f"{before} -> {written(changed)}", changed
    for index in range(len(node.values)):
        rest = node.values[:index] + node.values[index + 1 :]
        shorter = rest[0] if len(rest) == 1 else _with(node, values=rest)
        yield f"{before} -> {written(shorter)}", shorter


def _comparison(node: ast.Compare, _: Surroundings) -> Changes:
    """Another comparison at each operator, and for an order also its opposite."""
    for index, operator in enumerate(node.ops):
        others = [OTHER_OPERATOR[type(operator)]]
        if type(operator) in OPPOSITE:
            others.append(OPPOSITE[type(operator)])
        for other in others:
            ops = [*node.ops[:index], other(), *node.ops[index + 1 :]]
            changed = _with(node, ops=ops)
            yield f"{written(node)} -> {written(changed)}", changed


def _sign(node: ast.UnaryOp, _: Surroundings) -> Changes:
    """A minus or a ``not`` dropped."""
    yield f"{written(node)} -> {written(node.operand)}", node.operand


def _branch(node: ast.If | ast.While | ast.IfExp, _: Surroundings) -> Changes:
    """The condition turned round."""
    yield f"not ({written(node.test)})", _with(node, test=ast.UnaryOp(ast.Not(), node.test))


def _guard(node: ast.match_case, _: Surroundings) -> Changes:
    """The guard of a case turned round."""
    if node.guard is not None:
        turned = _with(node, guard=ast.UnaryOp(ast.Not(), node.guard))
        yield f"case not ({written(node.guard)})", turned


def _call(node: ast.Call, _: Surroundings) -> Changes:
    """The first two arguments swapped."""
    if len(node.args) < 2 or written(node.func) in ORDER_FREE:
        return
    first, second, *rest = node.args
    swapped = _with(node, args=[second, first, *rest])
    yield f"{written(node)} -> {written(swapped)}", swapped


def _constant(node: ast.Constant, around: Surroundings) -> Changes:
    """A number off by one, or the other truth value."""
    if isinstance(node.value, bool):
        yield f"{node.value} -> {not node.value}, in {around.text}", ast.Constant(not node.value)
    elif isinstance(node.value, int):
        for near in (node.value + 1, node.value - 1):
            yield f"{node.value} -> {near}, in {around.text}", ast.Constant(near)


def _name(node: ast.Name, around: Surroundings) -> Changes:
    """A dimension for another one."""
    if node.id in DIMENSIONS and isinstance(node.ctx, ast.Load):
        for other in around.dimensions:
            yield f"{node.id} -> {other}, in {around.text}", ast.Name(other, ast.Load())


def _keyword(node: ast.keyword, _: Surroundings) -> Changes:
    """Broken index spaces."""
    text = node.value.value if isinstance(node.value, ast.Constant) else None
    if node.arg in INDEX_SPACES and isinstance(text, str):
        for broken in _index_spaces(text):
            changed = ast.keyword(node.arg, ast.Constant(broken))
            yield f"{node.arg}: {text!r} -> {broken!r}", changed


def _index_spaces(text: str) -> Iterator[str]:
    """An extent dropped, doubled, made whole, halved, or swapped for another one."""
    extents = text.split()
    known = [name for name in DIMENSIONS if name in text]
    for index, extent in enumerate(extents):
        before, after = extents[:index], extents[index + 1 :]
        if len(extents) > 1:
            yield " ".join(before + after)
        yield " ".join([*before, extent, extent, *after])
        whole = extent.split("/")[0]
        for other in dict.fromkeys((*known, whole, f"{whole}/2")):
            yield " ".join([*before, other, *after])


def _with(node: ast.AST, **fields: object) -> ast.AST:
    """A copy of a node with some fields changed."""
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


CHANGES: dict[type[ast.AST], Callable[[Any, Surroundings], Changes]] = {
    ast.BinOp: _operation,
    ast.BoolOp: _connective,
    ast.Compare: _comparison,
    ast.UnaryOp: _sign,
    ast.If: _branch,
    ast.While: _branch,
    ast.IfExp: _branch,
    ast.match_case: _guard,
    ast.Call: _call,
    ast.Constant: _constant,
    ast.Name: _name,
    ast.keyword: _keyword,
}
