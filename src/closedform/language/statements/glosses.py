"""What a text says that its letters are: "where N is the batch size" of ``macs(conv)``.

Words that name sizes, here or in another program or language, are compared with the role that the
letter has in the target; any others may be said of any letter. A clause behind the formula that
holds nothing else is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from closedform.algebra.tree import Symbol
from closedform.errors import ParseError
from closedform.language.layers import LayerNode
from closedform.language.surroundings.numerals import without
from closedform.language.tokens import Scan
from closedform.later import regex
from closedform.symbols import SIZES
from closedform.synonyms import sizes_called

_LETTER = r"\$?[A-Za-z](?:_\{?[A-Za-z0-9]+\}?)?\$?"
_ARTICLES = (
    r"(?:(?:the|an?|numbers? of|#|die|der|das|os?|as|il|lo|gli|Anzahl (?:der|an)|le|la|les"
    r"|nombre de|el|los|las|número de|число|количество)\s+)*"
)
_AND = r"\s*(?:[,，、]|\b(?:and|und|et|y|e|и)\b|[和与與及])\s*"
_WORDS = (
    rf"{_ARTICLES}(?P<words>[^\W\d_](?:[^\W\d_]|['’]s|[ _-](?=[^\W\d_])){{1,40}}?)"
    r"(?:\s+(?:ist|sind))?(?=\s*(?:[,，、;；.。()（）\]\0]|(?<=\s)(?:and|und|et|y|e|и)\s|[和与與及]|\Z))"
)
#: Letters, a verb or its sign, and what they are said to be; the verb may be left out: M inputs.
_GLOSS = regex(
    rf"(?i)(?<![A-Za-z0-9\\_])(?P<letters>{_LETTER}(?:{_AND}{_LETTER})*)(?![A-Za-z0-9_])"
    r"(?P<verb>\s*[:=：]\s*|\s+-\s+|\s*(?:分别|分別)?(?:[为為是は는은]|表示|代表)\s*"
    r"|\s+(?:is|are|denotes?|stands? for|being|ist|sind|est|sont|es|son|é|são|è)\s+|\s+)"
    rf"{_WORDS}"
)
#: What the next letter is.
_MORE = regex(rf"(?i)(?:{_AND}){{1,2}}{_WORDS}")
_RESPECTIVELY = regex(r",?\s*respectively\b")
#: What leads to a letter and its meaning without a verb: with $N$ outputs.
_WITH = regex(r"(?i)(?:\b(?:with|mit|avec|con|где)|其中|ここで)\s+\Z")
_CLAUSE = regex(
    r"(?:[,，;；.。]|(?P<opened>[(（]))?\s*\b(?:where|with|wobei|mit|où|avec|donde|con|где|其中|ここで|여기서)?"
    r"[\s:：]*(?=(?:\$?[A-Za-z]))"
)
#: Roles of which any letter may be any size; a width is one of its own.
_SHARED = frozenset("kernel inputs outputs groups stride batch heads".split())
_CHANNELS = frozenset({"inputs", "outputs"})
#: What is measured otherwise than a size: the kernel area.
_MEASURED = regex(
    r"(?i)\b(?:area|radius|volume|squared|half|dilated|effective|before (?:strid|pool|down)\w*)\b"
    r"|面[积積]|半径|fläche|surface"
)
#: M (N) is the number of output (input) channels: each of two by its own word.
_EACH = regex(
    rf"(?i)(?<![A-Za-z0-9\\_])(?P<one>{_LETTER}) ?\((?P<other>{_LETTER})\) (?:is|are|denotes?)"
    rf" {_ARTICLES}(?P<a>\w+) ?\((?P<b>\w+)\)(?P<of> \w+)?"
)


def without_glosses(scan: Scan, layers: Sequence[LayerNode], names: frozenset[str]) -> list[str]:
    """Take a clause that says what the letters are out of the tokens, and tell it.

    A letter that the target does not have is the size that the clause says it to be.
    """
    end = 1
    used, tokens = set[str](), iter(scan.tokens)
    item = next(tokens, None)
    for lead in _CLAUSE.finditer(scan.text) if scan.has_words else ():
        while item and item.start < lead.start():
            used.add(item.value)
            item = next(tokens, None)
        glosses = [*_run(scan.text, lead.end(), layers, names, used)] if lead.start() >= end else []
        if not glosses or not lead.group().strip():
            continue
        end = _end(glosses[-1])
        rest = scan.text[end:].strip(" .。$")
        if rest != {"(": ")", "（": "）"}.get(lead["opened"] or "", ""):
            continue
        symbols: dict[str, str] = {}
        for gloss in glosses:
            _check(scan.text, gloss, layers, names)
            symbols |= _symbols(gloss, layers, names)
        said = [item for item in scan.tokens if lead.end() <= item.start < end]
        told = [without(scan, said), *(f"{a} as {b}" for a, b in symbols.items() if a != b)]
        scan.tokens[:] = [item for item in scan.tokens if item.start < lead.start()]
        for item in scan.tokens:
            item.value = symbols.get(item.value, item.value)
        return told
    return []


def _symbols(
    gloss: re.Match[str], layers: Sequence[LayerNode], names: frozenset[str]
) -> dict[str, str]:
    """The letters, and the symbol of the target that each is, where there is one."""
    own = {a.name: a.value for layer in layers for a in layer.arguments}
    symbols = {letter: letter for letter in _letters(gloss) if letter in names}
    for letter, words in _each_said(gloss):
        sizes = () if _MEASURED.search(words) else sizes_called(words)
        called = {own.get(size, Symbol(size)) for size in sizes}
        meant_so = [size.name for size in called if isinstance(size, Symbol) and size.name in names]
        symbols |= {letter: meant_so[0]} if letter not in names and len(meant_so) == 1 else {}
    return symbols


def _run(
    text: str, place: int, layers: Sequence[LayerNode], names: frozenset[str], used: set[str]
) -> Iterator[re.Match[str]]:
    """The glosses from a place on, one behind another, as long as sizes are named.

    A letter of its own is none for a symbol that is ``used``, too.
    """
    joint = regex(rf"{_AND}|\s*[;；.]\s*")
    while gloss := _GLOSS.match(text, place):
        symbols = _symbols(gloss, layers, names)
        others = {symbol for letter, symbol in symbols.items() if letter != symbol}
        bound = symbols.keys() == {*_letters(gloss)} and others.isdisjoint(used)
        if not sizes_called(gloss["words"]) or not bound:
            return
        yield gloss
        between = joint.match(text, _end(gloss))
        if between is None:
            return
        place = between.end()


def check_glosses(
    written: str, text: str, layers: Sequence[LayerNode], names: frozenset[str]
) -> None:
    """Refuse a letter that the text says to be another size than it is in the target.

    ``text``: what is ``written``, with another sign in the place of its formulas; ``names``: the
    letters of the target.

    Raises:
        ParseError: with the place, and what the letter is.
    """
    for both in _EACH.finditer(text):
        for letter, words in ((both["one"], both["a"]), (both["other"], both["b"])):
            said = f"{words}{both['of'] or ''}"
            check_letter(written, both.span(), letter, said, layers, names)
    for gloss in _GLOSS.finditer(text):
        if gloss["verb"].strip() or _WITH.search(text, 0, gloss.start()):
            _check(written, gloss, layers, names)


def check_letter(
    text: str,
    place: tuple[int, int],
    letter: str,
    words: str,
    layers: Sequence[LayerNode],
    names: frozenset[str],
) -> None:
    """Refuse a letter of the target, one of ``names``, that is said to be another size.

    Raises:
        ParseError: with the ``place`` of the words, and what the letter is.
    """
    called = sizes_called(words) if letter in names else set()
    measured = letter in names and _MEASURED.search(words) is not None
    values = (argument for layer in layers for argument in layer.arguments)
    own = {a.value.name: a.name for a in values if isinstance(a.value, Symbol)}
    size = own.get(letter, letter) if called or measured else ""
    usual = letter in called and size in SIZES and SIZES[size].role == "position"  # n=B
    if size in SIZES and not usual and (measured or not _is_called(size, called)):
        meaning = SIZES[size].meaning
        problem = f"{letter} stands for {meaning} in the target, not for {words}"
        hint = f"leave the words out, or give {letter} another letter in the target"
        raise ParseError(text, *place, problem, hint)


def _check(
    written: str, gloss: re.Match[str], layers: Sequence[LayerNode], names: frozenset[str]
) -> None:
    for letter, words in _each_said(gloss):
        check_letter(written, gloss.span(), letter, words, layers, names)


def _listed(gloss: re.Match[str]) -> list[re.Match[str]]:
    """What several letters are, in their order: M and N are input and output channels."""
    said = [gloss]
    for _ in _letters(gloss)[1:]:
        if more := _MORE.match(gloss.string, said[-1].end()):
            said.append(more)
    return said


def _end(gloss: re.Match[str]) -> int:
    end = _listed(gloss)[-1].end()
    behind = _RESPECTIVELY.match(gloss.string, end)
    return behind.end() if behind else end


def _each_said(gloss: re.Match[str]) -> list[tuple[str, str]]:
    """Each letter with what it is; none where that is not seen."""
    letters, words = _letters(gloss), [said["words"] for said in _listed(gloss)]
    if len(words) == 1:
        words *= len(letters)
    return [*zip(letters, words, strict=True)] if len(words) == len(letters) else []


def _letters(gloss: re.Match[str]) -> list[str]:
    """The letters of which something is said."""
    written = re.sub(r"[{}]", "", gloss["letters"])
    return re.findall(r"(?<![A-Za-z_])[A-Za-z](?:_\w+)?(?![A-Za-z])", written)


def _is_called(letter: str, called: set[str]) -> bool:
    """Whether a size goes by what names these sizes."""
    roles = {SIZES[name].role for name in called & SIZES.keys()}
    own = SIZES[letter].role
    channels = own == "width" and bool(roles & _CHANNELS)
    return letter in called or own in roles & _SHARED or channels
