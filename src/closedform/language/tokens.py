"""Tokens: what the scanner makes of a text, and where each stood in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from lark import Token

#: Tokens that can end a factor, and tokens that can begin one.
ENDS = frozenset({"NUMBER", "NAME", "RPAR", "RFLOOR", "RCEIL", "WORD", "LAYER"})
BEGINS = frozenset(
    {
        "NUMBER",
        "NAME",
        "LPAR",
        "LFLOOR",
        "LCEIL",
        "FRACTION",
        "ROOT",
        "NTHROOT",
        "FUNCTION",
        "PREFIX",
        "LOGBASE",
        "SERIES",
        "SUMMATION",
        "QUANTITY",
        "LAYER",
        "WORD",
    }
)
OPENERS = {"LPAR": "RPAR", "LFLOOR": "RFLOOR", "LCEIL": "RCEIL"}
CLOSERS = frozenset(OPENERS.values())


def token(kind: str, value: str, start: int, end: int) -> Token:
    """A token of the grammar that stands at ``text[start:end]``."""
    return Token(kind, value, start_pos=start, end_pos=end)


def start(item: Token) -> int:
    """Where the token begins."""
    return item.start_pos or 0


def end(item: Token) -> int:
    """Where the token ends."""
    return item.end_pos or 0


@dataclass
class Scan:
    """The tokens of a text; ``words`` are the words that were split into letters, by where they start."""

    text: str
    tokens: list[Token]
    words: dict[int, Token] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
