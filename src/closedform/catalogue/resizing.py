"""Resizing of sequences, maps and volumes: copies, or sums with weights that are known before.

Reference: torch/nn/modules/upsampling.py.
"""

from __future__ import annotations

from collections.abc import Callable

from closedform.cost.layer import Cost, LayerType, Size, layer

#: What is resized, to what, and how the name of copies ends; so many weights a place, in words.
EXTENTS = {
    "L": (" of a sequence", "L", "1d"), "H W": ("", "H × W", ""),
    "D H W": (" of volumes", "D × H × W", "3d"),
}  # fmt: skip
WEIGHTS = {
    2: "two an addition", 4: "four three additions", 8: "eight seven additions",
    16: "sixteen fifteen additions",
}  # fmt: skip


def resized(mode: str, extents: str, weights: int = 0, ways: str = "") -> LayerType:
    """Upsampling to ``extents``: copies, or sums of so many places, each by its weight."""
    of, to, suffix = EXTENTS[extents]
    products, _, additions = WEIGHTS.get(weights, "").partition(" ")
    counted = f"{products} products and {additions} per output" if weights else ""
    declared = layer(
        name=f"{mode}_upsample{'' if weights else suffix}",
        summary=f"{mode.capitalize()} upsampling{of} by s, or to {to}: "
        f"{counted or 'copies, no arithmetic'}.",
        module="" if weights else "nearest_upsample",
        operations=f"interpolate N {extents} over {weights}" if weights else f"gather N {extents}",
        inputs=f"N {' '.join(f'{side}_in' for side in extents.split())}",
        ways=f"fractional {ways} functional by_size",
        meanings={"N": "channels", "s": "scale", "L": "output length"},
        source=f"torch/nn/modules/upsampling.py, class Upsample, mode {mode}"
        + f": {products} weights a place" * bool(weights),
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


COPIES = "nearest_exact subclass"
nearest_upsample = resized("nearest", "H W", ways=COPIES)
bilinear_upsample = resized("bilinear", "H W", 4, "subclass")
bicubic_upsample = resized("bicubic", "H W", 16)
nearest_upsample1d = resized("nearest", "L", ways=COPIES)
nearest_upsample3d = resized("nearest", "D H W", ways=COPIES)
linear_upsample = resized("linear", "L", 2)
trilinear_upsample = resized("trilinear", "D H W", 8)
