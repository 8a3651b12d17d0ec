"""Resizing of sequences, maps and volumes: copies, or sums with weights that are known before.

Reference: torch/nn/modules/upsampling.py.
"""

from __future__ import annotations

from closedform.cost.layer import Cost, Size, layer


@layer(
    ways="nearest_exact subclass functional by_size",
    operations="gather N H W",
    inputs="N H_in W_in",
    meanings={"N": "channels", "s": "scale"},
    source="torch/nn/modules/upsampling.py, class Upsample, mode nearest",
)
def nearest_upsample(
    N: Size, H_in: Size, W_in: Size, s: Size = 2, H: Size = "s*H_in", W: Size = "s*W_in"
) -> Cost:  # fmt: skip
    """Nearest upsampling by s, or to H × W: copies, no arithmetic."""
    return Cost(params=0, macs=0, flops=0, activations=N * H * W)


@layer(
    ways="subclass functional by_size",
    operations="interpolate N H W over 4",
    inputs="N H_in W_in",
    meanings={"N": "channels", "s": "scale"},
    source="torch/nn/modules/upsampling.py, class Upsample, mode bilinear: four weights a place",
)
def bilinear_upsample(
    N: Size, H_in: Size, W_in: Size, s: Size = 2, H: Size = "s*H_in", W: Size = "s*W_in"
) -> Cost:  # fmt: skip
    """Bilinear upsampling by s, or to H × W: four products and three additions per output."""
    return Cost(params=0, macs=0, flops=7 * N * H * W, activations=N * H * W)


@layer(
    ways="functional by_size",
    operations="interpolate N H W over 16",
    inputs="N H_in W_in",
    meanings={"N": "channels", "s": "scale"},
    source="torch/nn/modules/upsampling.py, class Upsample, mode bicubic: sixteen weights a place",
)
def bicubic_upsample(
    N: Size, H_in: Size, W_in: Size, s: Size = 2, H: Size = "s*H_in", W: Size = "s*W_in"
) -> Cost:  # fmt: skip
    """Bicubic upsampling by s, or to H × W: sixteen products and fifteen additions per output."""
    return Cost(params=0, macs=0, flops=31 * N * H * W, activations=N * H * W)


@layer(
    module="nearest_upsample",
    ways="nearest_exact subclass functional by_size",
    operations="gather N L",
    inputs="N L_in",
    meanings={"N": "channels", "s": "scale", "L": "output length"},
    source="torch/nn/modules/upsampling.py, class Upsample, mode nearest",
)
def nearest_upsample1d(N: Size, L_in: Size, s: Size = 2, L: Size = "s*L_in") -> Cost:
    """Nearest upsampling of a sequence by s, or to L: copies, no arithmetic."""
    return Cost(params=0, macs=0, flops=0, activations=N * L)


@layer(
    module="nearest_upsample",
    ways="nearest_exact subclass functional by_size",
    operations="gather N D H W",
    inputs="N D_in H_in W_in",
    meanings={"N": "channels", "s": "scale"},
    source="torch/nn/modules/upsampling.py, class Upsample, mode nearest",
)
def nearest_upsample3d(
    N: Size, D_in: Size, H_in: Size, W_in: Size, s: Size = 2,
    D: Size = "s*D_in", H: Size = "s*H_in", W: Size = "s*W_in",
) -> Cost:  # fmt: skip
    """Nearest upsampling of volumes by s, or to D × H × W: copies, no arithmetic."""
    return Cost(params=0, macs=0, flops=0, activations=N * D * H * W)


@layer(
    ways="functional by_size",
    operations="interpolate N L over 2",
    inputs="N L_in",
    meanings={"N": "channels", "s": "scale", "L": "output length"},
    source="torch/nn/modules/upsampling.py, class Upsample, mode linear: two weights a place",
)
def linear_upsample(N: Size, L_in: Size, s: Size = 2, L: Size = "s*L_in") -> Cost:
    """Linear upsampling of a sequence by s, or to L: two products and an addition per output."""
    return Cost(params=0, macs=0, flops=3 * N * L, activations=N * L)


@layer(
    ways="functional by_size",
    operations="interpolate N D H W over 8",
    inputs="N D_in H_in W_in",
    meanings={"N": "channels", "s": "scale"},
    source="torch/nn/modules/upsampling.py, class Upsample, mode trilinear: eight weights a place",
)
def trilinear_upsample(
    N: Size, D_in: Size, H_in: Size, W_in: Size, s: Size = 2,
    D: Size = "s*D_in", H: Size = "s*H_in", W: Size = "s*W_in",
) -> Cost:  # fmt: skip
    """Trilinear upsampling of volumes by s: eight products and seven additions per output."""
    return Cost(params=0, macs=0, flops=15 * N * D * H * W, activations=N * D * H * W)
