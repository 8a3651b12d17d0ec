r"""The limit that an ≈ is meant in: ``as n → ∞``, ``for large n``, ``(V \ll L d)``."""

from __future__ import annotations

from collections.abc import Mapping

from closedform.errors import ParseError
from closedform.language.claim import Limit
from closedform.language.parser import parse
from closedform.later import regex
from closedform.records import record

_WORDS = "where|and|as|for|when|if|with|当|且"
_SIDE = rf"[^\s,;:()≈=<>≫≪→$](?:(?!\b(?:{_WORDS})\b)[^,;:()≈=<>≫≪→$])*?"
_SIGNS = r"→|->|⟶|\\(?:to|rightarrow|gg|ll)(?![A-Za-z])|≫|≪|>>|<<"
#: What leads to a condition, in TeX maybe.
_LEAD = rf"(?:\\(?:text|mathrm|quad|,|;|:|!)\s*\{{?)*\s*\b(?:{_WORDS})\s*\}}?\s*"
#: What stands before a limit: a bracket that calls nothing, a comma, such a word, or nothing.
_BEFORE = rf"(?:(?:(?<![\w)\]}}])[(（]|[,;，])\s*(?:{_LEAD})?|{_LEAD}|\A\s*)\$?"
_AFTER = r"\s*\$?\s*[)）]?\s*[.。]?\s*\Z"
_LIMIT = regex(rf"{_BEFORE}(?P<left>{_SIDE})\s*(?P<sign>{_SIGNS})\s*(?P<right>{_SIDE}){_AFTER}")
#: The same in words: for large N, when N is very large.
_SYMBOL = r"(?:\\[A-Za-z]+|[A-Za-z\u0370-\u03ff])(?:_\{?\w+\}?)?"
_LARGE = regex(
    rf"{_BEFORE}(?:(?:(?:very|sufficiently)\s+)?large\s*\}}?\s*\$?(?P<after>{_SYMBOL})"
    rf"|(?P<before>{_SYMBOL})\$?(?:\s+(?:is\s+)?(?:(?:very|sufficiently)\s+)?large|\s*(?:很|足够)大时?))"
    rf"{_AFTER}"
)
#: No text without one of these states a limit.
_HINT = regex(rf"{_SIGNS}|large|大")
#: Any limit behind "as".
_OTHER = regex(rf"\bas\s[^=≈<>:]{{1,20}}?(?:{_SIGNS})\s*\S*")
_INFINITY = regex(r"\+?\s*(?:∞|\\infty|inf(?:inity|ty)?|oo)")
_BELOW = frozenset({"≪", "<<", r"\ll"})
_ARROWS = frozenset({"→", "->", "⟶", r"\to", r"\rightarrow"})


@record
class WrittenLimit:
    """``large`` is far above ``small``, as texts; ``small`` is "1" where it goes to infinity."""

    large: str
    small: str
    shown: str


def cut_limit(text: str) -> tuple[str, WrittenLimit | None]:
    r"""A text without the limit that stands at its end, spaces in its place, and the limit.

    >>> cut_limit("n(n+1) ≈ n^2 as n → ∞")[1].large
    'n'
    >>> cut_limit("1/N + 1/k^2 ≈ 1/k^2 for large N")[1].large
    'N'
    >>> cut_limit(r"V \ll L d")[1]
    WrittenLimit(large='L d', small='V', shown='V \\ll L d')

    Raises:
        ParseError: a limit of another kind, such as one at 0, behind ``as``.
    """
    if _HINT.search(text) is None:
        return text, None
    if said := _LARGE.search(text):
        size = (said["after"] or said["before"]).strip()
        rest = text[: said.start()] + " " * (len(text) - said.start())
        return rest, WrittenLimit(size, "1", f"{size} → ∞")
    stated = _LIMIT.search(text)
    if stated and stated["sign"] in _ARROWS and not _INFINITY.fullmatch(stated["right"].strip()):
        stated = None
    other = _OTHER.search(text)
    if other and (stated is None or other.start() < stated.start()):
        # as and → would be letters and a sign of the claim.
        hint = "state that of one size: as n → ∞, where n ≫ d"
        raise ParseError(text, *other.span(), "this limit is not taken here", hint)
    if stated is None:
        return text, None
    left, sign, right = stated["left"].strip(), stated["sign"], stated["right"].strip()
    shown = text[stated.start("left") : stated.end("right")].strip()
    rest = text[: stated.start()] + " " * (len(text) - stated.start())
    large, small = (right, left) if sign in _BELOW else (left, right)
    return rest, WrittenLimit(large, "1" if sign in _ARROWS else small, shown)


def read_limit(
    text: str, written: WrittenLimit, bound: frozenset[str], names: Mapping[str, str] | None
) -> Limit:
    """The limit that is written in a text.

    Raises:
        ParseError: a side of it that cannot be read, with the place.
    """
    try:
        large = parse(written.large, bound=bound, names=names)
        return Limit(large, parse(written.small, bound=bound, names=names), written.shown)
    except ParseError as error:
        start = max(0, text.find(written.shown))
        end = start + len(written.shown)
        raise ParseError(text, start, end, error.problem, error.hint) from None
