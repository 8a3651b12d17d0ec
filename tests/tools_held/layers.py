"""The layer of the catalogue that a line about a PyTorch module speaks of."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

Options = dict[str, Any]
Sides = list[list[int]]


def read(line: str) -> tuple[str, Options]:
    """The kind of a module and its options: ``k=7x1`` is a text, ``bias=0`` a number."""
    kind, *words = line.split()
    pairs = (word.split("=") for word in words)
    return kind, {name: int(value) if value.isdigit() else value for name, value in pairs}


def sides(shapes: str) -> Sides:
    """Shapes such as ``2x64x28x28``, several apart by ``;``."""
    return [[int(side) for side in shape.split("x")] for shape in shapes.split(";")]


def each(value: Any, axes: int) -> list[int]:
    """A setting for each axis: one for all, or one each."""
    return [int(x) for x in value.split("x")] if isinstance(value, str) else [value] * axes


def _call(name: str, *words: str, **sizes: int) -> str:
    listed = [f"{size}={value}" for size, value in sizes.items()]
    return f"{name}({', '.join([*listed, *filter(None, words)])})"


#: Names of the axes of maps, by how many there are.
_AXES = {1: ("L",), 2: ("H", "W"), 3: ("D", "H", "W")}
_SUFFIX = {1: "1d", 2: "", 3: "3d"}


def _conv(o: Options, given: Sides, *words: str) -> str:
    batch, _, *ins = given[0]
    axes = len(ins)
    k, s, dil = (each(o.get(name, 1), axes) for name in ("k", "stride", "dil"))
    if o.get("pad") == "same":
        outs = ins
    else:
        p = each(o.get("pad", 0), axes)
        outs = [
            (i + 2 * a - d * (b - 1) - 1) // c + 1
            for i, a, b, c, d in zip(ins, p, k, s, dil, strict=True)
        ]
    return _call(
        f"conv{_SUFFIX[axes]}", "bias" * o.get("bias", 1), "same" * (o.get("pad") == "same"),
        "whole" * (o.get("pad") == "same" and dil[0] == 2), *words, **_kernel(k), M=o["in"],
        N=o["out"], g=o.get("groups", 1), B=batch, **_maps(ins, outs),
    )  # fmt: skip


def _transposed(o: Options, given: Sides) -> str:
    batch, _, *ins = given[0]
    axes = len(ins)
    k, s, p = each(o["k"], axes), each(o.get("stride", 1), axes), o.get("pad", 0)
    d, more = o.get("dil", 1), o.get("more", 0)
    outs = [
        (i - 1) * by - 2 * p + d * (b - 1) + more + 1 for i, b, by in zip(ins, k, s, strict=True)
    ]
    return _call(
        f"transposed_conv{_SUFFIX[axes]}", "bias" * o.get("bias", 1), **_kernel(k),
        **_kernel(s, "s"), M=o["in"], N=o["out"], g=o.get("groups", 1), B=batch, **_maps(ins, outs),
    )  # fmt: skip


def _pool(kind: str, *words: str) -> Callable[[Options, Sides], str]:
    def made(o: Options, given: Sides) -> str:
        batch, channels, *ins = given[0]
        axes, p = len(ins), o.get("pad", 0)
        k = each(o["k"], axes)
        s = each(o.get("stride", o["k"]), axes)
        outs = [(i + 2 * p - a) // b + 1 for i, a, b in zip(ins, k, s, strict=True)]
        name = f"{kind}_pool{_SUFFIX[axes]}"
        maps = _maps(ins, outs)
        return _call(name, *words, **_kernel(k), s=s[-1], N=channels, B=batch, **maps)

    return made


def _kernel(k: list[int], letter: str = "k") -> dict[str, int]:
    if len(set(k)) == 1:
        return {letter: k[0]}
    axes = (f"{letter}_{axis}" for axis in "dhw"[-len(k) :])
    return {letter: k[0], **dict(zip(axes, k, strict=True))}


def _maps(ins: list[int], outs: list[int]) -> dict[str, int]:
    names = _AXES[len(ins)]
    return dict(zip(names, outs, strict=True)) | dict(
        zip((f"{name}_in" for name in names), ins, strict=True)
    )


def _linear(*words: str) -> Callable[[Options, Sides], str]:
    def made(o: Options, given: Sides) -> str:
        batch, *between = given[0][:-1]
        bias = "bias" * o.get("bias", 1)
        return _call("linear", bias, *words, M=o["in"], N=o["out"], n=prod(between), B=batch)

    return made


def _reused(o: Options, given: Sides) -> str:
    return f"shared(2, {_linear()({**o, 'out': o['in']}, given)})"


def _bilinear(o: Options, given: Sides) -> str:
    bias = "bias" * o.get("bias", 1)
    batch, *between, M = given[0]
    return _call("bilinear", bias, M=M, K=o["in2"], N=o["out"], n=prod(between), B=batch)


def _norm(name: str, default: int = 1) -> Callable[[Options, Sides], str]:
    def made(o: Options, given: Sides) -> str:
        batch, channels, *positions = given[0]
        affine = o.get("affine", default)
        word = ("affine" * affine) if name == "instance_norm" else "no_affine" * (1 - affine)
        groups = {"g": o["groups"]} if name == "group_norm" else {}
        return _call(name, word, N=channels, H=prod(positions), W=1, B=batch, **groups)

    return made


def _rows(name: str) -> Callable[[Options, Sides], str]:
    def made(o: Options, given: Sides) -> str:
        batch, *between, width = given[0]
        word = "no_affine" * (1 - o.get("affine", 1))
        word = word or "no_bias" * (1 - o.get("bias", 1))
        return _call(name, word, N=width, n=prod(between), B=batch)

    return made


def _each_element(name: str, *words: str) -> Callable[[Options, Sides], str]:
    def made(_: Options, given: Sides) -> str:
        batch, channels, *positions = given[0]
        return _call(name, *words, N=channels, H=prod(positions), W=1, B=batch)

    return made


def _gelu(o: Options, given: Sides) -> str:
    name = "gelu_tanh" if o.get("approximate") == "tanh" else "gelu"
    return _each_element(name)(o, given)


def _softmax(name: str, *words: str) -> Callable[[Options, Sides], str]:
    def made(_: Options, given: Sides) -> str:
        batch, *rows, width = given[0]
        return _call(name, *words, n=width, m=prod(rows), B=batch)

    return made


def _response(o: Options, given: Sides) -> str:
    batch, channels, H, W = given[0]
    return _call("local_response_norm", q=o["size"], N=channels, H=H, W=W, B=batch)


def _adaptive(name: str, *words: str) -> Callable[[Options, Sides], str]:
    """A sequence is a map of one row; all of a volume, a map of as many places."""

    def made(o: Options, given: Sides) -> str:
        batch, channels, *ins = given[0]
        if len(ins) == 3 and o["out"] > 1:
            sides = _maps(ins, [o["out"]] * 3)
            return _call(f"{name}3d", *words, N=channels, B=batch, **sides)
        H, W = prod(ins[:-1]), ins[-1]
        if o["out"] == 1 and name == "adaptive_avg_pool":
            called = ["adaptive" if word == "functional" else word for word in words]
            return _call("global_avg_pool", *called, N=channels, H_in=H, W_in=W, B=batch)
        rows = 1 if len(ins) == 1 else o["out"]
        return _call(name, *words, N=channels, H_in=H, W_in=W, H=rows, W=o["out"], B=batch)

    return made


def _by_area(*words: str) -> Callable[[Options, Sides], str]:
    """Resizing of a square, to as many times its side or to a side."""
    pooled = _adaptive("adaptive_avg_pool", "area", *words)
    return lambda o, given: pooled({"out": o.get("out", o.get("scale", 1) * given[0][-1])}, given)


def _mean(_: Options, given: Sides) -> str:
    batch, channels, H, W = given[0]
    return _call("global_avg_pool", "functional", N=channels, H_in=H, W_in=W, B=batch)


def _upsample(name: str, *words: str) -> Callable[[Options, Sides], str]:
    def made(o: Options, given: Sides) -> str:
        batch, channels, *ins = given[0]
        called = name + _SUFFIX[len(ins)] * name.startswith("nearest")
        before = {f"{axis}_in": side for axis, side in zip(_AXES[len(ins)], ins, strict=True)}
        return _call(called, *words, N=channels, **before, s=o["scale"], B=batch)

    return made


def _embedding(o: Options, given: Sides) -> str:
    batch, *between = given[0]
    return _call("embedding", V=o["num"], d=o["dim"], n=prod(between), B=batch)


def _bag(o: Options, given: Sides) -> str:
    batch, n = given[0]
    return f"{_call('embedding', V=o['num'], d=o['dim'], n=n, B=batch)}"


def _matmul(*words: str) -> Callable[[Options, Sides], str]:
    def made(_: Options, given: Sides) -> str:
        *batch, n, inner = given[0]
        ours = [1] * (len(given[1]) - len(given[0])) + batch
        again = (theirs for mine, theirs in zip(ours, given[1], strict=False) if mine == 1)
        sizes = {"n": n, "M": inner, "N": given[1][-1], "r": prod(again), "B": prod(batch)}
        return _call("matmul", *words, **sizes)

    return made


def _einsum(_: Options, given: Sides) -> str:
    (batch, h, n, width), (_, _, m, _) = given
    return _call("matmul", "einsum", n=n, M=width, N=m, B=batch * h)


def _first(o: Options, shape: list[int]) -> tuple[int, int]:
    """The batch and the tokens of a sequence."""
    one, other, *_ = shape
    return (one, other) if o.get("batch_first", 1) else (other, one)


def _attention(*words: str) -> Callable[[Options, Sides], str]:
    def made(o: Options, given: Sides) -> str:
        batch, n = _first(o, given[0])
        other = {}
        if len(given) > 1:
            other = {"m": _first(o, given[1])[1], "d_kv": given[1][2], "d_v": given[-1][2]}
        bias = "bias" * o.get("bias", 1)
        first = "" if o.get("batch_first", 1) else "seq_first"
        sizes = {"d": o["dim"], "h": o["heads"], "n": n, **other}
        more = ["bias_kv" * o.get("more", 0), "zero_key" * o.get("zero", 0)]
        return _call("multi_head_attention", bias, first, *more, *words, **sizes, B=batch)

    return made


def _core(*words: str) -> Callable[[Options, Sides], str]:
    def made(o: Options, given: Sides) -> str:
        (batch, h, n, width), (_, h_kv, m, _) = given[0], given[-1]
        causal = "causal" * o.get("causal", 0)
        return _call("attention", causal, *words, h=h, n=n, d_h=width, m=m, h_kv=h_kv, B=batch)

    return made


def _recurrent(name: str) -> Callable[[Options, Sides], str]:
    def made(o: Options, given: Sides) -> str:
        batch, n = _first(o, given[0])
        width = given[0][-1]
        directions = 1 + o.get("bi", 0)
        hidden = {"N": o["hid"], **({"r": o["proj"]} if "proj" in o else {})}
        called = "lstmp" if "proj" in o else name
        layers = []
        first = "" if o.get("batch_first", 1) else "seq_first"
        for above in range(o.get("layers", 1)):
            bias = "two_biases" * o.get("bias", 1)
            one = _call(called, bias, first, "upper" * (above > 0), M=width, **hidden, n=n, B=batch)
            layers.append(one if directions == 1 else f"{directions} {one}")
            width = directions * o.get("proj", o["hid"])
        return " + ".join(layers)

    return made


def _cell(name: str) -> Callable[[Options, Sides], str]:
    def made(o: Options, given: Sides) -> str:
        bias = "two_biases" * o.get("bias", 1)
        return _call(name, bias, "cell", M=o["in"], N=o["hid"], B=given[0][0])

    return made


def _encoder(o: Options, given: Sides) -> str:
    batch, n = _first(o, given[0])
    words = ["gelu" * (o.get("act") == "gelu"), "seq_first" * (1 - o.get("batch_first", 1))]
    sizes = {"d": o["dim"], "h": o["heads"], "f": o["ff"], "n": n, "B": batch}
    return _call("transformer_layer", "bias", *words, **sizes)


def _decoder(o: Options, given: Sides) -> str:
    (batch, n), (_, m) = (_first(o, shape) for shape in given)
    words = ["gelu" * (o.get("act") == "gelu"), "seq_first" * (1 - o.get("batch_first", 1))]
    sizes = {"d": o["dim"], "h": o["heads"], "f": o["ff"], "n": n, "m": m, "B": batch}
    return _call("transformer_layer", "bias", "cross", *words, **sizes)


LAYERS: dict[str, Callable[[Options, Sides], str]] = {
    "conv1d": _conv,
    "conv2d": _conv,
    "conv3d": _conv,
    "conv2d_functional": lambda o, given: _conv(o, given, "functional"),
    "convtranspose1d": _transposed,
    "convtranspose2d": _transposed,
    "convtranspose3d": _transposed,
    "linear": _linear(),
    "linear_strided": lambda o, given: _linear("strided")(
        {**o, "bias": 1}, [[given[0][0], given[0][2], given[0][1]]]
    ),
    "linear_functional": _linear("functional"),
    "linear_reused": _reused,
    "bilinear": _bilinear,
    "batchnorm2d_of_batch": lambda o, given: (
        _norm("batch_norm")(o, given)[:-1] + f", r={given[0][0]}, batch_statistics)"
    ),
    "batchnorm1d": _norm("batch_norm"),
    "batchnorm2d": _norm("batch_norm"),
    "batchnorm3d": _norm("batch_norm"),
    "groupnorm": _norm("group_norm"),
    "instancenorm1d": _norm("instance_norm", 0),
    "instancenorm3d": _norm("instance_norm", 0),
    "instancenorm2d": _norm("instance_norm", 0),
    "layernorm": _rows("layer_norm"),
    "rmsnorm": _rows("rms_norm"),
    "rmsnorm_llama": _rows("rms_norm"),
    "localresponsenorm": _response,
    "relu": _each_element("relu"),
    "relu6": _each_element("relu6"),
    "leakyrelu": _each_element("leaky_relu"),
    "elu": _each_element("elu"),
    "selu": _each_element("selu"),
    "celu": _each_element("celu"),
    "gelu": _gelu,
    "silu": _each_element("silu"),
    "sigmoid": _each_element("sigmoid"),
    "tanh": _each_element("tanh"),
    "hardswish": _each_element("hard_swish"),
    "hardsigmoid": _each_element("hard_sigmoid"),
    "softplus": _each_element("softplus"),
    "mish": _each_element("mish"),
    "prelu": _each_element("prelu"),
    **{
        f"{module}_functional": _each_element(name, "functional")
        for module, name in (
            ("relu", "relu"),
            ("relu6", "relu6"),
            ("leakyrelu", "leaky_relu"),
            ("elu", "elu"),
            ("gelu", "gelu"),
            ("silu", "silu"),
            ("sigmoid", "sigmoid"),
            ("tanh", "tanh"),
            ("hardswish", "hard_swish"),
            ("hardsigmoid", "hard_sigmoid"),
            ("softplus", "softplus"),
            ("mish", "mish"),
        )
    },
    "softmax": _softmax("softmax"),
    "softmax_functional": _softmax("softmax", "functional"),
    "log_softmax": _softmax("log_softmax"),
    "maxpool1d": _pool("max"),
    "maxpool2d": _pool("max"),
    "maxpool3d": _pool("max"),
    "avgpool1d": _pool("avg"),
    "avgpool2d": _pool("avg"),
    "avgpool3d": _pool("avg"),
    "adaptiveavgpool2d": _adaptive("adaptive_avg_pool"),
    "adaptivemaxpool2d": _adaptive("adaptive_max_pool"),
    "adaptivemaxpool3d": _adaptive("adaptive_max_pool", "other_dims"),
    "adaptiveavgpool1d": _adaptive("adaptive_avg_pool", "other_dims"),
    "adaptiveavgpool3d": _adaptive("adaptive_avg_pool", "other_dims"),
    "adaptiveavgpool2d_functional": _adaptive("adaptive_avg_pool", "functional"),
    "adaptivemaxpool2d_functional": _adaptive("adaptive_max_pool", "functional"),
    "maxpool1d_functional": _pool("max", "functional"),
    "avgpool3d_functional": _pool("avg", "functional"),
    "groupnorm_functional": lambda o, given: (
        _norm("group_norm")({**o, "affine": 0}, given)[:-1] + ", functional)"
    ),
    "instancenorm_functional": lambda o, given: (
        _norm("instance_norm", 0)(o, given)[:-1] + ", functional)"
    ),
    "relu_method": _each_element("relu", "unpatched"),
    "softmax_method": _softmax("softmax", "unpatched"),
    "mean_hw": _mean,
    "upsample_area": _by_area(),
    "upsample_area_size": _by_area("by_size"),
    "interpolate_area": _by_area("functional"),
    "interpolate_area_size": _by_area("by_size", "functional"),
    "upsample_nearest": _upsample("nearest_upsample"),
    "upsample_exact": _upsample("nearest_upsample", "nearest_exact"),
    "upsampling_nearest": _upsample("nearest_upsample", "subclass"),
    "upsampling_bilinear": _upsample("bilinear_upsample", "subclass"),
    "linear_turned": _linear("operator"),
    "upsample_bilinear": _upsample("bilinear_upsample"),
    "upsample_linear": _upsample("linear_upsample"),
    "upsample_trilinear": _upsample("trilinear_upsample"),
    "upsample_bicubic": _upsample("bicubic_upsample"),
    "upsample_nearest_size": _upsample("nearest_upsample", "by_size"),
    "upsample_bilinear_size": _upsample("bilinear_upsample", "by_size"),
    "upsample_bicubic_size": _upsample("bicubic_upsample", "by_size"),
    "interpolate_nearest": _upsample("nearest_upsample", "functional"),
    "interpolate_bilinear": _upsample("bilinear_upsample", "functional"),
    "embedding": _embedding,
    "embedding_bag": _bag,
    "add_operator": _each_element("residual_add"),
    "add_method": _each_element("residual_add", "functional"),
    "mul_method": _each_element("product", "functional"),
    "add_torch": _each_element("residual_add", "functional"),
    "mul_operator": _each_element("product"),
    "mul_torch": _each_element("product", "functional"),
    "matmul_method": _matmul("functional"),
    "matmul_operator": _matmul(),
    "matmul_torch": _matmul("functional"),
    "bmm": _matmul("bmm"),
    "mm": lambda _, given: _call("matmul", "bmm", n=given[0][0], M=given[0][1], N=given[1][1]),
    "mv": lambda _, given: _call("matmul", "mv", n=given[0][0], M=given[0][1], N=1),
    "addmm": lambda _, given: _call("matmul", "addmm", n=given[0][0], M=given[0][1], N=given[1][1]),
    "addbmm": _matmul("mv"),
    "baddbmm": _matmul("baddbmm"),
    "linear_addmm": _linear("addmm"),
    "einsum": _einsum,
    "mha_self": _attention(),
    "mha_masked": _attention("causal"),
    "mha_padded": _attention("padded"),
    "mha_both": _attention("masked", "padded"),
    "mha_apart": _attention(),
    "mha_self_noweights": _attention("no_weights"),
    "mha_cross": _attention(),
    "sdpa": _core(),
    "sdpa_gqa": _core(),
    "sdpa_math": lambda o, given: _core("math")(o, [[n, 1, *sides] for n, *sides in given]),
    "attention_eager": _core("eager"),
    "lstm": _recurrent("lstm"),
    "gru": _recurrent("gru"),
    "rnn": _recurrent("rnn"),
    "lstmcell": _cell("lstm"),
    "grucell": _cell("gru"),
    "rnncell": _cell("rnn"),
    "torchvision": lambda o, given: _call(o["name"], R=given[0][-1], B=given[0][0]),
    "encoder_layer": _encoder,
    "decoder_layer": _decoder,
}


def layer_of(line: str, shapes: str) -> str | None:
    """The module of a line in the language; ``None`` for a kind that the catalogue lacks."""
    kind, options = read(line)
    made = LAYERS.get(kind)
    return None if made is None else made(options, sides(shapes))
