"""Resizing of sequences, maps and volumes: copies, or sums with weights that are known before.

Reference: torch/nn/modules/upsampling.py.
"""

from __future__ import annotations

from collections.abc import Callable

from closedform.cost.layer import Cost, LayerType, Size, layer


def resized(
    name: str, extents: str, mode: str, summary: str, ways: str = "", module: str = "",
    weights: int = 0,
) -> LayerType:  # fmt: skip
    """Upsampling to ``extents``: copies, or sums of so many places, each by its weight."""
    kind = f"interpolate N {extents} over {weights}" if weights else f"gather N {extents}"
    declared = layer(
        name=name,
        summary=summary,
        module=module,
        operations=kind,
        inputs=f"N {' '.join(f'{side}_in' for side in extents.split())}",
        ways=f"fractional {ways} functional by_size",
        meanings={"N": "channels", "s": "scale", "L": "output length"},
        source=f"torch/nn/modules/upsampling.py, class Upsample, mode {mode}",
    )

    def costs(outputs: Size) -> Cost:
        flops = (2 * weights - 1) * outputs if weights else 0
        return Cost(params=0, macs=0, flops=flops, activations=outputs)

    def sequence(N: Size, L_in: Size, s: Size = 2, L: Size = "s*L_in") -> Cost:
        return costs(N * L)

    def image(
        N: Size, H_in: Size, W_in: Size, s: Size = 2, H: Size = "s*H_in", W: Size = "s*W_in"
    ) -> Cost:
        return costs(N * H * W)

    def volume(
        N: Size, D_in: Size, H_in: Size, W_in: Size, s: Size = 2,
        D: Size = "s*D_in", H: Size = "s*H_in", W: Size = "s*W_in",
    ) -> Cost:  # fmt: skip
        return costs(N * D * H * W)

    made: dict[str, Callable[..., Cost]] = {"L": sequence, "H W": image, "D H W": volume}
    return declared(made[extents])


COPIES = ("nearest_exact subclass", "nearest_upsample")
nearest_upsample = resized(
    "nearest_upsample", "H W", "nearest",
    "Nearest upsampling by s, or to H × W: copies, no arithmetic.", *COPIES,
)  # fmt: skip
bilinear_upsample = resized(
    "bilinear_upsample", "H W", "bilinear: four weights a place",
    "Bilinear upsampling by s, or to H × W: four products and three additions per output.",
    weights=4, ways="subclass",
)  # fmt: skip
bicubic_upsample = resized(
    "bicubic_upsample", "H W", "bicubic: sixteen weights a place",
    "Bicubic upsampling by s, or to H × W: sixteen products and fifteen additions per output.",
    weights=16,
)  # fmt: skip
nearest_upsample1d = resized(
    "nearest_upsample1d", "L", "nearest",
    "Nearest upsampling of a sequence by s, or to L: copies, no arithmetic.", *COPIES,
)  # fmt: skip
nearest_upsample3d = resized(
    "nearest_upsample3d", "D H W", "nearest",
    "Nearest upsampling of volumes by s, or to D × H × W: copies, no arithmetic.", *COPIES,
)  # fmt: skip
linear_upsample = resized(
    "linear_upsample", "L", "linear: two weights a place",
    "Linear upsampling of a sequence by s, or to L: two products and an addition per output.",
    weights=2,
)  # fmt: skip
trilinear_upsample = resized(
    "trilinear_upsample", "D H W", "trilinear: eight weights a place",
    "Trilinear upsampling of volumes by s: eight products and seven additions per output.",
    weights=8,
)  # fmt: skip
