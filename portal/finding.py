"""Search over everything a post may see: folded text, at least three letters, exact matches first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Plan, Task
from directives.models import Directive
from directives.register import folded
from documents.models import Document
from reports.models import Report
from units import folding
from units.models import Appointment, User
from units.permissions import has_permission

LEAST_LETTERS = 3
MOST = 10


@dataclass(frozen=True)
class Query:
    """What was typed."""

    text: str

    @classmethod
    def read(cls, typed: str) -> "Query":
        return cls(" ".join(typed.replace("\x00", "").split())[:100])

    @property
    def is_long_enough(self) -> bool:
        return len(folded(self.text)) >= LEAST_LETTERS

    @property
    def is_number(self) -> bool:
        """May it be the beginning of a document's number? Those begin with a figure (NĐ 30/2020, Phụ lục I, II.3)."""
        return self.text[:1].isdecimal()

    @property
    def is_too_short(self) -> bool:
        return bool(self.text) and not self.is_long_enough


@dataclass(frozen=True)
class Hit:
    """One line of a result."""

    text: str
    note: str
    url: str
    state: str = ""


@dataclass(frozen=True)
class Group:
    """Results of one kind; `more_url` leads to the full list where there is one."""

    label: str
    icon: str
    hits: list[Hit]
    more_url: str = ""


def _matching(rows: QuerySet[Any], query: Query, *, search: str, exact: str) -> QuerySet[Any]:
    """Rows whose folded text holds the folded query; those that hold it as typed come first, then the newest.

    The newest of both are looked up apart: of frequent words the database then reads a page, not all hits.
    """
    as_typed = Q(**{f"{exact}__icontains": query.text})
    newest = rows.filter(**{f"{search}__contains": folding.folded(query.text)}).order_by("-pk").values("pk")
    either = newest[:MOST].union(newest.filter(as_typed)[:MOST])
    first = Case(When(as_typed, then=0), default=1, output_field=IntegerField())
    found: QuerySet[Any] = rows.model._default_manager.filter(pk__in=either).order_by(first, "-pk")[:MOST]
    return found


def _documents(query: Query, by: Appointment, type_: str, owner: type[Plan] | type[Report]) -> list[Hit]:
    documents = Document.objects.visible_to(by).filter(type=type_)
    by_code = list(documents.filter(code__istartswith=query.text).order_by("-pk")[:MOST]) if query.is_number else []
    by_title = list(_matching(documents, query, search="search", exact="title"))
    found = {document.pk: document for document in (*by_code, *by_title)}
    page = "plans:detail" if owner is Plan else "reports:detail"
    owned = dict(owner.objects.filter(document_id__in=found).values_list("document_id", "pk"))
    return [
        Hit(document.title, document.code, reverse(page, args=[owned[document.pk]]), document.state)
        for document in found.values()
        if document.pk in owned
    ]


def _plans(query: Query, by: Appointment) -> Group:
    return Group(_("Kế hoạch"), "plans", _documents(query, by, "campaigns.plan", Plan))


def _reports(query: Query, by: Appointment) -> Group:
    return Group(_("Báo cáo"), "reports", _documents(query, by, "reports.report", Report))


def _tasks(query: Query, by: Appointment) -> Group:
    rows = _matching(Task.objects.visible_to(by).given(), query, search="search", exact="text")
    hits = [
        Hit(task.text, task.lead_unit.name, reverse("tasks:detail", args=[task.pk]), task.state)
        for task in rows.select_related("lead_unit")
    ]
    return Group(_("Nhiệm vụ"), "tasks", hits)


def _directives(query: Query, by: Appointment) -> Group:
    rows = _matching(Directive.objects.visible_to(by), query, search="search", exact="code")
    hits = [
        Hit(f"{row.mention}", row.subject, reverse("directives:detail", args=[row.pk]))
        for row in rows.select_related("kind")
    ]
    return Group(_("Văn bản chỉ đạo"), "directives", hits)


def _people(query: Query, by: Appointment) -> Group:
    held = Appointment.objects.filter(unit__organisation_id=by.organisation_id)
    rows = _matching(User.objects.filter(pk__in=held.values("user_id")), query, search="search", exact="full_name")
    titles: dict[int, str] = {}
    found = list(rows)
    for post in held.filter(user__in=found).select_related("unit").order_by("id"):
        titles[post.user_id] = post.post_title
    manages = has_permission(by, "units.people.manage")
    hits = [
        Hit(user.full_name, titles.get(user.pk, ""), reverse("units:person", args=[user.pk]) if manages else "")
        for user in found
    ]
    return Group(_("Người dùng"), "people", hits)


FINDERS: list[tuple[str, Callable[[Query, Appointment], Group]]] = [
    ("campaigns.plan.read", _plans),
    ("campaigns.task.read", _tasks),
    ("directives.directive.read", _directives),
    ("reports.report.read", _reports),
    ("campaigns.plan.read", _people),
    ("units.people.manage", _people),
]


def find(query: Query, by: Appointment) -> list[Group]:
    """What the post may see of `query`, by kind; kinds without a hit are left out. Eleven queries at most."""
    groups = [finder(query, by) for permission, finder in FINDERS if has_permission(by, permission)]
    return [group for group in groups if group.hits]
