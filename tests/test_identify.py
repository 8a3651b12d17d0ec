"""Formulas are recognised: layer, flags, measure and convention, under any letters."""

from __future__ import annotations

from fractions import Fraction

import pytest

import closedform.catalogue  # noqa: F401  (fills the registry)
from closedform.algebra.decide import equal
from closedform.algebra.forms.grouped import plainest
from closedform.catalogue import LAYERS
from closedform.cost.layer_type import FLAGS
from closedform.errors import ClosedformError
from closedform.given import layers_of
from closedform.identification.counted import stacked
from closedform.identification.identify import identify
from closedform.identification.templates import Terms, polynomial, signature, templates
from closedform.reading import parse
from closedform.typeset.arrange import arrange
from closedform.typeset.text import text as as_text

EQUALS = [
    ("k k M N + N", ["params(conv(bias))"]),
    ("Para = k×k×M×N + 3×N", ["params(conv(bias, bn))"]),
    ("k^2 M N + 2N", ["params(conv(bn))"]),
    ("k^2 M^2", ["params(conv(N=M))"]),
    ("M N", ["params(linear)", "params(pointwise_conv)"]),
    ("(2k^2M - 1) N H W", ["flops(conv)"]),
    ("2 k^2 M N H W", ["flops(conv, convention=mac2)"]),
    ("9 C C", ["params(conv(k=3, M=C, N=C))"]),
    (r"\frac{K^2 C_{in} C_{out}}{g}", ["params(grouped_conv(k=K, M=C_in, N=C_out))"]),
    ("D_K^2 M D_F^2 + M N D_F^2", ["macs(depthwise_separable_conv(k=D_K, H=D_F, W=D_F))"]),
    ("C_in C_out K_h K_w where K_w = K_h", ["params(conv(k=K_h, M=C_in, N=C_out))"]),
    ("4d^2 + 4d", ["params(multi_head_attention(bias))"]),
    ("12d^2 + 13d", ["params(transformer_layer(bias))"]),
    ("4 n d^2 + 2 n^2 d", ["macs(multi_head_attention)"]),
    ("2 d f", ["params(feed_forward(f=f))", "macs(feed_forward(f=f))"]),
    ("3 d f", ["params(gated_feed_forward)", "macs(gated_feed_forward)"]),
    ("10 M N + 9 N^2", ["params(basic_block(N=N))"]),
    ("2d^2 + 2d^2 h_kv/h", ["params(multi_head_attention(h_kv=h_kv))"]),
    ("17C^2", ["params(bottleneck(M=4C, m=C))"]),
    ("4N(M + N) + 8N", ["params(lstm(two_biases))"]),
    ("2C^2/r", ["params(squeeze_excite(N=C))", "macs(squeeze_excite(N=C))"]),
    ("V d", ["params(embedding)"]),
    ("3*3*64*128 + 128", ["params(conv(k=3, M=64, N=128, bias))"]),
    ("(3*3*3 + 1)*64", ["params(conv(k=3, M=3, N=64, bias))"]),
    ("9*64*128 + 128", ["params(conv(k=3, M=64, N=128, bias))"]),
    (
        "4096*1000 + 1000",
        ["params(linear(M=4096, N=1000, bias))", "params(pointwise_conv(M=4096, N=1000, bias))"],
    ),
    ("(2I - 1) O", ["flops(linear(M=I, N=O))"]),
    (
        "1/N + 1/k^2",
        [
            "params(depthwise_separable_conv) / params(conv)",
            "macs(depthwise_separable_conv) / macs(conv)",
        ],
    ),
    ("64k^2 N", ["params(conv(M=64))"]),
    ("M N/g", ["params(grouped_conv(k=1))"]),
    ("9M", ["params(depthwise_conv(k=3))"]),
    ("k_h k_w M N", ["params(conv(k_h=k_h, k_w=k_w))"]),
    # A kernel that has a default, and places of a map that are tokens.
    ("h w d' t (d' + k^2 + d'')", ["macs(inverted_residual(M=d', N=d'', H=h, W=w, k=k))"]),
    ("4 h w C^2 + 2 (h w)^2 C", ["macs(multi_head_attention(d=C, n=h·w))"]),
    # L layers, and what stands beside them once; heads that are as wide as they are.
    (
        "12 L d^2 + 2 V d",
        ["L · params(multi_head_attention + feed_forward) + 2 · params(embedding)"],
    ),
    ("L (12 d^2 + 13 d) + V d", ["L · params(transformer_layer(bias)) + params(embedding)"]),
    (
        "12lh^2(1 + 13/(12h) + (V + s)/(12lh))",
        [
            (
                "l · params(transformer_layer(d=h, bias)) + params(embedding(d=h)) "
                "+ params(embedding(V=s, d=h))"
            )
        ],
    ),
    (
        "2 d_model n_layer (2 d_attn + d_ff)",
        [
            (
                "n_layer · params(multi_head_attention(d=d_model, d_h=d_attn/h) "
                "+ feed_forward(d=d_model, f=d_ff))"
            )
        ],
    ),
    ("4 d^2 + 3 d f", ["params(multi_head_attention + gated_feed_forward(f=f))"]),
    # Costs of every layer, every token, and all of a batch; in the letters of GPT and Megatron.
    ("B k^2 M N H W", ["B · macs(conv)"]),
    ("8 n d^2", ["n · macs(feed_forward)"]),
    ("8 E d^2", ["E · params(feed_forward)"]),
    ("12 L d^2", ["L · params(multi_head_attention + feed_forward)"]),
    ("L (12 d^2 + 13 d)", ["L · params(transformer_layer(bias))"]),
    ("24 n d^2 + 4 n^2 d", ["flops(transformer_layer, convention=mac2)"]),
    ("24 B s h^2 + 4 B s^2 h", ["B · flops(transformer_layer(d=h, n=s), convention=mac2)"]),
    (
        "72 B L s h^2 (1 + s/(6h))",
        ["B · L · training_flops(transformer_layer(d=h, n=s), rule=twice)"],
    ),
    (
        "s b h (34 + 5 a s/h)",
        ["b · activation_memory(transformer_layer(d=h, h=a, n=s, gelu, dropout))"],
    ),
    ("2 n_layer n_ctx d_model", ["n_layer · kv_cache(multi_head_attention(d=d_model, n=n_ctx))"]),
    (
        "2 b s h v",
        [
            "b · s · flops(linear(M=h, N=v), convention=mac2)",
            "b · flops(matmul(n=s, M=h, N=v), convention=mac2)",
        ],
    ),
    ("2 n^2 d", ["macs(attention(d_h=d/h))"]),
    # FLOPs by the textbook algorithm, and what several layers of one size share.
    ("7 N + 3", ["flops(layer_norm)"]),
    ("5 N H W", ["flops(gelu(H=H, W=W))", "flops(mish(H=H, W=W))"]),
    ("4 n - 1", ["flops(softmax)"]),
    ("2 N", ["params(batch_norm)", "params(layer_norm)", "params(group_norm)"]),
    ("2Edf + dE", ["params(moe)"]),
    ("L (12 d^2 + 13 d) + V d + T d + 2 d", ["params(gpt2)"]),
    ("L (4 d^2 + 3 d f + 2 d) + 2 d V + d", ["params(llama)"]),
]

#: Formulas that are the cost of no layer, with the nearest one and what is left over.
NEAREST = [
    ("k^2 M N + N + 5", ("params(conv(bias))", "5")),
    ("(2k^2M + 5) N H W", ("flops(conv(bias, bn))", "3NHW")),
    ("k^2 M N H W/s^2", ("macs(conv) / s²", None)),
    ("8 C", ("4 · params(batch_norm(N=C))", None)),
    ("5 x^7 + y", None),
    ("sqrt(n) + 1", None),
    # A bottleneck as wide at both ends has no projection, so that 19N² is none of its costs.
    ("19 N^2", None),
    ("(9 V)/V", None),
    ("a/(b + c)", None),
]


@pytest.mark.parametrize(("text", "quantities"), EQUALS)
def test_a_formula_is_identified(text: str, quantities: list[str]) -> None:
    found = [match.quantity for match in identify(text).equals]
    assert set(quantities) <= set(found)
    assert found[0] in quantities


def test_a_word_that_spells_an_index_is_one_symbol() -> None:
    (match,) = identify("参数量 = K×K×Cin×Cout + Cout").equals
    assert match.quantity == "params(conv(k=K, M=C_in, N=C_out, bias))"


@pytest.mark.parametrize(("text", "nearest"), NEAREST)
def test_the_nearest_is_told_where_nothing_is_equal(
    text: str, nearest: tuple[str, str | None] | None
) -> None:
    identified = identify(text)
    assert identified.equals == ()
    if nearest is None:
        assert identified.nearest == ()
    else:
        assert (identified.nearest[0].quantity, identified.nearest[0].difference) == nearest


@pytest.mark.parametrize("text", [text for text, _ in EQUALS])
def test_everything_that_is_told_is_true(text: str) -> None:
    formula, _, conditions = text.partition(" where ")
    if conditions:
        formula = formula.replace("K_w", "K_h")
    formula = formula.rpartition("Para = ")[2]
    for match in identify(text).equals:
        assert equal(parse(formula), parse(match.quantity)) is True


@pytest.mark.parametrize("measure", ["params", "macs", "flops"])
@pytest.mark.parametrize(
    "layer", "cp_conv mamba vit deepseek(causal) gpt2 t5 mistral(causal) basic_block".split()
)
def test_a_closed_form_as_it_is_shown_names_its_layer(layer: str, measure: str) -> None:
    """Also with a ceiling in it, with 15 sizes, and where a number stands before an M."""
    shown = as_text(arrange(plainest(layers_of(layer)._tree(measure))))
    quantities = [match.quantity for match in identify(shown).equals]
    assert any(layer.partition("(")[0] in quantity for quantity in quantities), shown


FLAGGED = {kind.name for kind in FLAGS.values()}


@pytest.mark.parametrize("flags", [(), ("bias",), ("bn",), ("bias", "bn")])
@pytest.mark.parametrize("measure", ["params", "macs", "flops", "activations"])
@pytest.mark.parametrize("layer", [n for n, k in LAYERS.items() if k.is_plain or n in FLAGGED])
def test_every_layer_is_recognised_by_its_own_formula(
    layer: str, measure: str, flags: tuple[str, ...]
) -> None:
    kind = LAYERS[layer]
    if not set(flags) <= set(kind.flags):
        flags = ()
    tree = kind.at({}, flags)._tree(measure)
    expanded = polynomial(tree)
    if measure == "macs" and layer in FLAGGED:
        assert expanded == ((), {})
        return
    assert expanded is not None
    known = templates()[signature(expanded[1])]
    assert any(template.terms == expanded[1] for template in known)


@pytest.mark.parametrize("text", ["1792", "3 × 3", "k +", "k ^"])
def test_a_number_or_a_broken_formula_is_an_error(text: str) -> None:
    with pytest.raises(ClosedformError):
        identify(text)


def test_an_identification_prints_itself() -> None:
    identified = identify("k^2 M N + N")
    assert str(identified) == "k²MN + N is\n  params(conv(bias))"
    assert identified.to_json() == {
        "formula": "k²MN + N",
        "equals": ["params(conv(bias))"],
        "nearest": [],
    }
    assert identified.to_markdown() == "$k^{2} M N + N$ is\n\n- `params(conv(bias))`"
    assert r"\item \texttt{params(conv(bias))}" in identified.to_latex()
    near = identify("k^2 M N + N + 5")
    assert "  params(conv(bias)) + 5" in str(near).splitlines()
    assert near.to_json()["nearest"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("k^2 M N bytes", "read without 'bytes'"),
        ("k^2 M N flops", "read without 'flops'"),
        ("params: k^2 M N (weights)", "read without '(weights)'"),
        ("k^2 M N = 3", "read up to the first relation"),
        ("k^2 M N", None),
        ("params: k^2 M N", None),
    ],
)
def test_what_was_left_out_is_told(text: str, told: str | None) -> None:
    identified = identify(text)
    assert (identified.told, identified.to_json().get("told")) == (told, told)
    assert ("read " in str(identified)) == (told is not None)
    assert identified.equals[0].quantity == "params(conv)"


def test_a_layer_in_other_letters_is_no_better_than_two_in_their_own() -> None:
    said = {12: (0, "block"), 2: (9, "gated_pointwise(M=d, N=V)"), 1: (1, "embedding")}

    def likeliest(_: tuple[str, ...], terms: Terms) -> dict[str, tuple[int, str]]:
        (coefficient,) = terms.values()
        return {"params": said[int(coefficient)]}

    terms: Terms = {(1, 2, 0): Fraction(12), (0, 1, 1): Fraction(2)}
    quantity = ("params", 1, "L · block + 2 · embedding")
    assert [*stacked(("L", "d", "V"), terms, likeliest)] == [quantity]
