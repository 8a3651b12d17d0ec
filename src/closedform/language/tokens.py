"""Tokens: what the scanner makes of a text, and where each stood in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import dropwhile

from closedform.errors import ParseError
from closedform.records import NamedTuple, entity, field, slotted_entity


@slotted_entity
class Token:
    """A token of the grammar that stands at ``text[start:end]``."""

    type: str
    value: str
    start: int
    end: int

    def __str__(self) -> str:
        return self.value


class Word(NamedTuple):
    """A word that became one name, or one for each of its letters; ``names`` are these."""

    written: str
    start: int
    end: int
    names: frozenset[str]
    split: bool


class Part(NamedTuple):
    """What is ``said`` to be the factor or term before it, in ``text[start:end]``."""

    said: str
    start: int
    end: int
    of: Sequence[Token]


#: Tokens that can end a factor, and tokens that can begin one.
ENDS = frozenset("NUMBER NAME RPAR RFLOOR RCEIL RBAR FACTORIAL WORD LAYER".split())
BEGINS = frozenset(
    "NUMBER NAME LPAR LFLOOR LCEIL LBAR FRACTION BINOMIAL ROOT NTHROOT FUNCTION PREFIX LOGBASE "
    "LOGOF SERIES SHORTHAND SUMMATION QUANTITY LAYER SHARED PORTION WORD".split()
)
#: Signs that stand between two factors or terms.
OPERATORS = frozenset({"PLUS", "MINUS", "TIMES", "DIVIDE", "OVERFLOOR", "MOD", "POWER"})
#: Spaces that are seen, and words that are no names.
SPACES = frozenset({"GAP", "ROW"})
WORDS = frozenset({"WORD", "PROSE"})
OPENERS = {"LPAR": "RPAR", "LFLOOR": "RFLOOR", "LCEIL": "RCEIL", "LBAR": "RBAR"}
CLOSERS = frozenset(OPENERS.values())
#: How much deeper in brackets a text is behind a token.
DEEPER = {**dict.fromkeys(OPENERS, 1), **dict.fromkeys(CLOSERS, -1)}


@entity
class Scan:
    """The tokens of a text.

    ``words``: the words in it that became names, by where they start. ``notes``: what was guessed.
    ``refused``: why a token of type UNREAD cannot be read, and ``layers``: which words that were
    read as symbols are names of layers, by where they start. ``kinds``: the types of the tokens,
    and of some that others have taken the place of: what has none of a kind is not gone through.
    ``parts``: what is said of one factor or term.
    """

    text: str
    tokens: list[Token]
    kinds: set[str] = field(default_factory=set)
    words: dict[int, Word] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    refused: dict[int, tuple[str, str]] = field(default_factory=dict)
    layers: dict[int, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    @property
    def has_words(self) -> bool:
        """Whether the text says anything beside its formulas, or what was read as a symbol."""
        said = self.words or self.refused or self.notes
        return bool(said) or not WORDS.isdisjoint(self.kinds)

    def error(self, tokens: Sequence[Token | Word], problem: str, hint: str) -> ParseError:
        """The error for a run of tokens."""
        return ParseError(self.text, tokens[0].start, tokens[-1].end, problem, hint)

    def excerpt(self, tokens: Sequence[Token]) -> str:
        """The text of a run of tokens, with the brace that closes its last group."""
        start, end = (tokens[0].start, tokens[-1].end) if tokens else (0, 0)
        missing = self.text.count("{", start, end) - self.text.count("}", start, end)
        while missing > 0 and self.text[end : end + 1] == "}":
            missing, end = missing - 1, end + 1
        return self.text[start:end].strip()


def outside(tokens: Iterable[Token]) -> Iterator[tuple[int, Token]]:
    """The tokens outside all brackets, with their places; what closes the last one is outside."""
    depth = 0
    for place, item in enumerate(tokens):
        depth += DEEPER.get(item.type, 0)
        if not depth:
            yield place, item


def trimmed(tokens: Sequence[Token], edges: Set[str]) -> list[Token]:
    """The tokens without those of some types at both ends."""
    kept = [*dropwhile(lambda item: item.type in edges, tokens)]
    while kept and kept[-1].type in edges:
        kept.pop()
    return kept


def closing_places(signs: Iterable[tuple[int, str]], opening: str, closing: str) -> dict[int, int]:
    """Where each bracket closes, by where it opens; one that is never closed is left out.

    >>> closing_places(enumerate("{a{b}}{"), "{", "}")
    {2: 4, 0: 5}
    """
    places: dict[int, int] = {}
    opened: list[int] = []
    for place, sign in signs:
        if sign == opening:
            opened.append(place)
        elif sign == closing and opened:
            places[opened.pop()] = place
    return places
