"""Language models of the catalogue against what is executed, and against what was published."""

from __future__ import annotations

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from closedform.catalogue import LAYERS, lookup
from closedform.cost.layer_type import LayerType
from closedform.errors import ClosedformError
from closedform.reading import parse_layers

DATA = Path(__file__).parent / "data"
with (DATA / "language_models.csv").open(encoding="utf-8", newline="") as _file:
    EXECUTED = {row["model"]: row for row in csv.DictReader(_file)}

MEMBERS = [one for one in LAYERS.values() if one.is_network and one.free == ("n",)]


@pytest.mark.parametrize("one", MEMBERS, ids=lambda one: one.name)
def test_a_language_model_costs_what_was_executed(one: LayerType) -> None:
    row = EXECUTED[one.name]
    found = {"params": one().params}
    for n in (100, 512):
        made = one(n=n)
        found |= {f"macs_{n}": made.macs, f"cached_{n}": made.quantity("kv_cache")}
        assert made.flops("torch_meta") == 2 * made.macs
    assert found == {key: int(number) for key, number in row.items() if key != "model"}


def test_the_head_of_its_own_is_noticed() -> None:
    """Llama 3.2 takes the embedding for its head, and costs less than its family without it."""
    family = "llama(L=16, d=2048, h=32, h_kv=8, f=8192, V=128256, n=1)"
    assert parse_layers(family).params - lookup("llama3_2_1b")().params == 128256 * 2048
    with pytest.raises(ClosedformError, match="unknown size or flag of llama3_2_1b 'tied'"):
        lookup("llama3_2_1b")(tied=True)


#: Parameters as their papers print them: all, those that work on a token, and those without the
#: embedding (and the head, where it has one of its own).
PRINTED = (
    ("llama_7b", "params", "6.7"),
    ("llama_13b", "params", "13.0"),
    ("llama_33b", "params", "32.5"),
    ("bloom_560m", "params", "0.559"),
    ("bloom_1b1", "params", "1.065"),
    ("bloom_1b7", "params", "1.722"),
    ("bloom_3b", "params", "3.003"),
    ("bloom_7b1", "params", "7.069"),
    ("bloom_176b", "params", "176.247"),
    ("pythia_70m", "rest", "0.018915328"),
    ("pythia_160m", "rest", "0.085056000"),
    ("pythia_410m", "rest", "0.302311424"),
    ("pythia_1b", "rest", "0.805736448"),
    ("pythia_1_4b", "rest", "1.208602624"),
    ("pythia_2_8b", "rest", "2.517652480"),
    ("pythia_6_9b", "rest", "6.444163072"),
    ("pythia_12b", "rest", "11.327027200"),
    ("gpt_neox_20b", "params", "20.554567680"),
    ("gemma_2b", "rest", "1.981884416"),
    ("gemma_7b", "rest", "7.751248896"),
    ("qwen2_5_0_5b", "rest", "0.36"),
    ("qwen2_5_1_5b", "rest", "1.31"),
    ("qwen2_5_3b", "rest", "2.77"),
    ("qwen2_5_7b", "rest", "6.53"),
    ("qwen2_5_72b", "params", "72.7"),
    ("phi_3_mini", "params", "3.8"),
    ("phi_3_medium", "params", "14"),
    ("mixtral_8x7b", "params", "47"),
    ("mixtral_8x7b", "active_params", "13"),
    ("mixtral_8x22b", "params", "141"),
    ("mixtral_8x22b", "active_params", "39"),
    ("deepseek_v2", "params", "236"),
    ("deepseek_v2", "active_params", "21"),
    ("deepseek_v3", "params", "671"),
)
#: What does not come out as printed, what comes out, and why.
NOT_AS_PRINTED = (
    ("llama_65b", "params", "65.2", "65.3", "cut off, not rounded"),
    ("gpt3_175b", "params", "175.0", "174.6", "its table of compute says 174,600 M"),
    ("t5_large", "params", "0.77", "0.74", "0.77 with a second table of V rows for the head"),
    ("qwen2_5_14b", "params", "14.7", "14.8", "cut off: the weights have 14,770,033,664"),
    ("qwen2_5_32b", "params", "32.5", "32.8", "not known: the weights have 32,763,876,352"),
    ("deepseek_v3", "active_params", "37", "38", "37 without the table that a token looks up in"),
)


def billions(name: str, measure: str, digits: str) -> str:
    made = lookup(name)()
    number = made.quantity("params" if measure == "rest" else measure)
    if measure == "rest":
        outside = {"embedding", "positions", "head"}
        number = sum(part.params for place, part in made.stages().items() if place not in outside)
    return str((Decimal(number) / 10**9).quantize(Decimal(digits), ROUND_HALF_UP))


@pytest.mark.parametrize(("name", "measure", "printed"), PRINTED)
def test_parameters_agree_to_every_digit_that_is_printed(
    name: str, measure: str, printed: str
) -> None:
    assert billions(name, measure, printed) == printed


@pytest.mark.parametrize(("name", "measure", "printed", "found", "why"), NOT_AS_PRINTED)
def test_what_does_not_come_out_is_known(
    name: str, measure: str, printed: str, found: str, why: str
) -> None:
    assert billions(name, measure, printed) == found != printed
    assert why
