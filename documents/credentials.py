"""Registering whose certificate counts, and ending it. Nothing is edited: a new certificate is a new row."""

from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from asn1crypto import pem, x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509 import load_der_x509_certificate
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from audit import log
from documents import certificates, events, keys, presentation
from documents.models import Credential, WayOfSigning
from documents.signing_keys import KeyUnavailable, Pkcs12Key, check_certificate
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed
from units.roles import Role

PERMISSION = "units.settings.manage"
SIGNERS = (Role.DIRECTOR, Role.DEPUTY, Role.CHIEF, Role.COUNCIL)
WIDEST = 2000  # pixels of a picture's longer side


@dataclass(frozen=True, slots=True)
class NewCredential:
    """What an administrator enters: the holder (a post, or None for the organisation's seal), the way, and its parts.

    `file` is a PKCS#12 file for WayOfSigning.FILE, else the certificate alone (PEM or DER). `key_label` names the key
    in the token. `picture` is the PNG of signature or seal.
    """

    post: Appointment | None
    way: WayOfSigning
    file: bytes = field(repr=False)
    password: str = field(default="", repr=False)
    key_label: str = ""
    picture: bytes | None = field(default=None, repr=False)


def of_organisation(organisation: Unit) -> "QuerySet[Credential]":
    """All certificates of an organisation and its people's posts, the newest first."""
    mine = Credential.objects.filter(unit=organisation) | Credential.objects.filter(
        user__appointments__unit__organisation=organisation
    )
    return mine.select_related("unit", "user", "post__unit", "post__user").distinct().order_by("-id")


def signing_posts(organisation: Unit, *, on: date) -> "QuerySet[Appointment]":
    """Posts that may sign documents of the organisation today."""
    return Appointment.objects.current(on).with_people().filter(unit__organisation=organisation, role__in=SIGNERS)


@transaction.atomic
def register(*, organisation: Unit, new: NewCredential, by: Appointment, at: datetime) -> Credential:
    """Register a certificate for a post of the organisation or for its seal; it counts at once, before older ones.

    NotAllowed with the reason when it is not trusted, not valid today, carries another person's name, or its key does
    not open. A PKCS#12 file is kept under a passphrase of the portal's own.
    """
    permissions.check(by, PERMISSION, at=at, unit=organisation)
    try:
        certificate, key = _read(new)
        check_certificate(certificate, certificates.trust_roots(), others=key.chain if key else (), at=at)
    except KeyUnavailable as error:
        raise NotAllowed(str(error)) from error
    _refuse_other_name(certificate, new.post)
    credential = Credential(
        user=new.post.user if new.post else None,
        post=new.post,
        unit=None if new.post else organisation,
        way=new.way,
        key_name=_key_name(new, certificate),
        certificate=pem.armor("CERTIFICATE", certificate.dump()).decode(),
        fingerprint=certificates.fingerprint(certificate),
        starts_on=timezone.localdate(at),
        ends_on=timezone.localdate(certificate.not_valid_after),
    )
    picture = _picture(new)
    credential.save()
    _keep_files(credential.key_name, key, picture)
    words = {"holder": presentation.holder_of(credential), "way": str(new.way.label)}
    log.record(events.CREDENTIAL_ADDED, credential, by=by, at=at, fingerprint=credential.fingerprint, **words)
    return credential


def _read(new: NewCredential) -> tuple[x509.Certificate, Pkcs12Key | None]:
    """The certificate, and the key when the file holds it."""
    if new.way is WayOfSigning.FILE:
        key = Pkcs12Key.from_bytes(new.file, new.password)
        return key.certificate, key
    try:
        der = pem.unarmor(new.file)[2] if pem.detect(new.file) else new.file
        certificate = x509.Certificate.load(der)
        certificate.native  # noqa: B018 - asn1crypto reads lazily; this is where a wrong file shows
    except (ValueError, TypeError, KeyError) as error:
        raise NotAllowed(_("Tệp này không phải là chứng thư số (.cer, .crt, .pem).")) from error
    return certificate, None


def _refuse_other_name(certificate: x509.Certificate, post: Appointment | None) -> None:
    """A person's certificate must carry that person's name."""
    name = certificates.name_in(certificate)
    if post is not None and name.casefold() != post.person_name.casefold():
        words = {"found": name, "expected": post.person_name}
        raise NotAllowed(_("Chứng thư mang tên “%(found)s”, không phải “%(expected)s”.") % words)


def _key_name(new: NewCredential, certificate: x509.Certificate) -> str:
    """The name of the key file, the label in the token, or nothing."""
    if new.way is WayOfSigning.TOKEN and not new.key_label:
        raise NotAllowed(_("Hãy ghi nhãn của khóa trong thiết bị."))
    names = {WayOfSigning.FILE: f"khoa-{certificates.fingerprint(certificate)[:16]}", WayOfSigning.TOKEN: new.key_label}
    return names.get(new.way, "")


def _picture(new: NewCredential) -> bytes | None:
    """The picture as a PNG with a transparent ground; required where the portal itself draws the signature."""
    if new.picture is None:
        if new.way.is_held_here:
            raise NotAllowed(_("Cần hình chữ ký hoặc hình dấu (PNG, nền trong suốt)."))
        return None
    try:
        image = Image.open(BytesIO(new.picture), formats=["PNG"])
        image.load()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise NotAllowed(_("Hình chữ ký hoặc dấu phải là tệp PNG đọc được.")) from error
    if max(image.size) > WIDEST:
        raise NotAllowed(_("Hình chữ ký hoặc dấu lớn quá %(most)d điểm ảnh mỗi cạnh.") % {"most": WIDEST})
    target = BytesIO()
    image.convert("RGBA").save(target, "PNG")
    return target.getvalue()


def _keep_files(name: str, key: Pkcs12Key | None, picture: bytes | None) -> None:
    """Write key and picture into settings.KEYS_DIR, readable by the portal alone."""
    if not name:
        return
    folder = Path(settings.KEYS_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if key is not None:
        data = pkcs12.serialize_key_and_certificates(
            name.encode(),
            key.private_key,
            load_der_x509_certificate(key.certificate.dump()),
            [load_der_x509_certificate(each.dump()) for each in key.chain],
            BestAvailableEncryption(keys.passphrase(name).encode()),
        )
        _write_private(keys.path_of(name), data)
    if picture is not None:
        _write_private(keys.path_of(name).with_suffix(".png"), picture)


def _write_private(path: Path, data: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(data)


@transaction.atomic
def end(*, credential: Credential, by: Appointment, at: datetime) -> Credential:
    """From today the certificate counts no longer; signatures made with it stay good. Twice is refused."""
    organisation = credential.unit or (credential.post.organisation if credential.post else by.organisation)
    permissions.check(by, PERMISSION, at=at, unit=organisation)
    locked = Credential.objects.select_for_update().get(pk=credential.pk)
    today = timezone.localdate(at)
    if locked.ends_on <= today:
        raise NotAllowed(_("Chứng thư này đã thôi dùng."))
    locked.ends_on = today
    locked.save(update_fields=["ends_on"])
    log.record(events.CREDENTIAL_ENDED, locked, by=by, at=at, holder=presentation.holder_of(locked))
    return locked
