"""What no token shows, and is refused: a range, a comparison in words, 13,5 GB, HTML."""

from __future__ import annotations

from closedform.errors import ParseError
from closedform.later import regex

#: Two numbers and a dash, alone on a side; a hyphen before one with a scale, as in 70-75k.
_RANGE = regex(
    r"(?:^|[=≈<>])\s*([0-9][0-9.,]*[kKMGBT%]?[–~～〜][0-9][0-9.,]*(?:\s*[A-Za-z%]+)?"
    r"|[0-9][0-9.,]*-[0-9][0-9.,]*\s?[kKMGBT%])\s*(?=$|[=≈<>.,;])"
)
#: How a number is compared in words, at the beginning.
_COMPARED = regex(
    r"(?i)\A\W*(at most|at least|(?:more|less|fewer) than|up to|under|over|below|above|höchstens"
    r"|mindestens|weniger als|mehr als|au plus|au moins|moins de|plus de|menos de|más de|不到|超过"
    r"|至多|至少|少于|多于)(?=\s*[~≈]?\s*\d)"
)
#: Without one of these, or a word at its beginning, a text has none of them. Each begins with a
#: sign and no class, so that the search passes by all other signs at once.
_MAYBE = regex(
    "|".join(["<sup>", "only", ",[0-9]", *(f"{s}(?<=[0-9kKMGBT%.,]{s})[0-9]" for s in "–-~～〜")])
)
_WORD_FIRST = regex(r"\W*[^\W\d_]{2}")
#: What it looks like, and why that is refused.
_UNSEEN = (
    (regex("(<sup>)"), "a power in HTML", "write it as k^2 or k²"),
    (
        regex(r"\b(only)\s+(?:if|when|for|where)\b"),
        "only says that it holds nowhere else, which is another claim",
        "leave the word out",
    ),
    (
        _COMPARED,
        "a comparison in words",
        "write its sign before the number: <, <=, > or >=",
    ),
    (
        # Two digits or one behind it, then a unit or nothing.
        regex(r"(?:^|[=≈:：])\s*([0-9]+,[0-9]{1,2})(?=\s*(?:%|[^\W\d_]|$|[=≈]))"),
        "this comma parts no thousands",
        "write a point: {}",
    ),
    (
        _RANGE,
        "a range, or a difference?",
        "give one claim for each end, with < or >; a difference has spaces around its -",
    ),
)


def check_signs(text: str) -> None:
    """Refuse what no token shows: a range, 70K–80K, 13,5 GB, a power in HTML, and ``only if``."""
    maybe = _MAYBE.search(text) or _WORD_FIRST.match(text)
    for pattern, problem, hint in _UNSEEN if maybe else ():
        if said := pattern.search(text):
            point = said[1].replace(",", ".")
            raise ParseError(text, *said.span(1), problem, hint.format(point))
