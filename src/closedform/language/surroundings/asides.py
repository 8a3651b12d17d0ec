"""Brackets behind a factor: a remark, the letter of a number, a condition, or a factor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import dropwhile

from closedform.language import vocabulary as v
from closedform.language.amounts import names_part
from closedform.language.layer_names import is_layer
from closedform.language.surroundings import patterns as p
from closedform.language.surroundings.errors import (
    amount,
    check_call,
    either,
    goes_on,
    no_part,
)
from closedform.language.surroundings.numerals import MemberTokens, Numerals, without
from closedform.language.surroundings.token_kinds import Item, is_spoken, items_of, shape
from closedform.language.tokens import (
    BEGINS,
    DEEPER,
    ENDS,
    OPERATORS,
    SPACES,
    Part,
    Token,
    Word,
    closing_places,
)
from closedform.later import regex
from closedform.records import entity
from closedform.symbols import SIZES
from closedform.synonyms import sizes_called

EDGES = SPACES | {"COMMA", "STOP", "COLON"}
#: One word with an underscore, which TeX reads as n_h·eads: a factor.
_UNDERSCORED = regex(r"[(\[（]\s*[A-Za-z]+\\?_[A-Za-z]{2,}\s*[)\]）]")
#: Names of a program, by themselves or beside one word: (self.batch), (batchSize), (seq_len, T).
_PROGRAM = regex(
    r"[(\[（]\s*(?:\w+\s*,\s*)?(?:[A-Za-z]+\\?_[A-Za-z]{2,}|[a-z]+\.[a-z]\w*|[a-z]+[A-Z][a-z]\w*)"
    r"(?:[\s,]+\w+)?\s*[)\]）]"
)
#: Sizes of positions and batches side by side: (HW), (bs).
_POSITIONS = regex(r"[HWhwBbSsTtLln]{2,4}\Z")
_SAID = regex("[WUCRJA]")
#: In brackets that state what holds: (N = 1), (其中 k = 3).
_CONDITION = regex(r"W?[mn](?:=[9mn*/^()]+)+(?:,[mn](?:=[9mn*/^()]+)+)*")
#: Brackets inside of a bracket, such as those of a sum over i = 1..L.
_NESTED = regex(r"\(.*\)")
#: A bracket that does not touch the factor before it.
_APART = regex(r"[\w²³}] +[(\[]|[（［]")
#: An amount in a remark, which is looked for once it is one.
_NEUTRAL = str.maketrans("A9*", "WWW")
_BEFORE = ENDS - {"LAYER"} | EDGES | {"PROSE"}


@entity
class Asides(Numerals):
    """Reads the brackets in the members of one text."""

    def without_asides(
        self, tokens: Sequence[Token], used: frozenset[str], *, last: bool
    ) -> MemberTokens:
        """Leave out the brackets that hold a remark and stand behind a factor."""
        read = MemberTokens([])
        closed = partners(tokens)
        place = first = 0
        while place < len(tokens):
            item, stop = tokens[place], closed.get(place, 0)
            typed = item.end > item.start and item.value != "{"
            if stop and typed and read.kept and read.kept[-1].type in _BEFORE:
                ends = last and stop == len(tokens) - 1
                behind = tokens[stop + 1 : stop + 2]
                inside = first or (behind and behind[0].type in OPERATORS | BEGINS)
                part = _part(read.kept[first:]) if self.quoted else []
                if not inside:  # 64 × 128 (filters)
                    product = not OPERATORS.isdisjoint([item.type for item in part[1:]])
                    called = sizes_called(self.scan.excerpt(tokens[place + 1 : stop]))
                    sized = product and not SIZES.keys().isdisjoint(called)
                    part = part if sized else []
                if self._is_aside(read, tokens[place : stop + 1], used, part, ends=ends):
                    place = stop + 1
                    first = len(read.kept) if part else first
                    continue
            read.kept.append(item)
            place += 1
        return read

    def _is_aside(
        self,
        read: MemberTokens,
        tokens: Sequence[Token],
        used: frozenset[str],
        part: Sequence[Token],
        *,
        ends: bool,
    ) -> bool:
        """Whether a bracket is no factor; what it says goes where it belongs.

        ``part``: the factor or term that it may name, where it does not stand behind the whole.
        """
        scan, inner, before = self.scan, tokens[1:-1], read.kept[-1]
        heads = (v.ORDERS | {"o"}) - self.known
        if before.value in heads and [t.type for t in read.kept[-2:-1]] in ([], ["PLUS"]):
            return False
        # A name that stands nowhere but in this bracket is none of the formula.
        inside = Counter(item.value for item in inner if item.type == "NAME")
        used -= {name for name, times in inside.items() if self.times[name] == times}
        used |= self.known
        items = items_of(scan, inner, used)
        word = scan.words.get(inner[0].start) if inner and before.end < tokens[0].start else None
        if word and word.end == inner[-1].end and _is_layer(word, used):  # 2N (BN)
            items = [Item("W", [*inner], word.written)]
        kinds = shape(items)
        if self.is_numeral(read, tokens, kinds, ends=ends):
            if self.quoted and kinds in ("m", "n") and before.type == "NUMBER":
                self.say(inner[0].value, tokens, [before])
            return True
        if "=" in _NESTED.sub("", kinds) and not {t.type for t in inner} & {"KEY", "UNREAD"}:
            if not (ends and _CONDITION.fullmatch(kinds)):
                raise goes_on(scan, tokens[0])
            read.conditions += [t for item in items if item.kind != "W" for t in item.tokens]
            read.notes.append(f"where {scan.excerpt(read.conditions)}")
            return True
        row = p.pattern_of(p.ASIDES, neutral(kinds))
        excerpt = scan.excerpt(tokens) if len(tokens) < 30 else ""
        if _UNDERSCORED.fullmatch(excerpt) or _is_indexed(inner):
            return False
        if _PROGRAM.fullmatch(excerpt) and not inside.keys() <= used:
            raise either(scan, tokens)
        if row and "," in kinds and inside.keys() <= used:  # 2N(γ, β) names both
            check_call(scan, before, tokens[0])
        named = row is None and used.isdisjoint(inside) and self._is_name(before, tokens, inside)
        if named and not (part and len(_APART.findall(scan.text)) > 1):
            raise either(scan, tokens, "the name of a part")  # N (γ) + N (β) name both
        if not named and (row is None or self._is_factor(before, tokens, items, used)):
            return False
        self._leave_out(read, tokens, items, part)
        return True

    def _leave_out(
        self,
        read: MemberTokens,
        tokens: Sequence[Token],
        items: Sequence[Item],
        part: Sequence[Token],
    ) -> None:
        said = " ".join(item.written for item in items)
        if p.counts(items) and not (part and names_part(said)):
            raise amount(self.scan, tokens)
        if not self.quoted:
            raise no_part(self.scan, tokens)
        if part:
            self.say(said, tokens, part)
        read.notes.append(without(self.scan, tokens))

    def say(self, said: str, tokens: Sequence[Token], of: Sequence[Token]) -> None:
        """Words are said of a part, to be held to the target."""
        self.scan.parts.append(Part(said, tokens[0].start, tokens[-1].end, of))

    def _is_name(self, before: Token, tokens: Sequence[Token], inside: Counter[str]) -> bool:
        """Whether letters in brackets that do not touch the factor before may be a name for it."""
        wide = self.scan.text[tokens[0].start] in "（［"
        apart = self.quoted and before.type in ENDS and (wide or before.end < tokens[0].start)
        # The brackets of a superscript were typed by nobody: QKᵀ.
        kinds = {item.type for item in tokens[1:-1]} - {"LPAR", "RPAR"}
        return apart and set() < kinds <= {"NAME", "POWER"} and not SIZES.keys() >= inside.keys()

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
        if _is_layer(word, used):
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


def _part(kept: Sequence[Token]) -> list[Token]:
    """The factor or term that ends the tokens of a formula, back to a sign or an open bracket."""
    part: list[Token] = []
    depth = 0
    for item in reversed(kept):
        depth -= DEEPER.get(item.type, 0)
        if depth < 0:
            break
        part.insert(0, item)
    return [*dropwhile(lambda item: item.type in OPERATORS, part)]


def _is_layer(word: Word, used: frozenset[str]) -> bool:
    """Whether a word is the name of a layer, and no product of letters that are known."""
    return is_layer(word.written) and not word.names <= used


def _is_indexed(inner: Sequence[Token]) -> bool:
    r"""One name whose index is a word: ``\mathrm{batch}_{size}``, a factor."""
    names = [item.value for item in inner if item.type == "NAME"]
    stem, _, index = names[0].partition("_") if len(names) == len(inner) == 1 else ("", "", "")
    return len(stem) > 1 and len(index) > 1


def neutral(kinds: str) -> str:
    """The kinds of what may be a remark, as if no amount were in it: that is looked for after."""
    return kinds.translate(_NEUTRAL) if _SAID.search(kinds) else kinds


def partners(tokens: Sequence[Token]) -> dict[int, int]:
    """Where the innermost round brackets close: an aside holds no other brackets that multiply."""
    return closing_places(enumerate(item.type for item in tokens), "LPAR", "RPAR")
