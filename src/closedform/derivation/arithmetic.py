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

    def __round__(self, places: int | None = None) -> float:
        return round(float(self), places)

    def __format__(self, form: str) -> str:
        return format(float(self), form) if form else str(self)

    def __eq__(self, other: object) -> bool:
        return bool(self.expr == _value(other))

    def __hash__(self) -> int:
        return hash(self.expr)

    def __lt__(self, other: Any) -> bool:
        return bool(self.expr < _value(other))

    def __le__(self, other: Any) -> bool:
        return bool(self.expr <= _value(other))

    def __gt__(self, other: Any) -> bool:
        return bool(self.expr > _value(other))

    def __ge__(self, other: Any) -> bool:
        return bool(self.expr >= _value(other))

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


def _value(other: object) -> Any:
    return other.expr if isinstance(other, Arithmetic) else other
