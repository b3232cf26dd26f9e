"""The `samverkan` command: one table of subcommands, each loaded only when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True)
class Command:
    target: str
    summary: str
    needs_database: bool = True

    def load(self) -> Callable[[Sequence[str]], int]:
        module_name, function_name = self.target.split(":")
        function: Callable[[Sequence[str]], int] = getattr(
            import_module(module_name), function_name
        )
        return function


COMMANDS: dict[str, Command] = {
    "demo": Command("samverkan.config.commands.demo:main", "a living municipality to try out"),
    "serve": Command("samverkan.config.commands.serve:main", "web server and worker"),
    "worker": Command("samverkan.config.commands.serve:worker", "background work only"),
    "tick": Command("samverkan.config.commands.serve:tick", "what is due by the clock, once"),
    "setup": Command("samverkan.config.commands.setup:main", "prepare or upgrade the data folder"),
    "import": Command("samverkan.config.commands.import_file:main", "put in a file"),
    "lagesbild": Command("samverkan.config.commands.lagesbild:main", "the situational picture"),
    "audit": Command("samverkan.config.commands.audit:main", "verify the audit trail"),
    "analyse": Command(
        "samverkan.compute.command:main", "alarms over very many events", needs_database=False
    ),
    "manage": Command("samverkan.config.commands.manage:main", "any command of Django's"),
}


def usage() -> str:
    lines = ["usage: samverkan COMMAND [OPTION ...]", ""]
    lines += [f"  {name:<12}{command.summary}" for name, command in COMMANDS.items()]
    return "\n".join([*lines, "", "samverkan COMMAND --help tells more."])


def main(argv: Sequence[str] | None = None) -> int:
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(usage())
        return 0
    command = COMMANDS.get(arguments[0])
    if command is None:
        print(f"samverkan: no command {arguments[0]!r}\n\n{usage()}", file=sys.stderr)
        return 2
    if command.needs_database:
        # `demo` is the only command that may open the demo's door.
        default = "demo" if arguments[0] == "demo" else "embedded"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"samverkan.config.settings.{default}")
        if arguments[0] != "manage":
            import django

            django.setup()
    return command.load()(arguments[1:])


if __name__ == "__main__":
    sys.exit(main())
