"""Formulas as functions that refuse the sizes at which a model takes another way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from inspect import signature
from operator import eq, ge, gt, le, lt
from typing import Any

from closedform.algebra.compiled import compiled
from closedform.cost.held import Held
from closedform.errors import SizeError

#: What each relation asks of two numbers or arrays.
ASKED: dict[str, Callable[[Any, Any], Any]] = {"=": eq, "<": lt, "<=": le, ">": gt, ">=": ge}


class CompiledWhere:
    """A compiled formula, and the conditions that are asked before it is worked out."""

    def __init__(self, formula: Any, held: Sequence[Held]) -> None:
        self.formula = formula
        self.sizes: tuple[str, ...] = formula.sizes
        self.held = tuple(held)
        self.sides = [
            (one, *(compiled(side, self.sizes) for side in one.condition.sides))
            for one in self.held
        ]
        self.__signature__ = signature(formula)

    def __call__(self, *sizes: Any, **named: Any) -> Any:
        """The value.

        Raises:
            SizeError: a size at which a condition does not hold.
        """
        given = self.__signature__.bind(*sizes, **named)
        given.apply_defaults()
        for one, left, right in self.sides:
            kept = ASKED[one.condition.relation](left(*given.args), right(*given.args))
            if not (kept if isinstance(kept, bool) else kept.all()):
                raise SizeError(f"the formula holds where {one.shown}", "choose other sizes")
        return self.formula(*given.args)

    def __reduce__(self) -> tuple[Any, ...]:
        return CompiledWhere, (self.formula, self.held)
