"""Growth: exponents, leading terms and limits of shares, and the largest sizes within a budget."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest

from closedform.algebra.exact import value
from closedform.algebra.leading import leading
from closedform.catalogue import lookup
from closedform.cli import main
from closedform.errors import ClosedformError, UnknownName
from closedform.figures.growth import growth
from closedform.reading import parse, parse_layers
from closedform.solving.solve import solve
from closedform.typeset.cells import plain

#: A formula, the size that grows, its leading term, and from where on that leads.
LEADING = (
    ("2 d n^2 + 12 d^2 n", "n", "2dn²", "6d"),
    ("2 d n^2 + 12 d^2 n", "d", "12d²n", "n/6"),
    ("3 n^2 + 100 n + 7", "n", "3n²", 34),
    ("5 n", "n", "5n", 1),
    ("n + 1/(2 d)", "n", "n", 1),
    ("n - d", "n", "n", 1),
    ("n^2 + d n + d", "n", "n²", None),
    ("ceil(R/2)^2 + 9 floor((R + 3)/4)", "R", "R²/4", None),
    ("max(1, a) b + min(a, 3)", "a", "ab", None),
    ("(n^3 + n)/(n + 1)", "n", "n²", None),
    ("max(2n, ceil(5n/2), d)", "n", "5n/2", None),
    ("min(2n, 3n) d", "n", "2dn", None),
    ("d + 1/n", "n", "d", None),
    ("max(n, d n)", "n", "dn", None),
    ("(n + d)^2 - n^2", "n", "2dn", "d/2"),
    ("2 sqrt(n^4 + d)", "n", "2n²", None),
)


@pytest.mark.parametrize(("formula", "name", "term", "from_where"), LEADING)
def test_the_leading_term(formula: str, name: str, term: str, from_where: object) -> None:
    top = leading(parse(formula), name)
    bound = top.leads_from()
    assert (plain(top.term), bound if isinstance(bound, int) else plain(bound)) == (
        term,
        from_where,
    )


@pytest.mark.parametrize(
    "formula", ["2^n", "log(n)", "sqrt(n)", "n log(n)", "floor(1/n)", "floor((2n - 1)/n)"]
)
def test_what_does_not_grow_as_a_power_is_said(formula: str) -> None:
    with pytest.raises(ClosedformError, match="it is not known how"):
        leading(parse(formula), "n")


def test_a_size_of_unknown_growth_leaves_the_others_theirs() -> None:
    shown = growth("vit")
    assert shown.notes == ("it is not known how floor grows with k",)
    assert {str(row[0]): row[3] for row in shown.rows if row[1] == "MACs"} == {
        "L": 2, "d": 4, "k": None, "R": 16, "K": 2,
    }  # fmt: skip
    with pytest.raises(ClosedformError, match="it is not known how floor grows with k"):
        growth("vit", over="k")


@pytest.mark.parametrize("formula", ["3 n^2 + 100 n + 7", "2 n^3 + 5 n + 90000"])
def test_it_leads_exactly_from_there_on(formula: str) -> None:
    tree = parse(formula)
    top = leading(tree, "n")
    first = top.leads_from()
    assert isinstance(first, int)
    for n, leads in ((first - 1, False), (first, True), (first + 1, True)):
        lead = value(top.term, {"n": n})
        assert (lead >= value(tree, {"n": n}) - lead) is leads


#: A network, a size, a cost: the exponent, and the factor of a doubling at the published sizes.
DOUBLED = (
    ("resnet50(R)", "R", "MACs", 2, "4.00"),
    ("mobilenet_v1(alpha)", "α", "params", 2, "3.48"),
    ("mobilenet_v1(alpha)", "α", "MACs", 2, "3.90"),
    ("vit_b_16(R)", "R", "MACs", 4, "4.47"),
    ("vit_b_16(R)", "R", "params", 2, "1.01"),
)


@pytest.mark.parametrize(("network", "size", "cost", "degree", "there"), DOUBLED)
def test_what_doubling_a_size_of_a_network_does(
    network: str, size: str, cost: str, degree: int, there: str
) -> None:
    rows = {(row[0], row[1]): row for row in growth(network).rows}
    row = rows[size, cost]
    assert (row[3], f"{Decimal(float(row[5])):.2f}") == (2**degree, there)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("layers", "size"),
    [
        ("conv(k=3, M=64*alpha, N=8, H, W)", "alpha"),  # no positive integer
        ("conv(k=3, M=9, N=8, H, W=ceil(R/2)) + linear(M, N)", "H"),  # rounded, in R
    ],
)
def test_where_a_term_leads_is_shown_where_it_can_be_read(layers: str, size: str) -> None:
    (row,) = growth(layers, over=size, measures=["macs"]).rows
    assert row[4] is None


def test_the_factor_is_that_of_the_numbers() -> None:
    (row,) = growth("llama2_7b", measures=["macs"], where="n=4096").rows
    once, twice = (lookup("llama2_7b")(n=n).macs for n in (4096, 8192))
    assert row[5] == Fraction(int(twice), int(once))


def test_attention_takes_over_where_its_products_are_as_many_as_all_others() -> None:
    (row,) = growth("llama2_7b", measures=["macs"]).rows
    first = row[4]
    assert isinstance(first, int)
    for n, ahead in ((first - 1, False), (first, True)):
        parts = lookup("llama2_7b")(n=n).parts()
        attention = parts["attention"].macs
        others = sum(part.macs for name, part in parts.items() if name != "attention")
        assert (attention >= others) is ahead


@pytest.mark.parametrize("by", ["kind", "stage"])
def test_shares_for_large_sizes_add_up(by: str) -> None:
    rows = growth("resnet50(R)", measures=["macs"], by=by).rows
    assert sum(Fraction(row[4]) for row in rows) == 100  # type: ignore[arg-type]
    near = parse_layers("resnet50(R=100000)")
    parts = {"kind": near.parts, "stage": near.stages}[by]()
    for _, _, label, _, share in rows:
        exact = 100 * Fraction(int(parts[str(label).replace(" ", "_")].macs), int(near.macs))
        assert abs(exact - Fraction(share)) < Fraction(1, 100)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["resnet50"], "no size is open"),
        (["resnet50(R)", "--over", "n"], "no layer has an open size n"),
        (["resnet50(R)", "--over", "R, 3"], "'3' is no size"),
        (["llama2_7b", "--where", "q=3"], "no layer has a free size q"),
        (["conv", "--where", "k=3"], "give one to M, N, H, W too"),
        (["llama2_7b", "--where", "n=0"], "n = 0 is not a positive integer"),
        (["llama2_7b", "--by-kind", "--by-stage"], "do not go together"),
        (["llama2_8b"], "unknown layer"),
    ],
)
def test_bad_input_is_said(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["growth", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_an_unknown_split_is_said() -> None:
    with pytest.raises(UnknownName, match="split"):
        growth("resnet50(R)", by="place")


#: The largest size within a budget, and what one more costs.
BUDGETS = (
    ("macs(resnet50(R)) <= 2G", "R", 152),
    ("params(gpt2(d=768, h=12, V=50257, T=1024, n=1)) <= 1G", "L", 135),
    ("bytes(params(llama(L=32, h=32, f=4d, V=32000))) <= 24 GB", "d", 4768),  # 32 heads divide d
    ("bytes(params(llama(L=32, h=32, d_h=128, f=4d, V=32000))) <= 24 GB", "d", 4876),
    ("bytes(kv_cache(llama3_8b)) <= 8 GiB", "n", 65536),
    ("bytes(kv_cache(llama3_8b)) <= 8 GB", "n", 61035),
    ("bytes(kv_cache(llama3_8b)) <= 1.5GiB", "n", 12288),
    ("bytes(params(llama2_7b), bits=8) + bytes(kv_cache(llama2_7b)) <= 16 GB", "n", 17665),
)


@pytest.mark.parametrize(("budget", "size", "largest"), BUDGETS)
def test_the_largest_size_within_a_budget(budget: str, size: str, largest: int) -> None:
    assert solve(budget, size).largest == largest


#: A width multiplier is any positive number; what holds it may have a largest of two.
WIDTHS = (
    ("params(mobilenet_v1(alpha)) <= 2M", "", "0.6428"),
    ("macs(mobilenet_v2(alpha)) <= 200M", "alpha <= 1", "0.7973"),
    ("macs(mobilenet_v2(alpha)) <= 900M", "alpha >= 1", "1.772"),
    ("macs(mobilenet_v2(alpha)) <= 900M", "", "1.772"),
)


@pytest.mark.parametrize(("budget", "where", "about"), WIDTHS)
def test_the_largest_width_within_a_budget(budget: str, where: str, about: str) -> None:
    assert f"that is about {about}" in str(solve(budget, "alpha", where=where or None))


#: EfficientNet: width, depth and side of each member, as its code has them, and by how many percent
#: MACs are more than the rule promises.
COMPOUND = {
    "b1": ("1.0", "1.1", 240, 41),
    "b2": ("1.1", "1.2", 260, 32),
    "b3": ("1.2", "1.4", 300, 31),
    "b4": ("1.4", "1.8", 380, 12),
    "b5": ("1.6", "2.2", 456, 14),
    "b6": ("1.8", "2.6", 528, 6),
    "b7": ("2.0", "3.1", 600, 10),
}
#: Blocks of each stage of EfficientNet-B0.
BLOCKS = (1, 2, 2, 3, 3, 4, 1)


def test_compound_scaling_promises_less_than_what_comes_out() -> None:
    """Tan and Le, arXiv:1905.11946, eq. (3): MACs grow as depth, width² and side² do.

    Most of what is more comes from depths, which each stage rounds up.
    """
    base = Fraction(int(lookup("efficientnet_b0")().macs))
    more, unexplained = {}, {}
    for name, (width, depth, side, _) in COMPOUND.items():
        promised = Fraction(depth) * Fraction(width) ** 2 * Fraction(side, 224) ** 2
        found = int(lookup(f"efficientnet_{name}")().macs) / base / promised
        deeper = Fraction(sum(ceil(n * Fraction(depth)) for n in BLOCKS), sum(BLOCKS))
        more[name] = round(100 * found - 100)
        unexplained[name] = found * Fraction(depth) / deeper
    assert more == {name: percent for name, (*_, percent) in COMPOUND.items()}
    assert all(Fraction(97, 100) < part < Fraction(113, 100) for part in unexplained.values())


def test_what_a_convention_leaves_out_is_told() -> None:
    shown = growth("multi_head_attention", convention="thop", measures=["flops", "macs"])
    assert shown.notes == ("Not counted by thop: multi_head_attention.",)
    assert not growth("multi_head_attention", convention="mac").notes


def test_the_caption_speaks_of_costs_that_have_a_row() -> None:
    assert "Params" not in str(growth("llama2_7b"))
    assert "Params" in str(growth("llama"))
    assert "Params" not in str(growth("llama2_7b", by="kind"))
