"""With all layers of the catalogue nothing takes longer than with the families of convolution."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

#: What a reader does, by a name; each is done in a process that has done nothing of it before.
DONE = {
    "import": "import closedform.catalogue",
    "show": "parse_layers('conv(bias)').to_table().to_text()",
    "verify": "assert verify('macs(depthwise_separable_conv)/macs(conv) = 1/N + 1/k^2')",
    "diagnose": "assert not verify('params(conv) = k^2 M N + N')",
    "identify": "assert str(identify('k^2 M N H W'))",
}
#: So many times the time is let pass: what the machine does besides, and reading the other files.
LONGER = {"import": 1.3, "identify": 1.3}
ANY = 1.2
#: So many runs at least and at most, until the bound is met: what else runs only adds to a time.
FEWEST, MOST = 3, 20

PROGRAM = """
import os, sys, time
few, found = "convolution linear normalization activation".split(), os.scandir
if sys.argv[1] == "few":
    os.scandir = lambda folder: [one for one in found(folder) if one.name[:-3] in few]
started = 0  # the interpreter's own start belongs to what a process takes
import closedform.catalogue
if sys.argv[2] != "import closedform.catalogue":
    from closedform import identify, verify
    from closedform.reading import parse_layers
    verify("k = k")
    started = time.process_time()
    exec(sys.argv[2])
print(time.process_time() - started, len(closedform.catalogue.LAYERS))
"""


@pytest.mark.parametrize("name", DONE)
def test_a_larger_catalogue_takes_no_longer(name: str, tmp_path: Path) -> None:
    found: dict[str, list[float]] = {"few": [], "all": []}
    layers: dict[str, int] = {}
    environment = {
        **os.environ,
        "PYTHONPYCACHEPREFIX": str(tmp_path),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    bound = LONGER.get(name, ANY)
    for turn in range(MOST):
        if turn >= FEWEST and min(found["all"]) <= bound * min(found["few"]):
            break
        for which, times in found.items():
            run = subprocess.run(
                [sys.executable, "-c", PROGRAM, which, DONE[name]],
                capture_output=True, text=True, check=True, cwd=ROOT, env=environment,
            )  # fmt: skip
            seconds, count = run.stdout.split()
            times.append(float(seconds))
            layers[which] = int(count)
    assert layers["all"] > 3 * layers["few"], layers
    assert min(found["all"]) <= bound * min(found["few"]), json.dumps(found)
