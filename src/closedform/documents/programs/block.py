"""A block of code as formulas: the value that it gives, and what else gives its names values."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from closedform.documents.claim import Said
from closedform.documents.plain.lines import Lines
from closedform.documents.plain.rows import Equation
from closedform.documents.programs.languages import DECLARES, NARROW, check_signs, language_of
from closedform.documents.programs.statements import (
    FUNCTION,
    Statement,
    places_of,
    statements,
    without_remarks,
)
from closedform.errors import ClosedformError, TooLarge
from closedform.language.vocabulary import FUNCTIONS
from closedform.records import replace

#: A formula that code gives is no longer than this.
_MAX_TEXT = 20_000
_NAME = r"(?<![\w.])[A-Za-z_][\w.]*"
_PLACES = r"(?:\[[^\[\]\n]{0,80}\])?"
#: Names get a value: by an equals sign, several at once, by another sign or a method, or bound by
#: a word.
_GIVEN = re.compile(
    rf"(?:^|[;:{{}})]|\bfor\s*\()[ \t]*(?:(?:{DECLARES}|{NARROW})[ \t]+)*[(\[]?"
    rf"(?P<set>{_NAME}{_PLACES}(?:\s*,\s*\*?{_NAME}{_PLACES}){{0,20}})[)\]]?"
    r"(?:[ \t]*:[ \t]*[\w.\[\]]+)?(?=[ \t]*:?=(?!=))"
    rf"|(?P<changed>{_NAME}){_PLACES}\s*(?:\+\+|--|(?:[-+*/%&|^@:]|//|\*\*|<<|>>)=(?!=))"
    rf"|(?:\+\+|--)(?P<stepped>[A-Za-z_][\w.]*)|=\s*(?P<chained>{_NAME})(?=\s*=(?!=))"
    r"|^[ \t]*(?P<called>[A-Za-z_]\w*)(?:\.\w+)+\(|\bout\s*=\s*(?P<out>[A-Za-z_]\w*)"
    rf"|\b(?:for|as|import|del|def|class)[ \t]+(?P<bound>\(?{_NAME}(?:\s*,\s*{_NAME}){{0,20}})",
    re.MULTILINE,
)
#: Which of these change the value that a name has.
_CHANGES = frozenset({"changed", "stepped", "called", "out"})
_WORD = re.compile(_NAME)
#: Names that get numbers, k = 3 or k, M = 3, 64, and those that get sizes of an object.
_SIZES = re.compile(r"\A[\w.]+(?:\s*,\s*\w+)*\s*=\s*\d[\d_.]*(?:\s*,\s*\d[\d_.]*)*\Z")
_OF_OBJECT = re.compile(
    r"\A\w+(?:\s*,\s*\w+)*\s*=\s*[A-Za-z_]\w*(?:\.\w+)+(?:\(\))?(?:\[[^\]]*\])*\Z"
)
_ASSIGNED = re.compile(rf"\A((?:{_NAME}\s*=\s*)*{_NAME})\s*=(?!=)\s*(.+)\Z", re.DOTALL)
#: A call, whatever it does; and names that are shown or handed on, one by one.
_CALL = re.compile(r"\A([\w.]+)\(.*\)\Z", re.DOTALL)
_HANDED_ON = re.compile(r"\A[\w.]+(?:\s*,\s*[\w.]+)+\Z")
_NO_VALUE = re.compile(rf"[%!]|\d[\d_.]*\Z|{_HANDED_ON.pattern}")
_SPACED = re.compile(r"_+|(?<=[A-Za-z])\d+(?![A-Za-z])")
#: Where the names of another function begin.
_FUNCTION = re.compile(
    r"^(?:[ \t]*(?:async[ \t]+)?(?:def|class|function|fn|func)\b|\})", re.MULTILINE
)
#: What is written over a function and changes what it gives; these do not.
_DECORATOR = re.compile(
    r"[ \t]*@(?!(?:\w+\.)*(?:static|class|abstract)?(?:method|property|cached_property|script"
    r"|(?:lru_)?cache|no_grad|inference_mode|n?jit|override|export)\b)\w"
)


class Block:
    """A block of code, or a span of it: its statements, and whether each is what it says.

    ``info``: what is said of the block, with the name of its language. ``held``: how many formulas
    are held; where that is one, it is the value that the block gives.
    """

    def __init__(self, body: str, info: str, held: int) -> None:
        self._language = language_of(info)
        self._held = held
        self._statements = statements(body, self._language)
        # Two stars are Python's, where no language is said: there a line may end a statement.
        twofold = not self._language.name and "**" in body
        python = statements(body, language_of("python")) if twofold else self._statements
        self._ends = {(part.first, part.last) for part in python}
        lines = Lines(body)
        self._lines, self._places = body.split("\n"), places_of(body)
        self._functions = [lines.at(start.start()) - 1 for start in _FUNCTION.finditer(body)]
        #: The lines that give each name a value, and in which way; the names of each line.
        self._given: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._names: dict[int, list[str]] = defaultdict(list)
        for given in _GIVEN.finditer(without_remarks(body, self._language)[0]):
            kind = str(given.lastgroup)
            number = lines.at(given.start(kind)) - 1
            for name in _WORD.findall(re.sub(r"\[[^\]]*\]", "", given[kind])):
                self._given[name].append((number, kind))
                self._names[number].append(name)
        self._firsts = [part.first for part in self._statements]
        self._setting = {part.first for part in self._statements if _sets_sizes(part)}
        self._refused: ClosedformError | None = None
        try:
            self.parts = self._formulas()
        except ClosedformError as error:
            self.parts, self._refused = self._statements[:1], error
        self._order = {id(part): place for place, part in enumerate(self.parts, start=1)}

    def _formulas(self) -> list[Statement]:
        """The statements that may be held: without those that only set sizes, where others are."""
        parts = self._statements
        sizes = {} if self._held >= len(parts) else dict(_sizes(parts, self._given))
        if self._held < len(parts):
            parts = [part for part in parts if not _sets_sizes(part)] or parts
        if self._held == 1 and len(parts) > 1:
            parts = [self._result(parts)]
        parts = [self._of_function(part) for part in parts]
        return [self._sized(part, sizes) for part in parts]

    def _sized(self, part: Statement, sizes: Mapping[str, str]) -> Statement:
        """A statement with the sizes of its names, and its number where each has one."""
        names = filter(sizes.__contains__, dict.fromkeys(_WORD.findall(part.text)))
        known = sizes.keys() >= {*_WORD.findall(_value(part))} - FUNCTIONS.keys()
        said = ", ".join(f"{name} = {sizes[name]}" for name in names)
        return replace(part, sizes=said, gives=part.gives * known)

    def _of_function(self, part: Statement) -> Statement:
        """What a function returns, or a name is given, with the name."""
        lines = (part.first, self._places[part.first].function) if part.word == "return" else ()
        named = next(filter(None, (FUNCTION.search(self._lines[n]) for n in lines if n >= 0)), None)
        name = (named and (named[1] or named[2])) or next(iter(_names(part)), "")
        said = [Said("code", f"{_SPACED.sub(' ', name)}: \0")] * bool(name)
        return replace(part, said=(*part.said, *said))

    def _result(self, parts: Sequence[Statement]) -> Statement:
        """The value of the block: its only one, or the last one with those that it uses put in.

        Raises:
            ClosedformError: a value stands beside it that is no part of it.
        """
        values = self._values(parts)
        if len(values) < 2:
            return (values or parts)[0]
        result, used = _put_in(values)
        *others, last = values
        place = self._places[last.first]
        # What a function computes besides what it returns is its own.
        apart = [
            part
            for part in others
            if not (_names(part) & used or _WORD.fullmatch(part.word + part.text))
            and (not last.word or part.word or self._places[part.first] != place)
        ]
        if apart or "," in last.text:
            shown = (min(_names(part), default=part.text)[:30] for part in [*apart[:3], last])
            problem = f"this code gives several values: {', '.join(shown)}"
            hint = "a directive each holds them, or a block of its own for each"
            raise ClosedformError(problem, hint)
        own = any(_names(part) & {*_WORD.findall(_value(part))} for part in values)
        if len({part.indent for part in values}) > 1 or (own and place.block >= 0):
            problem = "the value of the code is computed in branches or turns"
            raise ClosedformError(problem, "hold each of its lines, in a block of its own")
        return replace(last, text=result, first=values[0].first)

    def _values(self, parts: Sequence[Statement]) -> Sequence[Statement]:
        """The statements that give a value: a name's, or one that is returned or shown.

        A call gives none, nor does a function of the block that returns nothing.
        """
        functions = {name for number in self._functions for name in self._names.get(number, ())}
        assigned = [part for part in parts if _names(part)]
        given = {n for part in assigned if _called(part) not in functions for n in _names(part)}

        def gives(part: Statement) -> bool:
            if part.word:
                return part.word != "assert" and not _HANDED_ON.match(part.text)
            if _names(part):
                return _called(part) not in functions
            if _NO_VALUE.match(part.text) or _called(part) not in {"", *FUNCTIONS}:
                return False
            return not (assigned and given.isdisjoint(_WORD.findall(part.text)))

        values = [part for part in parts if gives(part)]
        outside = [part for part in values if self._places[part.first].function < 0]
        return values if any(part.word for part in values) else outside or values

    def check(self, part: Equation, held: int) -> None:
        """Refuse a statement that is no formula; the next ones that are ``held`` are their own.

        Raises:
            ClosedformError: a sign of its language computes something else, or another line gives
                one of its names another value: ``p *= 2``.
        """
        if self._refused is not None:
            raise self._refused
        check_signs(part.text, self._language)
        firsts = [bisect_left(self._firsts, part.first), bisect_right(self._firsts, part.last)]
        inside = self._statements[slice(*firsts)]
        if any((s.first, s.last) not in self._ends for s in inside):
            problem = "a line that begins with a sign is a statement of its own in Python"
            raise ClosedformError(problem, "say the language behind the fence, or set brackets")
        place = self._order[id(part)]
        held_part, block = self.parts[place - 1], self._places[part.first].block
        if block >= 0 and {*self._names.get(block, ())}.isdisjoint(_WORD.findall(part.text)):
            self._refuse_line([block], "this is done never, once or often, as a line says")
        if self._held == 1 and _names(held_part) & {*_WORD.findall(_value(held_part))}:
            problem = f"this changes a value that is not known: {part.text[:80]}"
            raise ClosedformError(problem, "hold the formula of the value itself")
        theirs = {*_lines([part, *self.parts[place : place + held]])}
        self._check_lines(held_part, theirs, inside)

    def _check_lines(self, part: Statement, theirs: set[int], inside: Sequence[Statement]) -> None:
        """Refuse a statement where a line that is not held changes what it computes with."""
        put_in = len(inside) > 1 and self._held == 1
        changed = [name for number in _lines([part]) for name in self._names.get(number, ())]
        plain = Counter(name for s in inside for name in _names(s))
        at = bisect_right(self._functions, part.last)
        end = [*self._functions[at : at + 1], len(self._lines)][0]
        for name in dict.fromkeys(changed + _WORD.findall(part.text) * put_in):
            given = [number for number, _ in self._given.get(name, ())]
            here = [number for number in given if part.first <= number <= part.last]
            most = plain[name] if put_in else 1
            again = here[-1:] if len(here) > (most if part.word else min(most, 1)) else []
            below = (number for number in given if part.last < number < end)
            again += [number for number in below if number not in theirs][:1]
            self._refuse_line(again, f"a line below gives {name} another value")
        for name in dict.fromkeys(_WORD.findall(_value(part))):
            ways = [row for row in self._given.get(name, ()) if row[0] < part.first]
            above = [
                n for n, way in ways if way in _CHANGES or (self._held == 1 and way != "bound")
            ]
            if len(above) > 1 or any(number not in self._setting for number in above):
                self._refuse_line(above, f"a line above gives {name} a value")
        line = self._places[part.first].function - 1
        while line >= 0 and self._lines[line].lstrip().startswith("@"):
            again = [line] if _DECORATOR.match(self._lines[line]) else []
            self._refuse_line(again, "what stands over the function changes what it gives")
            line -= 1

    def _refuse_line(self, numbers: Sequence[int], problem: str) -> None:
        if numbers:
            written = self._lines[numbers[0]].strip()[:80]
            hint = "end the block above it, or hold that line too"
            raise ClosedformError(f"{problem}: {written}", hint)


def _lines(parts: Iterable[Equation]) -> Iterator[int]:
    return (number for part in parts for number in range(part.first, part.last + 1))


def _names(part: Statement) -> set[str]:
    """The names that a statement gives its value to by an equals sign."""
    given = _ASSIGNED.match(part.text)
    return {*_WORD.findall(given[1])} if given else set()


def _value(part: Statement) -> str:
    given = _ASSIGNED.match(part.text)
    return given[2] if given else part.text


def _called(part: Statement) -> str:
    """What the value of a statement is a call of, if it is no more than one."""
    call = _CALL.match(_value(part))
    return call[1] if call else ""


def _sets_sizes(part: Statement) -> bool:
    return bool(_SIZES.match(part.text) or _OF_OBJECT.match(part.text))


def _sizes(
    parts: Iterable[Statement], given: Mapping[str, Sequence[object]]
) -> Iterator[tuple[str, str]]:
    """The names that are set to a number once, each with it."""
    for part in parts:
        if _SIZES.match(part.text):
            names, _, numbers = part.text.partition("=")
            pairs = [*zip(names.split(","), numbers.split(","), strict=False)]
            if len(pairs) == names.count(",") + 1 == numbers.count(",") + 1:
                yield from ((n.strip(), v.strip()) for n, v in pairs if len(given[n.strip()]) == 1)


def _put_in(values: Sequence[Statement]) -> tuple[str, set[str]]:
    """The last value with those put in that the others give to names, and which names it uses."""
    written: dict[str, str] = {}
    uses: dict[str, set[str]] = {}
    for part in values:
        names = dict.fromkeys(_WORD.findall(_value(part)))
        text = _WORD.sub(lambda name: written.get(name[0], name[0]), _value(part))
        used = {*names}.union(*(uses.get(name, ()) for name in names))
        if len(text) > _MAX_TEXT:
            raise TooLarge("the number of characters of what code gives", _MAX_TEXT)
        for name in _names(part):
            written[name], uses[name] = f"({text})", used
    given = _ASSIGNED.match(part.text)
    return f"{given[1]} = {text}" if given else text, used
