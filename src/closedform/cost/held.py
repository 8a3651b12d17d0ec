"""Conditions under which layers are as they are stated: a branch of a model, a size in a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from closedform.algebra.assumptions import holds
from closedform.algebra.condition import Condition
from closedform.algebra.tree import Tree, substitute
from closedform.errors import SizeError
from closedform.records import record
from closedform.typeset.arrange import arrange
from closedform.typeset.text import text

#: How relations are written in a sentence.
SIGNS = {"<=": "≤", ">=": "≥"}


@record
class Held:
    """A condition that must hold, and what asks for it: the line of a branch, an operator."""

    condition: Condition
    by: str

    def at(self, sizes: Mapping[str, Tree]) -> Held:
        """The same at sizes, whose names are replaced at once."""
        left, right = (substitute(side, dict(sizes)) for side in self.condition.sides)
        return Held(Condition(self.condition.relation, left, right), self.by)

    @property
    def shown(self) -> str:
        """As it is told: W > 100 (net.py, line 19)."""
        left, right = (text(arrange(side)) for side in self.condition.sides)
        sign = SIGNS.get(self.condition.relation, self.condition.relation)
        return f"{left} {sign} {right} ({self.by})"

    def check(self, sizes: Mapping[str, Tree]) -> None:
        """Do nothing if it holds, or if a size of it is still open.

        Raises:
            SizeError: it does not hold.
        """
        put = self.at(sizes).condition
        if put.names or holds(put, {}):
            return
        names = sorted(self.condition.names)
        given = ", ".join(f"{name} = {text(arrange(sizes[name]))}" for name in names)
        error = SizeError(
            f"the formula holds where {self.shown}, and {given} is outside of that",
            "choose another size, or read the model again with that one as a number",
        )
        error.size = names[0] if len(names) == 1 else ""
        raise error


def each_once(held: Iterable[Held]) -> tuple[Held, ...]:
    """The conditions on open sizes, each by what asks for it first."""
    first: dict[Condition, Held] = {}
    for one in held:
        first.setdefault(one.condition, one)
    return tuple(one for condition, one in first.items() if condition.names)
