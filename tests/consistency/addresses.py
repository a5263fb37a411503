"""Every address of the portal and who gets what there.

A row says, for each role in the order of ROLES, the status of the answer; "+" after it: history was written, the act
happened. `where` names rows of the demonstration (`rows`), all of the accounts' own organisation.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from audit.models import Event
from campaigns.models import (
    CalendarDay,
    CalendarFeed,
    Comment,
    Evidence,
    ExtensionRequest,
    FeedScope,
    Indicator,
    Plan,
    PlanImport,
    ProgressEntry,
    SavedView,
    Task,
    TaskBatch,
    TaskUnit,
)
from campaigns.plan_content import BaseContent, Removed
from campaigns.states import TaskState
from campaigns.views.plans import REMOVED
from campaigns.workflow import plans
from directives.models import (
    Directive,
    DirectiveKind,
    DirectiveRelation,
    IssuerSymbol,
    KindSymbol,
    Requirement,
)
from documents.models import Credential, Document, Job, NumberEntry, OutsideAddress, OutsideLink, Rendition
from documents.states import DocumentState
from notifications.models import Message, Webhook
from reports.models import Contribution, Period, Report, ReportProfile, SkilfulModel
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


def finding(reason: str = "") -> dict[str, str]:
    """A finding that can be kept or put right, in the draft; with the reason to keep it."""
    from campaigns import checks

    plan = draft()
    Plan.objects.filter(pk=plan.pk).update(opening="Hai  dấu cách liền nhau.")
    found = checks.problems_of(checks.load(plan.document))
    return {"key": next(row.key for row in found if row.code == "double_spaces"), "reason": reason}


def reviewed() -> dict[str, str]:
    """The review of a copy of the issued plan with every change as proposed."""
    from campaigns.workflow import copies

    plan = ROWS["plan"]()
    proposal = copies.propose(source=plan, year=plan.year + 1, today=timezone.localdate())
    ways = {f"{row.key}-how": "new" if row.is_taken else "old" for row in proposal.changes.values()}
    return {"nam": str(plan.year + 1), "seen": proposal.digest, **ways}


def unused_directive() -> Directive:
    """One that is no base of the draft."""
    taken = draft().bases.exclude(directive=None).values("directive")
    return Directive.objects.filter(organisation=post_of("vanphong").organisation).exclude(pk__in=taken)[0]


def older_version() -> int:
    """The draft's first version, closed by writing a day later."""
    at = timezone.now() + timedelta(days=1)
    plans.edit_passages(plan=draft(), opening="Như sau:", closing="", by=post_of("chanhvanphong"), at=at)
    return 1


def removal() -> str:
    """What the page keeps of a base that was taken out of the draft."""
    removed = Removed(position=1, base=BaseContent(pk=1_900_000_000, text="Căn cứ tình hình thực tế"))
    return signing.dumps({"plan": draft().pk, "removed": removed.as_dict()}, salt=REMOVED, compress=True)


def own_contribution() -> Contribution:
    """The department's part of the running period."""
    unit = post_of("truongphong").unit
    return Contribution.objects.filter(unit=unit).order_by("-id")[0]


def person() -> User:
    return User.objects.get(username="chuyenvien2")


def an_import() -> PlanImport:
    """A file that was handed in and not read yet."""
    from campaigns.importing import sources

    office = post_of("vanphong")
    found = PlanImport.objects.first()
    return found or sources.start(data="KẾ HOẠCH".encode(), name="ke-hoach.txt", by=office, at=timezone.now())


GROUP = "Tổ Công nghệ số cộng đồng"
PLAN = f"""KẾ HOẠCH
Thực hiện chuyển đổi số năm 2026
Thực hiện Kế hoạch số 12-KH/BDVTU ngày 05/9/2026 của Ban Dân vận Tỉnh ủy về Tháng cao điểm dân vận.
I. MỤC ĐÍCH
1. Nâng cao nhận thức.
II. TỔ CHỨC THỰC HIỆN
1. {GROUP} chủ trì tổ chức hội nghị xong trước ngày 20/10/2026.
"""


def a_read_import() -> PlanImport:
    """A file that was read and waits to be corrected."""
    from campaigns.importing import matching, reading, sources
    from campaigns.plan_reader import read

    made = sources.start(data=PLAN.encode(), name="da-doc.txt", by=post_of("vanphong"), at=timezone.now())
    made.draft = matching.from_reading(reading.laid_out(read(PLAN.encode(), made.name)), **sources.surroundings(made))
    made.save(update_fields=["draft"])
    Job.objects.filter(pk=made.job_id).update(state="done", finished_at=timezone.now())
    return made


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


def long_file() -> Job:
    """The print of a draft with a long table that waits for a worker."""
    from documents import long_files

    found = document(DocumentState.RETURNED)
    text, office = found.definition.compose(found), post_of("vanphong")
    return long_files.ask(document=found, text=text, ending="pdf", url="/", by=office, at=timezone.now())


def paper_number() -> NumberEntry:
    """A number kept for a paper file."""
    from documents import numbering

    clerk = post_of("vanthu")
    paper = numbering.PaperFile(kind="KH", symbol="KH-SKHCN", reason="Văn bản mật")
    on = timezone.localdate()
    return numbering.reserve(organisation=clerk.organisation, paper=paper, on=on, by=clerk, at=timezone.now())[0]


def an_address() -> OutsideAddress:
    """An entry of the address book that nothing was sent to."""
    return OutsideAddress.objects.get(name="Liên minh Hợp tác xã tỉnh")


def a_link() -> dict[str, Any]:
    """The personal page of a recipient outside that nobody has opened yet."""
    return {"secret": OutsideLink.objects.get(openings=0).secret}


def a_copy() -> dict[str, int]:
    """The line of that recipient."""
    line = OutsideLink.objects.get(openings=0).recipient
    return {"pk": line.document_id, "line": line.pk}


def a_letter() -> Document:
    """A draft of a letter that corrects this year's plan."""
    from documents import corrections

    issued = document(DocumentState.ISSUED)
    return corrections.draft(corrects=issued, by=post_of("vanphong"), at=timezone.now()).document


def kept_view() -> SavedView:
    """A list that the department's head keeps."""
    from campaigns.workflow import saved_views

    head = post_of("truongphong")
    return saved_views.save(name="Của tôi", query="due=overdue", for_unit=False, is_default=False, by=head)


def report() -> Report:
    return Report.objects.order_by("id")[0]


def figure() -> int:
    return int(report().figures["figures"][0]["indicator_id"])


def written_section() -> str:
    """The key of a section that people write."""
    return str(next(each["key"] for each in report().sections if each["source"] != "group"))


def batch() -> TaskBatch:
    """An act of the office a moment ago."""
    office = post_of("vanphong")
    return TaskBatch.objects.create(
        organisation=office.organisation, act=TaskBatch.Act.CONFIRM, made_at=timezone.now(), made_by=office
    )


def calendar_day() -> CalendarDay:
    values = {"is_working": False, "note": "Nghỉ bão", "decision": "Công điện 5"}
    return CalendarDay.objects.get_or_create(day=timezone.localdate() + timedelta(days=200), defaults=values)[0]


def entry() -> ProgressEntry:
    """What the department's officer has just reported."""
    from campaigns.workflow import progress

    return progress.report(
        task=task(TaskState.IN_PROGRESS), text="Đã làm thêm", percent=70, figures={}, evidence=[],
        by=post_of("chuyenvien"), at=timezone.now(),
    )  # fmt: skip


def section_text() -> str:
    """What stands in that section of the draft."""
    latest = Report.objects.order_by("-id")[0]
    return str(next(each["text"] for each in latest.sections if each["key"] == written_section()))


def own_indicator() -> Indicator:
    """One that the house added to the common catalogue for itself."""
    house = post_of("vanphong").organisation
    values = {"group": "Riêng", "name": "Chỉ tiêu riêng", "measure": "cuộc"}
    return Indicator.objects.get_or_create(organisation=house, code="rieng", defaults=values)[0]


def skilful_model() -> SkilfulModel:
    """A model that the department registered."""
    head = post_of("truongphong")
    found = SkilfulModel.objects.filter(unit=head.unit).first()
    return found or SkilfulModel.objects.create(
        organisation=head.organisation, unit=head.unit, name="Mô hình thử", area="economy", bearer="collective",
        starts_on=timezone.localdate(), created_at=timezone.now(), created_by=head,
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


def a_kind() -> DirectiveKind:
    return DirectiveKind.objects.get(abbreviation="QC")


def a_symbol() -> KindSymbol:
    house = post_of("vanthu").organisation
    return KindSymbol.objects.get_or_create(organisation=house, symbol="QCX", key="QCX", kind=a_kind())[0]


def an_issuer() -> IssuerSymbol:
    house = post_of("vanthu").organisation
    return IssuerSymbol.objects.get_or_create(organisation=house, symbol="TU", key="TU", issuer="Tỉnh ủy")[0]


def two_entries() -> dict[str, int]:
    first, second = Directive.objects.order_by("id")[:2]
    return {"pk": first.pk, "other_pk": second.pk}


def a_relation() -> dict[str, int]:
    from directives import relations

    source, target = Directive.objects.order_by("id")[:2]
    mentions = DirectiveRelation.Kind.MENTIONS
    made = relations.relate(source=source, kind=mentions, target=target, by=post_of("vanthu"), at=timezone.now())
    return {"pk": source.pk, "relation_pk": made.pk}


def a_requirement() -> dict[str, int]:
    first = Directive.objects.order_by("id")[0]
    return {"pk": first.pk, "requirement_pk": Requirement.objects.create(directive=first, text="Báo cáo").pk}


def a_note(*, is_done: bool = False) -> dict[str, int]:
    """A note that gives a directive to the department whose head is in the table."""
    from directives import notes

    first, head = Directive.objects.order_by("id")[0], post_of("truongphong")
    made = notes.note(
        directive=first, text="Giao phòng", lead_unit=head.unit, cooperating_units=[], due_on=None,
        by=post_of("giamdoc"), at=timezone.now(),
    )  # fmt: skip
    if is_done:
        notes.finish(given=made, result="Xong", by=head, at=timezone.now())
    return {"pk": first.pk, "note_pk": made.pk}


def a_comment() -> Comment:
    """What the department's officer has just said about a task."""
    from campaigns.workflow import comments

    about = task(TaskState.IN_PROGRESS)
    return comments.write(about=about, text="Đã mời đại biểu", by=post_of("chuyenvien"), at=timezone.now())


def a_feed() -> CalendarFeed:
    """The officer's own calendar."""
    from campaigns.workflow import feeds

    return feeds.create(scope=FeedScope.MINE, by=post_of("chuyenvien"), at=timezone.now())[0]


def a_webhook() -> Webhook:
    """Another system that is told of tasks, with one delivery."""
    from notifications import webhooks

    admin, at = post_of("quantri"), timezone.now()
    made, _secret = webhooks.create(
        name="Trục liên thông", url="https://truc.example/", events=["campaigns.task.accepted"], by=admin, at=at
    )
    webhooks.ping(webhook=made, by=admin, at=at)
    return made


ROWS: dict[str, Callable[[], Any]] = {
    "draft": draft,
    "plan": lambda: Plan.objects.get(pk=Task.objects.order_by("-id").filter(state=TaskState.DONE)[0].plan_id),
    "import": an_import,
    "import_read": a_read_import,
    "proposed": lambda: document(DocumentState.PROPOSED),
    "checked": lambda: document(DocumentState.CHECKED),
    "signed": lambda: document(DocumentState.SIGNED),
    "issued": lambda: document(DocumentState.ISSUED),
    "draft_document": lambda: document(DocumentState.DRAFT),
    "paper": paper_number,
    "address": an_address,
    "letter": a_letter,
    "credential": lambda: Credential.objects.order_by("id")[0],
    "period": lambda: Period.objects.order_by("-id")[0],
    "contribution": own_contribution,
    "returned_part": returned_part,
    "report": report,
    "draft_report": draft_report,
    "profile": lambda: ReportProfile.objects.order_by("id")[0],
    "indicator": own_indicator,
    "model": skilful_model,
    "job": compile_job,
    "long_file": long_file,
    "directive": lambda: Directive.objects.order_by("id")[0],
    "evidence": lambda: Evidence.objects.filter(thumbnail__gt="").order_by("id")[0],
    "extension": lambda: ExtensionRequest.objects.get(state="asked"),
    "part": lambda: TaskUnit.objects.filter(unit=post_of("truongphong").unit, done_at=None).order_by("-id")[0],
    "entry": entry,
    "batch": batch,
    "calendar_day": calendar_day,
    "assigned": assigned,
    "running": lambda: task(TaskState.IN_PROGRESS),
    "awaiting": awaiting,
    "view": kept_view,
    "paused": paused,
    "handed_back": lambda: task(TaskState.HANDED_BACK),
    "redo": lambda: task(TaskState.REDO),
    "comment": a_comment,
    "feed": a_feed,
    "item": lambda: draft().items.order_by("position")[1],
    "webhook": a_webhook,
    "delivery": lambda: a_webhook().deliveries.get(),
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
    Address("units:session", "200 200 200 200 200 200 200 200 200 200"),
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
    Address(
        "plans:import_edit", "302 404 404 302 302 404 404 404 404 404",
        "import_read", more=lambda: {"key": "opening"}, data=lambda: {"v": "0", "text": "Sở ban hành kế hoạch:"},
    ),
    Address("plans:import_changes", "302 404 404 200 200 404 404 404 404 404", "import_read"),
    Address(
        "plans:import_stretch", "302 404 404 200 200 404 404 404 404 404", "import_read",
        more=lambda: {"first": "i1", "last": "i1"},
    ),
    Address(
        "plans:import_arrange", "302 404 404 302 302 404 404 404 404 404",
        "import_read", data=lambda: {"move": "add", "key": "items"},
    ),
    Address(
        "plans:import_units", "302 404 404 302 302 404 404 404 404 404", "import_read", data=lambda: {"name": GROUP},
    ),
    Address(
        "plans:import_units", "302 404 404 302 302+ 404 404 404 404 404",
        "import_read", data=lambda: {"name": GROUP, "create": "1"},
    ),
    Address("plans:import_register", "302 404 404 302+ 302+ 404 404 404 404 404", "import_read", data=dict),
    Address(
        "plans:import_seen", "302 404 404 302 302 404 404 404 404 404",
        "import_read", data=lambda: {"question": "x"},
    ),
    Address("plans:import_page", "302 404 404 404 404 404 404 404 404 404", "import_read", more=lambda: {"number": 1}),
    Address("plans:detail", "302 200 200 200 200 200 200 200 404 404", "plan"),
    Address("plans:detail", "302 200 200 200 200 200 200 200 404 404", "draft"),
    Address("plans:pdf", "302 200 200 200 200 200 200 200 404 404", "plan"),
    Address("plans:history", "302 200 200 200 200 200 200 200 404 404", "plan"),
    Address("plans:part", "302 302 302 200 200 302 302 302 404 404", "draft", more=lambda: {"name": "head"}),
    Address(
        "plans:part",
        "302 302 302 302+ 302+ 302 302 302 404 404",
        "draft",
        more=lambda: {"name": "passages"},
        data=lambda: {"opening": "Sở ban hành kế hoạch:", "closing": "Hết"},
    ),
    Address(
        "plans:arrange",
        "302 302 302 302+ 302+ 302 302 302 404 404",
        "draft",
        more=lambda: {"item": draft().items.order_by("position")[1].pk, "way": "ra"},
        data=dict,
    ),
    Address("plans:left", "302 200 200 200 200 200 200 200 404 404", "draft"),
    Address("plans:aside", "302 200 200 200 200 200 200 200 404 404", "draft"),
    Address(
        "plans:place", "302 302 302 302+ 302+ 302 302 302 404 404",
        "draft", more=lambda: {"item": draft().items.order_by("position")[1].pk}, data=dict,
    ),
    Address(
        "plans:arrange_base", "302 302 302 302+ 302+ 302 302 302 404 404",
        "draft", more=lambda: {"base": draft().bases.all()[0].pk, "way": "len"}, data=dict,
    ),
    Address("plans:sources", "302 404 404 200 200 404 404 404 404 404", "draft", query="?q=chi thi"),
    Address(
        "plans:pick_base", "302 302 302 302+ 302+ 302 302 302 404 404",
        "draft", data=lambda: {"directive": unused_directive().pk, "lead": "Căn cứ"},
    ),
    Address("plans:due", "302 200 200 200 200 200 200 200 404 404", "draft", query="?due_wording=trước ngày 20/10"),
    Address(
        "plans:keep_recipients", "302 302 302 302+ 302+ 302 302 302 404 404",
        "draft", data=lambda: {"name": "Kế hoạch dân vận"},
    ),
    Address("plans:versions", "302 200 200 200 200 200 200 200 404 404", "plan"),
    Address("plans:version", "302 200 200 200 200 200 200 200 404 404", "plan", more=lambda: {"number": 1}),
    Address(
        "plans:restore", "302 302 302 302+ 302+ 302 302 302 404 404",
        "draft", more=lambda: {"number": older_version()}, data=dict,
    ),
    Address(
        "plans:put_back", "302 302 302 302+ 302+ 302 302 302 404 404",
        "draft", data=lambda: {"token": removal()},
    ),
    Address(
        "plans:remove",
        "302 302 302 302+ 302+ 302 302 302 404 404",
        "draft",
        more=lambda: {"kind": "can-cu", "row": draft().bases.all()[0].pk},
        data=dict,
    ),
    Address("plans:preview", "302 200 200 200 200 200 200 200 404 404", "draft"),
    Address(
        "plans:check_keep", "302 302 302 302+ 302+ 302 302 302 404 404",
        "draft", data=lambda: finding("Trích nguyên văn"),
    ),
    Address("plans:check_reopen", "302 302 302 302 302 302 302 302 404 404", "draft", data=finding),
    Address("plans:check_fix", "302 302 302 302+ 302+ 302 302 302 404 404", "draft", data=finding),
    Address("plans:copy_choose", "302 404 404 200 200 404 404 404 404 404"),
    Address("plans:copy", "302 404 404 200 200 404 404 404 404 404", "plan"),
    Address("plans:copy", "302 404 404 302+ 302+ 404 404 404 404 404", "plan", data=reviewed),
    Address("tasks:list", "302 200 200 200 200 200 200 200 404 404"),
    *(
        Address("tasks:list", "302 200 200 200 200 200 200 200 404 404", query=f"?as={picture}&state=all")
        for picture in ("board", "calendar", "timeline", "load")
    ),
    Address("tasks:export", "302 200 200 200 200 200 200 200 404 404"),
    Address("tasks:export", "302 200 200 200 200 200 200 200 404 404", query="?format=xlsx"),
    Address(
        "tasks:view_save", "302 302 302 302 302 302 302 302 404 404",
        data=lambda: {"save-name": "Quá hạn", "save-query": "due=overdue"},
    ),
    Address("tasks:view_change", "302 404 302 404 404 404 404 404 404 404", "view", data=lambda: {"change-name": "X"}),
    Address("tasks:view_delete", "302 404 302 404 404 404 404 404 404 404", "view", data=dict),
    Address("tasks:move", "302 302 302+ 302 302 302 302 302 404 404", "awaiting", data=lambda: {"to": "done"}),
    Address(
        "tasks:bulk",
        "302 200 200 302+ 302+ 200 200 200 404 404",
        data=lambda: {"act": "remind", "selected": [task(TaskState.ASSIGNED).pk], "agreed": "1"},
    ),
    Address("tasks:batch", "302 404 404 200 404 404 404 404 404 404", "batch"),
    Address("tasks:batch_undo", "302 404 404 302 404 404 404 404 404 404", "batch", data=dict),
    Address("tasks:handover", "302 403 403 200 200 403 403 403 403 200"),
    Address("tasks:calendar", "302 403 403 403 403 403 403 403 403 200"),
    Address(
        "tasks:calendar", "302 403 403 403 403 403 403 403 403 302+",
        data=lambda: {"day": later(), "kind": "off", "note": "Nghỉ bão", "decision": "Công điện 5"},
    ),
    Address("tasks:calendar_remove", "302 403 403 403 403 403 403 403 403 302+", "calendar_day", data=dict),
    Address(
        "tasks:supplementary_new",
        "302 403 403 200 200 403 403 403 404 404",
        more=lambda: {"plan_pk": ROWS["plan"]().pk},
    ),
    Address("tasks:evidence", "302 200 200 200 200 200 200 200 404 404", "evidence"),
    Address("tasks:thumbnail", "302 200 200 200 200 200 200 200 404 404", "evidence"),
    Address(
        "tasks:decide_extension",
        "302 403 403 302+ 302+ 403 302+ 403 404 404",
        "extension",
        data=lambda: {"grant": "1", "answer": "Đồng ý"},
    ),
    Address("tasks:part_done", "302 403 302+ 403 200 403 403 403 404 404", "part", data=dict),
    Address("tasks:confirm_entry", "302 403 302+ 403 200 403 403 403 404 404", "entry", data=dict),
    Address(
        "tasks:withdraw_entry",
        "302 302+ 302+ 200 200 200 403 403 404 404",
        "entry",
        data=lambda: {"reason": "Nhập nhầm"},
    ),
    Address("tasks:detail", "302 200 200 200 200 200 200 200 404 404", "running"),
    Address(
        "tasks:accept",
        "302 403 302+ 403 200 403 403 403 404 404",
        "running",
        data=lambda: {"officer": person().appointments.get().pk},
    ),
    Address(
        "tasks:assign",
        "302 403 403 302+ 302+ 403 403 403 404 404",
        "handed_back",
        data=lambda: {"lead_unit": ROWS["unit"]().pk},
    ),
    Address(
        "tasks:hand_back",
        "302 403 302+ 403 200 403 403 403 404 404",
        "assigned",
        data=lambda: {"reason": "Không thuộc chức năng"},
    ),
    Address(
        "tasks:report",
        "302 302+ 302+ 200 200 200 403 403 404 404",
        "running",
        data=lambda: {"text": "Đã làm", "percent": "60", "happened_on": today()},
    ),
    Address("tasks:confirm", "302 403 302+ 403 200 403 403 403 404 404", "awaiting", data=dict),
    Address(
        "tasks:redo",
        "302 403 302+ 403 200 403 403 403 404 404",
        "awaiting",
        data=lambda: {"reason": "Thiếu minh chứng"},
    ),
    Address(
        "tasks:pause",
        "302 403 403 302+ 302+ 403 403 403 404 404",
        "running",
        data=lambda: {"reason": "Chờ kinh phí"},
    ),
    Address("tasks:resume", "302 403 403 302+ 302+ 403 403 403 404 404", "paused", data=dict),
    Address(
        "tasks:withdraw",
        "302 403 403 302+ 302+ 403 403 403 404 404",
        "running",
        data=lambda: {"reason": "Không còn cần"},
    ),
    Address("tasks:remind", "302 200 302+ 302+ 302+ 200 200 200 404 404", "running", data=dict),
    Address(
        "tasks:ask_extension",
        "302 403 302+ 403 200 403 403 403 404 404",
        "redo",
        data=lambda: {"proposed_on": later(), "reason": "Chờ đơn vị khác"},
    ),
    Address("directives:list", "302 200 200 200 200 200 200 200 404 404"),
    Address("directives:create", "302 403 403 200 200 200 403 403 404 404"),
    Address("directives:create", "302 403 403 200 200 200 403 403 404 404", data=lambda: {"code": ""}),
    Address("directives:recognise", "302 405 405 405 405 405 405 405 405 405"),
    Address("directives:recognise", "302 200 200 200 200 200 200 200 404 404", data=lambda: {"text": "Luật Đất đai"}),
    Address("directives:fill_in", "302 403 403 200 200 200 403 403 404 404", data=lambda: {"text": "x"}),
    Address("directives:known", "302 403 403 200 200 200 403 403 404 404"),
    Address("directives:incoming", "302 200 200 200 200 200 200 200 404 404"),
    Address("directives:kinds", "302 403 403 200 200 403 403 403 403 200"),
    Address("directives:kind_create", "302 403 403 403 403 403 403 403 403 200"),
    Address("directives:kind", "302 403 403 403 403 403 403 403 403 200", more=lambda: {"pk": a_kind().pk}),
    Address("directives:symbol", "302 403 403 200 200 403 403 403 403 200"),
    Address("directives:issuer", "302 403 403 200 200 403 403 403 403 200"),
    Address(
        "directives:forget_symbol",
        "302 403 403 302+ 302+ 403 403 403 403 302+",
        more=lambda: {"pk": a_symbol().pk},
        data=dict,
    ),
    Address(
        "directives:forget_issuer",
        "302 403 403 302+ 302+ 403 403 403 403 302+",
        more=lambda: {"pk": an_issuer().pk},
        data=dict,
    ),
    Address("directives:detail", "302 200 200 200 200 200 200 200 404 404", "directive"),
    Address("directives:edit", "302 403 403 200 200 200 403 403 404 404", "directive"),
    Address(
        "directives:receive",
        "302 403 403 302+ 302+ 302+ 403 403 404 404",
        "directive",
        data=lambda: {"on": today()},
    ),
    Address("directives:relate", "302 403 403 200 200 200 403 403 404 404", "directive"),
    Address(
        "directives:validity",
        "302 403 403 302+ 302+ 302+ 403 403 404 404",
        "directive",
        data=lambda: {"validity": "expired", "until": today()},
    ),
    Address(
        "directives:note",
        "302 403 403 403 403 403 302+ 302+ 404 404",
        "directive",
        data=lambda: {"text": "Giao Văn phòng tham mưu"},
    ),
    Address(
        "directives:unrelate",
        "302 403 403 302+ 302+ 302+ 403 403 404 404",
        more=lambda: a_relation(),
        data=dict,
    ),
    Address(
        "directives:settle",
        "302 403 403 302+ 302+ 302+ 403 403 404 404",
        more=lambda: two_entries(),
        data=lambda: {"answer": "different"},
    ),
    Address("directives:requirement_create", "302 403 403 200 200 200 403 403 404 404", "directive"),
    Address(
        "directives:requirement",
        "302 403 403 302+ 302+ 302+ 403 403 404 404",
        more=lambda: a_requirement(),
        data=lambda: {"text": "Gửi báo cáo"},
    ),
    Address(
        "directives:accept",
        "302 302 302+ 302 302 302 302 302 404 404",
        more=lambda: a_note(),
        data=dict,
    ),
    Address(
        "directives:finish",
        "302 403 302+ 403 200 403 403 403 404 404",
        more=lambda: a_note(),
        data=lambda: {"result": "Đã xong"},
    ),
    Address(
        "directives:reopen",
        "302 403 403 403 403 403 302+ 302+ 404 404",
        more=lambda: a_note(is_done=True),
        data=lambda: {"reason": "Chưa đủ"},
    ),
    Address("directives:add_file", "302 403 403 200 200 200 403 403 404 404", "directive"),
    Address("directives:file", "302 200 200 200 200 200 200 200 404 404", more=lambda: a_file()),
    Address("directives:file_pages", "302 200 200 200 200 200 200 200 404 404", more=lambda: a_file()),
    Address(
        "directives:file_picture", "302 404 404 404 404 404 404 404 404 404", more=lambda: a_file() | {"number": 99}
    ),
    Address("reports:list", "302 200 200 200 200 200 200 200 404 404"),
    Address("reports:profiles", "302 404 404 200 200 404 404 404 404 200"),
    Address("reports:profile_create", "302 404 404 200 200 404 404 404 404 200"),
    Address("reports:profile_edit", "302 404 404 200 200 404 404 404 404 200", "profile"),
    Address("reports:outline", "302 404 404 200 200 404 404 404 404 200", "profile"),
    Address("reports:indicators", "302 404 404 200 200 404 404 404 404 200"),
    Address("reports:indicator_create", "302 404 404 200 200 404 404 404 404 200"),
    Address("reports:indicator_edit", "302 404 404 200 200 404 404 404 404 200", "indicator"),
    Address("reports:models", "302 200 200 200 200 200 200 200 404 404"),
    Address("reports:model_create", "302 404 200 200 200 404 404 404 404 404"),
    Address("reports:model_edit", "302 404 200 200 200 404 404 404 404 404", "model"),
    Address("reports:below", "302 404 404 200 200 404 200 200 200 404"),
    Address(
        "reports:below_figure", "302 404 404 200 200 404 200 200 200 404",
        more=lambda: {"indicator": figure()}, query="?kind=month&year=2023&month=11",
    ),
    Address("reports:thread", "302 200 200 200 200 200 200 200 200 404", "report"),
    Address("reports:compare", "302 404 404 404 404 404 404 404 404 404", "report"),
    Address(
        "reports:autosave", "302 409 409 204+ 204+ 409 409 409 404 404", "draft_report",
        more=lambda: {"key": written_section()}, data=lambda: {"text": "Chữ mới.", "before": section_text()},
    ),
    Address(
        "reports:retake", "302 302 302 302+ 302+ 302 302 302 404 404", "draft_report",
        more=lambda: {"key": written_section()}, data=lambda: {"before": section_text()},
    ),
    Address("reports:open_period", "302 404 404 200 200 404 404 404 404 404"),
    Address("reports:period", "302 200 200 200 200 200 200 200 404 404", "period"),
    Address("reports:remind", "302 302 302 302+ 302+ 302 302 302 404 404", "period", data=dict),
    Address("reports:compile", "302 302 302 302 302 302 302 302 404 404", "period", data=dict),
    Address("reports:job", "302 200 200 200 200 200 200 200 404 404", "job"),
    Address("reports:contribution", "302 200 200 200 200 404 200 200 404 404", "contribution"),
    Address(
        "reports:return_contribution",
        "302 302 302 302+ 302+ 404 302 302 404 404",
        "contribution",
        data=lambda: {"reason": "Thiếu số liệu"},
    ),
    Address("reports:refill", "302 302 302 302 302 404 302 302 404 404", "returned_part", data=dict),
    Address("reports:remind_unit", "302 302 302 302+ 302+ 404 302 302 404 404", "returned_part", data=dict),
    Address(
        "reports:contribution_sources",
        "302 200 200 200 200 404 200 200 404 404",
        "contribution",
        more=lambda: {"indicator": own_contribution().figures.all()[0].indicator_id},
    ),
    Address("reports:detail", "302 200 200 200 200 200 200 200 302 404", "report"),
    Address("reports:file", "302 200 200 200 200 200 200 200 404 404", "report", more=lambda: {"ending": "xlsx"}),
    Address(
        "reports:section",
        "302 302 302 200 200 302 302 302 404 404",
        "draft_report",
        more=lambda: {"key": written_section()},
    ),
    Address(
        "reports:figure_sources",
        "302 200 200 200 200 200 200 200 404 404",
        "report",
        more=lambda: {"indicator": figure()},
    ),
    Address(
        "reports:task_sources",
        "302 200 200 200 200 200 200 200 404 404",
        "report",
        more=lambda: {"unit": report().figures["units"][0]["unit_id"], "name": "given"},
    ),
    Address("documents:register", "302 200 200 200 200 200 200 200 404 404"),
    Address("documents:register_sheet", "302 200 200 200 200 200 200 200 404 404"),
    Address("documents:register_workbook", "302 200 200 200 200 200 200 200 404 404"),
    Address("documents:reserve", "302 404 404 404 404 200 404 404 404 404"),
    Address(
        "documents:reserve", "302 404 404 404 404 302+ 404 404 404 404",
        data=lambda: {"kind": "KH", "symbol": "KH-SKHCN", "on": today(), "count": "2", "reason": "Văn bản mật"},
    ),
    Address("documents:continue_after", "302 404 404 404 404 200 404 404 404 404"),
    Address("documents:paper", "302 404 404 404 404 200 404 404 404 404", "paper"),
    Address(
        "documents:paper", "302 404 404 404 404 302+ 404 404 404 404",
        "paper", data=lambda: {"title": "Về công tác cán bộ", "reason": "Văn bản mật"},
    ),
    Address("documents:unused", "302 404 404 404 404 302+ 404 404 404 404", "paper", data=lambda: {"reason": "Nhầm"}),
    Address("documents:received", "302 200 200 200 200 200 200 200 200 200"),
    Address("documents:received_detail", "302 404 404 404 404 404 404 404 200+ 404", "issued"),
    Address("documents:received_detail", "302 404 404 404 404 404 404 404 302+ 404", "issued", data=dict),
    Address("documents:after_issue", "302 200 200 200 200 200 200 200 404 404", "issued"),
    Address(
        "documents:link_act", "302 404 404 404 404 302+ 404 404 404 404",
        more=lambda: a_copy() | {"act": "thu-hoi"}, data=dict,
    ),
    Address("documents:link_correct", "302 404 404 404 404 200 404 404 404 404", more=lambda: a_copy()),
    Address("documents:correction_create", "302 302 302 302+ 302+ 302 302 302 404 404", "issued", data=dict),
    Address("documents:correction", "302 200 200 200 200 200 200 200 404 404", "letter"),
    Address("documents:correction_edit", "302 302 302 200 200 302 302 302 404 404", "letter"),
    Address("documents:addresses", "302 403 403 200 200 200 403 403 403 403"),
    Address("documents:address_create", "302 403 403 200 200 200 403 403 403 403"),
    Address(
        "documents:address_create", "302 403 403 302+ 302+ 302+ 403 403 403 403",
        data=lambda: {"name": "Báo Mới", "email": "moi@bao.example", "kind": "other"},
    ),
    Address("documents:address", "302 403 403 200 200 200 403 403 403 403", "address"),
    Address("documents:address_end", "302 403 403 302+ 302+ 302+ 403 403 403 403", "address", data=dict),
    Address("documents:outside", "200+ 200+ 200+ 200+ 200+ 200+ 200+ 200+ 200+ 200+", more=lambda: a_link()),
    Address(
        "documents:outside", "302+ 302+ 302+ 302+ 302+ 302+ 302+ 302+ 302+ 302+",
        more=lambda: a_link(), data=lambda: {"name": "Trần Thị Hoa"},
    ),
    Address("documents:outside", "404 404 404 404 404 404 404 404 404 404", more=lambda: {"secret": "doan-mo"}),
    Address("documents:outside_file", "200 200 200 200 200 200 200 200 200 200", more=lambda: a_link()),
    Address("documents:outside_file", "404 404 404 404 404 404 404 404 404 404", more=lambda: {"secret": "doan-mo"}),
    Address(
        "documents:outside_attachment", "404 404 404 404 404 404 404 404 404 404", more=lambda: a_link() | {"pk": 0}
    ),
    Address("documents:verify", "302 200 200 200 200 200 200 200 200 200"),
    Address("documents:pages", "302 200 200 200 200 200 200 200 404 404", "checked"),
    Address(
        "documents:picture",
        "302 404 404 404 404 404 404 404 404 404",
        "checked",
        more=lambda: {"sha256": shown(), "number": 999},
    ),
    Address("documents:cancel_job", "302 404 404 302 404 404 404 404 404 404", "job", data=dict),
    Address("documents:job", "302 200 200 200 200 200 200 200 404 200", "job"),
    Address("documents:long_file", "302 200 200 200 200 200 200 200 404 404", "long_file"),
    Address("documents:detail", "302 302 302 302 302 302 302 302 302 404", "issued"),
    Address("documents:to_sign", "302 403 403 403 200 403 200 200 403 403"),
    Address(
        "documents:hand_back", "302 422 422 422 422 422 200+ 422 404 404",
        "checked", data=lambda: {"shown": shown(), "reason": "Thiếu căn cứ"},
    ),
    Address("documents:sign", "302 302 302 302 302 302 200 302 404 404", "checked"),
    Address(
        "documents:sign",
        "302 302 302 302 302 302 302+ 302 404 404",
        "checked",
        data=lambda: {"shown": shown(), "password": PASSWORD},
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
    Address("documents:attachments", "302 200 200 200 200 200 200 200 404 404", "draft_document"),
    Address("documents:attachments", "302 422 422 422 422 422 422 422 404 404", "draft_document", data=dict),
    Address(
        "documents:attachment_remove", "302 404 404 404 404 404 404 404 404 404",
        "draft_document", more=lambda: {"attachment": 999}, data=dict,
    ),
    Address(
        "documents:attachment_file", "302 404 404 404 404 404 404 404 404 404",
        "draft_document", more=lambda: {"attachment": 999},
    ),
    Address("lookup:search", "200 200 200 200 200 200 200 200 200 200"),
    Address("lookup:document", "404 404 404 404 404 404 404 404 404 404", more=lambda: {"code": "7K3MQ9XZ2F"}),
    Address("documents:word", "302 200 200 200 200 200 200 200 404 404", "draft_document"),
    Address("documents:word_template", "302 403 403 200 200 403 403 403 403 200"),
    Address("documents:word_template_file", "302 403 403 200 200 403 403 403 403 200"),
    Address("documents:word_template_restore", "302 403 403 302 302 403 403 403 403 302", data=dict),
    Address("documents:rules", "302 403 403 403 200 403 403 403 403 200"),
    Address(
        "documents:rules", "302 403 403 403 302+ 403 403 403 403 302+",
        data=lambda: {
            "numbering": "per_kind", "layout": "state", "type_size": "14", "seal_mm": "34", "link_days": "60",
        },
    ),
    Address("documents:credentials", "302 403 403 403 403 403 403 403 403 200"),
    Address("documents:credential_create", "302 403 403 403 403 403 403 403 403 200"),
    Address("documents:credential_end", "302 403 403 403 403 403 403 403 403 302+", "credential", data=dict),
    Address("documents:signed", "302 200 200 200 200 200 200 200 404 404", "signed"),
    Address("documents:number", "302 200 200 200 200 302+ 200 200 404 404", "signed", data=lambda: {"on": today()}),
    Address("documents:replace", "302 302 302 302 302 302 200 302 404 404", "issued"),
    Address("documents:pdf", "302 200 200 200 200 200 200 200 200 404", "issued"),
    Address("documents:pdf", "302 200 200 200 200 200 200 200 404 404", "draft_document"),
    Address(
        "documents:rendition",
        "302 200 200 200 200 200 200 200 404 404",
        "checked",
        more=lambda: {"sha256": shown()},
    ),
    Address(
        "documents:step",
        "302 302 302+ 302 302 302 302 302 404 404",
        "proposed",
        more=lambda: {"move": "confirm"},
        data=dict,
    ),
    Address(
        "documents:step",
        "302 200 200 200 200 200 302+ 200 404 404",
        "checked",
        more=lambda: {"move": "return"},
        data=lambda: {"reason": "Sửa căn cứ"},
    ),
    Address(
        "documents:step",
        "302 200 200 200 200 200 302+ 200 404 404",
        "issued",
        more=lambda: {"move": "recall"},
        data=lambda: {"reason": "Sai số liệu"},
    ),
    Address("comments:people", "302 200 200 200 200 200 200 200 404 404", query="?q=nguyen"),
    Address("comments:task", "302 302+ 302+ 302+ 302+ 302+ 302+ 302+ 404 404", "running", data=lambda: {"text": "Rõ"}),
    Address("comments:item", "302 200 200 200 200 200 200 200 404 404", "item"),
    Address("comments:item", "302 302+ 302+ 302+ 302+ 302+ 302+ 302+ 404 404", "item", data=lambda: {"text": "Rõ"}),
    Address("comments:edit", "302 302+ 422 422 422 422 422 422 404 404", "comment", data=lambda: {"text": "Rõ"}),
    Address("comments:remove", "302 302+ 302 302 302 302 302 302 404 404", "comment", data=dict),
    Address("feeds:list", "302 200 200 200 200 200 200 200 404 404"),
    Address("feeds:list", "302 302+ 302+ 302+ 302+ 302+ 302+ 302+ 404 404", data=lambda: {"scope": "mine"}),
    Address("feeds:revoke", "302 302+ 404 404 404 404 404 404 404 404", "feed", data=dict),
    Address("feeds:calendar", "404 404 404 404 404 404 404 404 404 404", more=lambda: {"secret": "doan-mo"}),
    Address("notifications:webhooks", "302 403 403 403 403 403 403 403 403 200"),
    Address("notifications:webhook_create", "302 403 403 403 403 403 403 403 403 200"),
    Address(
        "notifications:webhook_create", "302 403 403 403 403 403 403 403 403 302+",
        data=lambda: {"name": "X", "url": "https://truc.example/", "events": ["campaigns.task.accepted"]},
    ),
    Address("notifications:webhook", "302 403 403 403 403 403 403 403 403 200", "webhook"),
    Address("notifications:webhook_ping", "302 403 403 403 403 403 403 403 403 302", "webhook", data=dict),
    Address("notifications:webhook_switch", "302 403 403 403 403 403 403 403 403 302+", "webhook", data=dict),
    Address("notifications:webhook_resend", "302 403 403 403 403 403 403 403 403 302", "delivery", data=dict),
    Address("notifications:list", "302 200 200 200 200 200 200 200 200 200"),
    Address("notifications:open", "302 404 404 302 404 404 404 404 404 404", "message"),
    Address("notifications:read", "302 404 404 302 404 404 404 404 404 404", "message", data=dict),
    Address("notifications:read_all", "302 302 302 302 302 302 302 302 302 302", data=dict),
    Address("notifications:preferences", "302 200 200 200 200 200 200 200 200 200"),
    Address("units:act_as", "302 404 404 404 404 404 404 404 404 404", data=lambda: {"post": "0"}),
    Address("units:own_password", "302 200 200 200 200 200 200 200 200 200"),
    Address(
        "units:choose_password",
        "200 200 200 200 200 200 200 200 200 200",
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
