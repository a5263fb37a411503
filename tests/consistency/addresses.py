"""Every address of the portal and who gets what there.

A row says, for each role in the order of ROLES, the status of the answer; "+" after it: history was written, the act
happened. `where` names rows of the demonstration (`rows`), all of the accounts' own organisation.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from audit.models import Event
from campaigns.models import Evidence, ExtensionRequest, Plan, PlanImport, ProgressEntry, Task, TaskUnit
from campaigns.states import TaskState
from directives.models import Directive
from documents.models import Credential, Document, Job, Rendition
from documents.states import DocumentState
from notifications.models import Message
from reports.models import Contribution, Period, Report
from tests.stages import PASSWORD
from units.models import Appointment, User

ROLES = ("nobody", "officer", "unit_head", "office", "chief", "clerk", "director", "deputy", "recipient", "admin")
ACCOUNTS = dict(
    zip(
        ROLES,
        ("", "chuyenvien", "truongphong", "vanphong", "chanhvanphong", "vanthu", "giamdoc", "phogiamdoc", "bandanvan",
         "quantri"),
        strict=True,
    )
)  # fmt: skip


def own_names() -> set[str]:
    """The name of every address, with its namespace."""
    return {name for name, _pattern in walk(get_resolver())}


def walk(resolver: Any, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from walk(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        else:
            yield f"{prefix}{entry.name}", entry


# --- rows of the demonstration ----------------------------------------------------------------------------------------
def post_of(username: str) -> Appointment:
    return Appointment.objects.get(user__username=username)


def document(state: DocumentState) -> Document:
    return Document.objects.filter(type="campaigns.plan", state=state).order_by("-id")[0]


def task(state: TaskState) -> Task:
    """A task in this state; of the department whose head and officer are in the table, where it has one."""
    found = Task.objects.filter(state=state).order_by("id")
    mine = found.filter(lead_unit=post_of("truongphong").unit)
    return (mine.first() or found.first()) or Task.objects.none()[0]


def draft() -> Plan:
    return Plan.objects.get(document=document(DocumentState.DRAFT))


def own_contribution() -> Contribution:
    """The department's part of the running period."""
    unit = post_of("truongphong").unit
    return Contribution.objects.filter(unit=unit).order_by("-id")[0]


def person() -> User:
    return User.objects.get(username="chuyenvien2")


def an_import() -> PlanImport:
    """A file that was handed in and not read yet."""
    from campaigns import importing

    office = post_of("vanphong")
    found = PlanImport.objects.first()
    return found or importing.start(data="KẾ HOẠCH".encode(), name="ke-hoach.txt", by=office, at=timezone.now())


def awaiting() -> Task:
    """A task of the department whose result its head has to look at."""
    from campaigns.workflow import progress

    again, officer = task(TaskState.REDO), post_of("chuyenvien")
    progress.finish(task=again, text="Đã bổ sung", figures={}, evidence=[], by=officer, at=timezone.now())
    return Task.objects.get(pk=again.pk)


def assigned() -> Task:
    """A task that the department was given just now."""
    from campaigns.workflow import tasks

    back, unit = task(TaskState.HANDED_BACK), post_of("truongphong").unit
    return tasks.assign(task=back, lead_unit=unit, by=post_of("vanphong"), at=timezone.now())


def paused() -> Task:
    from campaigns.workflow import tasks

    return tasks.pause(task=task(TaskState.IN_PROGRESS), reason="Chờ", by=post_of("vanphong"), at=timezone.now())


def returned_part() -> Contribution:
    """The department's part, sent back to it."""
    from reports import contributions

    return contributions.return_for_changes(
        contribution=own_contribution(), reason="Thiếu", by=post_of("vanphong"), at=timezone.now()
    )


def compile_job() -> Job:
    """A compilation of the running period that waits."""
    from documents import jobs
    from reports.types import COMPILE

    office = post_of("vanphong")
    period = Period.objects.order_by("-id")[0]
    payload = {"period": period.pk, "by": office.pk}
    return jobs.queue(kind=COMPILE, key=f"{period.pk}:1", payload=payload, by=office, at=timezone.now())


def report() -> Report:
    return Report.objects.order_by("id")[0]


def figure() -> int:
    return int(report().figures["figures"][0]["indicator_id"])


def written_section() -> str:
    """The key of a section that people write."""
    return str(next(each["key"] for each in report().sections if each["source"] != "group"))


def entry() -> ProgressEntry:
    """What the department's officer has just reported."""
    from campaigns.workflow import progress

    return progress.report(
        task=task(TaskState.IN_PROGRESS), text="Đã làm thêm", percent=70, figures={}, evidence=[],
        by=post_of("chuyenvien"), at=timezone.now(),
    )  # fmt: skip


def draft_report() -> Report:
    """The running month's report, compiled just now."""
    from reports import workflow

    return workflow.compile(period=ROWS["period"](), by=post_of("vanphong"), at=timezone.now())


def a_file() -> dict[str, int]:
    """A directive with a file of its own."""
    from directives import register

    clerk = post_of("vanthu")
    first = Directive.objects.order_by("id")[0]
    kept = register.add_file(directive=first, name="cong-van.pdf", data=b"%PDF-1.4\n%%EOF", by=clerk, at=timezone.now())
    return {"pk": first.pk, "file_pk": kept.pk}


ROWS: dict[str, Callable[[], Any]] = {
    "draft": draft,
    "plan": lambda: Plan.objects.get(pk=Task.objects.order_by("-id").filter(state=TaskState.DONE)[0].plan_id),
    "import": an_import,
    "proposed": lambda: document(DocumentState.PROPOSED),
    "checked": lambda: document(DocumentState.CHECKED),
    "signed": lambda: document(DocumentState.SIGNED),
    "issued": lambda: document(DocumentState.ISSUED),
    "draft_document": lambda: document(DocumentState.DRAFT),
    "credential": lambda: Credential.objects.order_by("id")[0],
    "period": lambda: Period.objects.order_by("-id")[0],
    "contribution": own_contribution,
    "returned_part": returned_part,
    "report": report,
    "draft_report": draft_report,
    "job": compile_job,
    "directive": lambda: Directive.objects.order_by("id")[0],
    "evidence": lambda: Evidence.objects.filter(thumbnail__gt="").order_by("id")[0],
    "extension": lambda: ExtensionRequest.objects.get(state="asked"),
    "part": lambda: TaskUnit.objects.filter(unit=post_of("truongphong").unit, done_at=None).order_by("-id")[0],
    "entry": entry,
    "assigned": assigned,
    "running": lambda: task(TaskState.IN_PROGRESS),
    "awaiting": awaiting,
    "paused": paused,
    "handed_back": lambda: task(TaskState.HANDED_BACK),
    "redo": lambda: task(TaskState.REDO),
    "message": lambda: Message.objects.filter(user__username="vanphong").order_by("id")[0],
    "person": person,
    "post": lambda: person().appointments.get(),
    "unit": lambda: post_of("chanhthanhtra").unit,
}


@dataclass(frozen=True)
class Address:
    """One row of the table: an address, how it is asked, and what each role gets."""

    name: str
    expected: str
    where: str = ""  # name of a row in ROWS whose pk the address takes
    more: Callable[[], dict[str, Any]] = dict  # the address's other parts
    data: Callable[[], dict[str, Any]] | None = None  # None: GET
    query: str = ""

    @property
    def method(self) -> str:
        return "GET" if self.data is None else "POST"

    def arguments(self) -> dict[str, Any]:
        """The parts of the address."""
        own = {"pk": ROWS[self.where]().pk} if self.where else {}
        return own | self.more()

    def by_role(self) -> dict[str, str]:
        return dict(zip(ROLES, self.expected.split(), strict=True))


def history() -> int:
    return Event.objects.count()


def today() -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


def later() -> str:
    return f"{timezone.localdate() + timedelta(days=40):%d/%m/%Y}"


def shown() -> str:
    """SHA-256 of what is presented for signature."""
    return Rendition.objects.filter(document=document(DocumentState.CHECKED)).order_by("-id")[0].sha256


# --- the table --------------------------------------------------------------------------------------------------------
TABLE = [
    Address("home", "302 200 200 200 200 200 200 200 200 200"),
    Address("search", "302 200 200 200 200 200 200 200 200 200", query="?q=dân vận"),
    Address("login", "200 302 302 302 302 302 302 302 302 302"),
    Address("logout", "302 302 302 302 302 302 302 302 302 302", data=dict),
    Address("set_language", "302 302 302 302 302 302 302 302 302 302", data=lambda: {"language": "en"}),
    Address("design", "404 404 404 404 404 404 404 404 404 404"),
    Address("health_live", "200 200 200 200 200 200 200 200 200 200"),
    Address("health_ready", "200 200 200 200 200 200 200 200 200 200"),
    Address("health_parts", "503 503 503 503 503 503 503 503 503 503"),
    Address("plans:list", "302 200 200 200 200 200 200 200 404 404"),
    Address("plans:new", "302 404 404 200 200 404 404 404 404 404"),
    Address("plans:import", "302 404 404 200 200 404 404 404 404 404"),
    Address("plans:import", "302 404 404 302 302 404 404 404 404 404", data=lambda: {"text": "KẾ HOẠCH"}),
    Address("plans:new", "302 404 404 422 422 404 404 404 404 404", data=lambda: {"title": ""}),
    Address("plans:import_detail", "302 404 404 200 200 404 404 404 404 404", "import"),
    Address("plans:import_progress", "302 404 404 200 200 404 404 404 404 404", "import"),
    Address("plans:import_undo", "302 404 404 302 302 404 404 404 404 404", "import", data=dict),
    Address("plans:detail", "302 200 200 200 200 200 200 200 404 404", "plan"),
    Address("plans:detail", "302 200 200 200 200 200 200 200 404 404", "draft"),
    Address("plans:pdf", "302 200 200 200 200 200 200 200 404 404", "plan"),
    Address("plans:history", "302 200 200 200 200 200 200 200 404 404", "plan"),
    Address("plans:part", "302 302 302 200 200 302 302 302 404 404", "draft", more=lambda: {"name": "head"}),
    Address(
        "plans:part", "302 302 302 302+ 302+ 302 302 302 404 404",
        "draft", more=lambda: {"name": "passages"}, data=lambda: {"opening": "Sở ban hành kế hoạch:", "closing": "Hết"},
    ),
    Address(
        "plans:arrange", "302 302 302 302+ 302+ 302 302 302 404 404",
        "draft", more=lambda: {"item": draft().items.order_by("position")[1].pk, "way": "ra"}, data=dict,
    ),
    Address(
        "plans:remove", "302 302 302 302+ 302+ 302 302 302 404 404",
        "draft", more=lambda: {"kind": "can-cu", "row": draft().bases.all()[0].pk}, data=dict,
    ),
    Address("tasks:list", "302 200 200 200 200 200 200 200 404 404"),
    Address("tasks:export", "302 200 200 200 200 200 200 200 404 404"),
    Address(
        "tasks:bulk", "302 200 200 302+ 302+ 200 200 200 404 404",
        data=lambda: {"act": "remind", "selected": [task(TaskState.ASSIGNED).pk], "agreed": "1"},
    ),
    Address(
        "tasks:supplementary_new", "302 403 403 200 200 403 403 403 404 404",
        more=lambda: {"plan_pk": ROWS["plan"]().pk},
    ),
    Address("tasks:evidence", "302 200 200 200 200 200 200 200 404 404", "evidence"),
    Address("tasks:thumbnail", "302 200 200 200 200 200 200 200 404 404", "evidence"),
    Address(
        "tasks:decide_extension", "302 403 403 302+ 302+ 403 302+ 403 404 404",
        "extension", data=lambda: {"grant": "1", "answer": "Đồng ý"},
    ),
    Address("tasks:part_done", "302 403 302+ 403 200 403 403 403 404 404", "part", data=dict),
    Address("tasks:confirm_entry", "302 403 302+ 403 200 403 403 403 404 404", "entry", data=dict),
    Address(
        "tasks:withdraw_entry", "302 302+ 302+ 200 200 200 403 403 404 404",
        "entry", data=lambda: {"reason": "Nhập nhầm"},
    ),
    Address("tasks:detail", "302 200 200 200 200 200 200 200 404 404", "running"),
    Address(
        "tasks:accept", "302 403 302+ 403 200 403 403 403 404 404",
        "running", data=lambda: {"officer": person().appointments.get().pk},
    ),
    Address(
        "tasks:assign", "302 403 403 302+ 302+ 403 403 403 404 404",
        "handed_back", data=lambda: {"lead_unit": ROWS["unit"]().pk},
    ),
    Address(
        "tasks:hand_back", "302 403 302+ 403 200 403 403 403 404 404",
        "assigned", data=lambda: {"reason": "Không thuộc chức năng"},
    ),
    Address(
        "tasks:report", "302 302+ 302+ 200 200 200 403 403 404 404",
        "running", data=lambda: {"text": "Đã làm", "percent": "60", "happened_on": today()},
    ),
    Address("tasks:confirm", "302 403 302+ 403 200 403 403 403 404 404", "awaiting", data=dict),
    Address(
        "tasks:redo", "302 403 302+ 403 200 403 403 403 404 404",
        "awaiting", data=lambda: {"reason": "Thiếu minh chứng"},
    ),
    Address(
        "tasks:pause", "302 403 403 302+ 302+ 403 403 403 404 404",
        "running", data=lambda: {"reason": "Chờ kinh phí"},
    ),
    Address("tasks:resume", "302 403 403 302+ 302+ 403 403 403 404 404", "paused", data=dict),
    Address(
        "tasks:withdraw", "302 403 403 302+ 302+ 403 403 403 404 404",
        "running", data=lambda: {"reason": "Không còn cần"},
    ),
    Address("tasks:remind", "302 200 302+ 302+ 302+ 200 200 200 404 404", "running", data=dict),
    Address(
        "tasks:ask_extension", "302 403 302+ 403 200 403 403 403 404 404",
        "redo", data=lambda: {"proposed_on": later(), "reason": "Chờ đơn vị khác"},
    ),
    Address("directives:list", "302 200 200 200 200 200 200 200 404 404"),
    Address("directives:create", "302 403 403 200 200 200 403 403 404 404"),
    Address("directives:create", "302 403 403 200 200 200 403 403 404 404", data=lambda: {"code": ""}),
    Address("directives:detail", "302 200 200 200 200 200 200 200 404 404", "directive"),
    Address("directives:edit", "302 403 403 200 200 200 403 403 404 404", "directive"),
    Address(
        "directives:receive", "302 403 403 302+ 302+ 302+ 403 403 404 404",
        "directive", data=lambda: {"on": today()},
    ),
    Address("directives:relate", "302 403 403 200 200 200 403 403 404 404", "directive"),
    Address(
        "directives:validity", "302 403 403 302+ 302+ 302+ 403 403 404 404",
        "directive", data=lambda: {"validity": "expired", "until": today()},
    ),
    Address(
        "directives:note", "302 403 403 403 403 403 302+ 302+ 404 404",
        "directive", data=lambda: {"text": "Giao Văn phòng tham mưu"},
    ),
    Address("directives:add_file", "302 403 403 200 200 200 403 403 404 404", "directive"),
    Address("directives:file", "302 200 200 200 200 200 200 200 404 404", more=lambda: a_file()),
    Address("reports:list", "302 200 200 200 200 200 200 200 404 404"),
    Address("reports:open_period", "302 404 404 200 200 404 404 404 404 404"),
    Address("reports:period", "302 200 200 200 200 200 200 200 404 404", "period"),
    Address("reports:remind", "302 302 302 302+ 302+ 302 302 302 404 404", "period", data=dict),
    Address("reports:compile", "302 302 302 302 302 302 302 302 404 404", "period", data=dict),
    Address("reports:job", "302 200 200 200 200 200 200 200 404 404", "job"),
    Address("reports:contribution", "302 200 200 200 200 404 200 200 404 404", "contribution"),
    Address(
        "reports:confirm_contribution", "302 302 302+ 302 302 404 302 302 404 404",
        "returned_part", data=lambda: {"version": own_contribution().version},
    ),
    Address(
        "reports:return_contribution", "302 302 302 302+ 302+ 404 302 302 404 404",
        "contribution", data=lambda: {"reason": "Thiếu số liệu"},
    ),
    Address("reports:refill", "302 302 302 302 302 404 302 302 404 404", "returned_part", data=dict),
    Address("reports:remind_unit", "302 302 302 302+ 302+ 404 302 302 404 404", "returned_part", data=dict),
    Address(
        "reports:contribution_sources", "302 200 200 200 200 404 200 200 404 404",
        "contribution", more=lambda: {"indicator": own_contribution().figures.all()[0].indicator_id},
    ),
    Address("reports:detail", "302 200 200 200 200 200 200 200 302 404", "report"),
    Address("reports:file", "302 200 200 200 200 200 200 200 404 404", "report", more=lambda: {"ending": "xlsx"}),
    Address(
        "reports:section", "302 302 302 200 200 302 302 302 404 404",
        "draft_report", more=lambda: {"key": written_section()},
    ),
    Address(
        "reports:figure_sources", "302 200 200 200 200 200 200 200 404 404",
        "report", more=lambda: {"indicator": figure()},
    ),
    Address(
        "reports:task_sources", "302 200 200 200 200 200 200 200 404 404",
        "report", more=lambda: {"unit": report().figures["units"][0]["unit_id"], "name": "given"},
    ),
    Address("documents:register", "302 200 200 200 200 200 200 200 404 404"),
    Address("documents:received", "302 200 200 200 200 200 200 200 200 200"),
    Address("documents:received_detail", "302 404 404 404 404 404 404 404 200+ 404", "issued"),
    Address("documents:received_detail", "302 404 404 404 404 404 404 404 302+ 404", "issued", data=dict),
    Address("documents:verify", "302 200 200 200 200 200 200 200 200 200"),
    Address("documents:pages", "302 200 200 200 200 200 200 200 404 404", "checked"),
    Address(
        "documents:picture", "302 404 404 404 404 404 404 404 404 404",
        "checked", more=lambda: {"sha256": shown(), "number": 999},
    ),
    Address("documents:cancel_job", "302 404 404 302 404 404 404 404 404 404", "job", data=dict),
    Address("documents:job", "302 200 200 200 200 200 200 200 404 200", "job"),
    Address("documents:detail", "302 302 302 302 302 302 302 302 302 404", "issued"),
    Address("documents:sign", "302 302 302 302 302 302 200 302 404 404", "checked"),
    Address(
        "documents:sign", "302 302 302 302 302 302 302+ 302 404 404",
        "checked", data=lambda: {"shown": shown(), "password": PASSWORD},
    ),
    Address("documents:seal", "302 302 302 302 302 302 302 302 404 404", "signed"),
    Address(
        "documents:take_out", "302 302 302 302 302 302 302 302 404 404",
        "checked", more=lambda: {"purpose": "officer"}, data=lambda: {"shown": shown()},
    ),
    Address(
        "documents:agent_session", "302 409 409 409 409 409 409 409 404 404",
        "checked", more=lambda: {"purpose": "officer"}, data=lambda: {"shown": shown()},
    ),
    Address("documents:agent_fetch", "404 404 404 404 404 404 404 404 404 404", more=lambda: {"secret": "guessed"}),
    Address(
        "documents:agent_deliver", "200 200 200 200 200 200 200 200 200 200",
        more=lambda: {"secret": "guessed"}, data=dict,
    ),
    Address("documents:agent_plugin", "302 404 404 404 404 404 404 404 404 404"),
    Address("documents:credentials", "302 403 403 403 403 403 403 403 403 200"),
    Address("documents:credential_create", "302 403 403 403 403 403 403 403 403 200"),
    Address("documents:credential_end", "302 403 403 403 403 403 403 403 403 302+", "credential", data=dict),
    Address("documents:signed", "302 200 200 200 200 200 200 200 404 404", "signed"),
    Address("documents:number", "302 200 200 200 200 302+ 200 200 404 404", "signed", data=lambda: {"on": today()}),
    Address("documents:pdf", "302 200 200 200 200 200 200 200 200 404", "issued"),
    Address("documents:pdf", "302 200 200 200 200 200 200 200 404 404", "draft_document"),
    Address(
        "documents:rendition", "302 200 200 200 200 200 200 200 404 404",
        "checked", more=lambda: {"sha256": shown()},
    ),
    Address(
        "documents:step", "302 302 302+ 302 302 302 302 302 404 404",
        "proposed", more=lambda: {"move": "confirm"}, data=dict,
    ),
    Address(
        "documents:step", "302 200 200 200 200 200 302+ 200 404 404",
        "checked", more=lambda: {"move": "return"}, data=lambda: {"reason": "Sửa căn cứ"},
    ),
    Address(
        "documents:step", "302 200 200 200 200 200 302+ 200 404 404",
        "issued", more=lambda: {"move": "recall"}, data=lambda: {"reason": "Sai số liệu"},
    ),
    Address("notifications:list", "302 200 200 200 200 200 200 200 200 200"),
    Address("notifications:open", "302 404 404 302 404 404 404 404 404 404", "message"),
    Address("notifications:read", "302 404 404 302 404 404 404 404 404 404", "message", data=dict),
    Address("notifications:read_all", "302 302 302 302 302 302 302 302 302 302", data=dict),
    Address("notifications:preferences", "302 200 200 200 200 200 200 200 200 200"),
    Address("units:act_as", "302 404 404 404 404 404 404 404 404 404", data=lambda: {"post": "0"}),
    Address("units:own_password", "302 200 200 200 200 200 200 200 200 200"),
    Address(
        "units:choose_password", "200 200 200 200 200 200 200 200 200 200",
        more=lambda: {"uidb64": "MQ", "token": "x"},
    ),
    Address("units:people", "302 403 403 403 403 403 403 403 403 200"),
    Address("units:person_create", "302 403 403 403 403 403 403 403 403 200"),
    Address("units:person", "302 403 403 403 403 403 403 403 403 200", "person"),
    Address("units:person_edit", "302 403 403 403 403 403 403 403 403 200", "person"),
    Address("units:appoint", "302 403 403 403 403 403 403 403 403 200", "person"),
    Address("units:password", "302 403 403 403 403 403 403 403 403 200", "person"),
    Address("units:set_active", "302 403 403 403 403 403 403 403 403 302+", "person", data=lambda: {"active": "0"}),
    Address("units:relieve", "302 403 403 403 403 403 403 403 403 302+", "post", data=lambda: {"ends_on": today()}),
    Address("units:units", "302 403 403 403 403 403 403 403 403 200"),
    Address("units:unit_create", "302 403 403 403 403 403 403 403 403 200"),
    Address("units:unit_rename", "302 403 403 403 403 403 403 403 403 200", "unit"),
    Address("units:unit_dissolve", "302 403 403 403 403 403 403 403 403 200", "unit"),
]
