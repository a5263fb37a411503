"""An organisation's own Word template: tried before it is taken, replaced as a whole, put back to the portal's own."""

import logging
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log as history
from documents import events, layout, press, word_sample
from documents.layout import Family
from documents.models import Document, WordTemplate
from documents.word_context import TemplateRefused, standard
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed

PERMISSION = "documents.word.manage"
LARGEST = 1024 * 1024

log = logging.getLogger(__name__)


def in_use(organisation: Unit, family: Family) -> WordTemplate | None:
    """The organisation's own template of this family, if it has one."""
    return WordTemplate.objects.filter(organisation=organisation, layout=family, ended_at__isnull=True).first()


def render(document: Document) -> bytes:
    """The document as a Word file, by the organisation's own template where there is one.

    A template that passed its trial and fails on this document is logged, and the portal's own is used.
    """
    text = document.definition.compose(document)
    own = in_use(document.organisation, text.profile.family)
    if own is not None:
        try:
            return press.render_word(text, bytes(own.content))
        except TemplateRefused:
            log.warning("Word template %s failed on document %s", own.pk, document.pk, exc_info=True)
    return press.render_word(text)


@transaction.atomic
def replace(
    *, organisation: Unit, family: Family, content: bytes, name: str, by: Appointment, at: datetime
) -> WordTemplate:
    """Take `content` as the template from now on. NotAllowed with the reason when it does not pass the trial."""
    permissions.check(by, PERMISSION, at=at, unit=organisation)
    press.try_word_template(content, family)
    _end(organisation, family, by=by, at=at)
    made = WordTemplate.objects.create(
        organisation=organisation, layout=family, name=name[:150], content=content, sha256=sha256(content).hexdigest(),
        uploaded_at=at, uploaded_by=by,
    )  # fmt: skip
    history.record(events.WORD_TEMPLATE_REPLACED, organisation, by=by, at=at, name=made.name, sha256=made.sha256)
    return made


@transaction.atomic
def restore(*, organisation: Unit, family: Family, by: Appointment, at: datetime) -> None:
    """Use the portal's own template again. NotAllowed when it is in use already."""
    permissions.check(by, PERMISSION, at=at, unit=organisation)
    if not _end(organisation, family, by=by, at=at):
        raise NotAllowed(_("Cơ quan đang dùng mẫu của cổng."))
    history.record(events.WORD_TEMPLATE_RESTORED, organisation, by=by, at=at)


def _end(organisation: Unit, family: Family, *, by: Appointment, at: datetime) -> int:
    Unit.objects.select_for_update().get(pk=organisation.pk)  # two uploads at once: one after the other
    used = WordTemplate.objects.filter(organisation=organisation, layout=family, ended_at__isnull=True)
    return used.update(ended_at=at, ended_by=by)


def standard_of(family: Family, *, size: int) -> bytes:
    """The portal's own template that an office starts from."""
    return standard(layout.profile_for(timezone.localdate(), family=family, size=size).key)


def sample(organisation: Unit, family: Family, *, size: int) -> bytes:
    """A plan printed by the template in use, to look at."""
    used = in_use(organisation, family)
    text = word_sample.plan(layout.profile_for(timezone.localdate(), family=family, size=size))
    return press.render_word(text, bytes(used.content) if used is not None else None)
