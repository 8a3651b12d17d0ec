"""What the words beside a formula state of its target: flags, the quantity, the kind of layer.

A statement is put into the target. Where that makes another formula of it, the text speaks of
something else than what it is held against, and is refused: ``k²MN (with bias)`` is not
``params(conv)``, and ``macs(conv)`` may be said with a bias or without. What is stated of layers
that have no such flag says nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from closedform.errors import ParseError
from closedform.language.claim import Member
from closedform.language.layer_names import layer_called
from closedform.language.layers import (
    Expand,
    Option,
    Portion,
    Quantity,
)
from closedform.language.numbers.memory import check_bits, check_memory
from closedform.language.numbers.scales import word_of
from closedform.language.statements.another_formula import another_formula
from closedform.language.statements.extents import extents_said
from closedform.language.statements.flags import (
    ATTENTION,
    OF_PART,
    flags_stated,
    matrices_named,
)
from closedform.language.statements.glosses import check_glosses, without_glosses
from closedform.language.statements.modules import check_network, said_in_calls
from closedform.language.statements.named_layers import (
    Statement,
    is_own,
    said_of_layer,
    sides_said,
    told_ratio,
)
from closedform.language.statements.named_quantities import name_quantities
from closedform.language.statements.parts import check_parts
from closedform.language.statements.phrases import without_phrase
from closedform.language.statements.sizes import check_sizes
from closedform.language.statements.units import counted_otherwise
from closedform.language.surroundings.chain import Chain
from closedform.language.surroundings.numerals import without
from closedform.language.tokens import Part, Scan, Token
from closedform.language.vocabulary import UNIT_WORDS
from closedform.later import regex

_SET = r"\w+\s*=\s*(?:[Tt]rue|[Ff]alse)"
_SWITCHED = regex(
    rf"[(（\[]\s*{_SET}(?:\s*[,，]\s*{_SET})*\s*[)）\]]"
    rf"|(?:[,，;#]|//|\b(?:if|for|with|when|where)\s)\s*{_SET}(?:\s*[,，]\s*{_SET})*"
    rf"(?=\s*[.。$]*\s*\Z)|,\s*{_SET}(?=\s*[,)])"
)
#: What is asked for by words for what is counted that are no quantities themselves.
_ASKED = {
    "multiplications": ("operations", (Option("kind", "mul"),)),
    "additions": ("operations", (Option("kind", "add"),)),
    "forward": ("flops", ()),
}
#: So many matrices side by side, or one with so many times the outputs: 3 params(…), N=3*d.
_TIMES = regex(r"(?:\A|\(|N\s*=)\s*(\d+)\s*\*?\s*[A-Za-z]")
#: One of the two that are kept, of which a cache is.
_HALF = regex(
    r"(?i)(?:\A|[(（])\W*(?:the\s+)?(?P<half>keys?|values?|[KV])(?:\s+(?:only|cache))?\s*[:=：)）]"
)
#: A layer that is one filter.
_ONE_FILTER = regex(r"\bN\s*=\s*1\b")
#: Between the words of a program's name: n_params, total_flops.
_IN_NAMES = regex(r"(?<=[^\W\d_])_(?=[^\W\d_]{2})")
_NUMBER = regex(r"[\d×]|(?<=\d) *x(?= *\d)")
#: What has no word holds no statement.
_SPOKEN = regex(r"[^\W\d_]{2}|[^\W\d_\0-\x7f]|_\{|W[_^]|[QKVO]\s*[:=]|[@x×,/|]")


def without_statements(scan: Scan, target: Member, expand: Expand) -> list[str]:
    """Take ``(bias=False)``, "with k the kernel size" and such out of the tokens; notes on it."""
    if not target.quantities:
        return []
    notes = without_glosses(scan, target.layers, target.names)
    notes += without_phrase(scan, target, expand)
    notes += name_quantities(scan, target, expand)
    if "rue" not in scan.text and "alse" not in scan.text:
        return notes
    for switched in _SWITCHED.finditer(scan.text):
        within = range(*switched.span())
        inside = [item for item in scan.tokens if item.start in within]
        if inside and inside[0].start != scan.tokens[0].start:
            notes.append(without(scan, inside))
            scan.tokens[:] = [item for item in scan.tokens if item.start not in within]
    return notes


def check_stated(
    scan: Scan, kept: Iterable[Token], target: Member, expand: Expand, *, rounded: bool
) -> list[str]:
    """Notes on what a text counts, where that is another quantity than its target's.

    ``kept``: the tokens of the formulas and conditions; what else stands in the text is words, and
    maybe a ``rounded`` number, 231 MFLOPs, has a unit.

    Raises:
        ParseError: the words beside the formula state something else than the target.
    """
    kept = [*kept]
    parts = check_parts(scan, kept, target, expand) if scan.parts else []
    text = _outside(scan, kept, target, parts) if target.quantities else ""
    if not _SPOKEN.search(scan.text if rounded and text else text):
        return []
    return _check(scan.text, text, target, expand, bare=not scan.parts)


def check_beside(said: str, target: Member, expand: Expand) -> None:
    r"""Refuse words of a document beside a formula, \0 in what is ``said``, that state another.

    Of what begins with a form feed only what it says of letters is held, and of what begins with a
    tab only what it says of sizes and flags. What begins with a vertical tab is the name of a row.

    Raises:
        ParseError: they state something else than the target.
    """
    written = said.strip("\f\t").replace("\0", "…").replace("\v", " ")
    layers = target.layers
    if layers and said.startswith("\t"):
        check_bits(written, target.written)
        check_sizes(written, written, target, expand, each=True)
        sides = sides_said(said[1:], layers[0], expand) if len(layers) == 1 else ()
        flags = flags_stated(written, written, layers, expand, nouns=False)
        _compare(written, [*sides, *flags], target, expand)
    elif layers and said.startswith("\f"):
        check_glosses(written, said.strip("\f"), layers, target.names)
    elif target.quantities and _SPOKEN.search(said):
        check_memory(written, [target.asked], [])
        # A sentence goes on behind its formula, with any word.
        _check(written, said, target, expand, nouns=False)


def _check(
    written: str,
    text: str,
    target: Member,
    expand: Expand,
    *,
    nouns: bool = True,
    bare: bool = False,
) -> list[str]:
    """Notes on what is counted; ``text``: what is ``written``, a sign in the place of formulas.

    ``nouns``: nothing but the formula stands beside the words, and where they are ``bare`` none is
    said of a part of it.
    """
    notes, statements = _counted(written, written, text, target, nouns=nouns)
    if _SPOKEN.search(text):
        layers = target.layers
        names = {layer_called(layer.name) or layer.name for layer in layers}
        _check_part(written, text, names, target, expand)
        check_glosses(written, text, layers, target.names)
        statements += flags_stated(written, text, layers, expand, nouns=nouns)
        statements += extents_said(written, text, target, expand, nouns=nouns, bare=bare)
        words = _IN_NAMES.sub(" ", text)
        whole = not any(isinstance(part.layers, Portion) for part in target.quantities)
        if len(layers) == 1 and whole:
            statements += said_of_layer(words, layers[0], expand, parts=not nouns)
            statements += said_in_calls(written, text, layers[0], expand)
            check_network(written, words, layers[0], expand)
        notes += told_ratio(written, text, target.asked)
    _compare(written, statements, target, expand)
    if nouns:
        check_sizes(written, text, target, expand, each=False)
    return notes


def _check_part(written: str, text: str, names: set[str], target: Member, expand: Expand) -> None:
    """Refuse words that say the formula of a part of the target's layers, by their ``names``.

    Raises:
        ParseError: ``a head has M N``; ``W_Q, W_K:`` before the formula of all four, or of one.
    """
    kept = any(quantity.measure.startswith("kv_cache") for quantity in target.quantities)
    part = (_HALF.search(text) if kept else None) or OF_PART.search(text)
    known = part and (layer_called(part.lastgroup or "") in names or is_own(part, names, expand))
    filters = part and part.groupdict().get("part") and _ONE_FILTER.search(target.written)
    said = part.span(part.lastgroup or 0) if part and not known and not filters else None
    named = matrices_named(text) or matrices_named(text.rpartition("\0")[2].replace("only", ""))
    if ATTENTION & names:
        several = 0 < len(named) < len("QKVO")
    else:  # QKV: 3 d^2
        several = len(named) > 1 and names == {"linear"}
        several = several and f"{len(named)}" not in _TIMES.findall(target.written)
    if several:
        formula = text.find("\0")
        said = (0, formula) if formula > 0 else (text.rindex("\0") + 1, len(text))
    if said:
        words = written[slice(*said)].strip(" :=")
        problem = f"the text says this of {words!r}, and not of the target"
        hint = "leave the words out, or write the formula of the whole layer"
        raise ParseError(written, *said, problem, hint)


def check_units(scan: Scan, chain: Chain, members: Sequence[Member], expand: Expand) -> None:
    """Refuse ``params(conv) = k²MN MACs``, a whole claim with a unit of another quantity."""
    asked = [side for side in members if side.quantities]
    if len(asked) != 1:
        return
    read = chain.pieces[members.index(asked[0])].tokens
    text = _outside(scan, read, asked[0])
    if not _SPOKEN.search(text):
        return
    outside = _outside(scan, chain.tokens, asked[0])
    _, statements = _counted(scan.text, text, outside, asked[0])
    _compare(scan.text, statements, asked[0], expand)


def _counted(
    written: str, text: str, outside: str, target: Member, *, nouns: bool = True
) -> tuple[list[str], list[Statement]]:
    """What a text counts, where that is another quantity than its target's; notes on it."""
    outside = _IN_NAMES.sub(" ", outside)
    text = "".join(a if b == "\0" else b for a, b in zip(text, outside, strict=True))
    notes, counted = counted_otherwise(written, text, outside, target, nouns=nouns)
    if counted is None:
        return notes, []
    word, place = counted
    measure, options = _ASKED.get(word, (word, ()))
    said_of = place.span(place.lastgroup or 0)
    return notes, [(*said_of, lambda q: Quantity(measure, q.layers, options))]


def _compare(text: str, statements: Iterable[Statement], target: Member, expand: Expand) -> None:
    """Refuse the first statement with which the target is another formula."""
    for start, end, change in statements:
        if stated := another_formula(target, change, expand):
            problem = f"the text says {text[start:end].strip()!r}, and the target does not"
            hint = f"leave the words out, or hold the text against {stated}"
            raise ParseError(text, start, end, problem, hint)


def _outside(scan: Scan, kept: Iterable[Token], target: Member, held: Iterable[Part] = ()) -> str:
    """The text with a sign that ends every run of words in the place of its formulas."""
    signs = [*scan.text]
    for item in kept:
        if (
            not scan.words
            or item.value in target.names
            or word_of(scan, item).lower() not in UNIT_WORDS
        ):
            signs[item.start : item.end] = "\0" * (item.end - item.start)
    for part in scan.parts:  # what is held, and the numbers, are not said of the whole
        said = scan.text[part.start : part.end]
        signs[part.start : part.end] = (" " * len(said)) if part in held else _NUMBER.sub(" ", said)
    return "".join(signs)
