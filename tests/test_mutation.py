"""The mutation check draws the same mutants whatever is added beside them."""

from __future__ import annotations

from tests.mutation.__main__ import _sample
from tests.mutation.mutants import mutants

SOURCE = "def area(h, w):\n    return {}2 * h * w + 3 * (h - 1) // 4\n"


def test_a_mutant_is_in_the_sample_by_its_name_alone() -> None:
    every = list(mutants("closedform.area", SOURCE.format("")))
    more = list(mutants("closedform.area", "# a line\n" + SOURCE.format("7 ** h + ")))
    for most in range(len(every) + 1):
        names = {mutant.name for mutant in _sample(every, most)}
        kept = {mutant.name for mutant in _sample(more, most)} & {one.name for one in every}
        assert kept <= names
    assert _sample(every, 5) == [one for one in every if one in _sample(every, 5)]
    assert _sample(every, len(every)) == every
