"""Names of symbols: a base, its subscripts, primes and accents, in one spelling."""

from __future__ import annotations

import re

from closedform.algebra.sequences.indexed import ordered, running
from closedform.language import vocabulary as v
from closedform.language.scanning import commands as c
from closedform.language.scanning.numerals import superscript
from closedform.language.scanning.state import Span, State
from closedform.language.scanning.undecided import INDEX, upper_indices
from closedform.later import regex
from closedform.records import slotted_entity

_PRIME = regex(r"\^\s*(?:\{\s*((?:\\prime(?![A-Za-z])\s*|['′]\s*)+)\}|\\prime(?![A-Za-z]))")
#: Words above a letter that say which one it is: ``C^{\text{in}}``. Other words are exponents.
_UPRIGHT = (
    r"\\(?:text|mathrm|textrm|mathit)\s*\{\s*"
    r"(in|out|max|min|total|conv|dw|pw|ff|model|head|enc|dec|new|old|prev)\s*\}"
)
_LABEL = regex(rf"\^\s*(?:\{{\s*{_UPRIGHT}\s*\}}|{_UPRIGHT})")
_FACE = regex(r"\\(?:" + "|".join(sorted(c.FACES | c.TEXTS)) + r")(?![A-Za-z])")
_SWITCH = regex(
    r"\\(?:" + "|".join(sorted(c.SWITCHES)) + r"|scriptsize|footnotesize|small|tiny"
    r"|(?:display|text|script|scriptscript)style)(?![A-Za-z])"
)
_GREEK = regex(r"\\(" + "|".join(sorted(v.GREEK_NAMES, key=len, reverse=True)) + r")(?![A-Za-z])")
_SPACING = regex(r"\\[,;:! ]|\\q?quad(?![A-Za-z])|[\s{}$~]")
_SIGNS = {
    regex(r"\\(?:times|cdot)(?![A-Za-z])"): "*",
    regex(r"\\(?:to|rightarrow)(?![A-Za-z])"): "→",
    regex(r"\\(max|min|sup|inf|lim)(?![A-Za-z])"): r"\1",
}
#: A star above or below a letter: the name of an optimum, no factor. A dagger marks a footnote.
_STAR = r"(?:\*|\\(?:ast|star)(?![A-Za-z]))"
_STARRED = regex(rf"\^\s*(?:\{{\s*({_STAR})\s*\}}|({_STAR}))")
_STAR_ONLY = regex(_STAR)
#: A power before the subscript of a typed name: d^2_model, where TeX has d^2_{model}.
TYPED_POWER = regex(r"\^\s*([0-9]+|[A-Za-z](?=_([A-Za-z]\w+)))(?=_[A-Za-z])")
#: Raised signs with a subscript behind them: d²_model, d²ₖ.
_RAISED = regex(f"[{''.join(v.SUPERSCRIPTS)}]+(?=_[A-Za-z{{]|[{''.join(v.SUBSCRIPTS)}])")
_LETTERS = regex(r"[A-Za-z]+")
_WHOLE = regex(r"[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*")
_SUBSCRIPTED = regex(r"[A-Za-z0-9_]*'*\Z")
_LETTER_DIGITS = regex(r"[A-Za-z]\d+\Z")
#: What a name may hold before its subscript.
_UPPER_MARKS = frozenset(v.COMBINING.values()) | {"star"}
#: Characters after a letter that belong to its name, or may.
MARKS = frozenset("_^") | v.PRIMES.keys() | v.SUBSCRIPTS.keys() | v.COMBINING.keys()
_MARKS = MARKS | v.SUPERSCRIPTS.keys()


def canonical(name: str) -> str:
    """One spelling for a name: a Greek base by its English name, ``c1`` as ``c_1``.

    >>> canonical("c1"), canonical("varphi_1"), canonical("kernel_size")
    ('c_1', 'phi_1', 'kernel_size')
    """
    base, underscore, subscript = name.partition("_")
    base = v.GREEK_NAMES.get(base, base)
    if not underscore and _LETTER_DIGITS.match(base):
        return f"{base[0]}_{base[1:]}"
    return base + underscore + subscript


def changes_oddly(name: str, index: str) -> bool:
    """Whether a name seems to hold an index in another way than N_i and N_{i-1} do, as W_ij does.

    A sum would take such a name for a constant, or for as many unrelated sizes as it has terms.

    >>> changes_oddly("N_i", "i"), changes_oddly("W_ij", "i"), changes_oddly("C_in", "i")
    (False, True, False)
    """
    _, _, subscript = name.partition("_")
    if not subscript or running(name, index):
        return False
    parts = subscript.rstrip("'").split("_")
    return any(index in part and len(part) < 4 and part not in v.SHORT_WORDS for part in parts)


def plain(text: str) -> str:
    r"""The letters of a subscript or a word in TeX, without faces and spaces.

    >>> plain(r"\text{in}"), plain(r"\mathrm{C\_in}"), plain(r"\alpha")
    ('in', 'C_in', 'alpha')
    """
    if text.isalnum() and text.isascii():
        return text
    text = _SWITCH.sub(" ", _FACE.sub("", text))
    text = _GREEK.sub(r"\1", text).replace(r"\_", "_")
    for command, meaning in _SIGNS.items():
        text = command.sub(meaning, text)
    text = _SPACING.sub("", text)
    return "".join(v.GREEK.get(char, char) for char in text)


def subscript_name(s: State, inner: Span) -> str:
    """A subscript as the name spells it: letters and digits, signs in words."""
    written = s.text[inner[0] : inner[1]]
    if _STAR_ONLY.fullmatch(written.strip()):
        return "star"
    spelled = plain(written)
    if not spelled.isalnum():
        spelled = "".join(v.SUBSCRIPT_SIGNS.get(char, char) for char in spelled).strip("_")
        spelled = ordered(re.sub("__+", "_", spelled))
    if not spelled or not _SUBSCRIPTED.match(spelled):
        problem = "this subscript cannot be read"
        hint = "write letters and digits in it, such as C_{in} or n_{l-1}"
        raise s.error(inner[0], max(1, inner[1] - inner[0]), problem, hint)
    return spelled


def read_name(s: State, base: str, at: int, end: int, stop: int) -> int:
    """A symbol: the base, then subscripts, primes, and (in TeX) exponents before a subscript."""
    text = s.text
    if end >= stop or text[end] not in _MARKS:
        return s.emit("NAME", base, at, end)
    marks = _Marks([], base)
    while end < stop and (char := text[end]) in _MARKS:
        if char == "_":
            after = _subscript(s, marks, end, stop)
        elif char == "^":
            after = _superscript(s, marks, end, stop)
        elif char in v.SUPERSCRIPTS:
            run = None if marks.subscripts or marks.raised else _RAISED.match(text, end, stop)
            marks.raised = run.span() if run else marks.raised
            after = run.end() if run else end
        else:
            after = _sign(s, marks, end, stop)
        if after == end:
            break
        end = after
    name = "_".join([base, *marks.subscripts]) if marks.subscripts else base
    s.emit("NAME", canonical(name) + marks.primes, at, end)
    if marks.refused is not None:
        index = marks.refused[2]
        hint = f"write ^{{{index}}} for a power or _{{{index}}} for an index"
        s.refuse(*marks.refused.span(), "this superscript can be read in two ways", hint)
    if marks.raised is not None:
        superscript(s, *marks.raised)
    if marks.power is not None:
        s.emit("POWER", "^", *marks.power)
        s.bracketed(marks.power)
    return end


@slotted_entity
class _Marks:
    """What has been read behind the base of a name."""

    subscripts: list[str]
    base: str
    primes: str = ""
    power: Span | None = None
    raised: Span | None = None
    refused: re.Match[str] | None = None


def _subscript(s: State, marks: _Marks, at: int, stop: int) -> int:
    whole = None if s.tex else _WHOLE.match(s.text, at + 1, stop)
    if whole is None and not s.tex and s.text[at + 1 : at + 2] not in ("{", "\\"):
        return at
    if marks.subscripts and marks.subscripts[-1] not in _UPPER_MARKS:
        raise s.error(at, 1, "a second subscript", "write one: n_{a,b}")
    if whole:
        marks.subscripts.append(whole[0])
        return whole.end()
    inner, after = s.argument(at + 1, stop, "a subscript")
    check_digits(s, inner, after, "_")
    if after == inner[1] and (run := _LETTERS.match(s.text, inner[0], stop)) and len(run[0]) > 1:
        _check_letters(s, marks.base, run)
    marks.subscripts.append(subscript_name(s, inner))
    return after


def _check_letters(s: State, base: str, run: re.Match[str]) -> None:
    """Refuse ``d_ff`` in TeX, d_f·f, beside ``d_{ff}``."""
    braced = rf"(?<![A-Za-z]){base}_\s*(?:\\[a-z]+\s*)?\{{[^{{}}]*(?<![A-Za-z]){run[0]}\s*\}}"
    if s.tex and re.search(braced, s.text):
        problem = f"in TeX only {run[0][0]} is set low here, and {base}_{{{run[0]}}} is another"
        raise s.error(run.start() - 2, len(run[0]) + 2, problem, f"write {base}_{{{run[0]}}}")


def _superscript(s: State, marks: _Marks, at: int, stop: int) -> int:
    r"""A superscript that is no exponent, as in ``d^\prime``, or one before the subscript."""
    text = s.text
    if not s.tex:
        power = None if marks.subscripts or marks.power else TYPED_POWER.match(text, at, stop)
        if power is None or (power[2] and not _of_base(s, marks.base, power)):
            return at
        marks.power = power.span(1)
        return power.end()
    if text[at + 1 : at + 2] in ("\\", "{", "*"):
        starred = _STARRED.match(text, at, stop)
        if starred:
            # H^*_i and H_i^* are one name.
            marks.subscripts.insert(0, "star")
            return starred.end()
        prime = _PRIME.match(text, at, stop)
        if prime:
            count = prime[0].count("prime") + sum(prime[0].count(sign) for sign in "'′")
            marks.primes += "'" * count
            return prime.end()
        label = _LABEL.match(text, at, stop)
        if label:
            marks.subscripts.append(label[1] or label[2])
            return label.end()
        index = INDEX.match(text, at, stop)
        if index and f"{marks.base}_{index[2]}" in s.bound:
            # c^{(i)}, where the target has c_i.
            marks.subscripts.append(index[2])
            return index.end()
        if index and not marks.subscripts and (marks.base, index[2]) in upper_indices(text):
            marks.subscripts.append(subscript_name(s, index.span(2)))
            s.result.notes.append(f"{marks.base}^({index[2]}) as {marks.base} with an index")
            return index.end()
        if index:
            marks.refused = index
            return index.end()
    return at if marks.power else _power_before_subscript(s, marks, at, stop)


def _of_base(s: State, base: str, power: re.Match[str]) -> bool:
    """Whether the subscript in d^n_model is that of d: the name that stands elsewhere is meant.

    Raises:
        ParseError: neither d_model nor n_model does.
    """
    names = [f"{letter}_{power[2]}" for letter in (power[1], base)]
    known = [n for n in names if n in s.bound or re.search(rf"(?<![\w^]){n}(?!\w)", s.text)]
    if not known:
        hint = f"write {base}^({names[0]}) or {names[1]}^{power[1]}"
        shown = s.text[power.start() - 1 : power.end(2)]
        raise s.error(power.start(), len(shown) - 1, f"{shown} can be read in two ways", hint)
    return known[0] == names[1]


def _power_before_subscript(s: State, marks: _Marks, at: int, stop: int) -> int:
    """The exponent in ``d^2_{model}``: the subscript after it belongs to the name."""
    text, first = s.text, s.follow(at + 1)
    if first >= stop:
        return at
    after = s.follow(s.braces.get(first, stop) + 1 if text[first] == "{" else first + 1)
    if after >= stop or text[after] != "_":
        return at
    marks.power = s.argument(at + 1, stop, "an exponent")[0]
    return after


def _sign(s: State, marks: _Marks, at: int, stop: int) -> int:
    """A prime, an accent, or a run of lowered characters."""
    char = s.text[at]
    if char in v.PRIMES:
        marks.primes += v.PRIMES[char]
        return at + 1
    if char in v.COMBINING:
        marks.subscripts.append(v.COMBINING[char])
        return at + 1
    end = at
    while end < stop and s.text[end] in v.SUBSCRIPTS:
        end += 1
    written = "".join(v.SUBSCRIPTS[char] for char in s.text[at:end])
    spelled = written.replace("-", "_minus_").replace("+", "_plus_").strip("_")
    marks.subscripts.append(ordered(spelled))
    return end


def check_digits(s: State, inner: Span, after: int, sign: str) -> None:
    """Refuse ``x_12`` and ``2^10`` in TeX, where only the first digit would be set low or high."""
    text = s.text
    if after != inner[1] or not text[inner[0] : after].isdigit():
        return
    if text[after : after + 1].isdigit():
        end = after
        while text[end : end + 1].isdigit():
            end += 1
        whole = text[inner[0] : end]
        problem, hint = f"in TeX only the first digit belongs to {sign}", f"write {sign}{{{whole}}}"
        raise s.error(inner[0] - 1, end - inner[0] + 1, problem, hint)
