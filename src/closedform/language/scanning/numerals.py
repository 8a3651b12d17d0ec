"""Numbers: digits with separators, decimals, exponents, percent, fractions in one character."""

from __future__ import annotations

import re
from fractions import Fraction

from closedform.algebra.functions import FUNCTIONS
from closedform.language import vocabulary as v
from closedform.language.scanning.state import DIGITS, State
from closedform.language.tokens import ENDS
from closedform.later import regex

_NUMBER = regex(
    r"(?:[0-9]{1,3}(?:(?:,|(?:\\(?:text|math(?:ord|punct)))?\{,\}|\\(?:[, ]|thinspace\s?)|~"
    r"|[\u2009\u202f\xa0'’])[0-9]{3}(?![0-9]))+"
    r"|[0-9]{1,3}(?: , [0-9]{3}(?![0-9])){2,}"
    r"|[0-9]{1,3}(?:_[0-9]{3})+(?![0-9])"
    r"|[0-9]+)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+(?![0-9]))?|\.[0-9]+(?:[eE][+-]?[0-9]+)?"
)
#: Digits in groups of other countries: 23,12,11,008 and 231.211.008; in Chinese: 2亿3121万1008.
_GROUPED = regex(
    r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9,.])|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9.])"
    r"|(?P<y>[0-9]{1,4})[亿億](?:(?P<w>[0-9]{1,4})[万萬](?P<r>[0-9]{1,4})?|(?P<s>[0-9]{4}))"
    r"(?![0-9.,])|(?P<v>[0-9]{1,4})[万萬](?P<t>[0-9]{4})(?![0-9.,])"
)
_MYRIADS = {"y": 10**8, "w": 10**4, "v": 10**4}
#: A number of a program in base 16, 8 or 2.
_BASED = regex(r"0(?:[xX][0-9a-fA-F]{1,16}|[oO][0-7]{1,20}|[bB][01]{1,60})(?![0-9A-Za-z_.])")
#: What may go on a number after a digit, or stand before its percent sign.
GOES_ON = frozenset("0123456789.,_eE%\\{ \t\n\r$~&\xa0\u2009\u202f'’")
#: A number with nothing before what follows that may belong to it: no e, no percent.
_PLAIN = regex(r"[1-9][0-9]{0,17}(?= ?[A-DF-OQ-Za-df-oq-z*/()+=<>^-])")
_SEPARATORS = regex(r"(?:\\[a-z]+)?\{,\}|\\(?:[, ]|thinspace\s?)|[,_~ \u2009\u202f\xa0'’]")
_GROUPS = regex("[.,]")
_SIGNED = regex(r"([eE])([+-])([0-9]+)\Z")
_PERCENT = regex(r"\s*(?:percent|per cent|Prozent|pour cent|процентов|процента)(?![A-Za-z])")
_ATTRIBUTE = regex(r"\.(?=[a-z]+_[a-z])")
#: l.size of a program, where no prose goes on.
_MEMBER = regex(r"\.([a-z][A-Za-z0-9]+)(?![A-Za-z0-9_(]| [a-z])")
_DIGIT_NEXT = regex(r"\s*[0-9]")
#: A minus that touches what follows and no sign before it: 7 % -3, and no 50 % - 3.
_NEGATIVE = regex(r"\s+-[\w(]")
#: A number, a symbol (a letter, with what belongs to its name), a bracket, or a function of one.
_OPERAND = regex(r"\s*(?:[0-9(]|[A-Za-z](?![A-Za-z])|[A-Za-z]\w{0,40}\s?\()")
_PIECES = regex(r"[0-9]+|.")
#: The largest power of ten in a number such as 1e6.
EXPONENT = 4_000


def read_value(written: str) -> int | Fraction:
    """The exact value of a number as typed: ``0.25`` is 1/4, ``1e6`` an integer, ``81%`` 81/100.

    >>> read_value("0.25"), read_value("1e6"), read_value("81%")
    (Fraction(1, 4), 1000000, Fraction(81, 100))
    """
    if written.isdigit():
        return int(written)
    mantissa, _, exponent = written.rstrip("%").lower().partition("e")
    whole, _, decimals = mantissa.partition(".")
    power = int(exponent or 0) - len(decimals) - 2 * written.endswith("%")
    digits = int(whole + decimals)
    value = Fraction(digits * 10**power) if power >= 0 else Fraction(digits, 10**-power)
    return value.numerator if value.denominator == 1 else value


def number(s: State, at: int, stop: int) -> int:
    """A number: most are digits, and nothing behind them may belong to them."""
    if plain := _PLAIN.match(s.text, at, stop):
        return s.emit("NUMBER", plain[0], at, plain.end())
    grouped = None if s.open_at else _GROUPED.match(s.text, at, stop)
    return _of_groups(s, grouped) if grouped else _numeral(s, at, stop)


def _numeral(s: State, at: int, stop: int) -> int:
    """A number, with its thousands separators and its percent sign."""
    text = s.text
    if at + 1 == stop or text[at + 1] not in GOES_ON:
        # Most numbers are one digit; a lone point ends a sentence.
        if text[at] == ".":
            return stop_sign(s, at, stop)
        if text[at] == "0" and (based := _BASED.match(text, at, stop)):
            s.emit("NUMBER", str(int(based[0], 0)), at, based.end())
            s.result.notes.append(f"{based[0]} as {int(based[0], 0):,}")
            return based.end()
        return s.emit("NUMBER", text[at], at, at + 1)
    numeral = _NUMBER.match(text, at, stop)
    if numeral is None:
        return stop_sign(s, at, stop)
    written = _first_number(s, numeral)
    end = at + len(written)
    if not written.isdigit():
        written = _SEPARATORS.sub("", written)
        exponent = written.lower().partition("e")[2]
        if len(exponent) > 6 or abs(int(exponent or 0)) > EXPONENT:
            raise s.error(at, end - at, f"an exponent past {EXPONENT:,}", "write a smaller number")
    if len(written) > DIGITS:
        raise s.error(at, end - at, f"a number of more than {DIGITS:,} digits", "shorten it")
    word = _PERCENT.match(text, end, stop)
    if word:
        return s.emit("NUMBER", written + "%", at, word.end())
    percent = s.follow(end) if not s.tex else end
    if text.startswith("%", percent) and not s.tex:
        negative = percent > end and _NEGATIVE.match(text, percent + 1, stop)
        asked = negative or remainder_follows(s, percent, stop)
        if asked and _is_remainder(s, at, end, percent):
            return s.emit("NUMBER", written, at, end)
        end, written = percent + 1, written + "%"
    elif text.startswith("\\%", s.follow(end)):
        end, written = s.follow(end) + 2, written + "%"
    return s.emit("NUMBER", written, at, end)


def _of_groups(s: State, grouped: re.Match[str]) -> int:
    """A number in groups of other countries, which is told."""
    parts = {key: int(digits) for key, digits in grouped.groupdict().items() if digits}
    value = sum(digits * _MYRIADS.get(key, 1) for key, digits in parts.items())
    value = value or int(_GROUPS.sub("", grouped[0]))
    s.emit("NUMBER", str(value), *grouped.span())
    s.result.notes.append(f"{grouped[0]} as {value:,}")
    return grouped.end()


def remainder_follows(s: State, at: int, stop: int) -> bool:
    """Whether an operand stands behind the ``%`` at a place: a number, a letter or a bracket."""
    return _OPERAND.match(s.text, at + 1, stop) is not None


def _is_remainder(s: State, at: int, end: int, percent: int) -> bool:
    """Whether ``%`` between a number and an operand asks for a remainder: 7 % 3, and not 50% N.

    Raises:
        ParseError: 7 % N, which may be 7/100 of N.
    """
    if _DIGIT_NEXT.match(s.text, percent + 1):
        return True
    if percent == end:
        return False
    text = s.text[at : percent + 1]
    hint = f"write {s.text[at:end]} mod …, or {s.text[at:end]}/100 * …"
    raise s.error(at, len(text), f"{text} can be read in two ways", hint)


def _first_number(s: State, numeral: re.Match[str]) -> str:
    """The number that a match begins with: 1,024 may be two arguments, 2E+1 three terms.

    Raises:
        ParseError: it can be read in two ways.
    """
    written = numeral[0]
    if "~" in written and not s.tex:  # 1~843 in a typed text is a range
        written = written.partition("~")[0]
    if "," in written and s.contexts[-1] in ("call", "named", "arguments"):
        first = written.split(",")[0].rstrip("{ ")
        called = s.out[-2].value if s.before() == "LPAR" and len(s.out) > 1 else ""
        least, most = FUNCTIONS[called].arguments if called in FUNCTIONS else (0, 2)
        if s.contexts[-1] != "call" or (
            least > 1 and written.count(",") == 1 and s.closes(numeral.end())
        ):
            return first
        if most > 1:
            hint = f"write {_SEPARATORS.sub('', written)}, or a space behind the comma"
            problem = f"{written} is a number, or several arguments"
            raise s.error(numeral.start(), len(written), problem, hint)
    signed = _SIGNED.search(written)
    if signed is None:
        return written
    letter = signed[1]
    if letter in s.bound or s.alone(letter):
        return written[: signed.start()]
    if "." not in written and len(signed[3]) == 1 and signed[0][:2] != "e-":
        before, power = written[: signed.start()], f"{signed[2].strip('+')}{signed[3]}"
        hint = f"write {before}*{letter} {signed[2]} {signed[3]}, or {before} * 10^{power}"
        raise s.error(numeral.start(), len(written), f"{written} can be read in two ways", hint)
    return written


def stop_sign(s: State, at: int, _stop: int) -> int:
    """A sign that ends a sentence, or dots."""
    char = s.text[at]
    if char == "." and s.text.startswith("..", at):
        end = at + 2 + s.text.startswith(".", at + 2)
        return s.emit("DOTS", s.text[at:end], at, end)
    owner = s.out[-1] if s.before() == "NAME" else None
    if owner and owner.end == at == owner.start + 1 and _ATTRIBUTE.match(s.text, at):
        # m.in_features of a program is in_features.
        s.out.pop()
        return at + 1
    attribute = _MEMBER.match(s.text, at)
    joined = len(s.out) > 1 and s.out[-2].type in ENDS
    if owner and attribute and owner.end == at == owner.start + 1 and not joined:
        s.out.pop()
        s.emit("NAME", attribute[1], owner.start, attribute.end())
        s.note_word(attribute[1], owner.start, attribute.end(), len(s.out) - 1, split=False)
        s.result.notes.append(f"{owner}.{attribute[1]} as {attribute[1]}")
        return attribute.end()
    return _factorial_sign(s, at) if char == "!" else s.emit("STOP", char, at, at + 1)


def _factorial_sign(s: State, at: int) -> int:
    if s.text.startswith("=", at + 1):
        hint = "write = < <= > >= or ≈, and a space before the = behind a factorial"
        return s.refuse(at, at + 2, "!= is no relation of the language", hint)
    if s.text.startswith("!", at + 1) or s.before() == "FACTORIAL":
        return s.refuse(at, at + 1, "a double factorial is not read here", "write (n!)!")
    behind = s.before() in ENDS - {"LAYER"} | {"BAR"}
    if not behind or (s.text[at - 1 : at].isspace() and not s.tex):
        hint = "write n!, or leave it out"
        return s.refuse(at, at + 1, "nothing stands before this !, of which it is", hint)
    return s.emit("FACTORIAL", "!", at, at + 1)


def fraction_sign(s: State, at: int, _stop: int) -> int:
    """½ and its like: a bracketed quotient."""
    above, _, below = v.FRACTION_SIGNS[s.text[at]].partition("/")
    end = at + 1
    kinds = "LPAR NUMBER DIVIDE NUMBER RPAR".split()
    for kind, value in zip(kinds, ("(", above, "/", below, ")"), strict=True):
        s.emit(kind, value, at, end)
    return end


def superscript(s: State, at: int, stop: int) -> int:
    """A run of raised characters: an exponent."""
    text, end = s.text, at
    while end < stop and text[end] in v.SUPERSCRIPTS:
        end += 1
    if end - at > DIGITS:
        raise s.error(at, end - at, f"an exponent of more than {DIGITS:,} signs", "shorten it")
    written = "".join(v.SUPERSCRIPTS[char] for char in text[at:end])
    s.emit("POWER", "^", at, end)
    s.emit("LPAR", "(", at, end)
    for piece in _PIECES.findall(written):
        kind = {"+": "PLUS", "-": "MINUS"}.get(piece, "NUMBER" if piece.isdigit() else "NAME")
        s.emit(kind, piece, at, end)
    return s.emit("RPAR", ")", at, end)
