"""Words with a meaning of their own: functions, quantities, ``where``, logarithms."""

from __future__ import annotations

from closedform.language import vocabulary as v
from closedform.language.scanning.layer_words import applied_kind, argument, unknown_quantity
from closedform.language.scanning.names import check_digits
from closedform.language.scanning.series import read_series
from closedform.language.scanning.state import State
from closedform.language.shorthands import PROGRAM_FUNCTIONS
from closedform.language.tokens import ENDS
from closedform.later import regex

_LOG = regex(r"(?:[lL]og|ln)_?([0-9]+|(?<=_)[A-Za-z])?\Z")
_APPLIED = regex(
    r"(?:\s|\\left(?![A-Za-z])|\\[bB]igg?l?(?![A-Za-z])|\\[!,;:])*(?:\\\{|[({\[（［｛])"
)
# \ceil* and \floor[\big]: mathtools writes the size of a pair of delimiters so.
_SIZED = regex(r"\s*(?:\*|\[\s*\\[bB]igg?\s*\])(?=\s*\{)")
#: What a function without brackets is of: a letter or a number.
_OPERAND = regex(r" ?(?:[0-9]|[A-Za-z](?![A-Za-z]))")
#: Types of C that stand in brackets before what they round or keep.
_CASTS = frozenset(["int", "long", "float", "double"])
#: What runs over an index.
_SERIES = frozenset({"sum", "prod"})
_BRACKETS = frozenset("([{（［｛")


def keyword(s: State, written: str, at: int, end: int, stop: int) -> int | None:
    """A word with a meaning of its own, where it stands in its place."""
    lowered = written.lower()
    if lowered == "where" and (not s.open_at or s.before() == "LPAR"):
        return s.emit("WHERE", written, at, end)
    follow = s.follow(end)
    if argument(s, written, at, end, follow):
        return end
    if written in s.bound or len(written) == 1:
        return None
    base = _LOG.match(written)
    opens = follow < stop and s.text[follow] in _BRACKETS
    if base and base[1] and (opens or base[1].isdigit()):
        s.emit("LOGOF" if opens else "LOGBASE", "log", at, end)
        kind = "NUMBER" if base[1].isdigit() else "NAME"
        for part, value in (("LPAR", "("), (kind, base[1]), ("RPAR", ")")):
            s.emit(part, value, at, end)
        return end
    if opens and not (lowered in v.MODULO and s.before() in ENDS):
        return _applied(s, written, at, end, stop)
    bounds = s.text[follow : follow + 1] in ("_", "^") and follow < stop
    if lowered in _SERIES and bounds:
        return read_series(s, lowered, at, end, stop)
    if base and not base[1]:  # log n, or log_2 n in a text with TeX in it
        based = s.tex and s.text[end : end + 1] == "_" and end < stop
        return read_logarithm(s, at, end + 1, stop) if based else s.emit("PREFIX", "log", at, end)
    return _sign_word(s, written, at, end)


def _sign_word(s: State, written: str, at: int, end: int) -> int | None:
    """A word for a sign, a unit, or a function without what it is of."""
    lowered = written.lower()
    if lowered == "divides":
        return s.emit("BAR", "|", at, end)
    if lowered in v.MODULO:
        return modulo(s, written, at, end)
    counts = s.contexts[-1] == "expression" and s.before() in ("NUMBER", "RPAR")
    if written in v.OTHER_UNITS and counts and not all(map(s.alone, written)):
        return s.refuse(at, end, f"{written} is a unit that is not read here", "leave it out")
    if written in v.PREFIXED and _OPERAND.match(s.text, end):
        return _unknown_function(s, written, at, end)
    if written in v.FUNCTIONS or (written in _CASTS and s.before() == "LPAR" and s.closes(end)):
        hint = f"write {written}( … )"
        return s.refuse(at, end, f"{written} is a function and takes brackets", hint)
    return None


def modulo(s: State, written: str, at: int, end: int) -> int:
    """``M mod N``, or the ``(mod N)`` behind a congruence."""
    if s.before() not in ENDS | {"LPAR"}:
        return s.refuse(at, end, "nothing stands before mod", "write M mod N")
    return s.emit("MOD", written, at, end)


def _applied(s: State, written: str, at: int, end: int, stop: int) -> int | None:
    """A word before a bracket: a function or a quantity, if it is a known one."""
    lowered = written.lower()
    if lowered in v.FUNCTIONS and (written == lowered or len(written) > 2):
        s.emit("FUNCTION", v.FUNCTIONS[lowered], at, end)
    elif lowered in _SERIES:
        s.emit("SUMMATION", lowered, at, end)
    elif kind := applied_kind(s, written, end, stop):
        s.emit(kind, lowered, at, end)
    elif lowered in PROGRAM_FUNCTIONS:
        s.emit("SHORTHAND", lowered, at, end)
        s.result.notes += filter(None, [PROGRAM_FUNCTIONS[lowered]])
    elif written == "float":
        return end
    elif lowered in v.UNKNOWN_FUNCTIONS and not written.isupper():
        return _unknown_function(s, written, at, end)
    else:
        return unknown_quantity(s, written, at, end)
    return end


def _unknown_function(s: State, written: str, at: int, end: int) -> int:
    known = ", ".join(dict.fromkeys(v.FUNCTIONS.values()))
    problem = f"{written} is no function of the language"
    return s.refuse(at, end, problem, f"known: {known}, sum(i=1..L, …)")


def read_logarithm(s: State, at: int, end: int, stop: int) -> int:
    """A logarithm with a base in TeX; ``end`` is where the base begins."""
    inner, end = s.argument(end, stop, "a base")
    check_digits(s, inner, end, "_")
    s.emit("LOGOF" if is_applied(s, end, stop) else "LOGBASE", "log", at, end)
    s.bracketed(inner)
    return end


def is_applied(s: State, at: int, stop: int) -> bool:
    """Whether a bracket opens next, maybe after commands for its size."""
    return _APPLIED.match(s.text, at, stop) is not None


def applied_function(s: State, name: str, at: int, end: int, stop: int) -> int:
    r"""A function in TeX: ``\min(a, b)``, ``\log n``, ``\log_2 n``."""
    function = v.FUNCTIONS[name]
    sized = _SIZED.match(s.text, end, stop)
    end = sized.end() if sized else end
    follow = s.follow(end)
    mark = s.text[follow : follow + 1] if follow < stop else ""
    if function == "log" and mark == "_":
        return read_logarithm(s, at, follow + 1, stop)
    if mark == "^":
        raise s.error(at, follow + 1 - at, f"a power of the function {name}", f"write ({name} n)^2")
    applied = is_applied(s, end, stop)
    if applied:
        s.emit("FUNCTION", function, at, end)
    elif function == "log":
        s.emit("PREFIX", function, at, end)
    else:
        raise s.error(
            at, end - at, f"\\{name} is a function and takes brackets", f"write \\{name}(…)"
        )
    return end
