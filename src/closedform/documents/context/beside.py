r"""The words of a sentence, a label or a table right beside a formula, which may say what it is of.

Before it a label, the cell to the left, or what leads up to it; behind it a few words, or those in
a bracket: ``MACs: $…$``, ``| MACs | $…$ |``, ``the depthwise layer has $…$``, ``$…$ with bias``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from closedform.documents.claim import Said
from closedform.documents.context.statement import (
    COMPUTED,
    NAMING,
    OF,
    REACH,
    SO_MANY,
    WORD,
    Statement,
)
from closedform.errors import ParseError
from closedform.language import vocabulary as v
from closedform.language.amounts import speaks_of_amount
from closedform.language.numbers.memory import speaks_of_bytes
from closedform.language.numbers.scales import is_scale
from closedform.later import regex

#: Where a line ends and the sentence does not.
_GOES_ON = regex(r"[ \t]*\n[ \t>]*(?=[a-z]{2,}(?![\w(]*:))")
#: What is told of words beside a formula.
_SAID = "beside the formula may say how much of it, of what else, or that it is not"
_HINT = "let the target have it: the layer has …; or write into the formula what is computed"
#: A remark of code has words, and is no call, as that of a module.
_WORDS = regex(r"(?s)\A(?!.*\w\().*(?:[^\W\d_]{3}|[^\W\d_\0-\x7f])")
#: What parts the cells of a table.
CELL = r"[ \t]*[|&][ \t]*"
#: What follows it, up to a word with which something else begins: what is counted, and a bracket
#: or a few words that are set apart.
_FOLLOWS = regex(
    r"(?P<lead>\s*(?:(?:of|for) (?:the |its |all |an? )?|[个個])?)"
    rf"(?:{WORD}(?:\s+{WORD}){{0,2}})?(?:\s*[,，(（]\s*{WORD}(?:\s+{WORD}){{0,4}}"
    r"[)）]?(?=\s*(?:[.,;:!?。，；：)|&]|\Z)))?"
)
#: A letter that stands in the sentence.
_A_LETTER = regex(r"\$[A-Za-z](?:_\{?\w+\}?)?\$")
#: A size that is given in signs, and where a clause ends or goes on to another formula.
_GIVEN = regex(r"(?:\$|\\\()\s*(?P<given>[A-Za-z](?:_\w+)?\s*=\s*\d+)\s*(?:\$|\\\))")
_ENDS = regex(
    r"[$`\\!?;:。！？；：|&\0]|\.(?!\d)|\b(?:but|while|whereas|instead|unlike)\b"
    r"|\band\b(?! (?:no |an? |the )?(?:bias|bn\b|batch))"
)
_BRACKETS = regex(r"\\{1,2}[()]")
#: Below a formula that has its lines for itself: the label of the next formula.
_LABEL_BELOW = regex(rf"\s*\n\s*{WORD}(?:\s+{WORD}){{0,3}}\s*[:：]\s*(?:[$`]|\\[(\[])")
#: Two words that a formula is put to: the MACs $…$; its MACs, $…$, are.
_PUT_TO = regex(rf"(?:(?:\A|[^,\w.-])({WORD}\s+)?({WORD}))(?P<mark>\s*[,(（]|\s[–—-]+)?\s*\Z")
_CLOSES = {",": ",.;:", "(": ")", "（": "）"}
_EACH = regex(WORD)
_OTHERS = (v.LEADS | v.PROSE | v.CONDITIONALS) - {"with", "mit", "avec", "con"}

#: Small words between how much and of what: half of the, mehr als, la mitad de.
_SMALL = (
    r"(?:(?i:the|as|so|of|than|to|by|from|like|between|many|much|viele?|wie|als|von|vom|aus|der|die|das|de|du|des|del|la|le"
    r"|les|el|los|à|di|du|que|do|da|чем|мере|usual|full|whole|number|amount|total)\b|[dl](?=['’]))"
)
#: Each of so many is no part of a formula that counts them.
_PARTITIVE = re.compile(r"(?:each|every|one|all|most|some|any|many|\w+(?= of which)) of\b")
#: Words that go on as a sentence of their own.
_VERB = regex(r" (?:is|are|has|have|need|needs)\b")
#: The word right before a formula, and the one behind it or the words in a bracket there; and a
#: few words that are set apart, up to the end of their clause.
_WORD_BEFORE = regex(
    rf"(?:\A|[.;:!?。；：\n|&])\s*({OF}{WORD}(?: {WORD})?)\s*[,:，：]\s*\Z"
    rf"|({WORD}:?(?:(?:\s+|['’]){_SMALL})*):?['’]?\s*\Z"
)
#: A sentence that says no behind its formula, or asks.
_DENIED = regex(
    r"[^。、.,\n]{0,24}(?:[でた]は?ない|ありません|持ちません|지 [않못]\w*)(?=\s*(?:[。.]|\Z))"
    r"|[^。、.,\n]{0,12}(?:加え|足し|引い|掛け|割っ)|[^。.!\n]{0,60}[?？]"
    r"|[ \t]+(?:does|do|did|will|would|can|could)(?:n['’]t| ?not)\b"
    # what is done to it: with M halved, up to a factor of g, off by two
    rf"|(?:[ \t]+{WORD}){{0,2}}?[ \t]*,?[ \t]+"
    r"(?:with|without|where|when|if|after|up to|off by|an?)\b[^.;:!?\n]{0,60}?"
    r"\b(?:replac(?:ed|ing)|halved|doubled|squared|dropped|omitted|twice|half|factors?)\b"
)
#: A unit, behind which it goes on: parameters per group, weights each.
_COUNTS = (
    r"[ \t]+(?i:(?:trainable )?(?:params|parameters?|weights|macs|flops|param[eè]tres|gewichte"
    r"|parámetros|pesos|parâmetros|parametri|параметров))\b(?=[ \t])"
)
#: What is counted, behind a formula and before what is set apart.
_NOUN = rf"(?:[ \t]+{WORD}){{0,3}}?"
_WORD_BEHIND = regex(
    rf"(?:[ \t]+(?!and\b|or\b){WORD}){{0,2}}?[ \t]+((?:is|are|was|were|ha(?:s|ve) been) {WORD})"
    r"|(?:,? which)?\s+((?:is|are|was|were|would|should)(?: not|n['’]t)\b"
    r"|(?:is|are|was|were|wird|werden|(?:would|should|must|needs? to|ha(?:s|ve) to) be)"
    r" (?:wrong|false|incorrect|\w+ed|\w+iert|\w+elt)\b)"
    rf"|(?:{_COUNTS})?[ \t]+({OF}(?:\d+ )?{WORD}(?: {WORD})?"
    rf"|(?:(?:or|oder|ou|o|или|at|au|and a|fois|too) )?{WORD})(?![\w(])"
    r"|((?![A-Za-z\x00-\x7f])[^\W\d_]{1,8}(?: [가-힣]{1,4}){0,2})"
)
#: A reason is no remark, nor is a long sentence without spaces.
_NO_REASON, _NO_SENTENCE = r"(?!(?:because|since|as)\b)", r"(?![\w ]*[\u4e00-\u9fff]{9})"
_SET_APART = regex(
    rf"(?:{_NOUN}|\s*[^\W\d_]{{1,6}})"
    rf"(?:\s*[(\[（]\s*{_NO_REASON}({WORD}(?: {WORD}){{0,4}}|(?:in )?[%‰])\s*[)\]）]"
    rf"|(?:\s*[,，]|(?<!\w)\s*[,;，；、]|\s+[-–—]{{1,3}})\s*{_NO_REASON}{_NO_SENTENCE}"
    rf"((?:(?:or|and|then) )?(?:{OF})?{WORD}(?:\s(?:{WORD}|\d+)){{0,3}})"
    r"\s*(?=[.,;:!?。，；：)|&]|\Z))"
)
#: With which flags a sentence begins: without bias, it has.
_WITH = regex(rf"(?i)(?:with|without|mit|ohne|avec|sans|con|sin|com|sem)(?: {WORD}){{1,3}}\Z")
_EACH_BEHIND = regex(rf"{_NOUN}[ \t]+(?:each|apiece)\b")

#: The scale, or a unit of memory, of a number.
_SCALE = regex(r"\s*(?P<sign>[%‰])|\s*(?P<word>[A-Za-z]+(?=[^\W\d_\0-\x7f])|[^\W\d_]+(?![\w-]))")
_BYTES = regex(
    r"\s*[个個]?(?:字节|字節|バイト|바이트|байт\w*|octets?\b)|\s*(?P<prefix>[KMGT]i?)o\b"
)
#: Scales that the language has by their whole names.
_WHOLE = {"bn": "billion", "mn": "million"}
#: A head over sizes, and over what is more or less.
_OF_SIZE = regex(
    r"(?i)(?:(?:in|out)put |feature |map )*(?:size|shape|dim(?:ension)?s?|resolution)|[Δ∆].*"
    r"|(?:in|out)puts?"
    r"|(?:输[出入]|特征图|出力|入力)?(?:尺寸|大小|形状|サイズ)|ausgabegröße|taille de sortie"
)
#: A target that is no size of anything.
_COSTS = regex("params|macs|flops")
#: Heads over what is said with a yes or a no, and over how often a layer is there.
_SWITCH = regex(r"(?i)(?:use[_ ])?bias|偏置")
_YES, _NO = regex(r"(?i)yes|true|✓|✔|ja|oui|是|有"), regex(r"(?i)no|none|false|✗|✘|nein|non|否|无")
_MAP = regex("(?i)(?:in|out)put|输[入出]")  # 56 pixels, or so many channels
_OFTEN = regex(r"(?i)[×x]|repeat\w*|copies|times|重复(?:次数)?|次数")
_SCALING = frozenset("percent percentage pct permille prozent procent dozen bn mn bits bit".split())


def stated(said: Said) -> Iterator[str]:
    r"""What is said of a formula, for the language to hold to its target; \0 in its place.

    All that is near stands behind a form feed, its sentence and what says sizes behind a tab, and
    behind a vertical tab what it is that has so much, as the name of a row.

    >>> [*stated(Said("span", "Here \0 with bias."))]
    ['\tHere \x00 with bias', 'Here \x00 with bias']
    """
    return _STATES[said.kind](*_sides(said))


def _sides(said: Said) -> tuple[str, str]:
    """What stands before a formula and behind it; a line that goes on with a small letter does."""
    before, _, behind = said.words.partition("\0")
    behind = _GOES_ON.sub(" ", behind)
    # A display has its lines for itself.
    return before, "" if said.kind != "span" and behind[:1] == "\n" else behind


def check_amount(said: Said, target: str) -> None:
    """Refuse what is said of a formula, where that is how much of it, of what else, or no.

    Raises:
        ParseError: with the place.
    """
    before, behind = _sides(said)
    if wrong := _WRONG[said.kind](before, behind, target):
        text, wrong = (" ".join(words.replace("\0", "…").split()) for words in (said.words, wrong))
        start = max(0, text.find(wrong))
        raise ParseError(text, start, start + len(wrong), f"{wrong!r} {_SAID}", _HINT)


def _wrong_beside(before: str, behind: str, target: str) -> str | None:
    """What is said right beside a formula of how much of it, more or less, or that it is not so."""
    statement = Statement(before)
    each = _EACH_BEHIND.match(behind) if statement.many else None
    behind = behind[each.end() :] if each else behind
    wrong = statement.wrong(target, behind, apart=each is not None)
    behind_it = (pattern.match(behind) for pattern in (_DENIED, _WORD_BEHIND, _SET_APART))
    said = (_WORD_BEFORE.search(before, max(0, len(before) - REACH)), *behind_it)
    beside = ((word[0], next(filter(None, word.groups()), "no")) for word in said if word)
    return wrong or next((said for said, word in beside if computes(word)), None)


def _wrong_head(head: str, _: str, target: str) -> str | None:
    sized = _OF_SIZE.fullmatch(head) and _COSTS.match(target)
    return head if sized or computes(head) else None


def _wrong_row(name: str, _: str, target: str) -> str | None:
    return name if SO_MANY.match(name) and not COMPUTED.search(target) else None


def _wrong_code(before: str, behind: str, _: str) -> str | None:
    remark = f"{before}{behind}".strip(" ():")
    return remark if _WORDS.search(remark) and computes(remark) else None


@lru_cache(maxsize=4096)
def computes(word: str) -> bool:
    """Whether such a word is a scale, an amount, or a no."""
    word = _VERB.split(word)[0]
    if NAMING.match(word) or _PARTITIVE.match(word):
        return False
    scale = is_scale(word.removeprefix("in ")) and word.lower() not in v.UNITS
    return scale or word.lower() in ("no", "%", "‰", "in %", "too few") or speaks_of_amount(word)


def _rest(behind: str) -> str:
    """What goes on behind a formula in its own clause: parameters for k=5."""
    return _ENDS.split(_GIVEN.sub(r"\g<given>", behind), maxsplit=1)[0]


def _states_beside(before: str, behind: str) -> Iterator[str]:
    statement, follows = Statement(before), _FOLLOWS.match(behind)
    leads = statement.leading
    if not leads and (put := _PUT_TO.search(before, max(0, len(before) - 80))):
        mark = (put["mark"] or "").strip()
        closed = behind.lstrip()[:1] in (*_CLOSES.get(mark, mark), "")
        closed = closed if mark else not NAMING.match(put[2]) and put[2].lower() not in v.JOINS
        leads = f"{put[1] or ''}{put[2]} " * closed
    if not before.rpartition("\n")[2].strip() and _LABEL_BELOW.match(behind):
        follows = None
    start, end = (follows.end("lead"), follows.end()) if follows else (0, 0)
    words = _EACH.finditer(behind, start, end)
    end = next((word.start() for word in words if word[0].lower() in _OTHERS), end)
    said = behind[start:end].strip(" ,，(（")
    yield from (f"{lead}: \0" for lead in statement.leads if _WITH.match(lead))
    yield f"\t{statement.sentence.rpartition('·')[2]} \0{_rest(behind)}"
    if leads or said:
        yield f"{leads}\0 {said}"
    yield from (f"\v{name}: \0" for name in statement.layers)
    if _A_LETTER.search(near := _BRACKETS.sub("$", f"\f{before}\0{behind}")):
        yield near


def _states_row(name: str, _: str) -> Iterator[str]:
    yield from (f"\v{said}: \0" for said in {name: 0, name.rstrip("0123456789"): 0})
    yield f"\t{name} \0"


def _states_cell(cell: str, _: str) -> Iterator[str]:
    head, cell = cell.split("\t")
    if _SWITCH.fullmatch(head) and (_YES.fullmatch(cell) or _NO.fullmatch(cell)):
        yield f"bias={_YES.fullmatch(cell) is not None} \0"
    elif cell[:1].isdigit() and not _MAP.fullmatch(head):
        yield f"\v{cell} ×: \0" if _OFTEN.fullmatch(head) else f"\t{head} = {cell} \0"


#: By kind: the words that say how much, or no; and what is held to the target.
_WRONG: dict[str, Callable[[str, str, str], str | None]] = {
    "span": _wrong_beside, "display": _wrong_beside, "several": _wrong_beside,
    "head": _wrong_head, "row": _wrong_row, "cell": lambda *_: None, "code": _wrong_code,
}  # fmt: skip
_STATES: dict[str, Callable[[str, str], Iterator[str]]] = {
    "span": _states_beside, "display": _states_beside, "several": lambda *_: iter(()),
    "head": lambda head, _: iter((f"{head}: \0",)), "row": _states_row, "cell": _states_cell,
    "code": lambda before, behind: iter((f"{before}\0{behind}",)),
}  # fmt: skip


def scaled(body: str, behind: str, *, code: bool) -> tuple[str, str]:
    """The formula with the scale or the unit that follows it, and what stands behind that.

    What scales no number is for the language to refuse.
    """
    number = body.rstrip(" }")[-1:].isdigit()
    if memory := _BYTES.match(behind):
        unit = f"{memory['prefix']}B" if memory["prefix"] else "bytes"
        return scaled(body, f" {unit} {behind[memory.end() :]}", code=code)
    said = _SCALE.match(behind)
    if said and said["sign"]:
        return body + said["sign"].replace("%", "%" if code else r"\%"), behind[said.end() :]
    word = (said and said["word"]) or ""
    scale = is_scale(word) or (number and word in v.SUFFIXES)
    if scale or speaks_of_bytes(word) or word.lower() in _SCALING:
        end, word = said.end() if said else 0, _WHOLE.get(word.lower(), word)
        return body + (f" {word}" if code else rf"\,\text{{{word}}}"), behind[end:]
    rest = behind.lstrip()
    sign = next(filter(rest.startswith, v.SCRIPT_SCALES), "")
    return body + sign, rest[len(sign) :] if sign else behind
