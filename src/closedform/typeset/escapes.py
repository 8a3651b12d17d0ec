r"""Plain words and typed text in LaTeX, Markdown, HTML, and for a stream that has ASCII alone.

Words are plain text: a sign that a form reserves is escaped, what LaTeX's fonts lack (², α, ×) is
set as mathematics, and signs that move a cursor or start a new line are spaces. What a stream
cannot encode is ASCII that reads the same.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable

from closedform.errors import printable
from closedform.later import html, regex
from closedform.records import record
from closedform.typeset.names import COMMANDS, RESERVED

#: Signs, what each is in LaTeX, and in ASCII.
_SIGNS: dict[str, tuple[str, str]] = {
    **{letter: (rf"$\{name}$", name) for name, letter in COMMANDS.items()},
    **{sign: (f"$^{n}$", str(n)) for n, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    "−": ("$-$", "-"),
    "·": (r"$\cdot$", "*"),
    "×": (r"$\times$", "*"),
    "÷": (r"$\div$", "/"),
    "≈": (r"$\approx$", "~="),
    "≠": (r"$\neq$", "!="),
    "≤": (r"$\le$", "<="),
    "≥": (r"$\ge$", ">="),
    "≪": (r"$\ll$", "<<"),
    "≫": (r"$\gg$", ">>"),
    "→": (r"$\to$", "->"),
    "∞": (r"$\infty$", "infinity"),
    "⌊": (r"$\lfloor$", "floor("),
    "⌋": (r"$\rfloor$", ")"),
    "⌈": (r"$\lceil$", "ceil("),
    "⌉": (r"$\rceil$", ")"),
    "–": ("--", "-"),
    "…": (r"\dots{}", "..."),
}
_LATEX_TABLE = str.maketrans(RESERVED | {sign: latex for sign, (latex, _) in _SIGNS.items()})
#: The letters of a typewriter are all in its font, where the commands for text look elsewhere.
_CODE_TABLE = _LATEX_TABLE | {ord(sign): rf"\char{ord(sign)}{{}}" for sign in "\\{}"}
_ASCII_TABLE = str.maketrans(
    {sign: shown for sign, (_, shown) in _SIGNS.items()}
    | {"—": "-", "√": "sqrt", "Σ": "sum", "’": "'", "“": '"', "”": '"'}
)
#: The handler of encoding errors that this module registers.
PLAIN = "closedform.plain"
_RAISED = regex("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
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
    r"""Typed text in LaTeX.

    >>> latex_code("\\frac{1}{N}")
    '\\texttt{\\char92{}frac\\char123{}1\\char125{}\\char123{}N\\char125{}}'
    """
    escaped = printable(typed).translate(_CODE_TABLE)
    return rf"\texttt{{{_JOINED.sub('', escaped)}}}"


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


@record
class Script:
    """How words, what is typed, and the LaTeX of a formula are written in one form."""

    words: Callable[[str], str]
    code: Callable[[str], str]
    formula: Callable[[str], str]


LATEX = Script(latex_words, latex_code, "${}$".format)
MARKDOWN = Script(markdown_words, markdown_code, "${}$".format)
HTML = Script(html_words, html_code, html_math)
#: Inside LaTeX mathematics: words as ``\text``.
MATH = Script(
    words=lambda plain: rf"\text{{{latex_words(plain)}}} ",
    code=lambda typed: rf"\text{{{latex_code(typed)}}} ",
    formula="{} ".format,
)


def plain(text: str) -> str:
    r"""``text`` in ASCII; a sign without a plain form is written as an escape.

    >>> plain("k²·M − 1 ≤ ρ·输"), plain("n ≫ d, V ≪ L")
    ('k^2*M - 1 <= rho*\\u8f93', 'n >> d, V << L')
    """
    powers = _RAISED.sub(lambda digits: "^" + digits[0], text)
    return _escaped(powers.translate(_ASCII_TABLE))


def _escaped(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode("ascii")


def _replace(error: UnicodeError) -> tuple[str, int]:
    """The plain form of what ``error`` is about, and of the power that it is a part of."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text, start, end = error.object, error.start, error.end
    # Latin-1 has three of the digits: k¹⁰ must become neither k¹^0 nor k¹0.
    if _RAISED.match(text, max(0, start - 1), start) and _RAISED.match(text, start):
        return _escaped(text[start : start + 1]), start + 1
    if power := _RAISED.match(text, end - 1):
        end = power.end()
    return plain(text[start:end]), end


codecs.register_error(PLAIN, _replace)
