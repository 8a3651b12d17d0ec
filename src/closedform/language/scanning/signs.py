"""Which reader reads what begins with which character, and the readers of single signs."""

from __future__ import annotations

import re

from closedform.language import vocabulary as v
from closedform.language.scanning.keywords import keyword
from closedform.language.scanning.names import check_digits, read_name
from closedform.language.scanning.numerals import (
    GOES_ON,
    fraction_sign,
    number,
    remainder_follows,
    stop_sign,
    superscript,
)
from closedform.language.scanning.series import read_series
from closedform.language.scanning.state import Reader, Readers, Singles, State
from closedform.language.scanning.tex import check_seen, command, group
from closedform.language.scanning.words import other_letters, word
from closedform.language.tokens import ENDS, Token
from closedform.later import regex

_INDEXED = regex(r"\[([0-9]{1,3})\]")
#: An index of a program, or a factor: n[i], n[l-1], x[-1].
_INDEX = regex(r"\[\s*(?:[A-Za-z](?:\s*[+-]\s*[0-9]{1,3})?|-[0-9]{1,3})\s*\]")
_EXPONENT = regex(r"(?!where\b)[A-Za-z][A-Za-z0-9]+(?:_[A-Za-z0-9]+)*")
_APPLIED = ("(", "[", "{")
#: A unit behind its number, as TeX ties it: 3.69~MB.
_TIED = regex(r"~(?:[kKMGT]i?[A-Z]|[kKMGT]?[A-Za-z]{3,}|\\)")
_ARROW = regex(r"(?:==?|--?)>")
_LONG = regex("|".join(re.escape(sign) for sign in v.LONG_SIGNS))


def _space(s: State, at: int, stop: int) -> int:
    while at < stop and s.text[at] in " \t\r$":
        at += 1
    return at


def _new_line(s: State, at: int, _stop: int) -> int:
    """A new line: a row of its own in typed text, a space in TeX and inside brackets."""
    # Behind the closing delimiter of TeX the text goes on as typed.
    closed = s.text[at - 1 : at] == "$" or s.text[max(0, at - 2) : at] in ("\\)", "\\]")
    if (not s.tex or closed) and not s.open_at and s.out and s.before() != "ROW":
        s.emit("ROW", "\n", at, at + 1)
    return at + 1


def _sign(s: State, at: int, _stop: int) -> int:
    char = s.text[at]
    s.out.append(Token(v.SIGNS[char], char, at, at + 1))
    return at + 1


#: What a bracket holds, by what stands before it.
_INSIDE = {
    "FUNCTION": "call",
    "SHORTHAND": "named",
    "QUANTITY": "layers",
    "SHARED": "shared",
    "PORTION": "portion",
    "LAYER": "arguments",
}
#: What may come second in a sign of several characters, or in one that is refused.
_SECOND = frozenset("".join(sign[1:2] for sign in v.LONG_SIGNS) + "<>-")


def _long_sign(s: State, at: int, stop: int) -> int:
    """A sign that may be the beginning of a longer one."""
    if s.text[at + 1 : at + 2] not in _SECOND and s.text[at] != "~":
        return _sign(s, at, stop)
    arrow = _ARROW.match(s.text, at, stop)
    if arrow:
        return s.refuse(at, arrow.end(), *_NO_RELATION)
    sign = _LONG.match(s.text, at, stop)
    if sign is None:
        char = s.text[at]
        pair = s.text[at : at + 2]
        if pair in ("=<", "<-", "<>"):
            return s.refuse(at, at + 2, *_NO_RELATION)
        if char == "~":
            tied = s.before() == "NUMBER" and s.out[-1].end == at and _TIED.match(s.text, at)
            return at + 1 if s.tex or tied else s.emit("ABOUT", char, at, at + 1)
        return _sign(s, at, stop)
    kind = v.LONG_SIGNS[sign[0]]
    if kind == "POWER":
        return _exponent(s, at, sign.end(), stop)
    return s.emit(kind, sign[0], at, sign.end())


def _open(s: State, at: int, stop: int) -> int:
    if s.tex and s.text[at] == "{":
        return group(s, at, stop)
    touches = s.text[at] == "[" and s.before() == "NAME" and s.out[-1].end == at
    if touches and not s.tex and (either := _INDEX.match(s.text, at, stop)):
        hint = f"write _{{{either[0].strip('[ ]')}}} for a term of a sequence, * before a factor"
        raise s.error(at, len(either[0]), "an index, or a factor in brackets?", hint)
    index = _INDEXED.match(s.text, at, stop) if touches else None
    if index:
        # padding[0] of a program: the first of several, no product with 0.
        name = s.out[-1]
        s.out[-1] = Token("NAME", f"{name.value}_{index[1]}", name.start, index.end())
        return index.end()
    s.open(at, v.OPENING[s.text[at]], _INSIDE.get(s.before()))
    return s.emit("LPAR", s.text[at], at, at + 1)


def _close(s: State, at: int, stop: int) -> int:
    if not s.open_at and [item.type for item in s.out] in (["NUMBER"], ["NAME"]):
        # 1) or a): the mark of a list, no bracket.
        return s.emit("STOP", s.text[at], at, at + 1)
    opened = s.open_at[-1][0] if s.open_at else at
    s.close(at, v.CLOSING[s.text[at]])
    s.emit("RPAR", s.text[at], at, at + 1)
    if s.text[opened] == "{" and s.text.startswith("^", s.follow(at + 1)):
        # TeX would not show these braces: a power of the whole, or of the last factor?
        check_seen(s, next(i for i, t in enumerate(s.out) if t.start == opened), at + 1, stop)
    return at + 1


def _exponent(s: State, at: int, end: int, stop: int) -> int:
    """After ``^``: in TeX one character or a group; in text a number, a word or a bracket."""
    s.emit("POWER", "^", at, end)
    end = s.follow(end)
    first = s.text[end : end + 1] if end < stop else ""
    if first.isdigit() and not s.tex:
        return end
    # Two stars are no TeX: a power of Python, or bold face.
    if first == "{" or (s.tex and s.text[at] == "^" and first not in ("(", "-", "−", "")):
        inner, after = s.argument(end, stop, "an exponent")
        check_digits(s, inner, after, "^")
        s.bracketed(inner)
        return after
    exponent = _EXPONENT.match(s.text, end, stop)
    if exponent is None:
        return end
    # A function and what it is of stand in an exponent by themselves: 2^ceil(M/2).
    applied = s.text[exponent.end() : exponent.end() + 1] in _APPLIED
    if not applied or keyword(s, exponent[0], end, exponent.end(), stop) is None:
        s.bracketed(exponent.span())
    return exponent.end()


def _greek(s: State, at: int, stop: int) -> int:
    char = s.text[at]
    if char == "Σ" and s.text[at + 1 : at + 2] in ("_", "^"):
        return read_series(s, "sum", at, at + 1, stop)
    return read_name(s, v.GREEK.get(char, "ell"), at, at + 1, stop)


def _percent(s: State, at: int, stop: int) -> int:
    """A comment in TeX; in text a remainder behind a factor, as in a program."""
    if not s.tex:
        if s.before() in ENDS and remainder_follows(s, at, stop):
            return s.emit("MOD", "%", at, at + 1)
        return s.refuse(at, at + 1, "% stands for percent, after a number only", "write 81%")
    newline = s.text.find("\n", at, stop)
    end = stop if newline < 0 else newline
    said = s.text[at + 1 : end].strip(" $")
    if not said and end == stop and s.before() == "NUMBER" and s.out[-1].end == at:
        return s.refuse(at, at + 1, "a comment of TeX, or percent?", r"write 81\% or 81/100")
    if said:
        s.result.notes.append(f"without {'% ' + said[:60]!r}")
    return min(end + 1, stop)


def _ampersand(s: State, at: int, _stop: int) -> int:
    """A place of alignment; in text only before a relation or a sign."""
    if s.tex or s.text[s.follow(at + 1) : s.follow(at + 1) + 1] in v.SIGNS:
        return at + 1
    return s.refuse(at, at + 1, "& has no meaning in a formula", "write * for a product")


def _underscore(s: State, at: int, stop: int) -> int:
    hint = "write it directly after a letter: C_in, C_{in}"
    if s.tex and s.before() in ("BAR", "RBAR", "NORM"):  # ||W||_0, with what stands below
        _, end = s.argument(at + 1, stop, "a subscript")
        return s.refuse(at, end, "a subscript that belongs to no letter", hint)
    return s.refuse(at, at + 1, "a subscript that belongs to no letter", hint)


def _other(s: State, at: int, stop: int) -> int:
    """A character in no table: space, letters of another script, or nothing that is known."""
    char = s.text[at]
    if char.isspace():
        return at + 1
    if char in "∴∵":
        return s.emit("GAP", char, at, at + 1)
    if char.isalpha():
        return other_letters(s, at, stop)
    shown = char if char.isprintable() else f"the character U+{ord(char):04X}"
    return s.refuse(at, at + 1, f"{shown} has no meaning here", "leave it out")


_CALCULUS = ("this is not part of the language", "write a formula in + - * / ^, floor, log, sum")
_NO_RELATION = ("this is no relation of the language", "write one of = < <= > >= ≈")
_REFUSED: dict[str, tuple[str, str]] = {
    **dict.fromkeys("∫∂∇∞±∓⊕⊗⊙∘∪∩", _CALCULUS),
    **dict.fromkeys("≠∝≪≫→⇒⟹⇔↔←∈⟶➜➡⇨", _NO_RELATION),
}

_READERS: dict[str, Reader] = {
    **dict.fromkeys(v.SIGNS, _sign),
    **dict.fromkeys(v.STOPS, stop_sign),
    **dict.fromkeys("*=:<>~/-", _long_sign),
    **dict.fromkeys(v.OPENING, _open),
    **dict.fromkeys(v.CLOSING, _close),
    **dict.fromkeys("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", word),
    **dict.fromkeys("0123456789.", number),
    **dict.fromkeys(v.GREEK, _greek),
    "ℓ": _greek,
    **dict.fromkeys(v.SUPERSCRIPTS, superscript),
    **dict.fromkeys(v.FRACTION_SIGNS, fraction_sign),
    **dict.fromkeys(_REFUSED, lambda s, at, _: s.refuse(at, at + 1, *_REFUSED[s.text[at]])),
    **dict.fromkeys(" \t\r$", _space),
    "\n": _new_line,
    "^": lambda s, at, stop: _exponent(s, at, at + 1, stop),
    "\\": command,
    "%": _percent,
    "&": _ampersand,
    "#": lambda s, at, _: s.emit("WORD", "#", at, at + 1),
    "_": _underscore,
    "√": lambda s, at, _: s.emit("PREFIX", "sqrt", at, at + 1),
    "∑": lambda s, at, stop: read_series(s, "sum", at, at + 1, stop),
    "∏": lambda s, at, stop: read_series(s, "prod", at, at + 1, stop),
}

#: Letters that begin nothing else: x may be a sign, and w/ is with.
_LETTERS = frozenset("abcdefghijklmnopqrstuvyzABCDEFGHIJKLMNOPQRSTUVWYZ")
_DIGITS = frozenset("123456789")
_FOLLOWS = frozenset(" ()+-*/=<>,|")
_OPERAND = _LETTERS | _DIGITS | frozenset(" ()")


def _singles(*, marks: bool) -> Singles:
    """What is most of a text, read in one place: its readers would say the same."""
    after_letter = _FOLLOWS | ({"}"} if marks else {"^"})
    return {
        **dict.fromkeys(_LETTERS, ("NAME", after_letter)),
        **dict.fromkeys(_DIGITS, ("NUMBER", (_LETTERS | after_letter) - GOES_ON)),
        **{sign: (v.SIGNS[sign], _OPERAND) for sign in "+-*/=<>"},
    }


READERS = Readers(_READERS, {marks: _singles(marks=marks) for marks in (False, True)}, _other)
