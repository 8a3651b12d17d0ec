r"""A notation of your own, from a few lines of TOML.

Only ``name`` must be given; a dimension without a letter keeps its own::

    name = "ours"
    product = "dot"          # "none" (the default), "dot" or "times"
    order = ["K", "C", "F"]  # else the order of [letters]
    [letters]                # dimension = your symbol
    k = "K"                  # or as LaTeX has it: C_{in}, \kappa
    M = "C"
    N = "F"
    [definitions]            # by your symbol or by the dimension
    F = "number of filters"
    [latex]                  # how a symbol is spelled
    K = '\mathsf{K}'
"""

from __future__ import annotations

from typing import Any

from closedform import toml
from closedform.errors import ClosedformError, UnknownName
from closedform.later import pathlib, regex
from closedform.symbols import DIMENSIONS, OWN_SIZES, SIZES, meaning
from closedform.typeset.names import COMMANDS
from closedform.typeset.notation import NOTATIONS, Notation

_KEYS = {
    **dict.fromkeys(("name", "description", "source", "product"), str),
    "write_out_squares": bool,
    "order": list,
    **dict.fromkeys(("letters", "definitions", "latex", "text"), dict),
}
_SYMBOL = regex(r"[^\W\d_]\w*'*")
#: What LaTeX puts around a letter or a subscript: C_{\text{in}} is C_in, \alpha is alpha.
_AROUND = regex(r"\\(?:text|mathrm|mathit|operatorname)(?![A-Za-z])|[{}\\\s$]")
_NAMES = {letter: name for name, letter in COMMANDS.items()}


def lookup(name: str | Notation) -> Notation:
    """The notation called ``name``, or one's own in the TOML file ``ours.toml``.

    >>> lookup("mobilenet").letter("k")
    'D_K'

    Raises:
        UnknownName: no notation of that name, with the nearest one.
        ClosedformError: a file that holds none.
    """
    if isinstance(name, Notation):
        return name
    if str(name).endswith(".toml"):
        with toml.told_of(str(name)):
            return load_notation(pathlib.Path(name))
    known = NOTATIONS.get(str(name))
    if known is None:
        raise UnknownName("notation", name, NOTATIONS)
    return known


def load_notation(source: str | pathlib.Path) -> Notation:
    r"""The notation that a TOML text holds, or the TOML file at a path.

    Raises :class:`ClosedformError` for what is no notation: an unknown key, a letter for what is
    no size, one letter for two dimensions, two definitions of one symbol.

    >>> ours = load_notation('name = "ours"\nletters = {k = "K", M = "C"}')
    >>> ours.letter("k"), ours.letter("N")
    ('K', 'N')
    """
    table = toml.read_table(source)
    toml.check_keys(table, "a notation", _KEYS)
    if "name" not in table:
        raise ClosedformError("a notation needs a name", 'add a line such as name = "ours"')
    own = {name: _symbol(letter) for name, letter in table.get("letters", {}).items()}
    for symbol in (*own, *own.values()):
        if not _SYMBOL.fullmatch(symbol):
            hint = "write a letter with an optional subscript, such as K, C_in or C_{in}"
            raise ClosedformError(f"{symbol!r} in letters is no symbol", hint)
    for name in own:
        if name not in SIZES and name not in OWN_SIZES:
            raise UnknownName("size among the letters", name, (*SIZES, *OWN_SIZES))
    letters = {**own, **{name: name for name in DIMENSIONS if name not in own}}
    return Notation(
        name=table["name"],
        description=table.get("description", "a notation of your own"),
        source=table.get("source", str(source) if isinstance(source, pathlib.Path) else "TOML"),
        letters=letters,
        order=_order([*map(_symbol, table.get("order", []))], letters, table),
        definitions=_definitions(table.get("definitions", {}), letters),
        latex_spelling=_spelled(table.get("latex", {}), letters),
        text_spelling=_by_letter(table.get("text", {}), letters),
        product=table.get("product", "none"),
        write_out_squares=table.get("write_out_squares", False),
    )


def _symbol(written: str) -> str:
    """A symbol without what LaTeX puts around it, Greek by name."""
    bare = _AROUND.sub("", written)
    return "".join(_NAMES.get(letter, letter) for letter in bare)


def _order(written: list[str], letters: dict[str, str], table: dict[str, Any]) -> tuple[str, ...]:
    """The order of the products: symbols of the notation, sizes, and what it defines itself."""
    known = {*letters.values(), *SIZES, *OWN_SIZES}
    known |= {
        _symbol(key) for name in ("definitions", "latex", "text") for key in table.get(name, {})
    }
    order = [_letter(symbol, letters) for symbol in written]
    for symbol in order:
        if symbol not in known:
            raise UnknownName("symbol in the order of a notation", symbol, known)
        if order.count(symbol) > 1:
            raise ClosedformError(f"order of a notation lists {symbol} twice", "keep one of them")
    return tuple(dict.fromkeys((*order, *letters.values())))


def _letter(symbol: str, letters: dict[str, str]) -> str:
    """The notation's symbol for a dimension; a symbol of the notation is itself."""
    return symbol if symbol in letters.values() else letters.get(symbol, symbol)


def _definitions(given: dict[str, str], letters: dict[str, str]) -> dict[str, str]:
    """What each symbol stands for; the catalogue's words where nothing else is said."""
    words: dict[str, list[str]] = {}
    for name, letter in letters.items():
        words.setdefault(letter, []).append(meaning(name))
    common = {letter: " and ".join(meanings) for letter, meanings in words.items()}
    return {**common, **_by_letter(given, letters)}


def _spelled(given: dict[str, str], letters: dict[str, str]) -> dict[str, str]:
    """How symbols are spelled in LaTeX, whose fonts have no letters of other scripts."""
    spelled = _by_letter(given, letters)
    for letter in letters.values():
        if not letter.isascii() and letter not in spelled:
            raise ClosedformError(
                f"LaTeX has no letter {letter}",
                f"take a Latin or Greek letter, or say under [latex] how {letter} is written there",
            )
    return spelled


def _by_letter(given: dict[str, str], letters: dict[str, str]) -> dict[str, str]:
    """A table that may speak of dimensions, as one that speaks of the notation's symbols."""
    by_letter: dict[str, str] = {}
    for key, value in given.items():
        letter = _letter(_symbol(key), letters)
        if by_letter.get(letter, value) != value:
            raise ClosedformError(
                f"the symbol {letter} has two definitions: {by_letter[letter]!r} and {value!r}",
                "keep one of them",
            )
        by_letter[letter] = value
    return by_letter
