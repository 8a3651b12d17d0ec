"""The formulas of a document that can be the cost of something, and directives to hold them.

Those of plain text are what the signs of arithmetic join, cut out of its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from closedform.algebra.tree import Quotient, Sum, Symbol, symbol_names, walk
from closedform.documents.checking import check_claim
from closedform.documents.claim import QuotedClaim
from closedform.documents.context.around import NO_COMMENT, Around
from closedform.documents.context.beside import stated
from closedform.documents.plain.lines import Lines
from closedform.documents.programs.languages import DECLARES
from closedform.documents.reader import READERS, claims_of, folder_of, guessed, kind_of, text_of
from closedform.documents.suffixes import PLAIN
from closedform.errors import ClosedformError
from closedform.identification.identification import Identification
from closedform.identification.identify import identify
from closedform.language.numbers.memory import speaks_of_bytes
from closedform.language.surroundings.cases import branches_of
from closedform.records import record, replace

#: How a directive is written beside a formula, by the kind of the file.
DIRECTIVES = {
    "markdown": "<!-- closedform: {} -->",
    "notebook": "<!-- closedform: {} -->",
    "latex": "% closedform: {}",
    "rst": ".. closedform: {}",
    "text": 'is = "{}"',  # a text holds no comments: the line of a claims file
}
#: Words that say which measure a formula is of; the nearest one before it counts.
_MEASURE = re.compile(
    r"(?P<params>para|参数|weights)|(?P<flops>flop|计算量|operations)"
    r"|(?P<macs>macs?\b|mult|乘加|madds?)|(?P<activations>activation)",
    re.IGNORECASE,
)
#: What holds formulas without delimiters: all of a text, and rows of a table in Markdown.
_EVERY, _ROW = re.compile(r"(?s).+"), re.compile(r"^[ \t]*\|[^\n$`\\]*$", re.MULTILINE)
#: The value of a size behind a formula in symbols: 4d² (d = 768).
_VALUE = re.compile(r"\s*[(（]\s*[A-Za-z]\w*\s*=\s*[\d.,]+\s*[)）]\s*\Z")
#: A function of a letter, f(b), or a shape, W: K × D, is the cost of nothing; and in code a word.
_NO_COST = re.compile(
    r"(?<![A-Za-z}\d])[A-Za-z]'?\((?:[A-Za-z](?:_\w+)?|[a-z] *[+-] *[a-z])'?\)|\A\s*[A-Za-z]\s*:"
)
_SIGN, _LETTERS = re.compile(r"[*+/^×·⋅÷²³]|-(?!>)"), re.compile(r"[A-Za-z_{}\s]+\Z")
#: A number with its calculation behind it: 48,120 (400*120 + 120).
_CALCULATED = re.compile(r"[\d,]{4,}\s*[(（](?P<sum>[\d\s.,*×·+-]+)[)）]")
#: Which number goes in says the sentence, and no product.
_TURNED = re.compile(r"\bM=(\d+), N=(\d+)")
#: How many lines before a formula such a word may stand.
_ABOVE = 4
#: A formula of more characters is not identified.
_LONGEST = 2_000
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TOKEN = re.compile(
    # addresses, paths, and statements of a program: no formula stands in them
    r"(?P<apart>(?<![^\W_])(?:[a-z]{2,9}://|www\.)[^\s<>\"']+|(?<!\S)/\w[^\s/]*/\S*"
    rf"|\b(?:{DECLARES})\s*\*+\s*\w[^\n;]*"
    r"|\b(?:for|while|if|switch)\s*\([^()\n]*[;<>=][^\n]*)"
    rf"|(?P<name>[A-Za-zα-ωΑ-Ω]+(?:_(?:\{{\w+\}}|[A-Za-z0-9]+))*[0-9]*'*[{_RAISED}]*)"
    rf"|(?P<number>[0-9]+(?:[.,][0-9]+)*[{_RAISED}]*)"
    r"|(?P<sign>\*\*|//|==|<=|>=|[-+*/^=≈<>≤≥−×·⋅÷✖])"
    r"|(?P<open>[(（\[{⌊⌈])"
    r"|(?P<shut>[)）\]}⌋⌉])"
    r"|(?P<space>[ \t]+)"
    r"|(?P<other>.)",
    re.ASCII | re.DOTALL,
)
_KINDS = {"number": "n", "sign": "*", "open": "(", "shut": ")", "space": " "}
#: What may be one formula: signs between operands, or operands side by side, as 2k, k k, (a)(b).
_RUN = re.compile(
    r"[waiNn(](?:(?<=[waiNn)]) *[*)-]|(?<=\() *-|(?<=[*(-]) *[waiNn(]|(?<=[waiNn)])[waiNn(]"
    r"|(?<=[aNn)]) +[ai(])*"
)
#: Of a text, what no formula goes on beyond; deeper brackets are no formula of a sentence.
_PIECE, _DEPTH = re.compile(r"[^\n]{1,10000}"), 20


@record
class Candidate:
    """A formula without a directive: what it is, the likeliest first, and how it is held."""

    line: int
    end: int
    text: str
    equals: tuple[str, ...]
    directive: str
    cell: tuple[int, int] | None = None

    def to_json(self) -> dict[str, object]:
        """The same as plain data."""
        cell = {"cell": self.cell[0], "line_in_cell": self.cell[1]} if self.cell else {}
        return {
            "line": self.line,
            "end": self.end,
            **cell,
            "formula": self.text,
            "equals": list(self.equals),
            "directive": self.directive,
        }


@record
class ScannedFile:
    """The candidates of one file; ``formulas`` counts all that were looked at."""

    file: str
    formulas: int
    candidates: tuple[Candidate, ...]

    def to_json(self) -> dict[str, object]:
        """The same as plain data."""
        candidates = [hit.to_json() for hit in self.candidates]
        return {"file": self.file, "formulas": self.formulas, "candidates": candidates}


def scan_file(path: str | Path, *, stdin: BinaryIO | None = None) -> ScannedFile:
    """Every formula of a document, or of a plain text, that equals a cost in the catalogue.

    Formulas that a directive governs are left out: :func:`check_file` holds them.

    Raises:
        ClosedformError: the file itself cannot be read.
    """
    text = text_of(path, stdin=stdin)
    if str(path) == "-":  # plain text, where it has no formula that is set apart
        kind = guessed(text)
        kind = kind if kind != "markdown" or claims_of(text, kind, None, every=True) else "text"
    else:
        kind = "text" if Path(path).suffix.lower() in PLAIN else kind_of(path)
    lines = text.split("\n")
    formulas = _formulas(text, kind, folder_of(path))
    tried = [candidate(claim, lines, held_as) for claim, held_as in formulas]
    hits = sorted(filter(None, tried), key=lambda hit: hit.line)
    return ScannedFile(str(path), len(tried), tuple(hits))


def _formulas(text: str, kind: str, folder: Path | None) -> Iterator[tuple[QuotedClaim, str]]:
    """The formulas, each with the kind of file that can hold it: no directive governs a branch."""
    plain = {"text": _EVERY, "markdown": _ROW}.get(kind)
    lines, around = Lines(text), Around(text, NO_COMMENT)
    for row in plain.finditer(text) if plain else ():
        for begin, stop in plain_formulas(row[0]):
            start, end = row.start() + begin, row.start() + stop
            line = lines.at(start)
            with suppress(ClosedformError):  # it goes on with what stands beside it
                whole, said = around.whole(text[start:end], start, end, code=True, alone=False)
                yield QuotedClaim(whole, line, line, said=said, directed=False), "text"
    for claim in claims_of(text, kind, folder, every=True) if kind in READERS else ():
        if isinstance(claim, QuotedClaim) and not claim.directed:
            branches = branches_of(claim.text)
            yield from ((replace(claim, text=branch), "text") for branch in branches)
            if not branches:
                yield claim, kind


def candidate(claim: QuotedClaim, lines: list[str], kind: str) -> Candidate | None:
    """What a formula can be the cost of, with the directive that holds it in such a file."""
    calculated = _CALCULATED.fullmatch(claim.text)
    text = calculated["sum"] if calculated else _VALUE.sub("", claim.text)
    if _NO_COST.search(text) or not (claim.tex or _SIGN.search(text)) or speaks_of_bytes(text):
        return None
    identified = _identified(text, claim.tex)
    if identified is None:
        return None
    tree, measure = identified._tree, _measure(claim, lines, beside=True)
    said = any(isinstance(part, Sum) for part in walk(tree))
    if len(symbol_names(tree)) < 2 and not (said or (measure and not isinstance(tree, Symbol))):
        return None  # k·k is the cost of many things and mostly of none
    measure = _measure(claim, lines)
    if _LETTERS.match(text) and len(symbol_names(tree)) < 3 and not measure:
        return None  # KV and wh are names
    ratio = any(isinstance(part, Quotient) for part in walk(tree))
    # Where a letter says nothing, any formula is the cost of something: E = mc². No ratio is times
    # something, and what is proposed is what a check proves there.
    quantities = sorted(
        (
            match.quantity
            for match in identified.equals
            if match.usual
            and (" / " not in match.quantity or (ratio and "·" not in match.quantity))
        ),
        key=lambda text: (f"{measure}(" not in text, " / " in text),
    )
    quantities = [
        *dict.fromkeys(way for q in quantities for way in (q, _TURNED.sub(r"M=\2, N=\1", q)))
    ]
    shown = text if calculated else claim.text
    held = {q: check_claim(replace(claim, text=shown, target=q)).outcome for q in quantities}
    quantities = [target for target, outcome in held.items() if outcome == "proven"]
    if not quantities:
        return None
    in_code = "" if claim.tex or kind == "text" else "; in code"
    directive = DIRECTIVES[kind].format(quantities[0] + in_code)
    return Candidate(claim.line, claim.end, shown, tuple(quantities), directive, claim.cell)


@lru_cache(maxsize=4096)
def _identified(text: str, tex: bool) -> Identification | None:
    try:
        return identify(text, tex=tex) if len(text) <= _LONGEST else None
    except ClosedformError:
        return None


def _measure(claim: QuotedClaim, lines: list[str], *, beside: bool = False) -> str:
    """The measure that the words ``beside`` a formula name last, or those above it; or ``""``."""
    words = chain.from_iterable(map(stated, claim.said))
    said = " ".join(words for words in words if words[0] not in "\f\t")
    if not beside and not _MEASURE.search(said):
        before = "\n".join(lines[max(0, claim.line - _ABOVE) : claim.line - 1])
        line = lines[claim.line - 1]
        said = f"{before}\n{line[: line.find(claim.text[:10])]}{claim.text}"
    named = [word.lastgroup or "" for word in _MEASURE.finditer(said[-_LONGEST:])]
    return named[-1] if named else ""


def plain_formulas(text: str) -> Iterator[tuple[int, int]]:
    """Where the formulas of ``text`` stand, which has no delimiters around them.

    A word beside another one is prose; a formula holds a sign, and ends behind an operand.

    >>> text = "so k×k×M×N + N(bias included) is more than 2 M (N + 1), as said"
    >>> [text[start:end] for start, end in plain_formulas(text)]
    ['k×k×M×N + N', '2 M (N + 1)']
    """
    for piece in _PIECE.finditer(text):
        tokens = [*_TOKEN.finditer(text, *piece.span())]
        kinds, at = "".join(map(_kind, tokens)), 0
        while run := _RUN.search(kinds, at):
            depth = signs = kept = 0
            end = at = run.start()
            for at in range(run.start(), run.end()):
                depth += (kinds[at] == "(") - (kinds[at] == ")")
                if not 0 <= depth <= _DEPTH:
                    break
                signs += kinds[at] in "*-"
                if depth == 0 and kinds[at] in "waiNn)":
                    end, kept = at, signs
            if kept:
                yield tokens[run.start()].start(), tokens[end].end()
            at += 1


def _kind(token: re.Match[str]) -> str:
    """Whether a token is a word, a word or a symbol of one letter, a longer one, or what else."""
    word = token[0]
    if token.lastgroup != "name":
        return "-" if word in "-−" else _KINDS.get(str(token.lastgroup), ".")
    if len(word.rstrip(_RAISED)) == 1:
        return "i" if word in "aAI" else "a"
    symbol = len({*word}) == 1 or (len(word) == 2 and word.isupper()) or not word.isalpha()
    return "N" if symbol else "w"
