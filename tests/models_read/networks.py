"""torchvision's classifiers, without weights, and the catalogue's networks beside them."""

from __future__ import annotations

from typing import Any

import pytest

torch = pytest.importorskip("torch")

#: Operators that torchvision declares in a compiled part, which fits one build of PyTorch alone.
COMPILED = ("nms", "qnms")


def torchvision() -> Any:
    """The package; without its compiled part, which no classifier asks for, where that fails."""
    try:
        return pytest.importorskip("torchvision", exc_type=ImportError)
    except RuntimeError:
        library = torch.library.Library("torchvision", "DEF")
        for name in COMPILED:
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        KEPT.append(library)
        return pytest.importorskip("torchvision")


#: What must live as long as the operators.
KEPT: list[Any] = []


def classifier(name: str, device: str = "meta") -> Any:
    """A classifier of torchvision."""
    options = {"init_weights": False, "aux_logits": False}
    # The widths of a RegNet are worked out with tensors.
    with torch.device("cpu" if name.startswith("regnet") else device):
        make = getattr(torchvision().models, name)
        return make(weights=None, **(options if name in ("googlenet", "inception_v3") else {}))
