"""Who is told what along the life of an official file."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from documents.models import Document, Job, JobState, OutsideLink
from notifications.base import Notification, Outside, Reason
from units.models import Appointment
from units.roles import Role


class DocumentMessage(Notification):
    """A message about one file; it links to the file's page."""

    def __init__(self, document: Document, by: Appointment) -> None:
        self.document = document
        self.by = by

    def url(self) -> str:
        return self.document.definition.url(self.document)

    def context(self) -> dict[str, Any]:
        return {"document": self.document, "by": self.by, "label": self.document.definition.label}

    def _posts(self, *roles: Role) -> QuerySet[Appointment]:
        inside = Appointment.objects.current(timezone.localdate()).filter(role__in=roles)
        return inside.filter(unit__organisation=self.document.organisation)


class ToConfirm(DocumentMessage):
    """The head of the drafting unit: a draft waits for the confirmation of its content."""

    name = "documents_to_confirm"
    reason = Reason.TO_CONFIRM
    at_once = True

    def audience(self) -> QuerySet[Appointment]:
        return self._posts(Role.UNIT_HEAD, Role.CHIEF).filter(unit=self.document.drafting_unit)


class ToCheck(DocumentMessage):
    """The chief of office: a file waits for the check of its form."""

    name = "documents_to_check"
    reason = Reason.TO_CHECK
    at_once = True

    def audience(self) -> QuerySet[Appointment]:
        return self._posts(Role.CHIEF)


class ToSign(DocumentMessage):
    """The signer: a file is ready for the signature."""

    name = "documents_to_sign"
    reason = Reason.TO_SIGN
    at_once = True

    def audience(self) -> QuerySet[Appointment]:
        return self._posts(Role.DIRECTOR, Role.DEPUTY, Role.CHIEF, Role.COUNCIL).filter(pk=self.document.signer_id or 0)


class ToNumber(DocumentMessage):
    """The clerks: a signed file waits for number and seal."""

    name = "documents_to_number"
    reason = Reason.TO_NUMBER
    at_once = True

    def audience(self) -> QuerySet[Appointment]:
        return self._posts(Role.CLERK)


class Approved(DocumentMessage):
    """The drafter and the head of the drafting unit: the file is approved and signed."""

    name = "documents_approved"
    reason = Reason.APPROVED
    at_once = True

    def audience(self) -> QuerySet[Appointment]:
        heads = self._posts(Role.UNIT_HEAD, Role.CHIEF).filter(unit=self.document.drafting_unit)
        return heads | Appointment.objects.current(timezone.localdate()).filter(pk=self.document.created_by_id)


class Returned(DocumentMessage):
    """The drafter: the file came back, with the reason on its page."""

    name = "documents_returned"
    reason = Reason.RETURNED
    at_once = True

    def audience(self) -> QuerySet[Appointment]:
        return Appointment.objects.filter(pk=self.document.created_by_id)


class Issued(DocumentMessage):
    """The drafter, the signer and everyone in the units it was sent to: the file is issued."""

    name = "documents_issued"
    reason = Reason.ISSUED
    at_once = False

    def audience(self) -> QuerySet[Appointment]:
        units = self.document.recipients.filter(unit__isnull=False).values("unit_id")
        heads = Q(unit_id__in=units, role__in=[Role.UNIT_HEAD, Role.CHIEF, Role.RECIPIENT, Role.OFFICE])
        mine = Q(pk__in=[self.document.created_by_id, self.document.signer_id])
        return Appointment.objects.current(timezone.localdate()).filter(heads | mine)

    def url(self) -> str:
        """Inside it leads on to the file's own page, for addressees to the one among what they received."""
        return reverse("documents:detail", args=[self.document.pk])


class Recalled(Issued):
    """The same people: the file is taken back, with the reason."""

    name = "documents_recalled"
    reason = Reason.RETURNED
    at_once = True


class Replaced(Issued):
    """The same people: another file has taken this one's place."""

    name = "documents_replaced"
    reason = Reason.RETURNED
    at_once = True


class Acknowledged(DocumentMessage):
    """The clerks and the drafter: an addressee confirmed receipt."""

    name = "documents_acknowledged"
    reason = Reason.RECEIVED
    at_once = False

    def audience(self) -> QuerySet[Appointment]:
        return self._posts(Role.CLERK) | Appointment.objects.filter(pk=self.document.created_by_id)


class CopiesDeleted(Acknowledged):
    """The same people: an addressee has deleted its copies of a recalled file."""

    name = "documents_copies_deleted"


class ReceivedOutside(Acknowledged):
    """The same people: somebody outside confirmed receipt on the personal page."""

    name = "documents_received_outside"

    def __init__(self, link: OutsideLink) -> None:
        self.document = link.recipient.document
        self.link = link

    def context(self) -> dict[str, Any]:
        return {"document": self.document, "link": self.link, "label": self.document.definition.label}

    def url(self) -> str:
        return reverse("documents:after_issue", args=[self.document.pk])


class LinkFailed(ReceivedOutside):
    """The clerks and the drafter, at once: the mail to a recipient outside was given up; the address is wrong."""

    name = "documents_link_failed"
    reason = Reason.SYSTEM
    at_once = True


class LinkMail(Outside):
    """What a recipient outside is told of one file; the page behind the link shows it."""

    def __init__(self, link: OutsideLink) -> None:
        self.link = link
        self.place = link.recipient.text
        self.document = link.recipient.document

    def context(self) -> dict[str, Any]:
        return vars(self) | {"label": self.document.definition.label}


class OutsideIssued(LinkMail):
    """A recipient outside, when a file is issued to it."""

    name = "documents_outside_issued"


class OutsideRecalled(LinkMail):
    """A recipient outside: a file that was sent to it is taken back."""

    name = "documents_outside_recalled"


class OutsideReplaced(LinkMail):
    """A recipient outside: another file has taken the place of one that was sent to it."""

    name = "documents_outside_replaced"


class PasswordReset(Notification):
    """The person whose password an administrator set, if the person signs files, and the organisation's clerks."""

    name = "documents_password_reset"
    reason = Reason.SYSTEM
    at_once = True

    def __init__(self, post: Appointment, by: Appointment) -> None:
        self.post, self.by = post, by

    def audience(self) -> QuerySet[Appointment]:
        told = Q(pk=self.post.pk) | Q(role=Role.CLERK, unit__organisation=self.post.organisation)
        return Appointment.objects.current(timezone.localdate()).filter(told)

    def url(self) -> str:
        return reverse("home")


class JobEnded(Notification):
    """Whoever asked for a long piece of work: it is done, or has failed, with the reason on its page."""

    name = "documents_job_ended"
    reason = Reason.SYSTEM
    at_once = True

    def __init__(self, job: Job, label: str, address: str) -> None:
        self.job, self.label, self.address = job, label, address
        self.is_done = job.state == JobState.DONE

    def url(self) -> str:
        return self.address

    def dedupe_key(self) -> str:
        return f"job:{self.job.pk}:{self.job.finished_at:%Y%m%d%H%M%S}"

    def audience(self) -> list[Appointment]:
        return [self.job.requested_by] if self.job.requested_by else []
