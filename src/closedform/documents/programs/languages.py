"""What statements mean in the languages of programs: signs that are read there as nowhere else."""

from __future__ import annotations

import re

from closedform.errors import ParseError
from closedform.records import NamedTuple

_HASH, _SLASHES = r"(?m:(?:^|(?<=\s))#.*)", r"//[^\n]*|(?s:/\*.*?\*/)|(?m:^[ \t]*#.*)"
#: What is written into these is cut to a few bits, or to its sign.
NARROW = r"(?:bool(?:ean)?|char|byte|short|half|u?int(?:8|16)(?:_t)?|[iu](?:8|16)|f(?:loat)?16)"
#: Signs that compute something else than in a formula, and what to write. That a minus goes first
#: in Excel says its table of operators, as quoted in mathforum.org/library/drmath/view/69058.html.
_SIGNS = {
    "narrow": (rf"(?<!\.)\b{NARROW}\b", "a small type of {} cuts the number", "leave it out"),
    "cast": (r"_cast\s*<|\bas\s+[iu]", "a cast cuts a number in {}", "hold what is cast"),
    "xor": (r"\^", "^ is no power in {}, it compares bits", "write k**2, or k*k"),
    "stars": (r"\*\*", "** is no power in {}", "write k*k, or the power of the language"),
    "not": (r"~", "~ turns the bits of a number round in {}", "leave it out"),
    "list": (r"(?<![\w)\]])\[", "[ begins a list in {}", "hold the formula alone, in ( )"),
    "cut": (
        r"(?<!\.\d)(?<!\.\d )/(?!\s*\d*\.\d)",
        "/ leaves out what is behind the point in {}, where both sides are integers",
        "hold floor(a/b), written in a code span or in a block without a language",
    ),
    "tuple": (r",\Z", "a comma at the end makes a tuple in {}", "leave it out"),
    "minus": (
        r"(?:\A|(?<=[=(,;*/+^-]))\s*-[^-+*/,()]*\^",
        "a minus goes before the power in {}: -2^2 is 4 there",
        "put the power in brackets: -(2^2)",
    ),
}

#: What says the type of a name before it.
DECLARES = "|".join(
    "const let var auto static unsigned signed int long float double void size_t u?int(?:32|64)_t "
    "mut".split()
)
#: A value as another type that holds it, which changes no number but a quotient.
_WIDE = rf"(?:{DECLARES}|usize|[iuf](?:32|64))"
CAST = re.compile(
    rf"static_cast\s*<\s*{_WIDE}(?:\s+{_WIDE})*\s*>(?=\s*\()|\({_WIDE}(?:\s+{_WIDE})*\)(?=\s*[\w(])"
    rf"|\s+as\s+{_WIDE}\b"
)


class Language(NamedTuple):
    """A language: its comments, whether a line ends a statement, signs with a meaning there."""

    name: str = ""
    comment: str = _HASH
    lines: bool = False
    signs: tuple[str, ...] = ()


_BITS, _CUTS = ("xor", "not"), ("xor", "not", "cut")
_OF_C = (*_CUTS, "stars", "narrow", "cast")
_C = "c cpp c++ cc cxx hpp cuda cu glsl hlsl opencl csharp cs c# java".split()
_ROWS = (
    ("python py python3 ipython ipython3 pycon pycode", _HASH, True, (*_BITS, "list", "tuple")),
    (f"{' '.join(_C)} kotlin kt scala rust rs zig", _SLASHES, False, _OF_C),
    ("go golang swift", _SLASHES, True, _OF_C),
    ("js javascript ts typescript jsx tsx mjs dart php", _SLASHES, False, _BITS),
    ("bash sh shell zsh ruby rb", _HASH, True, _CUTS),
    ("perl", _HASH, False, _BITS),
    ("r julia jl", _HASH, True, ()),
    ("matlab octave", r"%.*", True, ("stars",)),
    ("sql", r"--.*", False, ("cut",)),
    ("lua haskell hs", r"--.*", False, ("not",)),
    ("fortran f90 f95", r"!.*", True, ("cut",)),
    ("excel xls xlsx", r"(?!)", True, ("minus",)),
)
_LANGUAGES = {
    name: Language(name, comment, lines, signs)
    for names, comment, lines, signs in _ROWS
    for name in names.split()
}


#: What is written otherwise in some languages: values and sizes are given, numbers are long.
_REWRITTEN = (
    (("r",), r"<-", " ="),
    (("julia", "jl"), r"(?m)^([ \t]*\w+)\((?:\w+(?:, *)?)*\)(?=[ \t]*=(?!=))", r"\1"),
    (_C, r"(?m)^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+(?=\S)", r"\1 = "),
    (_C, r"\b(\d+)(?:[uU]?[lL]{1,2}|[uU])\b", r"\1"),
    (_C, r"(?m)(?<=[\w)])[ \t]*,(?=[ \t]*[A-Za-z_]\w*[ \t]*=(?!=)[^()\n]{0,300};)", ";"),
)
#: The product of a list: math.prod((k, k, M)); and what is asserted to be a formula.
_PRODUCT = re.compile(r"\b(?:\w+\.)?prod\(\s*[\[(]([^()\[\]]*)[\])]\s*\)")
_ASSERTED = re.compile(r"(?m)^([ \t]*assert[ \t]+)[\w.]{1,80}\([^\n]{0,200} for [^\n]{0,200}\) *==")


def in_plain_signs(body: str, language: Language) -> str:
    """Code with the signs that it has in most languages; its lines stay."""
    for names, pattern, written in _REWRITTEN:
        body = re.sub(pattern, written, body) if language.name in names else body
    parts = _PRODUCT.split(_ASSERTED.sub(r"\1", body))
    for place in range(1, len(parts), 2):
        factors = (f"({factor})" for factor in parts[place].split(",") if factor.strip())
        parts[place] = f"({'*'.join(factors)})"
    return "".join(parts)


#: What is said of a block beside its language: title="x.py", caption={In C}.
_OPTIONS = re.compile(r"\b(?!language\b)[\w-]+\s*=\s*(?:\"[^\"]*\"|\{[^{}]*\}|[^\s,\]}]+)")


def language_of(info: str) -> Language:
    """The language that stands behind a fence, or in the options of a listing.

    >>> language_of("{.python .input}").lines, language_of('text title="x.py"').name
    (True, '')
    """
    words = re.findall(r"[a-z][\w+#]*", _OPTIONS.sub("", info.lower()))
    return next((_LANGUAGES[word] for word in words if word in _LANGUAGES), Language())


def check_signs(text: str, language: Language) -> None:
    """Refuse a statement with a sign that computes something else than in a formula.

    Raises:
        ParseError: ``p = k^2`` in Python, ``p = 7/2`` in C.
    """
    for sign in language.signs:
        pattern, problem, hint = _SIGNS[sign]
        if match := re.search(pattern, text):
            raise ParseError(text, *match.span(), problem.format(language.name), hint)
