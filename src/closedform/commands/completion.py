"""``closedform completion``: what a shell needs to complete a command line."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterable, Iterator, Mapping

from closedform.catalogue import LAYERS
from closedform.commands.output import EXPECTED, emit
from closedform.commands.usage import ALONE, COMMANDS, arguments_of
from closedform.cost.conventions import CONVENTIONS
from closedform.typeset.notation import NOTATIONS

#: The names of a table, by the option or the word in the usage that stands for one of them. Those
#: of layers, which many commands take, stand in a variable of the script.
_NAMES: dict[str, Iterable[str]] = {
    **dict.fromkeys(("LAYER", "[LABEL:] LAYER", "A", "B"), ("$layers",)),
    "--notation": NOTATIONS,
    "--convention": CONVENTIONS,
}


def run(args: argparse.Namespace) -> int:
    """Print the script for a shell."""
    script = _SHELLS[args.shell]()
    emit(
        args,
        text=lambda: script,
        latex=lambda: "\n".join([r"\begin{verbatim}", script, r"\end{verbatim}"]),
        markdown=lambda: f"```{args.shell}\n{script}\n```",
        data=lambda: {"shell": args.shell, "script": script},
    )
    return EXPECTED


def _options(command: str) -> Iterator[tuple[str, str, str | None]]:
    """The options of a command, with what each does and the values that it takes."""
    for names, said in arguments_of(command):
        for name in names:
            if name.startswith("-"):
                yield name, str(said["help"]), _values(names, said)
    yield from ((name, "say what it takes", None) for name in ("-h", "--help"))


def _values(names: tuple[str, ...], said: Mapping[str, object]) -> str | None:
    """The values that an argument takes, as far as they are known; ``None`` for a flag."""
    if said.get("action") == "store_true":
        return None
    choices = said.get("choices")
    named = _NAMES.get(names[0]) or _NAMES.get(str(said.get("metavar")), ())
    return " ".join(choices if isinstance(choices, tuple) else named)


def _words(command: str) -> str:
    """What stands on a command line without a dash, as far as it is known."""
    values = (_values(*arg) for arg in COMMANDS[command][1] if not arg[0][0].startswith("-"))
    return next(filter(None, values), "")


def _bash() -> str:
    lines = ["_closedform() {", f'  local words options layers="{" ".join(LAYERS)}"']
    lines.append("  case ${COMP_WORDS[COMP_CWORD]} in -*) options=yes ;; esac")
    lines.append("  case ${COMP_WORDS[1]} in")
    for command in COMMANDS:
        options = list(_options(command))
        known, names = _words(command), " ".join(name for name, _, _ in options)
        lines += [f"    {command})", "      case ${COMP_WORDS[COMP_CWORD-1]} in"]
        lines += [f'        {name}) words="{of}" ;;' for name, _, of in options if of is not None]
        # Nothing is said of files, which the shell knows: options are offered behind a dash there.
        said = f"{known} {names}" if known else f"${{options:+{names}}}"
        lines += [f'        *) words="{said}" ;;', "      esac ;;"]
    commands = " ".join([*COMMANDS, *ALONE])
    return "\n".join(
        [
            *lines,
            "  esac",
            f'  [ "$COMP_CWORD" -eq 1 ] && words="{commands}"',
            '  COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))',
            "}",
            "complete -o default -F _closedform closedform",
        ]
    )


def _fish() -> str:
    lines = [f"set -l layers {' '.join(LAYERS)}"]
    lines.append("complete -c closedform -n __fish_use_subcommand -f")
    for command, (what, _) in COMMANDS.items():
        said = shlex.quote(what)
        lines.append(f"complete -c closedform -n __fish_use_subcommand -a {command} -d {said}")
        seen = f'complete -c closedform -n "__fish_seen_subcommand_from {command}"'
        if words := _words(command):
            lines.append(f'{seen} -f -a "{words}"')
        for name, help_, values in _options(command):
            takes = "" if values is None else f' -x -a "{values}"' if values else " -r"
            kind = f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
            lines.append(f"{seen} {kind} -d {shlex.quote(help_)}{takes}")
    return "\n".join(lines)


_IN_ZSH = "#compdef closedform\nautoload -U +X bashcompinit && bashcompinit\n"
_SHELLS = {"bash": _bash, "zsh": lambda: _IN_ZSH + _bash(), "fish": _fish}
