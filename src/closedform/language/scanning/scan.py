r"""From characters to tokens, for typed text and LaTeX alike.

The scanner brings every spelling of a thing to one token: ``×``, ``\times`` and the x of ``3x3``
are TIMES, ``\frac ns`` is FRACTION with two bracketed groups, ``C_{\text{in}}`` and ``C_in`` are
one name. It knows which words are bound, so that other words can be split into letters. It
evaluates nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from closedform.errors import ClosedformError, ParseError
from closedform.language import vocabulary as v
from closedform.language.scanning.characters import plain_characters
from closedform.language.scanning.names import canonical
from closedform.language.scanning.signs import READERS
from closedform.language.scanning.state import LENGTH, Names, State
from closedform.language.scanning.undecided import paired, resolve_times
from closedform.language.tokens import Scan
from closedform.later import regex

#: Bounds on ``names``: how many, and how long each piece of text.
NAMES, NAME_LENGTH = 200, 200

#: One of a pair, save that of a shell's arithmetic: $((2 + 3)).
_DOLLAR = regex(r"(?<!\\)\$(?!\(\()")
_STEM = regex(r"[A-Za-z_]+")
_UPRIGHT = r"\\(?:text[a-z]*|math[a-z]+|operatorname)\s*"
_SYMBOL = regex(r"[A-Za-z][A-Za-z0-9_]*'*\Z")


def scan(
    text: str,
    *,
    bound: frozenset[str] = frozenset(),
    names: Mapping[str, str] | None = None,
    layers: bool = False,
    tex: bool = False,
) -> Scan:
    """The tokens of ``text``.

    ``bound``: words that are one symbol each. ``names``: pieces of the text and the symbols they
    stand for. ``layers``: the whole text is a sum of layers, as inside ``params( )``.
    ``tex``: it stood between the delimiters of TeX, whose rules hold without a backslash too.

    Raises:
        ParseError: a character or command that has no meaning here, or a bound is passed.
    """
    if len(text) > LENGTH:
        problem = f"the text is longer than {LENGTH:,} characters"
        raise ParseError(text, LENGTH, LENGTH + 1, problem, "split it")
    state = State(
        text,
        plain_characters(text),
        bound=bound,
        names=_names(tuple(names.items())) if names else Names(),
        layers=layers,
        tex=tex,
        readers=READERS,
    )
    state.run(0, len(text))
    if state.symbols:
        _put_into_words(state)
    if state.open_at:
        at = state.open_at[-1][0]
        raise state.error(at, 1, "this bracket is not closed", "add the closing bracket")
    if text.count("$") % 2 and len(dollars := [*_DOLLAR.finditer(text)]) % 2:
        hint = "write \\$ for the sign, or $ on both sides of the formula"
        raise state.error(dollars[-1].start(), 1, "this dollar stands alone", hint)
    _check_faces(state)
    while state.out and state.out[-1].type in ("STOP", "COMMA", "GAP", "ROW"):
        state.out.pop()
    scanned = state.result
    scanned.kinds = {item.type for item in scanned.tokens}
    if "X" in scanned.kinds:
        resolve_times(scanned, bound)
    if "BAR" in scanned.kinds:
        scanned.tokens = paired(scanned.tokens)
        scanned.kinds.update(item.type for item in scanned.tokens)
    return scanned


@lru_cache(maxsize=64)
def _names(names: tuple[tuple[str, str], ...]) -> Names:
    """The symbols that ``names`` gives, and a pattern with a group for each piece of text."""
    if len(names) > NAMES:
        raise ClosedformError(
            f"more than {NAMES} names", "leave out those that the text does not use"
        )
    symbols: dict[str, str] = {}
    meanings: list[str] = []
    patterns: list[str] = []
    for written, symbol in sorted(names, key=lambda item: -len(item[0])):
        known = canonical(v.GREEK.get(symbol, symbol))
        if not written.strip() or len(written) > NAME_LENGTH or "\n" in written:
            raise ClosedformError(
                f"names: {written[:40]!r} is no word of a text", "give each name a word"
            )
        if not _SYMBOL.match(known):
            raise ClosedformError(
                f"names: {written!r} cannot stand for {symbol[:40]!r}",
                "give it a symbol, such as C_in",
            )
        plain = plain_characters(written)
        symbols[plain] = known
        meanings.append(known)
        whole = plain[-1].isascii() and plain[-1].isalnum()
        stem = _STEM.match(plain)
        piece = re.escape(plain)
        if stem and stem.end() < len(plain):
            # stride[0] is \text{stride}[0] as well
            piece += f"|{_UPRIGHT}\\{{\\s*{stem[0]}\\s*\\}}{re.escape(plain[stem.end() :])}"
        patterns.append(f"({piece})" + ("(?![A-Za-z0-9])" if whole else ""))
    return Names(symbols, meanings, re.compile("|".join(patterns)))


def _put_into_words(s: State) -> None:
    """Give the letters of a word, kMN, the symbols that they stand for by themselves."""
    for item in s.out:
        if item.type == "NAME" and item.start not in s.meant:
            item.value = s.symbols.get(item.value, item.value)
    for at, word in s.result.words.items():
        letters = frozenset(s.symbols.get(name, name) for name in word.names)
        s.result.words[at] = word._replace(names=letters)


def _check_faces(s: State) -> None:
    r"""Refuse a text in which ``N`` and ``\mathcal{N}`` would become one symbol."""
    for letter, (face, at) in s.faces.items():
        for item in s.out:
            if item.type == "NAME" and item.value == letter and s.shown[item.start] == letter:
                problem, hint = f"{letter} stands here in two faces", "give one another letter"
                raise s.error(at, len(face) + 1, problem, hint)
