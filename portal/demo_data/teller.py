"""How the demonstration is told: through the portal's own verbs, each by the post whose work it is, at its time."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from campaigns import evidence
from campaigns.models import Campaign, Indicator, ItemStyle, Plan, Task
from campaigns.workflow import plans, progress, tasks
from campaigns.workflow.plans import ItemText, PlanText, TaskText
from documents import archive, keys, workflow
from documents.models import Credential, Document, Rendition
from documents.ways import WithKey
from portal.demo_data import texts
from portal.demo_data.people import House
from portal.demo_data.pictures import photo
from reports import contributions
from reports import workflow as reporting
from reports.defaults import ensure_indicators, ensure_profile
from reports.models import Contribution, Period, ReportProfile
from units.models import Appointment, Unit


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A time of day in the office's zone."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


class Teller:
    """Moves one house's plans, tasks and periods along, as of `today`."""

    def __init__(self, house: House, today: date) -> None:
        self.house = house
        self.today = today
        self.posts = house.posts
        self.ways: dict[int, WithKey] = {}
        self.indicators: dict[str, Indicator] = ensure_indicators()
        self.profile: ReportProfile = ensure_profile(
            house.organisation,
            recipient=house.board,
            legal_basis="Thực hiện chế độ báo cáo định kỳ của Ban Dân vận Tỉnh ủy",
        )

    # --- plans --------------------------------------------------------------------------------------------------------
    def head_of(self, unit: str) -> Appointment:
        heads = {"vp": "chanhvanphong", "qlcn": "truongphong", "ttra": "chanhthanhtra", "ttud": "giamdoc.ttud"}
        return self.posts[heads.get(unit, f"truongphong.{unit}")]

    def officer_of(self, unit: str) -> Appointment:
        officers = {"vp": "vanphong", "qlcn": "chuyenvien", "ttra": "thanhtravien", "ttud": "vienchuc.ttud"}
        return self.posts[officers.get(unit, f"chuyenvien.{unit}")]

    def task_text(self, task: texts.DemoTask, from_day: date, item: int) -> TaskText:
        return TaskText(
            text=task.text,
            lead_unit=self.house.units[task.unit],
            cooperating=tuple(self.house.units[key] for key in task.helpers),
            due_on=from_day + timedelta(days=task.due) if task.due is not None else None,
            rhythm=task.rhythm,
            due_wording=task.wording,
            field=task.field,
            expected_product=task.product,
            indicators=tuple(self.indicators[code] for code in task.indicators),
            item=item,
        )

    def draft(
        self,
        title: str,
        *,
        on: date,
        bases: tuple[str, ...],
        items: tuple[tuple[str, str, int], ...],
        tasks_told: tuple[texts.DemoTask, ...],
        due_from: date,
        campaign: Campaign | None = None,
        signer: str = "giamdoc",
        council: Unit | None = None,
        recipients: tuple[str, ...] = texts.RECIPIENTS,
    ) -> Plan:
        organisation = self.house.organisation
        content = PlanText(
            title=title,
            symbol=f"KH-{(council or organisation).symbol}",
            council=council,
            drafting_unit=self.house.units["qlcn"],
            year=on.year,
            signer=self.posts[signer],
            campaign=campaign,
            opening=f"{(council or organisation).name} ban hành kế hoạch với các nội dung sau:",
            closing="Yêu cầu các phòng, đơn vị triển khai thực hiện; khó khăn, vướng mắc phản ánh về Văn phòng Sở",
            bases=bases,
            items=tuple(ItemText(ItemStyle(style), text, depth) for style, text, depth in items),
            tasks=tuple(self.task_text(task, due_from, len(items) - 1) for task in tasks_told),
            recipients=tuple(
                (line, self.house.board.pk if line == self.house.board.name else None) for line in recipients
            ),
        )
        return plans.create_draft(content=content, by=self.posts["vanphong"], at=moment(on, 8))

    def propose(self, document: Document, on: date) -> None:
        workflow.propose(document=document, by=self.posts["vanphong"], at=moment(on, 8, 30))

    def submit(self, document: Document, on: date) -> None:
        self.propose(document, on)
        workflow.confirm(document=document, by=self.head_of("qlcn"), at=moment(on, 9))

    def present(self, document: Document, on: date) -> None:
        if document.drafting_unit_id == self.house.units["vp"].pk:
            self.propose(document, on)
            workflow.confirm(document=document, by=self.posts["chanhvanphong"], at=moment(on, 9))
        else:
            self.submit(document, on)
        workflow.check(document=document, by=self.posts["chanhvanphong"], at=moment(on, 10))

    def sign(self, document: Document, on: date) -> None:
        self.present(document, on)
        shown = archive.latest(document, Rendition.Stage.PRESENTED)
        if shown is None:
            raise ValueError("nothing was presented")
        by, at = self.posts["giamdoc"], moment(on, 14)
        way = self.way(keys.officer_credential(by, at=at))
        workflow.sign(document=document, shown=shown.sha256, way=way, by=by, at=at)

    def issue(self, document: Document, on: date) -> None:
        self.sign(document, on)
        workflow.number(document=document, on=on, by=self.posts["vanthu"], at=moment(on, 15))
        by, at = self.posts["vanthu"], moment(on, 15, 10)
        way = self.way(keys.seal_credential(document.organisation, at=at))
        workflow.issue(document=document, by=by, at=at, way=way)

    def way(self, credential: Credential) -> WithKey:
        """Signing with the key of this credential; its file, costly to open, is opened once."""
        if credential.pk not in self.ways:
            self.ways[credential.pk] = keys.with_key(credential)
        return self.ways[credential.pk]

    # --- tasks --------------------------------------------------------------------------------------------------------
    def unit_key(self, task: Task) -> str:
        return next(key for key, unit in self.house.units.items() if unit.pk == task.lead_unit_id)

    def accept(self, task: Task, on: date) -> None:
        key = self.unit_key(task)
        tasks.accept(task=task, officer=self.officer_of(key), by=self.head_of(key), at=moment(on, 8))

    def report(
        self,
        task: Task,
        text: str,
        on: date,
        *,
        percent: int | None = None,
        figures: dict[str, int] | None = None,
        with_photo: bool = False,
        is_confirmed: bool = True,
    ) -> None:
        """An entry of the unit's officer; without `percent` it is the result."""
        key = self.unit_key(task)
        values = {self.indicators[code]: Decimal(value) for code, value in (figures or {}).items()}
        kept = [evidence.keep(ContentFile(photo(text), "hien-truong.jpg"))] if with_photo else []
        by, at = self.officer_of(key), moment(on, 16)
        if percent is None:
            progress.finish(task=task, text=text, figures=values, evidence=kept, by=by, at=at)
            if is_confirmed:
                tasks.confirm(task=task, by=self.head_of(key), at=moment(on, 17))
            return
        entry = progress.report(task=task, text=text, percent=percent, figures=values, evidence=kept, by=by, at=at)
        if is_confirmed:
            progress.confirm_entry(entry=entry, by=self.head_of(key), at=moment(on, 17))

    # --- periods ------------------------------------------------------------------------------------------------------
    def open_period(self, year: int, month: int, on: date) -> Period:
        return reporting.open_period(
            profile=self.profile, year=year, month=month, by=self.posts["vanphong"], at=moment(on, 8)
        )

    def confirm_contributions(self, period: Period, on: date, *, late: str = "") -> None:
        for each in Contribution.objects.filter(period=period).select_related("unit").order_by("unit__position"):
            key = next(key for key, unit in self.house.units.items() if unit.pk == each.unit_id)
            if key == late:
                continue
            contributions.confirm(contribution=each, version=each.version, by=self.head_of(key), at=moment(on, 10))
