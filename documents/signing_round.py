"""Several files signed one after another: which is open, how many there are, which comes next.

A round lives in the session: the files that waited when it began and what came in since. It begins anew with the list,
and when nothing of it waits any longer.
"""

from dataclasses import dataclass

from documents.models import Document
from units.web import Request

KEY = "signing_round"


@dataclass(frozen=True, slots=True)
class Round:
    """Where in the round a file stands; `following` is the next one that still waits, after the last the first."""

    number: int
    count: int
    following: int | None


def begin(request: Request) -> None:
    """The next file that is opened begins a round."""
    request.session.pop(KEY, None)


def at(request: Request, pk: int) -> Round:
    """The round as it is with this file open. One query."""
    waiting = list(Document.objects.to_sign(request.post).values_list("pk", flat=True))
    kept = request.session.get(KEY, {})
    began = kept.get("files", []) if kept.get("post") == request.post.pk else []
    if not set(began) & {*waiting, pk}:
        began = []
    files = list(dict.fromkeys([*began, *waiting, pk]))
    if files != kept.get("files"):
        request.session[KEY] = {"post": request.post.pk, "files": files}
    place = files.index(pk)
    ahead = [each for each in files[place + 1 :] + files[:place] if each in waiting]
    return Round(place + 1, len(files), ahead[0] if ahead else None)
