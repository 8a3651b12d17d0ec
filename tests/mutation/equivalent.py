"""Mutants that no law can notice, because they compute the same: each with the reason."""

from __future__ import annotations

#: The share of the mutants tried that may survive unexplained. Of the catalogue: none. Of the
#: algebra: most survivors take a slower way to the same answer (a shortcut missed, a search that
#: goes on for longer) or give up at another size; the list that the check prints is to be read.
ALLOWED = {"catalogue": 0.0, "networks": 0.0, "algebra": 0.30}

_FLAGS_ARE_PASSED = (
    "calling a layer type always passes its flags to the formula, so the default is for readers"
)

#: The name of a mutant, as the check prints it, and why it is no mistake.
EQUIVALENT: dict[str, str] = {
    "closedform.catalogue.blocks.depthwise_separable_conv: "
    "False -> True, in a definition": _FLAGS_ARE_PASSED,
    "closedform.catalogue.networks.network.published.register: "
    "getdoc(build) or '' -> getdoc(build)": "every network has a docstring",
    "closedform.catalogue.networks.mobile.<module>: 464 -> 465, in (464, 4, 7)": (
        "only half of it is used, rounded down"
    ),
    "closedform.catalogue.networks.mobile.mobilenet_v2: "
    "112 -> 113, in ([_conv(3, 3, 32, 112)], 32, 112)": "the first block does not expand",
    "closedform.catalogue.networks.mobile.mobilenet_v2: "
    "112 -> 111, in ([_conv(3, 3, 32, 112)], 32, 112)": "the first block does not expand",
    "closedform.catalogue.networks.mobile.mobilenet_v2: "
    "1 -> 2, in expansion > 1": "expansions are 1 and 6",
}
