r"""How a derivation looks: text, align* with the reasons as \text, Markdown, plain data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from closedform.algebra.tree import Quotient, Sum, Tree
from closedform.typeset.notation import Notation
from closedform.verbs.prose import (
    AsWritten,
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

#: Characters that fit beside each other in a column of an article (345 pt, 10 pt type).
WIDE = 56
#: Reasons of a derivation in text start at most this far to the right.
INDENT = 46


class LineLike(Protocol):
    """An expression and why it follows from the one before."""

    @property
    def reason(self) -> Prose:
        """Why."""

    @property
    def shown(self) -> Tree | AsWritten:
        """The expression."""


class ChainLike(Protocol):
    """Equal expressions under a heading."""

    @property
    def subject(self) -> Prose:
        """The heading."""

    @property
    def lines(self) -> Sequence[LineLike]:
        """The expressions."""

    @property
    def facts(self) -> Sequence[Prose]:
        """What follows."""

    @property
    def note(self) -> Prose:
        """Why there are none."""


def as_text(title: str, chains: Sequence[ChainLike], notation: Notation) -> str:
    """A block a chain: the subject, then an expression a line with its reason beside it."""
    blocks = [title] if title else []
    blocks += [_chain_text(chain, notation) for chain in chains]
    return "\n\n".join(blocks)


def as_latex(chains: Sequence[ChainLike], notation: Notation) -> str:
    """A sentence and an align* a chain, and its facts as sentences."""
    blocks = []
    for chain in chains:
        heading = capital(in_latex(chain.subject, notation))
        if _plain(chain):
            blocks.append(_paragraph([f"{heading}: {_only(chain, in_latex, notation)}."]) + "\n")
        else:
            rows = " \\\\\n".join(_rows(chain, notation))
            blocks.append(f"{heading}:\n\\begin{{align*}}\n{rows}\n\\end{{align*}}")
        if chain.facts:
            facts = [sentence(in_latex(fact, notation)) for fact in chain.facts]
            blocks.append(_paragraph(facts) + "\n")
    return "\n".join(blocks).rstrip("\n")


def _paragraph(sentences: list[str]) -> str:
    """Sentences in LaTeX; where a formula is long, with room to break the line before it."""
    lines = "\n".join(sentences)
    if max(map(len, lines.split(" $"))) <= WIDE and max(map(len, sentences)) <= 2 * WIDE:
        return lines
    return f"\\begin{{sloppypar}}\n{lines}\n\\end{{sloppypar}}"


def as_markdown(title: str, chains: Sequence[ChainLike], notation: Notation) -> str:
    """Displayed mathematics a chain under its subject, and a list of facts."""
    blocks = [f"**{title}**"] if title else []
    for chain in chains:
        heading = capital(in_markdown(chain.subject, notation))
        if _plain(chain):
            blocks.append(f"{heading}: {_only(chain, in_markdown, notation)}")
        else:
            rows = " \\\\\n".join(_rows(chain, notation))
            blocks.append(f"{heading}:")
            blocks.append(f"$$\n\\begin{{aligned}}\n{rows}\n\\end{{aligned}}\n$$")
        if chain.facts:
            facts = (sentence(in_markdown(fact, notation)) for fact in chain.facts)
            blocks.append("\n".join(f"- {fact}" for fact in facts))
    return "\n\n".join(blocks)


def as_data(title: str, chains: Sequence[ChainLike], notation: Notation) -> dict[str, object]:
    """Titles, expressions and reasons as plain data."""
    return {
        "title": title,
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
            for chain in chains
        ],
    }


def _plain(chain: ChainLike) -> bool:
    """Whether there is no step to show: one expression without a reason, or none at all."""
    return not chain.lines or (len(chain.lines) == 1 and not chain.lines[0].reason)


def _only(chain: ChainLike, printer: Callable[[Prose, Notation], str], notation: Notation) -> str:
    return printer((chain.lines[0].shown,) if chain.lines else chain.note, notation)


def _chain_text(chain: ChainLike, notation: Notation) -> str:
    heading = in_text(chain.subject, notation)
    if not chain.lines:
        return f"{heading}: {in_text(chain.note, notation)}"
    shown = [shown_text(line.shown, notation) for line in chain.lines]
    reasons = [in_text(line.reason, notation) for line in chain.lines]
    if _plain(chain):
        return f"{heading}\n  = {shown[0]}"
    column = min(INDENT, max(map(len, shown)))
    lines = [
        f"  = {expression:<{column}}   {reason}".rstrip()
        for expression, reason in zip(shown, reasons, strict=True)
    ]
    return "\n".join([heading, *lines, *(f"  {in_text(fact, notation)}" for fact in chain.facts)])


def _rows(chain: ChainLike, notation: Notation) -> list[str]:
    """The rows of an align*: reasons beside the expressions, or above them where it is tight."""
    reasons = [in_math(line.reason, notation) for line in chain.lines]
    widest = max(_width(line.shown, notation) for line in chain.lines)
    longest = max(len(in_text(line.reason, notation)) for line in chain.lines)
    beside = widest + longest <= WIDE
    rows = []
    for number, (line, reason) in enumerate(zip(chain.lines, reasons, strict=True)):
        equals = "&= " if number else "& "
        expression = equals + _broken(line.shown, notation)
        if not reason:
            rows.append(expression)
        elif beside:
            rows.append(f"{expression} && {reason}")
        else:
            rows += [f"& {reason}", expression]
    return rows


def _broken(shown: Tree | AsWritten, notation: Notation) -> str:
    """The expression, a long sum broken between its terms."""
    whole = shown_latex(shown, notation)
    tree = shown.tree if isinstance(shown, AsWritten) else shown
    if not isinstance(tree, Sum) or _width(shown, notation) <= WIDE:
        return whole
    line = ""
    rows: list[str] = []
    for piece in whole.replace(" - ", "\0- ").replace(" + ", "\0+ ").split("\0"):
        depth = line.count("{") - line.count("}") + line.count(r"\left") - line.count(r"\right")
        if (line and not depth and len(line) > WIDE and not rows) or (
            len(line) > 2 * WIDE and not depth
        ):
            rows.append(line)
            line = piece
        else:
            line = f"{line} {piece}" if line else piece
    return " \\\\\n&\\quad ".join([*rows, line])


def _width(shown: Tree | AsWritten, notation: Notation) -> int:
    """About how many characters wide an expression is once it is set."""
    tree = shown.tree if isinstance(shown, AsWritten) else shown
    if isinstance(tree, Quotient):
        return max(_width(tree.numerator, notation), _width(tree.denominator, notation))
    if isinstance(tree, Sum):
        return sum(_width(term, notation) + 3 for term in tree.terms)
    return len(shown_text(shown, notation))
