"""Tools that look at modules one by one: thop, by exact class, and torchinfo, by parameters.

Sources: thop 0.1.1.post2209072238, thop/vision/calc_func.py (lines 28-34), basic_hooks.py (lines
57-69), rnn_hooks.py, and the table of classes in profile.py (lines 21-66); torchinfo 1.8.0,
torchinfo/layer_info.py (lines 225-245).
"""

from __future__ import annotations

from closedform.cost.conventions.convention import Convention
from closedform.cost.conventions.torch_tools import UNBATCHED

_LSTM = "B*n*(4*(N*(M + N) + N + 2*two_biases*N) + 4*N)"

#: Classes without a rule, and bare parameters: what they learn is no parameter to thop.
_LOST = (
    "group_norm rms_norm embedding bilinear multi_head_attention layer_scale windowed_attention "
    "class_token positions parameter head_scale"
)

#: Ways of calling that are no class with a rule.
_OTHERWISE = "functional unpatched adaptive subclass addmm operator parametrized".split()

#: Modules of which torchinfo counts the parameters, once for each sample.
_OF_BATCH = "batch_norm layer_norm group_norm instance_norm rms_norm prelu embedding bilinear"

CONVENTIONS = (
    Convention(
        "thop",
        "1 per multiply-accumulate, bias 0, norms 4 per element with scale and shift, 2 without, "
        "softmax 3n − 1 a row; classes without a rule are not counted",
        "thop/vision/calc_func.py, lines 28-34; thop/vision/basic_hooks.py, lines 57-69; "
        "thop/rnn_hooks.py; thop/profile.py, lines 21-66",
        {
            "contract": "macs",
            **dict.fromkeys(_OTHERWISE),
            **UNBATCHED,
            "eager": None,
            "transposed_conv contract": "outputs*params/N",
            "bias": "0",
            "batch_norm": "(4 - 2*no_affine)*outputs",
            "layer_norm": "(4 - 2*no_affine)*outputs",
            "instance_norm": "(2 + 2*affine)*outputs",
            "group_norm": None,
            "softmax": "3*outputs - rows",
            "prelu": "outputs",
            **dict.fromkeys("relu relu6 leaky_relu max_pool".split(), "0"),
            "avg_pool": "outputs",
            "global_avg_pool": "inputs + outputs",
            "adaptive_avg_pool": "(inputs + outputs)//1",
            **dict.fromkeys(("unbatched global_avg_pool", "unbatched adaptive_avg_pool")),
            "nearest_upsample": "outputs",
            "linear_upsample": "5*outputs",
            "bilinear_upsample": "11*outputs",
            "bicubic_upsample": "259*outputs",
            **dict.fromkeys(("nearest_exact", "area")),
            "subclass nearest_upsample": "outputs",
            "subclass bilinear_upsample": "11*outputs",
            **dict.fromkeys(
                "bilinear matmul attention causal_attention multi_head_attention".split()
            ),
            **dict.fromkeys(("lstm", "lstmp"), _LSTM),
            "upper lstmp": _LSTM.replace("M", "(M*N/r)"),
            "gru": "B*n*(3*(N*(M + N) + N + 2*two_biases*N) + 4*N)",
            "rnn": "B*n*(N*(M + N) + N + 2*two_biases*N)",
        },
        version="0.1.1.post2209072238",
        defects={
            "transposed_conv": "its products are counted on the output map: s² too many",
            "lstmp": "the projected width is ignored, in what a layer above reads too",
            "adaptive_avg_pool": "worked out in floating point and cut off, which may lose 1",
        },
        params=dict.fromkeys((*_OTHERWISE, *_LOST.split()), "0"),
    ),
    Convention(
        "torchinfo",
        "parameters times positions: of a convolution its output map, of every other module the "
        "batch alone, of recurrent layers the steps",
        "torchinfo/layer_info.py, lines 225-245",
        {
            "conv contract": "macs",
            "transposed_conv contract": "params*outputs/N",
            "conv bias": "outputs",
            "transposed_conv bias": "outputs",
            **dict.fromkeys(("linear contract", "linear bias", *_OF_BATCH.split()), "params*B"),
            "addmm linear": "params*B*N",
            "parametrized": None,
            **UNBATCHED,
            **dict.fromkeys(f"unbatched {norm}_norm" for norm in ("instance", "layer", "rms")),
            "unbatched linear": "params*N",
            "seq_first transformer_layer": "n*(2*d*f + bias*(f + d) + (4 + 2*cross)*d)",
            "recurrent": "params*n*B",
            "cell": "params*B*N",
            **dict.fromkeys("matmul attention causal_attention multi_head_attention".split()),
            "functional window_attention": None,
        },
        version="1.8.0",
        defects={
            "linear": "the positions of a linear layer are forgotten: B instead of B·n",
            "transposed_conv": "its products are counted on the output map: s² too many",
        },
    ),
)
