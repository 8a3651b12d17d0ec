"""Mutants: a module's syntax tree with one place changed."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from tests.mutation.changes import DIMENSIONS, INDEX_SPACES, Surroundings, changes, written

#: A place in a syntax tree: the steps from the root, each a field and an index (None: no list).
Path: TypeAlias = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class Mutant:
    """One way to break a module: what becomes what, and where."""

    module: str
    function: str
    line: int
    change: str
    path: Path
    replacement: ast.AST

    @property
    def name(self) -> str:
        """How the mutant is listed; it does not move when lines above it do."""
        return f"{self.module}.{self.function}: {self.change}"

    def tree(self, source: str) -> ast.Module:
        """The broken module."""
        return _replaced(ast.parse(source), self.path, self.replacement)


def mutants(module: str, source: str) -> Iterator[Mutant]:
    """Every mutant of a module's source, each once, in the order of the source."""
    root = ast.parse(source)
    line = 0
    for path, node in _places(root, ()):
        line = getattr(node, "lineno", line)
        function, around = _around(root, path)
        seen = {ast.dump(node)}
        for change, replacement in changes(node, around):
            key = ast.dump(replacement)
            if key not in seen:
                seen.add(key)
                yield Mutant(module, function, line, change, path, replacement)


def _places(node: ast.AST, path: Path) -> Iterator[tuple[Path, ast.AST]]:
    """Every node that computes something: no annotations, imports, docstrings or error texts."""
    if _is_no_formula(node):
        return
    yield path, node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        for index, item in enumerate(value) if isinstance(value, list) else ((None, value),):
            if name == "decorator_list" and not _has_index_spaces(item):
                continue
            if isinstance(item, ast.AST):
                yield from _places(item, (*path, (name, index)))


def _is_no_formula(node: ast.AST) -> bool:
    """Whether a node is for people or the type checker only, or only says when to give up.

    The bounds on length and effort are named in capitals; tests of their own hold them.
    """
    match node:
        case ast.If(body=[ast.Raise(exc=ast.Call(func=ast.Name(id="TooLarge")))]):
            return True
        case ast.Compare(ops=[ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE()], comparators=[limit]):
            return isinstance(limit, ast.Name) and limit.id.isupper()
        case ast.FunctionDef(returns=ast.Name(id=name)) if name.endswith("Error"):
            return True
        case ast.Expr(value=ast.Constant() | ast.Call(func=ast.Attribute(attr="spend"))):
            return True
        case ast.Assign(targets=[ast.Name() | ast.Tuple() as target]):
            return written(target).isupper() and not written(target).startswith("_")
        case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
            bound = name.isupper() and not name.startswith("_")
            return bound or written(annotation) == "TypeAlias"
        case ast.Call(func=ast.Name(id="field")) | ast.keyword(arg="strict" | "key"):
            return True
    return isinstance(node, (ast.Raise, ast.Import, ast.ImportFrom, ast.JoinedStr))


def _has_index_spaces(decorator: ast.AST) -> bool:
    return isinstance(decorator, ast.Call) and any(
        keyword.arg in INDEX_SPACES for keyword in decorator.keywords
    )


def _around(root: ast.Module, path: Path) -> tuple[str, Surroundings]:
    """The name of the function or class around a place, and what a change may look at."""
    node: ast.AST = root
    names: list[str] = []
    dimensions: tuple[str, ...] = ()
    text = ""
    for name, index in path[:-1]:
        node = _step(node, name, index)
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.append(node.name)
        if isinstance(node, ast.FunctionDef):
            given = node.args.posonlyargs + node.args.args + node.args.kwonlyargs
            dimensions = tuple(a.arg for a in given if a.arg in DIMENSIONS)
        if isinstance(node, (ast.expr, ast.stmt)) and not hasattr(node, "body"):
            text = written(node)[:80]
    return ".".join(names) or "<module>", Surroundings(text or "a definition", dimensions)


def _replaced(root: ast.Module, path: Path, replacement: ast.AST) -> ast.Module:
    """The tree with the node at ``path`` replaced."""
    parent: ast.AST = root
    for name, index in path[:-1]:
        parent = _step(parent, name, index)
    name, index = path[-1]
    old = _step(parent, name, index)
    new = ast.copy_location(copy.deepcopy(replacement), old)
    if index is None:
        setattr(parent, name, new)
    else:
        getattr(parent, name)[index] = new
    return ast.fix_missing_locations(root)


def _step(node: ast.AST, name: str, index: int | None) -> ast.AST:
    child = getattr(node, name)
    found: ast.AST = child if index is None else child[index]
    return found
