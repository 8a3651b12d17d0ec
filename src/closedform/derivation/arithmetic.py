"""Results that are expressions: in arithmetic they are what SymPy's expression of them is."""

from __future__ import annotations

import operator
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from closedform.errors import MissingSize

if TYPE_CHECKING:
    from closedform.later import Expression

Operation: TypeAlias = "Callable[[Any, object], Expression]"


def _both(operation: Callable[[Any, Any], Any]) -> tuple[Operation, Operation]:
    """An operation of the expression and something else, and the other way round."""
    return (
        lambda self, other: operation(self.expr, other),
        lambda self, other: operation(other, self.expr),
    )


def _compared(relation: Callable[[Any, Any], Any]) -> Callable[[Any, object], bool]:
    return lambda self, other: bool(relation(self.expr, _value(other)))


def _value(other: object) -> Any:
    return other.expr if isinstance(other, Arithmetic) else other


class Arithmetic(ABC):
    """What has an expression ``expr`` and takes part in arithmetic by it."""

    @property
    @abstractmethod
    def expr(self) -> Expression:
        """The value as a SymPy expression."""

    def _sympy_(self) -> Expression:
        return self.expr

    def _number(self) -> Expression:
        """The number that it is.

        Raises:
            MissingSize: it has sizes that are open.
        """
        if open_sizes := sorted(symbol.name for symbol in self.expr.free_symbols):
            raise MissingSize(open_sizes)
        return self.expr

    def __float__(self) -> float:
        return float(self._number())

    def __int__(self) -> int:
        return int(self._number())

    __trunc__ = __int__

    def __round__(self, places: int | None = None) -> float:
        return round(float(self), places)

    def __format__(self, form: str) -> str:
        return format(float(self), form) if form else str(self)

    def __eq__(self, other: object) -> bool:
        return bool(self.expr == _value(other))

    def __hash__(self) -> int:
        return hash(self.expr)

    __lt__, __le__ = _compared(operator.lt), _compared(operator.le)
    __gt__, __ge__ = _compared(operator.gt), _compared(operator.ge)
    __add__, __radd__ = _both(operator.add)
    __sub__, __rsub__ = _both(operator.sub)
    __mul__, __rmul__ = _both(operator.mul)
    __truediv__, __rtruediv__ = _both(operator.truediv)
    __floordiv__, __rfloordiv__ = _both(operator.floordiv)
    __mod__, __rmod__ = _both(operator.mod)
    __pow__, _ = _both(operator.pow)

    def __neg__(self) -> Expression:
        return -self.expr

    def __pos__(self) -> Expression:
        return self.expr

    def __abs__(self) -> Expression:
        return abs(self.expr)
