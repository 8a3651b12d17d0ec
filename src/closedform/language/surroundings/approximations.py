r"""In which sense formulas are ≈: the limit that is meant, and words that say roughly.

The limit is written as ``as n → ∞``, ``for large n``, ``(V \ll L d)``; the words beside a formula,
such as roughly, leading term, 约为, make an approximation of an equality.
"""

from __future__ import annotations

from collections.abc import Mapping

from closedform.errors import ParseError
from closedform.language.claim import Limit
from closedform.language.parser import parse
from closedform.language.surroundings.chain import Chain
from closedform.language.tokens import Scan
from closedform.language.vocabulary import COMPARED
from closedform.later import regex
from closedform.records import record

_LEADING = "where|and|as|for|when|if|with|当|且"
_SIDE = rf"[^\s,;:()≈=<>≫≪→$](?:(?!\b(?:{_LEADING})\b)[^,;:()≈=<>≫≪→$])*?"
_SIGNS = r"→|->|⟶|\\(?:to|rightarrow|gg|ll)(?![A-Za-z])|≫|≪|>>|<<"
#: What leads to a condition, in TeX maybe.
_LEAD = rf"(?:\\(?:text|mathrm|quad|,|;|:|!)\s*\{{?)*\s*\b(?:{_LEADING})\s*\}}?\s*"
#: What stands before a limit: a bracket that calls nothing, a comma, such a word, or nothing.
_OPENING = rf"(?:(?:(?<![\w)\]}}])[(（]|[,;，])\s*(?:{_LEAD})?|{_LEAD}|\A\s*)\$?"
_AFTER = r"\s*\$?\s*[)）]?\s*[.。]?\s*\Z"
_LIMIT = regex(rf"{_OPENING}(?P<left>{_SIDE})\s*(?P<sign>{_SIGNS})\s*(?P<right>{_SIDE}){_AFTER}")
#: The same in words: for large N, when N is very large.
_SYMBOL = r"(?:\\[A-Za-z]+|[A-Za-z\u0370-\u03ff])(?:_\{?\w+\}?)?"
_LARGE = regex(
    rf"{_OPENING}(?:(?:(?:very|sufficiently)\s+)?large\s*\}}?\s*\$?(?P<after>{_SYMBOL})"
    rf"|(?P<before>{_SYMBOL})\$?(?:\s+(?:is\s+)?(?:(?:very|sufficiently)\s+)?large|\s*(?:很|足够)大时?))"
    rf"{_AFTER}"
)
#: No text without one of these states a limit: the patterns would try each place of a long one.
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


#: What says nothing else, and what may also speak of a subject: all about convolutions.
_PLAIN = (
    r"approx(?:\.|\b)|(?:approximately|approximated|roughly|estimated|estimate|asymptotically"
    r"|(?:leading|dominant|dominating)(?:[- ]order(?: terms?)?| terms?)|ungefähre?|geschätzte?"
    r"|environ|estim[ée]e?|aproximad[ao](?:mente)?|stimat[oa]|примерно|приблизительно|оценка)\b"
)
#: The same in scripts without spaces between words; 节约 is to save, 合约 a contract.
_SCRIPT = (
    r"大[约約]|大概|大致|(?<![节節合条條契制])[约約]|近似|估[计計算]|概算|およそ|おおよそ|ほぼ|推定"
    r"|대략|근사|추정"
)
_OTHERS = r"(?:about|around|circa|or so|etwa|rund|около)\b|ca\.|左右|약|정도"
#: What is counted may stand between the word and the formula: estimated number of params: ….
_COUNTED = (
    r"(?:\s+(?:the|number|count|total|of|params?|parameters?|weights|macs?|flops?|madds?|ops"
    r"|operations|cost|memory|size)\b)*"
)
_ENDS = rf"{_COUNTED}(?:\s+(?:is|equal to)\b|[为為是等])?[\s\W]*\Z"
_BEFORE = regex(rf"(?:(?<![\w-])({_PLAIN}|{_OTHERS})|({_SCRIPT})){_ENDS}")
_BEHIND = regex(
    rf"\A[\s\W]*(?:({_PLAIN}|{_SCRIPT})(?=\s*(?:[^\w\s]|\Z))|({_OTHERS})[\s\W]*\Z"
    rf"|((?:[x×*]|times|-?fold)\s*(?:{'|'.join(sorted(COMPARED))})\b))"
)
_NOT = regex(
    r"(?:\b(?:no|not|non|never|without|kein\w*|nicht|sans|sin|не|без)|[不非无無])[\s\W]*\Z"
)
#: What is in each of them: four letters that are no command, two short ones, or another script.
_SPOKEN = regex(r"(?<![\\A-Za-z])[A-Za-z]{4}|[Cc][Aa]\.|[Oo][Rr] [Ss][Oo]|[^\x00-\x7f]")


def weaken(scan: Scan, chain: Chain, *, quoted: bool) -> None:
    """Put ≈ for the = of each formula beside which such a word was left out, and tell it.

    What is claimed to be roughly so is not refuted because a small term is missing.
    """
    pieces = [piece.tokens for piece in chain.pieces]
    if not _SPOKEN.search(scan.text) or not all(pieces) or not (quoted or chain.relations):
        return
    until = chain.conditions[0].start if chain.conditions else len(scan.text)
    starts = [tokens[0].start for tokens in pieces] + [until]
    behind = 0
    for place, tokens in enumerate(pieces):
        before = scan.text[behind : starts[place]].lower()
        before = before.rpartition("=")[2] if place else before
        behind = tokens[-1].end
        after = scan.text[behind : starts[place + 1]].lower()
        after = after if place == len(pieces) - 1 else after.rpartition("=")[0]
        said = _SPOKEN.search(before) and _BEFORE.search(before)
        said = said or _BEHIND.search(after)
        if said is None or _NOT.search(said.string[: said.start()]):
            continue
        at = max(place - 1, 0) if place or not quoted else None
        relation = chain.opening if at is None else chain.relations[at]
        if relation == "=":
            chain.notes.append(f"{next(filter(None, said.groups()))!r} as ≈")
            if at is None:
                chain.opening = "≈"
            else:
                chain.relations[at] = "≈"
