"""PyTorch modules from one line each: ``conv2d in=64 out=48 k=3 stride=1 pad=0 bias=1``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tests.models_read.networks import classifier
from tests.tools_held.layers import Options, read, sides


class Function(nn.Module):
    """A module whose forward is a function of its inputs and of the modules it holds."""

    def __init__(self, function: Callable[..., Tensor], *held: nn.Module) -> None:
        super().__init__()
        self.function, self.held = function, nn.ModuleList(held)

    def forward(self, *inputs: Tensor) -> Tensor:
        """The function, of what is held and of the inputs."""
        return self.function(*self.held, *inputs)


class FunctionalLinear(nn.Module):
    """Parameters of a linear layer, handed to the function."""

    def __init__(self, M: int, N: int, *, bias: bool) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(N, M))
        self.bias = nn.Parameter(torch.ones(N)) if bias else None

    def forward(self, x: Tensor) -> Tensor:
        """The function alone."""
        return F.linear(x, self.weight, self.bias)


class FunctionalConv(nn.Module):
    """Parameters of a convolution, handed to the function."""

    def __init__(self, M: int, N: int, k: int) -> None:
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(N, M, k, k)), nn.Parameter(torch.ones(N))

    def forward(self, x: Tensor) -> Tensor:
        """The function alone."""
        return F.conv2d(x, self.weight, self.bias)


class RMSNormLlama(nn.Module):
    """RMS norm as LLaMA writes it out."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        """The rows over their root mean square, scaled."""
        return self.weight * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6))


def _pair(value: Any) -> Any:
    return tuple(int(part) for part in value.split("x")) if isinstance(value, str) else value


def _conv(kind: Any) -> Callable[[Options], nn.Module]:
    def made(o: Options) -> nn.Module:
        pad = o.get("pad", 0)
        return kind(
            o["in"],
            o["out"],
            _pair(o["k"]),
            stride=_pair(o.get("stride", 1)),
            padding=pad if pad == "same" else _pair(pad),
            dilation=_pair(o.get("dil", 1)),
            groups=o.get("groups", 1),
            bias=bool(o.get("bias", 1)),
            padding_mode=o.get("mode", "zeros"),
        )

    return made


def _transposed(kind: Any) -> Callable[[Options], nn.Module]:
    return lambda o: kind(
        o["in"], o["out"], _pair(o["k"]), stride=_pair(o.get("stride", 1)), padding=o.get("pad", 0),
        output_padding=o.get("more", 0), dilation=o.get("dil", 1), groups=o.get("groups", 1),
        bias=bool(o.get("bias", 1)),
    )  # fmt: skip


def _recurrent(kind: Any) -> Callable[[Options], nn.Module]:
    def made(o: Options) -> nn.Module:
        more = {"proj_size": o["proj"]} if "proj" in o else {}
        return kind(
            o["in"], o["hid"], num_layers=o.get("layers", 1), bidirectional=bool(o.get("bi", 0)),
            bias=bool(o.get("bias", 1)), batch_first=bool(o.get("batch_first", 1)), **more,
        )  # fmt: skip

    return made


def _pool(kind: Any) -> Callable[[Options], nn.Module]:
    return lambda o: kind(_pair(o["k"]), _pair(o.get("stride")), o.get("pad", 0))


def _cell(kind: Any) -> Callable[[Options], nn.Module]:
    return lambda o: kind(o["in"], o["hid"], bias=bool(o.get("bias", 1)))


def _mha(o: Options) -> nn.MultiheadAttention:
    return nn.MultiheadAttention(
        o["dim"], o["heads"], bias=bool(o.get("bias", 1)), kdim=o.get("kdim"),
        vdim=o.get("vdim", o.get("kdim")), batch_first=bool(o.get("batch_first", 1)),
        add_bias_kv=bool(o.get("more", 0)), add_zero_attn=bool(o.get("zero", 0)),
    )  # fmt: skip


def _eager(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    scores = (q @ k.transpose(-2, -1)) * q.shape[-1] ** -0.5
    return scores.softmax(-1) @ v


def _sdpa(causal: bool, grouped: bool = False) -> Callable[..., Tensor]:
    return lambda q, k, v: F.scaled_dot_product_attention(
        q, k, v, is_causal=causal, enable_gqa=grouped
    )


def _encoder(o: Options) -> nn.Module:
    return nn.TransformerEncoderLayer(
        o["dim"], o["heads"], o["ff"], dropout=0.0, activation=o.get("act", "relu"),
        norm_first=bool(o.get("norm_first", 0)), batch_first=bool(o.get("batch_first", 1)),
    )  # fmt: skip


def _decoder(o: Options) -> nn.Module:
    return nn.TransformerDecoderLayer(
        o["dim"], o["heads"], o["ff"], dropout=0.0, activation=o.get("act", "relu"),
        norm_first=bool(o.get("norm_first", 0)), batch_first=bool(o.get("batch_first", 1)),
    )  # fmt: skip


class Padded(nn.Module):
    """nn.MultiheadAttention with a mask of keys, or with one of queries and keys besides."""

    def __init__(self, held: nn.Module, batch: int, n: int, *, masked: bool) -> None:
        super().__init__()
        self.held = held
        self.register_buffer("padding", torch.zeros(batch, n, dtype=torch.bool))
        self.register_buffer("mask", torch.zeros(n, n, dtype=torch.bool) if masked else None)

    def forward(self, x: Tensor) -> Tensor:
        """What it gives, without the scores."""
        return self.held(x, x, x, key_padding_mask=self.padding, attn_mask=self.mask)[0]


class Turned(nn.Module):
    """Inputs times a parameter that is turned around."""

    def __init__(self, M: int, N: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(N, M))

    def forward(self, x: Tensor) -> Tensor:
        """The product."""
        return x @ self.weight.mT


class Conv1D(nn.Module):
    """A linear layer as GPT-2's code writes it: torch.addmm on rows, the weights transposed."""

    def __init__(self, M: int, N: int) -> None:
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(M, N)), nn.Parameter(torch.ones(N))

    def forward(self, x: Tensor) -> Tensor:
        """The product, with the biases added to it."""
        rows = torch.addmm(self.bias, x.flatten(0, -2), self.weight)
        return rows.unflatten(0, x.shape[:-1])


class Masked(nn.Module):
    """nn.MultiheadAttention of n tokens, none of which sees a later one."""

    def __init__(self, held: nn.Module, n: int) -> None:
        super().__init__()
        self.held = held
        self.register_buffer("mask", torch.full((n, n), float("-inf")).triu(1))

    def forward(self, x: Tensor) -> Tensor:
        """What it gives, without the scores."""
        return self.held(x, x, x, attn_mask=self.mask, is_causal=True)[0]


def _activation(kind: Any) -> Callable[[Options], nn.Module]:
    return lambda _: kind()


class _Sized(nn.Module):
    """nn.Upsample by size: the sides that the scale would give."""

    def __init__(self, scale: int, mode: str) -> None:
        super().__init__()
        self.scale, self.up = scale, nn.Upsample(size=(1, 1), mode=mode)

    def forward(self, x: Tensor) -> Tensor:
        """The map, as large as the scale makes it."""
        self.up.size = tuple(self.scale * side for side in x.shape[2:])
        return self.up(x)


def _sized(mode: str) -> Callable[[Options], nn.Module]:
    return lambda o: _Sized(o["scale"], mode)


#: Activations of torch.nn.functional by the names of their modules here.
FUNCTIONS = {
    "relu": "relu", "relu6": "relu6", "leakyrelu": "leaky_relu", "elu": "elu", "gelu": "gelu",
    "silu": "silu", "sigmoid": "sigmoid", "tanh": "tanh", "hardswish": "hardswish",
    "hardsigmoid": "hardsigmoid", "softplus": "softplus", "mish": "mish",
}  # fmt: skip

MODULES: dict[str, Callable[[Options], nn.Module]] = {
    "conv1d": _conv(nn.Conv1d),
    "conv2d": _conv(nn.Conv2d),
    "conv3d": _conv(nn.Conv3d),
    "convtranspose1d": _transposed(nn.ConvTranspose1d),
    "convtranspose2d": _transposed(nn.ConvTranspose2d),
    "convtranspose3d": _transposed(nn.ConvTranspose3d),
    "conv2d_functional": lambda o: FunctionalConv(o["in"], o["out"], o["k"]),
    "linear": lambda o: nn.Linear(o["in"], o["out"], bias=bool(o.get("bias", 1))),
    "linear_strided": lambda o: Function(
        lambda held, x: held(x.transpose(1, 2)), nn.Linear(o["in"], o["out"])
    ),
    "linear_functional": lambda o: FunctionalLinear(o["in"], o["out"], bias=bool(o.get("bias", 1))),
    "linear_reused": lambda o: Function(
        lambda held, x: held(held(x)), nn.Linear(o["in"], o["in"], bias=bool(o.get("bias", 1)))
    ),
    "bilinear": lambda o: nn.Bilinear(o["in1"], o["in2"], o["out"], bias=bool(o.get("bias", 1))),
    "batchnorm2d_of_batch": lambda o: nn.BatchNorm2d(
        o["ch"], affine=bool(o.get("affine", 1)), track_running_stats=False
    ),
    "batchnorm1d": lambda o: nn.BatchNorm1d(o["ch"], affine=bool(o.get("affine", 1))),
    "batchnorm2d": lambda o: nn.BatchNorm2d(o["ch"], affine=bool(o.get("affine", 1))),
    "batchnorm3d": lambda o: nn.BatchNorm3d(o["ch"], affine=bool(o.get("affine", 1))),
    "layernorm": lambda o: nn.LayerNorm(
        o["dim"], elementwise_affine=bool(o.get("affine", 1)), bias=bool(o.get("bias", 1))
    ),
    "groupnorm": lambda o: nn.GroupNorm(o["groups"], o["ch"], affine=bool(o.get("affine", 1))),
    "instancenorm1d": lambda o: nn.InstanceNorm1d(o["ch"], affine=bool(o.get("affine", 0))),
    "instancenorm3d": lambda o: nn.InstanceNorm3d(o["ch"], affine=bool(o.get("affine", 0))),
    "instancenorm2d": lambda o: nn.InstanceNorm2d(o["ch"], affine=bool(o.get("affine", 0))),
    "rmsnorm": lambda o: nn.RMSNorm(o["dim"], elementwise_affine=bool(o.get("affine", 1))),
    "rmsnorm_llama": lambda o: RMSNormLlama(o["dim"]),
    "localresponsenorm": lambda o: nn.LocalResponseNorm(o["size"]),
    "relu": _activation(nn.ReLU),
    "relu6": _activation(nn.ReLU6),
    "leakyrelu": _activation(nn.LeakyReLU),
    "elu": _activation(nn.ELU),
    "selu": _activation(nn.SELU),
    "celu": _activation(nn.CELU),
    "gelu": lambda o: nn.GELU(approximate=o.get("approximate", "none")),
    "silu": _activation(nn.SiLU),
    "sigmoid": _activation(nn.Sigmoid),
    "tanh": _activation(nn.Tanh),
    "hardswish": _activation(nn.Hardswish),
    "hardsigmoid": _activation(nn.Hardsigmoid),
    "softplus": _activation(nn.Softplus),
    "mish": _activation(nn.Mish),
    "prelu": lambda o: nn.PReLU(o["ch"]),
    **{
        f"{name}_functional": lambda _, called=called: Function(lambda x: getattr(F, called)(x))
        for name, called in FUNCTIONS.items()
    },
    "softmax": lambda _: nn.Softmax(dim=-1),
    "log_softmax": lambda _: nn.LogSoftmax(dim=-1),
    "softmax_functional": lambda _: Function(lambda x: F.softmax(x, dim=-1)),
    "maxpool1d": _pool(nn.MaxPool1d),
    "maxpool2d": _pool(nn.MaxPool2d),
    "maxpool3d": _pool(nn.MaxPool3d),
    "avgpool1d": _pool(nn.AvgPool1d),
    "avgpool2d": _pool(nn.AvgPool2d),
    "avgpool3d": _pool(nn.AvgPool3d),
    "adaptiveavgpool2d": lambda o: nn.AdaptiveAvgPool2d(o["out"]),
    "adaptivemaxpool2d": lambda o: nn.AdaptiveMaxPool2d(o["out"]),
    "adaptivemaxpool3d": lambda o: nn.AdaptiveMaxPool3d(o["out"]),
    "adaptiveavgpool1d": lambda o: nn.AdaptiveAvgPool1d(o["out"]),
    "adaptiveavgpool3d": lambda o: nn.AdaptiveAvgPool3d(o["out"]),
    "maxpool1d_functional": lambda o: Function(lambda x: F.max_pool1d(x, o["k"])),
    "avgpool3d_functional": lambda o: Function(lambda x: F.avg_pool3d(x, o["k"])),
    "adaptiveavgpool2d_functional": lambda o: Function(
        lambda x: F.adaptive_avg_pool2d(x, o["out"])
    ),
    "adaptivemaxpool2d_functional": lambda o: Function(
        lambda x: F.adaptive_max_pool2d(x, o["out"])
    ),
    "groupnorm_functional": lambda o: Function(lambda x: F.group_norm(x, o["groups"])),
    "instancenorm_functional": lambda _: Function(lambda x: F.instance_norm(x)),
    "relu_method": lambda _: Function(lambda x: x.relu()),
    "softmax_method": lambda _: Function(lambda x: x.softmax(-1)),
    "mean_hw": lambda _: Function(lambda x: x.mean((2, 3))),
    "upsample_exact": lambda o: nn.Upsample(scale_factor=o["scale"], mode="nearest-exact"),
    "upsampling_nearest": lambda o: nn.UpsamplingNearest2d(scale_factor=o["scale"]),
    "upsampling_bilinear": lambda o: nn.UpsamplingBilinear2d(scale_factor=o["scale"]),
    "linear_turned": lambda o: Turned(o["in"], o["out"]),
    "upsample_nearest": lambda o: nn.Upsample(scale_factor=o["scale"], mode="nearest"),
    "upsample_bilinear": lambda o: nn.Upsample(scale_factor=o["scale"], mode="bilinear"),
    "upsample_linear": lambda o: nn.Upsample(scale_factor=o["scale"], mode="linear"),
    "upsample_trilinear": lambda o: nn.Upsample(scale_factor=o["scale"], mode="trilinear"),
    "upsample_bicubic": lambda o: nn.Upsample(scale_factor=o["scale"], mode="bicubic"),
    "upsample_nearest_size": _sized("nearest"),
    "upsample_bilinear_size": _sized("bilinear"),
    "upsample_bicubic_size": _sized("bicubic"),
    "interpolate_nearest": lambda o: Function(
        lambda x: F.interpolate(x, scale_factor=o["scale"], mode="nearest")
    ),
    "interpolate_bilinear": lambda o: Function(
        lambda x: F.interpolate(x, scale_factor=o["scale"], mode="bilinear")
    ),
    "upsample_area": lambda o: nn.Upsample(scale_factor=o["scale"], mode="area"),
    "upsample_area_size": lambda o: nn.Upsample(size=(o["out"],) * 2, mode="area"),
    "interpolate_area": lambda o: Function(
        lambda x: F.interpolate(x, scale_factor=o["scale"], mode="area")
    ),
    "interpolate_area_size": lambda o: Function(
        lambda x: F.interpolate(x, size=(o["out"],) * 2, mode="area")
    ),
    "pixelshuffle": lambda o: nn.PixelShuffle(o["r"]),
    "dropout": lambda _: nn.Dropout(),
    "embedding_bag": lambda o: nn.EmbeddingBag(o["num"], o["dim"], mode="sum"),
    "embedding": lambda o: nn.Embedding(o["num"], o["dim"]),
    "add_operator": lambda _: Function(lambda x: x + x),
    "add_method": lambda _: Function(lambda x: x.add(x)),
    "mul_method": lambda _: Function(lambda x: x.mul(x)),
    "add_torch": lambda _: Function(lambda x: torch.add(x, x)),
    "mul_operator": lambda _: Function(lambda x: x * x),
    "mul_torch": lambda _: Function(lambda x: torch.mul(x, x)),
    "matmul_operator": lambda _: Function(lambda x, y: x @ y),
    "matmul_torch": lambda _: Function(lambda x, y: torch.matmul(x, y)),
    "matmul_method": lambda _: Function(lambda x, y: x.matmul(y)),
    "mm": lambda _: Function(lambda x, y: torch.mm(x, y)),
    "mv": lambda _: Function(lambda x, y: torch.mv(x, y)),
    "addmm": lambda _: Function(lambda x, y: torch.addmm(x.new_ones(len(x), y.shape[1]), x, y)),
    "addbmm": lambda _: Function(
        lambda x, y: torch.addbmm(x.new_ones(x.shape[1], y.shape[2]), x, y)
    ),
    "baddbmm": lambda _: Function(
        lambda x, y: torch.baddbmm(x.new_ones(*x.shape[:2], y.shape[2]), x, y)
    ),
    "linear_addmm": lambda o: Conv1D(o["in"], o["out"]),
    "bmm": lambda _: Function(lambda x, y: torch.bmm(x, y)),
    "einsum": lambda _: Function(lambda x, y: torch.einsum("bhnd,bhmd->bhnm", x, y)),
    "mha_self": lambda o: Function(lambda held, x: held(x, x, x)[0], _mha(o)),
    "mha_padded": lambda o: Padded(_mha(o), o["batch"], o["n"], masked=False),
    "mha_both": lambda o: Padded(_mha(o), o["batch"], o["n"], masked=True),
    "mha_apart": lambda o: Function(lambda held, x, y, z: held(x, y, z)[0], _mha(o)),
    "mha_masked": lambda o: Masked(_mha(o), o["n"]),
    "mha_self_noweights": lambda o: Function(
        lambda held, x: held(x, x, x, need_weights=False)[0], _mha(o)
    ),
    "mha_cross": lambda o: Function(lambda held, x, y: held(x, y, y)[0], _mha(o)),
    "sdpa": lambda o: Function(_sdpa(bool(o.get("causal", 0)))),
    "sdpa_gqa": lambda _: Function(_sdpa(False, True)),
    "sdpa_math": lambda _: Function(_sdpa(False)),
    "attention_eager": lambda _: Function(_eager),
    "lstm": _recurrent(nn.LSTM),
    "gru": _recurrent(nn.GRU),
    "rnn": _recurrent(nn.RNN),
    "lstmcell": _cell(nn.LSTMCell),
    "grucell": _cell(nn.GRUCell),
    "rnncell": _cell(nn.RNNCell),
    "torchvision": lambda o: classifier(o["name"], device="cpu"),
    "encoder_layer": _encoder,
    "decoder_layer": _decoder,
}

#: Modules with one operand, which are given three: queries, keys and values.
_THREE = ("sdpa", "sdpa_gqa", "sdpa_math", "attention_eager")


def built(line: str) -> nn.Module:
    """The module of a line, in eval mode."""
    kind, options = read(line)
    return MODULES[kind](options).eval()


def inputs(line: str, shapes: str, device: str = "cpu") -> tuple[Tensor, ...]:
    """Inputs of the shapes ``2x64x28x28``, several apart by ``;``."""
    kind, _ = read(line)
    given = sides(shapes)
    if kind.startswith("embedding"):
        return (torch.zeros(given[0], dtype=torch.long, device=device),)
    found = [torch.rand(shape, device=device) for shape in given]
    if kind in _THREE:
        found = [found[0], found[-1], found[-1]]
    return tuple(found)
