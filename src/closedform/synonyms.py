"""What programs and other languages call layers and sizes, and the names that they have here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from closedform.later import regex
from closedform.symbols import SIZES

#: The width of the input.
_OF_WHICH = regex(r"(\w+?)s? of (?:the )?(input|output)s?\b(?: (?:feature )?maps?)?")
_LAYERS = {
    "conv": "conv2d convolution convolutional convolution2d 卷积 卷积层 标准卷积 "
    "普通卷积 常规卷积 空洞卷积 膨胀卷积 畳み込み 합성곱",
    "conv1d": "convolution1d 一维卷积",
    "conv3d": "convolution3d 三维卷积",
    "grouped_conv": "group_conv groupconv 分组卷积 组卷积",
    "depthwise_conv": "depthwiseconv2d depthwise_conv2d dwconv 深度卷积 逐通道卷积 dw卷积",
    "pointwise_conv": "pointwise_conv2d conv1x1 1x1 逐点卷积 pw卷积",
    "depthwise_separable_conv": "separableconv2d separable_conv2d sepconv dsc 深度可分离卷积",
    "transposed_conv": "convtranspose2d conv_transpose conv2d_transpose upconv 转置卷积 反卷积",
    "linear": "dense fully_connected inner_product fullyconnected 全连接 全连接层 全結合",
    "batch_norm": "batchnorm batchnorm2d batchnormalization 批归一化 批标准化",
    "layer_norm": "layernorm layernormalization ln 层归一化",
    "group_norm": "groupnorm gn 组归一化",
    "instance_norm": "instancenorm instancenorm2d",
    "rms_norm": "rmsnorm",
    "max_pool": "maxpool maxpool2d max_pooling maxpooling2d 最大池化",
    "avg_pool": "avgpool avgpool2d average_pool averagepooling2d 平均池化",
    "global_avg_pool": "gap global_average_pooling globalaveragepooling2d 全局平均池化",
    "adaptive_avg_pool": "adaptiveavgpool2d",
    "multi_head_attention": "multiheadattention mhsa self_attention cross_attention 多头注意力 "
    "多头自注意力 自注意力 自注意力层 注意力块 交叉注意力",
    "attention": "scaled_dot_product_attention sdpa 注意力",
    "feed_forward": "feedforward feed_forward_network 前馈网络 前馈层 前馈",
    "gated_feed_forward": "glu geglu reglu gated gated_mlp gated_ffn",
    "transformer_layer": "transformer_block",
    "embedding": "embed 嵌入 词嵌入",
    "residual_add": "add shortcut skip 残差",
    "lstm": "长短期记忆 长短期记忆网络",
    "gru": "门控循环单元 gated_recurrent_unit",
    "rnn": "循环神经网络",
    "squeeze_excite": "squeezeexcitation squeeze_excitation squeeze_and_excitation seblock",
    "inverted_residual": "invertedresidual 倒残差",
}
_SIZES = {
    "k": "kernel kernel_size ksize kernelsize filter_size kernel_side kernel_width kernel_height "
    "filter_side filter_width kernelgröße размерядра 卷积核 卷积核大小 卷积核尺寸 "
    "卷积核边长 カーネルサイズ 커널크기",
    "M": "in_channels cin c_in in_features in_dim input_dim input_channels in_planes inputs input "
    "input_size tamaño_de_entrada "
    "input_channel input_features input_units channels in ein eingänge entrées eingabekanäle depth "
    "eingangskanäle eingabegröße canaux_dentrée canales_de_entrada входныхканалов 输入 输入通道 "
    "输入通道数 入力チャネル数 입력채널수",
    "N": "out_channels cout c_out out_features out_dim output_channels filters units num_features "
    "output_channel output_features output_units num_channels channels outputs hidden_size "
    "hidden_units out ausgänge ausgabe sorties sortie 出力チャネル depth classes "
    "输出 输出通道 输出通道数 出力チャネル数 출력채널수 ausgabekanäle ausgangskanäle "
    "canaux_de_sortie canales_de_salida выходныхканалов",
    "g": "groups num_groups 分组 组数 分组数",
    "H": "height h_out hout out_height output_height 高 高度 输出高 输出高度",
    "W": "width w_out wout out_width output_width 宽 宽度 输出宽 输出宽度",
    "R": "input input_size input_resolution eingabegröße",
    "H_in": "input_height 输入高 输入高度",
    "W_in": "input_width 输入宽 输入宽度",
    "s": "stride strides 步长 步幅 schrittweite 스트라이드 ストライド шаг",
    "p": "padding pad dilation 填充",
    "B": "batch batch_size minibatch minibatch_size bs 批大小 批量 批次大小 バッチサイズ 배치크기",
    "bias": "use_bias with_bias add_bias has_bias 偏置",
    "bn": "batchnorm batch_norm with_bn use_bn norm",
    "d": "d_model embed_dim embedding_dim hidden_size dim model_dim embedding_dimension "
    "embedding_size hidden_dimension model_dimension model_width 隐藏维度",
    "d_h": "head_dim head_dimension head_size head_width",
    "h": "num_heads heads n_heads n_head nhead attention_heads 头数",
    "n": "seq_len sequence_length seqlen length tokens context_length context_window 序列长度",
    "m": "sequence_length seqlen",
    "T": "sequence_length context_length",
    "V": "vocab_size vocab vocabulary vocabulary_size num_embeddings 词表 词表大小",
    "f": "hidden_size d_ff dff ffn_dim intermediate_size dim_feedforward hidden_dim",
    "L": "num_layers n_layers n_layer layers depth 层数",
}
_VERDICTS = {
    "proven": "proved true right correct holds",
    "refuted": "disproven disproved false wrong incorrect fails",
    "undecided": "unknown open undecidable",
}
_QUANTITIES = {
    "params": "weights parameters 参数 参数量",
    "macs": "乘加 乘加次数 乘加量",
    "flops": "计算量 浮点运算量",
}
#: Each other name, as names are compared, and the names here that it may mean.
SYNONYMS: dict[str, tuple[str, ...]] = {}
for _name, _others in (*_LAYERS.items(), *_SIZES.items(), *_QUANTITIES.items(), *_VERDICTS.items()):
    for _other in _others.split():
        _key = _other.replace("_", "")
        if _name not in SYNONYMS.get(_key, ()):
            SYNONYMS[_key] = (*SYNONYMS.get(_key, ()), _name)


def meant(name: str) -> tuple[str, ...]:
    """What a name of another program or language may stand for.

    >>> meant("Conv2d"), meant("kernel-size")
    (('conv',), ('k',))
    """
    key = name.strip().lower().removeprefix("nn.")
    return SYNONYMS.get(key.replace("-", "").replace("_", ""), ())


def sizes_called(words: str) -> set[str]:
    """The sizes that go by these words.

    >>> sorted(sizes_called("batch size")), sizes_called("kernel of a truth")
    (['B'], set())
    """
    said = " ".join(_OF_WHICH.sub(r"\2 \1", " ".join(words.lower().split())).split())
    for one in dict.fromkeys((said, said.removesuffix("s"))):  # the input sizes
        called = {*meant(one.replace(" ", ""))}
        if called := called | {name for name, size in SIZES.items() if size.meaning == one}:
            return called
    return set()


#: Arguments of PyTorch's modules that say one thing only, and those that say it of layers that give
#: out as many channels as they take.
_OF_TORCH = frozenset(
    "in_channels out_channels kernel_size groups in_features out_features embed_dim embedding_dim "
    "num_heads num_embeddings d_model nhead dim_feedforward num_groups".split()
)
_IN_AND_OUT = frozenset({"num_features", "num_channels"})
#: Those that say it of modules of one kind only.
_OF_MODULE = {
    "recurrent": {"input_size": "M", "hidden_size": "N", "proj_size": "r"},
    "layer_norm": {"normalized_shape": "N"},
    "rms_norm": {"normalized_shape": "N"},
    "bilinear": {"in1_features": "M", "in2_features": "K"},
}
#: All of these words.
TORCH_WORDS = _OF_TORCH.union(_IN_AND_OUT, *_OF_MODULE.values())


def own_word(name: str, sizes: Collection[str], module: str = "") -> str:
    """The size of ``sizes`` that a word of PyTorch says; any other word as it is.

    >>> own_word("in_channels", ("k", "M")), own_word("input_size", ("M", "N"), "recurrent")
    ('M', 'M')
    """
    if name not in TORCH_WORDS or name in sizes:
        return name
    said = name in _OF_TORCH or (name in _IN_AND_OUT and "M" not in sizes)
    meanings = meant(name) if said else (_OF_MODULE.get(module, {}).get(name, name),)
    return next(filter(sizes.__contains__, meanings), name)


def in_own_words(
    called: Mapping[str, Any], sizes: Collection[str], module: str = ""
) -> list[tuple[str, Any]]:
    """What a layer of these ``sizes`` was called with, PyTorch's words as its own.

    >>> in_own_words({"in_channels": 8, "kernel_size": (3, 5)}, ("k", "M", "k_h", "k_w"))
    [('M', 8), ('k_h', 3), ('k_w', 5)]
    """
    given: list[tuple[str, Any]] = []
    for name, value in called.items():
        own = own_word(name, sizes, module)
        sides = value if own == "k" and value and isinstance(value, (tuple, list)) else (value,)
        if all(side == sides[0] for side in sides):
            given.append((own, sides[0]))
        elif len(sides) == 2 and "k_w" in sizes:
            given += zip(("k_h", "k_w"), sides, strict=True)
        else:
            given.append((own, value))
    return given


#: What other programs call a flag, by the layers of which they say it.
_FLAGS = {("gru", "reset_after"): "two_biases"}  # Keras


def own_flag(layer: str, name: str) -> str:
    """The name that a flag of a layer has here.

    >>> own_flag("gru", "reset_after"), own_flag("lstm", "reset_after")
    ('two_biases', 'reset_after')
    """
    return _FLAGS.get((layer, name.lower().replace("-", "_")), name)


def in_other_scripts(layer: str) -> tuple[str, ...]:
    """What a layer is called in other scripts; those names are as good as its own.

    >>> in_other_scripts("linear")
    ('全连接', '全连接层', '全結合')
    """
    names = _LAYERS.get(layer)  # most have none
    return tuple(name for name in names.split() if not name.isascii()) if names else ()
