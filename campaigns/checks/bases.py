"""Rules about the legal bases and what the register knows of them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.checks import words
from campaigns.checks.reading import Reading, named, place_of, short
from campaigns.checks.rule import Found, rule
from campaigns.models import PlanBase
from directives.models import Directive, Validity
from directives.queries import Fault

BASES = gettext_lazy("NĐ 30/2020/NĐ-CP, Phụ lục I, II.6.b: căn cứ ban hành")
IN_FORCE = gettext_lazy("NĐ 30/2020/NĐ-CP, Phụ lục I, II.6.b: căn cứ là văn bản đang có hiệu lực; Điều 12.1")
ORDER = gettext_lazy("Luật Ban hành văn bản QPPL: căn cứ có trước văn bản dựa vào nó")


def _linked(plan: Reading) -> Iterator[tuple[PlanBase, Directive]]:
    for base in plan.bases:
        if base.directive is not None:
            yield base, base.directive


@rule("no_base", BASES)
def has_base(plan: Reading) -> Iterator[Found]:
    if not plan.bases:
        yield Found("base-new", _("Chưa có căn cứ ban hành."))


@rule("base_unknown", BASES)
def bases_are_registered(plan: Reading) -> Iterator[Found]:
    for base in plan.bases:
        if base.directive is None and words.NUMBERED.search(base.text):
            message = _("Căn cứ “%(text)s” chưa có trong sổ văn bản.") % {"text": short(base.text)}
            yield Found(place_of(base), message, base.text)


@rule("base_replaced", IN_FORCE)
def bases_were_not_replaced(plan: Reading) -> Iterator[Found]:
    for base, row in _linked(plan):
        found = plan.unfit.get(row.pk)
        if found and found.has_ended and found.newer:
            message = _("%(code)s đã được thay thế bằng %(newer)s.") % {"code": row.mention, "newer": named(found)}
            yield Found(place_of(base), message)


@rule("base_expired", IN_FORCE)
def bases_are_in_force(plan: Reading) -> Iterator[Found]:
    for base, row in _linked(plan):
        found = plan.unfit.get(row.pk)
        if found and found.has_ended and not found.newer:
            given = {"code": row.mention, "state": Validity(row.validity).label.lower()}
            yield Found(place_of(base), _("%(code)s không còn hiệu lực (%(state)s).") % given)


@rule("base_amended", IN_FORCE)
def bases_are_cited_with_amendments(plan: Reading) -> Iterator[Found]:
    for base, row in _linked(plan):
        found = plan.unfit.get(row.pk)
        if found and found.fault == Fault.AMENDED:
            message = _("%(code)s đã được sửa đổi, bổ sung; hãy dẫn cả văn bản sửa đổi.") % {"code": row.mention}
            if found.newer:
                given = {"code": row.mention, "newer": named(found)}
                message = _("%(code)s đã được sửa đổi, bổ sung bằng %(newer)s; hãy dẫn cả văn bản ấy.") % given
            yield Found(place_of(base), message)


@rule("base_not_yet", IN_FORCE)
def bases_hold_already(plan: Reading) -> Iterator[Found]:
    for base, row in _linked(plan):
        if row.valid_from and row.valid_from > plan.day:
            given = {"code": row.mention, "day": f"{row.valid_from:%d/%m/%Y}"}
            yield Found(place_of(base), _("%(code)s có hiệu lực từ %(day)s, sau ngày của kế hoạch.") % given)


@rule("base_later", ORDER, blocking=True)
def bases_are_older(plan: Reading) -> Iterator[Found]:
    for base, row in _linked(plan):
        if row.dated_on and row.dated_on > plan.day:
            given = {"code": row.mention, "day": f"{row.dated_on:%d/%m/%Y}"}
            yield Found(place_of(base), _("%(code)s ghi ngày %(day)s, sau ngày của kế hoạch.") % given)


@rule("base_twice", BASES)
def bases_are_cited_once(plan: Reading) -> Iterator[Found]:
    seen: set[int] = set()
    for base, row in _linked(plan):
        if row.pk in seen:
            yield Found(place_of(base), _("%(code)s được dẫn làm căn cứ hai lần.") % {"code": row.mention})
        seen.add(row.pk)
