"""Brackets behind a factor with its number or its letter: 8192 (T), 2 (K/V), 48,120 (400*120)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from closedform.algebra.exact import known_value
from closedform.algebra.tree import Tree
from closedform.language import vocabulary as v
from closedform.language.numbers.digits import rounds_to
from closedform.language.numbers.rounding import rounded_quantity
from closedform.language.operators import Operators
from closedform.language.scanning.numerals import read_value
from closedform.language.surroundings.errors import amount, check_reference, either
from closedform.language.tokens import Scan, Token
from closedform.later import regex
from closedform.records import entity, field
from closedform.synonyms import meant

#: The letters of a number: (K), (K/V), and (k²).
_LETTERS = regex(r"[mn](?:[/,][mn])*|[mn]\^\(?9\)?")
#: Those of several, which a product may have: (M × N), (k, M).
_FACTORS = regex("[mn](?:[,*][mn])+")
#: What a number is made with.
_CALCULATED = frozenset("NUMBER TIMES X PLUS MINUS DIVIDE POWER LPAR RPAR".split())
_TIMES = regex(r"[(\[（]\s*(?:[xX×*]\s*[0-9.,]+|[0-9.,]+\s*[xX×*])\s*[)\]）]")


@entity
class MemberTokens:
    """The tokens of a formula without the remarks around it, and what was left out of it."""

    kept: list[Token]
    notes: list[str] = field(default_factory=list)
    conditions: list[Token] = field(default_factory=list)


@entity
class Numerals:
    """Reads the brackets of numbers in the members of one text.

    ``known``: symbols of the target and the conditions; ``values``: those with a number, and the
    sizes that the target's layers are given.
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

    def is_numeral(
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
        if apart and self._is_rounded(read, inner):
            return True
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

    def _is_rounded(self, read: MemberTokens, inner: Sequence[Token]) -> bool:
        """Whether a bracket is the number before it, one of them rounded; the other is kept."""
        for exact, other in ((read.kept, inner), (inner, read.kept)):
            number = _number(exact[0]) if [item.type for item in exact] == ["NUMBER"] else None
            quantity = rounded_quantity(self.scan, other, self.known)
            if number is None or quantity is None:
                continue
            amount, unit = (part * quantity.scale for part in (quantity.number, quantity.step))
            if rounds_to(number, Fraction(amount), Fraction(unit)):
                read.notes.append(f"{self.scan.excerpt(other)} as {exact[0]}, rounded")
                read.kept[:] = exact
                return True
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

    def _names_number(self, read: MemberTokens, tokens: Sequence[Token], kinds: str) -> bool:
        """Whether a bracket and what stands before it are a number and its letter: 40 (K)."""
        before, inner = read.kept[-1], tokens[1:-1]
        if [item.type for item in read.kept[-2:-1]] == ["POWER"]:
            return False  # k^2 (g)
        letters = [t for t in inner if t.type == "NAME"]
        touches = not self.scan.text[before.end : tokens[0].start].strip()
        if before.type == "NUMBER" and touches and _LETTERS.fullmatch(kinds):
            number, power = (
                _number(before),
                int(next((t.value for t in inner if t.type == "NUMBER"), 1)),
            )
            if all(self._is_letter_of(t, number, power) for t in letters):
                ends = not self.scan.text[tokens[-1].end :].strip(" .$")
                scales = len(read.kept) == 1 and letters[0].value in v.SUFFIXES and ends
                if scales and letters[0].value not in self.values:
                    raise either(self.scan, tokens)  # 73.7 (K) may be in thousands
                read.notes.append(f"{before} as {self.scan.excerpt(inner)}")
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
        if valued and self._is_letter_of(before, _number(tokens[1])):
            read.notes.append(f"{before} as {tokens[1]}")
            read.kept[-1] = tokens[1]
            return True
        return False

    def _is_letter_of(self, letter: Token, number: Fraction | None, power: int = 1) -> bool:
        """Whether a letter is that number by the conditions, or stands nowhere else.

        Raises:
            ParseError: the target gives the letter another value.
        """
        name = letter.value
        own = [other for other in (name, *meant(name)) if other in self.values]
        if own:
            same = any(self.values[other] ** power == number for other in own)
            if not same and name not in self.known:
                problem = f"{letter} is {self.values[own[0]]} in the target, and {number} beside it"
                raise self.scan.error([letter], problem, "leave the letter out, or correct it")
            return same
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


def without(scan: Scan, tokens: Sequence[Token]) -> str:
    """A note on what was left out."""
    written = " ".join(scan.excerpt(tokens).strip(" ,.;:，。；：、\n").split())
    return f"without '{written[:60]}'"


def _number(item: Token) -> Fraction | None:
    written = item.value
    return None if written.endswith("%") else Fraction(read_value(written))
