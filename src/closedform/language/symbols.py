"""Words that are one symbol: which of them the target, the conditions or ``names`` bind."""

from __future__ import annotations

import re
from collections.abc import Mapping

from closedform.cost.registry import is_layer
from closedform.language.tokens import Scan, Token
from closedform.language.vocabulary import FUNCTIONS, GREEK_NAMES, PROSE, QUANTITIES, UNITS

_WHERE = re.compile(r"(?<![A-Za-z\\])where(?![A-Za-z])")
_SIZE = re.compile(r"[A-Za-z]\s*=\s*([A-Za-z][A-Za-z]+\d*)\s*(?=[,)])")
_SIDE = re.compile(r"[,=<>|]+")
_WORD = re.compile(r"\s*([A-Za-z][A-Za-z]{1,78}\d{0,9})\s*", re.ASCII)
_KEY = re.compile(r"(?<![A-Za-z])[A-Za-z]{1,80}\s*=(?!=)")
_RUN = re.compile(r"(?<![\\A-Za-z_])[A-Za-z]+(?![A-Za-z_])")
_UPRIGHT = re.compile(r"\\(?:text[a-z]*|math[a-z]+|operatorname)\s*\{\s*([A-Za-z]{2,80})\s*\}")
# Not before a bracket or an equals sign, where it is a layer, a function or a size.
_PLAIN = re.compile(r"(?<![\\A-Za-z_])[A-Za-z]{2,80}(?![A-Za-z_]|\s*[(=])")
_MEANING = FUNCTIONS.keys() | QUANTITIES.keys() | UNITS | PROSE
_UNDERSCORED = re.compile(
    r"(?<![\\A-Za-z0-9_])[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+(?![A-Za-z0-9_{])"
)


def bound_words(text: str, target: str, where: str, names: Mapping[str, str]) -> frozenset[str]:
    """Words that are one symbol: sizes of layers, sides of conditions that are a word alone, names.

    A word all of whose letters also stand alone is a product after all (``MN`` beside M and N).
    """
    candidates = {name for name in names.values() if len(name) > 1}
    if "=" in text or "=" in target:
        candidates.update(_SIZE.findall(target), _SIZE.findall(text))
    after_target, after_text = _after_where(target), _after_where(text)
    if where or after_target or after_text:
        for side in _SIDE.split(f"{where},{after_target},{after_text}"):
            found = _WORD.fullmatch(side)
            if found:
                candidates.add(found[1])
    candidates |= _set_upright(text, f"{target} {where}")
    underscored = _underscored(f"{target} {where}") if "_" in target or "_" in where else set()
    candidates -= {"true", "false", *GREEK_NAMES}
    if not candidates:
        return frozenset(underscored)
    words = _RUN.findall(" ".join((text, _KEY.sub(" ", target), where)))
    singles = {
        letter for word in words if word not in candidates and len(word) <= 4 for letter in word
    }
    bound = {word for word in candidates if not set(filter(str.isalpha, word)) <= singles}
    return frozenset(bound | underscored)


def multiply_letters(found: Scan, known: frozenset[str]) -> None:
    r"""Read ``\\mathrm{HW}`` as H·W, where the target has these two and no symbol of that name."""
    tokens: list[Token] = []
    for item in found.tokens:
        word = found.words.get(item.start)
        letters = frozenset(item.value)
        if item.type != "NAME" or not word or word.split or item.value in known:
            tokens.append(item)
        elif item.value.isalpha() and letters <= known and item.value == word.written:
            found.words[item.start] = word._replace(names=letters, split=True)
            tokens += [Token("NAME", letter, item.start, item.end) for letter in item.value]
        else:
            tokens.append(item)
    found.tokens[:] = tokens


def _set_upright(text: str, other: str) -> set[str]:
    r"""Words in ``\\text{batch}`` that the target writes plainly."""
    if "\\" not in text:
        return set()
    plain = set(_PLAIN.findall(other)) - _MEANING
    return {word for word in plain & set(_UPRIGHT.findall(text)) if not is_layer(word)}


def _after_where(text: str) -> str:
    if "where" not in text:
        return ""
    found = _WHERE.search(text)
    return text[found.end() :] if found else ""


def _underscored(text: str) -> set[str]:
    """Names with an underscore in plain text; in TeX a bare subscript is one character."""
    return (
        set() if "\\" in text or "_{" in text or "^{" in text else set(_UNDERSCORED.findall(text))
    )
