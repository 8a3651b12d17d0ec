r"""The words of a sentence, a label or a table right beside a formula, which may say what it is of.

Before it a label, the cell to the left, or what leads up to it; behind it a few words, or those in
a bracket: ``MACs: $…$``, ``| MACs | $…$ |``, ``the depthwise layer has $…$``, ``$…$ with bias``.
"""

from __future__ import annotations

import re

from closedform.language.amounts import speaks_of_amount
from closedform.language.surroundings.scales import is_scale
from closedform.language.vocabulary import CONDITIONALS, LEADS, PROSE
from closedform.later import regex

#: A word, and what parts the cells of a table.
WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"
CELL = r"[ \t]*[|&][ \t]*"
#: A label, or the cell to the left of the formula's own.
_LABEL = regex(rf"[^.,;!?|。，；！？\n$`]{{2,60}}(?:[:：=为為是]|{CELL})\s*\Z")
_LABELS = (":", "：", "=", "为", "為", "是", "|", "&")
#: So many words are the subject of a verb that leads up to a formula, and that.
_SUBJECT = 5
#: What ends a clause.
_STOPS = (".", ",", ";", "!", "?", ")", "]", "$", "`")
#: What follows it, up to a word with which something else begins.
_FOLLOWS = regex(rf"\s*(?:[(（]{WORD}(?:\s+{WORD}){{0,4}}[)）]|{WORD}(?:\s+{WORD}){{0,2}})")
_EACH = regex(WORD)
_OTHERS = (LEADS | PROSE | CONDITIONALS) - {"with", "mit", "avec", "con"}

#: The word right before a formula, and the one behind it or the words in a bracket there.
_WORD_BEFORE = regex(rf"({WORD}):?(?:\s+(?:the|as|so|many|much|viele?))*:?\s*\Z")
_WORD_BEHIND = regex(
    rf"\s+(?:is|are) (not|wrong|false|incorrect)\b|[ \t]+((?:in )?{WORD})(?![\w(])"
    rf"|\s*[(\[（]\s*({WORD}(?: {WORD}){{0,4}}|(?:in )?[%‰])\s*[)\]）]"
)
#: What of such words may stand there: a ratio is named, or what costs so much.
_NAMING = regex(r"ratio|factor|reduc|sav|fraction|mult|times|fois|norm|form|einm", re.IGNORECASE)


def word_that_computes(before: str, behind: str) -> re.Match[str] | None:
    """A word right beside a formula that says how much, more or less, or that it is not so."""
    said = (_WORD_BEFORE.search(before), _WORD_BEHIND.match(behind))
    return next((word for word in said if word and _computes(word)), None)


def _computes(said: re.Match[str]) -> bool:
    """Whether such a word is a scale, an amount, or a no."""
    word = next(filter(None, said.groups()))
    scale = is_scale(word.removeprefix("in ")) or word.lower() in ("no", "%", "‰", "in %")
    return not _NAMING.match(word) and (scale or speaks_of_amount(word))


def words_beside(before: str, behind: str) -> str:
    r"""Such words, with \0 in the place of the formula; nothing where there are none.

    >>> words_beside("so the MACs are ", " where k is"), words_beside("Here ", " with bias.")
    ('so the MACs are \x00 ', '\x00 with bias')
    """
    leads, follows = _leading(before), _FOLLOWS.match(behind)
    words = _EACH.findall(follows[0]) if follows else []
    here = next((at for at, word in enumerate(words) if word.lower() in _OTHERS), len(words))
    said = " ".join(words[:here])
    return f"{leads}\0 {said}" if leads or said else ""


def _leading(before: str) -> str:
    """A label, or the subject and the verb that lead up to a formula; else nothing."""
    if before.rstrip().endswith(_LABELS):
        label = _LABEL.search(before, max(0, len(before) - 80))
        return label[0] if label else ""
    words = before.split()[-_SUBJECT:]
    if len(words) < 2 or words[-1].lower() not in LEADS:
        return ""
    stops = [at for at, word in enumerate(words, start=1) if word.endswith(_STOPS)]
    return " ".join([*words[stops[-1] if stops else 0 :], ""])
