"""Words that would be split into letters and multiplied, though nobody meant a product."""

from __future__ import annotations

import re
from collections.abc import Sequence

from closedform.errors import ParseError
from closedform.language.around.prose import single_symbols
from closedform.language.around.remarks import is_long
from closedform.language.tokens import Scan, Token, Word

#: KxKxCin: factors with a times sign between them.
_FACTORS = re.compile(r"(?:[A-Z][a-z0-9]{0,9}?x)+[A-Z]")


def no_words(found: Scan, tokens: Sequence[Token], known: frozenset[str]) -> None:
    """Refuse words that were split into letters and that nobody meant as a product.

    Raises:
        ParseError: a longer word with a small vowel in it, whose letters are no known symbols; or
            two shorter ones side by side.
    """
    # The bracket that closes an exponent in TeX begins where the next word does: once each.
    read = dict.fromkeys(found.words.get(item.start) for item in tokens)
    split = [w for w in read if w is not None and w.split and not _FACTORS.match(w.written)]
    if not split:
        return
    singles = known | single_symbols(found, tokens)
    words_with: dict[str, set[str]] = {}
    for word in split:
        for name in word.names:
            words_with.setdefault(name, set()).add(word.written)
    before: Word | None = None
    for word in split:
        if all(name in singles or words_with[name] - {word.written} for name in word.names):
            continue
        beside = before is not None and not found.text[before.end : word.start].strip()
        if beside or is_long(word):
            raise ParseError(
                found.text,
                word.start,
                word.end,
                f"{word.written[:40]!r} is no symbol, and no product of letters used elsewhere",
                "write a letter for it or * inside it; verify --name, or names in a file, binds it",
            )
        before = word
