"""What is missing or wrong in a plan before it is proposed: one small function a rule, each with its article.

To add one, write a function from a loaded plan to problems and decorate it with `@rule`.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from campaigns import compose, outline
from campaigns.models import ItemStyle, Plan, Task
from directives.models import Directive, DirectiveRelation, Validity
from documents.models import Document
from documents.registry import Problem
from units.models import Appointment
from units.roles import Role

Check = Callable[[Plan], Iterator[Problem]]
RULES: list[Check] = []
TITLE_WORDS = 60


def rule(check: Check) -> Check:
    """Take a check into the list; they run in the order of this file."""
    RULES.append(check)
    return check


def problems(document: Document) -> list[Problem]:
    """All problems of a plan's document, blocking ones first."""
    return problems_of(compose.load(document))


def problems_of(plan: Plan) -> list[Problem]:
    """The same of a plan that `compose.load` gave. At most two queries."""
    found = [problem for check in RULES for problem in check(plan)]
    return sorted(found, key=lambda problem: not problem.blocking)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"


def _name(task: Task) -> str:
    return _("Nhiệm vụ “%(text)s”") % {"text": _short(task.text)}


@rule
def has_title(plan: Plan) -> Iterator[Problem]:
    """NĐ 30/2020, Phụ lục I, II.5: tên loại và trích yếu."""
    if not plan.document.title.strip():
        yield Problem("no_title", _("Chưa có trích yếu (tên kế hoạch)."))


@rule
def title_is_one_line(plan: Plan) -> Iterator[Problem]:
    """Phụ lục I, II.5.a: a brief sentence."""
    if len(plan.document.title.split()) > TITLE_WORDS:
        yield Problem(
            "long_title", _("Trích yếu dài hơn %(count)s tiếng; nên viết gọn.") % {"count": TITLE_WORDS}, False
        )


@rule
def title_says_no_kind(plan: Plan) -> Iterator[Problem]:
    """Phụ lục I, II.5.a: the kind is printed above the title already."""
    if re.match(r"kế hoạch\b", plan.document.title.strip(), re.IGNORECASE):
        yield Problem("title_kind", _("Trích yếu lặp lại chữ “Kế hoạch” đã in ở dòng trên."), False)


@rule
def has_symbol(plan: Plan) -> Iterator[Problem]:
    """Phụ lục I, II.3: số, ký hiệu."""
    if not re.fullmatch(r"KH-[A-ZĐ0-9&-]+", plan.document.symbol):
        yield Problem(
            "symbol",
            _("Ký hiệu “%(symbol)s” chưa đúng dạng KH-<chữ viết tắt cơ quan>.") % {"symbol": plan.document.symbol},
        )


@rule
def has_base(plan: Plan) -> Iterator[Problem]:
    """Phụ lục I, II.6.b: căn cứ ban hành."""
    if not plan.bases.all():
        yield Problem("no_base", _("Chưa có căn cứ ban hành."), False)


@rule
def bases_have_text(plan: Plan) -> Iterator[Problem]:
    """Phụ lục I, II.6.b: the full kind, number, date, issuer and subject of each."""
    for base in plan.bases.all():
        if base.directive is None and re.search(r"\bsố\b", base.text, re.IGNORECASE):
            yield Problem(
                "base_unknown", _("Căn cứ “%(text)s” chưa có trong sổ văn bản.") % {"text": _short(base.text)}, False
            )


def _directives(plan: Plan) -> list[Directive]:
    return [base.directive for base in plan.bases.all() if base.directive is not None]


@rule
def bases_are_in_force(plan: Plan) -> Iterator[Problem]:
    """Luật Ban hành VBQPPL; NĐ 30/2020 Điều 12.1: a base that no longer holds; names the successor when known."""
    expired = [row for row in _directives(plan) if not row.is_valid_on(plan.document.day)]
    newer = {
        relation.target_id: relation.source.mention
        for relation in DirectiveRelation.objects.filter(
            target__in=expired, kind=DirectiveRelation.Kind.REPLACES
        ).select_related("source__kind")
    } if expired else {}  # fmt: skip
    for row in expired:
        words = {"code": row.mention, "state": Validity(row.validity).label.lower(), "newer": newer.get(row.pk, "")}
        if words["newer"]:
            yield Problem("base_expired", _("%(code)s đã được thay thế bằng %(newer)s.") % words, False)
        else:
            yield Problem("base_expired", _("%(code)s không còn hiệu lực (%(state)s).") % words, False)


@rule
def bases_were_amended(plan: Plan) -> Iterator[Problem]:
    """NĐ 30/2020 Điều 12.1: a base that was amended is cited with its amendment."""
    for row in _directives(plan):
        if row.validity == Validity.AMENDED:
            yield Problem(
                "base_amended",
                _("%(code)s đã được sửa đổi, bổ sung; hãy dẫn cả văn bản sửa đổi.") % {"code": row.mention},
                False,
            )


@rule
def bases_are_older(plan: Plan) -> Iterator[Problem]:
    """A base is issued before the plan that rests on it."""
    day: date = plan.document.day
    for row in _directives(plan):
        if row.dated_on and row.dated_on > day:
            words = {"code": row.mention, "day": f"{row.dated_on:%d/%m/%Y}"}
            yield Problem("base_later", _("%(code)s ghi ngày %(day)s, sau ngày của kế hoạch.") % words)


@rule
def bases_are_cited_once(plan: Plan) -> Iterator[Problem]:
    """Phụ lục I, II.6.b: each base once."""
    seen: set[int] = set()
    for row in _directives(plan):
        if row.pk in seen:
            yield Problem("base_twice", _("%(code)s được dẫn làm căn cứ hai lần.") % {"code": row.mention}, False)
        seen.add(row.pk)


@rule
def has_sections(plan: Plan) -> Iterator[Problem]:
    """Phụ lục I, II.6: nội dung văn bản."""
    if not plan.items.all():
        yield Problem("no_content", _("Kế hoạch chưa có nội dung."))


@rule
def sections_are_filled(plan: Plan) -> Iterator[Problem]:
    """Phụ lục I, II.6: a heading without text below it."""
    for node in outline.tree(plan.items.all()):
        if node.item.style == ItemStyle.SECTION and not node.children:
            yield Problem(
                "empty_section",
                _("Mục %(marker)s %(text)s chưa có nội dung.")
                % {"marker": node.marker, "text": _short(node.item.text)},
            )


@rule
def items_have_text(plan: Plan) -> Iterator[Problem]:
    """Phụ lục I, II.6: no empty paragraph."""
    if any(not item.text.strip() for item in plan.items.all()):
        yield Problem("empty_item", _("Có đoạn chưa có chữ nào."))


@rule
def has_tasks(plan: Plan) -> Iterator[Problem]:
    """A plan without assignments is followed up by nobody."""
    if not compose.printed_tasks(plan):
        yield Problem("no_task", _("Chưa giao nhiệm vụ nào."), False)


@rule
def tasks_have_deadline(plan: Plan) -> Iterator[Problem]:
    """NĐ 30/2020 Điều 23.2: who leads, who cooperates, until when."""
    for task in compose.printed_tasks(plan):
        if task.due_on is None and not task.rhythm:
            yield Problem("no_deadline", _("%(task)s chưa có hạn hoặc nhịp báo cáo.") % {"task": _name(task)})


@rule
def deadlines_lie_ahead(plan: Plan) -> Iterator[Problem]:
    """A deadline before the plan's own day can be met by nobody."""
    day = plan.document.day
    for task in compose.printed_tasks(plan):
        if task.due_on and task.due_on < day:
            words = {"task": _name(task), "day": f"{task.due_on:%d/%m/%Y}"}
            yield Problem("deadline_past", _("%(task)s có hạn %(day)s đã qua.") % words, False)


@rule
def leads_can_accept(plan: Plan) -> Iterator[Problem]:
    """A unit that leads needs somebody who accepts the task."""
    units = {task.lead_unit_id: task.lead_unit for task in compose.printed_tasks(plan)}
    if not units:
        return
    heads = Appointment.objects.current(plan.document.day).filter(
        Q(role__in=[Role.UNIT_HEAD, Role.CHIEF]), unit_id__in=units
    )
    led = set(heads.values_list("unit_id", flat=True))
    for pk, unit in units.items():
        if pk not in led:
            yield Problem(
                "unit_without_head", _("%(unit)s chưa có trưởng đơn vị để nhận nhiệm vụ.") % {"unit": unit.name}
            )


@rule
def leads_still_work(plan: Plan) -> Iterator[Problem]:
    """A dissolved unit can be given nothing."""
    day = plan.document.day
    for task in compose.printed_tasks(plan):
        unit = task.lead_unit
        if unit.dissolved_on and unit.dissolved_on <= day:
            yield Problem(
                "unit_dissolved",
                _("%(task)s giao cho %(unit)s đã giải thể.") % {"task": _name(task), "unit": unit.name},
            )


@rule
def lead_does_not_help_itself(plan: Plan) -> Iterator[Problem]:
    """NĐ 30/2020 Điều 23.2: exactly one leads, others cooperate."""
    for task in compose.printed_tasks(plan):
        if any(part.unit_id == task.lead_unit_id for part in task.cooperating.all()):
            yield Problem(
                "lead_helps", _("%(task)s: đơn vị chủ trì cũng ghi ở phối hợp.") % {"task": _name(task)}, False
            )


@rule
def helpers_are_not_later(plan: Plan) -> Iterator[Problem]:
    """The part of a cooperating unit ends before the whole."""
    for task in compose.printed_tasks(plan):
        for part in task.cooperating.all():
            if part.due_on and task.due_on and part.due_on > task.due_on:
                words = {"task": _name(task), "unit": part.unit.name}
                yield Problem("part_later", _("%(task)s: hạn phối hợp của %(unit)s sau hạn chung.") % words, False)


@rule
def deadlines_are_printed(plan: Plan) -> Iterator[Problem]:
    """What a unit is held to must stand in the signed text."""
    tasks = compose.printed_tasks(plan)
    if tasks and not plan.prints_tasks and any(task.due_on and not task.due_wording for task in tasks):
        yield Problem(
            "tasks_not_printed", _("Hạn của nhiệm vụ không có trong văn bản; nên in phụ lục phân công."), False
        )


@rule
def has_recipients(plan: Plan) -> Iterator[Problem]:
    """Phụ lục I, II.9.b: nơi nhận."""
    lines = [line.text for line in plan.document.recipients.all()]
    if not [line for line in lines if not re.match(r"lưu\b", line, re.IGNORECASE)]:
        yield Problem("no_recipients", _("Chưa có nơi nhận."))


@rule
def recipients_can_be_reached(plan: Plan) -> Iterator[Problem]:
    """NĐ 30/2020 Điều 18: issued to the units named; none of the lines is a unit of this portal."""
    lines = plan.document.recipients.all()
    if lines and not any(line.unit_id for line in lines):
        yield Problem("recipients_outside", _("Chưa nơi nhận nào gắn với một đơn vị trên hệ thống."), False)


@rule
def has_signer(plan: Plan) -> Iterator[Problem]:
    """NĐ 30/2020 Điều 13: thẩm quyền ký."""
    signer = plan.document.signer
    if signer is None:
        yield Problem("no_signer", _("Chưa chọn người ký."))
    elif not signer.holds_on(plan.document.day):
        yield Problem("signer_gone", _("%(person)s không còn giữ chức vụ ký.") % {"person": signer.person_name})


def _texts(plan: Plan) -> Iterator[str]:
    yield plan.document.title
    yield plan.opening
    yield plan.closing
    for base in plan.bases.all():
        yield base.text
    for item in plan.items.all():
        yield item.text


def _mixed(plan: Plan, one: str, other: str) -> tuple[str, str] | None:
    text = " ".join(_texts(plan)).lower()
    return (one, other) if re.search(rf"\b{one}\b", text) and re.search(rf"\b{other}\b", text) else None


@rule
def numbers_are_padded(plan: Plan) -> Iterator[Problem]:
    """Phụ lục I, II.3 and II.4: "số 05", "ngày 05 tháng 02"."""
    found = [
        m[0]
        for text in _texts(plan)
        for m in re.finditer(r"\bngày [1-9] tháng\b|\btháng [12] năm\b|\bsố [1-9][/-]", text)
    ]
    if found:
        yield Problem("unpadded", _("Số nhỏ hơn 10 phải thêm số 0 phía trước: “%(text)s”.") % {"text": found[0]}, False)


@rule
def spelling_is_one(plan: Plan) -> Iterator[Problem]:
    """Phụ lục II: one way of writing in one document."""
    for one, other in (
        ("kỷ niệm", "kỉ niệm"),
        ("ủy ban", "uỷ ban"),
        ("hòa", "hoà"),
        ("khóa", "khoá"),
        ("lý luận", "lí luận"),
    ):
        if mixed := _mixed(plan, one, other):
            yield Problem(
                "spelling",
                _("Viết không thống nhất: “%(one)s” và “%(other)s”.") % {"one": mixed[0], "other": mixed[1]},
                False,
            )


@rule
def nothing_secret(plan: Plan) -> Iterator[Problem]:
    """Luật Bảo vệ bí mật nhà nước: no secret content on this system."""
    if any(re.search(r"\b(TUYỆT MẬT|TỐI MẬT|ĐỘ MẬT)\b", text) for text in _texts(plan)):
        yield Problem("secret", _("Văn bản có dấu hiệu mật: không được soạn, gửi trên hệ thống này."))


@rule
def no_double_spaces(plan: Plan) -> Iterator[Problem]:
    """Form: stray spaces before punctuation."""
    if any(re.search(r" [,;:.](?!\d)", text) for text in _texts(plan)):
        yield Problem("spaces", _("Có dấu cách thừa trước dấu câu."), False)
