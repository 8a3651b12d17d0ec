"""Chains of equal expressions, each step with its reason, and proven."""

from __future__ import annotations

from itertools import pairwise, starmap

from closedform.algebra.assumptions import of_sizes
from closedform.algebra.decide import decide
from closedform.algebra.tree import Tree
from closedform.derivation.rows import Line
from closedform.errors import ClosedformError
from closedform.records import record
from closedform.typeset.displayed import Displayed, Several
from closedform.typeset.notation import SOURCE
from closedform.typeset.prose import EQUAL, Prose, in_markdown, in_text, say, shown_text
from closedform.typeset.text import text


class UnprovenStep(ClosedformError):
    """A step that is not proven, and is not shown: a mistake of a layer or of closedform."""

    def __init__(self, left: Tree, right: Tree) -> None:
        self.left = left
        self.right = right
        super().__init__(
            f"a step of the derivation is not proven: {text(left)} = {text(right)}",
            "the two entries of a layer differ, or closedform is wrong: please report it",
        )


@record
class Step(Displayed):
    """``left = right``, proven, and the reason."""

    left: str
    right: str
    reason: str
    _said: Prose

    def to_text(self) -> str:
        """The step as a line of text."""
        return in_text(self._said)

    def to_markdown(self) -> str:
        """The step as a line of Markdown."""
        return in_markdown(self._said)


class Steps(Several[Step]):
    """Steps, each in a line of its own."""

    __slots__ = ()

    def to_markdown(self) -> str:
        """A list."""
        return "\n".join(f"- {step.to_markdown()}" for step in self)


@record
class Chain:
    """What is worked out, and the expressions from the first to the last, all equal.

    ``facts`` follow from the last one; ``note`` says why there is nothing to work out.

    Raises:
        UnprovenStep: two neighbours are not proven equal.
    """

    subject: Prose
    lines: tuple[Line, ...]
    facts: tuple[Prose, ...] = ()
    note: Prose = ()

    def __post_init__(self) -> None:
        for left, right in pairwise(self.lines):
            prove(left.tree, right.tree)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the chain."""
        return Steps(starmap(_step, pairwise(self.lines)))


def _step(left: Line, right: Line) -> Step:
    said = say("{} {} {} ({})", left.shown, EQUAL, right.shown, right.reason)
    first, last = (shown_text(line.shown, SOURCE) for line in (left, right))
    return Step(first, last, in_text(right.reason), said)


def prove(left: Tree, right: Tree) -> None:
    """Do nothing if ``left = right`` is proven.

    Raises:
        UnprovenStep: it is not.
    """
    if not _same_in_lowest_terms(left, right) and not _are_equal(left, right):
        raise UnprovenStep(left, right)


def _are_equal(left: Tree, right: Tree) -> bool:
    return decide("=", left, right, of_sizes(left, right)).verdict == "proven"


def _same_in_lowest_terms(left: Tree, right: Tree) -> bool:
    """Whether both sides are the same fraction: for long ones that is seen without a product."""
    field = of_sizes(left, right).field(left, right)
    one, two = field.normal(left), field.normal(right)
    return min(len(one.den), len(two.den)) > 1 and one.key() == two.key()
