"""No false proof by misreading: what stands around a formula is read, told or refused."""

from __future__ import annotations

import pytest

from closedform import verify
from closedform.errors import ParseError
from closedform.language.around import patterns
from closedform.language.around.kinds import items_of, shape
from closedform.language.around.patterns import Pattern, pattern_of
from closedform.language.scanning.scan import scan

CONV = "params(conv)"
BIAS = "params(conv(bias))"
KNOWN = frozenset("kMN")

#: What is said around ``k^2 M N`` and would change it, in words of several languages and scripts.
CHANGES = [
    "{} 的2倍",
    "{} 的一半",
    "{} 再乘以 H",
    "小于 {}",
    "{}（每组）",
    "{}，的一半",
    "{} の半分",
    "{} 未満",
    "{}의 절반",
    "half of {}",
    "a third of {}",
    "the square root of {}",
    "twice {}",
    "less than {}",
    "at most {}",
    "around half {}",
    "{} (in millions)",
    "{} per group, times g",
    "{} (halved)",
    "{}, doubled",
    "{} each",
    "{} of 2 layers",
    "{}, 2 layers",
    "{} (x2)",
    "{} is half the cost",
    "{} weights is less than the cost",
    r"{}\text{{ per group}}",
    r"{}~\text{{halved}}",
    r"{} \quad \text{{(each)}}",
    r"\text{{half of }} {}",
    "la moitié de {}",
    "die Hälfte von {}",
    "половина {}",
    "mitad de {}",
    "połowa {}",
    "puolet {}",
    "gấp đôi {}",
    "نصف {}",
    # labels that compute
    "sqrt(params) = {}",
    "half the total = {}",
    "params is not {}",
    "params × groups = {}",
    "2 params = {}",
    "params/2 = {}",
    "-params = {}",
    "params - 2 = {}",
    "params^2 = {}",
    "params per group = {}",
    "params (in thousands): {}",
    "每组参数量 = {}",
    "参数量的一半 = {}",
]
#: The nearest that say nothing of the kind.
NEUTRAL = [
    "{}",
    "Params: {}",
    "# params = {}",
    "参数量 {}",
    "{} (weights and bias)",
    "{}, the bias included",
    "{}（含偏置）",
    "{} 个参数",
    "{} params",
    "{}  # conv with bias",
    "The convolution has {} parameters.",
    "Total number of parameters: {}",
    "ResNet-50 params = {}",
    "MobileNetV3-Small params = {}",
    "パラメータ数は {}",
    "nombre de paramètres : {}",
    "Anzahl der Parameter: {}",
    "{} = number_parameters",
    r"{} \quad \text{(scale and shift)}".replace("{(", "{{(").replace(")}", ")}}"),
]


@pytest.mark.parametrize("around", CHANGES)
def test_words_that_change_a_formula_are_refused(around: str) -> None:
    with pytest.raises(ParseError) as caught:
        verify(around.format("k^2 M N"), target=CONV)
    assert caught.value.hint


@pytest.mark.parametrize("around", NEUTRAL)
def test_words_that_only_name_leave_a_formula_proven(around: str) -> None:
    assert verify(around.format("k*k*M*N + N"), target=BIAS).verdict == "proven"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("2 M N(batch_size)", "flops(linear, convention=mac2)"),
        ("k^2 M N (kernel_size)", CONV),
        ("params(conv) = k^2 M N (kernel_size)", None),
        ("-(-M//N) = floor(M/N)", None),
        ("-7//2 = -3", None),
    ],
)
def test_a_factor_is_never_left_out(text: str, target: str | None) -> None:
    assert verify(text, target=target).verdict == "refuted"


@pytest.mark.parametrize(
    "text", ["params(conv) = k^2 M N (weights)", "params(conv) = k^2 M N, kernel", "a = b or c"]
)
def test_a_whole_claim_is_read_to_its_end(text: str) -> None:
    with pytest.raises(ParseError):
        verify(text)


TABLES = {
    "LABELS": patterns.LABELS,
    "IN_WORDS": patterns.IN_WORDS,
    "LEADS": patterns.LEADS,
    "ASIDES": patterns.ASIDES,
    "TAILS": patterns.TAILS,
}


@pytest.mark.parametrize(
    ("table", "row"),
    [(name, row) for name, table in TABLES.items() for row in table],
    ids=lambda part: part.name if isinstance(part, Pattern) else part,
)
def test_a_pattern_describes_its_example(table: str, row: Pattern) -> None:
    found = scan(row.example)
    kinds = shape(items_of(found, found.tokens, KNOWN))
    if table == "ASIDES":
        kinds = kinds[1:-1]
    runs = [kinds] if table != "TAILS" else [kinds[i:] for i in range(len(kinds))]
    assert any(pattern_of(TABLES[table], run) is row for run in runs), kinds
