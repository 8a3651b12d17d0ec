"""Values put in for symbols of a call; what cannot be had is told with the place of the call."""

from __future__ import annotations

from collections.abc import Mapping

from closedform.algebra.tree import ONE, Tree, substitute
from closedform.cost.call import Term
from closedform.errors import SizeError
from closedform.records import replace


def with_sizes(term: Term, values: Mapping[str, Tree]) -> tuple[Term, ...]:
    """The call of a term with values put in for symbols, as terms that stand alone.

    Raises:
        NotPositiveInteger, NotDivisible, SizeError: sizes that it cannot have.
    """
    call = term.call
    sizes = {name: substitute(tree, dict(values)) for name, tree in call.arguments}
    batch, named = substitute(call.batch, dict(values)), call.sizes
    if "B" not in sizes:  # else it is a size of the layer's own
        sizes["B"], batch, named = batch, ONE, {**named, "B": call.batch}
    try:
        made = call.type.at(sizes, call.flags, named=named, owner=call.owner)
    except SizeError as error:
        if term.place:
            error.of(f"{call.layer} at {term.place}")
        raise
    calls = (inner.call.with_batch(batch) for inner in made.terms)
    if call.samples is not None or call.once:
        samples = None if call.samples is None else substitute(call.samples, dict(values))
        calls = (replace(at, samples=samples, once=call.once) for at in calls)
    return tuple(map(Term.of, calls))
