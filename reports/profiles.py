"""The settings of reporting: profiles with their outlines, the catalogue of indicators. Every change is in history."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from audit import log, turns
from campaigns.models import Indicator
from campaigns.states import Field
from reports import events, outline
from reports.models import ReportProfile
from reports.outline import Part, Source
from reports.periods import Kind
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed, Outdated

SETTINGS = "reports.settings"


@transaction.atomic
def save(*, profile: ReportProfile | None, values: dict[str, Any], by: Appointment, at: datetime) -> ReportProfile:
    """Make a profile of the post's organisation with the shipped outline of its kind, or change one.

    Periods that are open keep their days. NotAllowed when the kind of a profile with periods would change.
    """
    permissions.check(by, SETTINGS, at=at)
    if profile is None:
        changed = ReportProfile(organisation=by.organisation, outline=outline.default(Kind(values["kind"])))
        event = events.PROFILE_MADE
    else:
        changed = ReportProfile.objects.select_for_update(of=("self",)).get(pk=profile.pk, organisation=by.organisation)
        event = events.PROFILE_CHANGED
        if changed.kind != values["kind"] and changed.periods.exists():
            raise NotAllowed(_("Mẫu đã có kỳ báo cáo nên không đổi được loại. Hãy lập mẫu khác."))
    for name, value in values.items():
        setattr(changed, name, value)
    changed.save()
    log.record(event, changed, by=by, at=at, name=changed.name)
    return changed


@transaction.atomic
def write_outline(
    *, profile: ReportProfile, parts: list[Part], version: int, by: Appointment, at: datetime
) -> ReportProfile:
    """Replace the outline; the version counts on and history keeps the whole outline of each.

    Reports that were made keep theirs. Outdated when somebody else changed it since `version`; the same outline again
    changes nothing.
    """
    permissions.check(by, SETTINGS, at=at)
    locked = ReportProfile.objects.select_for_update(of=("self",)).get(pk=profile.pk, organisation=by.organisation)
    if locked.outline_version != version:
        raise Outdated(_("Người khác vừa sửa đề cương này. Nội dung bạn gõ vẫn giữ ở dưới."))
    _check_outline(parts)
    if locked.outline == parts:
        return locked
    locked.outline = parts
    locked.outline_version += 1
    locked.save(update_fields=["outline", "outline_version"])
    log.record(
        events.OUTLINE_CHANGED, locked, by=by, at=at, name=locked.name, version=locked.outline_version, outline=parts
    )
    return locked


def _check_outline(parts: list[Part]) -> None:
    if not parts:
        raise NotAllowed(_("Đề cương phải có ít nhất một phần."))
    if parts[0]["level"] == "2":
        raise NotAllowed(_("Phần đầu tiên phải là mục lớn hoặc đoạn không có tiêu đề."))
    keys = [part["key"] for part in parts]
    if len(keys) != len(set(keys)):
        raise NotAllowed(_("Hai phần của đề cương trùng mã."))
    for part in parts:
        if part["source"] == Source.FIELD and not set(part.get("fields", ())) & set(Field.values):
            raise NotAllowed(_("Chọn lĩnh vực nhiệm vụ cho phần “%(heading)s”.") % {"heading": part["heading"]})


def keeps_catalogue(organisation: Unit) -> bool:
    """Does the organisation keep the catalogue that all share? The one that others report to and that reports to nobody
    here does; every organisation while nobody here reports to another. Two queries."""
    sending = ReportProfile.objects.filter(is_active=True, recipient__isnull=False)
    ways = list(sending.filter(Q(organisation=organisation) | Q(recipient=organisation)).values_list("organisation_id"))
    if ways:
        return (organisation.pk,) not in ways
    return not sending.exists()


@transaction.atomic
def save_indicator(*, indicator: Indicator | None, values: dict[str, Any], by: Appointment, at: datetime) -> Indicator:
    """Add an indicator or change it; one that was counted already keeps its kind, since figures stand on it.

    Who keeps the common catalogue adds to it; every other organisation adds its own, which nobody else sees.
    """
    permissions.check(by, SETTINGS, at=at)
    turns.take("reports_catalogue")  # what is checked is still true when saved
    if indicator is None:
        owner = None if keeps_catalogue(by.organisation) else by.organisation
        changed, event = Indicator(organisation=owner), events.INDICATOR_MADE
    else:
        changed, event = (
            Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk),
            events.INDICATOR_CHANGED,
        )
        _check_owner(changed, by)
        if changed.rollup != values["rollup"] and changed.is_used():
            raise NotAllowed(_("Chỉ tiêu đã có số liệu nên không đổi được cách tổng hợp. Hãy lập chỉ tiêu khác."))
    for name, value in values.items():
        setattr(changed, name, value)
    _check_parts(changed)
    try:
        changed.validate_constraints()
    except ValidationError as problem:
        raise NotAllowed(" ".join(problem.messages)) from problem
    changed.save()
    log.record(event, changed, by=by, at=at, name=changed.name)
    return changed


def _check_owner(indicator: Indicator, by: Appointment) -> None:
    if indicator.organisation_id is None:
        if not keeps_catalogue(by.organisation):
            raise NotAllowed(_("Chỉ tiêu dùng chung do cơ quan cấp trên giữ. Cơ quan bạn thêm được chỉ tiêu riêng."))
    elif indicator.organisation_id != by.organisation_id:
        raise NotAllowed(_("Chỉ tiêu này của cơ quan khác."))


def _check_parts(indicator: Indicator) -> None:
    """What an indicator is computed from is there for all who see it."""
    for part in (indicator.numerator, indicator.denominator, indicator.incoming, indicator.outgoing):
        if part is not None and part.organisation_id not in (None, indicator.organisation_id):
            raise NotAllowed(_("“%(name)s” không dùng được làm thành phần của chỉ tiêu này.") % {"name": part.name})
