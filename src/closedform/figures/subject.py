"""What a reader asks about: a sum of layers as typed, with a label before it where there is one."""

from __future__ import annotations

import re

from closedform.cost.sums import LayerSum
from closedform.errors import UnknownName
from closedform.language.layer_names import is_layer, layer_names
from closedform.reading import parse_layers


def read_subject(written: str) -> LayerSum:
    """The layers that are meant: ``conv(k=3) + linear``, or ``mobilenet_v1``.

    >>> read_subject("MobileNet-v1").params
    4231976

    Raises:
        UnknownName: one word that is no layer, with the nearest name.
        ParseError: no sum of layers, with a caret under the place.
    """
    if re.fullmatch(r"\s*[A-Za-z]\w+([-_]\w+)*\s*", written) and not is_layer(written):
        raise UnknownName("layer", written.strip(), layer_names())
    return parse_layers(written)


def split_label(written: str) -> tuple[str, str]:
    """A row's label and its layers, from ``LABEL: LAYERS``; no label is an empty one.

    >>> split_label("α = 0.75: conv(k=3)")
    ('α = 0.75', 'conv(k=3)')
    """
    label, colon, layers = written.rpartition(":")
    return (label.strip(), layers.strip()) if colon else ("", written.strip())
