"""Makes the pictures of the README and the tutorial: ``python docs/images/make.py``.

Needs the extra "plot", Chromium, and ``npm install`` in tests/compile and tests/site.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DESIGNS = "depthwise_separable / conv"

BADGES = {
    "python": ("Python", "3.10 and later", "#2f5f8f"),
    "licence": ("licence", "MIT", "#3d6b35"),
    "types": ("types", "mypy strict", "#5a4a8a"),
}


def closedform(*arguments: str) -> str:
    """What a command prints."""
    command = [sys.executable, "-m", "closedform", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def badge(left: str, right: str, colour: str) -> str:
    """Two words on two grounds, as badges look."""
    a, b = (round(6.6 * len(words)) + 14 for words in (left, right))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{a + b}" height="20" role="img" '
        f'aria-label="{left}: {right}"><title>{left}: {right}</title>'
        f'<rect width="{a + b}" height="20" rx="3" fill="{colour}"/>'
        f'<path d="M3 0h{a - 3}v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3" fill="#444"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" '
        f'text-anchor="middle"><text x="{a / 2}" y="14">{left}</text>'
        f'<text x="{a + b / 2}" y="14">{right}</text></g></svg>\n'
    )


def main() -> None:
    """Write every picture."""
    for name, words in BADGES.items():
        (HERE / f"badge-{name}.svg").write_text(badge(*words), encoding="utf-8")
    sweep = ("--over", "N=16..1024", "--family", "k=3,5,7")
    closedform("plot", DESIGNS, *sweep, "--output", str(HERE / "plot.svg"))
    derivation = closedform("derive", DESIGNS, "--format", "markdown")
    picture = ["node", str(ROOT / "tests/site/picture.mjs"), str(HERE / "derivation.png")]
    subprocess.run(picture, input=derivation, check=True, text=True)


if __name__ == "__main__":
    main()
