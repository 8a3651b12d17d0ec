r"""Numbers and units as siunitx writes them: ``\num{1.5}``, ``\qty{14}{\giga\byte}``.

A comma is a decimal sign, and a bracket opens an uncertainty: siunitx.sty of version 3.2.0, lines
4320 and 4324 (input-decimal-markers, input-open-uncertainty).
"""

from __future__ import annotations

from closedform.language import vocabulary as v
from closedform.language.scanning import commands as c
from closedform.language.scanning.faces import wrapped
from closedform.language.scanning.state import Span, State
from closedform.later import regex

_SPACES = regex(r"(?:\s|~|\\[,;: ]|\{,\}|,)+")
_UNIT = regex(r"\\([a-z]+)")
_DIGITS = regex(r"[0-9]{1,400}(?:\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,3})?")


def read_number(s: State, inner: Span, at: int, end: int) -> None:
    r"""The number in ``\num``.

    Raises:
        ParseError: a comma that may be meant for thousands, or an uncertainty in brackets.
    """
    written = s.text[slice(*inner)]
    groups = written.replace("{,}", ",").split(",")
    place = inner[0], inner[1] - inner[0]
    if len(groups) == 2:
        hint = f"write {groups[0]}.{groups[1]}, or {groups[0]}{groups[1]}"
        raise s.error(*place, "siunitx reads this comma as a decimal sign", hint)
    if "(" in written:
        raise s.error(*place, "an uncertainty in brackets is not read here", "leave it out")
    digits = _SPACES.sub("", written)
    if _DIGITS.fullmatch(digits):
        s.emit("NUMBER", digits, at, end)
    else:
        wrapped(s, inner)


def read_unit(s: State, at: int, stop: int) -> int:
    r"""The unit behind the number of ``\qty``: ``\giga\byte`` as the word GB."""
    inner, end = s.argument(at, stop, "a unit")
    said = _UNIT.sub(lambda part: c.UNITS.get(part[1], part[1]), s.text[inner[0] : inner[1]])
    word = "".join(said.split())
    plain = word[1:] if word[:1] in v.PREFIXES else word
    if word not in v.BYTES | v.SUFFIXES and not {word.lower(), plain.lower()} & v.UNITS:
        return s.refuse(at, end, f"the unit {word[:40]} is not read here", "leave it out")
    s.emit("NAME", word, at, end)
    if word not in v.SUFFIXES:
        s.note_word(word, at, end, len(s.out) - 1, split=False)
    return end
