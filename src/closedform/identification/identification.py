"""What a formula was identified as; prints itself."""

from __future__ import annotations

from dataclasses import dataclass

from closedform.algebra.tree import Symbol, substitute
from closedform.cost.registry import LAYERS
from closedform.identification.templates import Part, Template
from closedform.typeset.arrange import arrange
from closedform.typeset.notation import SOURCE
from closedform.typeset.text import text as as_text
from closedform.typeset.words import latex_words
from closedform.verdicts.words_with_formulas import formula_latex


@dataclass(frozen=True)
class Match:
    """A quantity in the language, and by how much the formula is larger (``None`` when equal)."""

    quantity: str
    difference: str | None = None


@dataclass(frozen=True)
class Identification:
    """The quantities that a formula equals, and the nearest ones where it equals none."""

    formula: str
    equals: tuple[Match, ...]
    nearest: tuple[Match, ...]

    def __str__(self) -> str:
        """The quantities, one a line."""
        if self.equals:
            return "\n".join([f"{self.formula} is", *(f"  {m.quantity}" for m in self.equals)])
        if not self.nearest:
            return f"{self.formula} is no cost of a layer in the catalogue, nor near one"
        lines = [f"  {_near(match)}" for match in self.nearest]
        return "\n".join([f"{self.formula} is no cost of one layer; nearest:", *lines])

    def to_json(self) -> dict[str, object]:
        """The same as plain data, for programs."""
        return {
            "formula": self.formula,
            "equals": [match.quantity for match in self.equals],
            "nearest": [
                {"quantity": match.quantity, "difference": match.difference}
                for match in self.nearest
            ],
        }

    def to_markdown(self) -> str:
        """The same as a Markdown list."""
        head, *lines = str(self).split("\n")
        return "\n".join([head, "", *(f"- `{line.strip()}`" for line in lines)]).rstrip()

    def to_latex(self) -> str:
        """The same as a LaTeX list; quantities stay in the language."""
        head, *_ = str(self).removeprefix(self.formula).split("\n")
        head = f"{_math(self.formula)}{head}"
        matches = self.equals or self.nearest
        if not matches:
            return f"{head}."
        items = [rf"\item \verb|{match.quantity}|{_gap_latex(match)}" for match in matches]
        return "\n".join([head, r"\begin{itemize}", *items, r"\end{itemize}"])

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


def quantity_text(template: Template, binding: dict[str, str]) -> str:
    """A template in the language, its dimensions bound: ``params(conv(k=K, bias))``."""
    return " / ".join(_part(part, binding) for part in template.parts)


def _part(part: Part, binding: dict[str, str]) -> str:
    symbols = {dimension: Symbol(name) for dimension, name in binding.items()}
    written = []
    for dimension in LAYERS[part.layer].dims:
        given = dict(part.sizes).get(dimension, Symbol(dimension))
        size = substitute(given, {**symbols})
        if size != Symbol(dimension) and (dimension in binding or dimension in dict(part.sizes)):
            written.append(f"{dimension}={as_text(arrange(size, SOURCE))}")
    inside = ", ".join([*written, *part.flags])
    convention = f", convention={part.by}" if part.by != "exact" else ""
    return f"{part.measure}({part.layer}{f'({inside})' if inside else ''}{convention})"


def _near(match: Match) -> str:
    if match.difference is None:
        return match.quantity
    gap = match.difference
    return f"{match.quantity} {f'− {gap[1:].strip()}' if gap.startswith('−') else f'+ {gap}'}"


def _gap_latex(match: Match) -> str:
    """What is added to the quantity; the empty group makes the sign one between two terms."""
    if match.difference is None:
        return ""
    gap = _math(match.difference).strip("$")
    return f" ${{}} {gap if gap.startswith('-') else f'+ {gap}'}$"


def _math(written: str) -> str:
    found = formula_latex(written)
    return f"${found}$" if found else latex_words(written)
