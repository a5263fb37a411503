"""What changes when an issued plan becomes the draft of another year: every place, old and new, with the reason.

Pure over a loaded plan and `Facts`. Nothing is saved; `workflow.copies` makes the draft from what people decided.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from campaigns import compose, outline
from campaigns.checks.reading import Reading, short
from campaigns.copying import words
from campaigns.copying.facts import Facts
from campaigns.copying.shift import Shifted, move, shift
from campaigns.due_wording import read_due
from campaigns.models import Plan, PlanBase, Task
from units.models import Unit

TEXT, DAY, CHOICE = "text", "day", "choice"


@dataclass(frozen=True)
class Change:
    """One place. `old` and `new` are texts, days, or keys of `options`; `reasons` say what differs and why.

    `is_taken`: the new form is taken unless somebody decides otherwise. `can_drop`: the place may be left out.
    `must_choose`: there is no new form; somebody has to name one.
    """

    key: str
    name: str
    kind: str
    old: Any
    new: Any
    reasons: tuple[str, ...] = ()
    is_taken: bool = True
    can_drop: bool = False
    must_choose: bool = False
    options: tuple[tuple[int, str], ...] = ()

    def shown(self, value: Any) -> str:
        """A value in words."""
        if self.kind == DAY:
            return f"{value:%d/%m/%Y}" if value else ""
        if self.kind == CHOICE:
            return dict(self.options).get(value, "") if value else ""
        return str(value)

    @property
    def old_shown(self) -> str:
        return self.shown(self.old)

    @property
    def new_shown(self) -> str:
        return self.shown(self.new)


class Proposal:
    """The changes of one plan for one year, in reading order."""

    def __init__(self, plan: Plan, facts: Facts, *, year: int) -> None:
        self.plan, self.facts, self.year = plan, facts, year
        self.years = year - plan.year
        self.reading = Reading(plan)
        self.changes: dict[str, Change] = {change.key: change for change in self._all()}

    @property
    def digest(self) -> str:
        """The name of exactly these changes: a review decides on what was shown, on nothing that came later."""
        rows = [(row.key, str(row.old), str(row.new)) for row in self.changes.values()]
        return sha256(repr(rows).encode()).hexdigest()[:32]

    def _all(self) -> Iterator[Change]:
        yield from self._head()
        for base in self.reading.bases:
            yield from self._base(base)
        yield from self._text("opening", _("đoạn mở đầu"), self.plan.opening)
        for node in outline.flat(self.plan.items.all()):
            yield from self._text(node.part, self.reading.names[node.item.pk], node.item.text)
        for number, task in enumerate(compose.printed_tasks(self.plan), start=1):
            named = {"number": number, "text": short(task.text)}
            yield from self._task(task, _("nhiệm vụ %(number)s “%(text)s”") % named)
        yield from self._text("closing", _("đoạn kết"), self.plan.closing)
        for line in self.reading.recipients:
            yield from self._text(f"recipient-{line.pk}", _("nơi nhận"), line.text, can_drop=True)
        yield from self._attachments()

    # --- texts ---------------------------------------------------------------------------------------------------
    def shifted(self, text: str) -> Shifted:
        return shift(text, year=self.plan.year, years=self.years, names=self.facts.names)

    def _text(self, key: str, name: str, text: str, *, can_drop: bool = False) -> Iterator[Change]:
        made = self.shifted(text)
        if not made.swaps:
            return
        is_taken = made.text != text
        reasons = tuple(reason for swap in made.swaps for reason in self._why(swap))
        yield Change(key, name, TEXT, text, made.text if is_taken else made.all_of_it, reasons, is_taken, can_drop)

    def _why(self, swap: Any) -> Iterator[str]:
        given = {"old": swap.old.strip(), "new": swap.new.strip()}
        if swap.is_sure:
            yield _("%(old)s → %(new)s") % given
        else:
            yield _("%(old)s: có thể là năm trước hoặc số lượng, chưa tự đổi (%(new)s?)") % given
        if swap.day and not self.facts.calendar.is_working(swap.day):
            name = words.WEEKDAY_NAMES[swap.day.weekday()]
            yield _("%(day)s là ngày nghỉ (%(name)s).") % {"day": f"{swap.day:%d/%m/%Y}", "name": name}

    # --- head ----------------------------------------------------------------------------------------------------
    def _head(self) -> Iterator[Change]:
        document = self.plan.document
        yield from self._text("title", _("trích yếu"), document.title)
        yield from self._unit("drafting", _("đơn vị soạn thảo"), document.drafting_unit)
        symbol = f"KH-{document.organisation.symbol}"
        if document.symbol != symbol:
            reason = _("Ký hiệu hiện nay của cơ quan.")
            yield Change("symbol", _("ký hiệu"), TEXT, document.symbol, symbol, (reason,))
        yield from self._signer()
        if self.plan.campaign:
            options = tuple((row.pk, row.name) for row in self.facts.campaigns if row.pk != self.plan.campaign_id)
            options = ((self.plan.campaign.pk, self.plan.campaign.name), *options)
            reason = _("Đợt hoạt động của năm trước; hãy chọn đợt mới hoặc để trống.")
            yield Change(
                "campaign", _("đợt hoạt động"), CHOICE, self.plan.campaign.pk, None, (reason,), options=options
            )

    def _signer(self) -> Iterator[Change]:
        old = self.plan.document.signer
        if old is None or old.holds_on(self.facts.today):
            return
        same = [row for row in self.facts.signers if row.role == old.role]
        new = same[0].pk if same else None
        options = tuple((row.pk, f"{row.person_name}, {row.title}") for row in self.facts.signers)
        reason = _("%(person)s không còn giữ chức vụ ký.") % {"person": old.person_name}
        options = ((old.pk, f"{old.person_name}, {old.title}"), *options)
        yield Change("signer", _("người ký"), CHOICE, old.pk, new, (reason,), must_choose=True, options=options)

    def _attachments(self) -> Iterator[Change]:
        """A separate file is taken along as it is: what it says of days and years nobody here can see."""
        reason = _("Tệp của năm %(year)s được chép nguyên: giữ nếu còn đúng, hoặc bỏ rồi thêm tệp mới.")
        for each in self.plan.document.attachments.all():
            why = (reason % {"year": self.plan.year},)
            key = f"attachment-{each.pk}"
            yield Change(key, _("tệp kèm theo"), TEXT, each.name, each.name, why, is_taken=False, can_drop=True)

    # --- bases ---------------------------------------------------------------------------------------------------
    def _base(self, base: PlanBase) -> Iterator[Change]:
        """A base keeps its own day. One that was replaced becomes its successor; an expired one is marked."""
        key, name, row = f"base-{base.pk}", _("căn cứ"), base.directive
        if row is None or row.is_valid_on(self.facts.today):
            return
        standing = self.plan.unfit.get(row.pk)
        if standing and standing.newer:
            lead = words.BEGINS_WITH_BASE.match(base.text)
            text = ", ".join(newer.first_mention for newer in standing.newer)
            reason = _("%(old)s đã được thay thế.") % {"old": row.mention}
            new = f"{lead['lead'] if lead else ''}{text}"
            yield Change(key, name, TEXT, base.text, new, (reason,), can_drop=True)
        else:
            reason = _("%(old)s không còn hiệu lực, chưa rõ văn bản thay thế: giữ, sửa hoặc bỏ.") % {"old": row.mention}
            yield Change(key, name, TEXT, base.text, base.text, (reason,), is_taken=False, can_drop=True)

    # --- tasks ---------------------------------------------------------------------------------------------------
    def _task(self, task: Task, name: str) -> Iterator[Change]:
        yield from self._text(f"task-{task.pk}", name, task.text)
        yield from self._text(f"product-{task.pk}", _("%(task)s, sản phẩm") % {"task": name}, task.expected_product)
        yield from self._unit(f"lead-{task.pk}", _("%(task)s, chủ trì") % {"task": name}, task.lead_unit)
        due = task.original_due_on or task.due_on
        yield from self._due(f"due-{task.pk}", _("%(task)s, hạn") % {"task": name}, due)
        yield from self._wording(task, name, due)
        for part in task.cooperating.all():
            where = _("%(task)s, phối hợp") % {"task": name}
            yield from self._unit(f"helper-{part.pk}", where, part.unit, can_drop=True)
            where = _("%(task)s, hạn phối hợp của %(unit)s") % {"task": name, "unit": short(part.unit.name)}
            yield from self._due(f"part-{part.pk}", where, part.due_on)

    def new_day(self, old: date) -> date:
        """The same day of the new year, or the next working day (Bộ luật Dân sự 2015 Điều 148.5)."""
        return self.facts.calendar.next_working(move(old, self.years))

    def _due(self, key: str, name: str, old: date | None) -> Iterator[Change]:
        if old is None:
            return
        plain, new = move(old, self.years), self.new_day(old)
        reasons = [_("lùi theo năm: %(years)s năm") % {"years": self.years}]
        if plain != new:
            given = {"day": f"{plain:%d/%m/%Y}", "new": f"{new:%d/%m/%Y}"}
            reasons.append(_("%(day)s là ngày nghỉ: chuyển sang %(new)s.") % given)
        yield Change(key, name, DAY, old, new, tuple(reasons))

    def _wording(self, task: Task, name: str, due: date | None) -> Iterator[Change]:
        """The deadline in words follows the day: "trước ngày 18/10" is said anew when that day is moved."""
        if not task.due_wording:
            return
        where, key = _("%(task)s, hạn ghi bằng chữ") % {"task": name}, f"wording-{task.pk}"
        text = self.shifted(task.due_wording).text
        said = read_due(text, self.year)
        if due and said.date and self.new_day(due) not in (said.date, said.last_day):
            reason = _("Ngày ghi bằng chữ khác hạn mới.")
            new = words.BY.format(day=f"{self.new_day(due):%d/%m/%Y}")
            yield Change(key, where, TEXT, task.due_wording, new, (reason,))
        else:
            yield from self._text(key, where, task.due_wording)

    # --- units ---------------------------------------------------------------------------------------------------
    def _unit(self, key: str, name: str, unit: Unit, *, can_drop: bool = False) -> Iterator[Change]:
        if self.facts.works(unit):
            return
        after = self.facts.after(unit)
        inside = {row.pk for row in self.facts.units}
        new = next((row.pk for row in after if row.pk in inside), None)
        names = ", ".join(row.name for row in after)
        reasons = [_("%(unit)s đã giải thể.") % {"unit": unit.name}]
        if names:
            reasons.append(_("Đơn vị tiếp nhận: %(units)s.") % {"units": names})
        options = ((unit.pk, unit.name), *((row.pk, row.name) for row in self.facts.units))
        must_choose = not can_drop
        yield Change(key, name, CHOICE, unit.pk, new, tuple(reasons), True, can_drop, must_choose, options)
