"""Counters of graphs: TensorFlow's profiler and onnx-tool.

Sources: TensorFlow 2.21.0, tf.profiler, option float_operation (executed; what is not registered
is not counted); onnx-tool 1.0.1, onnx_tool/node.py (lines 19-36 the weights of operations, lines
372-660 those of functions, 1287-1293 pooling, 1784-1786 means, 2565-2576 the
transposed convolution; executed).
"""

from __future__ import annotations

from closedform.cost.conventions.convention import Convention

#: What onnx-tool counts for each output of a function.
_WEIGHTS = {
    0: "erf nearest_upsample", 1: "add scale product relu", 2: "relu6 leaky_relu prelu",
    4: "divide hard_sigmoid linear_upsample bilinear_upsample trilinear_upsample", 5: "hard_swish",
    7: "instance_norm", 8: "bicubic_upsample", 24: "root", 31: "batch_norm",
    32: "square exp power sigmoid", 34: "gelu", 35: "elu", 36: "softmax", 39: "sine", 43: "log",
    76: "tanh", 80: "log_softmax",
}  # fmt: skip
_UNTOLD = "global_avg_pool adaptive_avg_pool adaptive_max_pool recurrent".split()

CONVENTIONS = (
    Convention(
        "tensorflow",
        "2 per multiply-accumulate, bias 1, softmax 5 per element, pooling k² per output; fused "
        "batch norm and activations are not registered; Keras counts the running statistics of a "
        "batch norm among its parameters, 4 per channel",
        "tf.profiler.experimental, float_operation, executed",
        {
            "contract": "2*macs",
            "bias": "outputs",
            "add": "outputs",
            "softmax": "5*outputs",
            "max_pool": "over*outputs",
            "avg_pool": "over*outputs",
            "global_avg_pool": "inputs",
        },
        version="2.21.0",
        params={"batch_norm": "params + buffers"},
    ),
    Convention(
        "onnx_tool",
        "weighted operations: multiplication, addition and comparison 1, division 4, exponential "
        "and power 32, logarithm 43, root 24",
        "onnx_tool/node.py, lines 19-36",
        {
            "contract": "macs",
            "bias": "outputs",
            **{
                kind: f"{weight}*outputs"
                for weight, kinds in _WEIGHTS.items()
                for kind in kinds.split()
            },
            "layer_norm": "7*outputs + 29*n*B",
            **dict.fromkeys(("max_pool", "avg_pool"), "over*outputs"),
            **dict.fromkeys(("max_pool3d", "avg_pool3d"), "k_d*outputs"),
            **dict.fromkeys(("mean", "sum", "maximum"), "over*outputs"),
            **dict.fromkeys(_UNTOLD),
            "transposed_conv contract": "outputs*params/M",
        },
        version="1.0.1",
        defects={
            "transposed_conv": "output channels stand where the input's belong",
            "avg_pool3d": "of a window of three sides the first alone is counted",
        },
    ),
)
