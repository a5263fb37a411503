"""`python -m documents.render_worker`: prints stretches of long documents until its parent closes the pipe.

Reads pickled `Part`s from standard input and answers with pickled `Printed`s or the words of an error; only
`render_pool` starts it and talks to it. It needs neither database nor settings, and ends when its parent is gone.
"""

import os
import pickle
import sys
import tempfile
from typing import BinaryIO

from documents import long_parts
from documents.pdf import RenderingError


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answer until the source ends."""
    long_parts.warm_up()
    while True:
        try:
            part = pickle.load(source)
        except EOFError:
            return
        try:
            answer: object = long_parts.print_part(part)
        except RenderingError as error:
            answer = str(error)
        pickle.dump(answer, target, protocol=pickle.HIGHEST_PROTOCOL)
        target.flush()


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    with tempfile.TemporaryDirectory(prefix="render-") as folder:
        tempfile.tempdir = folder  # fonts are kept in files; they go with the process
        serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
