"""How the members of a family are registered: a name, and the published sizes."""

from __future__ import annotations

from functools import partial

from closedform.cost.layer import LayerType
from closedform.cost.layer_type import LAYERS
from closedform.cost.registry import register_type
from closedform.records import replace


def register_members(table: str) -> None:
    """Register the members of families: below a line ``family: source`` their names and sizes."""
    for line in table.strip().splitlines():
        head, _, said = line.partition(": ")
        if not line.startswith(" "):
            family, source = LAYERS[head], said
        else:
            name, *aliases = head.split()
            preset(family, name, source, said, aliases=tuple(aliases))


def preset(
    family: LayerType, name: str, source: str, written: str, *, aliases: tuple[str, ...] = ()
) -> LayerType:
    """A member of a family: its function at the sizes that have this name, ``"L=12 d=768 tied"``.

    A word without a size is a flag that the member always has. The number of tokens n stays open.
    """
    sizes = dict(part.split("=") for part in written.split() if "=" in part)
    always = {word: True for word in written.split() if "=" not in word}
    defaults = {**family.written_defaults, **sizes}
    free = {"n"} - sizes.keys()
    contents, spoken = family.contents, always.keys() & family.spoken_flags
    return register_type(
        replace(
            family,
            name=name,
            summary=f"{family.summary.splitlines()[0]} At the sizes of {name}.",
            source=source,
            aliases=aliases,
            preset_of=family.name,
            flags=tuple(flag for flag in family.flags if flag not in always),
            spoken_flags=family.spoken_flags - always.keys(),
            formula=partial(family.formula, **dict.fromkeys(spoken, True)),
            contents=None if contents is None else partial(contents, **always),
            written_defaults={size: x for size, x in defaults.items() if size not in free},
        )
    )
