"""Parts of the pages that the program writes: the catalogue, and the outputs of commands.

In a page, ``<!-- catalogue -->`` stands for a section per registered layer, and
``<!-- output of: closedform … -->`` for what that command prints.
"""

from __future__ import annotations

import io
import re
import shlex
from contextlib import redirect_stdout
from typing import Any

import closedform.catalogue  # noqa: F401  (registers the layers)
from closedform.cli import main
from closedform.cost.registry import LAYERS, LayerType

_OUTPUT = re.compile(r"<!-- output of: closedform (.+?) -->")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the written parts in their places; MkDocs calls this for each page."""
    with_outputs = _OUTPUT.sub(lambda match: output(match[1]), markdown)
    return with_outputs.replace("<!-- catalogue -->", catalogue())


def output(arguments: str) -> str:
    """What ``closedform`` prints for these arguments."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        code = main(shlex.split(arguments))
    if code != 0:
        raise RuntimeError(f"closedform {arguments} exits with {code}")
    return printed.getvalue()


def catalogue() -> str:
    """A section per layer of the registry, in its order."""
    return "\n".join(_section(layer) for layer in LAYERS.values() if not layer.is_network)


def _section(layer: LayerType) -> str:
    sizes = ", ".join(_size(layer, name) for name in layer.dims)
    facts = {
        "Also called": ", ".join(f"`{alias}`" for alias in layer.aliases),
        "Sizes": sizes,
        "Flags": ", ".join(f"`{flag}`" for flag in layer.flags),
        "Weights": f"`{layer.weights}`" if layer.weights else "",
        "Executes": f"`{layer.written_operations}`" if layer.written_operations else "",
        "Source": layer.source,
    }
    listed = "\n".join(f"- {title}: {value}" for title, value in facts.items() if value)
    return f"## {layer.name}\n\n{layer.summary}\n\n{listed}\n\n{output(_show(layer))}"


def _size(layer: LayerType, name: str) -> str:
    default = layer.written_defaults.get(name)
    written = name if default is None else f"{name}={default}"
    return f"`{written}` ({layer.meaning(name)})"


def _show(layer: LayerType) -> str:
    return f"show {layer.name} --format markdown"
