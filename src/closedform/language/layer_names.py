"""The words that stand where a layer stands: the registry of layers fills the table."""

from __future__ import annotations

#: Every name and alias of a layer as names are compared, and the name that it is known by.
LAYER_NAMES: dict[str, str] = {}


def is_layer(name: str) -> bool:
    """Whether a layer goes by this name."""
    return normalised(name) in LAYER_NAMES


def layer_names() -> tuple[str, ...]:
    """Every name and alias that a layer goes by."""
    return tuple(LAYER_NAMES)


def normalised(name: str) -> str:
    """How names are compared: hyphens and underscores alike, capitals or not."""
    lowered = name.strip().lower().replace("-", "_")
    # MobileNetV1 is written in one word as often as in two.
    return lowered if lowered in LAYER_NAMES else lowered.replace("netv", "net_v")
