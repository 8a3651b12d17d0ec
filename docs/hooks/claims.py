"""Files of claims as pages: each formula as it was printed, as it was read, and its verdict.

``<!-- claims of: FILE -->`` in a page stands for the claims of docs/claims/FILE. A comment above a
claim of the file is a heading. On the Chinese pages the words around the formulas are Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import dropwhile, takewhile
from pathlib import Path
from typing import Any

from closedform.documents.checking import Checked, Tally, check_file
from closedform.documents.claim import VERDICTS, QuotedClaim
from closedform.language.claims import Member
from closedform.reading import read_claim
from closedform.typeset.escapes import markdown_words
from closedform.typeset.notation import SOURCE
from closedform.typeset.prose import RELATION_SIGNS, AsWritten, shown_latex

FOLDER = Path(__file__).parents[1] / "claims"
_MARK = re.compile(r"<!-- claims of: (\S+) -->")


#: What stands at the start of a line around a formula, and what it is in Chinese.
CHINESE = {
    r"(\d+) formulas: (.*)\.": r"共 \1 个公式：\2。",
    r"Held against (`[^`]*`):": r"对照 \1：",
    r"Note: ": "注：",
    r"- read as: (.*); without (?=')": r"- 读作：\1；略去 ",
    r"- read as: ": "- 读作：",
    r"- by: normal form": "- 方法：标准形",
    r"- first wrong step: ": "- 第一处错误的步骤：",
    r"- (`[^`]*`) \$-\$ the formula = ": r"- \1 减去该式 = ",
    r"- counterexample: (.*): (`.*`) is (.*), the formula is ": r"- 反例：\1 时 \2 为 \3，该式为 ",
    r"- holds only when: ": "- 仅在以下条件下成立：",
    r"- holds for no positive integers": "- 对任何正整数都不成立",
    r"- why: ": "- 原因：",
}


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """Put the claims in their places; MkDocs calls this for each page."""
    chinese = page.url.startswith("zh/")

    def put(match: re.Match[str]) -> str:
        told = "\n\n".join(refereed(FOLDER / match[1]))
        return in_chinese(told) if chinese else told

    return _MARK.sub(put, markdown)


def in_chinese(told: str) -> str:
    """The claims of a file, the words around their formulas in Chinese.

    Raises:
        RuntimeError: words that no line begins with: they read otherwise now.
    """
    for words, chinese in CHINESE.items():
        told, times = re.subn(f"(?m)^{words}", chinese, told)
        if not times:
            raise RuntimeError(f"nothing on a Chinese page begins with {words}")
    return told


def refereed(path: Path) -> Iterator[str]:
    """The claims of a file: how many ended how, and a box for each.

    Raises:
        RuntimeError: a verdict is not the expected one.
    """
    claims = check_file(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    counts = Tally(claims).counts
    if counts["unexpected"]:
        raise RuntimeError(f"{path.name}: {counts['unexpected']} verdicts are not as expected")
    ended = [f"{counts[word]} {word}" for word in VERDICTS if counts[word]]
    yield f"{len(claims)} formulas: {', '.join(ended)}."
    for checked in claims:
        if heading := _heading(lines, checked.line):
            yield f"## {markdown_words(heading)}"
        yield _box(checked)


def _heading(lines: Sequence[str], line: int) -> str:
    """The comment right above a claim, if it is one line and no sentence."""
    start = max(number for number in range(line) if lines[number].startswith("[[claim]]"))
    above = dropwhile(lambda text: not text, reversed(lines[:start]))
    comments = [text.lstrip("# ") for text in takewhile(lambda text: text.startswith("#"), above)]
    return comments[0] if len(comments) == 1 and not comments[0].endswith(".") else ""


def _box(checked: Checked) -> str:
    claim, verdict = checked.claim, checked.verdict
    if claim is None or verdict is None:
        raise RuntimeError(f"line {checked.line}: {checked.error}")
    said = verdict.to_markdown().partition("\n\n")[2]
    told = [
        f'<span class="verdict">{checked.outcome}</span> <code>{escape(claim.text)}</code>',
        f"${_as_read(claim)}$",
        _held_against(claim),
        said,
        f"Note: {markdown_words(claim.note)}" if claim.note else "",
        f"*{markdown_words(claim.source)}*" if claim.source else "",
    ]
    inside = "\n\n".join(part for part in told if part)
    return f'<div class="claim {checked.outcome}" markdown>\n\n{inside}\n\n</div>'


def _held_against(claim: QuotedClaim) -> str:
    target = f"Held against `{claim.target}`" if claim.target else "A claim by itself"
    return f"{target}, where `{claim.where}`:" if claim.where else f"{target}:"


def _as_read(claim: QuotedClaim) -> str:
    """The formula as it was read, typeset."""
    read = read_claim(claim.text, target=claim.target, where=claim.where, names=claim.names)
    shown = [_shown(read.members[0])]
    for relation, member in zip(read.relations, read.members[1:], strict=True):
        sign = RELATION_SIGNS.get(relation)
        shown += [r"\approx" if sign is None else sign.latex, _shown(member)]
    return " ".join(shown)


def _shown(member: Member) -> str:
    formula = shown_latex(AsWritten(member.tree), SOURCE)
    return rf"O\left({formula}\right)" if member.order else formula
