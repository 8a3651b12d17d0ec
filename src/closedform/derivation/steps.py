"""Derivations: chains of equal expressions, each step with its reason, and proven."""

from __future__ import annotations

from dataclasses import replace

from closedform.algebra.decide import equal
from closedform.algebra.normal_form.atoms import open_field
from closedform.algebra.sequences import lettered
from closedform.algebra.tree import Tree, symbol_names
from closedform.derivation import layout
from closedform.errors import ClosedformError
from closedform.records import record
from closedform.typeset.notation import SOURCE, Notation
from closedform.typeset.prose import AsWritten, Prose
from closedform.typeset.text import text


class UnprovenStep(ClosedformError):
    """A step that is not proven; a mistake of closedform, which shows no such step."""

    def __init__(self, left: Tree, right: Tree) -> None:
        self.left = left
        self.right = right
        super().__init__(
            f"a step of the derivation is not proven: {text(left)} = {text(right)}",
            "this is a mistake of closedform; please report it",
        )


@record
class Line:
    """An expression of a chain and why it follows; ``as_written`` keeps its order."""

    tree: Tree
    reason: Prose
    as_written: bool = False

    @property
    def shown(self) -> Tree | AsWritten:
        """The expression as the printers take it."""
        tree = lettered(self.tree)
        return AsWritten(tree) if self.as_written else tree


@record
class Step:
    """``left = right``, proven, and the reason."""

    left: Tree
    right: Tree
    reason: Prose


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
        for step in self.steps:
            prove(step.left, step.right)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the chain."""
        pairs = zip(self.lines, self.lines[1:], strict=False)
        return tuple(Step(left.tree, right.tree, right.reason) for left, right in pairs)


@record
class Derivation:
    """A title, and chains one after the other. It prints itself."""

    title: str
    chains: tuple[Chain, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of all chains."""
        return tuple(step for chain in self.chains for step in chain.steps)

    def titled(self, title: str) -> Derivation:
        """The same derivation under another title."""
        return replace(self, title=title)

    def to_text(self, notation: Notation = SOURCE) -> str:
        """The derivation as lines of text."""
        return layout.as_text(self.title, self.chains, notation)

    def to_latex(self, notation: Notation = SOURCE) -> str:
        r"""The derivation as align* environments (amsmath), the reasons as \text."""
        return layout.as_latex(self.chains, notation)

    def to_markdown(self, notation: Notation = SOURCE) -> str:
        """The derivation in Markdown with displayed mathematics."""
        return layout.as_markdown(self.title, self.chains, notation)

    def to_json(self, notation: Notation = SOURCE) -> dict[str, object]:
        """The derivation as plain data."""
        return layout.as_data(self.title, self.chains, notation)

    def __str__(self) -> str:
        return self.to_text()

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


def prove(left: Tree, right: Tree) -> None:
    """Do nothing if ``left = right`` is proven.

    Raises:
        UnprovenStep: it is not.
    """
    if not _same_in_lowest_terms(left, right) and equal(left, right) is not True:
        raise UnprovenStep(left, right)


def _same_in_lowest_terms(left: Tree, right: Tree) -> bool:
    """Whether both sides are the same fraction: for long ones that is seen without a product."""
    field = open_field(dict.fromkeys((*symbol_names(left), *symbol_names(right))))
    one, two = field.normal(left), field.normal(right)
    return min(len(one.den), len(two.den)) > 1 and one.key() == two.key()
