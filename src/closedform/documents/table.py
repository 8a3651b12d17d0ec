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
    rows = aligned([(str(checked.line), *_row(checked)) for checked in report.claims])
    indent = " " * (6 + max(len(str(checked.line)) for checked in report.claims))
    lines.append("")
    for row, checked in zip(rows, report.claims, strict=True):
        lines.append(f"  {' ' if checked.ok else '!'} {row}")
        lines += [f"{indent}{line}" for line in _details(checked)]
    return "\n".join(lines)


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


def report_markdown(report: FileReport) -> str:
    """A table with one row a claim."""
    rows = []
    for checked in report.claims:
        formula, target, outcome, note = _row(checked)
        why = "; ".join(_details(checked)) or note
        rows.append((str(checked.line), _code(formula), _code(target), outcome, _prose(why)))
    grid = markdown_grid(("line", "formula", "is", "verdict", "why"), rows, right={0})
    return f"## {_prose(report.title or report.file)}\n\n{grid}"


def report_latex(report: FileReport) -> str:
    """One paragraph a claim."""
    parts = []
    for checked in report.claims:
        if checked.verdict is None:
            formula = checked.claim.text if checked.claim else checked.id or ""
            where = (" in ", Code(formula)) if formula else ()
            body = in_latex(("Error", *where, f": {checked.error}"))
        else:
            body = checked.verdict.to_latex()
        parts.append(f"% {printable(report.file)}, line {checked.line}\n{body}")
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
    return _LIVE.sub(lambda sign: _ESCAPES.get(sign[0], "\\" + sign[0]), " ".join(text.split()))


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


def _row(checked: Checked) -> tuple[str, str, str, str]:
    formula = shortened(checked.claim.text if checked.claim else checked.id or "")
    target = checked.claim.target or "" if checked.claim else ""
    outcome = "error" if checked.verdict is None else checked.verdict.verdict
    if checked.ok and checked.expect != "proven":
        note = "(as expected)"
    else:
        note = "" if checked.ok else f"(expected: {checked.expect})"
    return formula, target, outcome, note


def _details(checked: Checked) -> list[str]:
    if checked.verdict is None:
        return (checked.error or "").splitlines()
    if checked.verdict.verdict == "proven":
        return [] if checked.ok else checked.verdict.details()
    return checked.verdict.details()
