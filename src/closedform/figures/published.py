"""What was printed of networks, and where; some of it comes out by no way of counting."""

from __future__ import annotations

#: Where it was printed, and networks with what was printed of each.
SOURCES: dict[str, str] = {
    "torchvision 0.28.0 weights metadata": """
        alexnet 0.714G vgg11 7.609G vgg13 11.308G vgg16 15.47G vgg19 19.632G googlenet 1.498G
        resnet18 1.814G resnet34 3.664G resnet50 4.089G resnet101 7.801G resnet152 11.514G
        wide_resnet50_2 11.398G resnext50_32x4d 4.23G resnext101_32x8d 16.414G
        densenet121 2.834G densenet161 7.728G densenet169 3.36G densenet201 4.291G
        mobilenet_v2 0.301G mobilenet_v3_small 0.057G mobilenet_v3_large 0.217G mnasnet1_0 0.314G
        shufflenet_v2_x0_5 0.04G shufflenet_v2_x1_0 0.145G shufflenet_v2_x1_5 0.296G
        shufflenet_v2_x2_0 0.583G squeezenet1_0 0.819G squeezenet1_1 0.349G inception_v3 5.713G
        efficientnet_b0 0.386G efficientnet_b1 0.687G efficientnet_b3 1.827G efficientnet_b4 4.394G
        efficientnet_b5 10.266G efficientnet_b6 19.068G efficientnet_b7 37.746G
        regnet_y_400mf 0.402G regnet_y_800mf 0.834G regnet_y_1_6gf 1.612G regnet_y_3_2gf 3.176G
        regnet_y_8gf 8.473G regnet_y_16gf 15.912G regnet_y_32gf 32.28G
        convnext_tiny 4.456G convnext_small 8.684G convnext_base 15.355G convnext_large 34.361G
        swin_t 4.491G swin_s 8.741G swin_b 15.431G vit_b_16 17.564G vit_b_32 4.409G
        vit_l_16 61.555G vit_l_32 15.378G vit_h_14 167.295G""",
    "He et al., arXiv:1512.03385, Table 1": "resnet18 1.8G resnet34 3.6G resnet50 3.8G "
    "resnet101 7.6G resnet152 11.3G",
    "DingXiaoH/RepVGG, table.PNG": "vgg16 15.5G resnet34 3.7G resnet50 3.9G",
    "MobileNets, arXiv:1704.04861, Table 6": "mobilenet_v1 569M",
    "MobileNets, arXiv:1704.04861, Table 8": "vgg16 15.3G",
    "tensorflow/models, research/slim/nets/mobilenet/README.md": "mobilenet_v2 300M",
    "Howard et al., arXiv:1905.02244, Table 3": "mobilenet_v3_small 56M",
    "Tan and Le, arXiv:1905.11946, Table 2": "efficientnet_b0 0.39G efficientnet_b1 0.70G "
    "efficientnet_b2 1.0G efficientnet_b3 1.8G efficientnet_b4 4.2G efficientnet_b5 9.9G "
    "efficientnet_b6 19G efficientnet_b7 37G inception_v3 5.7G",
    "facebookresearch/pycls, MODEL_ZOO.md": "resnext50_32x4d 4.2G regnet_y_400mf 0.4G "
    "regnet_y_1_6gf 1.6G regnet_y_3_2gf 3.2G regnet_y_16gf 15.9G regnet_y_32gf 32.3G",
    "facebookresearch/ConvNeXt, README.md": "convnext_tiny 4.5G convnext_small 8.7G "
    "convnext_base 15.4G convnext_large 34.4G",
    "huggingface/pytorch-image-models, results/model_benchmark_amp_nchw_rtx3090.csv": """
        resnet18 1.82G resnet34 3.67G resnet50 4.11G resnet101 7.83G densenet121 2.87G""",
    "sovrasov/flops-counter.pytorch, README.md of 0.7": """
        resnet18 1.82G resnet34 3.68G resnet50 4.12G resnet101 7.85G resnet152 11.58G
        densenet121 2.88G""",
    "sovrasov/flops-counter.pytorch, README.md of 0.7.5": """
        resnet18 1.83G resnet50 4.13G wide_resnet50_2 11.45G densenet121 2.90G""",
    "MrYxJ/calculate-flops.pytorch, README.md": """
        resnet18 3.64G resnet34 7.34G resnet50 8.21G resnet101 15.65G resnet152 23.09G
        densenet121 5.72G vgg16 30.97G""",
    "microsoft/Swin-Transformer, README.md": "swin_t 4.5G swin_s 8.7G swin_b 15.4G",
}


def published(network: str) -> list[tuple[str, str]]:
    """What was printed of a network, and where.

    >>> published("mobilenet_v1")
    [('569M', 'MobileNets, arXiv:1704.04861, Table 6')]
    """
    numbers = []
    for source, written in SOURCES.items():
        words = written.split()
        printed = dict(zip(words[::2], words[1::2], strict=True))
        numbers += [(printed[network], source)] if network in printed else []
    return numbers
