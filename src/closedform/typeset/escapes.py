r"""Plain words and typed text in LaTeX, Markdown and HTML.

Words are plain text: a sign that a form reserves is escaped, what LaTeX's fonts lack (², α, ×) is
set as mathematics, and signs that move a cursor or start a new line are spaces.
"""

from __future__ import annotations

from closedform.errors import printable
from closedform.later import html, regex
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
    "≪": r"$\ll$",
    "≫": r"$\gg$",
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
#: Two signs side by side are one formula: two dollars would open a display.
_JOINED = regex(r"(?<!\\)\$\$")
_MARKDOWN_TABLE = str.maketrans({sign: "\\" + sign for sign in "\\`*_<$"})
_TICKS = regex("`+")


def latex_words(plain: str) -> str:
    r"""Plain text in LaTeX.

    >>> latex_words("α = 75% of k²")
    '$\\alpha$ = 75\\% of k$^2$'
    >>> latex_words("β·x")
    '$\\beta\\cdot$x'
    """
    return _JOINED.sub("", printable(plain).translate(_LATEX_TABLE))


def markdown_words(plain: str) -> str:
    r"""Plain text in Markdown.

    >>> markdown_words("batch_norm")
    'batch\\_norm'
    """
    return printable(plain).translate(_MARKDOWN_TABLE)


def html_math(latex: str) -> str:
    """A formula in HTML."""
    return rf"\({html.escape(latex, quote=False)}\)"


def latex_code(typed: str) -> str:
    """Typed text in LaTeX."""
    return rf"\texttt{{{latex_words(typed)}}}"


def markdown_code(typed: str) -> str:
    """Typed text in Markdown, between more backticks than stand in it.

    >>> markdown_code("a`b")
    '`` a`b ``'
    """
    typed = printable(typed)
    longest = max(map(len, _TICKS.findall(typed)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {typed} {fence}" if longest else f"`{typed}`"


def html_words(plain: str) -> str:
    """Plain text in HTML."""
    return html.escape(printable(plain), quote=False)


def html_code(typed: str) -> str:
    """Typed text in HTML."""
    return f"<code>{html_words(typed)}</code>"
