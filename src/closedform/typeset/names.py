r"""How the name of a symbol is spelled: ``C_in`` as C_{\text{in}}, ``alpha`` as α.

A name is a letter or what LaTeX calls one (alpha, ell), with an optional subscript and primes; a
name whose stem has several letters (``kernel_size``) is a word and stays in one piece.
"""

from __future__ import annotations

from closedform.records import slotted

_SMALL = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi chi psi omega"
)
_CAPITAL = "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
#: The Greek letters that LaTeX has a command for, by that command: no capitals that look Latin.
GREEK: dict[str, str] = {
    **dict(zip(_SMALL.split(), "αβγδεζηθικλμνξπρστυφχψω", strict=True)),
    **dict(zip(_CAPITAL.split(), "ΓΔΘΛΞΠΣΥΦΨΩ", strict=True)),
}
#: The same, and what else is a letter by its command.
COMMANDS: dict[str, str] = {**GREEK, "ell": "ℓ"}

#: What LaTeX reserves, as a letter of text.
RESERVED: dict[str, str] = {
    **{sign: "\\" + sign for sign in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_ESCAPES = str.maketrans(RESERVED)

#: Sorts like the name: subscripts by number where they are numbers, no subscript first.
NameKey = tuple[str, str, tuple[int, int, str], int]


@slotted
class Name:
    """The parts of a symbol's name; ``subscript`` is empty where there is none."""

    stem: str
    subscript: str
    primes: int


def split_name(name: str) -> Name:
    """The parts of a name.

    >>> split_name("h_out'")
    Name(stem='h', subscript='out', primes=1)
    >>> split_name("kernel_size")
    Name(stem='kernel_size', subscript='', primes=0)
    """
    bare = name.rstrip("'")
    primes = len(name) - len(bare)
    stem, _, subscript = bare.partition("_")
    if len(stem) == 1 or stem in COMMANDS:
        return Name(stem, subscript, primes)
    return Name(bare, "", primes)


def latex_name(name: str) -> str:
    r"""A name in LaTeX: words as text, subscripts of several letters upright.

    >>> latex_name("C_in"), latex_name("D_K"), latex_name("alpha_1"), latex_name("kernel_size")
    ('C_{\\text{in}}', 'D_K', '\\alpha_1', '\\text{kernel\\_size}')
    """
    parts = split_name(name)
    subscript = ""
    if parts.subscript:
        spelled = _latex_part(parts.subscript)
        subscript = f"_{spelled}" if len(spelled) == 1 else f"_{{{spelled}}}"
    return _latex_part(parts.stem) + subscript + "'" * parts.primes


def text_name(name: str) -> str:
    """A name in plain text, Greek letters as such.

    >>> text_name("alpha_1"), text_name("C_in"), text_name("ell")
    ('α_1', 'C_in', 'ℓ')
    """
    parts = split_name(name)
    stem = COMMANDS.get(parts.stem, parts.stem)
    return stem + ("_" + parts.subscript if parts.subscript else "") + "'" * parts.primes


def name_key(name: str) -> NameKey:
    """Sort key: alphabetical by letter, then by subscript, then by primes.

    >>> sorted(["c_10", "d", "c_2", "c"], key=name_key)
    ['c', 'c_2', 'c_10', 'd']
    """
    parts = split_name(name)
    if parts.subscript.isdecimal():
        subscript = (1, int(parts.subscript), "")
    else:
        subscript = (2 if parts.subscript else 0, 0, parts.subscript)
    return (parts.stem.casefold(), parts.stem, subscript, parts.primes)


def _latex_part(part: str) -> str:
    if part in COMMANDS:
        return "\\" + part
    if part.isascii() and (len(part) == 1 or part.isdecimal()):
        return part
    return rf"\text{{{part.translate(_ESCAPES)}}}"
