"""Words that would be split into letters and multiplied, though nobody meant a product."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from closedform.errors import ParseError
from closedform.language.layer_names import is_layer
from closedform.language.surroundings.remarks import single_symbols
from closedform.language.surroundings.token_kinds import is_spoken, word_kind
from closedform.language.tokens import Scan, Token, Word
from closedform.language.vocabulary import QUANTITIES, RELATIONS, UNITS
from closedform.later import regex

_OF_LAYER = regex(r"([\w-]+)\.\Z")
#: KxKxCin: factors with a times sign between them.
_FACTORS = regex(r"(?:[A-Z][a-z0-9]{0,9}?x)+[A-Z]")


def no_words(scan: Scan, tokens: Sequence[Token], known: frozenset[str]) -> None:
    """Refuse words that were split into letters and that nobody meant as a product.

    Raises:
        ParseError: a longer word with a small vowel in it, whose letters are no known symbols; or
            two shorter ones side by side.
    """
    # The bracket that closes an exponent in TeX begins where the next word does: once each.
    starts = dict.fromkeys(item.start for item in tokens if item.type == "NAME")
    read = [scan.words[start] for start in starts if start in scan.words]
    for word in read:
        strange = not word.names <= known and "_" not in word.written
        unit = word.written.lower() in UNITS
        if strange and (word_kind(word.written) == "A" or (unit and not word.split)):
            raise _no_symbol(scan, word)
    split = [word for word in read if word.split and not _FACTORS.match(word.written)]
    if not split:
        return
    singles = known | single_symbols(scan, tokens)
    words_with: dict[str, set[str]] = {}
    for word in split:
        for name in word.names:
            words_with.setdefault(name, set()).add(word.written)
    before: Word | None = None
    for word in split:
        if all(name in singles or words_with[name] - {word.written} for name in word.names):
            continue
        beside = before is not None and not scan.text[before.end : word.start].strip()
        if beside or is_spoken(word) or word.written.lower() in UNITS:
            raise _no_symbol(scan, word)
        before = word


def _no_symbol(scan: Scan, word: Word) -> ParseError:
    layer = _OF_LAYER.search(scan.text, 0, word.start)
    if layer and word.written in QUANTITIES and is_layer(layer[1]):
        hint = f"write {word.written}({layer[1]})"
        return scan.error([word], f"{layer[0]}{word.written} is no formula", hint)
    problem = f"{word.written[:40]!r} is no symbol, and no product of letters used elsewhere"
    hint = "write a letter for it or * inside it; verify --name, or names in a file, binds it"
    member = list(takewhile(lambda item: item.type not in RELATIONS, scan.tokens))
    alone = all(word.start <= item.start < item.end <= word.end for item in member)
    if alone and len(member) < len(scan.tokens):
        hint = "leave the name of a result out, or hold the formula against a target (verify --is)"
    return scan.error([word], problem, hint)
