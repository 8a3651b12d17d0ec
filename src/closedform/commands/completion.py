"""``closedform completion``: what a shell needs to complete a command line."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator

from closedform.commands.output import EXPECTED, emit
from closedform.commands.usage import COMMANDS, arguments_of


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


def _options(command: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The long options of a command, with what each does and what it takes, where that is known."""
    for names, said in arguments_of(command):
        if names[-1].startswith("--"):
            choices = said.get("choices", ())
            yield names[-1], str(said["help"]), choices if isinstance(choices, tuple) else ()


def _values(command: str) -> tuple[str, ...]:
    """The words that stand on a command line without a dash, where they are known."""
    choices = (said.get("choices") for names, said in COMMANDS[command][1] if names[0][0] != "-")
    return next((found for found in choices if isinstance(found, tuple)), ())


def _bash() -> str:
    lines = ["_closedform() {", "  local words", "  case ${COMP_WORDS[1]} in"]
    for command in COMMANDS:
        options = list(_options(command))
        words = " ".join([*_values(command), *(name for name, _, _ in options)])
        lines += [f"    {command})", "      case ${COMP_WORDS[COMP_CWORD-1]} in"]
        lines += [f'        {name}) words="{" ".join(of)}" ;;' for name, _, of in options if of]
        lines += [f'        *) words="{words}" ;;', "      esac ;;"]
    commands = " ".join(COMMANDS)
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


def _zsh() -> str:
    return "#compdef closedform\nautoload -U +X bashcompinit && bashcompinit\n" + _bash()


def _fish() -> str:
    lines = ["complete -c closedform -n __fish_use_subcommand -f"]
    for command, (what, _) in COMMANDS.items():
        said = shlex.quote(what)
        lines.append(f"complete -c closedform -n __fish_use_subcommand -a {command} -d {said}")
        seen = f'complete -c closedform -n "__fish_seen_subcommand_from {command}"'
        if values := _values(command):
            lines.append(f'{seen} -f -a "{" ".join(values)}"')
        for name, help_, choices in _options(command):
            takes = f' -x -a "{" ".join(choices)}"' if choices else ""
            lines.append(f"{seen} -l {name[2:]} -d {shlex.quote(help_)}{takes}")
    return "\n".join(lines)


_SHELLS = {"bash": _bash, "zsh": _zsh, "fish": _fish}
