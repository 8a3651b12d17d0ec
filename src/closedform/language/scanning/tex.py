"""LaTeX: commands, their arguments, faces, fractions, roots and environments."""

from __future__ import annotations

from closedform.errors import suggestion
from closedform.language import vocabulary as v
from closedform.language.amounts import names_part, speaks_of_amount
from closedform.language.scanning import commands as c
from closedform.language.scanning.faces import continues, face, faced, wrapped
from closedform.language.scanning.keywords import applied_function, is_applied, modulo
from closedform.language.scanning.names import canonical, plain, read_name
from closedform.language.scanning.series import read_series
from closedform.language.scanning.siunitx import read_number, read_unit
from closedform.language.scanning.state import COMMAND, Span, State
from closedform.language.tokens import CLOSERS, ENDS, OPENERS, Part
from closedform.later import regex

_NEW_ROW = regex(r"\*?(?:\s*\[\s*-?[0-9.]*\s*(?:pt|em|ex|mm|cm|in|mu)?\s*\])?")
_COLUMNS = regex(r"(?:\{[^{}]*\}|\[[^\[\]]*\])*")
_INDEX = regex(r"\s*\[([^\[\]]*)\]")
_OPTIONS = regex(r"\*?(?:\s*\[[^\[\]]*\])*")
#: What multiplies or raises a group before it.
_JOINED = frozenset("*×·⋅/÷({[^")
#: A name with a letter above it: W^Q.
_RAISED_NAME = regex(r"[A-Za-z]+ ?\^ ?[A-Za-z]")
#: Before a brace and behind it, where it is under all of a formula.
_ALONE = regex(r"(?:\A|[=≈&:：$(\[])\s*\Z")
_ENDS = regex(r"\s*(?:\\[,;:! ]\s*)*(?:\Z|[=≈&.,;，。$]|\\(?:[\])\\]|end|approx|quad|leq?))")
#: What a label is set in.
_MARKUP = regex(r"\\[a-zA-Z]+|[\\{}~$]")
_LENGTH = regex(r"\s*-?[0-9.]+\s*(?:pt|em|ex|mm|cm|in|mu)\b")


def command(s: State, at: int, stop: int) -> int:
    """A backslash and what it means."""
    match = COMMAND.match(s.text, at, stop)
    if match is None:
        raise s.error(at, 1, "a backslash at the end", "remove it")
    name, end = match[1], match.end()
    if name in c.COMMANDS:
        return s.emit(c.COMMANDS[name], s.text[at:end], at, end)
    if name in c.SIDED and s.text.startswith("|", end):
        return s.emit(c.SIDED[name], "|", at, end + 1)
    if name in c.IGNORED:
        blank = name in ("left", "right") and s.text.startswith(".", end)
        return end + 1 if blank else end
    if name in v.GREEK_NAMES:
        return read_name(s, v.GREEK_NAMES[name], at, end, stop)
    if name in c.FRACTIONS:
        return _fraction(s, name, at, end, stop)
    if name in c.OPENING:
        s.open(at, c.OPENING[name], "call" if s.before() == "FUNCTION" else None)
        return s.emit("LPAR", name, at, end)
    if name in c.CLOSING:
        s.close(at, c.CLOSING[name])
        return s.emit("RPAR", name, at, end)
    if name in c.FACES or name in c.TEXTS:
        return faced(s, name, at, end, stop)
    return _rare(s, name, at, end, stop)


def _rare(s: State, name: str, at: int, end: int, stop: int) -> int:
    if name == "\\":
        row = _NEW_ROW.match(s.text, end, stop)
        end = row.end() if row else end
        return s.emit("ROW" if not s.open_at else "GAP", "\\\\", at, end)
    if name in c.GAPS:
        return s.emit("GAP", name, at, end)
    if name == "sqrt":
        return _root(s, at, end, stop)
    if name in ("sum", "prod"):
        return read_series(s, name, at, end, stop)
    if name in ("mod", "bmod"):
        return modulo(s, name, at, end)
    if name in ("pmod", "pod"):
        return _modulus(s, at, end, stop)
    if name in v.FUNCTIONS:
        return applied_function(s, name, at, end, stop)
    if name in c.REFUSED:
        problem, hint = c.REFUSED[name]
        return s.refuse(at, end, problem, hint)
    return _with_argument(s, name, at, end, stop)


def _modulus(s: State, at: int, end: int, stop: int) -> int:
    r"""``\pmod{2}``, which is set as (mod 2)."""
    inner, after = s.argument(end, stop, "a modulus")
    s.emit("LPAR", "(", at, at + 1)
    s.emit("MOD", "mod", at + 1, end)
    s.bracketed(inner)
    return s.emit("RPAR", ")", after - 1, after)


def _with_argument(s: State, name: str, at: int, end: int, stop: int) -> int:
    """Accents, wrappers, environments, and characters with a backslash before them."""
    ignored = _ignored(s, name, at, end, stop)
    if ignored is not None:
        return ignored
    if name in ("begin", "end"):
        return _environment(s, name, at, end, stop)
    if name in c.BRACES or name in c.WRAPPERS:
        inner, end = s.argument(_after_options(s, end, stop), stop, f"\\{name}")
        first = len(s.out)
        wrapped(s, inner)
        while name in c.BRACES and (below := s.follow(end)) < stop and s.text[below] in "_^":
            label, end = s.argument(below + 1, stop, "the label of a brace")
            whole = _ALONE.search(s.text, 0, at) and _ENDS.match(s.text, end)
            said = _check_label(s, label, numbered=True, part=not whole)
            s.result.parts += [] if whole else [Part(said, *label, s.out[first:])]
        return end
    if name in ("num", *c.QUANTITIES) or name in c.SHOWN_WITH:
        return _shown(s, name, at, end, stop)
    if name in v.ACCENTS:
        return _accent(s, name, at, end, stop)
    if name == "#":
        return s.emit("WORD", name, at, end)
    if name in ("$", "&", "_", "%"):
        return s.refuse(at, end, f"\\{name} has no meaning here", "leave it out")
    known = [*c.COMMANDS, *v.GREEK_NAMES, *c.FACES, *c.TEXTS, *c.FRACTIONS, *v.FUNCTIONS, "sum"]
    near = suggestion(name[:40], [word for word in known if len(word) > 1])
    hint = near if near.startswith("did you mean") else "write the formula without it"
    raise s.error(at, end - at, f"\\{name[:40]} is not known here", hint)


def _check_label(s: State, label: Span, *, numbered: bool, part: bool = False) -> str:
    """Refuse what stands over a part and speaks of an amount (×2, N times); tell what else it says.

    ``numbered``: a number in it is one of a name, W_1. ``part``: it may be one of several.
    """
    written = s.text[slice(*label)].replace("\\times", "×").replace("\\cdot", "×")
    said = " ".join(_MARKUP.sub(" ", written).split())
    counts = not numbered and any(map(str.isdigit, said))
    speaks = speaks_of_amount(said) and not (part and names_part(said))
    if counts or (speaks and not _RAISED_NAME.fullmatch(said)):
        problem = (
            "what stands over or under a part speaks of an amount, and is no part of the formula"
        )
        raise s.error(
            label[0], label[1] - label[0], problem, "write it as a factor, or leave it out"
        )
    s.result.notes.append(f"without {said[:60]!r}")
    return said


def _shown(s: State, name: str, at: int, end: int, stop: int) -> int:
    r"""A number in ``\num`` or ``\qty``, or what is shown in a colour or under another thing."""
    above, end = s.argument(_after_options(s, end, stop), stop, f"\\{name}")
    if name == "num" or name in c.QUANTITIES:
        read_number(s, above, at, end)
        return read_unit(s, end, stop) if name in c.QUANTITIES else end
    if "=" in s.text[slice(*above)]:
        s.refuse(at, end, "a condition stands over a sign", "write it after where")
    inner, end = s.argument(end, stop, f"\\{name}")
    first = len(s.out)
    wrapped(s, inner)
    if name not in c.COLOURS and v.RELATIONS.keys().isdisjoint(t.type for t in s.out[first:]):
        _check_label(s, above, numbered=False)
    if s.out[first:] and s.out[first].type == "LPAR" and s.out[-1].type == "RPAR":
        check_seen(s, first, end, stop)
    return end


def _accent(s: State, name: str, at: int, end: int, stop: int) -> int:
    """A mark over a letter, which is part of its name; a line under a formula is emphasis."""
    inner, end = s.argument(end, stop, f"\\{name}")
    base = plain(s.text[inner[0] : inner[1]])
    if name == "underline" and len(base) != 1:  # emphasis
        wrapped(s, inner)
        return end
    if not (base.isalpha() and base.isascii()):
        raise s.error(at, end - at, f"\\{name} stands over more than a letter", "name it otherwise")
    if v.ACCENTS[name] == "tilde" and base in ("O", "Theta", "Omega") and is_applied(s, end, stop):
        problem = "an order of growth up to logarithms has no value"
        return s.refuse(at, end, problem, "write the formula without it")
    return read_name(s, canonical(f"{base}_{v.ACCENTS[name]}"), at, end, stop)


def _ignored(s: State, name: str, at: int, end: int, stop: int) -> int | None:
    """Where a command that says nothing about the formula ends, with what belongs to it."""
    if name in c.IGNORED_ARGUMENT:
        return s.argument(_after_options(s, end, stop), stop, f"\\{name}")[1]
    if name in c.IGNORED_LENGTH:
        length = _LENGTH.match(s.text, end, stop)
        return length.end() if length else end
    if name in c.EQUATION_NUMBERS:
        return stop
    if name == "footnotemark":
        return _after_options(s, end, stop)
    if name == "footnote":
        inner, end = s.argument(_after_options(s, end, stop), stop, "a footnote")
        s.emit("GAP", name, at, at)
        return s.emit("PROSE", s.text[inner[0] : inner[1]], at, end)
    return None


def _after_options(s: State, end: int, stop: int) -> int:
    r"""Behind the star and the options of a command: ``\tag*{…}``, ``\color[rgb]{…}``."""
    options = _OPTIONS.match(s.text, end, stop)
    return options.end() if options else end


def group(s: State, at: int, stop: int) -> int:
    r"""A brace in TeX: a bracket, ``{\rm in}``, or a sign by itself as in ``3{\times}3``."""
    partner = s.braces.get(at)
    if partner is None or partner >= stop:
        raise s.error(at, 1, "this brace is not closed", "add }")
    inner = s.text[at + 1 : partner].strip()
    if not inner:
        return partner + 1
    switch = COMMAND.match(inner)
    if switch and switch[1] in c.SWITCHES:
        start = s.text.index("\\", at) + switch.end()
        return face(s, "mathrm", (start, partner), at, partner + 1, stop)
    if (len(inner) == 1 and not inner.isalnum()) or (switch and switch.end() == len(inner)):
        s.nested((at + 1, partner))
        return partner + 1
    first = len(s.out)
    s.emit("LPAR", "{", at, at + 1)
    s.nested((at + 1, partner), "call" if s.out[-2:-1] and s.out[-2].type == "FUNCTION" else None)
    if continues(s, first):
        del s.out[first]
        return partner + 1
    s.emit("RPAR", "}", partner, partner + 1)
    check_seen(s, first, partner + 1, stop)
    return partner + 1


def check_seen(s: State, first: int, end: int, stop: int) -> None:
    r"""Refuse a group that is not seen when it is set, where it matters: ``{a+b} c``, ``{2k}^2``.

    Raises:
        ParseError: with both readings.
    """
    inner, depth, kinds = s.out[first + 1 : -1], 0, list[str]()
    for item in inner:
        depth -= item.type in CLOSERS
        if not depth:
            kinds.append(item.type)
        depth += item.type in OPENERS
    sums = not {"PLUS", "MINUS"}.isdisjoint(kinds[1:])
    after = s.text[s.follow(end) : s.follow(end) + 1] if s.follow(end) < stop else ""
    before = s.out[first - 1].type if first else ""
    joined = before in ENDS | {"TIMES", "DIVIDE", "MINUS"} or (after and after in _JOINED)
    several = len(kinds) > 1 and after == "^"
    if before == "UNREAD" or not v.RELATIONS.keys().isdisjoint(kinds):
        return
    if (sums and (joined or after.isalnum())) or several:
        start = s.out[first].start
        problem = "this group is not seen when it is typeset, and changes the value"
        hint = "write round brackets around what belongs together, or leave the group out"
        raise s.error(start, end - start, problem, hint)


def _environment(s: State, name: str, at: int, end: int, stop: int) -> int:
    inner, end = s.argument(end, stop, f"\\{name}")
    kind = s.text[inner[0] : inner[1]].strip().rstrip("*")
    if kind not in c.ENVIRONMENTS:
        problem = f"the environment {kind[:40]!r} is not read here"
        hint = "give one formula at a time"
        raise s.error(at, end - at, problem, hint)
    if name == "end":
        return end
    columns = _COLUMNS.match(s.text, end, stop)
    wanted = kind in ("alignat", "alignedat", "array", "IEEEeqnarray")
    return columns.end() if columns and (wanted or s.text.startswith("[", end)) else end


def _fraction(s: State, name: str, at: int, end: int, stop: int) -> int:
    s.emit(c.FRACTIONS[name], name, at, end)
    for part in ("a numerator", "a denominator"):
        inner, end = s.argument(end, stop, part)
        s.bracketed(inner)
    return end


def _root(s: State, at: int, end: int, stop: int) -> int:
    index = _INDEX.match(s.text, end, stop)
    s.emit("NTHROOT" if index else "ROOT", "root", at, end)
    if index:
        s.bracketed(index.span(1))
        end = index.end()
    inner, end = s.argument(end, stop, "a radicand")
    s.bracketed(inner)
    return end
