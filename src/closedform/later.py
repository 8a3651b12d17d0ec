"""Modules that are loaded when they are first used: the door to SymPy, and to rooms that rest.

SymPy takes several times as long to load as everything else that a claim needs, and most claims
need none of it. Here is the one place that names it: ``from closedform.later import sympy``.
"""

from __future__ import annotations

import importlib
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


if TYPE_CHECKING:
    import hashlib
    from importlib import resources

    import mpmath
    import sympy
else:
    hashlib = Later("hashlib")
    mpmath = Later("mpmath")
    resources = Later("importlib.resources")
    sympy = Later("sympy")

__all__ = ["Later", "hashlib", "mpmath", "resources", "sympy"]
