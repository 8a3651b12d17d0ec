r"""Remarks in a formula and after it, told from factors by their kinds.

A remark follows the whole (``(bias的数量…)``, ``\quad (\text{scale and shift})``) or a factor of it
(``64（输入通道）``). One that speaks of an amount is refused; each that is left out is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from closedform.language import vocabulary as v
from closedform.language.amounts import speaks_of_amount
from closedform.language.cuts import FORMS
from closedform.language.numbers.scales import is_scale
from closedform.language.scanning.numerals import read_value
from closedform.language.surroundings import patterns as p
from closedform.language.surroundings.asides import EDGES, Asides, neutral, partners
from closedform.language.surroundings.errors import amount, beside, goes_on, no_part
from closedform.language.surroundings.numerals import MemberTokens, without
from closedform.language.surroundings.token_kinds import Item, is_spoken, items_of, shape
from closedform.language.tokens import ENDS, OPERATORS, SPACES, WORDS, Scan, Token, outside, trimmed
from closedform.later import regex
from closedform.records import entity
from closedform.synonyms import meant

#: What sets prose apart inside of \text{ }: \text{ (without bias)}.
_APART = regex(r"[,;—，；]|[(（\[].*[)）\]]\W*\Z", re.DOTALL)
#: Numbers, signs and units, no symbol but the letter of a scale.
_NUMERIC = regex(r"(?:[9*+/()^U-]|9[WA])+")
#: A rate behind a number: ``bytes/param``, ``KB per token``; in a whole claim of anything.
_RATES = regex(r"(?:(?<=9)U|(?<=9A))[/A][UWSn](?=[*/+\-)]|\Z)")
_EACH = frozenset({"token", "tokens"})
# A space before the word is how TeX sets prose: 1\text{ pixel}.
_SPACED = regex(r"\\(?:text[a-z]*|[mh]box)\s*\{[\s~]")
#: Without one of these tokens, and without a word, a text is all formula.
_MARKS = frozenset("WORD PROSE GAP ROW STOP BAR UNREAD COLON COMMA".split())
#: What a bracket may stand behind as a remark; that of a layer holds its arguments.
_FACTORS = ENDS - {"LAYER"}
_TERMS = frozenset({"PLUS", "MINUS", "POWER"})
_RELATIONS = frozenset(v.RELATIONS)


@entity
class Reader(Asides):
    """Reads the members of one text."""

    def member(self, tokens: Sequence[Token], *, last: bool) -> MemberTokens:
        """One member of a chain.

        Raises:
            ParseError: a remark that speaks of an amount, or stands before another relation.
        """
        if self.quoted and (multiple := self._multiple(tokens)):
            return MemberTokens([*tokens[:1]], [f"{multiple!r} as the number {tokens[0]}"])
        used = self.known | single_symbols(self.scan, tokens)
        read = self.without_asides(tokens, used, last=last)
        items = self._without_units(read, used)
        cut = self._tail(items, last=last)
        if cut < len(items):
            read.notes.append(without(self.scan, [t for item in items[cut:] for t in item.tokens]))
        kept = trimmed([token for item in items[:cut] for token in item.tokens], SPACES)
        while kept and kept[-1].type in EDGES:
            kept.pop()
        read.kept = kept
        return read

    def _tail(self, items: Sequence[Item], *, last: bool) -> int:
        """Where the remark after the formula begins."""
        kinds = shape(items)
        words = max(map(kinds.rfind, p.WORDS))
        first = len(kinds.rstrip(p.REMARK)) - 1
        depth = 0
        for place, item in enumerate(items):
            if depth == 0 and place and place <= words and item.kind in "UC,.:_Nd|WSA":
                rest = kinds[place:] if place >= first else ""
                if rest and not self._is_attribute(item) and self._is_remark(items, place, rest):
                    self._check(items[place:], rest, last=last)
                    return place
                words_beside = item.tokens[0].type in WORDS
                if words_beside and items[place - 1].tokens[-1].type in ENDS:
                    raise beside(self.scan, item)
            depth += (item.kind in "([") - (item.kind in ")]")
        return len(items)

    def _without_units(self, read: MemberTokens, used: frozenset[str]) -> list[Item]:
        """The items without the units between factors and signs: ``9 weights + 1``.

        Among numbers alone a product goes on behind one: ``7 billion params × 2 bytes/param``.
        """
        items = self._without_rates(read, items_of(self.scan, read.kept, used))
        letters = v.SUFFIXES.keys() - self.known
        plain = "".join("A" if i.written in letters else i.kind for i in items)
        signs = "+-)*/" if _NUMERIC.fullmatch(plain) else "+-)"
        kept: list[Item] = []
        for item, after in zip(items, [*items[1:], None], strict=False):
            memory = item.written in ("byte", "bytes", "Byte", "Bytes")
            signed = after is not None and after.kind in ("+-)*/" if memory else signs)
            counted = kept and (item.kind == "U" or self._is_counted(kept[-1].tokens[-1], item))
            counted = counted and not is_scale(item.written)
            behind = kept and (kept[-1].tokens[-1].type in ENDS or is_scale(kept[-1].written))
            if signed and counted and behind and item.kind in "UWS":
                read.notes.append(without(self.scan, item.tokens))
                if self.quoted and item.kind != "U":  # 128 heads is said of 128
                    self.say(item.written, item.tokens, kept[-1].tokens)
            else:
                kept.append(item)
        return kept

    def _without_rates(self, read: MemberTokens, items: list[Item]) -> list[Item]:
        """The items without the ``bytes/param``, the ``/token`` of ``64 KiB/token`` too."""
        for match in reversed([*_RATES.finditer(shape(items))]):
            # A unit with a prefix is a number: 14 GFLOPs per token.
            start = match.start() + (len(match[0]) > 2 and is_scale(items[match.start()].written))
            rate = items[start : match.end()]
            sign, of = rate[-2].written.lower(), rate[-1].written
            whole = re.findall(rf"(/\s*|per )?\b{re.escape(of)}\b", self.scan.text)
            alone = all(whole) and len(of) > 1 and of not in self.known
            anything = (alone and not self.quoted) or (of in _EACH and of not in self.known)
            if sign in ("/", "per") and (rate[-1].kind == "U" or anything):
                read.notes.append(without(self.scan, [t for item in rate for t in item.tokens]))
                items = items[:start] + items[match.end() :]
        return items

    def _is_remark(self, items: Sequence[Item], place: int, kinds: str) -> bool:
        """Whether the rest is a remark; only a unit or a verb stands right behind a factor."""
        head, before = items[place], items[place - 1].tokens[-1]
        if head.tokens[0].type == "PROSE" and _APART.match(head.tokens[0].value.strip()):
            return p.pattern_of(p.TAILS, "," + neutral(kinds)) is not None
        if head.kind in "WSA" and not self._is_counted(before, head):
            return False
        # What counts stands behind a factor, and not behind another word: in the paper.
        factor = before.type in ENDS and items[place - 1].kind != "W"
        behind = factor or is_scale(items[place - 1].written)
        if head.kind in "UC" and (not behind or is_scale(head.written)):
            return False
        if head.kind in "WSA":
            kinds = "U" + kinds[1:]
        if head.kind in ",._:N":
            plain = (
                "W" if i.kind == "S" and "_" not in i.written else i.kind for i in items[place:]
            )
            kinds = "".join(plain)
        return p.pattern_of(p.TAILS, neutral(kinds)) is not None

    def _is_attribute(self, item: Item) -> bool:
        """Whether a full stop touches what is on either side: nobody said what MN.numel is."""
        before, after = self.scan.text[item.start - 1], self.scan.text[item.start + 1 :][:1]
        return item.kind == "." and after.isascii() and after.isalpha() and not before.isspace()

    def _is_counted(self, before: Token, head: Item) -> bool:
        """Whether a word behind a number says what is counted: 4,704 connections."""
        led = head.written.lower() in v.PROSE | v.CONDITIONALS
        if before.type != "NUMBER" or is_scale(head.written) or led:
            return False
        word = self.scan.words.get(head.start)
        if head.kind == "S":
            return _SPACED.match(self.scan.text, head.start) is not None
        # dim is a size by its name, and no d·i·m
        return word is None or is_spoken(word) or bool(meant(word.written))

    def _check(self, items: Sequence[Item], kinds: str, *, last: bool) -> None:
        tokens = [token for item in items for token in item.tokens]
        if not last and (kinds[0] in ",._N" or kinds[-1] in "mn9"):
            raise goes_on(self.scan, tokens[0])
        if p.goes_on(kinds) or p.counts(items):
            raise amount(self.scan, tokens)
        if not self.quoted and set(kinds) - set("U.,N_"):
            raise no_part(self.scan, tokens)

    def _multiple(self, tokens: Sequence[Token]) -> str:
        """``8.8×``, ``8.8x fewer``, ``8.8 times less computation``: how many times, a pure number.

        An x that is a symbol of the target, or stands elsewhere, is that symbol.
        """
        kept = [item for item in tokens if item.type not in SPACES]
        if len(kept) < 2 or kept[0].type != "NUMBER":
            return ""
        kinds = [item.type for item in kept[:3]]
        if kinds == ["NUMBER", "MINUS", "NUMBER"] and self._multiple(kept[2:]):
            problem, hint = "a range is no number", "give one claim for each end, with < or >"
            raise self.scan.error([kept[0], kept[2]], problem, hint)
        text, sign, rest = self.scan.text, kept[1], kept[2:]
        word = text[rest[0].start :] if rest else ""
        compared = text[sign.start : sign.end].lower() in ("x", "×", r"\times", "times", "*", "-")
        if sign.type == "NAME":
            times = sum(t.type == "NAME" and t.value == sign.value for t in self.scan.tokens)
            compared = compared and sign.value not in self.known and times == 1
        if sign.type == "MINUS":
            compared = word.lower().startswith("fold")
            rest = []
        if not compared or (rest and not v.COMPARED & {word.split()[0].lower().strip(".,;")}):
            return ""
        if rest and read_value(kept[0].value) < 1:  # 0.125x cheaper
            raise amount(self.scan, kept)
        return text[kept[0].start :].strip()[:60]


def sentence(scan: Scan, tokens: Sequence[Token]) -> str:
    """A note on what follows ``where`` and states nothing: where M - input channels.

    Raises:
        ParseError: an amount, or a sign other than the dash that explains.
    """
    if speaks_of_amount(scan.excerpt(tokens)):
        raise amount(scan, tokens)
    computed = [t for t in tokens if t.type in OPERATORS - {"MINUS"} | {"NUMBER"}]
    if computed:
        raise scan.error(computed[:1], f"{computed[0]} stands in words after where", FORMS)
    return without(scan, tokens)


def single_symbols(scan: Scan, tokens: Sequence[Token]) -> frozenset[str]:
    """Names of the formula outside any word."""
    names: set[str] = set()
    end = 0
    for before, item, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        word = scan.words.get(item.start)
        if word is not None:
            end = word.end
        # a, A, I, and the z of a remark in Polish
        led = item.value in "aAI" or (before is not None and before.type in EDGES)
        article = led and after is not None and (after.start in scan.words or after.type == "WORD")
        if item.type == "NAME" and item.start >= end and not article:
            names.add(item.value)
    return frozenset(names)


def has_marks(scan: Scan, pieces: Sequence[Sequence[Token]]) -> bool:
    """Whether a remark may stand in a member: a comma inside of brackets is between arguments."""
    if _MARKS.isdisjoint(scan.kinds):
        return False
    marks = _MARKS.intersection([item.type for piece in pieces for item in piece])
    if marks != {"COMMA"}:
        return bool(marks)
    return any(item.type == "COMMA" for piece in pieces for _, item in outside(piece))


def has_aside(tokens: Sequence[Token]) -> bool:
    """Whether a bracket without words behind a factor may be a remark; N(k^2 M + 1) is none."""
    kinds = [item.type for item in tokens]
    closed: dict[int, int] = {}
    place = 0
    for _ in range(kinds.count("LPAR")):
        place = kinds.index("LPAR", place) + 1
        opening = tokens[place - 1]
        if place > 1 and kinds[place - 2] in _FACTORS and opening.end > opening.start:
            closed = closed or partners(tokens)
            inside = kinds[place : closed.get(place - 1, 0)]
            made = kinds[place - 2] == "NUMBER" and tokens[place - 2].end < opening.start
            if place - 1 in closed and (
                made or _TERMS.isdisjoint(inside) or not _RELATIONS.isdisjoint(inside)
            ):
                return True
    return False
