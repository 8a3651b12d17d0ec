"""What training takes: bytes by optimizer and bits, kept activations, FLOPs of backward passes."""

from __future__ import annotations

import pytest

from closedform import table_by_stage, verify
from closedform.cli import main
from closedform.cost.measures import QUANTITIES
from closedform.errors import ClosedformError
from closedform.reading import parse, parse_layers
from closedform.typeset.arrange import arrange
from closedform.typeset.text import text

#: A layer of a transformer in Megatron's letters.
LAYER = "transformer_layer(d=h, h=a, n=s, B=b, gelu, dropout)"


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        # Korthikanti et al., arXiv:2205.05198, section 4.1: the whole, and its parts.
        (f"activation_memory({LAYER})", "s b h (34 + 5 a s/h)", "s b h (34 + 4 a s/h)"),
        (
            "activation_memory(multi_head_attention(d=h, h=a, n=s, B=b, dropout))",
            "10 s b h + 5 a s^2 b",
            "14 s b h + 5 a s^2 b",  # the input of the projections is kept once, not thrice
        ),
        ("activation_memory(feed_forward(d, n, gelu))", "18 n d", "10 n d"),
        ("activation_memory(feed_forward(d, n))", "10 n d", "18 n d"),
        ("activation_memory(layer_norm(N, n), bits=32)", "4 n N", "2 n N"),
        # Both convolutions read the input of the block, which is kept once.
        ("activation_memory(basic_block(M, N, H, W))", "2 H W (M + 2 N)", "2 H W (2 M + 2 N)"),
        ("activation_memory(basic_block(M, N, s, H, W))", "2 H W (s^2 M + 2 N)", "2 H W (M + 2 N)"),
        ("activation_memory(bottleneck(M, m, N, s, H, W))", "2 H W (s^2 (M + m) + m + N)",
         "2 H W (s^2 (2M + m) + m + N)"),
        # Two paths side by side are joined in a map of its own, which the next module reads.
        ("activation_memory(2 fire(M, s, e_1, e_3, H, W) + fire(M=e_1 + e_3, s, e_1, e_3, H, W))",
         "2 H W (2M + 3s + 3(e_1 + e_3) + (e_1 + e_3))",
         "2 H W (2M + 3s + 3(e_1 + e_3))"),
        # A factor that is worked out of a map needs the map.
        ("activation_memory(squeeze_excite)", "2 N H W + 4 N + 2 N/r", "4 N + 2 N/r"),
        ("activation_memory(moe)", "2 n (d + a d + a f + a + a d)", "2 n (d + a d + a f + a)"),
        ("activation_memory(lora(n))", "2 n (M + r)", "2 n (2M + r)"),
        # What a ReLU makes is the input of the product behind it.
        ("activation_memory(linear(M, N, n) + relu(N, H=n) + linear(M=N, N=K, n))",
         "2 n (M + N)", "2 n (M + 2 N)"),
        ("activation_memory(conv(bn))", "2 H W (M + N)", "2 H W M"),
        ("activation_memory(dropout(N))", "N", "2N"),
        ("activation_memory(gated_feed_forward(d, f, n))", "2 n (d + 4 f)", "2 n (2d + 4 f)"),
        ("activation_memory(L * linear(M, N))", "2 L M", "2 M"),
        # ZeRO, arXiv:1910.02054, section 3.1: 16 bytes a parameter.
        ("weight_memory(linear(M, N))", "2 M N", "4 M N"),
        ("gradient_memory(linear(M, N, bias))", "2 (M + 1) N", "2 M N"),
        ("optimizer_memory(linear(M, N))", "12 M N", "8 M N"),
        ("optimizer_memory(linear(M, N), training=adam)", "8 M N", "12 M N"),
        ("optimizer_memory(linear(M, N), training=momentum)", "4 M N", "8 M N"),
        ("kv_cache_memory(llama(L, d, h, f, V, n, B))", "4 B L n d", "2 B L n d"),
        ("kv_cache_memory(attention(h, n, d_h), bits=8)", "2 h n d_h", "4 h n d_h"),
        # A key that is learned, and one that is 0, are the same for every token.
        ("kv_cache_memory(multi_head_attention(d, h, n, bias_kv, causal))", "4 n d", "0"),
        ("kv_cache_memory(multi_head_attention(d, h, n, m, zero_key))", "4 m d", "4 (m + 1) d"),
        ("training_memory(linear(M, N, n, B))", "16 M N + 2 B n M", "16 M N"),
        ("training_memory(linear(M, N), training=sgd)", "8 M N + 4 M", "8 M N + 2 M"),
        # The first layer needs no gradient of its input.
        ("backward_flops(linear(M, N))", "4 M N", "2 M N"),
        ("training_flops(linear(M, N))", "6 M N", "4 M N"),
        ("training_flops(linear(M, N), rule=exact)", "4 M N", "6 M N"),
        # Query, key and value read the data, all three of them.
        ("training_flops(multi_head_attention(d, h, n, d_h=d/h), rule=exact)",
         "18 n d^2 + 12 n^2 d", "22 n d^2 + 12 n^2 d"),
        ("training_flops(embedding(V, d, n) + linear(M=d, n), rule=exact)", "6 n d N", "4 n d N"),
        ("training_flops(attention(h, n, d_h), rule=exact)", "12 h n^2 d_h", "8 h n^2 d_h"),
        ("training_flops(llama(L, d, h, f, V, n), rule=six_nd)",
         "6 n (params(llama(L, d, h, f, V, n)) - V d)", "6 n params(llama(L, d, h, f, V, n))"),
        # Without words and positions, 85M of 124M; the tied head is no more a parameter.
        ("training_flops(gpt2_small(n=n), rule=six_nd)",
         "6 n (params(gpt2_small(n=n)) - 50257*768 - 1024*768)", "6 n params(gpt2_small(n=n))"),
        ("training_flops(linear(M, N, n, B), rule=six_nd)", "6 B n M N", "6 n M N"),
        # Parameters of experts that are not asked work on no token.
        ("training_flops(moe(d, f, n, E, a), rule=six_nd)", "6 n (2 a d f + d E)",
         "6 n (2 E d f + d E)"),
    ],
)  # fmt: skip
def test_a_quantity_of_training(left: str, right: str, wrong: str) -> None:
    assert verify(f"{left} = {right}").verdict == "proven"
    assert verify(f"{left} = {wrong}").verdict == "refuted"


def test_a_quoted_formula_is_held_against_what_is_kept() -> None:
    assert verify("sbh(34 + 5as/h)", target=f"activation_memory({LAYER})").verdict == "proven"
    wrong = verify("sbh(34 + 4as/h)", target=f"activation_memory({LAYER})")
    assert wrong.verdict == "refuted"
    assert "4 stands where 5 is meant" in str(wrong)


def test_what_is_kept_is_written_as_a_person_would() -> None:
    written = text(arrange(parse_layers(f"L * {LAYER}")._tree("activation_memory")))
    assert written == "bLs·(5as + 34h)"


def test_what_is_no_sum_has_no_shares() -> None:
    with pytest.raises(ClosedformError, match="training_memory is no sum over the parts"):
        table_by_stage({"resnet18": parse_layers("resnet18")}, measures=["training_memory"])


def test_a_fraction_is_counted_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "latex", "markdown", "json"):
        assert main(["count", "linear(M=8, N=8)", "--measure", "intensity", "--format", form]) == 0
        assert ("3/2 ≈ 1.5" if form in ("text", "markdown") else "3/2") in capsys.readouterr().out


#: Networks, and the FLOPs of a step that torch 2.13.0's FlopCounterMode saw, forward and backward.
EXECUTED = {
    "conv(k=3, M=3, N=8, H=12, W=12, bias, B=2) + relu(N=8, H=12, W=12, B=2) "
    "+ conv(k=3, M=8, N=16, H=6, W=6, bias, B=2) + relu(N=16, H=6, W=6, B=2) "
    "+ global_avg_pool(N=16, H_in=6, W_in=6, B=2) + linear(M=16, N=10, bias, B=2)": 748_416,
    "embedding(V=50, d=16, n=7, B=2) + feed_forward(d=16, f=32, n=7, bias, B=2)": 86_016,
    "linear(M=12, N=5, n=7, bias, B=2)": 3_360,
    "resnet18(B=2)": 21_296_824_320,
    "densenet121(B=2)": 33_537_884_160,
    "squeezenet1_0(B=2)": 9_156_436_224,
}


@pytest.mark.parametrize("written", EXECUTED)
def test_a_step_is_what_pytorch_executed(written: str) -> None:
    tree = parse_layers(written).quantity("training_flops", kind="exact")
    assert tree == EXECUTED[written]


def test_what_is_kept_is_what_pytorch_keeps() -> None:
    # An encoder layer written out, in 32 bits: 17,472 bytes, 2,688 of them masks as floats (a byte
    # each here) and 192 statistics of norms, which are left out.
    written = "transformer_layer(d=16, h=4, n=6, B=2, bias, gelu, dropout)"
    kept = parse_layers(written).quantity("activation_memory", kind="32")
    assert kept == 17_472 - 192 - 3 * 672


#: Bytes of floats that torchvision's networks kept in a forward pass, each storage once, besides
#: the statistics of their norms: torch 2.13.0, saved_tensors_hooks, one image of 224 × 224.
#: Without the masks of dropout, and 36 bytes of what drops whole blocks of EfficientNet.
KEPT = {
    "resnet18": 20_574_208,
    "resnet50": 84_303_872,
    "resnext50_32x4d": 110_596_096,
    "regnet_y_400mf": 33_630_848,
    "squeezenet1_0": 31_342_624 - 346_112,
    "mnasnet1_0": 44_265_472 - 5_120,
    "efficientnet_b0": 88_194_052 - 5_120 - 36,
    "repvgg_a0": 22_132_736,  # written out as its paper has it
}


@pytest.mark.parametrize("network", KEPT)
def test_a_network_keeps_what_pytorch_keeps(network: str) -> None:
    assert parse_layers(network).quantity("activation_memory", kind="32") == KEPT[network]


#: The same of one layer that transformers 5.24.0 made, and of it what a fused step does not keep:
#: cosines and sines, queries and keys before they are turned, steps of a GELU and of T5's norms.
KEPT_BY_LAYERS = {
    "gpt_neox(L=1, d=16, h=4, V=50, n=6, f=32, d_r=2)": 6_576 - 6 * 24 - 96 - 768,
    "phi(L=1, d=16, h=4, V=50, n=6, f=32, d_r=2)": 7_680 - 4 * 24 - 96 - 3 * 768,
    "t5(L=1, d=16, h=4, V=50, n=6, m=5, f=32, d_h=3)": 13_560 - 3 * 408 - 4 * 340 - 80,
}


@pytest.mark.parametrize("written", KEPT_BY_LAYERS)
def test_a_language_model_keeps_what_pytorch_keeps(written: str) -> None:
    tree = parse_layers(written).quantity("activation_memory", kind="32")
    assert tree == KEPT_BY_LAYERS[written]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("weight_memory(linear, training=lion)", "lion"),
        ("bytes(weight_memory(linear))", "is in bytes already"),
        ("activation_memory(linear, bits=half)", "no number of bits"),
        ("activation_memory(linear, bits=0)", "no number of bits"),
        ("kv_cache_memory(attention, bits=half)", "no number of bits"),
        ("training_flops(linear, rule=7nd)", "7nd"),
        ("training_flops(conv, rule=six_nd)", "number of tokens"),
        ("training_flops(linear(n=n) + linear(n=m), rule=six_nd)", "number of tokens"),
        ("training_flops(linear, convention=mac)", "options of training_flops: rule"),
    ],
)
def test_an_option_that_is_none_says_so(written: str, words: str) -> None:
    with pytest.raises(ClosedformError, match=words):
        parse(written)


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_a_wrong_formula_for_any_quantity_is_refuted(quantity: str) -> None:
    layers = "attention(h, n, d_h) + linear(M, N, n, bias)"
    assert verify(f"{quantity}({layers}) = 7 M N^5 + 1").verdict == "refuted"
