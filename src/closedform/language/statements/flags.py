"""Words that say whether a flag is there: without, 不含, なし; and what the flags are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from closedform.errors import ParseError
from closedform.language.amounts import PIECES
from closedform.language.layer_names import is_layer
from closedform.language.layers import Argument, Expand, LayerNode, with_layers
from closedform.language.statements.another_formula import Change
from closedform.language.statements.asked_layers import has_argument
from closedform.language.statements.named_layers import Statement
from closedform.language.vocabulary import COUNTED, NAMING
from closedform.later import regex
from closedform.records import NamedTuple
from closedform.symbols import SIZES
from closedform.synonyms import meant

#: What a run of words is made of: in scripts with spaces between words, and in those without.
_SAYS = {
    "neither": (r"with(?:/| or )without|with/?\(out\)|w/? or w/o", ""),
    "off_behind": (
        (
            "(?:not |un)(?:included|counted|used|present)|(?:exclud|omitt|ignor|neglect|disabl)ed"
            "|free|off"
        ),
        r":\s*(?:no|none|off|false|0)\b|なし|無し|抜き|を?除く|を?含まず|を?含まない|を?除いて|제외|없음|없이|없는|미포함|除外",
    ),
    "off": (
        r"(?:not|without|sans)\s(?:count|compt)(?:ing|er)|without|w/o|minus|ohne|sans|sin|sem|senza|без|bez|not?|ex[ck]l(?:\.|u\w+)?|(?:ignor|omitt|neglect|exclud)(?:e|ing)",
        "不包[含括]|不[含带帶计計用加]|[无無]|没有|沒有|忽略|不考[虑慮]|去掉|除去",
    ),
    "on_behind": (
        r"included|incl(?:\.|(?!\.))(?=\s*(?:[^\w\s]|\Z))|counted|enabled|on|too|as well",
        r":\s*(?:yes|on|true)\b|あり|有り|込み|付き|を?含む|を?含めて|포함|있음",
    ),
    "on": (
        (
            r"with|w/|incl\.?|includ(?:es?|ing)|counting|followed by|has an?|having"
            r"|assuming|plus|also|one|mit|inkl\.?|avec|con|com"
            r"|с|со|met|med|z"
            r"|(?<!no )(?<!not )(?:is|being|for|number of)(?=(?: for| the| number of){0,3} bias)"
        ),
        "包[含括]|[含带帶]有?|有|加上|考[虑慮]",
    ),
    # conv-bn
    "part": ("", r"(?:(?<!no)(?<!non)(?<!pre)(?<=\w)[-+]|→\s*)(?=(?:bn|batch_?norm|bias)\b)"),
    "joins": ("and|und|et|y|e|и", "和|及|与|與|と|および|및|[&+]"),
    "or": ("or|oder|ou|o|или", "或|や|、|또는|/"),
    "passes": (
        "the|an?|any|its|of|is|are|was|were|terms?|уч[её]т(?:ом|а)|der|die|das|le|la|les|el|los",
        "的|项|項|は|が|을|를|은|는|-",
    ),
    "ends": ("", r"[.,;:!?()\[\]{}（）【】，；。：\n\0]"),
}
#: Flags whose words are more than their own name, and the words that state one by themselves.
_FLAGS = {
    "bias": (
        r"(?:(?!no_)[a-z]+_)?bias(?:e[sd])?(?:_[a-z]+)?|biais|sesgos?|polarizaci[oó]n|vi[eé]s|vieses|bias(?:em|u)|смещени\w+",
        r"偏置|バイアス|편향|바이어스|\|\s*b\s*\|",
    ),
    "bn": (
        r"(?:(?!no_)[a-z]+_)?bn|batch[-_ ]?norm\w*",
        r"批归一化|批标准化|バッチ正規化|배치\s?정규화",
    ),
    "causal": (r"causal(?:[- ]mask\w*)?|causally", "因果"),
    "tied": ("tied(?: embeddings?| weights?| head)?|weight[- ]tying", ""),
}
#: The same inside of another word: biasless, 算上偏置.
_WITHIN = regex(
    "(?i)" + "|".join(rf"(?P<{k}>{k}|{s or k})" for k, (_, s) in _FLAGS.items() if k != "bn")
)
_ADJECTIVES = re.compile(r"(?i)biased|causal|tied|weight|因果")
#: How programs set them.
_SWITCH = r"(?P<flag>\w+)\s*=\s*(?P<truth>true|false)"
_OTHER = r"(?P<other>[^\W\d_]+(?:_[^\W_]+)*)"


#: One of the parts of a layer; and a part of a network.
_PARTS = (
    r"(?P<part>(?:(?<=\ba )|(?<=\ban )|one |single |each |every )"
    rf"(?:{PIECES})"
    r"|heads|gates|experts?|filters|kernels|frozen|inactive"
    r"|单[个個]卷积核)"
    r"|(?P<piece>backbone|neck|stem|(?:lm[_ -]?)?head|encoder|decoder|classifier|trunk|router"
    r"|主干网络|骨干网络)"
)


_PART_FLAGS = "|".join(
    rf"(?P<{name}>{'|'.join(filter(None, _FLAGS[name]))})" for name in ("bias", "bn")
)
_VERB = r"(?:(?:has|have|is|are|needs?|costs?|gets?)\b|[为為是有は는은이가])"
#: Where a text says how large a part of a layer is, by its group, or that none is so large.
OF_PART = regex(
    rf"(?i)(?:\A|[.,;:\n(])\W*(?:(?:the|number|of|an?|[a-z]+-?\d+)\s*)*"
    rf"(?:(?:{_PART_FLAGS}|(?P<none>no\s+\w+))(?:\s+(?:term|vector)s?)?(?:\s*{_VERB}|数\s*[:=：＝])"
    rf"|(?:{_PARTS})(?:\s+(?:params?|parameters|weights))?\s*(?:{_VERB}|[:=：＝]))[^\w\0]*\0"
)


#: Layers with a matrix for queries, keys, values and what comes out.
ATTENTION = frozenset({"multi_head_attention"})
#: What may stand beside the letters of the matrices of an attention: W_Q, W_K; QKV projection.
_MATRIX = re.compile(
    r"(?<![A-Za-z])W(?![A-Za-z]{2})|\\(?:text|mathrm)|\b(?:and|proj\w*|matri\w*|weights?|params?|the)\b"
    r"|[^A-Za-z]"
)


def matrices_named(text: str) -> set[str]:
    r"""The matrices of an attention that are all that stands before a formula.

    >>> sorted(matrices_named("W_Q, W_K: \0")), sorted(matrices_named("QKV projection = \0"))
    (['K', 'Q'], ['K', 'Q', 'V'])
    """
    letters = _MATRIX.sub("", text.partition("\0")[0]).upper()
    return {*letters} if {*letters} <= {*"QKVO"} else set()


class SaidFlag(NamedTuple):
    """``text[start:end]`` says that a flag is on or off; ``set``: as a program does.

    ``on`` is None where a flag of the table is named in words that are not understood.
    """

    name: str
    on: bool | None
    start: int
    end: int
    set: bool = False


def _names_result(word: str) -> bool:
    return word.lower() in NAMING or is_layer(word)


def _group(key: str, latin: str, script: str) -> str:
    parts = [rf"(?<![^\W_])(?:{latin})(?![^\W_])"] * bool(latin) + [script] * bool(script)
    return f"(?P<{key}>{'|'.join(parts)})"


#: A group for each row of the two tables.
_WORDS = regex(
    "|".join([_SWITCH, *(_group(k, *row) for k, row in {**_SAYS, **_FLAGS}.items()), _OTHER]),
    re.IGNORECASE,
)


def said_flags(text: str) -> Iterator[SaidFlag]:
    """The flags of which a text says that they are there or not.

    >>> [(said.name, said.on) for said in said_flags("conv (w/o bias or BN), causal")]
    [('bias', False), ('bn', False), ('causal', True)]
    """
    says = segment = ""
    start, bare = 0, True  # nothing but flags and names of the result since the last sign
    run: list[tuple[str, SaidFlag]] = []
    for word in [*_WORDS.finditer(text), None]:
        kind = (word.lastgroup or "") if word else "ends"
        within = _WITHIN.search(word[0]) if word and kind == "other" else None
        if word and kind == "truth":
            yield SaidFlag(word["flag"], word["truth"].lower() == "true", *word.span(), set=True)
        elif word and kind in ("off_behind", "on_behind"):
            on = kind == "on_behind" and says != "off"
            yield from (flag._replace(on=on, end=word.end()) for _, flag in run)
            run = []
        elif word and kind in ("joins", "or"):
            start = start if says or segment else word.start()
            says = says or segment or ("on" if kind == "joins" else "")
        elif word and within and says not in ("on", "off"):
            named = not says and not within.start()
            counted = named and COUNTED.match(word[0], within.end())  # bias的数量
            yield SaidFlag(str(within.lastgroup), True if counted else None, *word.span())
        elif word and (kind in _FLAGS or (kind == "other" and says in ("on", "off"))):
            other = str(within.lastgroup) if within else word[0].lower()
            name = kind if kind in _FLAGS else other
            own = says or ("on" if _ADJECTIVES.match(word[0]) else "")
            begins = start if says else word.start()
            run.append((own, SaidFlag(name, own == "on", begins, word.end())))
            says = "" if kind == "other" else says
        elif kind != "passes" and not (word and _names_result(word[0])):
            for own, flag in run:
                if own in ("on", "off") or (bare and not own and kind == "ends"):
                    yield flag._replace(on=own != "off")
                elif own != "neither" and flag.name in _FLAGS:
                    yield flag._replace(on=None)
            run = []
            says = {"part": "on"}.get(kind, kind if kind in ("on", "off", "neither") else "")
            segment = says or ("" if kind == "ends" else segment)
            start = word.start() if word and says else start
            bare = kind == "ends"


#: Words up to a sign, and in them how much of a thing there is.
_CLAUSE = regex(r"[^.,;:()（），。；：\0\n]+")
_COUNTED = regex(r"(?<![A-Za-z\d_])(?:[A-Z]|\d+)(?![A-Za-z\d_])|\bterms?\b")


def _is_counted(text: str, said: SaidFlag) -> bool:
    """Whether a clause that names a flag says how much of it there is: N is the bias."""
    clause = next(c[0] for c in _CLAUSE.finditer(text) if c.end() >= said.end)
    return _COUNTED.search(clause) is not None


def flags_stated(
    written: str, text: str, layers: Sequence[LayerNode], expand: Expand, *, nouns: bool
) -> Iterator[Statement]:
    """The flags that are stated of layers which have them.

    Raises:
        ParseError: a switch of a program that none has; or a flag in words that do not say, beside
            a formula and in no sentence around it.
    """
    names = dict.fromkeys(layer.name for layer in layers)
    on = {a.name for layer in layers for a in layer.arguments if a.value in (None, True)}
    for said in (flag for flag in said_flags(text) if len(flag.name) > 1):  # with N outputs
        flags = (name for name in meant(said.name) if name not in SIZES)  # with 64 input
        called = (said.name, *flags, f"no_{said.name}")
        flag = next((f for f in called if any(has_argument(name, f, expand) for name in names)), "")
        if said.set and not flag:
            switch = text[said.start : said.end]
            problem = f"the text sets {switch}, and {layers[0].name} has no such switch"
            raise ParseError(written, said.start, said.end, problem, "leave it out")
        if said.on is None:
            if flag and nouns and not (flag in on and _is_counted(text, said)):
                problem = f"{text[said.start : said.end]} is there, or not?"
                hint = f"write (with {flag}) or (without {flag}), or leave the words out"
                raise ParseError(written, said.start, said.end, problem, hint)
            continue
        value = said.on != (flag == called[-1])
        if flag and value != (flag in on):
            yield said.start, said.end, _flagged(flag, value=value, expand=expand)


def _flagged(flag: str, *, value: bool, expand: Expand) -> Change:
    """The layers that have a flag, with it or without."""

    def change(layer: LayerNode) -> LayerNode:
        if not has_argument(layer.name, flag, expand):
            return layer
        return layer.put(Argument(flag)) if value else layer.without(flag)

    return lambda quantity: with_layers(quantity, change)
