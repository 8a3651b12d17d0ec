"""Modules of PyTorch, read in: torchvision's classifiers are the catalogue's networks, by proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import closedform as cf
from closedform.algebra.decide import equal
from closedform.cost.conventions import CONVENTIONS
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError
from closedform.models.torch import read
from closedform.reading import parse_layers
from tests.models_read.networks import classifier

torch = pytest.importorskip("torch")
nn, F = torch.nn, torch.nn.functional

#: One of each family; those that fix their input are read at it.
OPEN = (
    "alexnet vgg16 squeezenet1_1 googlenet inception_v3 resnet18 resnet50 resnext50_32x4d "
    "wide_resnet50_2 mobilenet_v2 mobilenet_v3_small mobilenet_v3_large mnasnet1_0 "
    "efficientnet_b0 shufflenet_v2_x1_0 regnet_x_400mf regnet_y_400mf convnext_tiny"
).split()
FIXED = {"vit_b_16": 224, "densenet121": 224, "swin_t": 224, "swin_v2_t": 256, "resnet18": 97}


class Cnn(nn.Module):
    """Layers as modules and as functions, a kernel that is no square, and groups."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, stride=2, padding=1)
        self.body = nn.Sequential(
            nn.Conv2d(8, 16, (3, 5), padding=(1, 2), groups=2, bias=False), nn.BatchNorm2d(16)
        )
        self.head = nn.Linear(16, 10)

    def forward(self, x: Any) -> Any:
        x = F.relu(self.body(F.gelu(self.stem(x))))
        return F.log_softmax(self.head(F.max_pool2d(x, 2).mean((2, 3))), -1)


class Tied(nn.Module):
    """A language model whose head is its embedding, and positions that are learned."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.head = nn.Embedding(100, 16), nn.Linear(16, 100)
        self.places = nn.Parameter(torch.zeros(1, 128, 16))
        self.head.weight = self.words.weight

    def forward(self, tokens: Any) -> Any:
        return self.head(self.words(tokens) + self.places[:, : tokens.shape[1]])


class Cross(nn.Module):
    """Attention of one sequence to another."""

    def __init__(self) -> None:
        super().__init__()
        self.attention = nn.MultiheadAttention(32, 4, batch_first=True)

    def forward(self, x: Any, y: Any) -> Any:
        return self.attention(x, y, y, need_weights=False)[0]


class Causal(nn.Module):
    """PyTorch's encoder under a mask, whose values nobody looks at."""

    def __init__(self) -> None:
        super().__init__()
        layer = nn.TransformerEncoderLayer(12, 3, 40, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)

    def forward(self, x: Any) -> Any:
        n = x.shape[1]
        return self.encoder(x, mask=torch.full((n, n), -torch.inf, device=x.device).triu(1))


class Sliced(nn.Module):
    """Projections that are parts of one parameter."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Parameter(torch.zeros(24, 8))

    def forward(self, x: Any) -> Any:
        q, k, v = (F.linear(x, part) for part in self.qkv.chunk(3))
        return F.scaled_dot_product_attention(q, k, v, is_causal=True)


class Adapted(nn.Module):
    """A weight that is worked out from three parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.w = nn.Parameter(torch.zeros(8, 6))
        self.a, self.b = nn.Parameter(torch.zeros(2, 6)), nn.Parameter(torch.zeros(8, 2))

    def forward(self, x: Any) -> Any:
        return F.linear(x, self.w + self.b @ self.a)


def mamba_selective_scan(x: Any, dt: Any, A: Any, B: Any, C: Any, **given: Any) -> Any:
    """The scan of Mamba, token by token, as transformers writes it."""
    dt = F.softplus(dt + given["delta_bias"][..., None])
    states, outputs = torch.zeros(*x.shape[:2], A.shape[1]), []
    for n in range(x.shape[2]):
        decays = torch.exp(A * dt[:, :, n, None])
        states = decays * states + dt[:, :, n, None] * B[:, None, :, n] * x[:, :, n, None]
        outputs.append(torch.matmul(states, C[:, :, n, None])[:, :, 0])
    return torch.stack(outputs, dim=-1)


class Scanned(nn.Module):
    """A state of 4 numbers for each of 6 channels."""

    def __init__(self) -> None:
        super().__init__()
        self.A, self.shift = nn.Parameter(torch.zeros(6, 4)), nn.Parameter(torch.zeros(6))
        self.project = nn.Linear(6, 6 + 2 * 4)

    def forward(self, x: Any) -> Any:
        dt, B, C = self.project(x).transpose(1, 2).split([6, 4, 4], dim=1)
        x = x.transpose(1, 2)
        return mamba_selective_scan(x, dt, self.A, B, C, delta_bias=self.shift)


class Patches(nn.Module):
    def forward(self, x: Any) -> Any:
        B, C, H, W = x.shape
        return x.reshape(B, C, H // 4, 4, W // 4, 4).mean((3, 5))


class Joined(nn.Module):
    """The paths of a U-Net: halved three times, and joined to what was there at each of them."""

    def forward(self, x: Any) -> Any:
        maps = [x]
        for _ in range(3):
            maps.append(F.avg_pool2d(maps[-1], 2))
        out = maps.pop()
        while maps:
            out = torch.cat([maps.pop(), F.interpolate(out, scale_factor=2)], 1)
        return out


class Function(nn.Module):
    """A function of modules and inputs as a module."""

    def __init__(self, function: Callable[..., Any], *held: nn.Module) -> None:
        super().__init__()
        self.function, self.held = function, nn.ModuleList(held)

    def forward(self, *inputs: Any) -> Any:
        return self.function(*self.held, *inputs)


@torch.library.custom_op("closedform_tests::swirl", mutates_args=())
def swirl(x: torch.Tensor) -> torch.Tensor:
    """An operator that nobody knows."""
    return x.clone()


@swirl.register_fake
def _(x: Any) -> Any:
    return torch.empty_like(x)


def learned(module: Any) -> int:
    return sum(one.numel() for one in module.parameters())


@pytest.mark.parametrize("name", OPEN)
def test_a_classifier_is_the_catalogue_s_for_every_input(name: str) -> None:
    layers, known = read(classifier(name), x=("B", 3, "R", "R")), parse_layers(f"{name}(R, B=B)")
    for measure in ("params", "macs", "flops"):
        assert equal(layers._tree(measure), known._tree(measure)), measure
    assert layers.uncounted() == ()
    assert {*layers.missing()} == {*known.missing()}


@pytest.mark.parametrize(("name", "side"), FIXED.items())
def test_a_classifier_is_the_catalogue_s_at_a_size(name: str, side: int) -> None:
    layers, known = read(classifier(name), x=(1, 3, side, side)), parse_layers(f"{name}(R={side})")
    assert (layers.params, layers.macs) == (known.params, known.macs)
    # Masks of shifted windows are worked out and added besides.
    masks = {"swin_t": 498_428, "swin_v2_t": 2_146_304}
    assert layers.flops() == known.flops() + masks.get(name, 0)


def test_another_network_is_not_equal() -> None:
    layers = read(classifier("resnet18"), x=(1, 3, "R", "R"))
    assert equal(layers._tree("macs"), parse_layers("resnet34(R)")._tree("macs")) is False


#: How a bare parameter is called, and what it goes into.
BARE = frozenset("class_token positions layer_scale parameter add scale".split())


@pytest.mark.parametrize(
    "name", ["resnet18", "mobilenet_v2", "convnext_tiny", "shufflenet_v2_x0_5", "vit_b_16"]
)
def test_every_tool_counts_what_it_counts_of_the_catalogue_s(name: str) -> None:
    layers, known = read(classifier(name), x=(1, 3, 224, 224)), parse_layers(name)
    for tool in CONVENTIONS:
        assert layers.flops(tool) == known.flops(tool), tool
        assert layers._tree("params", tool) == known._tree("params", tool), tool
        assert {*layers.uncounted(tool)} - BARE == {*known.uncounted(tool)} - BARE, tool


def test_height_and_width_stay_apart_and_places_are_the_module_s() -> None:
    layers = read(classifier("resnet18"), x=("B", 3, "H", "W"))
    assert {*layers.missing()} == {"B", "H", "W"}
    places = {term.place: term.call.layer for term in layers.terms}
    assert places["layer3.0.conv2"] == "conv"
    assert places["layer3.0.downsample.0"] == "pointwise_conv"
    assert places["fc"] == "linear"
    stages = [*layers.stages()]
    assert stages == "conv1 bn1 relu maxpool layer1 layer2 layer3 layer4 avgpool fc".split()


#: A module, the shapes of its inputs, and the layers that it is the same as.
MODELS: dict[str, tuple[Any, Any, str, str]] = {
    "cnn": (
        Cnn(), ("B", 3, "H", "W"), "",
        ("conv(k=3, M=3, N=8, H=ceil(H/2), W=ceil(W/2), B=B, bias)"
        "+ conv(k=3, k_w=5, M=8, N=16, g=2, H=ceil(H/2), W=ceil(W/2), B=B, bn)"
        "+ gelu(N=8, H=ceil(H/2), W=ceil(W/2), B=B) + global_avg_pool(N=16, "
        "H_in=floor((H+1)/4), W_in=floor((W+1)/4), B=B)"
        "+ linear(M=16, N=10, B=B, bias) + log_softmax(n=10, m=B)"),
    ),
    "encoder": (
        nn.TransformerEncoder(
            nn.TransformerEncoderLayer(32, 4, 64, activation="gelu", batch_first=True), 2
        ),
        ("B", "n", 32), "",
        ("2 multi_head_attention(d=32, h=4, n=n, B=B, bias) + 2 linear(M=32, N=64, n=n, B=B, bias)"
        "+ 2 linear(M=64, N=32, n=n, B=B, bias) + 2 gelu(N=64, H=n, B=B)"
        "+ 4 layer_norm(N=32, n=n, B=B) + 4 residual_add(N=32, H=n, B=B)"),
    ),
    "attention of other widths": (
        Function(nn.MultiheadAttention(12, 3, kdim=8, vdim=8, bias=False)),
        [("n", "B", 12), ("m", "B", 8), ("m", "B", 8)], "",
        "multi_head_attention(d=12, h=3, n=n, m=m, d_kv=8, B=B)",
    ),
    "attention with an empty place": (
        Function(nn.MultiheadAttention(12, 3, add_zero_attn=True, batch_first=True)),
        [("B", "n", 12), ("B", "n", 12), ("B", "n", 12)], "",
        "multi_head_attention(d=12, h=3, n=n, B=B, bias, zero_key)",
    ),
    "attention with a key that is learned": (
        Function(nn.MultiheadAttention(12, 3, add_bias_kv=True, batch_first=True)),
        [("B", "n", 12), ("B", "m", 12), ("B", "m", 12)], "",
        "multi_head_attention(d=12, h=3, n=n, m=m, B=B, bias, bias_kv)",
    ),
    "cross": (
        Cross(), [("B", "n", 32), ("B", "m", 32)], "",
        "multi_head_attention(d=32, h=4, n=n, m=m, B=B, bias)",
    ),
    "lstm": (
        nn.LSTM(8, 16, num_layers=2, bidirectional=True, batch_first=True), ("B", "n", 8), "",
        "2 lstm(M=8, N=16, n=n, B=B, two_biases) + 2 lstm(M=32, N=16, n=n, B=B, two_biases)",
    ),
    "lstm, projected": (
        nn.LSTM(8, 16, proj_size=4), ("n", "B", 8), "",
        "lstmp(M=8, N=16, r=4, n=n, B=B, two_biases)",
    ),
    "rnn with relu": (
        nn.RNN(8, 16, nonlinearity="relu"), ("n", "B", 8), "",
        "rnn(M=8, N=16, n=n, B=B, two_biases, relu)",
    ),
    "masked encoder": (
        Causal(), ("B", "n", 12), "",
        ("2 transformer_layer(d=12, h=3, f=40, n=n, B=B, bias)"
        "+ 2 residual_add(N=3*n, H=n, B=B)"),
    ),
    "norm of nothing learned": (
        nn.BatchNorm2d(4, affine=False), ("B", 4, "H", "W"), "",
        "batch_norm(N=4, H=H, W=W, B=B, no_affine)",
    ),
    "bilinear": (
        Function(F.bilinear), [("B", 6), ("B", 7), (5, 6, 7)], "",
        "bilinear(M=6, K=7, N=5, B=B)",
    ),
    "volume, transposed": (
        nn.ConvTranspose3d(4, 6, (1, 2, 3), 2), ("B", 4, "T", "H", "W"), "",
        ("transposed_conv3d(k=1, k_h=2, k_w=3, M=4, N=6, D_in=T, H_in=H, W_in=W, D=2T-1, H=2H,"
        " W=2W+1, B=B, bias)"),
    ),
    "sequence, resized": (
        nn.Upsample(scale_factor=2, mode="linear"), ("B", 4, "L"), "", "tanh(N=24*L, B=B)"
    ),
    "volume, resized": (
        nn.Sequential(nn.Upsample(scale_factor=2, mode="trilinear"), nn.Upsample(scale_factor=3)),
        ("B", 1, "T", "H", "W"), "", "tanh(N=120*T, H=H, W=W, B=B)",
    ),
    "sequence, pooled to a length": (
        nn.AdaptiveAvgPool1d(4), ("B", 3, 20), "", "avg_pool1d(k=5, N=3, L=4, B=B)"
    ),
    "sequence, resized by area": (
        Function(lambda x: F.interpolate(x, scale_factor=0.5, mode="area")), ("B", 3, 20), "",
        "avg_pool1d(k=2, N=3, L=10, B=B)",
    ),
    "map, resized by area": (
        nn.Upsample((3, 5), mode="area"), ("B", 4, "H", "W"), "",
        "adaptive_avg_pool(N=4, H_in=H, W_in=W, H=3, W=5, B=B)",
    ),
    "largest": (
        Function(lambda x: x.max(-1).values + torch.max(x, x).sum(-1)), ("B", "n"), "",
        "tanh(N=n, B=B)",
    ),
    "gru": (nn.GRU(8, 16, bias=False), ("n", 5, 8), "", "gru(M=8, N=16, n=n, B=5)"),
    "tied": (
        Tied(), ("B", "n"), "int64",
        ("embedding(V=100, d=16, n=n, B=B) + residual_add(N=16, H=n, B=B)"
        "+ linear(M=16, N=100, n=n, B=B, bias)"),
    ),
    "sliced": (
        Sliced(), ("B", "n", 8), "",
        "3 linear(M=8, N=8, n=n, B=B) + attention(h=1, n=n, d_h=8, B=B, causal)",
    ),
    "einsum": (
        Function(lambda x, y: torch.einsum("bnd,bmd->bnm", x, y)),
        [("B", "n", 8), ("B", "m", 8)], "", "matmul(n=n, M=8, N=m, B=B)",
    ),
    "sequence": (
        nn.Sequential(nn.Conv1d(3, 8, 3), nn.MaxPool1d(2), nn.ELU()), ("B", 3, "L"), "",
        "conv1d(k=3, M=3, N=8, L=L-2, B=B, bias) + elu(N=8, H=floor(L/2)-1, B=B)",
    ),
    "volume": (
        nn.Sequential(nn.Conv3d(3, 8, 3, padding=1), nn.BatchNorm3d(8), nn.AvgPool3d(2)),
        ("B", 3, "T", "H", "W"), "",
        ("conv3d(k=3, M=3, N=8, D=T, H=H, W=W, B=B, bias, bn)"
        "+ avg_pool3d(k=2, N=8, D=floor(T/2), H=floor(H/2), W=floor(W/2), B=B)"),
    ),
    "decoder": (
        nn.Sequential(
            nn.InstanceNorm2d(4, affine=True), nn.PReLU(4), nn.Upsample(scale_factor=2),
            nn.ConvTranspose2d(4, 6, 2, stride=2), nn.GroupNorm(2, 6),
            nn.Upsample(scale_factor=2, mode="bilinear"), nn.Sigmoid(),
        ),
        ("B", 4, "H", "W"), "",
        ("instance_norm(N=4, H=H, W=W, B=B, affine) + prelu(N=4, H=H, W=W, B=B)"
        "+ transposed_conv(k=2, M=4, N=6, H=4H, W=4W, H_in=2H, W_in=2W, B=B, bias)"
        "+ group_norm(N=6, g=2, H=4H, W=4W, B=B)"
        "+ bilinear_upsample(N=6, H_in=4H, W_in=4W, B=B) + sigmoid(N=6, H=8H, W=8W, B=B)"),
    ),
    "sequence, transposed": (
        nn.ConvTranspose1d(32, 16, 16, stride=8, padding=4), ("B", 32, "L"), "",
        "transposed_conv1d(k=16, M=32, N=16, L_in=L, L=8L, B=B, bias)",
    ),
    "norm by hand": (
        Function(lambda x: (x - x.mean(-1, keepdim=True)) / (x.var(-1, keepdim=True) + 1).sqrt()),
        ("B", "n", 16), "",
        # Mean 16, difference 16, variance 16 + 16 + 16 + 16, 1 added, a root, a division each.
        "tanh(N=114, H=n, B=B)",
    ),
    "values of another width": (
        Function(lambda q, v: F.scaled_dot_product_attention(q, q, v)),
        [("B", 4, "n", 8), ("B", 4, "n", 16)], "",
        (
            "matmul(n=n, M=8, N=n, B=4*B) + tanh(N=4*n, H=n, B=B) + softmax(n=n, m=4*n*B)"
            "+ matmul(n=n, M=n, N=16, B=4*B)"
        ),
    ),
    # What the module asks to divide a size is divided: no floors are left of ⌊⌊H/2⌋/2⌋.
    "patches": (
        nn.Sequential(nn.PixelUnshuffle(2), nn.Conv2d(12, 5, 1)), ("B", 3, "H", "W"), "",
        "pointwise_conv(M=12, N=5, H=H/2, W=W/2, B=B, bias)",
    ),
    "joined to itself": (
        Function(lambda x: torch.cat([x, F.interpolate(F.avg_pool2d(x, 4), scale_factor=4)], 1)),
        ("B", 3, "H", "W"), "", "avg_pool(k=4, N=3, H=H/4, W=W/4, B=B)",
    ),
    "and the other way round": (
        Function(lambda x: torch.cat([F.interpolate(F.avg_pool2d(x, 4), scale_factor=4), x], 1)),
        ("B", 3, "H", "W"), "", "avg_pool(k=4, N=3, H=H/4, W=W/4, B=B)",
    ),
    "joined at each half": (
        Joined(), ("B", 3, "H", "W"), "",
        (
            "avg_pool(k=2, N=3, H=H/2, W=W/2, B=B) + avg_pool(k=2, N=3, H=H/4, W=W/4, B=B)"
            "+ avg_pool(k=2, N=3, H=H/8, W=W/8, B=B)"
        ),
    ),
    "patches by hand": (Patches(), ("B", 3, "H", "W"), "", "tanh(N=3, H=H, W=W, B=B)"),
    "windows": (
        Function(lambda x: x.unflatten(1, (-1, 7)).softmax(2)), ("B", "n", 4), "",
        "softmax(n=7, m=4*B*n/7)",
    ),
    "the largest and its place": (
        nn.MaxPool2d(2, return_indices=True), ("B", 3, "H", "W"), "",
        "max_pool(k=2, N=3, H=floor(H/2), W=floor(W/2), B=B)",
    ),
    "windows at random": (
        nn.FractionalMaxPool2d(3, output_size=4), ("B", 3, 20, 20), "",
        "max_pool(k=3, N=3, H=4, W=4, B=B)",
    ),
    "put in order": (
        Function(lambda x: x.topk(2).values.exp() + x.sort().values[..., :2]), ("B", "n"), "",
        "tanh(N=4, B=B)",
    ),
    "rows of experts": (
        Function(lambda x, w, ends: torch._grouped_mm(x, w, offs=ends)),
        [("n", 16), (4, 16, 8), (4,)], ["bfloat16", "bfloat16", "int32"],
        "matmul(n=n, M=16, N=8)",
    ),
    "waves": (Function(lambda x: x.sin() * x.cos()), ("B", "n"), "", "3 tanh(N=n, B=B)"),
    "added at places": (
        Function(lambda x, at: torch.zeros(5, 4).index_add(0, at, x)), [("n", 4), ("n",)],
        ["", "int64"], "tanh(N=4*n)",
    ),
    "messages": (
        Function(lambda x, to: torch.zeros(x.shape[0], 5).scatter_add(1, to, x)),
        [("B", "n"), ("B", "n")], ["", "int64"], "tanh(N=n, B=B)",
    ),
    "put at places": (
        Function(lambda x, to: torch.zeros(x.shape[0], 5).scatter(1, to, x).exp()),
        [("B", "n"), ("B", "n")], ["", "int64"], "tanh(N=5, B=B)",
    ),
    "patches that overlap": (
        nn.Fold((5, 7), 3, padding=1), ("B", 36, 35), "", "tanh(N=36*35, B=B)"
    ),
    "running sum": (Function(lambda x: x.cumsum(1)), ("B", "n"), "", "tanh(N=n-1, B=B)"),
    "length": (
        Function(lambda x: F.normalize(x, dim=-1)), ("B", 8), "", "tanh(N=24, B=B)"
    ),
    # The indices of a shuffle are worked out in whole numbers; a table is made where it is needed.
    "indices by arithmetic": (
        Function(lambda x: x[:, (torch.arange(8) * 3 + 1) % 8].mT @ torch.ones(8, 5)), ("B", 8, 4),
        "", "matmul(n=4, M=8, N=5, B=B)",
    ),
    "mean and variance": (
        Function(lambda x: torch.var_mean(x, -1)[0]), ("B", 16), "", "tanh(N=64, B=B)"
    ),
    "rows that are the sample": (nn.LayerNorm((4, 6)), (4, 6), "", "layer_norm(N=24)"),
    "a vector in front": (
        Function(lambda x: torch.zeros(6) @ x), ("B", 6, 5), "", "matmul(n=1, M=6, N=5, B=B)",
    ),
    "unbatched": (
        nn.Conv2d(3, 8, 3), (3, "H", "W"), "", "conv(k=3, M=3, N=8, H=H-2, W=W-2, bias)"
    ),
    "a batch that is a number": (
        nn.Linear(4, 2, dtype=torch.float16), (7, 4), "", "linear(M=4, N=2, B=7, bias)"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_the_sum_of_its_layers(name: str) -> None:
    module, x, dtype, written = MODELS[name]
    layers, known = read(module, x=x, dtype=dtype), parse_layers(written)
    assert layers.params == learned(module)
    assert layers.uncounted() == ()
    for measure in ("macs", "flops"):
        assert equal(layers._tree(measure), known._tree(measure)), measure


#: A module, the shape of its input, and its layers with the ways in which they are called.
CALLED: dict[str, tuple[Any, Any, str]] = {
    "a module": (nn.ReLU(), ("B", 6), "relu"),
    "its function": (Function(F.relu), ("B", 6), "relu functional"),
    "a method": (Function(lambda x: x.relu()), ("B", 6), "relu unpatched"),
    "a function that tools leave": (Function(torch.relu), ("B", 6), "relu unpatched"),
    "rows by a method": (Function(lambda x: x.softmax(-1)), ("B", 6), "softmax unpatched"),
    "a sign": (Function(lambda x: x + x * x), ("B", 6), "product, residual_add"),
    "functions for signs": (
        Function(lambda x: torch.add(x, torch.mul(x, x))), ("B", 6),
        "product functional, residual_add functional",
    ),
    "a sign of matrices": (Function(lambda x: x @ x.mT), ("B", "n", 6), "matmul"),
    "matmul": (Function(lambda x: torch.matmul(x, x.mT)), ("B", "n", 6), "matmul functional"),
    "bmm": (Function(lambda x: torch.bmm(x, x.mT)), ("B", "n", 6), "matmul bmm"),
    "einsum": (
        Function(lambda x: torch.einsum("bnd,bmd->bnm", x, x)), ("B", "n", 6), "matmul einsum"
    ),
    "addmm": (
        Function(lambda x: torch.addmm(x, x, torch.zeros(6, 6))), ("B", 6),
        "matmul addmm, add",
    ),
    "a vector": (Function(lambda x: x @ torch.zeros(6)), ("B", 6), "matmul vector"),
    "a reach that is even": (
        nn.Conv2d(3, 8, 4, padding="same", dilation=2), ("B", 3, "H", "W"), "conv whole same",
    ),
    "padded as it is": (nn.Conv2d(3, 8, 3, padding="same"), ("B", 3, "H", "W"), "conv whole same"),
    "convolved by a function": (
        Function(lambda x: F.conv2d(x, torch.zeros(8, 3, 3, 3))), ("B", 3, "H", "W"),
        "conv functional parametrized",
    ),
    "an output that is padded by 2": (
        nn.ConvTranspose2d(3, 4, 5, 4, output_padding=2), ("B", 3, "H", "W"),
        "transposed_conv padded_further",
    ),
    "and by 1": (
        nn.ConvTranspose1d(3, 4, 5, 4, output_padding=1), ("B", 3, "L"), "transposed_conv1d"
    ),
    "one sample": (nn.Conv2d(3, 8, 3), (3, "H", "W"), "conv unbatched"),
    "one vector": (nn.Linear(4, 5), (4,), "linear unbatched"),
    "steps of one sample": (nn.GRU(4, 6), ("n", 4), "gru seq_first unbatched"),
    "rows of one sample": (nn.LayerNorm((4, 6)), (4, 6), "layer_norm unbatched"),
    "a map of one sample": (
        nn.AdaptiveAvgPool2d(1), (3, "H", "W"), "global_avg_pool unbatched"
    ),
    "a step of one sample": (nn.LSTMCell(4, 6), (4,), "lstm cell unbatched"),
    "a norm of another's weights": (
        Function(lambda x: F.rms_norm(x, (6,), torch.zeros(6))), ("B", "n", 6),
        "rms_norm functional parametrized",
    ),
    "a vector in front": (Function(lambda x: torch.zeros(6) @ x), ("B", 6, 5), "matmul"),
    "reaches of which one is even": (
        nn.Conv2d(3, 8, (4, 2), padding="same", dilation=(3, 2)), ("B", 3, "H", "W"),
        "conv padded_further same",
    ),
    "an einsum that moves": (
        Function(lambda x: torch.einsum("bij->bji", x)), ("B", 4, 5), "einsum"
    ),
    "a softmin": (Function(lambda x: F.softmin(x, -1)), ("B", 6), "softmax unpatched"),
    "sequences that are turned": (
        Function(
            lambda lstm, linear, x: linear(lstm(x)[0]),
            nn.LSTM(4, 6, batch_first=True), nn.Linear(6, 3),
        ),
        (2, 5, 4), "lstm, linear strided",
    ),
    "resized to a size": (
        nn.Upsample((9, 7), mode="bilinear"), ("B", 3, "H", "W"), "bilinear_upsample by_size"
    ),
    "resized by area": (
        Function(lambda x: F.interpolate(x, scale_factor=0.5, mode="area")), ("B", 3, "L"),
        "adaptive_avg_pool other_dims fractional area functional",
    ),
    "by a function": (
        Function(lambda x: F.interpolate(x, (9, 7))), ("B", 3, "H", "W"),
        "nearest_upsample by_size functional",
    ),
    "copied by another rule": (
        nn.Upsample(scale_factor=2, mode="nearest-exact"), ("B", 3, "H", "W"),
        "nearest_upsample nearest_exact",
    ),
    "a class of its own": (
        nn.UpsamplingNearest2d(scale_factor=2), ("B", 3, "H", "W"), "nearest_upsample subclass"
    ),
    "a weight that is worked out": (
        torch.nn.utils.parametrizations.weight_norm(nn.Linear(4, 2)), ("B", 4),
        "length, divide, scale, linear parametrized, parameter, parameter, parameter",
    ),
    "attention of rows": (
        Function(lambda x: F.scaled_dot_product_attention(x, x, x)), ("B", "n", 4),
        "attention math",
    ),
    "attention of two widths": (
        Function(lambda x, y: F.scaled_dot_product_attention(x, x, y)),
        [("B", 2, "n", 4), ("B", 2, "n", 6)],
        "matmul fused, scale, softmax unpatched, matmul fused",
    ),
    "a number, by a function": (
        Function(lambda x: torch.add(x, 1) + 1), ("B", 6), "add functional, add"
    ),
    "the mean of powers": (
        nn.LPPool1d(2, 3), ("B", 3, 9),
        "square, avg_pool1d functional, relu functional, product, scale functional, power",
    ),
    "resized by a half": (
        nn.Upsample(scale_factor=1.5), ("B", 3, 8, 8), "nearest_upsample fractional"
    ),
    "scales that are worked out again": (
        Function(lambda x: F.interpolate(x, scale_factor=2, recompute_scale_factor=True)),
        ("B", 3, "H", "W"), "nearest_upsample functional",
    ),
    "the largest of all": (nn.AdaptiveMaxPool2d(1), ("B", 3, "H", "W"), "adaptive_max_pool"),
    "a sequence, pooled": (nn.AdaptiveAvgPool1d(3), ("B", 3, 10), "adaptive_avg_pool other_dims"),
    "a volume, pooled": (
        nn.AdaptiveAvgPool3d(1), ("B", 3, 4, "H", "W"), "global_avg_pool other_dims"
    ),
    "a cell": (nn.GRUCell(8, 16), ("B", 8), "gru cell"),
    "one slope": (nn.PReLU(), ("B", 3, "H", "W"), "prelu"),
    "an activation from before": (
        nn.TransformerEncoderLayer(12, 3, 20, batch_first=True), ("B", "n", 12),
        ("multi_head_attention no_weights, residual_add, layer_norm, linear, relu unpatched, "
        "linear, residual_add, layer_norm"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLED)
def test_how_an_operator_is_called_is_kept(name: str) -> None:
    module, x, layers = CALLED[name]
    calls = (term.call for term in read(module, x=x).terms)
    assert ", ".join(" ".join((call.layer, *call.ways)) for call in calls) == layers


class Headed(nn.Module):
    """A head that is the table of words, by a function."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(20, 6)

    def forward(self, tokens: Any) -> Any:
        return F.linear(self.words(tokens), self.words.weight)


def test_what_is_another_module_s_is_none_to_torchinfo() -> None:
    """It has modules and their own weights; the product stands at none of them."""
    assert read(Headed(), x=(2, 5), dtype="int64").flops("torchinfo") == 20 * 6 * 2


#: What the tools counted of nn.Transformer(16, 2, 2, 2, 40) on 7 and 5 tokens of 2 samples, that
#: come after the tokens: ptflops takes the 7 for the samples, and torchinfo those of each layer.
TOKENS_FIRST = {"ptflops": 22945, "torchinfo": 34304, "thop": 70400, "torch_meta": 298240}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("tool", TOKENS_FIRST)
def test_tokens_may_come_before_the_samples(tool: str) -> None:
    layers = read(nn.Transformer(16, 2, 2, 2, 40), x=[("n", "B", 16), ("m", "B", 16)])
    at = layers._with_sizes({"n": parse("7"), "m": parse("5"), "B": parse("2")})
    assert int(at.flops(tool)) == TOKENS_FIRST[tool]


class Named(nn.Module):
    """Inputs that are given by their names, not in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.features = nn.Embedding(10, 8), nn.Linear(5, 8)

    def forward(self, input_ids: Any, mask: Any = None, features: Any = None) -> Any:
        return self.words(input_ids) + self.features(features)


@pytest.mark.parametrize("dtype", [{"input_ids": "int64"}, ["", "int64"]])
def test_inputs_may_be_given_by_name(dtype: Any) -> None:
    layers = read(Named(), {"features": ("B", "n", 5), "input_ids": ("B", "n")}, dtype=dtype)
    known = parse_layers("linear(M=5, N=8, n=n, B=B, bias)")
    assert layers.params == learned(Named())
    assert equal(layers._tree("macs"), known._tree("macs"))


@pytest.mark.parametrize("module", [nn.Linear(5, 3), nn.Embedding(9, 5)])
def test_a_tensor_says_its_shape_and_what_it_holds(module: Any) -> None:
    tokens = isinstance(module, nn.Embedding)
    x = torch.zeros((2, 5), dtype=torch.int64 if tokens else torch.float32)
    shown = read(module, (2, 5), dtype="int64" * tokens)
    assert read(module, x) == read(module, [x]) == read(module, {"input": x}) == shown


@pytest.mark.parametrize(
    ("dtype", "named", "problem"),
    [
        ("", {"feature": (2, 5)}, "unknown input of Named 'feature'"),
        ({"mask": "int64"}, {"input_ids": (2, 5)}, "unknown input 'mask'"),
        ("int64", {"input_ids": (2, "n m")}, "'n m' is no size"),
        ("int64", {}, r"\[\] is no size"),
    ],
)
def test_a_name_that_is_no_input_is_refused(dtype: Any, named: Any, problem: str) -> None:
    with pytest.raises(ClosedformError, match=problem):
        read(Named(), named, dtype=dtype)


class Turned(nn.Module):
    """A weight by which rows are multiplied, as it is turned around."""

    def __init__(self, turn: Callable[[Any], Any]) -> None:
        super().__init__()
        self.turn, self.weight = turn, nn.Parameter(torch.zeros(5, 8))

    def forward(self, x: Any) -> Any:
        return x @ self.turn(self.weight)


@pytest.mark.parametrize(
    "turn",
    [lambda w: w.T, lambda w: w.mT, lambda w: w.t(), lambda w: w.swapaxes(0, 1)],
    ids=["T", "mT", "t", "swapaxes"],
)
def test_a_weight_that_is_turned_around_is_a_linear_layer_s(turn: Callable[[Any], Any]) -> None:
    layers = read(Turned(turn), x=("B", "n", 8))
    assert layers == parse_layers("linear(M=8, N=5, n=n, B=B, operator)")


@pytest.mark.parametrize(
    ("module", "places"),
    [
        (Sliced(), ["qkv"]),
        (Adapted(), ["w", "b"]),
        (Tied(), ["head", "places"]),
        (nn.utils.parametrizations.weight_norm(nn.Linear(4, 5)), ["", "0", "1"]),
    ],
    ids=["sliced", "adapted", "tied", "weight norm"],
)
def test_parameters_are_counted_once_wherever_they_go(module: Any, places: list[str]) -> None:
    """Those that are no layer's own stand beside it, or at their own places behind all layers."""
    tokens = isinstance(module, Tied)
    width = {Sliced: 8, Adapted: 6}.get(type(module), 4)
    layers = read(module, x=("B", "n") if tokens else ("B", "n", width), dtype="int64" * tokens)
    assert layers.params == learned(module)
    own = [term.place for term in layers.terms if term.call.layer == "parameter"]
    assert all(one.endswith(end) for one, end in zip(own, places, strict=True)), own


def test_what_is_not_known_is_named_with_its_place_and_in_no_total() -> None:
    block = nn.Sequential(nn.Linear(4, 4), Function(swirl), nn.Linear(4, 2))
    layers = read(nn.Sequential(block), x=("B", 4))
    name = "closedform_tests::swirl at 0.1"
    assert layers.params == learned(block)
    assert layers.uncounted() == layers.uncounted(measure="macs") == (name,)
    assert layers.uncounted(measure="params") == ()
    assert cf.count(layers._with_sizes({"B": parse("1")}), measures=("macs",)).uncounted == (name,)
    rows = cf.table({"mine": layers}, measures=["params", "macs", "flops"]).rows
    assert rows == (("mine", 30, None, None),)
    assert name in str(cf.compare(layers))
    assert name in str(cf.ratio(layers, cf.linear()))


def parse(written: str) -> Any:
    return cf.conv(M=cf.parse(written)).terms[0].call.sizes["M"]


@pytest.mark.parametrize(
    ("module", "x", "name"),
    [
        (Function(lambda x: x.lgamma()), ("B", "n"), "lgamma"),
        (Function(lambda x: x.cumprod(1)), ("B", "n"), "cumprod"),
        (Function(lambda x: torch.histc(x, 5)), ("n",), "histc"),
        (
            Function(lambda x: x.scatter(1, x.argsort(1), x, reduce="multiply")),
            ("B", "n"),
            "scatter",
        ),
        (Function(lambda x: torch.view_as_complex(x).exp()), ("B", "n", 2), "exp"),
        (nn.Linear(6, 5, dtype=torch.complex64), ("B", 6), "linear"),
        (Function(lambda x: x[x > 0].exp()), ("B", "n"), "exp"),
    ],
)
def test_an_operator_without_a_row_is_no_zero(module: Any, x: Any, name: str) -> None:
    layers = read(module, x=x)
    assert name in layers.uncounted()
    assert layers.params == learned(module)


def _halved(x: Any) -> Any:
    return torch.cat([x, F.interpolate(F.avg_pool2d(x, 2), scale_factor=2)], 1) * 2


def _in_chunks(x: Any) -> Any:
    """As a scan in chunks does it: padded to whole chunks, and cut back if it was."""
    more = (16 - x.shape[1] % 16) % 16
    chunks = F.pad(x, (0, 0, 0, more)).reshape(x.shape[0], -1, 16, 8)
    out = (chunks @ chunks.transpose(-1, -2) @ chunks).flatten(1, 2)
    return out[:, :-more] if more > 0 else out


def test_a_size_that_must_be_a_multiple_is_refused_where_it_is_none() -> None:
    """Also where H·W/4 is whole; and a size that is padded where it is none is any number."""
    layers = read(Function(_halved), x=(1, 3, "H", "W"))
    assert cf.count(layers, where={"H": 6, "W": 4}).params == 0
    for sizes in ({"H": 3, "W": 4}, {"H": 6, "W": 1}):
        with pytest.raises(ClosedformError):
            cf.count(layers, where=sizes)
    padded = read(Function(_in_chunks), x=(1, "n", 8))
    for n, chunks in ((16, 1), (17, 2), (40, 3)):
        assert cf.count(padded, where={"n": n}).macs == 2 * 16 * 16 * 8 * chunks


def test_a_part_without_gradients_is_read() -> None:
    squared = torch.no_grad()(lambda x: x @ x.mT)
    layers = read(Function(lambda x: squared(x).relu()), x=("B", "n", 6))
    assert layers == parse_layers("matmul(n=n, M=6, N=n, B=B) + relu(N=n, H=n, B=B, unpatched)")


WRONG: list[tuple[Any, Any, str, str]] = [
    (nn.Linear, ("B", 2), "", "read takes a PyTorch module, not type"),
    ("resnet18", ("B", 2), "", "read takes a PyTorch module, not str"),
    (nn.Linear(2, 2), (), "", r"\(\) is no size"),
    (nn.Linear(2, 2), None, "", "None is no size"),
    (nn.Linear(2, 2), ("B", -2), "", "-2 is no size"),
    (nn.Linear(2, 2), ("B", True), "", "True is no size"),
    (nn.Linear(2, 2), ("my batch", 2), "", "'my batch' is no size"),
    (nn.Linear(2, 2), ("B", 2), "floaty", "'floaty' is no type"),
    (nn.Linear(2, 2), ("B", 3), "", "cannot be exported"),
    (nn.Linear(2, 2), [("B", 2), ("B", 2)], "", "too many positional arguments"),
    (nn.Embedding(5, 2), ("B", "n"), "", "scalar types: Long, Int"),
    (nn.Sequential(nn.Flatten(), nn.Linear(48, 2)), ("B", 3, "H", "W"), "", "48, 2"),
    (Function(lambda x: x * 2 if x.sum() > 0 else x), ("B", "n"), "", "data-dependent"),
    # 224 is what n is in the export, which the module branches on.
    (Function(lambda x: x if x.shape[1] // 8 == 28 else 2 * x), ("B", "n"), "", "takes n for"),
    (
        Function(lambda x: nn.MultiheadAttention(8, 2)(x, x, x, is_causal=True)[0]),
        (5, "B", 8), "", "Need attn_mask",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("module", "x", "dtype", "problem"), WRONG)
def test_what_cannot_be_read_is_told_in_a_sentence(
    module: Any, x: Any, dtype: str, problem: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ClosedformError, match=problem) as error:
        read(module, x=x, dtype=dtype)
    assert error.value.hint
    assert capfd.readouterr() == ("", "")


def test_the_module_is_left_as_it_was() -> None:
    module = nn.Sequential(nn.Linear(4, 4), nn.Dropout())
    module[1].eval()
    transformer = nn.modules.transformer
    patched = torch._VF.lstm, torch.max_pool1d, transformer._detect_is_causal_mask
    read(module, x=("B", 4))
    assert [one.training for one in module.modules()] == [True, True, False]
    assert (torch._VF.lstm, torch.max_pool1d, transformer._detect_is_causal_mask) == patched


def test_every_verb_works_on_a_model() -> None:
    layers = read(Cnn(), x=("B", 3, "H", "W"))
    assert cf.text(layers._tree("macs")) == "1176B·⌈H/2⌉·⌈W/2⌉ + 160B"
    assert layers._with_sizes({"B": parse("1"), "H": parse("32"), "W": parse("32")}).macs == 301216
    assert str(cf.ratio(layers, layers).macs) == "1"
    assert "relu" in str(cf.compare(layers))
    assert r"\lceil" in cf.table({"mine": layers}, measures=["macs"]).to_latex()
    assert cf.compile(layers)(B=1, H=32, W=32) == 301216
    assert isinstance(layers + cf.linear(), LayerSum)


def test_a_scan_goes_on_for_as_many_tokens_as_there_are() -> None:
    layers = read(Scanned(), x=("B", "n", 6))
    assert (str(layers.macs), layers.params) == ("108*B*n", 6 * 4 + 6 + 7 * 14)
    assert not layers.uncounted("exact", "macs")
