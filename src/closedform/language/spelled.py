"""Conditions that are spelled out: where M equals N, for even H, (k odd), 当 H 为偶数."""

from __future__ import annotations

import re

from closedform.later import regex

_NAME = r"\$?(?P<{}>[A-Za-z](?:_\{{?\w+\}}?)?'?)\$?"
#: What leads to a condition, or sets one apart; a bracket is closed behind it.
_LEAD = (
    r"(?P<lead>(?:[,，;；]\s*)?(?:\b(?:where|when|if|for|with|assuming|provided|given|since|let|say)"
    r"(?:\s+that)?\s+|其中|当|若|如果)\s*|(?P<opened>[(（])(?:(?:for|if|when|where)\s+)?"
    r"|[,，;；]\s*(?:and\s+)?|\band\s+)"
)
_IS = r"\s*(?:\b(?:is|being)\b(?: an?\b)?|为|是)?\s*"
_PARITY = r"(?P<{}>even|odd|zero|偶数|奇数|零)"
_SPELLED = regex(
    f"(?i){_LEAD}(?:"
    rf"{_NAME.format('a')}\s*(?:\bequals\b|\bis (?:equal to|the same as)\b|等于)"
    r"\s*(?P<to>[^\s,;)），；]+)"
    rf"|{_NAME.format('b')}(?:\s+and\s+|和|与){_NAME.format('c')}\s*(?:are (?:equal|the same)|相等)"
    rf"|{_NAME.format('d')}{_IS}{_PARITY.format('behind')}"
    rf"|{_PARITY.format('before')}\s+{_NAME.format('e')})"
    r"(?:\s*时)?(?=\s*(?:[,，;；.。)）]|\band\b|\Z))"
)
_WHERE = regex(r"(?i)\b(?:where|when|if|for|with|given)\b|其中|当")
#: The condition that each of these words is on a symbol.
_MEANS = {
    **dict.fromkeys(("even", "偶数"), "2 | {}"),
    **dict.fromkeys(("odd", "奇数"), "{} mod 2 = 1"),
    **dict.fromkeys(("zero", "零"), "{} = 0"),
}
#: Without one of these a text has no such condition. Each begins with a letter and no class, so
#: that the search passes by all other letters at once.
_MAYBE = regex("even|odd|zero|equal|same|数|零|等")


def in_signs(text: str) -> tuple[str, list[str]]:
    """The text with such conditions in signs, and notes on them.

    >>> in_signs("H/2 where H is even")
    ('H/2 where 2 | H', ["'H is even' as 2 | H"])
    >>> in_signs("k^2 M^2 (M equals N)")[0], in_signs("H/2 for even H and odd k")[0]
    ('k^2 M^2 where M = N', 'H/2 where 2 | H, k mod 2 = 1')
    """
    notes: list[str] = []
    if _MAYBE.search(text) is None:
        return text, notes

    def put(said: re.Match[str]) -> str:
        parity = said["behind"] or said["before"]
        if parity:
            condition = _MEANS[parity.lower()].format(said["d"] or said["e"])
        else:
            condition = f"{said['a'] or said['b']} = {said['to'] or said['c']}"
        notes.append(f"{said[0][len(said['lead']) :].strip()!r} as {condition}")
        first = len(notes) == 1 and not _WHERE.search(text, 0, said.start())
        return f"{' where' if first else ','} {condition}"

    written, end = "", 0
    for said in _SPELLED.finditer(text):
        within = text[: said.start()]
        if within.count("(") > within.count(")"):
            continue  # it is said in a remark
        written += text[end : said.start()].rstrip() + put(said)
        end = said.end()
        closing = re.compile(r"\s*[)）]").match(text, end) if said["opened"] else None
        end = closing.end() if closing else end
    return written + text[end:], notes
