"""Sentences about a claim in LaTeX: formulas among the words as mathematics, calls as typed.

A verdict says "the factor 2d is missing in the term k²d" as plain text. Which of its words are
formulas is read off the words: single letters, names with an index, products, powers, and what
signs join to them. What does not read as a formula stays as it is.
"""

from __future__ import annotations

import re
from itertools import pairwise

from closedform.errors import ClosedformError
from closedform.language.vocabulary import GREEK
from closedform.reading import parse
from closedform.typeset.latex import latex
from closedform.typeset.words import latex_words

_CALL = r"(?!floor|ceil|sqrt)[a-z]\w+\((?:[^()]|\([^()]*\))*\)"
_PIECE = re.compile(rf"(?P<call>{_CALL})|(?P<word>[^\s]+?)(?P<mark>[,;:]?)(?=\s|$)|(?P<space>\s+)")
_FORMULA = re.compile(r"(?!\+)([\w'·^*/()+−√⌊⌋⌈⌉]|\.(?=[0-9]))+")
_NUMBER = re.compile(r"\(*[0-9]+(\.[0-9]+)?\)*")
_DECIMALS = re.compile(r"[0-9]\.[0-9]")
_FUNCTION = re.compile(r"(floor|ceil|sqrt)(?=\()")
_INDEXED = re.compile(r"[A-Za-zα-ω]\w*_\w+")
_SIGNS: dict[str, str] = {
    "=": "=", "≠": r"\ne", "<": "<", ">": ">", "<=": r"\le", ">=": r"\ge", "≤": r"\le",
    "≥": r"\ge", "+": "+", "-": "-", "−": "-", "*": "*", "·": "*", "/": "/",
}  # fmt: skip
_RELATIONS = frozenset("= ≠ < > <= >= ≤ ≥".split())
#: A word, not a symbol.
_ARTICLE = "a"


def formula_latex(written: str, names: frozenset[str] = frozenset()) -> str | None:
    r"""The LaTeX of a formula that closedform printed as text, if it is one.

    ``names`` are symbols of several letters.

    >>> formula_latex("3·dh", frozenset({"dh"}))
    '3 \\cdot \\text{dh}'
    """
    # A Greek letter with an index reads back by its English name.
    spelled = re.sub(r"[α-ω](?=_)", lambda letter: GREEK.get(letter[0], letter[0]), written)
    try:
        return latex(parse(spelled, bound=names))
    except ClosedformError:
        return None


def sentence_latex(line: str, names: frozenset[str] = frozenset()) -> str:
    r"""A plain sentence in LaTeX.

    >>> sentence_latex("the factor R_4 is missing in macs(conv_t), where N = M")
    'the factor $R_4$ is missing in \\texttt{macs(conv\\_t)}, where $N = M$'
    """
    out: list[str] = []
    run: list[str] = []

    def finish() -> None:
        out.append(_run(run, names))
        run.clear()

    for piece in _PIECE.finditer(line):
        if piece["call"]:
            finish()
            out.append(rf"\texttt{{{latex_words(piece['call'])}}}")
        elif piece["space"]:
            run.append(" ")
        elif kind := _kind(piece["word"], names):
            before = [word for word in run if word != " "][-1:]
            if before and "sign" not in (kind, _kind(before[0], names)):
                # Two operands with nothing between them are two formulas.
                finish()
            run.append(piece["word"])
            if piece["mark"]:
                finish()
                out.append(piece["mark"])
        else:
            finish()
            out.append(latex_words(piece["word"] + piece["mark"]))
    finish()
    return "".join(out)


def _kind(word: str, names: frozenset[str]) -> str:
    """``formula``, ``number``, ``sign`` or nothing."""
    if word in _SIGNS:
        return "sign"
    if _NUMBER.fullmatch(word):
        return "number"
    bare = _FUNCTION.sub("", word)
    if not _FORMULA.fullmatch(bare) or bare == _ARTICLE:
        return ""
    for name in sorted(names, key=len, reverse=True):
        bare = bare.replace(name, "x") if len(name) > 1 else bare
    bare = _INDEXED.sub("x", bare)
    several = re.search(r"[A-Za-z]{2}", bare)
    joined = re.search(r"[·²³^*/']|^[(]*[0-9]", bare)
    return "formula" if joined or not several else ""


def _run(pieces: list[str], names: frozenset[str]) -> str:
    """Neighbouring formulas, numbers and signs: mathematics, where they are that."""
    text = "".join(pieces)
    body = text.strip()
    kinds = {_kind(word, names) for word in body.split()}
    if not body or not ("formula" in kinds or {"number", "sign"} <= kinds):
        return latex_words(text)
    first, last = _inside(body)
    found = _mathematics(body[first:last], names)
    if found is None:
        return latex_words(text)
    shown = f"{body[:first]}${found}${body[last:]}"
    start = len(text) - len(text.lstrip())
    return text[:start] + shown + text[start + len(body) :]


def _inside(body: str) -> tuple[int, int]:
    """Where the formula begins and ends without brackets that belong to the sentence."""
    excess = body.count("(") - body.count(")")
    if excess == 0 and body.startswith("(") and _closes_at_end(body):
        return 1, len(body) - 1
    if excess > 0 and body.startswith("("):
        return 1, len(body)
    if excess < 0 and body.endswith(")"):
        return 0, len(body) - 1
    return 0, len(body)


def _closes_at_end(body: str) -> bool:
    """Whether the first bracket is closed by the last sign and not before."""
    depth = 0
    for place, sign in enumerate(body):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place == len(body) - 1
    return False


def _mathematics(body: str, names: frozenset[str]) -> str | None:
    if _DECIMALS.search(body):
        powers = re.sub(r"\^(\d+)", r"^{\1}", body)
        return re.sub(r"\s*[*·]\s*", r" \\cdot ", powers) if re.search(r"[*·^]", body) else None
    words = body.split()
    signs = [place for place, word in enumerate(words) if word in _RELATIONS]
    ends = [-1, *signs, len(words)]
    sides = [formula_latex(" ".join(words[a + 1 : b]), names) for a, b in pairwise(ends)]
    line = sides[0]
    for place, side in zip(signs, sides[1:], strict=True):
        if line is None or side is None:
            return None
        line += f" {_SIGNS[words[place]]} {side}"
    return line
