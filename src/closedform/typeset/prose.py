"""Sentences with mathematics in them: "cancel the common factor M·HW", "N → ∞: 1/k²".

A sentence is a tuple of words, expressions and signs; what it looks like is decided when it is
printed, in a notation. Each printer escapes words for where they go: nothing that somebody typed
comes out as LaTeX, Markdown or HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import partial
from itertools import groupby
from typing import TypeAlias

from closedform.algebra.tree import Number, Tree
from closedform.errors import printable
from closedform.records import replace, slotted
from closedform.typeset.arrange import arrange
from closedform.typeset.escapes import HTML, LATEX, MARKDOWN, MATH, Script
from closedform.typeset.latex import latex
from closedform.typeset.notation import SOURCE, Notation
from closedform.typeset.numbers import number_text
from closedform.typeset.text import text


@slotted
class Sign:
    """A sign, or a formula that is given as text and as LaTeX without dollars."""

    text: str
    latex: str


@slotted
class AsWritten:
    """An expression that keeps its own order, factors apart: k·k·M rather than k²M."""

    tree: Tree


@slotted
class Code:
    """Something typed, such as ``conv(k=3)``."""

    written: str

    def __str__(self) -> str:
        return self.written


EQUAL = Sign("=", "=")
LESS = Sign("<", "<")
MORE = Sign(">", ">")
AT_LEAST = Sign("≥", r"\ge")
AT_MOST = Sign("≤", r"\le")
TIMES = Sign("×", r"\times")
TO_INFINITY = Sign("→ ∞", r"\to \infty")
#: The sign of each relation of the language.
RELATION_SIGNS: dict[str, Sign] = {"=": EQUAL, "<": LESS, ">": MORE, "<=": AT_MOST, ">=": AT_LEAST}
#: What must hold for an expression to have a value.
NEED_SIGNS: dict[str, Sign] = {
    "≠ 0": Sign("≠ 0", r"\ne 0"),
    "≥ 0": Sign("≥ 0", r"\ge 0"),
    "> 0": Sign("> 0", "> 0"),
}

#: From here on the digits of a number in a sentence stand in groups of three.
GROUPED = 10_000
#: A sentence of more characters than somebody reads is left out of what is told.
READABLE = 400

Part: TypeAlias = "str | Tree | Sign | AsWritten | Code"
Prose: TypeAlias = tuple[Part, ...]


def say(words: str, *parts: Part | Prose | int | Fraction) -> Prose:
    """A sentence in which each ``{}`` of ``words`` is one of ``parts``.

    >>> from closedform.algebra.tree import Symbol
    >>> in_text(say("the factor {} is missing{}", 2 * Symbol("M"), " in it"))
    'the factor 2M is missing in it'
    """
    first, *rest = words.split("{}")
    sentence: list[Part] = [first] if first else []
    for part, after in zip(parts, rest, strict=True):
        if isinstance(part, tuple):
            sentence += part
        elif isinstance(part, (int, Fraction)):
            sentence.append(Number(int(part) if part == int(part) else part))
        else:
            sentence.append(part)
        if after:
            sentence.append(after)
    return tuple(sentence)


def listed(items: Iterable[Part | Prose], between: str = ", ") -> Prose:
    """Items with words between them."""
    all_items = tuple(items)
    return say(between.join("{}" for _ in all_items), *all_items)


def in_text(prose: Prose, notation: Notation = SOURCE) -> str:
    """The sentence as plain text; among words the digits of a long number stand in groups.

    >>> from closedform.algebra.tree import Symbol
    >>> in_text((Symbol("N"), TO_INFINITY, ": ", 1 / Symbol("k") ** 2))
    'N → ∞: 1/k²'
    """
    shown = _text if len(prose) == 1 else _grouped
    return joined(prose, notation, script=Script(printable, printable, str), formula=shown)


def is_readable(*said: Part) -> bool:
    """Whether a sentence is short enough for somebody to read."""
    return len(in_text(said)) <= READABLE


def in_math(prose: Prose, notation: Notation = SOURCE) -> str:
    r"""The sentence inside LaTeX mathematics: words as \text.

    >>> from closedform.algebra.tree import Symbol
    >>> in_math(("cancel ", Symbol("M")))
    '\\text{cancel } M'
    """
    return joined(prose, notation, script=MATH).strip()


def sentence(line: str) -> str:
    """A printed line with a capital and a full stop."""
    return capital(line) + ("" if line.endswith(".") else ".")


def capital(line: str) -> str:
    """A printed line with its first letter large."""
    return line[:1].upper() + line[1:]


def shown_text(part: Tree | AsWritten, notation: Notation) -> str:
    """An expression as text; arranged, unless it is kept as written."""
    return text(*_placed(part, notation))


def shown_latex(part: Tree | AsWritten, notation: Notation) -> str:
    """An expression in LaTeX; arranged, unless it is kept as written."""
    return latex(*_placed(part, notation))


def _placed(part: Tree | AsWritten, notation: Notation) -> tuple[Tree, Notation]:
    if isinstance(part, AsWritten):
        dotted = notation if notation.product != "none" else replace(notation, product="dot")
        return part.tree, dotted
    return arrange(part, notation), notation


def _text(part: Part, notation: Notation) -> str:
    if isinstance(part, (Tree, AsWritten)):
        return shown_text(part, notation)
    return part.text if isinstance(part, Sign) else part.written if isinstance(part, Code) else part


def _grouped(part: Part, notation: Notation) -> str:
    if isinstance(part, Number) and abs(Fraction(part.value)) >= GROUPED:
        return number_text(part.value, group=",")
    return _text(part, notation)


def _latex(part: Part, notation: Notation) -> str:
    if isinstance(part, (Tree, AsWritten)):
        return shown_latex(part, notation)
    return part.latex if isinstance(part, Sign) else _text(part, notation)


def joined(
    prose: Prose,
    notation: Notation = SOURCE,
    *,
    script: Script,
    formula: Callable[[Part, Notation], str] = _latex,
) -> str:
    """Words and code as they are; neighbouring mathematics in one run, spaces between."""
    pieces: list[str] = []
    for kind, group in groupby(prose, key=_kind):
        parts = list(group)
        if kind is str:
            pieces.append(script.words("".join(map(str, parts))))
        elif kind is Code:
            pieces += [script.code(part.written) for part in parts if isinstance(part, Code)]
        else:
            shown = " ".join(formula(part, notation) for part in parts)
            pieces.append(script.formula(shown))
    return "".join(pieces)


#: A sentence in running LaTeX and in Markdown, mathematics in dollars, and in HTML, mathematics in
#: the brackets that MathJax and KaTeX set.
in_latex = partial(joined, script=LATEX)
in_markdown = partial(joined, script=MARKDOWN)
in_html = partial(joined, script=HTML)


def _kind(part: Part) -> type[str] | type[Code] | None:
    return str if isinstance(part, str) else Code if isinstance(part, Code) else None
