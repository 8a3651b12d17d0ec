"""Results that are expressions: in arithmetic they are what SymPy's expression of them is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sympy


class Arithmetic(ABC):
    """What has an expression ``expr`` and takes part in arithmetic by it."""

    @property
    @abstractmethod
    def expr(self) -> sympy.Expr:
        """The value as a SymPy expression."""

    def _sympy_(self) -> sympy.Expr:
        return self.expr

    def __float__(self) -> float:
        return float(self.expr)

    def __add__(self, other: Any) -> sympy.Expr:
        return self.expr + other

    def __radd__(self, other: Any) -> sympy.Expr:
        return other + self.expr

    def __sub__(self, other: Any) -> sympy.Expr:
        return self.expr - other

    def __rsub__(self, other: Any) -> sympy.Expr:
        return other - self.expr

    def __mul__(self, other: Any) -> sympy.Expr:
        return self.expr * other

    def __rmul__(self, other: Any) -> sympy.Expr:
        return other * self.expr

    def __truediv__(self, other: Any) -> sympy.Expr:
        return self.expr / other

    def __rtruediv__(self, other: Any) -> sympy.Expr:
        return other / self.expr

    def __pow__(self, other: Any) -> sympy.Expr:
        return self.expr**other

    def __neg__(self) -> sympy.Expr:
        return -self.expr
