"""A loaded plan as the rules read it: its passages with their places, its tree, its tasks. No query."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.utils.translation import gettext as _

from campaigns import compose, outline
from campaigns.models import ItemStyle, Plan, PlanBase, Task
from directives.citations import Citation, parse
from directives.queries import Standing
from documents.models import Recipient

SHORT = 60


def short(text: str) -> str:
    """The beginning of a text, to be quoted."""
    text = " ".join(text.split())
    return text if len(text) <= SHORT else f"{text[: SHORT - 3].rstrip()}…"


@lru_cache(maxsize=4096)
def citations_in(text: str) -> tuple[Citation, ...]:
    """The documents that a text mentions; texts change rarely, so each is read once."""
    return tuple(parse(text))


@dataclass(frozen=True)
class Passage:
    """A typed text: the part it is written in ("item-12"), how people call that place, and its words."""

    place: str
    name: str
    text: str


def place_of(row: PlanBase | Task) -> str:
    """The part in which a base or a task is written."""
    return f"{'base' if isinstance(row, PlanBase) else 'task'}-{row.pk}"


def task_name(task: Task) -> str:
    return _("Nhiệm vụ “%(text)s”") % {"text": short(task.text)}


def named(found: Standing) -> str:
    """What stands in the place of a document, or changes it, each with its day."""
    days = [(row.mention, row.dated_on) for row in found.newer]
    return "; ".join(f"{mention} ({day:%d/%m/%Y})" if day else mention for mention, day in days)


@dataclass
class Reading:
    """A plan that `checks.prepare` loaded."""

    plan: Plan

    @property
    def unfit(self) -> dict[int, Standing]:
        """The documents that the plan cannot simply rest on."""
        return self.plan.unfit

    @property
    def day(self) -> date:
        """The day whose rules and names hold."""
        return self.plan.document.day

    @cached_property
    def bases(self) -> list[PlanBase]:
        return list(self.plan.bases.all())

    @cached_property
    def tasks(self) -> list[Task]:
        return compose.printed_tasks(self.plan)

    @cached_property
    def recipients(self) -> list[Recipient]:
        return list(self.plan.document.recipients.all())

    @cached_property
    def tree(self) -> list[outline.Node]:
        return outline.tree(self.plan.items.all())

    @cached_property
    def nodes(self) -> list[outline.Node]:
        return [node for top in self.tree for node in top.walk()]

    @cached_property
    def names(self) -> dict[int, str]:
        """What people call each item: "mục I.2.a"."""
        found: dict[int, str] = {}

        def walk(nodes: list[outline.Node], above: str) -> None:
            for node in nodes:
                mark = node.marker.rstrip(".)")
                if node.item.style == ItemStyle.DECIMAL:
                    mark = mark.rpartition(".")[2]
                path = ".".join(part for part in (above, mark if mark != "-" else "") if part)
                found[node.item.pk] = _("mục %(path)s") % {"path": path} if path else _("đoạn đầu")
                walk(node.children, path)

        walk(self.tree, "")
        return found

    @cached_property
    def body(self) -> list[Passage]:
        """Opening, items and closing, in reading order."""
        items = [Passage(node.part, self.names[node.item.pk], node.item.text) for node in self.nodes]
        opening = Passage("passages", _("đoạn mở đầu"), self.plan.opening)
        return [opening, *items, Passage("passages", _("đoạn kết"), self.plan.closing)]

    @cached_property
    def passages(self) -> list[Passage]:
        """Everything that is printed as text: title, bases and body."""
        title = Passage("head", _("trích yếu"), self.plan.document.title)
        bases = [
            Passage(place_of(base), _("căn cứ %(number)s") % {"number": number}, base.text)
            for number, base in enumerate(self.bases, start=1)
        ]
        return [title, *bases, *self.body]

    @cached_property
    def everything(self) -> list[Passage]:
        """The same with what the tasks say."""
        rows = enumerate(self.tasks, start=1)
        tasks = [Passage(place_of(task), _("nhiệm vụ %(number)s") % {"number": n}, task.text) for n, task in rows]
        return [*self.passages, *tasks]

    def citations(self) -> Iterator[tuple[Passage, Citation]]:
        """Every mention of a document in bases and body, in reading order."""
        for passage in self.passages[1:]:
            for citation in citations_in(passage.text):
                yield passage, citation
