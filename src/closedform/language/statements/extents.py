"""How much of its layers a text speaks of: only the head, without norms, incl. softmax, in whole.

The words that say so are few in any language, and are a table. What they are said of has to be
understood: it is the target's own layer, a part of that, which is put into the target, a layer that
the target does not have, or a size. What is none of them is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from closedform.algebra.tree import ZERO, Tree
from closedform.errors import ClosedformError, ParseError
from closedform.language.claim import Member
from closedform.language.layer_names import is_layer, layer_called
from closedform.language.layers import Expand, LayerNode, Portion, Quantity, layers_of
from closedform.language.statements.another_formula import Change
from closedform.language.statements.flags import said_flags
from closedform.language.statements.named_layers import Statement, is_network
from closedform.language.statements.units import names_quantity
from closedform.language.vocabulary import COUNTED, NAMING
from closedform.later import regex
from closedform.records import NamedTuple
from closedform.synonyms import meant, sizes_called

#: What says so, beside its object: in words, and in scripts that set no spaces between them.
_SAYS = {
    "only": (
        (
            "only|alone|just|solely|merely|exclusively|nur|allein|lediglich|ausschließlich|seulement"
            "|uniquement|seule?s?|sol[oa]s?|sólo|solamente|únicamente|apenas|somente|soltanto|alleen"
            "|только|лишь|endast|tylko"
        ),
        "[仅僅只][有含算计計]?|のみ|だけ",
    ),
    "without": (
        (
            r"without|w/o|excl(?:\.|uding)?|excluded|omitted|omitting|ignoring|neglecting|besides"
            r"|sans|hors|ohne|exkl\.?|sin|sem|senza|без|bez|zonder|uten|utan"
        ),
        "不包?[含括计計算]|没有|去掉|除去|忽略|を?除く|を?除いて|抜き|なし|제외",
    ),
    "including": (
        (
            r"incl(?:\.|uding|usive of)?|included|counted(?=\s*(?:[^\w\s]|\Z))|counting"
            r"|mitsamt|samt|inkl\.?|inbegriffen|einschließlich|y compris|compris|incluyendo"
            "|incluindo|compreso|включая|inclusief"
        ),
        "包[含括]|[含带帶]有?|计入|算上|連同|连同|を?含む|を?含めて|(?<!畳み)込み|付き|포함",
    ),
    "no": ("no|not?|kein\\w*|aucune?|ning[uú]n\\w*|nessun\\w*|geen", "[无無]"),
    "with": ("with|w/|mit|avec|con|com|met|с|со|med", ""),
    "whole": (
        (
            r"whole|entire|full|complete|gesamt\w*|ganz\w*|komplett\w*|entière?|complète?|toute?"
            "|enter[oa]|complet[oa]|tod[oa]|inteir[oa]|tutt[oa]|inter[oa]|весь|всей|всего"
        ),
        "整[个個]|完整|全部",
    ),
}


def _group(kind: str, words: str, script: str) -> str:
    parts = [rf"(?<![\w-])(?:{words})(?![\w-])"] + [script] * bool(script)
    return f"(?P<{kind}>{'|'.join(parts)})"


_SAID = regex("(?i)" + "|".join(_group(kind, *row) for kind, row in _SAYS.items()))
#: What ends a phrase, and what joins two objects.
_PHRASE = regex(r"(?:[^.,;:!?()\[\]{}（），、。；：|=\\$\0\n]|\.(?=\s\w))+")
_JOINS = regex(r"\s+(?:and|or|und|oder|et|ou|y|e|и|или)\s+|[和与及或]|\s*&\s*")
_WORD = regex(r"[^\W_]+(?:[-_][^\W_]+)*")
#: Words of an object that say nothing of what it is.
_ARTICLES = frozenset(
    "the a an any its their our"
    " der die das den dem des ein eine seine le la les l un une sa ses el "
    "los las lo il i gli o os as de del for of is are was were being ist sind sont est son".split()
)
_NOUNS = frozenset("layer layers module modules part parts block blocks term terms itself".split())
#: The matrices of a layer, without its biases.
_WEIGHTS = frozenset("weight weights kernel kernels filter filters matrix matrices 权重".split())
#: Wholes that are more than one layer works on at once.
_NETWORK = regex(
    "(?i)networks?|models?|nets?|netz\\w*|modell\\w*|réseau|modèle|red|modelo|rete|网络|模型"
)
_BATCH = regex("(?i)batch(?:es)?|minibatch|datasets?|epochs?|training|corpus|批次|数据集|バッチ")


class _Extent(NamedTuple):
    """``text[start:end]`` says ``kind`` of an object in ``words``."""

    kind: str
    words: tuple[str, ...]
    start: int
    end: int

    @property
    def name(self) -> str:
        """The object as one name of a part or a layer."""
        kept = [word for word in self.words if word not in _NOUNS] or self.words
        return "_".join(kept)


def extents_said(
    written: str, text: str, target: Member, expand: Expand, *, nouns: bool
) -> Iterator[Statement]:
    r"""What a text, \0 in the place of its formulas, says that it speaks of: changes of the target.

    ``nouns``: what is not understood is refused, as nothing but the formula stands beside it.

    Raises:
        ParseError: words of which the target is not, or that are not understood.
    """
    for said in _extents(text):
        known = _Known(said, target, expand)
        if said.kind == "whole":
            if known.is_more:
                raise _refused(written, said, "the text speaks of", "hold it against that")
            continue
        if known.flag and said.kind != "only":
            continue  # which is held by its own name
        if said.kind == "only" and known.is_weights and known.has("bias"):
            yield said.start, said.end, _portion("bias", kept=False)
        elif known.is_own or known.is_quantity:
            continue
        elif known.part and said.kind in ("only", "without", "no"):
            yield said.start, said.end, _portion(known.part, kept=said.kind == "only")
        elif known.part or (known.layer and known.costs_nothing):
            continue
        elif known.layer and said.kind not in ("without", "no"):
            raise _refused(written, said, "the target has no such part:", "hold it against the sum")
        elif nouns and said.kind not in ("with", "no") and not (known.layer or known.is_size):
            problem = "this says of how much of the layers it is, and is not read:"
            raise _refused(written, said, problem, "write only(part, X), without(part, X)")


class _Known:
    """What is known of the object of an extent."""

    def __init__(self, said: _Extent, target: Member, expand: Expand) -> None:
        self.said, self.target, self.expand = said, target, expand
        self.layers = [layer for quantity in target.quantities for layer in layers_of(quantity)]
        singular = said.name[:-2] if said.name.endswith("ses") else said.name.removesuffix("s")
        self.names = tuple(dict.fromkeys((said.name, singular)))

    def has(self, part: str) -> bool:
        """Whether the target has a part of that name."""
        with suppress(ClosedformError):
            for quantity in self.target.quantities:
                self.expand(_portion(part, kept=True)(quantity), "")
            return True
        return False

    @property
    def flag(self) -> str:
        flags = said_flags(f"with {' '.join(self.said.words)}")
        return next(
            (flag.name for flag in flags if flag.name in ("bias", "bn", "causal", "tied")), ""
        )

    @property
    def part(self) -> str:
        return next(filter(self.has, self.names), "")

    @property
    def layer(self) -> str:
        called = (name for word in self.names for name in (word, *meant(word)))
        return next((layer_called(name) or "" for name in called if is_layer(name)), "")

    @property
    def is_own(self) -> bool:
        own = {layer_called(layer.name) or layer.name for layer in self.layers}
        return self.layer in own

    @property
    def is_weights(self) -> bool:
        return not _WEIGHTS.isdisjoint(self.said.words)

    @property
    def is_quantity(self) -> bool:
        words = self.said.words
        named = all(word in NAMING | _WEIGHTS or COUNTED.fullmatch(word) for word in words)
        return named or names_quantity(" ".join(words))

    @property
    def is_size(self) -> bool:
        return bool(sizes_called(" ".join(self.said.words)))

    @property
    def is_more(self) -> bool:
        words = " ".join(self.said.words)
        network = any(is_network(layer.name, self.expand) for layer in self.layers)
        if _NETWORK.search(words):
            return len(self.layers) == 1 and not network
        return _BATCH.search(words) is not None and "B" not in self.target.names

    @property
    def costs_nothing(self) -> bool:
        def cost(quantity: Quantity) -> Tree:
            layer = Quantity(quantity.measure, LayerNode(self.layer), quantity.options)
            return self.expand(layer, "").tree

        with suppress(ClosedformError):
            return all(cost(quantity) == ZERO for quantity in self.target.quantities)
        return False


def _portion(part: str, *, kept: bool) -> Change:
    return lambda q: Quantity(q.measure, Portion(part, q.layers, kept), q.options)


def _extents(text: str) -> Iterator[_Extent]:
    """The words of the table in a text, each with what follows it, or else comes before."""
    for phrase in _PHRASE.finditer(text) if _SAID.search(text) else ():
        said = [*_SAID.finditer(text, *phrase.span())]
        starts = [phrase.start(), *(match.end() for match in said)]
        ends = [*(match.start() for match in said), phrase.end()]
        for place, match in enumerate(said):
            behind = starts[place + 1], ends[place + 1]
            before = starts[place], ends[place]
            inside = behind if _WORD.search(text, *behind) else before
            for words in _objects(text[slice(*inside)]):
                places = min(match.start(), inside[0]), max(match.end(), inside[1])
                yield _Extent(match.lastgroup or "", words, *places)


def _objects(said: str) -> Iterator[tuple[str, ...]]:
    for part in _JOINS.split(said):
        words = (word.lower() for word in _WORD.findall(part))
        yield tuple(word for word in words if word not in _ARTICLES)


def _refused(written: str, said: _Extent, problem: str, hint: str) -> ParseError:
    words = written[said.start : said.end].strip()
    hint = f"leave the words out, or {hint}"
    return ParseError(written, said.start, said.end, f"{problem} {words!r}", hint)
