"""What a text counts beside another quantity: FLOPs beside MACs, neurons beside parameters."""

from __future__ import annotations

import re

from closedform.algebra.tree import Product, Quotient
from closedform.errors import ParseError
from closedform.language import vocabulary as v
from closedform.language.claim import Member
from closedform.language.layer_names import layer_called, layer_meant
from closedform.language.numbers.memory import counts_bytes, kept_otherwise
from closedform.language.surroundings.token_kinds import word_kind
from closedform.later import regex
from closedform.symbols import SIZES
from closedform.synonyms import meant, sizes_called

#: Words for what is counted, a group for each quantity and for each kind of operation.
_COUNTED = regex(
    r"(?i)(?P<flops>(?<![A-Za-z_])[kKMGTP]?flops?(?![A-Za-z])|floating[- ]point op\w+|浮点|浮點"
    r"|浮動小数点|부동소수점)"
    r"|(?P<macs>(?<![A-Za-z_])[kKMGTP]?(?:macc?s?|mads|fmas|madds?|mult[-–‐]?adds?"
    r"|multiply[-–‐](?:adds?|accumulates?))(?![A-Za-z])|乘加|積和)"
    r"|(?P<active_params>(?<![A-Za-z])activ(?:e|ated)[ _-]param(?:eter)?s?(?![A-Za-z])|激活参数)"
    r"|(?P<params>(?<![A-Za-z_])(?:n?params?|parameters?|parametern|model size)(?![A-Za-z_])"
    r"|(?<!\w)par[aáâ]m[eèê]tr\w+|парам\w+|参数|參數|パラメータ|매개변수|파라미터)"
    r"|(?P<training_flops>(?<![A-Za-z])training(?:[ _-](?:[kKMGTP]?flops?|compute)(?![A-Za-z])"
    r"|(?=\s*[:=：)）]))|(?<!可)训练(?![集好参]))"
    r"|(?P<memory_access>(?<![A-Za-z])memory[ _-]access(?:es)?(?![A-Za-z]))"
    r"|(?P<intensity>(?<![A-Za-z])(?:arithmetic )?intensity(?![A-Za-z]))"
    r"|(?P<backward_flops>(?<![A-Za-z])(?:backward|bwd|rückwärts\w*)(?![A-Za-z])|反向|逆伝播)"
    r"|(?P<forward>(?<![A-Za-z])(?:forward|fwd|inference)(?![A-Za-z])|前向|推理|順伝播)"
    # A matrix multiplication is a layer.
    r"|(?P<multiplications>(?<![A-Za-z_-])(?<!matrix )(?<!vector )(?<!tensor )"
    r"(?:multiplications|multiplies)(?![A-Za-z_])|(?<![阵陣])乘法|(?<!行列の)乗算|곱셈)"
    r"|(?P<additions>(?<![A-Za-z_–‐-])(?:additions"
    r"|adds(?=\s*(?:[].,;:=)}]|is|are|in|\Z)))(?![A-Za-z_])|加法|加算|덧셈)"
    r"|(?P<work>计算量|計算量|运算量|演算量|연산량)"
)
#: Words that say so only where they stand: for what none of them is, and for any number, too.
_WORDS = {
    "operations": r"ops?|operations?|операци\w*|op[eé]ra[ct]i\w+|operazion\w+|运算|演算|연산",
    "activations": r"neurons|units|outputs|output(?=\s+ha[sv])|activations?|激活值?|活性化|활성화",
    "buffers": r"buffers|running[\s_-]*(?:stat\w*|means?(?: and var\w+)?)|moving averages?",
    "kv_cache": r"(?:kv[\s_-]*)?cache",
    "params": "weights",
    "numbers": r"elements|values|entries|scalars|numbers|(?:b?f(?:loat|p)|u?int)\d*s?",
    "things": "tokens?|layers|heads|groups|channels|images|samples|blocks|experts|steps|epochs|gpus"
    f"|pixels?|seconds?|minutes?|frames|{'|'.join(sorted(v.OTHER_UNITS))}",
    "times": "times|次",
    "taken": "memory|v?ram|latency|run[- ]?time|energy|power|throughput|bandwidth|storage"
    "|time|zeit|temps|耗时|[时時][间間]|speed|速度|loss|[损損]失|errors?|误差|accuracy|spars(?:e|ity)"
    r"|receptive field|gradients?|optimi[sz]er(?: states?)?|adamw?|sgd|momentum"
    "|speicher|mémoire|memoria|память|内存|显存|メモリ|메모리",
}
#: What takes bytes, and may name them.
_KEPT = ("activations", "buffers", "kv_cache")


def _said(*kinds: str) -> str:
    words = "|".join(rf"(?P<{kind}>{_WORDS[kind]})" for kind in kinds)
    return rf"(?:\\(?:text|mathrm)\{{\s*)?(?:{words})(?![^\W为是は]|-)"


_OTHERS = regex(rf"(?i)(?:{'|'.join(_WORDS[kind] for kind in (*_KEPT, 'times'))}|variances?)")
#: Behind a formula, as its unit; alone before it; and set apart at the end.
_PLACED = (
    regex(rf"(?i)\0(?:[\s~)}}\]个個]|\\[,;:! ])*(?:of\s+)?{_said(*_WORDS)}(?![\s)\]}}]*\0)"),
    regex(
        rf"(?i)\A\W*?(?:(?:number|num|n|total|of|the)\s+)*"
        rf"{_said(*_KEPT, 'operations', 'params', 'taken')}"
        r"(?:\s*(?:count|size|memory|is|are|has|have|为|是))*[^\w\0]*\0"
    ),
    regex(
        r"(?i)(?:\A|[(\[（,，;；])\W*?(?:params?\s*\(?)?(?:(?P<active_params>activ(?:e|ated))|(?P<all>total))"
        r"(?=\s*(?:[)\]）:=：]|\Z))"
    ),
    regex(r"(?i)\b(?P<all>(?:total|all)(?=\s+param)|(?<=in )total\b)"),
    regex(rf"(?i)\A\W*?(?:(?:the )?number of|#|(?:num|n)\s)\s*{_said('things', 'params')}"),
    regex(r"(?i)\A\W*?(?:num|n|total|mem|memory)\s+(?P<taken>bytes)"),
    regex(r"(?i)\A\W*?(?:(?:the )?number of|#|(?:num|n)\s)\s*(?P<things>filters|kernels)"),
    regex(rf"(?i)\0[\s~]*\w+\s*(?:and|&|\+)\s*{_said('buffers')}"),
    regex(
        rf"(?i)[(\[（,，;；]\s*(?:with\s+)?{_said(*_KEPT, 'operations', 'things', 'taken')}"
        r"[\s.)\]）}]*\Z"
    ),
)
#: A word right behind a formula, which is its unit.
_BEHIND = regex(
    r"\0(?:[^\S\n]|[~)}\]]|\\[,;:! ])*(?:\\(?:text|mathrm)\{\s*)?"
    r"(?P<noun>(?:[^\W\d_]{2,}|[^\W\d_\0-\x7f])(?!\w|\.[\w\0]|-))(?![\s)\]}]*\0)"
)
_RUN = regex(r"[^,.;:()（），。；：\0\n]*")
#: Words there that count nothing.
_NO_NOUNS = (
    v.CONDITIONALS
    | v.PROSE
    | v.UPRIGHT_PROSE
    | v.UNIT_WORDS
    | v.SHORT
    | {*"here overall altogether together ours totals results costs sizes nums".split()}
    | {"numbers", "时", "時"}
)
#: All that is said before a formula, without how many of them there are.
_LABEL = regex(
    r"(?i)\A[^\w\0]*(?:(?:the|an?|total|number|of|all)\s+)*"
    r"(?P<noun>[^\W\d_][^\W\d]*(?:[ -][^\W\d]+)?)"
    r"\s*(?:[:=：≈]|is|are|has|have|[为是は])[^\w\0]*\0"
)
#: In r_s the s is an index.
_PLURAL = regex(r"[!-~]*[^ius_]s")
_SPENT = regex(r"(?i)latency|time|energy|power|throughput|bandwidth|speed|[时時][间間]")
_UNIT = regex(r"(?i)\0(?:trainable|learnable|total|[\s~)}\]个個次개])*\Z")
#: Words for sizes that are words for weights, too.
_WEIGHTS = frozenset("kernel filter filters unit units".split())
#: Words for what the quantities count, in other languages too.
_WHAT_COUNTS = regex(
    r"(?i)\b(?:par[aá]m|парам|poids|pes[oi]|gewichte|vægte|vikter|connections|coefficients|entries|values"
    r"|variable|numbers|op[eé]ra|multipl)|पैरामीटर|معلم"
)
#: What says of a number of things that it is one of bytes: model size, 显存, 4 B.
_MEMORY = regex(
    r"memory|storage|footprint|\bsize|\bv?ram\b|disk|[Bb]ytes?(?![a-z])|[0-9kKMGTP}\s]i?B(?![A-Za-z])"
    r"|内存|显存|存储|大小|メモリ|メモリー|메모리|[Ss]peicher|mémoire|memoria|память"
)
_TRAINED = frozenset({"training_flops", "backward_flops"})
_BOTH = ("multiplications", "additions")
_WORK = ("flops", "macs", "operations")


def names_quantity(words: str) -> bool:
    """Whether these words are what is counted: running stats, KV cache, multiplications."""
    return (_COUNTED.fullmatch(words) or _OTHERS.fullmatch(words)) is not None


def counted_otherwise(
    written: str, text: str, outside: str, target: Member, *, nouns: bool = True
) -> tuple[list[str], tuple[str, re.Match[str]] | None]:
    """What a text counts, where that is not the quantity that it is held against.

    Notes on it, and what is counted, as the words of this module call it, with its place. FLOPs
    named beside MACs are a convention. ``text``: what is ``written`` without what is asked in it,
    ``outside``: with a sign in the place of its formulas. ``nouns``: any word behind one counts.

    Raises:
        ParseError: what is counted is no number of bytes, or none of the target at all.
    """
    measures = {quantity.measure for quantity in target.quantities}
    named = {match.lastgroup or "": match for match in _COUNTED.finditer(text)}
    if measures == {"memory_access"} and named.get("macs", [""])[0] == "MAC":
        del named["macs"]  # memory access cost
    for place in _PLACED:
        named |= {match.lastgroup or "": match for match in place.finditer(outside)}
    held = " and ".join(sorted(measures))
    if share := _share(named, measures):
        return [f"{share[0]} named, held against {held}"], share
    spoken = {measure.rpartition("_")[2] for measure in measures}
    counted = [match for kind, match in named.items() if kind not in {*_KEPT, "taken"}]
    in_bytes = counts_bytes(target.written)
    spent = [named[kind] for kind in ("flops", "macs", "intensity", *_BOTH) if kind in named]
    if in_bytes and (spent or (counted and not _MEMORY.search(text))):
        raise _no_unit(written, (spent or counted)[0], "bytes")
    if in_bytes and (other := kept_otherwise(text, measures)):
        raise _no_unit(written, other, held)
    other = _other_thing(named, measures, outside, target, nouns=nouns)
    if other:
        raise _no_unit(written, other, held)
    passes = named.keys() & (_TRAINED | {"forward"} if measures & _TRAINED else _TRAINED)
    if len(passes) == 1 and passes.isdisjoint(measures):
        return [f"{min(passes)} named, held against {held}"], (min(passes), named[min(passes)])
    both = _BOTH if {*_BOTH} <= named.keys() else ()
    for kind in ("times", "numbers", "forward"):
        named.pop(kind, None)
    done = [named.pop(kind, None) for kind in ("work", "operations", *both)]
    work = next(filter(None, done), None)  # MACs or FLOPs, where it is not said which
    if work and named.keys().isdisjoint({"macs", "flops"}):
        named[next((kind for kind in _WORK if kind in spoken), _WORK[0])] = work
    named = _contradicting(outside, named, measures | spoken)
    if not named or not (measures | spoken).isdisjoint(named):
        return [], None
    if [*named] == ["flops"] and "macs" in measures:
        times = isinstance(target.asked, Product)  # 2 macs(X) says how many
        return [f"FLOPs as {target.written if times else 'MACs: 1 FLOP per MAC'}"], None
    named_so = [*named] == ["macs"] and "flops" in measures
    told = f"{' and '.join(named)} named, held against {held}"
    told = "MACs as the FLOPs of the target" if named_so else told
    return [told], None if in_bytes else next(iter(named.items()))


def _contradicting(
    outside: str, named: dict[str, re.Match[str]], held: set[str]
) -> dict[str, re.Match[str]]:
    """What is named as the unit behind a formula or as its label, where that alone is not held."""
    formula = outside.find("\0")
    behind = _units_behind(outside, named)
    labels: dict[int, set[str]] = {}  # by the sign of the member that they name
    for kind, match in named.items():
        end = match.end(match.lastgroup or 0)
        if end <= formula:
            labels.setdefault(outside.find("=", end), set()).add(kind)
    for kinds in (behind, *labels.values()):
        if kinds and kinds.isdisjoint(held):
            return {kind: named[kind] for kind in kinds}
    return named


def _units_behind(outside: str, named: dict[str, re.Match[str]]) -> set[str]:
    return {k for k, m in named.items() if _UNIT.search(outside[: m.start(m.lastgroup or 0)])}


def _other_thing(
    named: dict[str, re.Match[str]],
    measures: set[str],
    outside: str,
    target: Member,
    *,
    nouns: bool,
) -> re.Match[str] | None:
    """What a text counts that is no quantity, or none of the target's."""
    known = {match.start(kind) for kind, match in named.items()}
    taken = named.pop("taken", None)
    rate = len(measures) > 1 and isinstance(target.asked, Quotient)  # macs/params: HW MACs
    noun = next(filter(_is_noun, _BEHIND.finditer(outside)), None) if nouns else None
    both = _units_behind(outside, named) & {"macs", "flops"}  # HW MACs = 2HW FLOPs
    noun = None if noun and noun.start("noun") in known else noun
    things = named.get("things")
    if things and counts_bytes(target.written) and "\0" in outside[things.end() :]:
        del named["things"]  # 512 KiB × 4096 tokens = 2 GiB
    others = (
        None if measures & {*_WORK} or "/" in target.written else named.get("times"),
        named.get("things"),
        None if counts_bytes(target.written) and not _SPENT.search(outside) else taken,
        named.get("numbers") if measures <= {*_WORK} else None,
        named.get("buffers") if measures == {"params"} <= named.keys() else None,
        next(iter(named.values()), None) if rate and not measures <= named.keys() else None,
        noun,
        _no_result(outside, known),
        next((named[kind] for kind in (both - measures if len(both) > 1 else ())), None),
    )
    return next(filter(None, others), None)


def _share(named: dict[str, re.Match[str]], measures: set[str]) -> tuple[str, re.Match[str]] | None:
    """The whole, where a part is asked for: all parameters, both passes; or the other way round."""
    if measures == {"backward_flops"} and {"forward", "backward_flops"} <= named.keys():
        return "training_flops", named["forward"]
    every, some = named.pop("all", None), named.get("active_params")
    if every and measures == {"active_params"}:
        return "params", every
    return ("active_params", some) if some and measures == {"params"} else None


def _no_result(text: str, known: set[int]) -> re.Match[str] | None:
    """A label that is the name of a size, vocab, or says in a plural what is counted.

    ``known``: where the words stand that say what it is of.
    """
    label = _LABEL.match(text)
    if label is None or label.start("noun") in known:
        return None
    written = label["noun"].lower()
    singular = written.removesuffix("s")
    if written in _WEIGHTS | (_NO_NOUNS - v.UNIT_WORDS):
        return None
    if layer_called(written) or layer_meant(singular):
        return None
    plural = _PLURAL.fullmatch(written) and word_kind(written) == "W"
    counts = _COUNTED.search(written) or _WHAT_COUNTS.search(written) or meant(written)
    sizes = not SIZES.keys().isdisjoint(sizes_called(written))
    return label if sizes or (plural and not counts) else None


def _is_noun(behind: re.Match[str]) -> bool:
    """Whether a word says what is counted, with no word behind it for what the quantities count."""
    noun = behind["noun"].lower()
    if noun == "biases" and behind.string[behind.end() :].lstrip()[:1] in ("=", "+"):
        return False  # weights + 128 biases =
    if word_kind(noun) != "W" or noun in _NO_NOUNS:
        return False
    run = _RUN.match(behind.string, behind.start("noun"))
    said = run[0].lower() if run else noun
    counts = _WHAT_COUNTS.search(said) or _COUNTED.search(said)
    return not counts and v.UNITS.isdisjoint(said.split())


def _no_unit(text: str, said: re.Match[str], held: str) -> ParseError:
    """The error for what is counted and is nothing of what the target counts."""
    problem = f"{said[said.lastgroup or 0]} are no {held}, which the target counts"
    hint = "leave the word out, or hold the text against what it counts"
    return ParseError(text, *said.span(said.lastgroup or 0), problem, hint)
