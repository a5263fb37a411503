"""The register of "Dân vận khéo" models: registered, kept up to date, ended. Nothing is deleted."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit import log
from reports import events
from reports.models import SkilfulModel
from units import permissions
from units.models import Appointment
from units.permissions import NotAllowed, Outdated

WRITE = "reports.model.write"


@transaction.atomic
def save(
    *, model: SkilfulModel | None, values: dict[str, Any], version: int, by: Appointment, at: datetime
) -> SkilfulModel:
    """Enter a model, or change it as the page of `version` showed it. A head writes for the own unit."""
    unit = values["unit"]
    if unit.organisation_id != by.organisation_id:
        raise NotAllowed(_("Đơn vị này không thuộc cơ quan của bạn."))
    permissions.check(by, WRITE, at=at, unit=unit)
    if model is None:
        changed = SkilfulModel(organisation=by.organisation, created_at=at, created_by=by)
        event = events.MODEL_ENTERED
    else:
        changed = SkilfulModel.objects.select_for_update(of=("self",)).select_related("unit").get(pk=model.pk)
        permissions.check(by, WRITE, at=at, unit=changed.unit)
        if changed.version != version:
            raise Outdated(_("Người khác vừa sửa mô hình này. Nội dung bạn gõ vẫn giữ ở dưới."))
        changed.version += 1
        event = events.MODEL_CHANGED
    for name, value in values.items():
        setattr(changed, name, value)
    changed.save()
    log.record(event, changed, by=by, at=at, name=changed.name)
    return changed
