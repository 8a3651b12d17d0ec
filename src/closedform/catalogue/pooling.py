"""Pooling and resizing."""

from __future__ import annotations

from closedform.cost.layer import Cost, Size, layer


@layer(
    operations="maximum N H W over k k",
    inputs="N H_in W_in",
    meanings={"N": "channels", "k": "window side"},
    source="LeCun et al. 1998, section II.B; torch/nn/modules/pooling.py, class MaxPool2d",
)
def max_pool(
    k: Size, N: Size, H: Size, W: Size, s: Size = "k", H_in: Size = "s*H", W_in: Size = "s*W"
) -> Cost:
    """Max pooling over windows of k × k: k² − 1 comparisons per output, no FLOPs."""
    return Cost(params=0, macs=0, flops=0, activations=N * H * W)
