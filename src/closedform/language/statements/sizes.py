"""Sizes that a sentence or the cells of a row say of a layer: with 64 input channels, k = 5.

Each is put into the target, as any other statement is. Each of many is one of them: a token.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from closedform.algebra.tree import Number, Symbol, Tree
from closedform.errors import ParseError
from closedform.language.claim import Member
from closedform.language.layers import Expand
from closedform.language.statements.another_formula import with_size
from closedform.language.statements.asked_layers import has_argument
from closedform.later import regex
from closedform.symbols import SIZES
from closedform.synonyms import sizes_called

_WORDS = r"[^\W\d_]+(?:[ _-][^\W\d_]+)?"
#: A number of something, before its name or behind it; what there are many of; from 64 to 128.
_NUMBER = regex(
    rf"(?i)(?:(?P<before>{_WORDS})(?:(?P<gives>\s*=\s*)|\s*[:：]\s*|\s+of\s+|\s?))?"
    rf"(?<![A-Za-z0-9_.,×/^-])(?P<value>\d{{1,7}})(?![\w.,]*\d|\s*[×xX%^/]|[A-Za-z])"
    rf"(?:[ -]?(?P<behind>{_WORDS})(?P<next>(?=\s+\d))?)?"
)
_EACH = regex(
    r"(?i)(?<!since )(?<!because )(?<!as )(?:(?P<one>\b(?:each|every|one|a single|jede[rs]?|chaque"
    rf"|cada|ogni)\s+|每一?[个個])|\b(?:whole|entire|ganzen?)\s+|整[个個])(?P<of>{_WORDS})"
)
_ARROW = regex(r"(?<![\w.×])(\d+)\s*(?:→|->|⟶|\bto\b)\s*(\d+)(?![\w.×])|\bconv(\d)-(\d+)(?![\w.])")
#: Of how much a sentence speaks: for 32 layers.
_FOR = regex(r"(?i)\b(?:for|at|in|on|per|für|bei|auf|pour|dans)\s+(?:[^\W\d_]+\s+)?\Z")
#: One of all that goes out, on a map or in a sequence.
_PLACES = dict.fromkeys(("position", "pixel", "location", "位置", "像素"), frozenset("Hn"))
#: Whose plural is meant, and what is behind a size.
_PLURALS = ("", "s", "n")

_Said = tuple[tuple[int, int], frozenset[str], Tree]


def check_sizes(
    written: str,
    text: str,
    target: Member,
    expand: Expand,
    *,
    each: bool,
) -> None:
    """Refuse sizes with which the target is another formula, or that none of its layers has.

    ``text``: what is ``written``, with another sign in the place of its formulas. Of several
    numbers that are said of a size one is that of the target. ``each``: so is what is said of each
    of many.

    Raises:
        ParseError: with the place, and what would be held.
    """
    layers = target.layers
    rows: dict[frozenset[str], list[tuple[tuple[int, int], str]]] = defaultdict(list)
    for place, names, value in _said(text, each=each):
        own = frozenset(n for n in names if any(has_argument(x.name, n, expand) for x in layers))
        if own and len(layers) > 1:
            continue  # it may be said of one of them
        general = own & target.names and isinstance(value, Number) and value.value != 1
        others = [with_size(target, name, value, expand) for name in sorted(own)]
        if not own:
            of_many = value != Number(1) and _FOR.search(text[: place[0]])
            others = ["what has such a size"] * bool(of_many)
            own = frozenset(names)
        rows[own].append((place, "" if general or not all(others) else min(others, default="")))
    for said in rows.values():
        if all(other for _, other in said):
            (start, end), other = said[0]
            problem = f"the text says {written[start:end].strip()!r}, and the target does not"
            hint = f"leave it out, or hold the text against {other}"
            raise ParseError(written, start, end, problem, hint)


def without_sizes(text: str) -> str:
    """What a text says besides numbers of what is a size: at 4096 tokens."""
    for (start, end), _, value in _said(text, each=False):
        if isinstance(value, Number):
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _said(text: str, *, each: bool) -> Iterator[_Said]:
    for number in _NUMBER.finditer(text):
        sides = ["before", "behind"] if number["next"] is not None else ["behind", "before"]
        for side in sides:
            given = side == "before" and number["gives"] is not None
            if names := _named(number[side] or "", given=given):
                ends = sorted((number.span("value"), number.span(side)))
                yield (ends[0][0], ends[1][1]), names, Number(int(number["value"]))
                break
    for of in _EACH.finditer(text) if each else ():
        names = _PLACES.get(of["of"].split()[0].lower()) or _named(of["of"])
        if (names and of["one"]) or names == {"B"}:
            yield of.span(), names, Number(1) if of["one"] else Symbol("B")
    for arrow in _ARROW.finditer(text):
        sizes = "MN" if arrow[1] else "kN"
        for name, said in zip(sizes, filter(None, arrow.groups()), strict=True):
            yield arrow.span(), frozenset(name), Number(int(said))


def _named(words: str, *, given: bool = False) -> frozenset[str]:
    """The sizes that words name, or the first or the last of them; letters where one is given."""
    parts = re.split("[ _-]", words)
    if given and (letters := {words, parts[-1]} & SIZES.keys()):  # for k = 5
        return frozenset(letters)
    for called in dict.fromkeys((words, parts[0], parts[-1])):
        names = {n for end in _PLURALS for n in sizes_called(f"{called}{end}")} if called else ()
        if sizes := frozenset(names) & SIZES.keys():
            return sizes
    return frozenset()
