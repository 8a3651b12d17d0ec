"""What a text says that its letters are: "where N is the batch size" of ``macs(conv)``.

Words that name one kind of size are compared with the role that the letter has in the target;
any others may be said of any letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from closedform.errors import ParseError
from closedform.language.layers import LayerNode
from closedform.later import regex
from closedform.symbols import SIZES

#: Words for a kind of size, and the roles, or the letters, that are of it.
_KINDS = {
    "batch": (r"(?:mini-?)?batch(?:[ -]size)?|批大小|批量", ["batch"]),
    "stride": (r"strides?|步长|步幅", ["stride"]),
    "padding": (r"padding|dilation", []),
    "kernel": (r"(?:kernel|filter)(?:[ -](?:size|side|width|height))?|卷积核(?:大小)?", ["kernel"]),
    "groups": (r"groups?|组数", ["groups"]),
    "inputs": (r"in(?:put)?[ _-](?:channels?|features|units)|输入通道数?", ["inputs", "width"]),
    "outputs": (
        r"out(?:put)?[ _-](?:channels?|features|units)|filters|输出通道数?",
        ["outputs", "width"],
    ),
    "head": (
        r"head[ -](?:dim(?:ension)?|size|width)|(?:dim(?:ension)?|width) of (?:a|each) head",
        ["d_h", "d_r", "d_q", "d_c", "d_kv"],
    ),
    "heads": (r"(?:attention )?heads", ["heads"]),
    "tokens": (r"sequence[ -]length|tokens|序列长度", ["n", "m", "T"]),
}
_NAMED = "|".join(rf"(?P<{kind}>{words})" for kind, (words, _) in _KINDS.items())
_GLOSS = regex(
    r"(?<![A-Za-z0-9\\_])(?P<letter>[A-Za-z](?:_\{?[A-Za-z0-9]+\}?)?)\$?"
    r"(?:\s*[:=：]\s*|\s+(?:is|denotes|stands for|being)\s+|\s*[为為是]\s*)"
    rf"(?:(?:the|a|number of|#)\s+)*(?:{_NAMED})(?![A-Za-z])",
    re.IGNORECASE,
)


def check_glosses(
    written: str, text: str, layers: Sequence[LayerNode], names: frozenset[str]
) -> None:
    """Refuse a letter that the text says to be another size than it is in the target.

    ``text``: what is ``written``, with another sign in the place of its formulas; ``names``: the
    letters of the target.

    Raises:
        ParseError: with the place, and what the letter is.
    """
    own = {argument.name for layer in layers for argument in layer.arguments}
    own |= set(_letters(layers))
    for gloss in _GLOSS.finditer(text):
        letter = re.sub(r"[{}]", "", gloss["letter"])
        size = SIZES.get(letter) if letter in names - own else None
        kind = next(kind for kind in _KINDS if gloss[kind])
        if size and size.role not in _KINDS[kind][1] and letter not in _KINDS[kind][1]:
            problem = f"{letter} stands for {size.meaning} in the target, not for {gloss[kind]}"
            hint = f"leave the words out, or give {letter} another letter in the target"
            raise ParseError(written, *gloss.span(), problem, hint)


def _letters(layers: Iterable[LayerNode]) -> Iterable[str]:
    """The letters that the target itself gives its sizes."""
    for layer in layers:
        for argument in layer.arguments:
            yield from re.findall(r"[A-Za-z]\w*", str(argument.value))
