"""Layers and conventions of a user's own stay as long as the process: here they are taken out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import closedform
from closedform import own_layers
from closedform.cost.conventions import CONVENTIONS, own
from closedform.cost.layer_type import LAYERS
from closedform.language import layer_names


@contextmanager
def forgotten() -> Iterator[None]:
    """Whatever is loaded inside is unknown again afterwards."""
    tables = [LAYERS, layer_names._LAYERS, layer_names._NAMES, own_layers.OWN, vars(closedform)]
    before, counted = set(own_layers.OWN), set(own._OWN)
    try:
        yield
    finally:
        for name in set(own_layers.OWN) - before:
            for table in tables:
                table.pop(name, None)
                table.pop(name.replace("_", ""), None)
        for name in own._OWN - counted:
            own._OWN.remove(name)
            del CONVENTIONS[name]
