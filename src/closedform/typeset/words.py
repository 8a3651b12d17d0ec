r"""Words with mathematics among them, and words in LaTeX, Markdown and HTML.

Words are plain text: a sign that a form reserves is escaped, and what LaTeX's fonts lack (², α, ×)
is set as mathematics.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from closedform.typeset.names import GREEK

_LATEX: dict[str, str] = {
    **{sign: "\\" + sign for sign in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"$^{n}$" for n, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    **{letter: rf"$\{name}$" for name, letter in GREEK.items()},
    "−": "$-$",
    "·": r"$\cdot$",
    "×": r"$\times$",
    "÷": r"$\div$",
    "≈": r"$\approx$",
    "≠": r"$\neq$",
    "≤": r"$\le$",
    "≥": r"$\ge$",
    "→": r"$\to$",
    "∞": r"$\infty$",
    "⌊": r"$\lfloor$",
    "⌋": r"$\rfloor$",
    "⌈": r"$\lceil$",
    "⌉": r"$\rceil$",
    "–": "--",
    "…": r"\dots{}",
}
_LATEX_TABLE = str.maketrans(_LATEX)
_MARKDOWN_TABLE = str.maketrans({sign: "\\" + sign for sign in "\\`*_<$"})


@dataclass(frozen=True, slots=True)
class Math:
    """A formula among words, in text and in LaTeX without dollars."""

    text: str
    latex: str


Words: TypeAlias = "tuple[str | Math, ...]"


def words_text(words: Words) -> str:
    """The words as plain text."""
    return _joined(words, str, lambda math: math.text)


def words_latex(words: Words) -> str:
    """The words in running LaTeX."""
    return _joined(words, latex_words, lambda math: f"${math.latex}$")


def words_markdown(words: Words) -> str:
    """The words in Markdown, formulas in dollars."""
    return _joined(words, markdown_words, lambda math: f"${math.latex}$")


def words_html(words: Words) -> str:
    r"""The words in HTML, formulas in \( \), which MathJax and KaTeX set."""
    return _joined(words, escape, lambda math: html_math(math.latex))


def latex_words(plain: str) -> str:
    r"""Plain text in LaTeX.

    >>> latex_words("α = 75% of k²")
    '$\\alpha$ = 75\\% of k$^2$'
    """
    return plain.translate(_LATEX_TABLE)


def markdown_words(plain: str) -> str:
    r"""Plain text in Markdown.

    >>> markdown_words("batch_norm")
    'batch\\_norm'
    """
    return plain.translate(_MARKDOWN_TABLE)


def html_math(latex: str) -> str:
    """A formula in HTML."""
    return rf"\({escape(latex, quote=False)}\)"


def _joined(
    words: Sequence[str | Math], plain: Callable[[str], str], math: Callable[[Math], str]
) -> str:
    return "".join(plain(part) if isinstance(part, str) else math(part) for part in words)
