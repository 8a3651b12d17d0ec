"""The optional solver z3 as a last resort (extra ``prove``).

It is asked for a counterexample among the real numbers. z3 says "no" with a proof of its own
kind; its answers "yes" and "unknown" are not used. It works within a budget of its own steps, and
within a time limit in case that these take long.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from closedform.algebra.normal_form.build import places_in
from closedform.algebra.normal_form.polynomials import Polynomial
from closedform.algebra.proofs.goal import Goal

if TYPE_CHECKING:
    from types import ModuleType

#: What one question may take: z3's own steps, and the time in case these take long.
STEPS, MILLISECONDS = 100_000, 250
#: Questions past these sizes are not asked.
TERMS, DEGREE = 60, 8


@cache
def _library() -> ModuleType | None:
    """z3, where it is installed and its library is there."""
    with suppress(ImportError):
        import z3  # noqa: PLC0415

        module: ModuleType = z3
        return module
    return None


def available() -> bool:
    """Whether there is a solver to ask."""
    return _library() is not None


def proves(goal: Goal) -> bool:
    """Whether z3 shows that a goal holds; False as well where it does not know, or is not there."""
    long = len(goal.poly) > TERMS or max(map(sum, goal.poly), default=0) > DEGREE
    if long or (z3 := _library()) is None:
        return False
    context = z3.Context()
    # The solver for QF_NRA, stopped at its limit, crashed when it was freed (z3 5.4.1).
    solver = z3.Tactic("qfnra-nlsat", ctx=context).solver()
    solver.set("rlimit", STEPS)
    solver.set("timeout", MILLISECONDS)
    variables = [z3.Real(f"t{i}", ctx=context) for i in range(goal.poly.ring.ngens)]
    for place in places_in(goal.poly, *(h for h, _ in goal.known)):
        variable = variables[place]
        solver.add(variable > 0 if place in goal.above else variable >= 0)
    for known, strict in goal.known:
        if len(known) <= TERMS:
            value = _written(z3, known, variables, context)
            solver.add(value > 0 if strict else value >= 0)
    value = _written(z3, goal.poly, variables, context)
    solver.add(value <= 0 if goal.strict else value < 0)
    return bool(solver.check() == z3.unsat)


def _written(z3: ModuleType, poly: Polynomial, variables: list[Any], context: Any) -> Any:
    total = z3.RealVal(0, ctx=context)
    for monomial, coefficient in poly.items():
        product = z3.RealVal(coefficient, ctx=context)
        for place, exponent in enumerate(monomial):
            for _ in range(exponent):
                product = product * variables[place]
        total = total + product
    return total
