r"""A formula in cases: each row of ``\begin{cases}`` is a claim under the condition beside it."""

from __future__ import annotations

import re

from closedform.errors import ParseError
from closedform.language.macros import written_out
from closedform.language.scanning.state import LENGTH
from closedform.language.vocabulary import CONDITIONALS
from closedform.later import regex
from closedform.records import NamedTuple

_CASES = regex(
    r"\\begin\s*\{(?P<name>d?cases\*?)\}(?P<rows>.*?)\\end\s*\{(?P=name)\}"
    r"|\\left\s*\\\{\s*\\begin\s*\{array\}\s*(?:\{[^{}]*\})?(?P<array>.*?)\\end\s*\{array\}"
    r"\s*\\right\s*\.",
    re.DOTALL,
)
_ROW = regex(r"\\\\(?:\s*\[[^\[\]]*\])?")
_UPRIGHT = regex(r"\\(?:text[a-z]*|mathrm|mbox)\s*\{([^{}]*)\}")
_SPACES = regex(r"\\(?:q?quad(?![A-Za-z])|[,;:! ])|[~$]")
_LEADS = regex(rf"(?:where|{'|'.join(map(re.escape, CONDITIONALS))})(?![A-Za-z])|[,，]")
_OTHERWISE = regex(r"(?:otherwise|else|sonst|sinon|in all other cases|否则|其他|其它|иначе)[.,]?\Z")
_RELATION = regex(
    r"<=|>=|==|[=<>≤≥|≡]|\\(?:equiv|leq?|geq?|leqslant|geqslant|lt|gt|mid)(?![A-Za-z])"
)
#: What holds where a bound does not.
_OPPOSITE = {
    **dict.fromkeys(("<", r"\lt"), ">="),
    **dict.fromkeys((">", r"\gt"), "<="),
    **dict.fromkeys(("<=", "≤", r"\le", r"\leq", r"\leqslant"), ">"),
    **dict.fromkeys((">=", "≥", r"\ge", r"\geq", r"\geqslant"), "<"),
}
_ENDS = regex(r"[=<>≈.,;$\]})]|\\(?:[)\]]|approx|end|\\|q?quad|text)|\Z")


#: More cases than a formula has.
ROWS = 20


class Branch(NamedTuple):
    """A claim with one row in the place of all, and the condition of that row."""

    text: str
    condition: str


def cases_of(text: str) -> list[Branch]:
    r"""The claims that a text with cases makes, one for each row; none without cases.

    >>> for case in cases_of(r"\begin{cases} M & M > N \\ N & \text{otherwise} \end{cases}"):
    ...     print(case.text, "where", case.condition)
    M where M > N
    N where M <= N

    Raises:
        ParseError: a row without a condition that can be read.
    """
    if r"\end" not in text or len(text) > LENGTH:
        return []
    text = written_out(text)
    block = _CASES.search(text)
    if block is None:
        return []
    rows = _ROW.split(block["rows"] or block["array"] or "")
    if len(rows) > ROWS:
        raise ParseError(text, *block.span(), f"more than {ROWS} rows of cases", "split it")
    read: list[Branch] = []
    for row in filter(str.strip, rows):
        value, _, beside = row.partition("&")
        condition = _condition(beside)
        if _OTHERWISE.match(condition):
            condition = _opposite(text, block, [case.condition for case in read])
        elif not _RELATION.search(condition):
            raise _unread(text, block, "a row of cases without a condition in signs")
        value = value.strip().rstrip(",;，").strip()
        if _RELATION.search(value):
            raise _unread(text, block, "a row of cases is no formula with its condition behind &")
        whole = _ENDS.match(text[block.end() :].lstrip()) and not _joined(text[: block.start()])
        put_in = value if whole else f"({value})"
        read.append(Branch(f"{text[: block.start()]}{put_in}{text[block.end() :]}", condition))
    return read


def branches_of(text: str) -> list[str]:
    r"""The formulas in the rows of cases, whatever stands beside them; none without cases.

    >>> branches_of(r"\begin{cases} M N & \text{no bias} \\ M N + N & \text{else} \end{cases}")
    ['M N', 'M N + N']
    """
    block = _CASES.search(text) if r"\end" in text and len(text) <= LENGTH else None
    rows = _ROW.split(block["rows"] or block["array"] or "") if block else []
    values = (row.partition("&")[0].strip().rstrip(",;，").strip() for row in rows)
    return list(filter(None, values))


def _joined(before: str) -> bool:
    """Whether what stands before the cases is a factor or a sign of theirs."""
    end = before.rstrip(" {&\n")[-1:]
    return bool(end) and end not in "=<>≈:：$([" and not before.rstrip().endswith("approx")


def _condition(beside: str) -> str:
    plain = _SPACES.sub(" ", _UPRIGHT.sub(r" \1 ", beside.replace("&", " "))).strip()
    while (lead := _LEADS.match(plain)) is not None:
        plain = plain[lead.end() :].strip()
    return plain.rstrip(".,;，。 ")


def _opposite(text: str, block: re.Match[str], conditions: list[str]) -> str:
    """The condition of the row for all else: the opposite of the one bound before it."""
    relations = _RELATION.findall(conditions[0]) if len(conditions) == 1 else []
    if len(relations) != 1 or relations[0] not in _OPPOSITE:
        raise _unread(text, block, "what is left for the last row is no single bound")
    left, right = conditions[0].split(relations[0])
    return f"{left.strip()} {_OPPOSITE[relations[0]]} {right.strip()}"


def _unread(text: str, block: re.Match[str], problem: str) -> ParseError:
    hint = "write a condition such as M > N behind each &, or one claim for each case after where"
    return ParseError(text, *block.span(), problem, hint)
