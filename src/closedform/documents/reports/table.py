"""The report of a check as a table that a reader understands, and as Markdown and LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from closedform.documents.checking import Checked, Heading
from closedform.documents.claim import TOGETHER, pack, place_of, unpacked
from closedform.errors import columns, printable
from closedform.records import NamedTuple, replace
from closedform.typeset.escapes import markdown_code
from closedform.typeset.grids import in_line, markdown_grid
from closedform.typeset.prose import Code, in_latex

#: How wide the column of formulas may get.
WIDEST = 56

# What begins HTML, a link or code in Markdown.
_LIVE = re.compile(r"[&<>`\[\]]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


class TextRow(NamedTuple):
    """What is shown of a claim: the cells of its row, and lines that are set in below it."""

    ok: bool
    cells: tuple[str, ...]
    details: tuple[str, ...]


def text_row(checked: Checked) -> TextRow:
    """The row of a claim, and what a reader needs to check one that is refuted."""
    cells = (place_of(checked).removeprefix("line "), *_row(checked))
    return TextRow(checked.ok, cells, tuple(_details(checked)))


def report_text(heading: Heading, rows: Iterable[TextRow]) -> Iterator[str]:
    """The lines of a report: one row a claim, and its details under it.

    How wide its columns are is known at the end: till then the rows wait, packed.
    """
    yield heading.file + (f": {heading.title}" if heading.title else "")
    if heading.source:
        yield f"source: {heading.source}"
    parts: list[bytes] = []
    widths: list[list[int]] = []
    left = iter(rows)
    while block := [*islice(left, TOGETHER)]:
        cells = zip(*(row.cells for row in block), strict=True)
        widths.append([max(map(columns, column)) for column in cells])
        parts.append(pack(block))
    if not parts:
        toml = heading.file.endswith(".toml")
        scan = "`closedform scan` lists the formulas that could be some"
        yield f"  no claims: {'each is a [[claim]]' if toml else scan}"
        return
    widest = [*map(max, zip(*widths, strict=True))]
    indent = " " * (6 + widest[0])
    yield ""
    for row in unpacked(parts):
        yield f"  {' ' if row.ok else '!'} {in_line(row.cells, widest)}"
        yield from (f"{indent}{detail}" for detail in row.details)


def summary_text(counts: dict[str, int]) -> str:
    """``32 claims: 17 proven, 15 refuted; all as expected``."""
    tally = {kind: counts[kind] for kind in ("proven", "refuted", "undecided", "errors")}
    kinds = [f"{n} {kind.removesuffix('s') if n == 1 else kind}" for kind, n in tally.items() if n]
    total = sum(tally.values())
    if not total:
        return "no claims"
    unexpected = counts["unexpected"]
    ending = "all as expected" if not unexpected else f"{unexpected} not as expected"
    noun = "claim" if total == 1 else "claims"
    return f"{total} {noun}: {', '.join(kinds)}; {ending}"


def markdown_row(checked: Checked) -> tuple[str, ...]:
    """The cells of a claim."""
    formula, target, outcome, note = _row(checked)
    why = "; ".join(_details(checked)) or note
    spans = (markdown_code(part) if part else "" for part in (formula, target))
    return place_of(checked).removeprefix("line "), *spans, outcome, _prose(why)


def report_markdown(heading: Heading, rows: Iterable[tuple[str, ...]]) -> list[str]:
    """A table with one row a claim."""
    grid = markdown_grid(("line", "formula", "is", "verdict", "why"), [*rows], right={0})
    return [f"## {_prose(heading.title or heading.file)}\n\n{grid}"]


def latex_row(checked: Checked, *, line: float) -> tuple[str, str]:
    """The place of a claim and a paragraph on it, for a paper with so wide a line."""
    if (verdict := checked.verdict) is not None:
        fitting = replace(verdict, notation=replace(verdict.notation, line=line))
        return place_of(checked), fitting.to_latex()
    formula = checked.claim.text if checked.claim else checked.id or ""
    where = (" in ", Code(formula)) if formula else ()
    return place_of(checked), in_latex(("Error", *where, f": {checked.error}"))


def report_latex(heading: Heading, rows: Iterable[tuple[str, str]]) -> list[str]:
    """One paragraph a claim."""
    file = printable(heading.file)
    return ["\n\n".join(f"% {file}, {place}\n{body}" for place, body in rows)]


def _prose(text: str) -> str:
    """Text from a file, on one line, with no HTML, link or code of its own."""
    return _LIVE.sub(lambda sign: _ESCAPES.get(sign[0], "\\" + sign[0]), " ".join(text.split()))


def shortened(formula: str, widest: int = WIDEST) -> str:
    """A formula on one line, cut to the width of a column."""
    formula = " ".join(formula.split())
    if len(formula) > widest or columns(formula) > widest:
        # A combining mark takes no column, so the characters are bounded too.
        formula = formula[: 2 * widest]
        while columns(formula) > widest - 1:
            formula = formula[:-1]
        formula += "…"
    return formula


def _row(checked: Checked) -> tuple[str, str, str, str]:
    formula = shortened(checked.claim.text if checked.claim else checked.id or "")
    target = checked.claim.target or "" if checked.claim else ""
    outcome = "error" if checked.verdict is None else checked.verdict.verdict
    usual = "" if checked.expect == "proven" else "(as expected)"
    note = usual if checked.ok else f"(expected: {checked.expect})"
    return formula, target, outcome, note


def _details(checked: Checked) -> list[str]:
    if checked.verdict is None:
        return (checked.error or "").splitlines()
    as_usual = checked.ok and checked.outcome == "proven"
    return [] if as_usual else checked.verdict.details()
