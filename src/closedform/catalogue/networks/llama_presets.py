"""LLaMA and its kin by name, at the sizes that were published; as in ``language_presets.py``."""

from __future__ import annotations

from closedform.catalogue.networks.language import llama
from closedform.catalogue.networks.presets import Members, register_members

PRESETS: tuple[Members, ...] = (
    (
        llama,
        "Touvron et al., arXiv:2302.13971, Table 2; f as in its code, 8d/3 up to a multiple of 256",
        (
            ("llama_7b", "L=32 d=4096 h=32 f=11008 V=32000", "llama1_7b"),
            ("llama_13b", "L=40 d=5120 h=40 f=13824 V=32000", "llama1_13b"),
            ("llama_33b", "L=60 d=6656 h=52 f=17920 V=32000", "llama_30b", "llama1_33b"),
            ("llama_65b", "L=80 d=8192 h=64 f=22016 V=32000", "llama1_65b"),
        ),
    ),
    (
        llama,
        "Touvron et al., Llama 2, arXiv:2307.09288, Table 1 and section 2.2",
        (
            ("llama2_7b", "L=32 d=4096 h=32 f=11008 V=32000"),
            ("llama2_13b", "L=40 d=5120 h=40 f=13824 V=32000"),
            ("llama2_70b", "L=80 d=8192 h=64 h_kv=8 f=28672 V=32000"),
        ),
    ),
    (
        llama,
        "Meta, Llama 3, arXiv:2407.21783, Table 3; meta-llama/llama-models, models/sku_list.py",
        (
            ("llama3_8b", "L=32 d=4096 h=32 h_kv=8 f=14336 V=128256", "llama3_1_8b"),
            (
                "llama3_70b",
                "L=80 d=8192 h=64 h_kv=8 f=28672 V=128256",
                "llama3_1_70b",
                "llama3_3_70b",
            ),
            ("llama3_405b", "L=126 d=16384 h=128 h_kv=8 f=53248 V=128256", "llama3_1_405b"),
        ),
    ),
    (
        llama,
        "Meta, Llama 3, arXiv:2407.21783; meta-llama/Llama-3.2-1B and 3B, config.json",
        (
            ("llama3_2_1b", "L=16 d=2048 h=32 h_kv=8 f=8192 V=128256 tied"),
            ("llama3_2_3b", "L=28 d=3072 h=24 h_kv=8 f=8192 V=128256 tied"),
        ),
    ),
    (
        llama,
        "Rozière et al., Code Llama, arXiv:2308.12950; Lightning-AI/litgpt, litgpt/config.py",
        (
            ("codellama_7b", "L=32 d=4096 h=32 f=11008 V=32016"),
            ("codellama_34b", "L=48 d=8192 h=64 h_kv=8 f=22016 V=32000"),
        ),
    ),
    (
        llama,
        "Zhang et al., arXiv:2401.02385; jzhang38/TinyLlama, lit_gpt/config.py, tiny_LLaMA_1b",
        (("tinyllama_1_1b", "L=22 d=2048 h=32 h_kv=4 f=5632 V=32000", "tinyllama"),),
    ),
    (
        llama,
        "Ben Allal et al., SmolLM2, arXiv:2502.02737; huggingface/smollm, config_smollm2_*.yaml",
        (
            ("smollm2_135m", "L=30 d=576 h=9 h_kv=3 f=1536 V=49152 tied"),
            ("smollm2_360m", "L=32 d=960 h=15 h_kv=5 f=2560 V=49152 tied"),
            ("smollm2_1_7b", "L=24 d=2048 h=32 f=8192 V=49152 tied"),
        ),
    ),
    (
        llama,
        "01.AI, Yi, arXiv:2403.04652, Table 1; 01-ai/Yi-6B and Yi-34B, config.json",
        (
            ("yi_6b", "L=32 d=4096 h=32 h_kv=4 f=11008 V=64000"),
            ("yi_34b", "L=60 d=7168 h=56 h_kv=8 f=20480 V=64000"),
        ),
    ),
    (
        llama,
        "DeepSeek LLM, arXiv:2401.02954, Table 2; deepseek-llm-7b-base and 67b-base, config.json",
        (
            ("deepseek_llm_7b", "L=30 d=4096 h=32 f=11008 V=102400"),
            ("deepseek_llm_67b", "L=95 d=8192 h=64 h_kv=8 f=22016 V=102400"),
        ),
    ),
    (
        llama,
        "Mistral AI and NVIDIA 2024; mistralai/Mistral-Nemo-Base-2407, config.json",
        (("mistral_nemo_12b", "L=40 d=5120 h=32 h_kv=8 d_h=128 f=14336 V=131072"),),
    ),
    (
        llama,
        "Qwen3, arXiv:2505.09388, Table 1; Lightning-AI/litgpt, litgpt/config.py",
        (
            ("qwen3_0_6b", "L=28 d=1024 h=16 h_kv=8 d_h=128 f=3072 V=151936 tied qk_norm"),
            ("qwen3_1_7b", "L=28 d=2048 h=16 h_kv=8 d_h=128 f=6144 V=151936 tied qk_norm"),
            ("qwen3_4b", "L=36 d=2560 h=32 h_kv=8 d_h=128 f=9728 V=151936 tied qk_norm"),
            ("qwen3_8b", "L=36 d=4096 h=32 h_kv=8 d_h=128 f=12288 V=151936 qk_norm"),
            ("qwen3_14b", "L=40 d=5120 h=40 h_kv=8 d_h=128 f=17408 V=151936 qk_norm"),
            ("qwen3_32b", "L=64 d=5120 h=64 h_kv=8 d_h=128 f=25600 V=151936 qk_norm"),
        ),
    ),
    (
        llama,
        "Qwen2.5, arXiv:2412.15115, Table 1; Qwen/Qwen2.5, config.json of each size",
        (
            ("qwen2_5_0_5b", "L=24 d=896 h=14 h_kv=2 f=4864 V=151936 tied qkv_bias", "qwen2_0_5b"),
            ("qwen2_5_1_5b", "L=28 d=1536 h=12 h_kv=2 f=8960 V=151936 tied qkv_bias", "qwen2_1_5b"),
            ("qwen2_5_3b", "L=36 d=2048 h=16 h_kv=2 f=11008 V=151936 tied qkv_bias"),
            ("qwen2_5_7b", "L=28 d=3584 h=28 h_kv=4 f=18944 V=152064 qkv_bias", "qwen2_7b"),
            ("qwen2_5_14b", "L=48 d=5120 h=40 h_kv=8 f=13824 V=152064 qkv_bias"),
            ("qwen2_5_32b", "L=64 d=5120 h=40 h_kv=8 f=27648 V=152064 qkv_bias"),
            ("qwen2_5_72b", "L=80 d=8192 h=64 h_kv=8 f=29568 V=152064 qkv_bias", "qwen2_72b"),
        ),
    ),
    (
        llama,
        "Microsoft, Phi-3, arXiv:2404.14219, section 2; microsoft/Phi-3, config.json of each size",
        (
            ("phi_3_mini", "L=32 d=3072 h=32 f=8192 V=32064"),
            ("phi_3_medium", "L=40 d=5120 h=40 h_kv=10 f=17920 V=32064"),
        ),
    ),
    (
        llama,
        "Abdin et al., Phi-4, arXiv:2412.08905; Lightning-AI/litgpt, litgpt/config.py",
        (("phi_4", "L=40 d=5120 h=40 h_kv=10 f=17920 V=100352"),),
    ),
)

register_members(PRESETS)
