"""Words that are one symbol: which of them the target, the conditions or ``names`` bind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Set
from functools import lru_cache

from closedform.language import vocabulary as v
from closedform.language.layer_names import is_layer
from closedform.language.scanning.characters import plain_characters
from closedform.language.tokens import Scan, Token, Word
from closedform.later import regex

#: What spells a subscript in one way or another, and is no letter of it.
_MARKUP = regex(r"\\(?:text[a-z]*|math[a-z]+|operatorname)|[\\{}\]\s]")
#: Letters behind the digits of a subscript.
_RUN_ON = regex(r"(?=\w*?[0-9][A-Za-z])(?:[A-Za-z](?:_[0-9]+)?)+\Z", re.ASCII)
_RUN_OF_LETTERS = regex(r"[A-Za-z]{2}")
_WHERE = regex(r"(?<![A-Za-z\\])where(?![A-Za-z])")
_SIZE = regex(r"[A-Za-z]\s*=\s*([A-Za-z][A-Za-z]+\d*)\s*(?=[,)])")
_SIDE = regex(r"[,=<>|]+")
_WORD = regex(r"\s*([A-Za-z][A-Za-z]{1,78}\d{0,9})\s*", re.ASCII)
_KEY = regex(r"(?<![A-Za-z])[A-Za-z]{1,80}\s*=(?!=)")
_RUN = regex(r"(?<![\\A-Za-z_])[A-Za-z]+(?![A-Za-z_])")
_UPRIGHT = regex(r"\\(?:text[a-z]*|math[a-z]+|operatorname)\s*\{\s*([A-Za-z]{2,80})\s*\}")
#: A word between signs, and the sign behind it.
_OPERAND = regex(
    r"(?:[-+*×·/=(≈<>^\n]|\A)[ \t]{0,4}([A-Za-z]{3,24})(?=[ \t]{0,4}(\*\*|[-+*×·/=)≈<>^²³\n]|\Z))"
)
#: Sizes that are words of prose elsewhere: (in + 1)·out, and no 64 (in).
_IN_OUT = regex(
    r"(?:[-+*×·/=]|\A)[ \t]{0,4}(in|out)(?=[ \t]{0,4}(?:[-+*×·/=)^²³\n]|\Z))"
    r"|\([ \t]{0,4}(in|out)(?=[ \t]{0,4}[-+*×·/])"
)
#: Where an operand or a word with a power may begin; the model of d_model is none.
_LONGER = regex(r"(?<![\\A-Za-z0-9_)])(?:[A-Za-z]{3}|in\b)")
_POWERED = regex(r"(?<![\\A-Za-z0-9_)])([A-Za-z]{3,24})[ ]?(?:\^|\*\*|[²³])")
_LETTERS = regex(r"(?<![\\A-Za-z])[A-Za-z]+")
#: With a vowel, and no letter twice: kkk is k·k·k.
_PRONOUNCED = regex(r"(?=.*[aeiouy])(?!.*(.).*\1)")
_RAISED = frozenset({"^", "**", "²", "³"})
#: Words of the field that are no letters side by side: adfn between signs may be a product.
_NAMES_OF_SIZES = frozenset(
    "dim dims seq batch head heads kernel stride depth width height len length hidden embed emb "
    "vocab size group groups channel channels filter filters layer layers token tokens rank "
    "expert experts pad padding dilation inner outer ratio".split()
)
# Not before a bracket or an equals sign, where it is a layer, a function or a size.
_PLAIN = regex(r"(?<![\\A-Za-z_])[A-Za-z]{2,80}(?![A-Za-z0-9_]|\s*[(=])")
_NO_WORDS = frozenset({"true", "false", *v.GREEK_NAMES})
_MEANING = v.FUNCTIONS.keys() | v.QUANTITIES.keys() | v.UNITS | v.PROSE


_INDEXED = regex(r"(?<![\\A-Za-z0-9_])[A-Z](?:in|out|mid|hid|dim|max|emb)(?![A-Za-z0-9_])")
_NAME = regex(r"(?<![\\A-Za-z0-9_])[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*(?![A-Za-z0-9_{])")
# log_2 is a logarithm.
_UNDERSCORED = regex(
    r"(?<![\\A-Za-z0-9_])(?!log_(?:[0-9]+|[A-Za-z])(?![A-Za-z0-9_]))"
    r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+(?![A-Za-z0-9_{])"
)


def bound_words(text: str, target: str, where: str, names: Mapping[str, str]) -> frozenset[str]:
    """Words that are one symbol: sizes of layers, sides of conditions that are a word alone, names.

    A word all of whose letters also stand alone is a product after all (``MN`` beside M and N).
    """
    if not (where or target or names or _RUN_OF_LETTERS.search(text)):
        return frozenset()
    candidates = {name for name in names.values() if len(name) > 1}
    for side in (target, text):
        if "=" in side and ("," in side or ")" in side):
            candidates.update(_SIZE.findall(side))
    after_target, after_text = _after_where(target), _after_where(text)
    if where or after_target or after_text:
        for side in _SIDE.split(f"{where},{after_target},{after_text}"):
            alone = _WORD.fullmatch(side)
            if alone:
                candidates.add(alone[1])
    # In a quoted text Cin is C_in.
    candidates |= _one_symbol(text) - (indexed_words(text).keys() if target else set())
    underscored: set[str] = set()
    if target or where:
        plain = _plain_words(f"{target} {where}")
        upright = {*_UPRIGHT.findall(text)} if "\\" in text else set()
        candidates |= {word for word in plain & upright if not is_layer(word)}
        candidates |= _in_both(text, _plain_words(target))
        # Cin in a target is one symbol: the text is held against it, and may spell it C_in.
        underscored |= {w for w in _underscored(f"{target} {where}") if not is_layer(w)}
        underscored |= indexed_words(target).keys()
    candidates -= _NO_WORDS
    if not candidates:
        return frozenset(underscored)
    words = _RUN.findall(" ".join((text, _KEY.sub(" ", target), where)))
    singles = {
        letter for word in words if word not in candidates and len(word) <= 4 for letter in word
    }
    bound = {word for word in candidates if not set(filter(str.isalpha, word)) <= singles}
    return frozenset(bound | underscored)


def multiply_letters(scan: Scan, known: frozenset[str]) -> None:
    r"""Read ``\mathrm{HW}`` and ``hwc_1c_2`` as products where each part is a symbol elsewhere.

    ``known``: the symbols of the target and the conditions.
    """
    if not scan.words and "_" not in scan.text:
        return
    names = [t for t in scan.tokens if t.type == "NAME" and t.start not in scan.words]
    subscripted = [item for item in names if len(item.value) > 3]
    if not scan.words and not subscripted:
        return
    alone = {item.value for item in names}
    for item in subscripted:
        several = item.value.count("_") > 1 and _parts(item.value, (known | alone) - {item.value})
        if several or _RUN_ON.match(item.value):  # c_1c_2hw beside c_1, c_2, h and w
            written = scan.text[item.start : item.end]
            scan.words[item.start] = Word(
                written, item.start, item.end, frozenset({item.value}), split=False
            )
            alone.discard(item.value)
    if not scan.words:
        return
    tokens: list[Token] = []
    for item in scan.tokens:
        word = scan.words.get(item.start)
        if word is None:
            tokens.append(item)
            continue
        upright = item.value.isalpha() and item.value == word.written
        parts: list[str] = []
        if item.type == "NAME" and not word.split and item.value not in known:
            parts = _parts(item.value, known if upright else known | alone)
        if len(parts) > 1:
            scan.words[item.start] = word._replace(names=frozenset(parts), split=True)
            tokens += [Token("NAME", part, item.start, item.end) for part in parts]
        else:
            tokens.append(item)
    scan.tokens[:] = tokens


def _parts(name: str, symbols: Set[str]) -> list[str]:
    """A name as a run of symbols, the longest first; nothing where a part is none of them."""
    parts: list[str] = []
    place = 0
    while place < len(name):
        ends = (end for end in range(len(name), place, -1) if name[place:end] in symbols)
        end = next(ends, None)
        if end is None:
            return []
        parts.append(name[place:end])
        place = end
    return parts


def _one_symbol(text: str) -> set[str]:
    """Words that nobody would split: with an exponent, or again between signs: dim·dim = dim²."""
    if not _LONGER.search(text):
        return set()
    operands = [operand.groups() for operand in _OPERAND.finditer(text)]
    times = Counter(word for word, _ in operands)
    words = {word for word, sign in operands if times[word] > 1 or sign in _RAISED}
    words |= {*_POWERED.findall(text)}
    named = {word for word in words if word.lower() in _NAMES_OF_SIZES or _INDEXED.match(word)}
    named |= {side[1] or side[2] for side in _IN_OUT.finditer(text)}
    # Another word is a symbol where it stands again, and none of its letters anywhere else.
    runs = [run for run in _LETTERS.findall(text) if run not in named] if words - named else []
    return named | {
        word
        for word in words - named - _MEANING
        if runs.count(word) > 1
        and _PRONOUNCED.match(word)
        and set(word).isdisjoint("".join(run for run in runs if run != word))
    }


@lru_cache(maxsize=256)
def _plain_words(target: str) -> frozenset[str]:
    """The words of a target that are no functions, quantities or units."""
    return frozenset(_PLAIN.findall(target)) - _MEANING


def _in_both(text: str, words: frozenset[str]) -> set[str]:
    """Longer words of a language that stand in a text and its target."""
    shared = words.intersection(_PLAIN.findall(text)) if words else frozenset()
    return {w for w in shared if len(w) > 3 and v.VOWEL.search(w) and not is_layer(w)}


def aliases(text: str, known: frozenset[str]) -> dict[str, str]:
    """Words of a text that spell a symbol of the target with or without its underscore.

    >>> aliases("Cin * Cout * K_h", frozenset({"C_in", "C_out", "Kh"}))
    {'Cin': 'C_in', 'Cout': 'C_out', 'K_h': 'Kh'}
    """
    spelled = {name.replace("_", ""): name for name in known if len(name) > 1}
    symbols: dict[str, str] = {}
    if not spelled:
        return symbols
    words = _NAME.findall(text)
    singles = frozenset(word for word in words if len(word) == 1)
    for word in words:
        symbol = spelled.get(word.replace("_", ""))
        letters = frozenset(filter(str.isalpha, word))
        numbered = word[1:].isdigit()
        if symbol and word not in known and not numbered and not letters <= singles:
            symbols[word] = symbol
    return symbols


def rename(tokens: list[Token], known: frozenset[str]) -> dict[str, str]:
    r"""Give names such as the C_in of ``C_{\text{in}}`` the spelling of the target, Cin."""
    spelled = {name: name for name in known if len(name) > 2 and "_" not in name}
    renamed: dict[str, str] = {}
    for item in tokens:
        symbol = spelled.get(item.value.replace("_", "")) if item.type == "NAME" else None
        if symbol and item.value not in known:
            renamed[item.value] = symbol
            item.value = symbol
    return renamed


def indexed_words(text: str) -> dict[str, str]:
    """Words of a capital letter and a short word that says which one, and the symbols they spell.

    >>> indexed_words("K K Cin Cout")
    {'Cin': 'C_in', 'Cout': 'C_out'}
    """
    return {word: f"{word[0]}_{word[1:]}" for word in _INDEXED.findall(text)}


def _after_where(text: str) -> str:
    if "where" not in text:
        return ""
    where = _WHERE.search(text)
    return text[where.end() :] if where else ""


@lru_cache(maxsize=256)
def _underscored(text: str) -> frozenset[str]:
    """Names with an underscore in plain text; in TeX a bare subscript is one character."""
    if "\\" in text or "_{" in text or "^{" in text:
        return frozenset()
    return frozenset(_UNDERSCORED.findall(text)) - v.QUANTITIES.keys()


def name_symbols(scan: Scan, names: Mapping[str, str]) -> set[str]:
    r"""Give ``d_{\text{model}}`` the symbol of ``d_model`` in ``names``; the names that did so."""
    spelled = {_MARKUP.sub("", word).replace("[", "_"): word for word in names if len(word) > 1}
    used: set[str] = set()
    for item in scan.tokens if spelled else ():
        word = spelled.get(item.value) if item.type == "NAME" else None
        if word and scan.text[item.start : item.end] not in names:
            item.value = names[word]
            used.add(word)
    return used


def unused(names: Mapping[str, str], used: Set[str], *texts: str) -> list[str]:
    """A note on each name that stands nowhere in the texts, and was not used."""
    plain = [plain_characters(text).replace("}", "") for text in texts if names]
    missing = [
        name
        for name in names
        if name not in used and not any(plain_characters(name) in text for text in plain)
    ]
    return [f"the name {name[:40]!r} stands nowhere" for name in missing]
