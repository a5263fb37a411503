"""Certificates that count, signatures that were taken, and files that are out to be signed."""

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.attachment import Attachment
from documents.models.document import Document, Rendition
from units.models import Appointment, Unit


class Purpose(models.TextChoices):
    """What a signature stands for; each has its own field in the file."""

    OFFICER = "officer", _("Chữ ký của người có thẩm quyền")
    SEAL = "seal", _("Chữ ký của cơ quan")


class WayOfSigning(models.TextChoices):
    """Where the key is. The first two sign here at once, the others on a file that goes out and comes back."""

    FILE = "file", _("Tệp khóa .p12 của cổng")
    TOKEN = "token", _("HSM, token PKCS#11 của cổng")
    AGENT = "agent", _("USB token trên máy người ký")
    ELSEWHERE = "elsewhere", _("Ký bằng phần mềm khác rồi tải lên")

    @property
    def is_held_here(self) -> bool:
        """Does the portal itself hold the key?"""
        return self in (WayOfSigning.FILE, WayOfSigning.TOKEN)


class CredentialQuerySet(models.QuerySet["Credential"]):
    def valid_on(self, day: date) -> "CredentialQuerySet":
        return self.filter(starts_on__lte=day, ends_on__gt=day)


class Credential(models.Model):
    """Whose certificate counts: a person's for signing (in one post or in all), an organisation's for the seal.

    `key_name` names the PKCS#12 file in settings.KEYS_DIR or the key in the token; empty for a key held elsewhere.
    `certificate` is the one that a signature must be made with. `ends_on` is the first day on which it no longer
    counts.
    """

    Way = WayOfSigning

    user = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, blank=True, related_name="credentials")
    post = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="credentials")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="credentials")
    way = models.CharField(max_length=10, choices=WayOfSigning.choices, db_default=WayOfSigning.FILE)
    key_name = models.CharField(max_length=100, blank=True)
    certificate = models.TextField()  # PEM
    fingerprint = models.CharField(max_length=64)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = CredentialQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, unit__isnull=True) | Q(user__isnull=True, unit__isnull=False),
                name="credential_of_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(post__isnull=True) | Q(user__isnull=False), name="credential_post_of_a_person"
            ),
            models.CheckConstraint(
                condition=Q(way__in=("file", "token"), key_name__gt="")
                | Q(way__in=("agent", "elsewhere"), key_name=""),
                name="credential_key_where_held",
            ),
        ]

    def __str__(self) -> str:
        return self.key_name or self.fingerprint[:16]


class Signature(models.Model):
    """A signature that was accepted into a file."""

    Purpose = Purpose

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="signatures")
    rendition = models.ForeignKey(Rendition, on_delete=models.PROTECT, related_name="signatures")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    signed_at = models.DateTimeField()
    post = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    post_text = models.CharField(max_length=300)
    signer_name = models.CharField(max_length=200)
    certificate = models.TextField()  # subject, as written in the certificate
    fingerprint = models.CharField(max_length=64)  # SHA-256 of the certificate
    way = models.CharField(max_length=10, choices=WayOfSigning.choices, db_default=WayOfSigning.FILE)
    level = models.CharField(max_length=4, db_default="B-B")  # PAdES baseline level: B-B, B-T, B-LT
    revocation = models.CharField(max_length=12, db_default="not_stated")  # documents.revocation.Answer

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.signer_name} {self.signed_at:%d/%m/%Y}"


class SessionState(models.TextChoices):
    OPEN = "open", _("Đang chờ tệp đã ký")
    ACCEPTED = "accepted", _("Đã nhận tệp đã ký")
    REFUSED = "refused", _("Tệp gửi lại bị từ chối")
    ENDED = "ended", _("Đã bỏ")


class SessionQuerySet(models.QuerySet["SigningSession"]):
    def open_at(self, at: datetime) -> "SessionQuerySet":
        """Sessions that still wait for their file."""
        return self.filter(state=SessionState.OPEN, expires_at__gt=at)


class SigningSession(models.Model):
    """A kept file that is out to be signed: for these bytes, this post and this purpose alone, until it expires.

    With an `attachment` it is that separate file of the version which is out.

    The agent on the officer's machine has no log-in; it shows one of two secrets, of which only the hashes are kept.
    Each serves once: one fetches the file, one delivers it.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="signing_sessions")
    rendition = models.ForeignKey(Rendition, on_delete=models.PROTECT, related_name="+")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    post = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.OPEN)
    reason = models.TextField(blank=True)  # why the returned file was refused
    fetch_hash = models.CharField(max_length=64, unique=True)
    deliver_hash = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document"], condition=Q(state="open"), name="signing_session_open_once"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="signing_session_ended_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.purpose} {self.state}"
