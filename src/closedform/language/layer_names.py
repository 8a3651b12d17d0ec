"""The words that stand where a layer stands: the registry of layers fills the table."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

from closedform.later import regex
from closedform.synonyms import TORCH_WORDS, meant, own_word

#: Names of layers this long are the same with and without hyphens and underscores: GPT-2.
LONG = 4
#: An underscore that only parts words: between two digits it is a point, as in RegNetY-1.6GF.
_JOINT = regex(r"(?<!\d)_|_(?!\d)")
_LAYERS: dict[str, str] = {}
_NAMES: dict[str, None] = {}
#: The sizes of each layer and the module that it is, by which PyTorch's words for them are known.
_SIZES: dict[str, tuple[Collection[str], str]] = {}
#: What forgets answers that another layer may change.
_FORGET: list[Callable[[], None]] = []

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")


def name_layer(name: str, layer: str) -> None:
    """File ``name`` as one that ``layer`` goes by.

    Raises:
        ValueError: the name is taken.
    """
    key = _compared(name)
    if key in _LAYERS:
        raise ValueError(f"a layer called {name} is registered already")
    _LAYERS[key] = layer
    _NAMES[name] = None
    for forget in _FORGET:
        forget()


def name_sizes(layer: str, sizes: Collection[str], module: str) -> None:
    """File the sizes of a layer."""
    _SIZES[layer] = sizes, module


def size_called(layer: str, word: str) -> str:
    """The size of a layer that a word of PyTorch says; any other word as it is."""
    if word not in TORCH_WORDS:
        return word
    return own_word(word, *_SIZES.get(layer_called(layer) or "", ((), "")))


def of_layers(function: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
    """A function of the layers that there are: its answers are kept until another one is named."""
    kept = lru_cache(maxsize=1024)(function)
    _FORGET.append(kept.cache_clear)
    return cast("Callable[_Asked, _Answer]", kept)


def layer_called(name: str) -> str | None:
    """The layer that goes by a name, by its own name."""
    return _LAYERS.get(_compared(name))


def layer_meant(words: str) -> str | None:
    """The layer that goes by these words, here or in another program or language."""
    return layer_called(words) or next(filter(None, map(layer_called, meant(words))), None)


def is_layer(name: str) -> bool:
    """Whether a layer goes by this name."""
    return _compared(name) in _LAYERS


def layer_names() -> tuple[str, ...]:
    """Every name and alias that a layer goes by."""
    return tuple(_NAMES)


def _compared(name: str) -> str:
    lowered = name.strip().lower().replace("-", "_")
    joined = _JOINT.sub("", lowered) if "_" in lowered else lowered
    return joined if len(joined) >= LONG else lowered
