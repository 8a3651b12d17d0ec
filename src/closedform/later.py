"""What is made when it is first used: modules, the door to SymPy among them, and patterns.

SymPy takes several times as long to load as everything else that a claim needs, and most claims
need none of it. Here is the one place that names it: ``from closedform.later import sympy``.
"""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Any


class Later:
    """A module, loaded when one of its names is first asked for.

    >>> Later("math").lcm(4, 6)
    12
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):  # whoever looks for wrappers or signatures wants no module
            raise AttributeError(attribute)
        value = getattr(importlib.import_module(self._name), attribute)
        setattr(self, attribute, value)
        return value


class Pattern:
    """A regular expression, compiled when it is first asked: a claim asks about one in eight.

    >>> Pattern("k+").match("kk")[0]
    'kk'
    """

    def __init__(self, written: str, flags: int = 0) -> None:
        self._written = written, flags

    def __getattr__(self, attribute: str) -> Any:
        value = getattr(re.compile(*self._written), attribute)
        setattr(self, attribute, value)
        return value


if TYPE_CHECKING:
    import csv
    import difflib
    import hashlib
    import html
    import json
    import pathlib
    from collections.abc import Set as AbstractSet
    from fractions import Fraction
    from re import compile as regex
    from typing import Protocol

    import mpmath
    import sympy

    class Symbolic(Protocol):
        """What has symbols: an expression of SymPy, by whatever a type checker knows of it."""

        @property
        def free_symbols(self) -> AbstractSet[object]: ...

    class Expression(sympy.Expr):  # type: ignore[misc]  # SymPy has no types that mypy reads
        """An exact value to a type checker: an expression of SymPy, or an int where it is one."""

        def __index__(self) -> int: ...
        def __neg__(self) -> Expression: ...
        def __add__(self, other: float | Fraction | Symbolic) -> Expression: ...

        __sub__ = __mul__ = __truediv__ = __pow__ = __add__
else:
    csv, difflib = Later("csv"), Later("difflib")
    hashlib, html = Later("hashlib"), Later("html")
    json, pathlib = Later("json"), Later("pathlib")
    mpmath, sympy = Later("mpmath"), Later("sympy")
    regex = Pattern
    Expression = Symbolic = object

__all__ = [
    "Later",
    "csv",
    "difflib",
    "hashlib",
    "html",
    "json",
    "mpmath",
    "pathlib",
    "regex",
    "sympy",
]
