"""What people type for the size of a layer and is none: ``k=3x3``, ``M=64k``, ``k=3px``."""

from __future__ import annotations

from closedform.language.vocabulary import BYTES, SCALES, SUFFIXES
from closedform.later import regex

_NUMBER = r"[0-9][0-9.,]*"
_CROSS = regex(rf"({_NUMBER})(?:\s*(?:[xX×✕✖⨯]|\\times(?![A-Za-z]))\s*({_NUMBER}))+")
_SQUARE = regex(rf"({_NUMBER})\s*[*·⋅∗]\s*(\1)")
_LETTER = regex(rf"({_NUMBER})\s*([{''.join(SUFFIXES)}])")
_WORD = regex(rf"({_NUMBER})\s*([^\W\d_]+)")
_BEFORE = regex(r"([0-9]+\s*[xX×]\s*[0-9]+(?=\s*[-*]?\s*\Z)|\b[123][dD](?=\s*\Z))")
_AFTER = regex(r"\s*([0-9]+\s*[xX×]\s*[0-9]+|[123][dD]\b)")
_UNITS = frozenset(
    "px pixel pixels pt mm cm ch channel channels dim dims bit bits byte bytes token tokens "
    "像素 通道 个 層 层".split()
)
_BINARY = {"Ki": "1024", "Mi": "1024^2", "Gi": "1024^3"}
#: Sides of kernels and pictures: 3*3 is no side of one.
_SIDES = frozenset("kHW")


def check_size(name: str, written: str) -> tuple[str, str] | None:
    """Why ``name=written`` gives no size, and what to write; None where it does.

    A letter behind a number is a factor (``N=4k``, ``M=2M``) unless the two make a number that
    people write: 64k, 1.5M, 1M.

    >>> check_size("H", "224x224")
    ('H=224x224 is two sizes', 'write H=224, W=224')
    """
    if two := two_sizes(name, written):
        return two
    written = written.strip(" ()[]")
    side = name.partition("_")[0] in _SIDES
    if (amount := _LETTER.fullmatch(written)) and (amount[1] == "1" or len(amount[1]) > 1):
        number, letter = amount.groups()
        power = f" (or {number}*1024)" if letter in "kK" else ""
        hint = f"write {number}e{len(str(SUFFIXES[letter])) - 1}{power} for the number"
        hint += f", {number}*{letter} for a product"
        return f"{name}={written} can be read in two ways", hint
    amount = _WORD.fullmatch(written)
    if amount and amount[2] in _BINARY:
        hint = f"write {name}={amount[1]}*{_BINARY[amount[2]]}"
        return f"{name}={written}: a size is a number without a unit", hint
    lines = side and amount is not None and amount[2] == "p" and len(amount[1]) > 2
    if amount and (lines or amount[2] in BYTES or amount[2].lower() in _UNITS | SCALES.keys()):
        number, word = amount.groups()
        zeros = SCALES.get(word.lower(), 1)
        number = f"{number}e{len(str(zeros)) - 1}" if zeros > 1 else number
        return f"{name}={written}: a size is a number without a unit", f"write {name}={number}"
    return None


def two_sizes(name: str, written: str) -> tuple[str, str] | None:
    """The same of ``3x3``, and of ``3*3`` for the side of a kernel or a picture."""
    written = written.strip(" ()[]")
    side = name.partition("_")[0] in _SIDES
    if sides := _CROSS.fullmatch(written) or (_SQUARE.fullmatch(written) if side else None):
        first, second = sides[1], sides[2]
        hint = f"{name}={first}" if first == second else f"{name}_h={first}, {name}_w={second}"
        hint = f"H={first}, W={second}" if name in ("H", "W") else hint
        return f"{name}={written} is two sizes", f"write {hint}"
    return None


def kernel_beside(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where ``3x3`` or ``2d``, which is no factor, stands beside the layer ``text[start:end]``."""
    kernel = _BEFORE.search(text, max(0, start - 20), start) or _AFTER.match(text, end)
    return kernel.span(1) if kernel else None
