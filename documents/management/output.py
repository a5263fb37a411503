"""How the commands speak: UTF-8 whatever the locale, one clear line when they refuse."""

import json
import sys
from typing import Any, NoReturn


def refuse(message: str) -> NoReturn:
    """One line on stderr, exit code 2."""
    sys.stderr.flush()
    sys.stderr.buffer.write(f"{message}\n".encode("utf-8", "backslashreplace"))
    sys.stderr.buffer.flush()
    sys.exit(2)


def emit(value: Any) -> None:
    """A value as JSON on stdout."""
    sys.stdout.flush()
    sys.stdout.buffer.write(f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()
