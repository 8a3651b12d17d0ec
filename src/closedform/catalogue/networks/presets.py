"""How a network is registered: a function of its sizes, a name, and the published sizes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from closedform.cost.layer import LayerSum, LayerType
from closedform.cost.measures import UNSTATED
from closedform.cost.registry import register_type


def network(
    name: str,
    summary: str,
    source: str,
    made: Callable[..., LayerSum],
    *,
    flags: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
    sizes: Mapping[str, int] | None = None,
) -> LayerType:
    """A network for images of R × R and K classes, by default at the published sizes."""
    given = {"R": 224, "K": 1000, **(sizes or {})}
    return register_type(
        LayerType(
            name=name,
            summary=summary,
            source=source,
            formula=UNSTATED,
            dims=tuple(given),
            written_defaults={size: str(value) for size, value in given.items()},
            aliases=aliases,
            flags=flags,
            family="networks",
            contents=made,
        )
    )


def register_members(table: str, *families: LayerType) -> None:
    """Register the members of families: below a line ``family: source`` their names and sizes."""
    called = {family.name: family for family in families}
    for line in table.strip().splitlines():
        head, _, said = line.partition(": ")
        if head in called:
            family, source = called[head], said
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
