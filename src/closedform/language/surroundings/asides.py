"""Brackets behind a factor: a remark, the letter of a number, a condition, or a factor."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from closedform.algebra.exact import known_value
from closedform.algebra.tree import Tree
from closedform.language import vocabulary as v
from closedform.language.operators import Operators
from closedform.language.scanning.numerals import read_value
from closedform.language.surroundings import patterns as p
from closedform.language.surroundings.errors import (
    amount,
    check_reference,
    either,
    goes_on,
    no_part,
)
from closedform.language.surroundings.rounding import rounded_quantity
from closedform.language.surroundings.token_kinds import Item, is_spoken, items_of, shape
from closedform.language.tokens import ENDS, SPACES, Scan, Token, closing_places
from closedform.later import regex
from closedform.records import entity, field
from closedform.symbols import SIZES

EDGES = SPACES | {"COMMA", "STOP", "COLON"}
#: One word with an underscore, which TeX reads as n_h·eads: a factor.
_UNDERSCORED = regex(r"[(\[（]\s*[A-Za-z]+\\?_[A-Za-z]{2,}\s*[)\]）]")
#: Names of a program, by themselves or beside one word: (self.batch), (batchSize), (seq_len, T).
_PROGRAM = regex(
    r"[(\[（]\s*(?:\w+\s*,\s*)?(?:[A-Za-z]+\\?_[A-Za-z]{2,}|[a-z]+\.[a-z]\w*|[a-z]+[A-Z][a-z]\w*)"
    r"(?:[\s,]+\w+)?\s*[)\]）]"
)
#: The letters of a number: (K), (K/V).
_LETTERS = regex("[mn](?:[/,][mn])*")
#: Those of several, which a product may have: (M × N), (k, M).
_FACTORS = regex("[mn](?:[,*][mn])+")
#: Sizes of positions and batches side by side: (HW), (bs).
_POSITIONS = regex(r"[HWhwBbSsTtLln]{2,4}\Z")
_SAID = regex("[WUCRJA]")
#: What a number is made with.
_CALCULATED = frozenset("NUMBER TIMES X PLUS MINUS DIVIDE POWER LPAR RPAR".split())
#: In brackets that state what holds: (N = 1), (其中 k = 3).
_CONDITION = regex(r"W?[mn](?:=[9mn*/^()]+)+(?:,[mn](?:=[9mn*/^()]+)+)*")
#: Brackets inside of a bracket, such as those of a sum over i = 1..L.
_NESTED = regex(r"\(.*\)")
#: An amount in a remark, which is looked for once it is one.
_NEUTRAL = str.maketrans("A9*", "WWW")
_TIMES = regex(r"[(\[（]\s*(?:[xX×*]\s*[0-9.,]+|[0-9.,]+\s*[xX×*])\s*[)\]）]")
_BEFORE = ENDS - {"LAYER"} | EDGES | {"PROSE"}


@entity
class MemberTokens:
    """The tokens of a formula without the remarks around it, and what was left out of it."""

    kept: list[Token]
    notes: list[str] = field(default_factory=list)
    conditions: list[Token] = field(default_factory=list)


@entity
class Asides:
    """Reads the brackets in the members of one text.

    ``known``: symbols of the target and the conditions; ``values``: those with a number.
    ``quoted``: the text is held against a target, and may have remarks.
    """

    scan: Scan
    known: frozenset[str]
    values: Mapping[str, Fraction]
    quoted: bool

    @cached_property
    def times(self) -> Counter[str]:
        """How often each name stands in the text."""
        return Counter(item.value for item in self.scan.tokens if item.type == "NAME")

    def without_asides(
        self, tokens: Sequence[Token], used: frozenset[str], *, last: bool
    ) -> MemberTokens:
        """Leave out the brackets that hold a remark and stand behind a factor."""
        read = MemberTokens([])
        closed = partners(tokens)
        place = 0
        while place < len(tokens):
            item, stop = tokens[place], closed.get(place, 0)
            typed = item.end > item.start and item.value != "{"
            if stop and typed and read.kept and read.kept[-1].type in _BEFORE:
                ends = last and stop == len(tokens) - 1
                if self._is_aside(read, tokens[place : stop + 1], used, ends=ends):
                    place = stop + 1
                    continue
            read.kept.append(item)
            place += 1
        return read

    def _is_aside(
        self, read: MemberTokens, tokens: Sequence[Token], used: frozenset[str], *, ends: bool
    ) -> bool:
        """Whether a bracket is no factor; what it says goes where it belongs."""
        scan, inner, before = self.scan, tokens[1:-1], read.kept[-1]
        heads = (v.ORDERS | {"o"}) - self.known
        if before.value in heads and [t.type for t in read.kept[-2:-1]] in ([], ["PLUS"]):
            return False
        # A name that stands nowhere but in this bracket is none of the formula.
        inside = Counter(item.value for item in inner if item.type == "NAME")
        used -= {name for name, times in inside.items() if self.times[name] == times}
        used |= self.known
        items = items_of(scan, inner, used)
        kinds = shape(items)
        if self._is_numeral(read, tokens, kinds, ends=ends):
            return True
        if "=" in _NESTED.sub("", kinds) and not {t.type for t in inner} & {"KEY", "UNREAD"}:
            if not (ends and self.quoted and _CONDITION.fullmatch(kinds)):
                raise goes_on(scan, tokens[0])
            read.conditions += [t for item in items if item.kind != "W" for t in item.tokens]
            read.notes.append(f"where {scan.excerpt(read.conditions)}")
            return True
        if kinds == "S" and "_" not in items[0].written:
            kinds = "W"
        row = p.pattern_of(p.ASIDES, neutral(kinds))
        excerpt = scan.excerpt(tokens) if len(tokens) < 30 else ""
        if _UNDERSCORED.fullmatch(excerpt) or _is_indexed(inner):
            return False
        if _PROGRAM.fullmatch(excerpt) and not inside.keys() <= used:
            raise either(scan, tokens)
        apart = self.quoted and before.type in ENDS and before.end < tokens[0].start
        named = {item.type for item in inner} <= {"NAME", "POWER"} and not SIZES.keys() & inside
        if row is None and apart and named and used.isdisjoint(inside):
            raise either(scan, tokens, "the name of a part")  # N (γ) + N (β)
        if row is None or self._is_factor(before, tokens, items, used):
            return False
        if p.counts(items):
            raise amount(scan, tokens)
        if not self.quoted:
            raise no_part(scan, tokens)
        read.notes.append(without(scan, tokens))
        return True

    def _is_numeral(
        self, read: MemberTokens, tokens: Sequence[Token], kinds: str, *, ends: bool
    ) -> bool:
        """Whether a bracket holds the number of an equation, or a number and its letter.

        Raises:
            ParseError: another amount, such as (×2) and (512M), or the number of a reference.
        """
        scan, inner, before = self.scan, tokens[1:-1], read.kept[-1]
        if kinds == "9" and ends and before.type == "GAP":
            read.notes.append(f"({inner[0]}) as the number of the equation")
            return True
        apart = ends and self.quoted and before.end < tokens[0].start
        if apart and {item.type for item in inner} <= _CALCULATED and len(inner) > 1:
            return self._is_calculation(read, tokens)
        if apart and before.type == "NUMBER" and kinds == "9m" and len(read.kept) == 1:
            raise either(scan, tokens)  # 73,728 (3D)
        if kinds == "9" and inner[0].value.endswith("%"):
            raise amount(scan, tokens)  # N (50%)
        if len(tokens) < 6 and _TIMES.fullmatch(scan.excerpt(tokens)):
            raise amount(scan, tokens)
        if self._names_number(read, tokens, kinds):
            return True
        if kinds == "9" and ends:
            check_reference(scan, before, tokens)
        if before.type == "NUMBER" and rounded_quantity(scan, inner, self.known):
            raise amount(scan, tokens)  # 268435456 (512M)
        return False

    def _is_calculation(self, read: MemberTokens, tokens: Sequence[Token]) -> bool:
        """Whether a bracket says how the number before it is made: 48,120 (400*120 + 120).

        Raises:
            ParseError: it makes another number, and may be a factor: 4.1G (224x224).
        """
        number = _number(read.kept[0]) if read.kept[0].type == "NUMBER" else None
        inside = Operators(self.scan.text, tokens[1:-1]).sum()
        made = known_value(inside) if isinstance(inside, Tree) else None
        if len(read.kept) > 1 or number is None or made != number:
            raise either(self.scan, tokens, "another number" if made and number else "a remark")
        read.notes.append(f"{self.scan.excerpt(tokens)} as how the number is made")
        return True

    def _is_factor(
        self, before: Token, tokens: Sequence[Token], items: Sequence[Item], used: frozenset[str]
    ) -> bool:
        """Whether a short run of letters, one of them known, touches a factor: ``6(NBS)``.

        Raises:
            ParseError: it stands apart, and may be either.
        """
        word = self.scan.words.get(items[0].start)
        if word is None and len(items) == 1 and _POSITIONS.match(items[0].written):
            raise either(self.scan, tokens)
        if len(items) > 1 or word is None or not word.split or is_spoken(word):
            return False
        if before.type not in ENDS or len(word.names) > 4 or items[0].kind == "U":
            return False
        if word.names.isdisjoint(used):
            if _POSITIONS.match(word.written):
                raise either(self.scan, tokens)
            return False
        if before.end < tokens[0].start:
            raise either(self.scan, tokens)
        return True

    def _names_number(self, read: MemberTokens, tokens: Sequence[Token], kinds: str) -> bool:
        """Whether a bracket and what stands before it are a number and its letter: 40 (K)."""
        before = read.kept[-1]
        if [item.type for item in read.kept[-2:-1]] == ["POWER"]:
            return False  # k^2 (g)
        letters = [t for t in tokens[1:-1] if t.type == "NAME"]
        touches = not self.scan.text[before.end : tokens[0].start].strip()
        if before.type == "NUMBER" and touches and _LETTERS.fullmatch(kinds):
            number = _number(before)
            if all(self._is_letter_of(t.value, number) for t in letters):
                ends = not self.scan.text[tokens[-1].end :].strip(" .$")
                scales = len(read.kept) == 1 and letters[0].value in v.SUFFIXES and ends
                if scales and letters[0].value not in self.values:
                    raise either(self.scan, tokens)  # 73.7 (K) may be in thousands
                read.notes.append(f"{before} as {'/'.join(t.value for t in letters)}")
                return True
        alone = self.quoted and not self.known and before.type == "NUMBER" and touches
        beside = [item.type for item in read.kept[-2:-1]] == ["TIMES"]
        beside |= self.scan.text[tokens[-1].end :].lstrip()[:1] in tuple("*×·⋅")
        if alone and beside and kinds == "S" and self.times[tokens[1].value] == 1:  # (head_dim)
            read.notes.append(f"{before} as {tokens[1]}")
            return True
        if _FACTORS.fullmatch(kinds) and touches:
            numbers = _factors(read.kept)[-len(letters) :]
            pairs = [*zip(numbers, letters, strict=False)]
            if any(self.values.get(t.value, number) != number for number, t in pairs):
                raise either(self.scan, tokens)
            if len(pairs) == len(letters) and {t.value for t in letters} <= self.values.keys():
                read.notes.append(without(self.scan, tokens))
                return True
        valued = before.type == "NAME" and kinds == "9"
        valued = valued and self.scan.text[tokens[0].start] not in "[【"  # a reference
        if valued and self._is_letter_of(before.value, _number(tokens[1])):
            read.notes.append(f"{before} as {tokens[1]}")
            read.kept[-1] = tokens[1]
            return True
        return False

    def _is_letter_of(self, name: str, number: Fraction | None) -> bool:
        """Whether a letter is that number by the conditions, or stands nowhere else."""
        if name in self.values:
            return self.values[name] == number
        behind = re.findall(rf"[0-9]\s*[(（]\s*{re.escape(name)}\s*[)）]", self.scan.text)
        every = self.times[name] == max(1, len(behind))
        return self.quoted and name not in self.known and every


def _factors(tokens: Sequence[Token]) -> list[Fraction | None]:
    """The numbers of the product that ends the tokens."""
    numbers: list[Fraction | None] = []
    for item, sign in zip(reversed(tokens), (False, True) * len(tokens), strict=False):
        if item.type not in (("TIMES", "X") if sign else ("NUMBER",)):
            break
        numbers += [] if sign else [_number(item)]
    return numbers[::-1]


def _is_indexed(inner: Sequence[Token]) -> bool:
    r"""One name whose index is a word: ``\mathrm{batch}_{size}``, a factor."""
    names = [item.value for item in inner if item.type == "NAME"]
    stem, _, index = names[0].partition("_") if len(names) == len(inner) == 1 else ("", "", "")
    return len(stem) > 1 and len(index) > 1


def neutral(kinds: str) -> str:
    """The kinds of what may be a remark, as if no amount were in it: that is looked for after."""
    return kinds.translate(_NEUTRAL) if _SAID.search(kinds) else kinds


def without(scan: Scan, tokens: Sequence[Token]) -> str:
    """A note on what was left out."""
    written = " ".join(scan.excerpt(tokens).strip(" ,.;:，。；：、\n").split())
    return f"without '{written[:60]}'"


def partners(tokens: Sequence[Token]) -> dict[int, int]:
    """Where the innermost round brackets close: an aside holds no other brackets that multiply."""
    return closing_places(enumerate(item.type for item in tokens), "LPAR", "RPAR")


def _number(item: Token) -> Fraction | None:
    written = item.value
    return None if written.endswith("%") else Fraction(read_value(written))
