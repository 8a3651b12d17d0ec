"""The statements of code that stands in a document: one formula each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from keyword import kwlist

from closedform.documents.claim import Said
from closedform.documents.plain.lines import Lines, blank_lines
from closedform.documents.plain.rows import Equation
from closedform.documents.programs.languages import (
    CAST,
    DECLARES,
    NARROW,
    Language,
    in_plain_signs,
)
from closedform.records import NamedTuple, record, replace

#: So many statements on one line are told apart.
_ON_A_LINE = 20
_LEAD = re.compile(
    rf"\s*(?:(?:{DECLARES})\s+)*(?:(?P<said>return|yield|assert)\s+|(?P<name>\w+)\s*=\s*"
    r"(?:lambda\b[^:\n]*:|function\s*\([^()]*\)|(?:\([^()]*\)|\w+)\s*=>)\s*)?"
)
#: The type of a name: n: int = 3.
_TYPED = re.compile(rf"\A(\w+)\s*:\s*(?!{NARROW}\b)\w[\w.\[\], |]*(?==[^=])")
_PRINTED = re.compile(r"\Aprint\(([^()]*(?:\([^()]*\)[^()]*)*)\)\Z")
#: What is printed behind a text: print("MACs:", p), print(f"MACs: {p:,}").
_LABELLED = re.compile(
    r"\A(?:([\"'])(?P<label>[^\"'{}]*)\1\s*,\s*(?P<value>[^,]+)"
    r"|f([\"'])(?P<lead>[^\"'{}]*)\{(?P<put>[^\"'{}:]+)(?::[^\"'{}]*)?\}[^\"'{}]*\4)\Z"
)
#: An object of a program: conv = nn.Conv2d(64, 128, 3).
_OBJECT = re.compile(
    r"\A(?:[\w.]+\s*=\s*)?(?!Math)(?:\w+\.)*[A-Z](?=\w*[a-z])\w*\(.*\)\Z", re.DOTALL
)
_PROMPT = re.compile(r"^[ \t]*(?:>>>|\.\.\.|In \[\d+\]:)(?:[ \t]|$)", re.MULTILINE)
#: Where statements that stand on one line part.
_CUT = re.compile(
    rf";\s*(?=(?:return\b|(?:(?:{DECLARES})\s+)*[A-Za-z_][\w.]*\s*=(?!=)))|(?<=[{{:])\s*(?=return\b)"
)
#: A number that a remark or a program gives: 73,728, ≈ 74k parameters.
_VALUE = re.compile(
    r"(?:Out\[\d+\]:|->|=>)?\s*(?P<sign>[=≈~]*)\s*"
    r"(?P<value>\d[\d.,]*(?: ?(?:[kKMGBT]|million|billion))?"
    r"(?: ?(?:params|parameters|weights|MACs|FLOPs))?)"
)
_DOC = re.compile(r"\s*[A-Za-z]?(\"{3}|'{3})(?P<doc>.+?)\1\s*")
#: A function, by its name; and what is set in below it, or one of others, is done once.
FUNCTION = re.compile(
    r"\b(?:def|function|fn|func|fun|sub)\s+(\w+)"
    r"|(?<!\.)\b(?!(?:if|for|foreach|while|until|unless|switch|catch|repeat)\b)(\w+)\s*\([^()]*\)\s*\{"
)
_ONCE = re.compile(
    r"[ \t}]*(?:(?:export|pub|public|static)[ \t]+)*"
    r"(?:class|struct|impl|module|package|namespace|with|if __name__)\b"
)
_TEXTS = re.compile(r"\"\"\"|\'\'\'")
# What stands around a computation: definitions, imports, blocks, text.
_FRAME = re.compile(
    rf"(?:{'|'.join(sorted({*kwlist} - {'lambda', 'not', 'None', 'True', 'False'}))})\b"
    r"|[@{}]|[A-Za-z]?[\"']|.*[:{]\Z"
)
_OPERATORS = tuple("-+*/=<>,([\\×·÷−^")
_CONTINUES = re.compile(r"[-+*/=<>)\]×·÷−^≤≥≈≠]")


class Place(NamedTuple):
    """Where a line stands: by their lines, in which function and other block; -1 is in none."""

    function: int = -1
    block: int = -1


@record
class Statement(Equation):
    """One statement of code; ``indent``: how far it is set in, ``word``: return, or another one."""

    indent: int = 0
    word: str = ""


def statements(body: str, language: Language = Language()) -> list[Statement]:  # noqa: B008
    r"""The statements of ``body``: a line each, and lines that brackets or operators join.

    Remarks (``# …``) and what prompts print are what is said of them. Lines that compute nothing
    are left out. Where a line ends a statement, ``+ N`` below one is a statement of its own,
    unless it is indented.

    >>> [one.text for one in statements("p = (k * k  # area\n     * M)\nreturn p")]
    ['p = (k * k * M)', 'p']
    """
    parts: list[Statement] = []
    depth = margin = 0
    doc: tuple[Said, ...] = ()
    quoted = False
    body, remarks = without_remarks(body, language)
    shown: dict[str, list[Said]] = {}
    for number, indent, line in _pieces(body):
        inside, quoted = quoted, quoted ^ (len(_TEXTS.findall(line)) % 2 == 1)
        lead: re.Match[str] = _LEAD.match(line)  # type: ignore[assignment]
        text = line[lead.end() :].strip().removesuffix(";")
        text = text.rstrip("; }") if text.count("}") > text.count("{") else text
        text = _PRINTED.sub(r"\1", _TYPED.sub(r"\1 ", text))
        if printed := _LABELLED.match(text):
            value = (printed["value"] or printed["put"]).strip()
            shown.setdefault(value, []).append(_before(printed["label"] or printed["lead"]))
        text = text if "/" in text or "." in text else CAST.sub("", text)
        pointer = text.startswith("*") and not line.lstrip().startswith("*")  # int *p = q
        if opens := FUNCTION.search(line) or _DOC.fullmatch(line):
            doc = (_before(opens["doc"]),) if opens.re is _DOC else ()
        if not text or inside or pointer or _FRAME.match(text):
            continue
        above = parts[-1] if parts else None
        goes_on = _CONTINUES.match(text) and not (
            language.lines and text[0] in "+-" and indent <= margin
        )
        if above and (depth > 0 or above.text.endswith(_OPERATORS) or goes_on):
            joined = f"{above.text.removesuffix(chr(92)).rstrip()} {text}"
            parts[-1] = replace(above, text=joined, last=number)
        else:
            depth, margin = 0, indent
            word = lead["said"] or ""
            said = (_before(lead["name"]),) if lead["name"] else doc * (word == "return")
            parts.append(Statement(text, number, number, said=said, indent=indent, word=word))
        depth += sum(text.count(sign) for sign in "([{") - sum(text.count(sign) for sign in ")]}")
    objects = [part.text for part in parts if _OBJECT.match(part.text)]
    parts = [part for part in parts if not _OBJECT.match(part.text)]
    lines = body.split("\n")
    if shown and not parts:
        last = len(lines) - 1
        parts = [Statement(value, 0, last, said=tuple(said)) for value, said in shown.items()]
    made = (_before(objects[0].rpartition("= ")[2]),) if len(objects) == 1 else ()
    alone = {n: said for n, said in remarks.items() if not lines[n].strip()}
    return [_with_remarks(part, remarks, alone, made, shown) for part in parts]


def _before(words: str) -> Said:
    return Said("code", f"{words}: \0")


def _with_remarks(
    part: Statement,
    remarks: Mapping[int, str],
    alone: Mapping[int, str],
    made: tuple[Said, ...],
    shown: Mapping[str, Sequence[Said]],
) -> Statement:
    """A statement with what is said beside it, above it and where it is shown."""
    beside = [remarks[n] for n in range(part.first, part.last + 1) if n in remarks]
    name = part.text.partition("=")[0].strip()
    said = [*part.said, *made, *(shown.get(name, ()) if name != part.text else ())]
    gives = ""
    for remark in beside:
        if value := _VALUE.fullmatch(remark):
            gives += f" {'≈' if {*value['sign']} & {*'≈~'} else '='} {value['value']}"
        else:
            said.append(Said("code", f"\0 ({remark})"))
    above = part.first - 1
    while above in alone:
        said.append(_before(alone[above]))
        above -= 1
    return replace(part, said=tuple(said), gives=gives)


def without_remarks(body: str, language: Language) -> tuple[str, dict[int, str]]:
    """Code without its prompts and remarks, and these by their line; what is printed is one."""
    remarks: dict[int, str] = {}
    body = in_plain_signs(body, language)
    if _PROMPT.search(body):
        lines = body.split("\n")
        asked = -1
        for number, line in enumerate(lines):
            prompt = _PROMPT.match(line)
            lines[number] = " " * prompt.end() + line[prompt.end() :] if prompt else ""
            if not prompt and line.strip():
                remarks[asked] = line.strip()
            asked = number if prompt else asked
        body = "\n".join(lines)
    lines_of = Lines(body)

    def drop(remark: re.Match[str]) -> str:
        said = remark[0].strip("#/*%!- \t\n")
        if said and not said.startswith("|"):  # an option of Quarto
            remarks[lines_of.at(remark.start()) - 1] = said
        return blank_lines(remark)

    return re.sub(language.comment, drop, body), remarks


def _pieces(body: str) -> Iterator[tuple[int, int, str]]:
    """The statements that stand on one line apart, with the number of the line and its indent."""
    for number, line in enumerate(body.split("\n")):
        begin = at = depth = 0
        indent = len(line) - len(line.lstrip())
        for cut in islice(_CUT.finditer(line), _ON_A_LINE):
            depth += line.count("(", at, cut.start()) - line.count(")", at, cut.start())
            at = cut.start()
            if depth == 0:
                yield number, indent, line[begin : cut.start()]
                begin = cut.end()
        yield number, indent, line[begin:]


def places_of(body: str) -> list[Place]:
    """The place of each line, by how far the lines are set in."""
    places: list[Place] = []
    opened: list[tuple[int, Place]] = [(-1, Place())]
    for number, line in enumerate(body.split("\n")):
        indent = len(line) - len(line.lstrip()) if line.strip() else opened[-1][0] + 1
        while indent <= opened[-1][0]:
            opened.pop()
        places.append(place := opened[-1][1])
        if line.strip():
            below = place if _ONCE.match(line) else place._replace(block=number)
            opened.append((indent, Place(number) if FUNCTION.search(line) else below))
    return places
