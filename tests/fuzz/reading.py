"""What every text must do to every reader: be read, or be refused with a ClosedformError."""

from __future__ import annotations

from collections.abc import Callable

from closedform.errors import ClosedformError, ParseError
from closedform.reading import parse, parse_layers, read_claim, read_conditions
from closedform.typeset.latex import latex

#: Each way in for a text that a user types.
READERS: dict[str, Callable[[str], object]] = {
    "parse": parse,
    "parse_layers": parse_layers,
    "claim": read_claim,
    "quoted": lambda text: read_claim(text, target="params(conv(bias))", where="N = M"),
    "target": lambda text: read_claim("k^2", target=text),
    "where": read_conditions,
    "named": lambda text: read_claim(
        text, target="M", names={"k": "M", "参数": "N", "a.b": "C_in"}
    ),
    "names": lambda text: read_claim("k", target="M", names={text: "M", "k": text}),
}


def read(name: str, text: str) -> bool:
    """Whether a reader reads the text; anything but a ClosedformError comes through.

    An error must show itself, and its place must lie in the text, unless that is blank.
    """
    try:
        READERS[name](text)
    except ParseError as error:
        shown = str(error)
        placed = "^" in shown or not error.text.strip()
        if not (error.problem and placed and len(shown) < 2_000):
            raise AssertionError(f"a poor error: {shown[:200]!r}") from error
        if not 0 <= error.start < max(1, len(error.text)) + 1:
            raise AssertionError(f"the place {error.start} is not in the text") from error
        return False
    except ClosedformError as error:
        if not error.problem or len(str(error)) > 2_000:
            raise AssertionError(f"a poor error: {str(error)[:200]!r}") from error
        return False
    return True


def printed_again(text: str) -> tuple[str, str] | None:
    """A formula in LaTeX, and what is printed when that has been read; None for no formula."""
    try:
        once = latex(parse(text))
    except ClosedformError:
        return None
    return once, latex(parse(once))
