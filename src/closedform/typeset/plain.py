"""What a stream that cannot encode a sign gets in its place: ASCII that reads the same."""

from __future__ import annotations

import codecs

from closedform.later import regex
from closedform.typeset.names import GREEK

#: The handler of encoding errors that this module registers.
NAME = "closedform.plain"

_PLAIN = str.maketrans(
    {
        **{letter: name for name, letter in GREEK.items()},
        **{digit: str(n) for n, digit in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
        "−": "-",
        "–": "-",
        "—": "-",
        "·": "*",
        "×": "*",
        "÷": "/",
        "≤": "<=",
        "≥": ">=",
        "≠": "!=",
        "≈": "~=",
        "→": "->",
        "≫": ">>",
        "≪": "<<",
        "…": "...",
        "⌊": "floor(",
        "⌋": ")",
        "⌈": "ceil(",
        "⌉": ")",
        "√": "sqrt",
        "Σ": "sum",
        "∞": "infinity",
        "’": "'",
        "“": '"',
        "”": '"',
    }
)
_RAISED = regex("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def plain(text: str) -> str:
    r"""``text`` in ASCII; a sign without a plain form is written as an escape.

    >>> plain("k²·M − 1 ≤ ρ·输"), plain("n ≫ d, V ≪ L")
    ('k^2*M - 1 <= rho*\\u8f93', 'n >> d, V << L')
    """
    powers = _RAISED.sub(lambda digits: "^" + digits[0], text)
    return _escaped(powers.translate(_PLAIN))


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


codecs.register_error(NAME, _replace)
