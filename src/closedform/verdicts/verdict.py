"""The verdict on a claim: what was decided, and everything a reader needs to check it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from html import escape

from closedform.errors import ClosedformError
from closedform.verdicts.counterexample import Witness
from closedform.verdicts.verdict_latex import verdict_latex

__all__ = ["Verdict", "Witness"]


@dataclass(frozen=True)
class Verdict:
    """``proven``, ``refuted`` or ``undecided``.

    ``method`` names the proof. ``difference`` is left − right, factored; ``holds_when`` lists the
    ways in which a refuted claim would hold; ``witness`` are integers at which it fails;
    ``diagnosis`` says which mistake was made; ``target`` is what a quoted text was held against
    (the left side of its first step); ``step`` is the first wrong step of a chain, counted from 1
    (the comparison with a target is the first). ``reason`` says why a claim is undecided, or on
    which condition a proof rests.
    """

    claim: str
    verdict: str
    method: str | None = None
    difference: str | None = None
    holds_when: tuple[str, ...] = ()
    witness: Witness | None = None
    diagnosis: tuple[str, ...] = ()
    step: int | None = None
    read_as: str | None = None
    reason: str | None = None
    target: str | None = None

    def __bool__(self) -> bool:
        """True for proven, False for refuted.

        Raises:
            ClosedformError: the claim is undecided, which is neither.
        """
        if self.verdict == "undecided":
            raise ClosedformError(
                "an undecided claim is neither true nor false",
                "look at verdict.verdict and .reason",
            )
        return self.verdict == "proven"

    def to_json(self) -> dict[str, object]:
        """The verdict as plain data, for programs: the keys stay as they are."""
        fields = asdict(self)
        del fields["reason"], fields["target"]
        return {key: list(v) if isinstance(v, tuple) else v for key, v in fields.items()}

    def __str__(self) -> str:
        """The verdict as lines of text."""
        return "\n".join(
            [f"{self.verdict}: {self.claim}", *(f"  {line}" for line in self.details())]
        )

    def details(self) -> list[str]:
        """The lines under the headline."""
        lines = []
        if self.read_as:
            lines.append(f"read as: {self.read_as}")
        if self.step is not None and self.verdict != "proven":
            lines.append(
                f"first wrong step: {self.step}"
                if self.verdict == "refuted"
                else f"step: {self.step}"
            )
        if self.method:
            lines.append(f"by: {self.method}")
        if self.reason:
            lines.append(self.reason)
        if self.difference:
            left, right = self._sides()
            lines.append(f"{left} − {right} = {self.difference}")
        if self.witness:
            values = ", ".join(f"{n} = {x}" for n, x in self.witness["values"].items())
            left, right = self._sides()
            one, two = _short(self.witness["left"]), _short(self.witness["right"])
            sides = f"{left} is {one}, {right} is {two}"
            lines.append(f"counterexample: {values}: {sides}" if values else sides)
        if self.holds_when:
            lines.append("holds only when: " + " or ".join(self.holds_when))
        elif self.difference and self.witness and self.witness["values"]:
            lines.append("holds for no positive integers")
        lines += [f"why: {line}" for line in self.diagnosis]
        return lines

    def _sides(self) -> tuple[str, str]:
        """What the two sides of the refuted step are called."""
        if self.target is not None and self.step in (None, 1):
            return self.target, "the formula"
        return "left", "right"

    def to_markdown(self) -> str:
        """The verdict as a headline and a list."""
        return "\n".join(
            [f"**{self.verdict}**: `{self.claim}`", "", *(f"- {x}" for x in self.details())]
        )

    def to_html(self) -> str:
        """The verdict as a headline and a list."""
        details = "".join(f"<li>{escape(line, quote=False)}</li>" for line in self.details())
        claim = escape(self.claim, quote=False)
        return f"<p><b>{self.verdict}</b>: <code>{claim}</code></p><ul>{details}</ul>"

    def to_latex(self) -> str:
        """The verdict as a paragraph."""
        return verdict_latex(self)

    def _repr_latex_(self) -> str:
        return self.to_latex()

    def _repr_html_(self) -> str:
        return self.to_html()

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


def _short(number: str) -> str:
    """A long number by its first and last digits."""
    return number if len(number) <= 60 else f"{number[:20]}…{number[-20:]} ({len(number)} digits)"
