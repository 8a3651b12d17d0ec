"""Counters of graphs: TensorFlow's profiler and onnx-tool.

Sources: TensorFlow 2.21.0, tf.profiler, option float_operation (executed; what is not registered
is not counted); onnx-tool 1.0.1, onnx_tool/node.py (lines 19-36 the weights of operations, lines
2565-2576 the transposed convolution).
"""

from __future__ import annotations

from closedform.cost.conventions.convention import Convention

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
            "batch_norm": "31*outputs",
            "layer_norm": "7*outputs + 29*n*B",
            "relu": "outputs",
            "softmax": "36*outputs",
            "max_pool": "over*outputs",
            "avg_pool": "over*outputs",
            "transposed_conv contract": "outputs*params/M",
        },
        version="1.0.1",
        defects={"transposed_conv": "output channels stand where the input's belong"},
    ),
)
