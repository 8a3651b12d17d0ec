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
    words = written.split()
    sizes = dict(word.split("=") for word in words if "=" in word)
    always = {word: True for word in words if "=" not in word}
    defaults = {**family.written_defaults, **sizes}
    if "n" not in sizes:
        defaults.pop("n", None)
    first = family.summary.partition("\n")[0]
    made = replace(
        family,
        name=name,
        summary=f"{first} At the sizes of {name}.",
        source=source,
        aliases=aliases,
        preset_of=family.name,
        written_defaults=defaults,
    )
    return register_type(_with_flags(made, always) if always else made)


def _with_flags(member: LayerType, always: dict[str, bool]) -> LayerType:
    """A member that has some flags always: they are no longer its own."""
    spoken = dict.fromkeys(always.keys() & member.spoken_flags, True)
    return replace(
        member,
        flags=tuple(flag for flag in member.flags if flag not in always),
        spoken_flags=member.spoken_flags - always.keys(),
        formula=partial(member.formula, **spoken),
        contents=None if member.contents is None else partial(member.contents, **always),
    )
