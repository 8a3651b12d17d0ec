r"""What stands around a formula, outside of its delimiters, and belongs to it.

One rule for every span and every markup: what prints nothing is taken away first, so that what
prints side by side is side by side. A sign, a number, a letter, a function, another formula or a
word that computes, right beside the formula, is a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress

from closedform.documents.claim import Said
from closedform.documents.context.beside import CELL, scaled
from closedform.documents.context.columns import SCALE_WORDS, Columns
from closedform.documents.context.statement import REACH
from closedform.documents.plain.markup import STOP, is_struck_out, without_markup
from closedform.documents.plain.rows import BEGINS, ENDS
from closedform.errors import ClosedformError, ParseError
from closedform.language import vocabulary as v
from closedform.language.macros import Macros
from closedform.language.surroundings.patterns import REFERENCE
from closedform.later import regex

NO_COMMENT = re.compile(r"(?P<comment>(?!))")
#: So many characters on each side are looked at, and so much of the line in which they begin.
_NEAR, _LINE = 160, 1_000
#: The mark of the first footnote, which as an exponent is none.
_NOTE = regex(r"\A(?:\^\s*1(?![\d.,])|¹(?![⁰-⁹]))")
#: A list, a heading or code of Markdown begins: what is above it is no neighbour.
_BLOCK = regex(
    r"(?:\A|\n)[ \t]*(?:[-+*·•–][ \t]+|\d{1,9}[.)][ \t]+|#{1,6}[ \t](?:[^\n]*\n)?"
    r"|(?:`{3,}|~{3,})[^\n]*)"
)
#: The number of a unit begins: \SI{, of whose arguments no formula is one.
_MEASURED = regex(r"\\(?:SI|qty|num|ang)\s*(?:\[[^\[\]]*\]\s*)?\{\s*\Z")


def _signs(*kinds: str) -> str:
    return "".join(sign for sign, kind in v.SIGNS.items() if kind in kinds and sign not in "*/-•・")


_FRACTIONS, _RAISED = "".join(v.FRACTION_SIGNS), "".join(v.SUPERSCRIPTS)
_TIMES = rf"(?:[{_signs('TIMES', 'DIVIDE')}±∘⊗⊙➗]|\\(?:text)?(?:times|cdot|div|ast)(?![A-Za-z]))"
_PLUS, _MINUS = r"[+＋−➕➖]", rf"(?:[-{_signs('MINUS')}]|--(?!-))"
_EQUALS = rf"(?:[≠{_signs('EQUALS', 'ABOUT')}](?![=>])|[=:!~]=|\\(?:neq?|approx|equiv)(?![A-Za-z]))"
_LESS = _signs("LESS", "MORE", "ATMOST", "ATLEAST")
_ORDER = rf"(?:(?<![-=])[≠{_LESS}]=?|!=|\\[lg]eq?(?![A-Za-z]))"
_ANY = rf"(?:{_TIMES}|{_PLUS}|{_MINUS}|[*/^]|{_EQUALS}|{_ORDER})"
#: A letter that is a word in few languages, and so a size.
_LETTER = r"[B-DF-HJ-NP-TV-XZb-df-hj-np-rtxα-ωΓΔΘΛΞΠΣΦΨΩ]"
_INLINE = r"(?:\$(?!\$)|\\\\?\(|:math:|math`|\\ensuremath\b)"
_OPERAND = rf"(?:[\d{_FRACTIONS}(√⌊⌈`$]|\\\\?\[|\\begin\b|{_INLINE}|{_LETTER}(?![\w'’]))"
_OPERANDS_END = rf"(?:[\d{_FRACTIONS})$`]|(?<![\w\\'’]){_LETTER})"
_FUNCTIONS = "|".join(sorted(v.FUNCTIONS.keys() | v.UNKNOWN_FUNCTIONS))
_WORDS = "|".join(sorted(v.SIGN_WORDS | v.MODULO))
_UNITS = "|".join([*sorted(v.OTHER_UNITS), "(?:second|minute|pixel|time)s", "[µμ]s"])
#: Numbers of signs and letters, one beside another: N + 1.
_TERMS = r"(?:[\d\s.+−-]|(?<!\w)[^\W\d_](?!\w))*"
_COUNT = r"(?:\d+|[一二两兩三四五六七八九十百数几])"
_SO_MANY = r"(?:\d+|\$?[A-Z]\$?) (?:layer|head|group|block|expert|gate)s\b"
#: The scale of the numbers in a column, in its head.
_UNIT = regex(rf"[(\[（](?:in )?([kKMGTB]|[kKMGTP]i?B|{SCALE_WORDS})[)\]）]\Z")
#: Between a formula and a number or a letter; signs reach across a wide space.
_GAP = r"[ \t\n]*"

#: A sign with its operand, behind a formula or behind the bracket around it.
_SIGNED = (
    rf"[{_RAISED}\d]|,\d{{3}}|!(?![\[!])|[ \t]+:[ \t]*\d|\s*\^(?=\s*(?:[\d(+−-]|[^\W\d_](?!\w)))",
    rf"\s*,?\s*{_TIMES}\s*(?=[\w$\\(√`{_FRACTIONS}])|\s*{_PLUS}\s*(?=[\w$\\(√`{_FRACTIONS}])",
    rf"\s*(?:\*|//?)\s*(?={_OPERAND})|\s*{_MINUS}\s*(?![Dd]\b)(?={_OPERAND})",
)
_BEHIND = (
    *_SIGNED,
    rf"\s*{_EQUALS}\s*(?={_OPERAND})|\s*{_ORDER}\s*(?=[\w$\\(`])",
    rf"(?:\s*[,;:]|\s+[–—-]+)?\s*(?:{_WORDS})(?: by)?\s*(?={_OPERAND}|two\b|three\b|four\b)",
    rf"(?: \w+){{1,3}}?,? (?:times|multiplied by|divided by) (?={_OPERAND}|two\b|three\b)",
    # another formula, as what it is or may be
    rf"\s*(?:,?\s*or rather,?|or|to|and then)\s+(?={_INLINE})|[,;]\s*{_INLINE}\s*{_EQUALS}",
    r"\s+choose \d|e[+-]?\d|[ \t]+[+＋×*][ \t]*(?=\n|\Z)",
    rf"\s*over (?=\d)|\s*{_TIMES}\s*(?=\Z|\|)|{CELL}\$?{_TIMES}\s*(?=[\d$(])",
    rf"\s*per ?(?:cent|mille)\b|\s*[的の의]?\s*(?:{_COUNT}\s*[倍배成分]|[倍배]|一?半|절반)",
    rf"\s*for {_SO_MANY}|\s*by (?:half|two|three|\d)|[+＋](?=[\s.,;]|\Z)|\s*[(（]\d+\s*[×x][)）]",
    # (× 2), (N + 1), code that begins with a sign, a sign in a cell of its own
    rf"\s*[(\[]\s*\$?\s*(?:{_TIMES}|{_WORDS}|{_PLUS}|{_MINUS}|[*/]|(?<!\[)\^)\s*\$?\s*(?={_OPERAND})|\s*\(\s*mod\b",
    rf"\s*\((?=[^()]*[-+−]){_TERMS}[^\W\d_]{_TERMS}\)|\s*`+\s*[-+−*/×^=<>]",
    rf"{CELL}\$?\s*(?!-){_ANY}\s*\$?{CELL}(?=[\d$(])|[A-Z](?![\w-])",
    rf"\s*[(\[]\s*(?:in )?(?:{_UNITS}|[KMGT]|[kKMGTP]i?B|[Bb]ytes)\s*[)\]]",
)
#: The number of 32-bit, 2D and 1st is none of its own.
_ADJECTIVE = r"\d*(?:-[A-Za-z]|(?:[Dd]|st|nd|rd|th)\b)"
_FACTOR_BEHIND = rf"(?:[{_FRACTIONS}]|x?\d(?!{_ADJECTIVE})[\d.,]*|{_LETTER}(?![\w.'’):-]))"
_BEFORE = (
    rf"[√∛∜∑∏⌊⌈]|\\sqrt|(?<![\w\\])(?:x\d+\b|(?:abs|{_FUNCTIONS}|[A-Za-z]|[\d.]*\d)\(|(?:log|ln|sqrt|exp)\b)",
    rf"\S\s*(?:{_TIMES}|(?<!\+)[+＋➕]|\*|/|\^)|[−➖]|(?:\A|[\s(\[])[-–](?=\Z)",
    rf"(?:\A|\n)\s*{_TIMES}|(?<!\d){_TIMES}\s*(?:\d[\d.]*|{_LETTER})\$?{CELL}",
    rf"{_OPERANDS_END}\s*{_MINUS}|{_ORDER}|{_OPERANDS_END}\s+(?:{_WORDS})(?: by)?",
    r"(?<!\bat )(?<!\bla )\b(?:times|mal|fois|veces|раза?)(?: the| les?| la| as many as)?(?=\s*\Z)",
    r"(?i:\b(?:up to|all but|instead of|rather than|contrary to|as opposed to|bis zu|hasta))",
    r"[小大少多][于於]|不到|超过",
    rf"(?:[{_FRACTIONS}]|\d\s?%|\d\s*/\s*\d+|\d\.\d+)\s+of(?:\s+the)?",
    rf"\((?:\d+|(?=[^()]*[-+−]){_TERMS})\)(?=\Z)|[-+−*/×^]\s*`+",
    # params (M):
    rf"[(\[（](?:in )?(?:[kKMGTB]|[kKMGTP]i?B|{SCALE_WORDS}|%)[)\]）]\s*(?:[:：=]|{CELL})",
)
_FACTOR_BEFORE = rf"(?:[{_FRACTIONS}]|(?<![\w.$#§№/-])\d(?:[\d.,]*\d)?x?|(?<![\w.'’\\$-]){_LETTER})"


def _either(rows: Iterable[str]) -> str:
    return f"(?:{'|'.join(rows)})"


#: What stands before a formula begins with a word, or with its last letter, and not inside of one.
_PLACE = r"(?:(?<![A-Za-z])|(?![A-Za-z]{2}))"
# By whether the formula is a display: a sentence may end on a number before it, or begin below it.
_BEGAN = {
    display: regex(rf"{_PLACE}(?:{_either(_BEFORE)}\s*|{_FACTOR_BEFORE}{gap})\Z")
    for display, gap in ((False, _GAP), (True, ""))
}
_GOES_ON = {
    display: regex(rf"{_either(_BEHIND)}|{gap}{_FACTOR_BEHIND}")
    for display, gap in ((False, _GAP), (True, r"[ \t]*"))
}
#: A sign at the end of the paragraph above, or at the beginning of the one below; no list's mark.
_ENDS_ABOVE = regex(rf"(?:\A|\S?\s*){_TIMES}\Z|{_OPERANDS_END}\s*{_PLUS}\Z")
_BEGINS_BELOW = regex(rf"[\s{STOP}]*(?!·){_TIMES}\s*(?:\S|\Z)")
#: What stands between two formulas that are one.
_JOINTS = frozenset("= ≈ ≠ < > ≤ ≥ <= >= ==".split())
_CLOSED_BEFORE = regex(rf"(?:{_either(_BEFORE)}|(?:\A|[\s(\[])[-–])\s*\Z")
_CLOSED_BEHIND = regex(rf"{_either(_SIGNED)}|\s*(?:\$|\\\()\s*(?:{_TIMES}|[-+−*/^!])")
#: A bracket, a bar or quotation marks, right around a formula.
_OPENED, _CLOSED = regex(r"[(（\[\"“«]\s*\Z"), regex(r"\s*[)）\]\"”»]")
#: A number before it, that of a name behind it: Table 2, ResNet 50.
_FACTOR = regex(r"(?:(?P<of>[^\W\d_]+)\.?[\s~]+)?(?<![\w.$#§№/×-])\d[\d.,]*\s*\Z")
_NAMED = regex(r"\w*[A-Z]\w*[A-Z]")
#: What is told of a sign beside a formula.
_BELONGS = "outside of the delimiters belongs to the formula"
_HINT = "write it inside of them, or set the formula apart by words or a comma"
_ANOTHER = regex(rf"[ \t]*{_INLINE}")
_ABOUT = regex(rf"(?:\b(?:{'|'.join(filter(str.isalpha, sorted(v.ABOUT)))})|(?<![~\w])[≈≃~])\s*\Z")


class Around:
    r"""The surroundings of the formulas of a text.

    ``comments``: the pattern of what is a comment there, in a group of that name. In ``latex``
    ``~`` is a space, no mark begins a list, and the ``macros`` met so far are written out.
    """

    def __init__(
        self,
        text: str,
        comments: re.Pattern[str],
        *,
        latex: bool = False,
        macros: Macros | None = None,
    ) -> None:
        self._text, self._comments, self._latex = text, comments, latex
        self._macros = macros or Macros()
        self._columns = Columns(text, latex=latex)
        self._above = ""  # the paragraph that a display goes on with

    def whole(
        self,
        body: str,
        start: int,
        end: int,
        *,
        display: bool = False,
        code: bool = False,
        alone: bool = True,
    ) -> tuple[str, tuple[Said, ...]]:
        """The formula ``body`` of ``text[start:end]``, and what is said beside it and over it.

        ``alone``: no formula is right behind it, unless it is a ``display``.

        Raises:
            ParseError: it goes on outside of its delimiters: ``2$k^2 M N$``, ``$k^2 M N$ + $N$``.
        """
        before, behind = self._before(start, end), self._behind(end)
        if about := None if code else _ABOUT.search(before):
            body, before = rf"\approx {body}", before[: about.start()]
        body, behind = scaled(body, _NOTE.sub("", behind), code=code)
        above = before if before.strip() or not display else self._above
        said = Said("display" if display else "span", f"{above}\0{behind}")
        reach = max(0, len(before) - REACH)
        sign = _BEGAN[display].search(before, reach) or _GOES_ON[display].match(behind)
        head = self._columns.head(start)
        if (unit := _UNIT.search(head)) and body.rstrip(" }")[-1:].isdigit():
            body, head = scaled(body, f" {unit[1]}", code=code)[0], ""
        sign = sign or _BEGAN[True].search(f"{head}: ")
        opened, closed = _OPENED.search(before), _CLOSED.match(behind)
        if opened and closed and not sign:
            before = before[: opened.start()]
            number = _FACTOR.search(before)
            of = (number and number["of"]) or ""
            number = None if REFERENCE.match(of) or _NAMED.match(of) else number
            sign = number or _CLOSED_BEFORE.search(before)
            sign = sign or _CLOSED_BEHIND.match(behind, closed.end())
        if sign:
            self.refuse(f"'{' '.join(sign[0].split())}'", start, end)
        if alone and not display and _ANOTHER.match(behind):
            self.refuse("another formula", start, end)
        return body, (said, *self._columns.said(start))

    def joint(self, above: str, end: int, below: str, start: int, *, parted: bool) -> str | None:
        r"""What joins two formulas that are one, of which the first ends where ``end`` says.

        A relation between them, or nothing beside a sign: ``$P$ = $k^2$``, ``$k^2 M$ $+ N$``.
        """
        between = "…"
        with suppress(ClosedformError):  # abbreviations that are too long written out
            between = self.printed(end, start, parted=parted).strip()
        goes_on = not between and (BEGINS.match(below) or ENDS.search(above[-_NEAR:]))
        return between if goes_on or between in _JOINTS else None

    def refuse(self, what: str, start: int, end: int) -> None:
        """Say that what is beside a formula belongs to it: a ParseError."""
        near = max(0, start - _NEAR)
        first = self._text.rfind("\n", near, start) + 1 or near
        line = self._text[first : end + _NEAR].partition("\n")[0]
        place = start - first, min(end - first, len(line))
        raise ParseError(line, *place, f"{what} {_BELONGS}", _HINT)

    def printed(self, start: int, end: int, *, parted: bool = True) -> str:
        """What is printed of ``text[start:end]``: without comments and markup.

        ``parted``: a mark is left where a paragraph or a row ends. What is far apart is not read.
        """
        if end - start > _NEAR + _LINE:
            return "…"
        text = self._text[max(0, start - 1) : end]  # the beginning of a text is that of no line
        text = self._comments.sub(lambda m: m[0] if m["comment"] is None else "", text)
        text = text[1:] if start else f"\n{text}"
        if self._latex:
            text = self._macros.expand(Macros().take(text)).replace("~", " ")
        text = without_markup(text)
        return text if parted else text.replace(STOP, " ")

    def _before(self, start: int, end: int) -> str:
        near = max(0, start - _NEAR)
        commented = self._latex or "-->" in self._text[near:start]  # and begins farther away
        line = self._text.rfind("\n", max(0, near - _LINE * commented), near)
        at = near if line < 0 else line
        raw = self._text[at:start]
        if is_struck_out(raw):
            hint = "leave the directive out, or what strikes it out"
            raise ClosedformError("the formula is struck out", hint)
        if self._latex and (
            _MEASURED.search(raw) or (raw[-1:] == self._text[end : end + 1] == "|")
        ):
            hint = "write the formula alone, and its unit or its bars inside of the delimiters"
            raise ClosedformError("a command of units, or bars, stand around the formula", hint)
        above, stop, text = self.printed(at, start).rpartition(STOP)
        if stop and not text.strip() and (sign := _ENDS_ABOVE.search(above.rstrip(f"{STOP} \n"))):
            return f"{sign[0]} "
        self._above = "" if text.strip() else _BLOCK.split(above)[-1].rpartition(STOP)[2]
        return text if self._latex else _BLOCK.split(text)[-1]

    def _behind(self, end: int) -> str:
        text, _, below = self.printed(end, end + _NEAR).partition(STOP)
        if not text.strip() and (sign := _BEGINS_BELOW.match(below)):
            return sign[0]
        return text if self._latex else _BLOCK.split(STOP + text)[0][1:]
