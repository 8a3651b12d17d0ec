"""Sentences with mathematics in them: "cancel the common factor M·HW", "N → ∞: 1/k²".

A sentence is a tuple of words, expressions and signs; what it looks like is decided when it is
printed, in a notation. Words are ASCII, so that they may stand in any LaTeX document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias

from closedform.algebra.tree import Tree
from closedform.typeset.arrange import arrange
from closedform.typeset.latex import latex
from closedform.typeset.notation import SOURCE, Notation
from closedform.typeset.text import text


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign between expressions, in text and in LaTeX."""

    text: str
    latex: str


@dataclass(frozen=True, slots=True)
class AsWritten:
    """An expression that keeps its own order, factors apart: k·k·M rather than k²M."""

    tree: Tree


EQUAL = Sign("=", "=")
LESS = Sign("<", "<")
MORE = Sign(">", ">")
AT_LEAST = Sign("≥", r"\ge")
AT_MOST = Sign("≤", r"\le")
TIMES = Sign("×", r"\times")
TO_INFINITY = Sign("→ ∞", r"\to \infty")
#: The sign of each relation of the language.
RELATION_SIGNS: dict[str, Sign] = {"=": EQUAL, "<": LESS, ">": MORE, "<=": AT_MOST, ">=": AT_LEAST}

Part: TypeAlias = "str | Tree | Sign | AsWritten"
Prose: TypeAlias = tuple[Part, ...]

_ESCAPED = str.maketrans({c: "\\" + c for c in "_%&#$"})


def in_text(prose: Prose, notation: Notation = SOURCE) -> str:
    """The sentence as plain text.

    >>> from closedform.algebra.tree import Symbol
    >>> in_text((Symbol("N"), TO_INFINITY, ": ", 1 / Symbol("k") ** 2))
    'N → ∞: 1/k²'
    """
    return _joined(prose, lambda words: words, lambda part: _text(part, notation), str)


def in_math(prose: Prose, notation: Notation = SOURCE) -> str:
    r"""The sentence inside LaTeX mathematics: words as \text.

    >>> from closedform.algebra.tree import Symbol
    >>> in_math(("cancel ", Symbol("M")))
    '\\text{cancel } M'
    """

    def words(part: str) -> str:
        return rf"\text{{{part.translate(_ESCAPED)}}} "

    return _joined(prose, words, lambda part: _latex(part, notation), lambda run: run + " ").strip()


def in_latex(prose: Prose, notation: Notation = SOURCE) -> str:
    """The sentence in running LaTeX: mathematics in dollars."""
    return _joined(
        prose,
        lambda words: words.translate(_ESCAPED),
        lambda part: _latex(part, notation),
        lambda run: f"${run}$",
    )


def in_markdown(prose: Prose, notation: Notation = SOURCE) -> str:
    """The sentence in Markdown: mathematics in dollars."""
    return _joined(
        prose,
        lambda words: words.replace("_", r"\_"),
        lambda part: _latex(part, notation),
        lambda run: f"${run}$",
    )


def sentence(line: str) -> str:
    """A printed line with a capital and a full stop."""
    return capital(line) + ("" if line.endswith(".") else ".")


def capital(line: str) -> str:
    """A printed line with its first letter large."""
    return line[:1].upper() + line[1:]


def shown_text(part: Tree | AsWritten, notation: Notation) -> str:
    """An expression as text; arranged, unless it is kept as written."""
    tree, notation = _placed(part, notation)
    return text(tree, notation)


def shown_latex(part: Tree | AsWritten, notation: Notation) -> str:
    """An expression in LaTeX; arranged, unless it is kept as written."""
    tree, notation = _placed(part, notation)
    return latex(tree, notation)


def _placed(part: Tree | AsWritten, notation: Notation) -> tuple[Tree, Notation]:
    if isinstance(part, AsWritten):
        dotted = notation if notation.product != "none" else replace(notation, product="dot")
        return part.tree, dotted
    return arrange(part, notation), notation


def _text(part: Part, notation: Notation) -> str:
    if isinstance(part, Sign):
        return part.text
    return part if isinstance(part, str) else shown_text(part, notation)


def _latex(part: Part, notation: Notation) -> str:
    if isinstance(part, Sign):
        return part.latex
    return part if isinstance(part, str) else shown_latex(part, notation)


def _joined(
    prose: Prose,
    words: Callable[[str], str],
    formula: Callable[[Part], str],
    run: Callable[[str], str],
) -> str:
    return "".join(_pieces(prose, words, formula, run))


def _pieces(
    prose: Prose,
    words: Callable[[str], str],
    formula: Callable[[Part], str],
    run: Callable[[str], str],
) -> Iterator[str]:
    """Words as they are; neighbouring mathematics in one run, spaces between."""
    for is_words, group in groupby(prose, key=lambda part: isinstance(part, str)):
        if is_words:
            yield words("".join(part for part in group if isinstance(part, str)))
        else:
            yield run(" ".join(formula(part) for part in group))
