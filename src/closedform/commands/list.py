"""``closedform list``: the layers, conventions, notations and networks there are."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import closedform.catalogue  # noqa: F401  (fills the registry)
from closedform.commands.output import EXPECTED, emit
from closedform.cost.conventions import CONVENTIONS
from closedform.cost.layer_type import LAYERS
from closedform.typeset.escapes import latex_words
from closedform.typeset.grids import markdown_grid
from closedform.typeset.notation import NOTATIONS
from closedform.typeset.text import text

#: The headings, and a row an entry.
Listing: TypeAlias = tuple[tuple[str, ...], Sequence[tuple[str, ...]]]


def run(args: argparse.Namespace) -> int:
    """Print one of the tables."""
    heading, rows = _TABLES[args.table]()
    emit(
        args,
        text=lambda: _text(rows),
        latex=lambda: _latex(rows),
        markdown=lambda: markdown_grid(heading, rows),
        data=lambda: [dict(zip(heading, row, strict=True)) for row in rows],
    )
    return EXPECTED


def _layers() -> Listing:
    rows = [
        (
            layer.name,
            ", ".join(layer.aliases),
            " ".join(
                f"{d}={text(layer._defaults[d])}" if d in layer._defaults else d for d in layer.dims
            ),
            " ".join(layer.flags),
            layer.summary,
            layer.source,
        )
        for layer in LAYERS.values()
        if not layer.is_network
    ]
    return ("name", "aliases", "dimensions", "flags", "summary", "source"), rows


def _described(said: str, told: Iterable[tuple[str, str, str]]) -> Listing:
    return ("name", said, "source"), [*told]


_TABLES: dict[str, Callable[[], Listing]] = {
    "layers": _layers,
    "conventions": lambda: _described(
        "counts", ((way.name, way.description, way.source) for way in CONVENTIONS.values())
    ),
    "notations": lambda: _described(
        "description", ((own.name, own.description, own.source) for own in NOTATIONS.values())
    ),
    "networks": lambda: _described(
        "description", ((n.name, n.summary, n.source) for n in LAYERS.values() if n.is_network)
    ),
}


def _latex(rows: Sequence[tuple[str, ...]]) -> str:
    """A description list: the name, and beside it what else is known."""
    items = []
    for name, *rest in rows:
        known = "; ".join(cell.rstrip(".") for cell in rest if cell)
        items.append(rf"  \item[{latex_words(name)}] {latex_words(known)}")
    return "\n".join([r"\begin{description}\raggedright", *items, r"\end{description}"])


def _text(rows: Sequence[tuple[str, ...]]) -> str:
    """The name, and under it the rest, one line a column that holds something."""
    return "\n".join(
        "\n".join([row[0], *(f"  {cell}" for cell in row[1:] if cell)]) for row in rows
    )
