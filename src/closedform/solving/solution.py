"""What ``solve`` found: integers, exact expressions, and the sentences that say so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from closedform.algebra.bridge import to_sympy
from closedform.algebra.tree import Symbol, Tree
from closedform.records import field, record
from closedform.typeset.displayed import Displayed
from closedform.typeset.line_breaks import latex_sentence, paragraph
from closedform.typeset.notation import SOURCE, Notation
from closedform.typeset.prose import (
    EQUAL,
    RELATION_SIGNS,
    Prose,
    in_markdown,
    in_math,
    in_text,
    shown_latex,
    shown_text,
)

if TYPE_CHECKING:
    from closedform.later import Expression

#: From a first integer to a last one, ``None`` where there is no last.
Range = tuple[int, "int | None"]


@record
class Solution(Displayed):
    """For which integers a comparison holds.

    ``status`` is ``"solved"``, ``"none"`` (no solution) or ``"unsolved"``. ``ranges`` are the
    integers where everything else has a value, each end one that meets the conditions, ``step``
    apart.
    """

    claim: str
    symbol: str
    status: str
    ranges: tuple[Range, ...] = ()
    step: int = 1
    _exact: tuple[tuple[str, Tree], ...] = ()
    _statements: tuple[Prose, ...] = ()
    #: The dimensions whose place sizes of one's own take.
    _places: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __bool__(self) -> bool:
        """Whether there is a solution."""
        return self.status == "solved"

    @property
    def smallest(self) -> int | None:
        """The smallest integer, where all else has a value."""
        return min((first for first, _ in self.ranges), default=None)

    @property
    def largest(self) -> int | None:
        """The largest integer; ``None`` where there is no end."""
        lasts = [last for _, last in self.ranges if last is not None]
        return max(lasts) if lasts and len(lasts) == len(self.ranges) else None

    @property
    def exact(self) -> tuple[tuple[str, Expression], ...]:
        """How the symbol compares with each expression in other symbols."""
        return tuple((relation, to_sympy(tree)) for relation, tree in self._exact)

    def _lines(self) -> tuple[Prose, ...]:
        """Exact solutions first, then the sentences."""
        return (*self._equations(), *self._statements)

    def to_text(self, notation: Notation = SOURCE) -> str:
        """The claim, and a line a statement."""
        notation = notation.placing(self._places)
        heading = f"{self.claim}, solved for {shown_text(Symbol(self.symbol), notation)}"
        return "\n".join([heading, *(f"  {in_text(line, notation)}" for line in self._lines())])

    def to_latex(self, notation: Notation = SOURCE) -> str:
        """Exact solutions as align*, the statements as sentences."""
        notation = notation.placing(self._places)
        rows = " \\\\\n".join(in_math(line, notation) for line in self._equations())
        blocks = [f"\\begin{{align*}}\n{rows}\n\\end{{align*}}"] if rows else []
        said = [latex_sentence(line, notation) for line in self._statements]
        return "\n".join([*blocks, *([paragraph(said)] if said else [])])

    def to_markdown(self, notation: Notation = SOURCE) -> str:
        """The claim, and a list."""
        notation = notation.placing(self._places)
        lines = [f"`{self.claim}`", "", *(f"- {in_markdown(x, notation)}" for x in self._lines())]
        return "\n".join(lines)

    def to_json(self, notation: Notation = SOURCE) -> dict[str, object]:
        """The solution as plain data."""
        notation = notation.placing(self._places)
        return {
            "claim": self.claim,
            "for": self.symbol,
            "status": self.status,
            "ranges": [list(ends) for ends in self.ranges],
            "step": self.step,
            "exact": [
                {
                    "relation": relation,
                    "expression": shown_text(tree, notation),
                    "latex": shown_latex(tree, notation),
                }
                for relation, tree in self._exact
            ],
            "statements": [in_text(line, notation) for line in self._statements],
        }

    def _equations(self) -> list[Prose]:
        return [
            (Symbol(self.symbol), RELATION_SIGNS.get(relation, EQUAL), tree)
            for relation, tree in self._exact
        ]
