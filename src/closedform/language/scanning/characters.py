"""One character for every way to type it: full-width and mathematical letters, HTML, zero width.

Every replacement is as long as what it replaces: a place in the result is a place in the text.
"""

from __future__ import annotations

import re
import unicodedata

from closedform.language.vocabulary import GREEK
from closedform.later import html, regex

_ENTITY = regex(r"&(?:#[0-9]{2,5}|#[xX][0-9A-Fa-f]{2,5}|[A-Za-z][A-Za-z0-9]{1,7});")
#: What stands around a quotation or a piece of code. A straight quote behind a letter is a mark of
#: its own: h" is no end of a quotation.
_QUOTED = regex(
    r"`([^`\n]+)`|(?<![\w)\]])\"([^\"\n]+)\"(?!\w)|“([^”\n]+)”|„([^“”\n]+)[“”]|«([^»\n]+)»"
    r"|「([^」\n]+)」|『([^』\n]+)』"
)
_QUOTES = frozenset('`"“„«「『')
#: Emphasis of Markdown around a whole member, which is no power: = **2,432**.
_BOLD = regex(
    r"(?:(?<=[=≈<>:])|\A)(\s*)(\*\*|\*|__)(?=[^\s*_])([^=≈<>\n]+?)\2"
    r"(?=\s*(?:[=≈<>.,;:：]|\Z|where\b)| [^\W\d_]{3})"
)
#: The delimiters of TeX in a string of a program, where each backslash is written twice.
_DELIMITED = regex(r"\A\s*\\\\[(\[]|\\\\[)\]]\s*\Z")
_TAGS = {"<sub>": "_{   ", "</sub>": "     }", "<sup>": "^{   ", "</sup>": "     }"}
#: Tags that only say how a text looks, with their partner: a<b>c is no tag.
_PAIR = regex(
    r"<(b|i|u|p|em|tt|td|li|var|code|span|strong|small|mark)(?:\s[^<>]*)?>(?=.*</\1>)|</(?:b|i|u|p|em|tt|"
    r"td|li|var|code|span|strong|small|mark)>|<br ?/?>",
    re.DOTALL,
)
#: Characters that nobody sees: joiners, soft hyphens, invisible signs, selectors of emoji.
_UNSEEN = frozenset(
    [0x00AD, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x2060, 0x2065), *range(0xFE00, 0xFE10)]
)
_ALIKE = dict(zip("∆％＾＿＃．＆＄⎣⎦⎡⎤", "Δ%^_#.&$⌊⌋⌈⌉", strict=True))


def plain_characters(text: str) -> str:
    """``text`` in the characters that the scanner knows, of the same length.

    >>> plain_characters("Ｃ×𝑘² &times; ３")
    'C×k² ×       3'
    """
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    if text.lstrip().startswith(("\\\\(", "\\\\[")):
        text = _DELIMITED.sub(lambda sign: " " * len(sign[0]), text)
    if "<br" in text or "</" in text:
        text = _PAIR.sub(lambda tag: " " * len(tag[0]), text)
    if "</su" in text:
        for tag, written in _TAGS.items():
            text = text.replace(tag, written)
    if "*" in text or "__" in text:
        text = _BOLD.sub(_plainly, text)
    if not _QUOTES.isdisjoint(text):
        text = _QUOTED.sub(lambda match: f" {match[match.lastindex or 0]} ", text)
    return text if text.isascii() else text.translate(_TABLE)


def _entity(entity: re.Match[str]) -> str:
    sign = html.unescape(entity[0])
    return sign.ljust(len(entity[0])) if len(sign) == 1 else entity[0]


def _plainly(match: re.Match[str]) -> str:
    blank = " " * len(match[2])
    return f"{match[1]}{blank}{match[3]}{blank}"


class _Table(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _plain(chr(code))
        return self[code]


_TABLE = _Table()


def _plain(char: str) -> str:
    if char in _ALIKE:
        return _ALIKE[char]
    if ord(char) in _UNSEEN:
        return " "
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char in GREEK or char == "ℓ":
        return char
    # Letters in another face or width, and Greek letters in another form; no superscripts.
    if unicodedata.decomposition(char).startswith(("<super>", "<sub>", "<fraction>")):
        return char
    letter = unicodedata.normalize("NFKC", char)
    return (
        letter
        if len(letter) == 1 and (letter in GREEK or (letter.isascii() and letter.isalpha()))
        else char
    )
