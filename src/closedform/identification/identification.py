"""What a formula was identified as; prints itself."""

from __future__ import annotations

from closedform.algebra.tree import Negative, Sum, Tree
from closedform.identification.bindings import Binding, sizes_in
from closedform.identification.templates import Part, Template
from closedform.language.vocabulary import QUANTITIES
from closedform.records import record, replace
from closedform.typeset.arrange import arrange
from closedform.typeset.displayed import Displayed
from closedform.typeset.line_breaks import ITEM, paragraph, set_in_lines
from closedform.typeset.notation import SOURCE, Notation
from closedform.typeset.prose import Code, Prose, Sign, in_markdown, in_text
from closedform.typeset.text import text as as_text


@record
class Match:
    """A quantity in the language, and by how much the formula is larger (``None`` when equal).

    ``usual``: each symbol is a letter that papers use for its size.
    """

    quantity: str
    _difference: Tree | None = None
    usual: bool = True

    @property
    def difference(self) -> str | None:
        """By how much the formula is larger, as text."""
        return None if self._difference is None else in_text((self._difference,))

    def _said(self) -> Prose:
        """The quantity as typed, and what is added to it or subtracted."""
        if self._difference is None:
            return (Code(self.quantity),)
        gap = arrange(self._difference, SOURCE)
        first = gap.terms[0] if isinstance(gap, Sum) else gap
        sign = () if isinstance(first, Negative) else (Sign("+", "+"),)
        return (Code(self.quantity), " ", *sign, gap)


@record
class Identification(Displayed):
    """The quantities that a formula equals, and the nearest ones where it equals none.

    ``told`` says what was left out of the text.
    """

    _tree: Tree
    equals: tuple[Match, ...]
    nearest: tuple[Match, ...] = ()
    told: str | None = None
    notation: Notation = SOURCE

    @property
    def formula(self) -> str:
        """The formula as text."""
        return in_text((self._tree,))

    def to_text(self) -> str:
        """The quantities, one a line."""
        return "\n".join([in_text(self._head()), *(f"  {in_text(m)}" for m in self._matches())])

    def to_json(self) -> dict[str, object]:
        """The same as plain data, for programs."""
        return {
            "formula": self.formula,
            "equals": [match.quantity for match in self.equals],
            "nearest": [
                {"quantity": match.quantity, "difference": match.difference}
                for match in self.nearest
            ],
            **({"told": self.told} if self.told else {}),
        }

    def to_markdown(self) -> str:
        """The same as a Markdown list."""
        items = [f"- {in_markdown(match)}" for match in self._matches()]
        return "\n".join([in_markdown(self._head()), "", *items]).rstrip()

    def to_latex(self) -> str:
        """The same as a LaTeX list; quantities stay in the language."""
        inner = replace(self.notation, line=self.notation.line - ITEM)
        items = [rf"\item {set_in_lines(match, inner)}" for match in self._matches()]
        head = set_in_lines(self._head(), self.notation)
        if not items:
            return f"{head}."
        return paragraph([head, r"\begin{itemize}", *items, r"\end{itemize}"])

    def _head(self) -> Prose:
        if self.equals:
            return self._tree, " is"
        if self.nearest:
            return self._tree, " is no cost of one layer; nearest:"
        return self._tree, " is no cost of a layer in the catalogue, nor near one"

    def _matches(self) -> list[Prose]:
        matches = [match._said() for match in self.equals or self.nearest]
        return [*matches, *([(self.told,)] if self.told else [])]


def quantity_text(template: Template, binding: Binding) -> str:
    """A template in the language, its dimensions bound: ``params(conv(k=K, bias))``."""
    return " / ".join(_part(part, binding) for part in template.parts)


def _part(part: Part, binding: Binding) -> str:
    layers = " + ".join(_layer(name, part, binding) for name in part.layers)
    option = f", {QUANTITIES[part.measure][0]}={part.by}" if part.by != "exact" else ""
    return f"{part.measure}({layers}{option})"


def _layer(name: str, part: Part, binding: Binding) -> str:
    sizes = sizes_in(name, part, binding).items()
    written = [f"{dimension}={as_text(arrange(size, SOURCE))}" for dimension, size in sizes]
    inside = ", ".join([*written, *part.flags])
    return f"{name}({inside})" if inside else name
