"""Language models as executed: parameters, MACs and what is cached, in a file of the tests.

    python -m tests.tools.language_models [MODEL…]

Needs PyTorch and transformers, which no test does: models are made of the catalogue's sizes on the
meta device, without weights, and run on it with attention written out. PyTorch's counter of FLOPs
gives two a multiply-accumulate.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

from closedform.catalogue import LAYERS
from closedform.cost.layer_type import LayerType

FILE = Path(__file__).parents[1] / "data" / "language_models.csv"
LENGTHS = (100, 512)

#: What transformers calls our sizes.
USUAL = {
    "L": "num_hidden_layers", "d": "hidden_size", "h": "num_attention_heads",
    "h_kv": "num_key_value_heads", "d_h": "head_dim", "f": "intermediate_size", "V": "vocab_size",
    "T": "max_position_embeddings", "w": "sliding_window", "E": "num_local_experts",
    "a": "num_experts_per_tok",
}  # fmt: skip
DEEPSEEK = USUAL | {
    "d_h": "qk_nope_head_dim", "d_r": "qk_rope_head_dim", "d_c": "kv_lora_rank",
    "d_q": "q_lora_rank", "E": "n_routed_experts", "E_s": "n_shared_experts",
    "f": "moe_intermediate_size", "f_d": "intermediate_size", "L_d": "first_k_dense_replace",
}  # fmt: skip
GPT2 = {"L": "n_layer", "d": "n_embd", "h": "n_head", "T": "n_positions", "V": "vocab_size"}
T5 = {"L": "num_layers", "d": "d_model", "h": "num_heads", "d_h": "d_kv", "f": "d_ff"}
BLOOM = {"L": "n_layer", "h": "n_head", "d": "hidden_size", "V": "vocab_size"}
VOCABULARY = {"V": "vocab_size"}
DISTILBERT = {"L": "n_layers", "d": "dim", "h": "n_heads", "f": "hidden_dim"} | VOCABULARY
EXPERTS = USUAL | {"E": "num_experts", "f": "moe_intermediate_size"}
#: How often each key and value is kept where they are broadcast to all heads before.
BROADCAST = {"falcon_40b": 16, "falcon_180b": 29}
#: What the sizes of a class are called, where they are not called as it is.
CONFIGS = {"Gemma3": "Gemma3TextConfig"}
#: The class of a member by how its name begins, the first that fits; its model; names of sizes.
CLASSES: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("gpt2 gpt3", "GPT2", "LMHeadModel", GPT2),
    ("opt", "OPT", "ForCausalLM", USUAL | {"f": "ffn_dim"}),
    ("bert", "Bert", "Model", USUAL),
    ("roberta", "Roberta", "Model", USUAL | {"S": "type_vocab_size"}),
    ("mpt", "Mpt", "ForCausalLM", {"L": "n_layers", "d": "d_model", "h": "n_heads"} | VOCABULARY),
    ("falcon", "Falcon", "ForCausalLM", USUAL | {"h_kv": "num_kv_heads"}),
    ("distilbert", "DistilBert", "Model", DISTILBERT),
    ("olmo2", "Olmo2", "ForCausalLM", USUAL),
    ("olmo", "Olmo", "ForCausalLM", USUAL),
    ("stablelm", "StableLm", "ForCausalLM", USUAL),
    ("granite", "Granite", "ForCausalLM", USUAL),
    ("mamba", "Mamba", "ForCausalLM", USUAL | {"N": "state_size", "f": "intermediate_size"}),
    ("gpt_j", "GPTJ", "ForCausalLM", GPT2 | {"d_r": "rotary_dim"}),
    ("t5", "T5", "ForConditionalGeneration", T5 | VOCABULARY),
    ("bloom", "Bloom", "ForCausalLM", BLOOM),
    ("pythia gpt_neox", "GPTNeoX", "ForCausalLM", USUAL),
    ("llama", "Llama", "ForCausalLM", USUAL),
    ("codellama tinyllama smollm yi deepseek_llm mistral_nemo", "Llama", "ForCausalLM", USUAL),
    ("qwen2", "Qwen2", "ForCausalLM", USUAL),
    ("qwen3_30b qwen3_235b", "Qwen3Moe", "ForCausalLM", EXPERTS),
    ("qwen3", "Qwen3", "ForCausalLM", USUAL),
    ("phi_3 phi_4", "Phi3", "ForCausalLM", USUAL),
    ("phi", "Phi", "ForCausalLM", USUAL),
    ("gemma_2_", "Gemma2", "ForCausalLM", USUAL),
    ("gemma_3_", "Gemma3", "ForCausalLM", USUAL),
    ("gemma", "Gemma", "ForCausalLM", USUAL),
    ("mistral", "Mistral", "ForCausalLM", USUAL),
    ("mixtral", "Mixtral", "ForCausalLM", USUAL),
    ("deepseek_v2", "DeepseekV2", "ForCausalLM", DEEPSEEK),
    ("deepseek_v3", "DeepseekV3", "ForCausalLM", DEEPSEEK),
)


def members() -> list[LayerType]:
    """The language models of the catalogue: networks of which the tokens n alone are open."""
    return [one for one in LAYERS.values() if one.is_network and one.free == ("n",)]


def made(one: LayerType) -> Any:
    """A model on the meta device."""
    import torch  # noqa: PLC0415  (the tests do without it)
    import transformers  # noqa: PLC0415

    kind, model, names = next(
        row[1:] for row in CLASSES if one.name.startswith(tuple(row[0].split()))
    )
    sizes = {name: getattr(size, "value", None) for name, size in one().terms[0].call.sizes.items()}
    sizes["L"] += sizes.get("L_d", 0)
    given: dict[str, Any] = {names[name]: sizes[name] for name in names if sizes.get(name)}
    # What a member has always is none of its flags; these families have no such flag.
    untied = kind in {"GPTNeoX", "GPTJ", "Phi", "DeepseekV2", "DeepseekV3"}
    given["tie_word_embeddings"] = "tied" not in one.flags and not untied
    more: dict[str, dict[str, Any]] = {
        "OPT": {"word_embed_proj_dim": sizes["d"]},
        "Phi3": {"pad_token_id": 0},
        "Phi": {"partial_rotary_factor": 0.4 if one.name == "phi_2" else 0.5},
        "Falcon": {"new_decoder_architecture": sizes.get("h_kv") != 1},
        "DeepseekV2": {"v_head_dim": 128, "num_key_value_heads": sizes.get("h")},
        "DeepseekV3": {"v_head_dim": 128, "num_key_value_heads": sizes.get("h")},
    }
    given |= more.get(kind, {})
    config = getattr(transformers, CONFIGS.get(kind, f"{kind}Config"))(**given)
    config._attn_implementation = "eager"
    config._experts_implementation = "batched_mm"
    with torch.device("meta"):
        return getattr(transformers, kind + model)(config).eval()


def executed(one: LayerType) -> dict[str, object]:
    """The row of a model."""
    import torch  # noqa: PLC0415  (the tests do without it)
    from torch.utils.flop_counter import FlopCounterMode  # noqa: PLC0415

    model = made(one)
    row: dict[str, object] = {"model": one.name}
    row["params"] = sum(p.numel() for p in {id(p): p for p in model.parameters()}.values())
    for n in LENGTHS:
        tokens = torch.zeros((1, n), dtype=torch.long, device="meta")
        given = {"decoder_input_ids": tokens} if one.name.startswith("t5") else {}
        with FlopCounterMode(display=False) as counter, torch.no_grad():
            out = model(input_ids=tokens, use_cache="bert" not in one.name, **given)
        row[f"macs_{n}"] = counter.get_total_flops() // 2 - _cropped(model)
        kept = _numbers(getattr(out, "past_key_values", None))
        row[f"cached_{n}"] = kept // BROADCAST.get(one.name, 1)
    return row


def _cropped(model: Any) -> int:
    """Products of causal convolutions behind the last token, which are thrown away."""
    convs = (part for part in model.modules() if type(part).__name__ == "Conv1d")
    return sum(conv.weight.numel() * conv.padding[0] for conv in convs)


def _numbers(cache: Any) -> int:
    """How many numbers a cache keeps."""
    if cache is None:
        return 0
    if hasattr(cache, "self_attention_cache"):
        return _numbers(cache.self_attention_cache) + _numbers(cache.cross_attention_cache)
    layers = (layer for layer in cache.layers if hasattr(layer, "keys"))
    return sum(layer.keys.numel() + layer.values.numel() for layer in layers)


def main() -> None:
    """Write the file anew."""
    wanted = sys.argv[1:] or [one.name for one in members()]
    with FILE.open(encoding="utf-8", newline="") as file:
        known = {row["model"]: row for row in csv.DictReader(file)}
    rows = [executed(one) if one.name in wanted else known[one.name] for one in members()]
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
