"""The sentences of a home page that ask for something."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST = 6  # sentences of one kind; the rest is one sentence with a link to the list


@dataclass(frozen=True)
class Todo:
    """A sentence with its one button."""

    text: str
    url: str
    action: str
    tone: str = "soon"
    icon: str = "open"
    note: str = ""
    stands_for: int = 1  # of how many things it speaks


def rest(count: int, url: str) -> Todo:
    words = ngettext("Và %(count)s nhiệm vụ nữa như vậy", "Và %(count)s nhiệm vụ nữa như vậy", count)
    return Todo(words % {"count": count}, url, _("Xem tất cả"), icon="tasks", stands_for=count)


def task_list(**query: int | str) -> str:
    return f"{reverse('tasks:list')}?{urlencode(query)}"
