#!/usr/bin/env python3
"""Django's manage.py, and two commands that work on a bare machine: `demo` and `test`.

Where Django is importable (a container, one's own environment) nothing is installed. Elsewhere bootstrap.py makes .venv
first. Without DATABASE_URL a command uses the running demo's PostgreSQL and Redis, or starts them for its own time.
"""

import os
import sys

import bootstrap

# Commands that only read a text: they start without the apps, in a fraction of the time.
READERS = {"extract_citations": "directives", "read_plan": "campaigns"}


def read(app: str, command: str) -> None:
    """Run a command of READERS; exits with the command's own code."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings_readers"
    import django
    from django.core.management import load_command_class

    django.setup()
    load_command_class(app, command).run_from_argv(sys.argv)


def main() -> int | None:
    """Run the command named on the command line."""
    command, rest = (sys.argv[1:2] or [""])[0], sys.argv[2:]
    asks_for_help = bool({"-h", "--help"} & set(rest))
    os.environ.setdefault("PYTHONUTF8", "1")
    if command == "test":
        from portal import quality

        options, others = quality.parse(rest)
        bootstrap.ensure("test", needs_browser=not (options.fast or options.only_checks))
        return quality.main(options, others)
    if command == "demo" and asks_for_help:
        from portal import demo

        return demo.main(rest)
    bootstrap.ensure()
    if command == "demo":
        from portal import demo

        return demo.main(rest)
    if command in READERS:
        read(READERS[command], command)
        return None
    from portal import local

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    with local.services_for(command, is_help=asks_for_help):
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    return None


if __name__ == "__main__":
    sys.exit(main())
