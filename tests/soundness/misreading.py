"""Right formulas in the words, units, scripts and TeX habits of others, with the truth known.

What stands around a formula is made here by rule: words that name leave it true, words that say
how much make it another claim, which may be refuted or refused and never proven. The words are the
tests' own; nothing here rests on the code under test.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from closedform import verify
from closedform.errors import ClosedformError
from tests.soundness.surrounded import surrounded

#: (target, its formula with a times sign between all factors, one that is wrong)
FORMULAS = (
    ("params(conv)", "k^2*M*N", "k^2*M*N*N"),
    ("params(conv(bias))", "k^2*M*N + N", "k^2*M*N + M"),
    ("params(linear(bias))", "M*N + N", "M*N + 2*N"),
    ("macs(conv)", "k^2*M*N*H*W", "k*M*N*H*W"),
    ("params(depthwise_conv)", "k^2*M", "k^2*M*M"),
    ("params(conv(k=3, M=C_i, N=C_o))", "9*C_i*C_o", "9*C_i*C_i"),
    ("4 b s^2 d + 2 b s d", "4*b*s^2*d + 2*b*s*d", "4*b*s^2*d + 2*b*s"),
    ("(2 M - 1) N", "(2*M - 1)*N", "(2*M + 1)*N"),
)
#: Words that name, in their language.
NAMES = (
    "bias", "weights", "conv layer", "kernel and bias", "no padding", "without bias", "in PyTorch",
    "偏置", "卷积层", "不含偏置", "输入通道", "含权重", "バイアスなし", "畳み込み層",
    "편향 포함", "합성곱",
    "mit Bias", "ohne Bias", "Faltung", "avec biais", "sans biais", "couche de convolution",
    "con sesgo", "capa densa", "com viés", "con bias", "без смещения", "слой свёртки", "z biasem",
    "met bias", "bias dahil", "có bias", "dengan bias", "see Table 2",
    "с учётом смещения", "मय बायस",
)  # fmt: skip
#: Words that say how much, how often, more or less, or no.
AMOUNTS = (
    "half", "halved", "twice", "doubled", "tripled", "per group", "per head", "each", "times g",
    "in millions", "in thousands", "less than", "at most", "at least", "squared", "minus bias",
    "divided by g", "a third of", "the square root of", "3 layers", "for every head", "a quarter",
    "50%", "not", "10 times", "two copies", "upper bound", "fraction", "percent",
    "worst case", "amortized", "inverse", "excluding M", "取整", "対数", "평균",
    "的2倍", "的一半", "两倍", "每组", "小于", "大于", "再乘以g", "除以g", "至多", "以下",
    "三层", "百万",
    "の半分", "の2倍", "未満", "グループごと", "以上", "의 절반", "두 배", "그룹당", "미만", "이하",
    "Hälfte", "doppelt", "pro Gruppe", "weniger als", "mal zwei", "geteilt durch g", "in Millionen",
    "la moitié", "le double", "par groupe", "moins de", "fois deux", "en millions", "au plus",
    "la mitad", "el doble", "por grupo", "menos que", "cada capa", "en millones",
    "metade", "o dobro", "por grupo", "menos de", "metà", "il doppio", "per gruppo", "meno di",
    "половина", "вдвое больше", "на группу", "меньше", "в миллионах", "раза",
    "połowa", "na grupę", "mniej niż", "de helft", "per groep", "minder dan",
    "up to", "over g", "all layers", "for one group", "all but the bias", "repeated", "overhead",
    "x2 per GPU", "累计", "节省", "除外的倍数", "누적", "감소", "引く", "全層", "kumuliert",
    "Kehrwert", "gerundet", "excepto", "redondeado", "sauf", "écart", "tranne", "arrotondato",
    "até", "dobrado", "кроме", "округлено", "в среднем",
    "yarısı", "grup başına", "iki kat", "một nửa", "mỗi nhóm", "setengah", "per grup", "dua kali",
)  # fmt: skip
#: What a name may stand in, before a formula and behind it.
BEFORE = (
    "{w}: {f}", "{w} = {f}", r"\text{{{w}}} = {f}", "**{w}**: {f}", "{w}：{f}", "- {w}: {f}",
    "Params ({w}) = {f}", "Params ({w}): {f}", "1. {w}: {f}", r"\text{{Params ({w})}} = {f}",
)  # fmt: skip
BEHIND = (
    "{f} ({w})", "{f}（{w}）", "{f}, {w}", "{f}; {w}", "{f} — {w}", "{f}\n{w}", "{f}，{w}",
    "{f}. {w}",
    r"{f} \quad \text{{{w}}}", r"{f} \quad (\text{{{w}}})", r"{f}\ (\text{{{w}}})", "{f} [{w}]",
    r"{f} \qquad \text{{({w})}}", r"{f} \\ \text{{{w}}}", "{f} params ({w})", "{f} ({w}).",
    "{f}  # {w}", "{f} // conv, {w}", r"{f}\footnote{{{w}}}", "{f}: {w}",
)  # fmt: skip
#: Words that make an approximation of what they stand beside.
ROUGH_BEFORE = (
    "roughly {f}", "about {f}", "approx. {f}", "params is approximately {f}",
    "Params (approx.) = {f}",
    "约 {f}", "参数量约为{f}", "およそ {f}", "대략 {f}", "etwa {f}", "environ {f}", "около {f}",
    "leading term: {f}", "≈ {f}", "estimated params: {f}",
)  # fmt: skip
ROUGH_BEHIND = ("{f} (approximately)", "{f}, roughly", "{f} (estimate)", "{f} (leading order)")
#: A switch of a program beside a formula.
SWITCHES = (
    "{f} ({s})", "{f}, {s}", "{f}  # {s}", "{f} for {s}", "{f} if {s}", "{f} [{s}]",
    "Params ({s}) = {f}",
    "{f} // {s}", "{f}; {s}",
)  # fmt: skip
#: Words that say of a bias whether it is there; where none is told of, it is.
STATES = {
    True: ("with bias", "incl. bias", "bias included", "mit Bias", "avec biais", "含偏置", "带偏置",
           "バイアスあり", "편향 포함", "с учётом смещения", "w/ bias", "weights and bias"),
    False: ("without bias", "no bias", "w/o bias", "bias omitted", "excl. bias", "ohne Bias",
            "sans biais", "不含偏置", "无偏置", "バイアスなし", "편향 제외", "без смещения"),
}  # fmt: skip
#: What a formula is said to be: its quantity, or its layer; and what it is then.
SAID = {
    "params": "params({})", "parameters": "params({})", "MACs": "macs({})", "MAdds": "macs({})",
}  # fmt: skip
LAYERS = {
    "depthwise conv": ("depthwise_conv", "k^2*M"), "depth-wise": ("depthwise_conv", "k^2*M"),
    "pointwise convolution": ("pointwise_conv", "M*N"), "逐点卷积": ("pointwise_conv", "M*N"),
    "standard conv": ("conv", "k^2*M*N"), "普通卷积": ("conv", "k^2*M*N"),
}  # fmt: skip
#: No sign between the words and the formula: another formula, or none.
BESIDE = ("{w} {f}", "{f}{w}", "{f} {w}", r"\text{{{w}}} {f}", r"{f}~\text{{{w}}}", "{f} {w}, {f}")
#: Names of the result, in which nothing is computed.
LABELS = (
    "Params",
    "参数量",
    "#params",
    "P",
    "Total",
    "パラメータ数",
    "FLOPs (224x224)",
    "W_total",
    "Anzahl",
)
#: What computes with the result.
COMPUTED = (
    "2*{l} = {f}",
    "sqrt({l}) = {f}",
    "{l}/2 = {f}",
    "-{l} = {f}",
    "{l}^2 = {f}",
    "1/{l} = {f}",
)
#: What a number is rounded to.
SCALES = (
    (10**3, ("k", "K", " K", " thousand")),
    (10**6, ("M", " M", " million", " MB", r"\,\text{M}")),
    (10**9, ("G", " GB", " billion", r"~\text{GB}")),
    (2**20, (" MiB",)),
    (2**30, (" GiB",)),
)


class Reading(NamedTuple):
    """A text, what it is held against, and whether it is true: None where it says another thing.

    Without a target the text is a whole claim. ``rough``: true as an approximation, which may be
    left undecided.
    """

    text: str
    target: str | None
    true: bool | None
    rough: bool = False


def readings(seed: int, count: int) -> Iterator[Reading]:
    """So many texts, the same for the same seed."""
    rng = random.Random(seed)
    for _ in range(count):
        yield rng.choice(
            (
                _named,
                _named,
                _amount,
                _amount,
                _inside,
                _whole,
                _beside,
                _computed,
                _factor,
                _number,
                _abbreviated,
                _conditioned,
                _in_cases,
                _converted,
                _rough,
                _switched,
                _sized,
                _stated,
                _called,
                _indexed,
                _surrounded,
                _surrounded,
                _surrounded,
                _bounds,
            )
        )(rng)


def _surrounded(rng: random.Random) -> Reading:
    return Reading(*surrounded(rng))


def judged(reading: Reading) -> str:
    """The verdict on a text, or ``refused``.

    Raises:
        AssertionError: a false proof or a false refutation.
    """
    try:
        verdict = verify(reading.text, target=reading.target)
    except ClosedformError:
        return "refused"
    if verdict.verdict == "proven":
        assert reading.true is True, ("false proof", reading, verdict.read_as)
        assert not reading.rough, ("false proof", reading, verdict.read_as)
    if verdict.verdict == "refuted":
        assert reading.true is not True, ("false refutation", reading, verdict.read_as)
    return verdict.verdict


def _formula(rng: random.Random) -> tuple[str, str, bool]:
    """A target, a formula in some script, and whether it is right."""
    target, right, wrong = rng.choice(FORMULAS)
    true = rng.random() < 0.7
    return target, _typed(rng, right if true else wrong), true


def _typed(rng: random.Random, formula: str) -> str:
    """The formula with other signs, as typed or in TeX."""
    if rng.random() < 0.4:
        formula = formula.replace("*", rng.choice((r" \cdot ", r" \times ", r"\,", "~", " ")))
        formula = formula.replace("^2", rng.choice(("^2", "^{2}")))
        if rng.random() < 0.3:
            formula = re.sub(r"([CMN])(?!_)", r"{\1}", formula)
        return rng.choice(("${}$", r"\({}\)", "$ {} $")).format(formula)
    power = rng.choice(("^2", "²", "**2"))
    times = rng.choice(("*", " * ", "×", "·", " × ", " "))
    full = {ord(a): chr(ord(a) + 0xFEE0) for a in "kMNHW+()"} if rng.random() < 0.1 else {}
    return (
        formula.replace("^2", power)
        .replace("*", times if "**" not in power else "*")
        .translate(full)
    )


def _named(rng: random.Random) -> Reading:
    target, formula, true = _formula(rng)
    if rng.random() < 0.5:
        formula = rng.choice(BEFORE[:2]).format(w=rng.choice(LABELS), f=formula)
    if rng.random() < 0.7:
        formula = rng.choice(BEHIND).format(w=rng.choice(NAMES), f=formula)
    return Reading(formula, target, true)


def _whole(rng: random.Random) -> Reading:
    """A whole claim, by itself or with words that no whole claim has."""
    target, formula, true = _formula(rng)
    claim = f"{target} = {formula}"
    if rng.random() < 0.4:
        return Reading(claim, None, true)
    words = rng.choice(NAMES + AMOUNTS + ("batch_size", "kernel_size"))
    words = words if words != "weights" else "bias"  # which are a unit
    return Reading(rng.choice(BEFORE + BEHIND + BESIDE).format(w=words, f=claim), None, None)


def _inside(rng: random.Random) -> Reading:
    """A remark behind a factor inside the formula, in words that name or say how much."""
    target, right, wrong = rng.choice(FORMULAS)
    true = rng.random() < 0.6
    words, change = (
        (rng.choice(NAMES), False) if rng.random() < 0.5 else (rng.choice(AMOUNTS), True)
    )
    sign = rng.choice(("*", "×", " * ", r"\times "))
    shown = (right if true else wrong).replace("*", sign)
    places = [m.end() for m in re.finditer(r"[MNHWd](?![_a-z])", shown)]
    if not places:
        return _amount(rng)
    at = rng.choice(places)
    aside = rng.choice((" ({w})", "({w})", "（{w}）", r"(\text{{{w}}})")).format(w=words)
    return Reading(shown[:at] + aside + shown[at:], target, None if change else true)


def _amount(rng: random.Random) -> Reading:
    target, formula, _ = _formula(rng)
    words = rng.choice(AMOUNTS)
    if rng.random() < 0.3:
        words = rng.choice(("{a} {n}", "{n} {a}", "{n}, {a}")).format(a=words, n=rng.choice(NAMES))
    return Reading(rng.choice(BEFORE + BEHIND).format(w=words, f=formula), target, None)


def _beside(rng: random.Random) -> Reading:
    target, formula, _ = _formula(rng)
    return Reading(rng.choice(BESIDE).format(w=rng.choice(AMOUNTS), f=formula), target, None)


def _computed(rng: random.Random) -> Reading:
    target, formula, true = _formula(rng)
    label = rng.choice(("Params", "params", "FLOPs", "参数量", "total", "weights"))
    sign = rng.choice(COMPUTED)
    # MACs are half of the FLOPs with two for each, which is told.
    halved = label == "FLOPs" and sign == "{l}/2 = {f}" and target.startswith("macs(")
    return Reading(sign.format(l=label, f=formula), target, true if halved else None)


def _factor(rng: random.Random) -> Reading:
    """A factor that looks like a remark."""
    target, formula, _ = _formula(rng)
    word = rng.choice(("batch_size", "kernel_size", "num_groups", "n_heads", "seq_len", "2", "3x"))
    return Reading(
        rng.choice(("({f})({w})", "({f}) ({w})", "({f}) {w}")).format(f=formula, w=word),
        target,
        None,
    )


def _abbreviated(rng: random.Random) -> Reading:
    """A formula that stands in an abbreviation of its own, in every way to define one."""
    target, right, wrong = rng.choice(FORMULAS)
    true = rng.random() < 0.6
    body = (right if true else wrong).replace("*", rng.choice((r" \cdot ", r" \times ", r"\,")))
    body = body.replace(" + ", rng.choice((" + ", " %\n  + ", "% remark\n+ ")))
    define = rng.choice(
        (
            r"\newcommand{\f}{%s}\f",
            r"\newcommand*\f {%s} $\f$",
            r"\def\f{%s}\(\f\)",
            r"\NewDocumentCommand{\f}{}{%s}\f",
            r"\newcommand{\g}{%s}\let\f=\g \renewcommand{\g}{1}\f",
            r"\newcommand{\f}[1]{#1}\f{%s}",
            r"\newcommand{\f}[2][1]{#2}\f{%s}",
            r"\DeclareRobustCommand\f{%s} P = \f",
        )
    )
    return Reading(define % body, target, true)


def _conditioned(rng: random.Random) -> Reading:
    """A size that is given in words behind the formula, the right one or another."""
    value, other = rng.sample(range(2, 9), 2)
    true = rng.random() < 0.5
    lead = rng.choice(
        (" for ", " where ", ", for ", " if ", "，其中 ", r" \text{ for } ", " when ")
    )
    formula = rng.choice(("k*M*N", "k M N", r"k \cdot M \cdot N", "N M k"))
    text = f"{formula}{lead}k = {value if true else other}"
    return Reading(text, f"{value}*M*N", true)


def _in_cases(rng: random.Random) -> Reading:
    """The larger of two sizes, row by row."""
    rows = [("M", "M > N"), ("N", rng.choice((r"M \le N", r"\text{otherwise}", r"N \ge M")))]
    true = rng.random() < 0.6
    if not true:
        rows = [("N", rows[0][1]), ("M", rows[1][1])]
    lead = rng.choice(("", r"\text{if } ", r"\text{for } "))
    lines = r" \\ ".join(
        f"{value} & {'' if 'otherwise' in beside else lead}{beside}" for value, beside in rows
    )
    factor = rng.choice(("", "2", "k "))
    text = rf"{factor}\begin{{cases}} {lines} \end{{cases}}"
    return Reading(rng.choice(("{}", "$P = {}$")).format(text), f"{factor or '1'}*max(M, N)", true)


def _converted(rng: random.Random) -> Reading:
    """Memory in one unit and in another: exact, wrong, or in the other base."""
    power, base = rng.randint(1, 3), rng.choice((1000, 1024))
    units = ("KB", "MB", "GB") if base == 1000 else ("KiB", "MiB", "GiB")
    number = rng.randint(1, 40)
    below = units[power - 2] if power > 1 else "bytes"
    right = number * base
    shown = rng.choice((right, right, number * (2024 - base), right + base // 2 + 3))
    sides = [f"{number} {units[power - 1]}", f"{shown} {below}"]
    rng.shuffle(sides)
    return Reading(" = ".join(sides), None, shown == right)


def _rough(rng: random.Random) -> Reading:
    """A formula said to be rough: where a small term is missing it is no equality, and right."""
    exact, target, formula = rng.choice(
        (
            ("params(conv)", "params(conv(bias))", "k^2*M*N"),
            ("params(linear)", "params(linear(bias))", "M*N"),
            ("12 d^2", "12 d^2 + 13 d", "12*d^2"),
        )
    )
    text = rng.choice(ROUGH_BEFORE + ROUGH_BEHIND).format(f=_typed(rng, formula))
    rough = rng.random() < 0.6
    return Reading(text, target if rough else exact, True, rough)


def _switched(rng: random.Random) -> Reading:
    """A bias that is switched on or off beside a formula with or without it."""
    with_bias, on = rng.random() < 0.5, rng.random() < 0.5
    formula = "k*k*M*N + N" if with_bias else "k*k*M*N"
    name = rng.choice(("bias", "use_bias"))
    switch = f"{name}{rng.choice(('=', ' = '))}{on}"
    target = "params(conv(bias))" if with_bias else "params(conv)"
    text = rng.choice(SWITCHES).format(f=formula, s=switch)
    return Reading(text, target, True if on == with_bias else None)


def _stated(rng: random.Random) -> Reading:
    """A formula with a bias or without, said to have one or not: both as in the target, or not."""
    held, said = rng.random() < 0.5, rng.random() < 0.5
    layer, formula, bias = rng.choice((("conv", "k^2*M*N", "N"), ("linear", "M*N", "N")))
    words = rng.choice(STATES[said])
    text = rng.choice(BEFORE + BEHIND).format(w=words, f=_typed(rng, formula + f" + {bias}" * held))
    return Reading(text, f"params({layer}({'bias' * held}))", True if held == said else None)


def _called(rng: random.Random) -> Reading:
    """A formula of one layer and quantity, said to be of these or of others."""
    said, target = rng.choice([*LAYERS]), rng.choice([*LAYERS])
    counted, measure = rng.choice([*SAID]), rng.choice([*SAID])
    layer, formula = LAYERS[target]
    formula += "*H*W" * SAID[measure].startswith("macs")
    same = SAID[counted] == SAID[measure] and LAYERS[said] == LAYERS[target]
    label = rng.choice((f"{said} {counted}", f"{counted} ({said})", f"{counted}, {said}"))
    text = rng.choice(("{}: {}", "{} = {}")).format(label, _typed(rng, formula))
    return Reading(text, SAID[measure].format(layer), True if same else None)


def _sized(rng: random.Random) -> Reading:
    """A formula in symbols, and the numbers of the layer put in."""
    k, m, n = rng.randint(2, 7), rng.randint(2, 99), rng.randint(2, 99)
    result = k * k * m * n
    formulas = (("k^2*M*N", True), ("k^2 M N", True), ("k*M*N", False), ("k^2*M + N", False))
    formula, right = rng.choice(formulas)
    shown = result + rng.choice((0, 0, 0, 1, n))
    middle = rng.choice(("", f" = {k}*{k}*{m}*{n}", f" = {k}^2*{m}*{n}"))
    where = rng.choice(("", "", f" where k = {k + 1}"))
    true = right and shown == result and not where
    return Reading(
        f"{formula}{middle} = {shown}{where}", f"params(conv(k={k}, M={m}, N={n}))", true
    )


def _bounds(rng: random.Random) -> Reading:
    """A bound with the name of the result on one side of it, or between two."""
    target, formula, _ = rng.choice(FORMULAS)
    more = rng.choice((-1, 0, 1))
    shown = _typed(rng, formula) + {-1: " - 1", 0: "", 1: " + 1"}[more]
    if "$" in shown or r"\(" in shown:
        return _bounds(rng)
    name = rng.choice(("params", "P_0", "Total", "参数量"))
    holds = {"<": more > 0, "<=": more >= 0, ">": more < 0, ">=": more <= 0}
    sign = rng.choice([*holds])
    turned = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}[sign]
    text = rng.choice((f"{name} {sign} {shown}", f"{shown} {turned} {name}"))
    if rng.random() < 0.2:
        return Reading(f"0 < {shown} {turned} {name}", target, None)
    return Reading(text, target, holds[sign])


def _indexed(rng: random.Random) -> Reading:
    """Indices above a letter, in the brackets of papers."""
    left, right = rng.choice((("(", ")"), ("[", "]")))
    one, two = (f"n^{{{left}{i}{right}}}" for i in rng.sample(("1", "2", "l", "l-1", "l+1"), 2))
    sides = [f"{one} {two} + {one}", rng.choice((f"{one} ({two} + 1)", f"{two} ({one} + 1)"))]
    true = sides[1].startswith(one)
    rng.shuffle(sides)
    return Reading(rng.choice((" = ", " &= ")).join(sides), None, true)


def _number(rng: random.Random) -> Reading:
    """A number that is rounded to a unit, or to one that it is not."""
    n = rng.randint(2, 2000) * rng.randint(2, 2000) * rng.choice((1, 9, 49, 1000, 1024))
    scale, units = rng.choice(SCALES)
    digits = rng.choice((1, 2, 3))
    scaled = round(Fraction(n, scale) * 10**digits)
    if scaled < 100 or 2 * abs(Fraction(n, scale) * 10**digits - scaled) == 1:
        return _number(rng)
    true = rng.random() < 0.6
    shown = scaled if true else scaled + rng.choice((-3, 2, 7, 40))
    text = f"{shown // 10**digits}.{shown % 10**digits:0{digits}d}{rng.choice(units)}"
    divided = f"{n} / {scale}" if rng.random() < 0.2 else str(n)
    return Reading(f"{divided} = {text}" if rng.random() < 0.5 else text, divided, true)
