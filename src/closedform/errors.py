"""Every error closedform raises: each carries its data and builds its own sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence

from closedform.later import difflib, regex
from closedform.synonyms import meant

#: An error names so many known names at most, where none is near.
LISTED = 24
#: So many names that begin alike are suggested, and so many characters are a beginning.
SUGGESTED, BEGINNING = 4, 4
#: So alike are a long name and the same with a slip of a finger: depthwise_seperable.
SLIP = 0.9
#: Marks that part words; between two digits a mark is a point.
_MARKS = regex(r"(?<!\d)[-_./ ]+|[-_./ ]+(?!\d)")
#: What is given instead of something else is shown where it is no longer.
SHORT = 40
#: What lists all names of a kind that are too many for a sentence.
_LISTS = {"layer": "closedform list layers"}


class ClosedformError(Exception):
    """Bad input. ``problem`` says what is wrong, ``hint`` what to do about it."""

    def __init__(self, problem: str, hint: str = "") -> None:
        super().__init__(problem, hint)
        self.problem = problem
        self.hint = hint

    def __str__(self) -> str:
        return _lines(self.problem, self.hint)

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the line of the cell and the sentence, no frame below it."""
        place, line = self.__traceback__, 0
        while place:
            if place.tb_frame.f_globals.get("__name__") == "__main__":
                line = place.tb_lineno
            place = place.tb_next
        return [f"{type(self).__name__} in line {line}: {self}"]

    def __reduce__(self) -> tuple[object, ...]:
        """An error is copied, and sent between processes, with its data."""
        return Exception.__new__, (type(self), *self.args), self.__dict__


class ParseError(ClosedformError):
    """A text that cannot be read, with the place: ``text[start:end]``."""

    def __init__(self, text: str, start: int, end: int, problem: str, hint: str = "") -> None:
        super().__init__(problem, hint)
        self.text = text
        self.start = start
        self.end = max(end, start + 1)

    def __str__(self) -> str:
        place = caret(self.text, self.start, self.end) if self.text.strip() else ""
        return _lines(self.problem, place, self.hint)


class UnknownName(ClosedformError):
    """A name that is in no table; says which table, and the nearest name in it."""

    def __init__(self, kind: str, name: object, known: Iterable[str]) -> None:
        self.kind = kind
        self.name = str(name)
        self.known = tuple(sorted(known))
        self.near = nearest(self.name, self.known)
        hint = _in_words(self.near, self.known)
        if kind in _LISTS and not self.near:
            hint = f"`{_LISTS[kind]}` names all {len(self.known)}"
        super().__init__(f"unknown {kind} {name!r}", hint)


class TooLarge(ClosedformError):
    """Input past one of the bounds that keep every answer quick."""

    def __init__(self, what: str, limit: int) -> None:
        self.what = what
        self.limit = limit
        super().__init__(
            f"{what} is past the limit of {limit:,}", "write a smaller formula, or split it"
        )


class UndefinedValue(ClosedformError):
    """An expression that has no value: a division by zero, the logarithm of zero."""


class Irrational(ClosedformError):
    """A value that is no fraction (a root, a logarithm), or for which no interval is known."""


class SizeError(ClosedformError):
    """A size that a layer cannot have; ``size`` is its name, where one alone is wrong."""

    size = ""

    def of(self, part: str) -> None:
        """Say of which part of a network it is."""
        self.problem = f"{part}: {self.problem}"


class MissingSize(SizeError):
    """A number was asked for and sizes are still symbols.

    ``members``: layers that have numbers for them, such as the published sizes of a network.
    """

    def __init__(self, names: Iterable[str], members: Collection[str] = ()) -> None:
        self.names = tuple(names)
        listed = ", ".join(self.names)
        hint = "give it, for example " + ", ".join(f"{name}=8" for name in self.names)
        if members:
            more = f", … ({len(members)} in all)" if len(members) > SUGGESTED else ""
            hint += f"; or name a published one: {', '.join([*members][:SUGGESTED])}{more}"
        super().__init__(f"no number without a value for {listed}", hint)


class NotPositiveInteger(SizeError):
    """A size that is zero, negative or no integer; ``real``: one that need be no integer."""

    def __init__(self, name: str, value: object, *, real: bool = False) -> None:
        self.name = name
        self.size = name.partition(" ")[0]
        self.value = value
        hint = f"give {name} as 1, 2, 3, …"
        if self.size != name:
            hint = "choose the sizes in it so that it is 1, 2, 3, …"
        if real:
            hint = f"give {self.size} as a number above 0, such as 1/2"
        kind = "positive" if real else "a positive integer"
        super().__init__(f"{name} = {value} is not {kind}", hint)


class NotDivisible(SizeError):
    """A number of channels that does not split into the groups."""

    def __init__(self, divisor: str, divisor_value: object, name: str, value: object) -> None:
        fixed = divisor.isdigit()
        self.divisor, self.name = divisor, name
        self.size = name if fixed else divisor
        shown = divisor if fixed else f"{divisor} = {divisor_value}"
        super().__init__(
            f"{shown} does not divide {name} = {value}",
            f"choose {name} among the multiples of {divisor}"
            if fixed
            else f"choose {divisor} among the divisors of {name}",
        )


class MissingExtra(ClosedformError):
    """A result that needs an optional package which is not installed."""

    def __init__(self, what: str, package: str, command: str) -> None:
        self.package = package
        problem = f"{what} needs {package}, which is not installed"
        super().__init__(problem, f"install it: {command}")


def _lines(*parts: str) -> str:
    """The parts that are there, with nothing in them that a terminal would obey."""
    return "\n".join(printable(line) for part in parts if part for line in part.split("\n"))


def what_is(given: object) -> str:
    """What something is that is not what was asked for: as it is written, where that is short.

    >>> what_is(3), what_is([10**60])
    ('3 (int)', 'a list')
    """
    written, kind = str(given), type(given).__name__
    if len(written) > SHORT:
        return f"{'an' if kind[0] in 'aeiouAEIOU' else 'a'} {kind}"
    return f"{written} ({kind})"


def nearest(name: str, known: Collection[str]) -> list[str]:
    """The known names that a name may mean: by another word for it, or as it is spelt."""
    # A long text is no misspelt name, and the comparison is quadratic in its length.
    return [other for other in meant(name) if other in known] or _alike(name[:60], known)


def suggestion(name: str, known: Iterable[str]) -> str:
    """The known names that may be meant, in a sentence, or some of them when none is near."""
    names = tuple(known)
    return _in_words(nearest(name, names), names)


def _in_words(near: Sequence[str], names: Sequence[str]) -> str:
    if near:
        *others, last = near
        return f"did you mean {', '.join(others)} or {last}?" if others else f"did you mean {last}?"
    more = f", … ({len(names)} in all)" if len(names) > LISTED else ""
    return "known: " + ", ".join(names[:LISTED]) + more if names else ""


def _alike(name: str, names: Iterable[str]) -> list[str]:
    """Names that begin so, that are so but for a slip, that it begins with, or spelt like it."""
    spelt: dict[str, list[str]] = {}
    for other in names:
        spelt.setdefault(_letters(other), []).append(other)
    asked = _letters(name)
    if asked in spelt:
        return spelt[asked][:2]
    if len(asked) >= BEGINNING:
        longer = sorted((key for key in spelt if _begins(key, asked)), key=lambda k: (len(k), k))
        shorter = [key for key in spelt if len(key) >= BEGINNING and _begins(asked, key)]
        slip = difflib.get_close_matches(asked, spelt, 1, SLIP)
        near = longer[:SUGGESTED] or slip or sorted(shorter, key=len)[-1:]
        if near:
            return [spelt[key][0] for key in near]
    # Of two Chinese characters one is half of the word.
    near = difflib.get_close_matches(asked, spelt, 2, 0.6 if name.isascii() else 0.5)
    return [other for key in near for other in spelt[key]][:2]


def _begins(name: str, beginning: str) -> bool:
    """Whether a name begins so; a number in it is not cut: llama3 does not begin llama30b."""
    rest = name.removeprefix(beginning)
    return rest != name and not (beginning[-1].isdigit() and rest[:1].isdigit())


def _letters(name: str) -> str:
    """A name as names are compared: without capitals and the marks between its parts."""
    return _MARKS.sub("", name.lower()) or name


def caret(text: str, start: int, end: int) -> str:
    """The line of ``text`` that holds ``start``, with carets under ``text[start:end]``."""
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    line = text[begin:] if stop < 0 else text[begin:stop]
    # A long line is cut around the place, so that the caret stays on screen.
    offset = max(0, start - begin - 60)
    shown = line[offset : offset + 120]
    lead = shown[: start - begin - offset]
    marked = shown[len(lead) : len(lead) + end - start]
    return f"  {printable(shown)}\n  {' ' * columns(lead)}{'^' * max(1, columns(marked))}"


def printable(text: str) -> str:
    """``text`` with a space for each sign that moves a cursor, starts a line or commands."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " for c in text)


def columns(text: str) -> int:
    """Columns on a terminal: East Asian wide characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
