"""What factors and terms are said to be: ``64 (in) × 128 (out)``, ``k²MN (weights) + N (biases)``.

A bracket right behind one factor or term, or a brace under it, names that part and not the target.
What it says is held to the sizes of the target, and to what the other parts are said to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import takewhile
from typing import TypeAlias

from closedform.algebra.exact import known_value
from closedform.algebra.normal_form.quick import surely_equal
from closedform.algebra.tree import (
    Number,
    Power,
    Symbol,
    Tree,
    substitute,
    symbol_names,
    walk,
)
from closedform.errors import ClosedformError, ParseError
from closedform.language.amounts import speaks_of_amount
from closedform.language.claim import Member
from closedform.language.layer_names import layer_meant
from closedform.language.layers import (
    Argument,
    Expand,
    LayerNode,
    Layers,
    Portion,
    Quantity,
    as_read,
)
from closedform.language.parser import parse, parse_tokens
from closedform.language.statements.another_formula import with_size
from closedform.language.statements.asked_layers import has_argument, is_network
from closedform.language.statements.flags import ATTENTION, matrices_named
from closedform.language.statements.glosses import check_letter
from closedform.language.statements.named_quantities import quantity_named
from closedform.language.surroundings.errors import amount
from closedform.language.surroundings.patterns import REFERENCE
from closedform.language.tokens import DEEPER, Part, Scan, Token
from closedform.language.vocabulary import RELATIONS
from closedform.later import regex
from closedform.symbols import SIZES, role
from closedform.synonyms import sizes_called

_CORRECT = "leave the words out, or say what it is"
#: Of what a factor is said to be, and the letters for how many there are.
_PER = regex(r"(?i)\b(?:per|each|every|pro|je|par|chaque|por|cada)\b|每|各|ごと|あたり")
_EACH = regex(
    r"(?i)(?:\b(?:per|each|every|one|single|for an?|pro|je|par|chaque|por|cada)\s+"
    r"|[每单各]一?[个個]?)"
    r"(?:(?P<N>filter|kernel|output channel|neuron|卷积核|输出通道)|(?P<NHW>output|输出)"
    r"|(?P<HW>pixel|position|像素|位置)|(?P<h>head|头)|(?P<L>layer|层)"
    r"|(?P<g>group|组)|(?P<n>token))"
)
#: One for each of what there are so many of.
_ONE_PER = regex(r"(?i)\b(?:one|an?)(?: [^\W\d_]+)? (?:per|for each|for every)\b")
#: Numbers in what a part is said to be, and the sides of a kernel; a year is none, nor is W_1.
_NUMBERS = regex(
    r"(?<![\w.,-])(\d+(?:[.,]\d+)*)(?:\s*(?:[x×*]|by|mal|par)\s*(\d+))?(?![A-Za-z0-9])"
    r"|(?<![\w.,-])\d[\d.,]*[kKMGBT]\b"
)
#: Any of these may be counted beside.
_POSITIONS = frozenset("HWBn")
_PASSES = regex(r"(?i)(?P<backward>back|rück|反向|逆)|forw|vorw|前向|順")
#: A part, its tree, what goes by its name in the target, and whether nothing else does.
_Term: TypeAlias = tuple[Part, Tree, "list[Tree]", bool]
#: Sizes that the layers of a target are given.
_Sizes: TypeAlias = "Sequence[tuple[str, int | Fraction]]"


def check_parts(scan: Scan, kept: Sequence[Token], target: Member, expand: Expand) -> list[Part]:
    """The parts of which all that is said is held here; other words may be said of the whole.

    ``kept``: the tokens of the formulas.

    Raises:
        ParseError: ``64 (out)`` where 64 channels come in; ``N (weights) + k²MN (biases)``; or
            ``9 (5×5 kernel)``.
    """
    layers = target.layers
    sizes = [size for layer in layers for size in layer.numbers.items()]
    terms = [*_terms(scan, target, layers[0], expand)] if len(layers) == 1 else []
    network = bool(terms) and is_network(layers[0].name, expand)
    held = _check_terms(scan, terms, target, network=network)
    for part in scan.parts:
        numbers = [*_NUMBERS.finditer(part.said)]
        for said in numbers:
            with suppress(ClosedformError):
                if _is_number_of(part, said, scan, target, sizes, expand):
                    continue
            raise amount(scan, [Token("WORD", part.said, part.start, part.end)])
        one_per = _ONE_PER.search(part.said) and _EACH.search(part.said)
        called = (
            {*(one_per.lastgroup or "")} if one_per else sizes_called(_NUMBERS.sub("", part.said))
        )
        called = (called | {part.said}) & SIZES.keys()
        each = not called and _is_each(scan, part, kept, sizes, layers=bool(layers))
        if part in held or each or not part.said:
            held += [] if part in held else [part]
            continue
        factor = _factor(part.of) if called else []
        if [item.type for item in factor] == ["NUMBER"] and factor[0].value.isdigit():
            number = int(numbers[0][1] if numbers and not numbers[0][2] else factor[0].value)
            if len(layers) == 1 and not _is_size(
                number, part.said, called, target, layers[0], expand
            ):
                problem = f"{number} is not the {part.said} of the target"
                raise ParseError(scan.text, part.start, part.end, problem, _CORRECT)
        letters = {item.value for item in factor if item.type == "NAME"}
        for name in letters if letters.isdisjoint(called) else ():
            check_letter(scan.text, (part.start, part.end), name, part.said, layers, target.names)
        held += [part] if factor else []
    return held


def _is_each(scan: Scan, part: Part, kept: Sequence[Token], sizes: _Sizes, *, layers: bool) -> bool:
    """Whether a part is of each of what it is multiplied with: k²M (per filter) × N.

    Raises:
        ParseError: it is not, as in ``k²M (per pixel) × NHW``.
    """
    said = _EACH.search(part.said)
    if said is None:
        if _PER.search(part.said) or (not layers and speaks_of_amount(part.said)):
            raise amount(scan, [Token("WORD", part.said, part.start, part.end)])
        return False
    relations = [item.start for item in scan.tokens if item.type in RELATIONS]
    low = max((at for at in relations if at < part.start), default=-1)
    high = min((at for at in relations if at > part.start), default=len(scan.text))
    rest = [item for item in kept if low < item.start < high and item not in part.of]
    letters = {*(said.lastgroup or "")}
    names = {item.value for item in rest if item.type == "NAME"}
    numbers = {int(i.value) for i in rest if i.type == "NUMBER" and i.value.isdigit()}
    beside = {number for name, number in sizes if name in letters | _POSITIONS}
    own = {number for name, number in sizes if name in letters}
    plain = not names and numbers <= beside and not numbers.isdisjoint(own)
    if not plain and (letters.isdisjoint(names) or not names <= letters | _POSITIONS):
        raise amount(scan, [Token("WORD", part.said, part.start, part.end)])
    return True


def _is_number_of(
    part: Part, said: re.Match[str], scan: Scan, target: Member, sizes: _Sizes, expand: Expand
) -> bool:
    """Whether a number that is said of a part is its value, one of its factors, or a side of k²."""
    before, behind = part.said[: said.start()].strip(" .,~("), part.said[said.end() :].strip()
    if before.endswith("et al") or (before and REFERENCE.fullmatch(before.rpartition(" ")[2])):
        return True
    if said[1] is None or not said[1].replace(",", "").isdigit():
        return False
    number, other = int(said[1].replace(",", "")), int(said[2] or 1)
    tree = expand(parse_tokens(scan, part.of), scan.text).tree
    powers = [node.exponent for node in walk(tree) if isinstance(node, Power)]
    numbers = [node for node in walk(tree) if isinstance(node, Number) and node not in powers]
    factors = {node.value for node in numbers}
    kernels = {size for name, size in sizes if name == "k"}
    if said[2] and number == other:
        sides = {side for side in kernels if not factors.isdisjoint((side, side**2))}
        own = any(role(name) in ("kernel", "position") for name in symbol_names(tree))
        seen = number == 1 or not factors.isdisjoint((number, number**2)) or (own and not factors)
        return number in sides if sides else seen
    if number * other == known_value(tree):
        return True
    if said[2] or not (before or behind):
        numbering = not before and not factors and number <= len(scan.parts)
        return {number, other} <= factors or numbering
    if number in factors or (number in kernels and number**2 in factors):
        return True
    name = _layer(behind.removesuffix("s"))
    if name is None or not target.quantities:
        return False
    each = expand(Quantity(target.quantities[0].measure, LayerNode(name)), "").tree
    letters = dict(zip(symbol_names(each), map(Symbol, symbol_names(tree)), strict=False))
    return len(symbol_names(each)) == 1 and surely_equal(tree, number * substitute(each, letters))


def _is_size(
    number: int, said: str, called: set[str], target: Member, layer: LayerNode, expand: Expand
) -> bool:
    """Whether a number may be a size of the target that goes by one of these names.

    A letter, which is all that is ``said``, is the number itself; a kernel may be its square.

    It is where the target is the same with it, and another one with one more; a number that is none
    of these sizes is none that the layer is given under another name.
    """
    sizes = [name for name in called if has_argument(layer.name, name, expand)]
    given = layer.numbers
    if any(given.get(name) in (number, said != name and number**0.5) for name in sizes):
        return True
    if target.names:  # 4 (heads), where the target has none
        return number == 1 or not sizes or not target.names.isdisjoint(sizes)
    asked = [name for name in sizes if with_size(target, name, Number(number + 1), expand)]
    if asked:
        return any(not with_size(target, name, Number(number), expand) for name in asked)
    if is_network(layer.name, expand) or (said in called and not sizes):  # a letter of its own
        return True
    return number == 1 or not (sizes or number in given.values())


def _factor(tokens: Sequence[Token]) -> list[Token]:
    """The last factor of a part: the 64 of 3 × 3 × 64, the letters of k²MN."""
    plain: list[Token] = []
    depth, raised = 0, False
    braced = tokens[:1] and tokens[0].type == "LPAR" and tokens[0].start == tokens[0].end
    for item in tokens[1:-1] if braced else tokens:
        depth += DEEPER.get(item.type, 0) if raised else 0
        plain += [] if raised or item.type == "POWER" else [item]
        raised = item.type == "POWER" or (raised and depth > 0)
    return [*takewhile(lambda item: item.type in ("NAME", "NUMBER"), reversed(plain))]


def _terms(scan: Scan, target: Member, layer: LayerNode, expand: Expand) -> Iterator[_Term]:
    """The parts that are called weights, biases or a layer, and what these are in the target.

    With each whether it is nothing else: no other layer, and no sum of several of its kind.
    """
    for part in scan.parts:
        with suppress(ClosedformError):
            wanted, surely = _called(part.said, target, layer, expand)
            if wanted:
                yield part, parse_tokens(scan, part.of), wanted, surely


def _called(said: str, target: Member, layer: LayerNode, expand: Expand) -> tuple[list[Tree], bool]:
    """What goes by some words beside the target of a layer, and whether nothing else does."""
    asked = target.quantities[0]

    def of(measure: str, layers: Layers = layer) -> Tree:
        options = asked.options if measure == asked.measure or "_flops" in measure else ()
        return expand(Quantity(measure, layers, options), "").tree

    words = "_".join(said.lower().split())
    if asked.measure == "training_flops" and (way := _PASSES.match(said)):
        backward = of("backward_flops")
        return [backward if way["backward"] else of(asked.measure) - backward], True
    if typed := quantity_named(words, asked, layer, expand):
        wanted = expand(parse(typed, expand=as_read), "").tree
        return [wanted], not typed.startswith(f"{asked.measure}(")
    if words == "kernel" and (typed := quantity_named("weights", asked, layer, expand)):
        return [expand(parse(typed, expand=as_read), "").tree], False  # or its side
    done = asked.measure in ("params", "macs", "flops")
    if done and layer.name in ATTENTION and (matrices := matrices_named(said)):
        given = {argument.name: argument for argument in layer.arguments}
        width = given["d"].value if "d" in given else Symbol("d")
        put = (Argument("M", width), Argument("N", width), given.get("n", Argument("n")))
        flags = (given["bias"],) if "bias" in given else ()
        return [len(matrices) * of(asked.measure, LayerNode("linear", put + flags))], True
    name = _layer(said)
    if name is None:
        return [], False
    kept = tuple(a for a in layer.arguments if has_argument(name, a.name, expand))
    plain = tuple(a for a in kept if a.value not in (None, True))  # k²MN (conv) + N (bias)
    trees = [of(asked.measure, LayerNode(name, given)) for given in dict.fromkeys((kept, plain))]
    with suppress(ClosedformError):  # all of that kind, in a layer that is made of several
        trees.append(of(asked.measure, Portion(words, layer, kept=True)))
    return trees, target.names.issuperset(symbol_names(trees[0]))


def _layer(said: str) -> str | None:
    """The layer that goes by these words."""
    return layer_meant("_".join(said.lower().split()))


def _check_terms(
    scan: Scan, terms: Sequence[_Term], target: Member, *, network: bool
) -> list[Part]:
    """The terms that are what they are called, and those of several layers or of a network.

    Raises:
        ParseError: what is surely no number of biases.
    """
    held: list[Part] = []
    several = len([part for part in scan.parts if _layer(part.said)]) > 1
    for part, tree, wanted, surely in terms:
        if any(surely_equal(tree, own) for own in wanted):
            held.append(part)
            continue
        names = {name for own in wanted for name in symbol_names(own)}
        valued = symbol_names(tree) or target.names.isdisjoint(names)
        if surely and valued:
            problem = f"the target has another number for {part.said!r}"
            raise ParseError(scan.text, part.start, part.end, problem, _CORRECT)
        held += [part] if network or several else []
    return held
