"""What is made when it is first used: modules, the door to SymPy among them, and patterns.

SymPy takes several times as long to load as everything else that a claim needs, and most claims
need none of it. Here is the one place that names it: ``from closedform.later import sympy``.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any


class Later:
    """A module, or what else is made, once one of its names is first asked for.

    >>> Later("math").lcm(4, 6), regex("k+").match("kk")[0]
    (12, 'kk')
    """

    def __init__(self, *given: Any, make: Callable[..., object] = importlib.import_module) -> None:
        self._make = partial(make, *given)

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):  # whoever looks for wrappers or signatures wants nothing
            raise AttributeError(attribute)
        value = getattr(self._make(), attribute)
        setattr(self, attribute, value)
        return value


if TYPE_CHECKING:
    import csv
    import difflib
    import hashlib
    import html
    import json
    import pathlib
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from fractions import Fraction
    from re import compile as regex
    from typing import Protocol, TypeAlias, TypeVar

    import mpmath
    import sympy

    class Symbolic(Protocol):
        """What has symbols: an expression of SymPy, by whatever a type checker knows of it."""

        @property
        def free_symbols(self) -> AbstractSet[object]: ...

    _Given_co = TypeVar("_Given_co", covariant=True)

    class Named(Protocol[_Given_co]):
        """What is given by names or symbols: a dict of one kind of key is of no wider kind."""

        def items(self) -> Iterable[tuple[str | Symbolic, _Given_co]]: ...

    class _Exact:
        """What is done with an exact value."""

        def __index__(self) -> int: ...
        def __hash__(self) -> int: ...
        def __neg__(self) -> Expression: ...
        def __abs__(self) -> Expression: ...
        def __eq__(self, other: object) -> bool: ...
        def __lt__(self, other: _Value) -> bool: ...
        def __le__(self, other: _Value) -> bool: ...
        def __gt__(self, other: _Value) -> bool: ...
        def __ge__(self, other: _Value) -> bool: ...
        def __add__(self, other: _Value) -> Expression: ...
        def __sub__(self, other: _Value) -> Expression: ...
        def __mul__(self, other: _Value) -> Expression: ...
        def __truediv__(self, other: _Value) -> Expression: ...
        def __floordiv__(self, other: _Value) -> Expression: ...
        def __mod__(self, other: _Value) -> Expression: ...
        def __pow__(self, other: _Value) -> Expression: ...
        def __radd__(self, other: _Value) -> Expression: ...
        def __rsub__(self, other: _Value) -> Expression: ...
        def __rmul__(self, other: _Value) -> Expression: ...
        def __rtruediv__(self, other: _Value) -> Expression: ...
        def __rfloordiv__(self, other: _Value) -> Expression: ...
        def __rmod__(self, other: _Value) -> Expression: ...
        def __rpow__(self, other: _Value) -> Expression: ...

    _Value: TypeAlias = float | Fraction | Symbolic
    #: What mypy takes for true, by its name: SymPy has no types that it reads, and what is of no
    #: type would be an int in 2·x, and anything else elsewhere.
    MYPY: bool = False
    if MYPY:

        class Expression(_Exact):
            """An exact value: an expression of SymPy, or an int where it is one."""

            @property
            def free_symbols(self) -> AbstractSet[Any]: ...
            def __getattr__(self, name: str) -> Any: ...
    else:

        class Expression(_Exact, sympy.Expr):
            """The same, to whoever reads SymPy."""

else:
    csv, difflib = Later("csv"), Later("difflib")
    hashlib, html = Later("hashlib"), Later("html")
    json, pathlib = Later("json"), Later("pathlib")
    mpmath, sympy = Later("mpmath"), Later("sympy")
    #: A regular expression: a claim asks about one in eight.
    regex = partial(Later, make=re.compile)
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
