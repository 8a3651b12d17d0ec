"""Words of typed text: keywords, bound names, or letters that multiply."""

from __future__ import annotations

from closedform.language import vocabulary as v
from closedform.language.layer_names import is_layer, layer_meant
from closedform.language.scanning.keywords import keyword
from closedform.language.scanning.layer_words import among_layers, argument, unknown_layer
from closedform.language.scanning.names import MARKS, TYPED_POWER, canonical, read_name
from closedform.language.scanning.state import LAYERS, State
from closedform.language.tokens import ENDS, Token
from closedform.later import regex

#: Longer words are no names; the bound also keeps ``3x3x3x…`` from being read over and over.
WORD = 80
_WORD = regex(r"[A-Za-z][A-Za-z0-9]{0,80}(?:\\?_[A-Za-z0-9]{1,80}){0,8}")
_DIGITS = regex(r"[0-9]+")
_PIECE = regex(r"[A-Za-z][0-9]*")
_GREEK_DIGITS = regex(r"([A-Za-z]+?)([0-9]+)\Z")
_SUBSCRIPTED = regex(r"[A-Za-z]_(?:[A-Za-z]+|[0-9]+)(?![A-Za-z0-9_\\])")
#: c_1c_2 is no name: a product, in typed text as in TeX.
_NUMBERED = regex(r"([A-Za-z]_[0-9]+)(?:[A-Za-z]_[0-9]+)+\Z")
_TIMES_RUN = regex(r"(?:[A-Z][0-9]*x)+[A-Z]\Z")
#: Words between two formulas, where no letter of theirs is a symbol of the text.
_JOINING = frozenset(["to", "by", "of"])
#: What a word that leads to a condition stands before: con k = 3.
_STATES = regex(r"\s+\$?\\?[A-Za-z]\w*\s*(?:[=<>≤≥]|\\[lg]eq?\b)")
_ATTRIBUTE = regex(r"\.(?=[A-Za-z])")
_INDEX = regex(r"\[([0-9]{1,3})\]")
#: What may stand between a word such as "approx." and its number.
_NUMBER = regex(r"\.?\s*(?=[0-9])")
_LATIN = regex(r"[A-Za-zÀ-ÖØ-öø-ɏ\u1e00-\u1eff]+")
_LETTERS = regex(
    # The vowel signs of India and Thailand belong to their letters.
    r"[^\W\d_A-Za-zα-ωΑ-Ω](?:[^\W\d_A-Za-zα-ωΑ-Ω]|[\u0900-\u0dff\u0e00-\u0e7f\u064b-\u065f])*"
)
#: A word of the same script behind a letter: с учётом.
_SPOKEN_ON = regex(r" [^\W\d_A-Za-zα-ωΑ-Ω×]{2}")


_OTHER = "looks like a letter of a formula and is another"
#: Short for with and without, before a word; for that is, before a formula.
_ABBREVIATED = regex(
    r"(w/o?)(?=\s+[A-Za-z]{3})|((?:in|ex)cl\.|i\.\s?e\.|e\.\s?g\.|d\.\s?h\.|т\.\s?е\.)(?=,?\s)"
    r"|(?i:(?:it|that|this|here|there|what)['’]s)(?=\s)"
)
_SHORT = {"w/": "with", "w/o": "without"}
_SHORTENED = frozenset("in ex it It th Th he He wh Wh".split())


def word(s: State, at: int, stop: int) -> int:
    """A run of letters: a known word, a bound name, or single letters."""
    text = s.text
    after = text[at + 1] if at + 1 < stop else " "
    if (after in "/." or text[at : at + 2] in _SHORTENED) and (short := _abbreviated(s, at, stop)):
        return short
    if s.contexts[-1] == "expression" and not after.isalnum() and text[at] not in "xX":
        # Most names are one letter: the short way round.
        raised = after == "^" and not s.tex
        if after not in MARKS or (raised and not TYPED_POWER.match(text, at + 1, stop)):
            if after != "\\" or not text.startswith("_", at + 2):
                s.out.append(Token("NAME", text[at], at, at + 1))
                return at + 1
        elif after != "_" or (s.tex and not s.longer):
            return read_name(s, text[at], at, at + 1, stop)
        elif not s.tex and (name := _SUBSCRIPTED.match(text, at, stop)):
            return read_name(s, name[0], at, name.end(), stop)
    letters = _WORD.match(text, at, stop)
    end = letters.end() if letters else at + 1
    if end - at > WORD:
        raise s.error(
            at, end - at, f"a word of more than {WORD} letters", "write signs between the factors"
        )
    accented = end < stop and text[end] > "\x7f" and text[end].isalpha()
    if accented and len(_LATIN.match(text, at)[0]) > end - at:  # type: ignore[index]
        return other_letters(s, at, stop)
    if s.contexts[-1] != "expression" and (layer := among_layers(s, at, end, stop)):
        return layer
    written, end = _one_name(s, text[at:end], at, end)
    known = keyword(s, written, at, end, stop)
    if known is not None:
        return known
    if written in s.bound:
        return _whole(s, written, at, end, stop)
    return _split(s, written, at, end, stop)


def _abbreviated(s: State, at: int, stop: int) -> int | None:
    """Where an abbreviation in prose ends, if one begins here."""
    short = _ABBREVIATED.match(s.text, at, stop)
    if short:
        spoken = "is" if short[0][-2] in "'’" else short[0]  # it's
        s.emit("WORD", _SHORT.get(spoken, spoken), *short.span())
    return short.end() if short else None


def _one_name(s: State, word: str, at: int, end: int) -> tuple[str, int]:
    """What of a word is one name, and where that ends: TeX cuts at an underscore."""
    written = word.replace("\\", "")
    if "_" not in written or written in s.bound:
        return written, end
    first = _bound_start(s, written)
    if first and "\\" not in word:
        return first, at + len(first)
    numbered = _NUMBERED.match(written)
    if numbered and "\\" not in word:
        return numbered[1], at + len(numbered[1])
    if s.tex and not _stays_whole(word):
        stem = written.partition("_")[0]
        return stem, at + len(stem)
    return written, end


def _bound_start(s: State, written: str) -> str:
    """The bound name that begins a run of bound names, such as ``C_inC_out``; else nothing."""
    first, place = "", 0
    while place < len(written):
        bound = next((name for name in s.longer if written.startswith(name, place)), None)
        if bound is None:
            return ""
        first = first or bound
        place += len(bound)
    return first


def other_letters(s: State, at: int, stop: int) -> int:
    """Letters of another script, or of a language with accents: a word of prose."""
    letters = _LATIN.match(s.text, at, stop) or _LETTERS.match(s.text, at, stop)
    if letters is None:
        char = s.text[at]
        if char.isalpha():  # capitals of Greek that look like Latin ones
            raise s.error(at, 1, f"{char!r} {_OTHER}", "type the Latin letter")
        raise s.error(at, 1, f"{char!r} has no meaning here", "leave it out")
    end = letters.end()
    if short := _abbreviated(s, at, stop):
        return short
    if s.contexts[-1] in LAYERS:
        if not is_layer(letters[0]):
            return unknown_layer(s, letters[0], at, end)
        return s.emit("LAYER", letters[0], at, end)
    if argument(s, letters[0], at, end, s.follow(end)):
        return end
    if letters[0][0] in v.COUNTERS and s.before() == "NUMBER" and s.out[-1].end == at:
        return at + 1
    scale = next((w for w in v.SCRIPT_SCALES if letters[0].lower().startswith(w)), None)
    if scale and s.before() == "NUMBER" and not s.text[s.out[-1].end : at].strip():
        # 1.7万 is no 1.7: what is a scale must not be left out as prose.
        end = at + len(scale)
        s.note_word(scale, at, end, len(s.out), split=False)
        return s.refuse(at, end, f"{scale} stands for {v.SCALES[scale]:,}", "write it as a factor")
    cased = letters[0].lower() != letters[0].upper()
    spoken = letters[0] in v.LEADS
    if len(letters[0]) == 1 and cased and not spoken and not _SPOKEN_ON.match(s.text, end):
        return s.refuse(at, end, f"{letters[0]!r} {_OTHER}", "type a Latin or Greek letter")
    about = letters[0].lower() in v.ABOUT and _NUMBER.match(s.text, end)
    return s.emit("ABOUT" if about else "WORD", letters[0], at, end)


def _whole(s: State, written: str, at: int, end: int, stop: int) -> int:
    first = len(s.out)
    end = read_name(s, canonical(written), at, end, stop)
    if len(written.partition("_")[0]) > 1:
        s.note_word(written, at, end, first, split=False)
    return end


def _split(s: State, written: str, at: int, end: int, stop: int) -> int:
    """A word that is no keyword: a name with an underscore, a Greek letter, prose, or letters."""
    if layer_meant(written):
        s.result.layers[at] = written
    stem = written.partition("_")[0]
    if _is_times(s, stem):
        return s.emit("X", stem[0], at, at + 1)
    if "_" in written:
        if not _TIMES_RUN.match(stem):
            return _whole(s, written, at, end, stop)
        end = at + len(stem) - 1
        written = stem[:-1]
    if written in v.OWNERS and _ATTRIBUTE.match(s.text, end, stop):
        return end + 1
    index = _INDEX.match(s.text, end, stop)
    if index and len(written) > 1:
        # ks[0] of a program: the first of several, as padding[0] is.
        s.emit("NAME", f"{written}_{index[1]}", at, index.end())
        s.note_word(written, at, index.end(), len(s.out) - 1, split=False)
        return index.end()
    if written in v.GREEK_NAMES:
        return read_name(s, v.GREEK_NAMES[written], at, end, stop)
    greek = _GREEK_DIGITS.match(written)
    if greek and greek[1] in v.GREEK_NAMES:
        return read_name(s, f"{v.GREEK_NAMES[greek[1]]}_{greek[2]}", at, end, stop)
    if written.lower() in v.ABOUT and (number := _NUMBER.match(s.text, end, stop)):
        s.emit("ABOUT", written, at, end)
        return number.end()
    if written.lower() in v.SIGN_WORDS:
        return s.refuse(at, end, f"{written} in a word", "write the sign: + - * / ^")
    # Between formulas in dollars stands prose: $k^2$ by $MN$.
    outside = written.islower() and "$" in s.text and s.text.count("$", 0, at) % 2 == 0
    states = written.lower() in v.CONDITIONALS and _STATES.match(s.text, end, stop)
    joins = written in _JOINING and not any(map(s.alone, written))
    if outside or states or joins or (written.lower() in v.PROSE and not written.isupper()):
        return s.emit("WORD", written, at, end)
    return _letters(s, written, at, end, stop)


def _is_times(s: State, stem: str) -> bool:
    """Whether the x that a word begins with may be the sign in ``3x3`` or ``3xC_in``."""
    if stem[0] not in "xX" or len(stem) == 1 or stem in s.bound or stem[0] in s.bound:
        return False
    return s.before() in ENDS and stem not in v.GREEK_NAMES


def _letters(s: State, written: str, at: int, end: int, stop: int) -> int:
    """Split a word into bound words and letters, each with the digits after it."""
    first, place = len(s.out), at
    while place < end:
        bound = next((w for w in s.longer if s.text.startswith(w, place, end)), None)
        piece = _PIECE.match(s.text, place, end)
        letter = bound or (piece[0] if piece else s.text[place])
        after = place + len(letter)
        if bound is None and _may_be_sign(s, letter, at, place, end):
            s.emit("X", letter[0], place, place + 1)
            if len(letter) > 1:
                s.emit("NUMBER", letter[1:], place + 1, after)
            place = after
            continue
        digits = _DIGITS.match(s.text, after, end) if bound else None
        if digits:
            problem = f"{bound}{digits[0]} can be read in two ways"
            hint = f"write {bound}^{digits[0]} for a power, {bound}_{digits[0]} for another symbol"
            return s.refuse(place, digits.end(), problem, hint)
        name = bound or (letter if len(letter) == 1 else f"{letter[0]}_{letter[1:]}")
        if after == end:
            place = end = read_name(s, name, place, after, stop)
        else:
            s.emit("NAME", name, place, after)
            place = after
    if len(s.out) > first + 1 and len(written) > 1:
        s.note_word(written, at, end, first, split=True)
    return end


def _may_be_sign(s: State, letter: str, at: int, place: int, end: int) -> bool:
    """Whether an x inside a word, or alone, may be a times sign: no name has it with a mark."""
    if letter[0] not in "xX" or letter[0] in s.bound:
        return False
    after = s.text[end : end + 1] if place + len(letter) == end else ""
    marked = after in MARKS and after != "^"
    return not marked and (place > at or len(letter) == 1)


def _stays_whole(written: str) -> bool:
    r"""``batch_size``, ``batch\_size``: even in TeX nobody means one-letter subscripts by them."""
    if "\\" in written:
        return True
    parts = written.split("_")
    return len(parts[0]) > 2 and all(len(part) > 2 and part.isalpha() for part in parts[1:])
