"""What ``help`` and completion show of a layer: its sizes with their meaning, flags and source."""

from __future__ import annotations

from inspect import Parameter, Signature

from closedform.cost.layer_type import LayerType
from closedform.cost.sums import LayerSum


def documented(kind: LayerType) -> LayerType:
    """The layer type itself, its documentation and signature in place of those of its class.

    >>> from closedform import matmul
    >>> print(documented(matmul).__doc__.partition("Source")[0].strip())
    Product of two matrices that are both computed, n × M and M × N: ``x @ y``.
    <BLANKLINE>
    Sizes:
        n: rows
        M: columns of the first, rows of the second
        N: columns
        r: second matrices that a first one is multiplied by, by default 1
    Ways to call it: functional, bmm, einsum, addmm, baddbmm, vector, mv, fused, inside
    """
    vars(kind).update(__doc__=_doc(kind), __signature__=_signature(kind))
    return kind


def _doc(kind: LayerType) -> str:
    given = kind.written_defaults
    defaults = {name: f", by default {written}" for name, written in given.items()}
    sizes = [f"    {name}: {kind.meaning(name)}{defaults.get(name, '')}" for name in kind.dims]
    words = {"Flags": kind.flags, "Ways to call it": kind.ways}
    flags = [f"{title}: {', '.join(listed)}" for title, listed in words.items() if listed]
    source = [f"Source: {kind.source}"] if kind.source else []
    return "\n".join([kind.summary, "", "Sizes:", *sizes, *flags, *source])


def _signature(kind: LayerType) -> Signature:
    names = [*kind.dims, *(() if "B" in kind.dims else "B"), *kind.words]
    return Signature(
        [Parameter(name, Parameter.KEYWORD_ONLY, default=None) for name in names],
        return_annotation=LayerSum,
    )
