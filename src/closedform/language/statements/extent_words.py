"""Words that say how much of a thing is meant, and of what: only the head, no norms, in whole."""

from __future__ import annotations

from collections.abc import Iterator

from closedform.later import regex
from closedform.records import NamedTuple

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
            r"|leaving out|left out|aside from|apart from|not (?:counting|including|included)"
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
    "no": ("no|kein\\w*|aucune?|ning[uú]n\\w*|nessun\\w*|geen", "[无無](?![关關需须論论])"),
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
#: So many words may name a part by themselves.
_WORDS = 3
_WORD = regex(r"[^\W_]+(?:[-_][^\W_]+)*")
#: Words of an object that say nothing of what it is.
_ARTICLES = frozenset(
    "the a an any its their our"
    " der die das den dem des ein eine seine le la les l un une sa ses el "
    "los las lo il i gli o os as de del for of is are was were being ist sind sont est son".split()
)
_LEADS = _ARTICLES | frozenset("in at on to like one our as from using für im pour".split())
_NOUNS = frozenset("layer layers module modules part parts block blocks term terms itself".split())


#: The same in scripts that set no spaces: 注意力块的参数量.
_OF_IT = regex(r"(?:块|塊|层|層|部分|模块|的|の|参数量?|數?量|数量?|パラメータ数?)+$")


class Extent(NamedTuple):
    """``text[start:end]`` says ``kind`` of an object in ``words``."""

    kind: str
    words: tuple[str, ...]
    start: int
    end: int

    @property
    def name(self) -> str:
        """The object as one name of a part or a layer."""
        kept = [word for word in self.words if word not in _NOUNS] or self.words
        name = "_".join(kept)
        return name if name.isascii() else _OF_IT.sub("", name) or name


def extents_in(text: str) -> Iterator[Extent]:
    """The words of the table in a text, each with what follows it, or else comes before.

    A few words by themselves may name what is spoken of, too.
    """
    for phrase in _PHRASE.finditer(text):
        said = [*_SAID.finditer(text, *phrase.span())]
        listed = {text[phrase.start() - 1 : phrase.start()], text[phrase.end() : phrase.end() + 1]}
        few = [word for word in phrase[0].lower().split() if word not in _LEADS]
        if (
            phrase[0].strip()[:1].isalpha()
            and not said
            and listed.isdisjoint(",，、")
            and len(few) <= _WORDS
        ):
            yield Extent("bare", tuple(few), *phrase.span())
        starts = [phrase.start(), *(match.end() for match in said)]
        ends = [*(match.start() for match in said), phrase.end()]
        for place, match in enumerate(said):
            behind = starts[place + 1], ends[place + 1]
            before = starts[place], ends[place]
            inside = behind if _WORD.search(text, *behind) else before
            for words in _objects(text[slice(*inside)]):
                places = min(match.start(), inside[0]), max(match.end(), inside[1])
                yield Extent(match.lastgroup or "", words, *places)


def _objects(said: str) -> Iterator[tuple[str, ...]]:
    for part in _JOINS.split(said):
        words = (word.lower() for word in _WORD.findall(part))
        yield tuple(word for word in words if word not in _ARTICLES)
