"""Every example of README and docs prints what the page says it prints."""

from __future__ import annotations

import difflib
import re
import runpy
from pathlib import Path

import pytest

from closedform.algebra.proofs.residues import CLASSES
from closedform.algebra.work import EXPONENT, SUM_EXPONENT, TERMS
from closedform.cli import main
from closedform.cost.conventions import CONVENTIONS
from closedform.cost.layer_type import LAYERS
from closedform.diagnosis.diagnose import DIAGNOSIS
from closedform.language.conditions import CONDITIONS
from closedform.language.scanning.state import DIGITS, LENGTH, NESTING, TOKENS
from closedform.language.surroundings.chain import MEMBERS
from closedform.toml import loads
from closedform.verdicts.verify import CLAIM
from tests.tools.examples import PROMPTS, ROOT, blocks, pages, run, run_page, steps

SETUP = re.compile(r"(?m)^```sh\n(.*)\n```$")


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_shows_what_is_printed(page: Path, tmp_path: Path) -> None:
    shown, real = [], []
    for block, truth in run_page(page, tmp_path):
        where = f"--- line {block.first + 1} ---"
        shown += [where, *block.lines]
        real += [where, *truth.lines]
    assert "\n".join(difflib.unified_diff(shown, real, "on the page", "printed", n=1)) == ""


def test_what_a_page_makes_known_is_forgotten_behind_it(tmp_path: Path) -> None:
    for name in ("files", "adding-a-layer"):
        before = set(CONVENTIONS), set(LAYERS)
        list(run_page(ROOT / f"docs/{name}.md", tmp_path / name))
        assert (set(CONVENTIONS), set(LAYERS)) == before


def test_there_are_examples_of_both_kinds() -> None:
    languages = [
        block.language
        for page in pages()
        for block in blocks(page.read_text(encoding="utf-8"))
        if "$ closedform" in block.text or ">>> " in block.text
    ]
    assert languages.count("console") >= 10
    assert languages.count("python") >= 3
    # What needs an extra is pycon, and runs where that is installed: tests/models_read.
    assert set(languages) == {"console", "python", "pycon"}


def test_readme_and_tutorial_have_commands() -> None:
    for name in ("README.md", "docs/tutorial.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        commands = [step for block in blocks(text) for step in steps(block)]
        assert len(commands) >= 3, name


def test_code_on_a_page_is_code_of_the_catalogue() -> None:
    catalogue = "".join(
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "src/closedform/catalogue").glob("*.py"))
    )
    shown = [
        block.text
        for page in pages()
        for block in blocks(page.read_text(encoding="utf-8"))
        if block.language == "python" and ">>>" not in block.text
    ]
    assert shown
    assert [text for text in shown if text not in catalogue] == []


def test_readme_sets_up_with_two_commands() -> None:
    commands = SETUP.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(commands) == 2
    assert "closedform check" in commands[0]
    assert "pytest" in commands[1]


PAGE = """\
```toml title="one.toml"
[[claim]]
text = "M N = N M"
```
````console
$ closedform --version
a wrong version

$ echo $?
7
````
```python
>>> 1 + 1
3
>>> 1 / 0
>>> print("a\\n\\nb")
>>> [1,
...  2]
[1, 2]
```
"""


def test_a_wrong_output_is_seen_and_corrected(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    (_, console), (_, python) = run_page(page, tmp_path)
    version = run("closedform --version", folder=tmp_path)[1].splitlines()
    assert "wrong" not in version[0]
    assert console.lines == ("$ closedform --version", *version, "", "$ echo $?", "0")
    assert python.lines == (
        *(">>> 1 + 1", "2", ">>> 1 / 0", "Traceback (most recent call last):", "    ..."),
        *("ZeroDivisionError: division by zero", '>>> print("a\\n\\nb")', "a", "<BLANKLINE>", "b"),
        *(">>> [1,", "...  2]", "[1, 2]"),
    )
    assert (tmp_path / "one.toml").read_text(encoding="utf-8").startswith("[[claim]]")


def test_the_check_that_a_workflow_is_told_to_run_passes_here(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs/continuous-integration.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"- run: closedform (check .*)", page)
    monkeypatch.chdir(ROOT)
    assert main(command.split()) == 0
    assert "all as expected" in capsys.readouterr().out


def test_the_exit_code_is_asked_for_in_every_shell() -> None:
    """``echo $?`` is no command of PowerShell, nor of the Command Prompt."""
    for page in pages():
        shown = blocks(page.read_text(encoding="utf-8"))
        commands = ((b.language, step) for b in shown for step in steps(b))
        asked = {name for name, step in commands if "closedform" not in step.command}
        assert asked in (set(), set(PROMPTS)), page


def test_an_example_runs_nothing_but_closedform(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not: rm"):
        run("rm -r docs", folder=tmp_path)


def test_a_page_counts_the_lines_of_a_file_when_it_is_built() -> None:
    hook = runpy.run_path(str(ROOT / "docs/hooks/generated.py"))
    grid = (ROOT / "tests/tools_held/grid.txt").read_text(encoding="utf-8").splitlines()
    page = hook["on_page_markdown"]("`grid.txt`<!-- lines of: tests/tools_held/grid.txt -->.")
    assert page == f"`grid.txt` ({len(grid)})."


def test_the_pages_of_the_catalogue_have_every_layer() -> None:
    hook = runpy.run_path(str(ROOT / "docs/hooks/catalogue.py"))
    assert {hook["family"](layer) for layer in LAYERS.values()} == set(hook["families"]())
    # Those of the networks are long: the build of the site makes them.
    layers = [layer for layer in LAYERS.values() if not layer.is_network]
    pages = {family: hook["page"](family) for family in {layer.family for layer in layers}}
    missing = [layer.name for layer in layers if f"\n## {layer.name} {{" not in pages[layer.family]]
    assert missing == []


def test_the_bounds_of_the_language_page_are_those_of_the_code() -> None:
    page = (ROOT / "docs" / "language.md").read_text(encoding="utf-8").partition("## Bounds")[2]
    rows = dict(re.findall(r"^\| (.+?) \| (.+?) \|$", page, re.MULTILINE))
    assert rows["length of a text"] == f"{LENGTH:,} characters, {TOKENS:,} signs and words"
    assert rows["nested brackets"] == f"{NESTING}"
    assert rows["digits of a number"] == f"{DIGITS:,}"
    assert rows["members of a chain, conditions"] == f"{MEMBERS} each"
    assert MEMBERS == CONDITIONS
    sums = f"{EXPONENT:,}; of a sum that is multiplied out {SUM_EXPONENT}"
    assert rows["exponents"] == sums
    assert rows["terms of a formula that is multiplied out"] == f"{TERMS:,}"
    assert rows["residue classes of one claim"] == f"{CLASSES:,}"
    work = f"{CLAIM:,} and {DIAGNOSIS:,} steps of about a microsecond"
    assert rows["work for one claim, and for its diagnosis"] == work


def test_what_a_package_index_shows_has_no_relative_address() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    project = loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    hooks = project["tool"]["hatch"]["metadata"]["hooks"]
    (rule,) = hooks["fancy-pypi-readme"]["substitutions"]
    shown = re.sub(rule["pattern"], rule["replacement"], text)
    addresses = re.findall(r'(?:\]\(|src=")([^)"]+)', shown)
    assert len(addresses) >= 10
    assert [address for address in addresses if not address.startswith("https://")] == []
    local = re.findall(r'(?:\]\(|src=")([^)"]+)', text)
    assert [name for name in local if not (ROOT / name).exists()] == []
