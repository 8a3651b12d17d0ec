"""What is printed of a text: the markup of Markdown, HTML and TeX taken away, its signs put in."""

from __future__ import annotations

import re

from closedform.later import html, regex

#: What TeX prints for these commands.
_SYMBOLS = {
    "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾", "texttwosuperior": "²",
    "textthreesuperior": "³", "textpm": "±", "textminus": "−", "textperthousand": "‰",
    "textsurd": "√", "textonesuperior": "",
}  # fmt: skip
#: What ends a neighbourhood, prints nothing, a space, a wide one, or one sign. None begins with a
#: letter, a digit or a space inside of a line, where nothing is tried: 5 µs for 44 a window.
_MARKUP = regex(
    r"(?![A-Za-z0-9.,])(?!(?<!\n) )"
    r"(?:(?P<stop>\}\s*\{|</?(?:t[dhr]|p|div|li|br|h[1-6]|d[dt])\b[^<>\n]*>|\\\\(?![(\[])"
    r"|\\(?:(?:sub)*section|chapter|(?:sub)?paragraph|caption|title|thanks"
    r"|footnote(?:text)?(?!\s*\{[^{}]*\}))\*?\s*(?:\[[^\[\]\n]*\])?\{(?:[^{}\n]*\})?"
    r"|\\item(?![A-Za-z])|\\(?:begin|end)\s*\{(?!math\})[A-Za-z]+\*?\}"
    r"|\\(?:set|addto)[a-z]+(?:\{[^{}\n]*\})+|\n[ \t>]*(?=\n))"
    r"|(?P<nil><(?P<tag>del|s|strike)\b[^<>]*>.*?</(?P=tag)>|\\(?:sout|xout|st)\s*\{[^{}]*\}"
    r"|~~(?=\S)[^~]+~~|<!--.*?-->|\{/\*.*?\*/\}|(?<=\n)(?:[ \t]*>)+(?=\s)"
    r"|<(?!sup\b)/?[A-Za-z][^<>\n]*>|\]\([^()\n]*\)|[{}\u200b-\u200d\u2060\ufe0f]"
    r"|\\(?:text(?:bf|it|rm|sf|tt|up|sc|sl|md|normal)?|u(?:nder)?line|emph|math(?:rm|bf|it)|[mh]box|bf|it|num|SI|qty)"
    r"(?![A-Za-z])|\\(?:textcolor|color|hspace\*?)\s*\{[^{}]*\}|\\ (?=:)|(?<=`)\\ )"
    r"|(?P<space>\\[,;:!/ ]|\\(?:thin|med|thick)space(?![A-Za-z])|\u00a0)"
    rf"|\\(?P<symbol>{'|'.join(_SYMBOLS)})(?![A-Za-z])"
    r"|\\footnote(?:text)?\s*\{(?P<note>[^{}]*)\}|(?P<wide>\\q?quad(?![A-Za-z]))"
    r"|(?P<raised><sup>|\\textsuperscript(?![A-Za-z])|:sup:`)"
    r"|(?P<entity>&#?\w+;)|\\(?P<escaped>[-*+_%#&^/])"
    r"|(?P<stars>(?<![\s`])\*+|(?<!`)\*+(?![\s`])|(?<![^\W_])_+|_+(?![^\W_])))",
    re.DOTALL,
)
#: Stands where a neighbourhood ends.
STOP = "\ue000"
_PRINTED = {"stop": STOP, "space": " ", "wide": "\u2003", "raised": "^"}

#: Struck-out text begins and has not ended.
_STRUCK = regex(
    r"<(del|s|strike)\b[^<>]*>(?:(?!</\1>).)*\Z|\\(?:sout|xout|st)\s*\{[^{}]*\Z", re.DOTALL
)
_STRIKES = regex(r"(?<!~)~~(?!~)")


def is_struck_out(raw: str) -> bool:
    """Whether what stands behind a text is struck out by it."""
    return bool(_STRUCK.search(raw)) or len(_STRIKES.findall(raw.rpartition("\n\n")[2])) % 2 == 1


def without_markup(text: str) -> str:
    r"""What is printed of ``text``, with a mark where a paragraph, a row or a cell ends.

    >>> without_markup("2<i> ×</i> \\textonehalf{}&nbsp;**k**")
    '2 × ½ k'
    """
    return _MARKUP.sub(_print, text)


def _print(match: re.Match[str]) -> str:
    kind = str(match.lastgroup)
    if kind == "note":
        return f" ({match[kind]})"
    if kind == "symbol":
        return _SYMBOLS[match[kind]]
    if kind == "entity":
        return html.unescape(match[0]).replace("\u00a0", " ")
    return match["escaped"] if kind == "escaped" else _PRINTED.get(kind, "")
