r"""A derivation: a title, and chains of equal expressions; it prints itself in every form."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from closedform.derivation.rows import align_rows, display
from closedform.derivation.steps import Chain, Step, Steps
from closedform.records import field, record
from closedform.typeset.displayed import Displayed
from closedform.typeset.line_breaks import latex_sentence, paragraph
from closedform.typeset.notation import SOURCE, Notation
from closedform.typeset.prose import (
    Prose,
    capital,
    in_latex,
    in_markdown,
    in_math,
    in_text,
    sentence,
    shown_latex,
    shown_text,
)
from closedform.typeset.width import width

#: Reasons of a derivation in text start at most this far to the right.
INDENT = 46


@record
class Derivation(Displayed):
    """A title, and chains one after the other. It prints itself."""

    title: str
    _chains: tuple[Chain, ...]
    #: The dimensions whose place sizes of one's own take.
    _places: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of all chains."""
        return Steps(step for chain in self._chains for step in chain.steps)

    def to_text(self, notation: Notation = SOURCE) -> str:
        """A block a chain: the subject, then an expression a line with its reason beside it."""
        notation = notation.placing(self._places)
        blocks = [self.title] if self.title else []
        blocks += [_chain_text(chain, notation) for chain in self._chains]
        return "\n\n".join(blocks)

    def to_latex(self, notation: Notation = SOURCE) -> str:
        """A sentence and an align* a chain, and its facts as sentences."""
        notation = notation.placing(self._places)
        blocks = []
        for chain in self._chains:
            heading = capital(in_latex(chain.subject, notation))
            if _inline(chain, notation):
                blocks.append(f"{heading}: {_only(chain, in_latex, notation)}.\n")
            else:
                rows = align_rows(chain.lines, notation)
                said = in_latex(rows.said_before, notation)
                blocks.append(f"{_heading(heading, said)}\n{display(rows)}")
            if chain.facts:
                facts = [latex_sentence(fact, notation) for fact in chain.facts]
                blocks.append(paragraph(facts) + "\n")
        return "\n".join(blocks).rstrip("\n")

    def to_markdown(self, notation: Notation = SOURCE) -> str:
        """Displayed mathematics a chain under its subject, and a list of facts."""
        notation = notation.placing(self._places)
        blocks = [f"**{self.title}**"] if self.title else []
        for chain in self._chains:
            heading = capital(in_markdown(chain.subject, notation))
            if _inline(chain, notation):
                blocks.append(f"{heading}: {_only(chain, in_markdown, notation)}")
            else:
                rows = align_rows(chain.lines, notation)
                blocks.append(_heading(heading, in_markdown(rows.said_before, notation)))
                blocks.append(f"$$\n\\begin{{aligned}}\n{rows}\n\\end{{aligned}}\n$$")
            if chain.facts:
                facts = (sentence(in_markdown(fact, notation)) for fact in chain.facts)
                blocks.append("\n".join(f"- {fact}" for fact in facts))
        return "\n\n".join(blocks)

    def to_json(self, notation: Notation = SOURCE) -> dict[str, object]:
        """Titles, expressions and reasons as plain data."""
        notation = notation.placing(self._places)
        return {
            "title": self.title,
            "chains": [
                {
                    "subject": in_text(chain.subject, notation),
                    "lines": [
                        {
                            "expression": shown_text(line.shown, notation),
                            "latex": shown_latex(line.shown, notation),
                            "reason": in_text(line.reason, notation),
                        }
                        for line in chain.lines
                    ],
                    "facts": [in_text(fact, notation) for fact in chain.facts],
                    "note": in_text(chain.note, notation) or None,
                }
                for chain in self._chains
            ],
        }


def _heading(heading: str, said: str) -> str:
    """The heading of a display, with a reason that has no room in it."""
    return f"{heading}: {said}." if said else f"{heading}:"


def _inline(chain: Chain, notation: Notation) -> bool:
    """Whether there is no step to show, and the only expression fits the line of its subject."""
    if not chain.lines:
        return True
    wide = width(in_math((*chain.subject, chain.lines[0].shown), notation))
    return len(chain.lines) == 1 and not chain.lines[0].reason and wide <= 0.9 * notation.line


def _only(chain: Chain, printer: Callable[[Prose, Notation], str], notation: Notation) -> str:
    return printer((chain.lines[0].shown,) if chain.lines else chain.note, notation)


def _chain_text(chain: Chain, notation: Notation) -> str:
    heading = in_text(chain.subject, notation)
    if not chain.lines:
        return f"{heading}: {in_text(chain.note, notation)}"
    shown = [shown_text(line.shown, notation) for line in chain.lines]
    reasons = [in_text(line.reason, notation) for line in chain.lines]
    column = min(INDENT, max(map(len, shown)))
    lines = [
        f"  = {expression:<{column}}   {reason}".rstrip()
        for expression, reason in zip(shown, reasons, strict=True)
    ]
    return "\n".join([heading, *lines, *(f"  {in_text(fact, notation)}" for fact in chain.facts)])
