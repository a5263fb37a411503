"""Questions about comments: what a page shows, and who can be named."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Func, OuterRef, QuerySet, Value
from django.urls import reverse

from campaigns.models import Comment, PlanItem, Task
from units.models import Appointment, Unit
from units.permissions import roles_with

READ = "campaigns.task.read"
MOST_OFFERED = 8


@dataclass(frozen=True)
class Line:
    """A comment, its text in pieces (text, whether it names somebody), and what the reader may do with it."""

    comment: Comment
    pieces: list[tuple[str, bool]]
    can_edit: bool
    can_remove: bool


@dataclass(frozen=True)
class Thread:
    """What was said about one thing, oldest first, and where an answer goes."""

    lines: list[Line]
    url: str


def of_task(by: Appointment, task: Task, *, at: datetime) -> Thread:
    """Two queries, whatever the length."""
    return _thread(by, task.comments.all(), reverse("comments:task", args=[task.pk]), at)


def of_item(by: Appointment, item: PlanItem, *, at: datetime) -> Thread:
    """Two queries, whatever the length."""
    return _thread(by, item.comments.all(), reverse("comments:item", args=[item.pk]), at)


def with_comments(items: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
    """The paragraphs with `comment_ids` of what stands at each, in the same query."""
    standing = Comment.objects.filter(item=OuterRef("pk"), removed_at__isnull=True).order_by()
    return items.annotate(comment_ids=ArraySubquery(standing.values("pk")))


def readers(organisation: Unit, on: date) -> QuerySet[Appointment]:
    """The posts that may see the tasks and plans of an organisation: whom a comment can name."""
    posts = Appointment.objects.current(on).with_people()
    return posts.filter(unit__organisation=organisation, role__in=roles_with(READ)).order_by("user__full_name", "id")


def offered(organisation: Unit, text: str, on: date) -> list[Appointment]:
    """Readers whose name has `text` in it, marks or not; each person once. One query."""
    folded = Func(Value(text, CharField()), function="f_norm", output_field=CharField())
    found = readers(organisation, on).filter(user__search__contains=folded)[: MOST_OFFERED * 3]
    people = {post.user_id: post for post in reversed(found)}
    return list(reversed(people.values()))[:MOST_OFFERED]


def _thread(by: Appointment, rows: QuerySet[Comment], url: str, at: datetime) -> Thread:
    lines = [
        Line(row, pieces(row.text, names_of(row)), row.is_editable(by, at), row.is_removable(by))
        for row in Comment.objects.with_people().filter(pk__in=rows.values("pk"))
    ]
    return Thread(lines, url)


def names_of(comment: Comment) -> list[str]:
    return [post.person_name for post in comment.mentioned.all()]


def pieces(text: str, names: list[str]) -> list[tuple[str, bool]]:
    """The text cut where "@" and one of the names stand: [("Nhờ ", False), ("@Lê Thị Hoa", True), …]. Pure."""
    found: list[tuple[str, bool]] = []
    plain = ""
    wanted = sorted((f"@{name}" for name in names), key=len, reverse=True)
    while text:
        name = next((each for each in wanted if text.startswith(each)), "")
        if name:
            found += [(plain, False), (name, True)]
            plain, text = "", text[len(name) :]
        else:
            plain, text = plain + text[0], text[1:]
    return [piece for piece in [*found, (plain, False)] if piece[0]]
