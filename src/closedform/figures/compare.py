"""One sum of layers under every convention: what each counts, what it leaves out, and why."""

from __future__ import annotations

from closedform.algebra.tree import ONE, Number, Symbol
from closedform.cost.conventions import CONVENTIONS, Convention
from closedform.cost.measures import MEASURES
from closedform.cost.own_sizes import placing
from closedform.cost.sums import LayerSum
from closedform.figures.published import published
from closedform.figures.reproduction import reproduce
from closedform.given import Layers, layers_of, name_of
from closedform.typeset.arrange import arrange
from closedform.typeset.notation import Notation
from closedform.typeset.prose import Code
from closedform.typeset.tables import Column, Table


def compare(given: Layers, *, notation: str | Notation = "source", title: str = "") -> Table:
    """FLOPs of the layers by every convention, a row each; the sources say what each counts.

    Beside numbers stands the closed form that they come from, where one layer is asked about. What
    a convention leaves out is named; what it counts nothing of is no 0. Notes say which conventions
    reproduce what was printed of a network.

    Args:
        given: a sum of layers; its sizes may be numbers or symbols.
        notation: the letters of formulas.
        title: what the layers are called in the caption.

    >>> rows = compare("batch_norm(N=128, H=56, W=56)").rows
    >>> [row[:2] for row in rows if row[0] in ("fvcore", "thop", "torch")]
    [('torch', None), ('fvcore', 802816), ('thop', 1605632)]

    Raises:
        UnknownName: no notation of that name.
    """
    layers = layers_of(given)
    chosen, general = placing(notation, layers.terms), _in_letters(layers)
    columns = [Column("Convention", "convention"), Column(MEASURES["flops"], "flops")]
    columns += [Column("Closed form", "closed_form")] if general else []
    rows = []
    for name in CONVENTIONS:
        forms = [layers, general] if general else [layers]
        trees = [form._known("flops", name) for form in forms]
        entries = (x.value if isinstance(x, Number) else x and arrange(x) for x in trees)
        rows.append((name, *entries, ", ".join(layers.uncounted(name))))
    return Table(
        (*columns, Column("Not counted", "uncounted")),
        tuple(rows),
        _caption=(Code(title) if title else name_of(given, layers), " by every convention."),
        notes=_reproduced(layers),
        notation=chosen,
        sources=tuple(note(rule, layers) for rule in CONVENTIONS.values()),
    )


def _reproduced(layers: LayerSum) -> tuple[str, ...]:
    """What was printed of a network at its published sizes, and by which ways it comes out.

    With a flag that is chosen, only what comes out with it.
    """
    call = layers.terms[0].call
    if len(layers.terms) > 1 or layers != call.type.at({}, call.flags) or layers.missing():
        return ()
    notes = []
    for number, source in published(call.layer):
        reproduced = reproduce(number, layers)
        if call.flags and (reproduced is None or reproduced.word):
            continue
        ways = ", ".join(way.by for way in reproduced.close if way.by) if reproduced else ""
        word = f", with {reproduced.word}" if reproduced and reproduced.word else ""
        word += ", its digits cut off" if reproduced and reproduced.cut else ""
        notes.append(f"{number}, printed in {source}: {ways or 'none of these'}{word}.")
    return tuple(notes)


def _in_letters(layers: LayerSum) -> LayerSum | None:
    """One layer with a letter for each size that was given as a number; else ``None``."""
    if len(layers.terms) != 1 or layers.missing():
        return None
    call = layers.terms[0].call
    letters = {name: Symbol(name) for name in call.given}
    if call.batch != ONE:
        letters["B"] = Symbol("B")
    return call.type.at(letters, call.flags) if letters else None


def note(convention: Convention, layers: LayerSum) -> str:
    """What a convention counts, whose rule that is, and what it gets wrong about these layers."""
    origin = ", ".join(filter(None, (convention.version, convention.source)))
    wrong = [convention.defects[kind] for kind in _kinds(layers) if kind in convention.defects]
    known = "".join(f" Defect: {defect}." for defect in wrong)
    return f"{convention.name} ({origin}): {convention.description}.{known}"


def _kinds(layers: LayerSum) -> dict[str, None]:
    """The names that a rule for these layers may go by, inner layers included."""
    kinds: dict[str, None] = {}
    waiting = [term.call for term in layers.terms]
    while waiting:
        call = waiting.pop()
        if call.layer not in kinds:
            names = (call.layer, call.type.module)
            kinds.update(dict.fromkeys(names))
            kinds.update(dict.fromkeys(f"{way} {name}" for way in call.ways for name in names))
            waiting += [term.call for term in call.parts or ()]
    return kinds
