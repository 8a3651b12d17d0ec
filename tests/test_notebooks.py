"""Every result displays itself in a notebook: LaTeX, HTML and Markdown, by plain calls."""

from __future__ import annotations

from typing import Any

import pytest

import closedform as cf
from closedform.documents.cell import check_cell
from closedform.figures.table import table

RESULTS = {
    "layers": cf.conv(bias=True),
    "count": cf.count(cf.conv(k=3, M=4, N=8, H=5, W=5)),
    "verdict": cf.verify("params(depthwise_conv) = k k M M"),
    "table": table({"conv": cf.conv(), "linear": cf.linear()}),
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_has_all_three_forms(name: str) -> None:
    result = RESULTS[name]
    latex, html, markdown = result._repr_latex_(), result._repr_html_(), result._repr_markdown_()
    assert latex.count("{") == latex.count("}")
    assert html.startswith("<")
    assert html.rstrip().endswith(">")
    assert len({latex, html, markdown}) == 3


def test_layers_are_a_table_of_closed_forms() -> None:
    layers = cf.conv()
    assert r"\text{params} &= k^{2} M N \\" in layers._repr_latex_()
    assert "| MACs | $k^{2} M N H W$ |" in layers._repr_markdown_()
    # In one piece, whatever sets the page.
    unbroken = r'<span style="display: inline-block; white-space: nowrap">\(N H W\)</span>'
    assert f'<td style="text-align: left">{unbroken}</td>' in layers._repr_html_()
    assert cf.ratio(layers, "linear")._repr_html_().count("nowrap") == 3


def test_the_convention_is_named() -> None:
    for name in ("layers", "count"):
        result = RESULTS[name]
        assert "FLOPs (exact)" in result._repr_html_()
        assert "FLOPs (exact)" in result._repr_latex_()


def test_numbers_are_set_as_numbers() -> None:
    count = RESULTS["count"]
    assert "S[table-format=5]" in count._repr_latex_()
    assert "| MACs | 7,200 |" in count._repr_markdown_()
    assert '<td style="text-align: right">7,200</td>' in count._repr_html_()


def test_a_verdict_says_why_and_escapes_what_it_quotes() -> None:
    verdict = cf.verify("params(conv) < 0")
    assert "<code>params(conv) &lt; 0</code>" in verdict._repr_html_()
    refuted = RESULTS["verdict"]
    assert r"\textbf{Refuted.}" in refuted._repr_latex_()
    assert r"<li>holds only when: \(M = 1\)</li>" in refuted._repr_html_()
    assert "- holds only when: $M = 1$" in refuted._repr_markdown_()


def test_an_error_is_its_sentence_and_the_line_of_the_cell() -> None:
    cell = {"__name__": "__main__", "call": lambda layer: layer(k=0), "cf": cf}
    with pytest.raises(cf.ClosedformError) as raised:
        exec(compile("1 + 1\ncall(cf.conv)", "<cell>", "exec"), cell)
    assert raised.value._render_traceback_() == [
        "NotPositiveInteger in line 2: k = 0 is not a positive integer\ngive k as 1, 2, 3, …"
    ]


def test_a_short_sweep_is_a_table_and_a_long_one_a_sentence() -> None:
    short, long = (cf.sweep("resnet50(R)", over=f"R=96..{last}..1") for last in (98, 999))
    assert short._repr_html_().count("<tr>") == 4
    assert long._repr_html_() is None
    assert repr(long) == "904 rows of R, params, macs for resnet50(R)"


def test_sources_are_folded() -> None:
    shown = cf.compare("conv(k=3, M=4, N=8, H=5, W=5)")._repr_html_()
    assert shown.count("<details>") == shown.count("</details>") == 1
    assert shown.index("<details>") < shown.index("MobileNets, arXiv:1704.04861")
    assert "<details>" not in RESULTS["table"]._repr_html_()


CELL = r"""
A layer has <!-- closedform: params(conv) --> $k^2 M N$ weights, a depthwise one $k^2 M$, so that
$$\frac{k^2 M + M N}{k^2 M N} = \frac1N + \frac1{k^2},$$
with $k = 3$ and never $k^2 M N = k M N$; $x_{$ is broken.
"""


def test_a_cell_is_checked_formula_by_formula() -> None:
    cell = check_cell("", CELL)
    assert [one.outcome for one in cell.claims] == ["proven", "proven", "refuted"]
    assert [one.equals[0] for one in cell.candidates] == ["params(depthwise_conv)"]
    assert cell.others == 2  # what k is, and what is broken
    assert "1 refuted; 1 not as expected; 2 more formulas are not checked" in str(cell)
    shown = cell._repr_markdown_()
    assert shown.startswith(CELL)
    assert "**refuted**: `k^2 M N = k M N`" in shown
    assert "- holds only when: $k = 1$" in shown


def test_a_cell_with_an_error_keeps_the_rest() -> None:
    cell = check_cell("", "<!-- closedform: params(cnv) --> $k^2$, $k k = k^2$")
    assert [one.outcome for one in cell.claims] == ["errors", "proven"]
    assert "\n      params(cnv)\n             ^^^\n" in cell._repr_markdown_()


def test_the_magic_is_there_for_ipython_and_takes_no_words() -> None:
    magics = {}

    class Shell:
        def register_magic_function(self, function: Any, kind: str, name: str) -> None:
            magics[kind, name] = function

    cf.load_ipython_extension(Shell())
    assert magics == {("cell", "closedform"): check_cell}
    with pytest.raises(cf.ClosedformError, match="takes no 'params"):
        check_cell("params(conv)", "$k$")
