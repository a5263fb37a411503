"""What became of a file once it was issued: who got it in which way, who opened and received it. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.models import Correction, Document, OutsideLink, Recipient
from notifications.models import EmailState


@dataclass(frozen=True)
class Copy:
    """A line of "Nơi nhận" and the copy that went there. `link` is the newest one of a recipient outside."""

    line: Recipient
    link: OutsideLink | None
    is_open: bool
    sent_at: datetime | None
    opened_at: datetime | None
    last_opened_at: datetime | None
    openings: int
    received_at: datetime | None
    received_by: str
    deleted_at: datetime | None
    deleted_by: str
    trouble: str

    @property
    def is_outside(self) -> bool:
        return self.line.outside_id is not None

    @property
    def is_printed_only(self) -> bool:
        return self.line.outside_id is None and self.line.unit_id is None


def copies(document: Document, *, at: datetime) -> list[Copy]:
    """Every line with what is known of its copy. Two queries, whatever their number."""
    links = OutsideLink.objects.select_related("letter").order_by("-id")
    lines = document.recipients.select_related("outside", "acknowledged_by__user", "deleted_by__user")
    found = lines.prefetch_related(Prefetch("links", links)).order_by("position")
    return [_outside(line, at) if line.outside_id else _inside(line) for line in found]


def _inside(line: Recipient) -> Copy:
    by, deleted_by = line.acknowledged_by, line.deleted_by
    return Copy(
        line=line, link=None, is_open=False, sent_at=line.delivered_at, opened_at=line.opened_at, last_opened_at=None,
        openings=0, received_at=line.acknowledged_at, received_by=by.person_name if by else "",
        deleted_at=line.deleted_at, deleted_by=deleted_by.person_name if deleted_by else "", trouble="",
    )  # fmt: skip


def _outside(line: Recipient, at: datetime) -> Copy:
    """All links of the line together: a receipt on an earlier one still counts."""
    links = list(line.links.all())
    newest = links[0] if links else None
    opened = [link.opened_at for link in links if link.opened_at]
    seen = [link.last_opened_at for link in links if link.last_opened_at]
    received = next((link for link in links if link.received_at), None)
    deleted = next((link for link in links if link.deleted_at), None)
    sent = [link.letter.sent_at for link in links if link.letter and link.letter.sent_at]
    return Copy(
        line=line, link=newest, is_open=newest is not None and newest.is_open(at),
        sent_at=min(sent, default=None), opened_at=min(opened, default=None), last_opened_at=max(seen, default=None),
        openings=sum(link.openings for link in links),
        received_at=received.received_at if received else None, received_by=received.received_name if received else "",
        deleted_at=deleted.deleted_at if deleted else None, deleted_by=deleted.deleted_name if deleted else "",
        trouble=_trouble(newest, at),
    )  # fmt: skip


def _trouble(link: OutsideLink | None, at: datetime) -> str:
    """What keeps the recipient from reading; empty when nothing does."""
    if link is None:
        return ""
    if link.revoked_at is not None:
        return _("Liên kết đã thu hồi.")
    letter = link.letter
    if letter is not None and letter.email_state == EmailState.FAILED:
        return _("Không gửi được: %(reason)s") % {"reason": letter.problem}
    if at >= link.expires_at:
        return _("Liên kết đã hết hạn.")
    if letter is not None and letter.problem:
        return _("Chưa gửi được, cổng đang thử lại: %(reason)s") % {"reason": letter.problem}
    return ""


@dataclass(frozen=True)
class Letter:
    """A letter that corrected a file, as readers of that file see it; `url` is empty where they cannot open it."""

    code: str
    day: date
    url: str


def corrected_by(document: Document) -> list[Letter]:
    """The letters of correction in force, for readers inside or among the recipients. One query."""
    found = Correction.objects.in_force().filter(corrects=document)
    return [_letter(each, reverse("documents:detail", args=[each.document_id])) for each in found]


def corrected_for_anybody(document: Document) -> list[Letter]:
    """The same for readers without an account: which letter, nothing to open. One query."""
    return [_letter(each, "") for each in Correction.objects.in_force().filter(corrects=document)]


def corrected_outside(link: OutsideLink, *, at: datetime) -> list[Letter]:
    """The same for a recipient outside: each with the personal page on which the letter was sent to it. Two queries."""
    found = list(Correction.objects.in_force().filter(corrects=link.recipient.document))
    if not found:
        return []
    sent = OutsideLink.objects.select_related("recipient").filter(
        recipient__document__in=[each.document_id for each in found], recipient__outside=link.recipient.outside_id
    )  # fmt: skip
    pages = {each.recipient.document_id: each for each in sent if each.is_open(at)}
    return [_letter(each, _personal(pages.get(each.document_id))) for each in found]


def _personal(link: OutsideLink | None) -> str:
    return reverse("documents:outside", args=[link.secret]) if link is not None else ""


def _letter(correction: Correction, url: str) -> Letter:
    document = correction.document
    assert document.issued_on is not None
    return Letter(document.code, document.issued_on, url)
