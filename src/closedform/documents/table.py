"""The report of a check as a table that a reader understands, and as Markdown and LaTeX."""

from __future__ import annotations

import re

from closedform.documents.checking import Checked, FileReport
from closedform.errors import columns, printable
from closedform.typeset.grids import aligned, markdown_grid
from closedform.typeset.prose import Code, in_latex

#: How wide the column of formulas may get.
WIDEST = 56

# What begins HTML, a link or code in Markdown.
_LIVE = re.compile(r"[&<>`\[\]]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def report_text(report: FileReport) -> str:
    """One row a claim, and under it what a reader needs to check a refuted one."""
    lines = [report.file + (f": {report.title}" if report.title else "")]
    if report.source:
        lines.append(f"source: {report.source}")
    if not report.claims:
        toml = report.file.endswith(".toml")
        scan = "`closedform scan` lists the formulas that could be some"
        return "\n".join([*lines, f"  no claims: {'each is a [[claim]]' if toml else scan}"])
    rows = aligned([(str(one.line), *_row(one)) for one in report.claims])
    indent = " " * (6 + max(len(str(one.line)) for one in report.claims))
    lines.append("")
    for row, one in zip(rows, report.claims, strict=True):
        lines.append(f"  {' ' if one.ok else '!'} {row}")
        lines += [f"{indent}{line}" for line in _details(one)]
    return "\n".join(lines)


def summary_text(counts: dict[str, int]) -> str:
    """``32 claims: 17 proven, 15 refuted; all as expected``."""
    found = {kind: counts[kind] for kind in ("proven", "refuted", "undecided", "errors")}
    kinds = [f"{n} {kind.removesuffix('s') if n == 1 else kind}" for kind, n in found.items() if n]
    total = sum(found.values())
    if not total:
        return "no claims"
    unexpected = counts["unexpected"]
    ending = "all as expected" if not unexpected else f"{unexpected} not as expected"
    noun = "claim" if total == 1 else "claims"
    return f"{total} {noun}: {', '.join(kinds)}; {ending}"


def report_markdown(report: FileReport) -> str:
    """A table with one row a claim."""
    rows = []
    for one in report.claims:
        formula, target, outcome, note = _row(one)
        why = "; ".join(_details(one)) or note
        rows.append((str(one.line), _code(formula), _code(target), outcome, _prose(why)))
    grid = markdown_grid(("line", "formula", "is", "verdict", "why"), rows, right={0})
    return f"## {_prose(report.title or report.file)}\n\n{grid}"


def report_latex(report: FileReport) -> str:
    """One paragraph a claim."""
    parts = []
    for one in report.claims:
        if one.verdict is None:
            formula = one.claim.text if one.claim else one.id or ""
            where = (" in ", Code(formula)) if formula else ()
            body = in_latex(("Error", *where, f": {one.error}"))
        else:
            body = one.verdict.to_latex()
        parts.append(f"% {printable(report.file)}, line {one.line}\n{body}")
    return "\n\n".join(parts)


def _code(text: str) -> str:
    """A code span: its fence is longer than any run of backticks inside, so nothing ends it."""
    if not text:
        return ""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _prose(text: str) -> str:
    """Text from a file, on one line, with no HTML, link or code of its own."""
    return _LIVE.sub(lambda found: _ESCAPES.get(found[0], "\\" + found[0]), " ".join(text.split()))


def shortened(formula: str) -> str:
    """A formula on one line, cut to the width of a column."""
    formula = " ".join(formula.split())
    if len(formula) > WIDEST or columns(formula) > WIDEST:
        # A combining mark takes no column, so the characters are bounded too.
        formula = formula[: 2 * WIDEST]
        while columns(formula) > WIDEST - 1:
            formula = formula[:-1]
        formula += "…"
    return formula


def _row(one: Checked) -> tuple[str, str, str, str]:
    formula = shortened(one.claim.text if one.claim else one.id or "")
    target = one.claim.target or "" if one.claim else ""
    outcome = "error" if one.verdict is None else one.verdict.verdict
    if one.ok and one.expect != "proven":
        note = "(as expected)"
    else:
        note = "" if one.ok else f"(expected: {one.expect})"
    return formula, target, outcome, note


def _details(one: Checked) -> list[str]:
    if one.verdict is None:
        return (one.error or "").splitlines()
    if one.verdict.verdict == "proven":
        return [] if one.ok else one.verdict.details()
    return one.verdict.details()
