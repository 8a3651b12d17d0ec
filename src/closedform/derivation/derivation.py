"""A derivation: a title, and chains of equal expressions."""

from __future__ import annotations

from dataclasses import replace

from closedform.derivation import layout
from closedform.derivation.steps import Chain, Step
from closedform.records import record
from closedform.typeset.displayed import Displayed
from closedform.typeset.notation import SOURCE, Notation


@record
class Derivation(Displayed):
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
