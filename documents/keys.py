"""Whose certificate counts for whom, and the way that goes with it.

PKCS#12 files lie in settings.KEYS_DIR, for trials and for the organisation's seal. A file's passphrase is derived from
SECRET_KEY and its name, so that a copied file alone signs nothing (ADR 0010).
"""

import hashlib
import hmac
from datetime import datetime
from pathlib import Path

from asn1crypto import pem, x509
from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Credential, WayOfSigning
from documents.signing_keys import Pkcs12Key, SigningKey
from documents.token_keys import TokenKey
from documents.ways import WithKey
from units.models import Appointment, Unit
from units.permissions import NotAllowed


def passphrase(key_name: str) -> str:
    """The passphrase of a key file of this portal."""
    return hmac.new(settings.SECRET_KEY.encode(), f"pkcs12:{key_name}".encode(), hashlib.sha256).hexdigest()


def path_of(key_name: str) -> Path:
    return Path(settings.KEYS_DIR) / f"{key_name}.p12"


def picture_of(key_name: str) -> bytes | None:
    """The PNG of the signature or seal that goes with a key, if there is one."""
    path = path_of(key_name).with_suffix(".png")
    return path.read_bytes() if path.is_file() else None


def certificate_of(credential: Credential) -> x509.Certificate:
    """The certificate that a signature of this credential must be made with."""
    _kind, _headers, der = pem.unarmor(credential.certificate.encode())
    return x509.Certificate.load(der)


def officer_credential(by: Appointment, *, at: datetime) -> Credential:
    """What the person signs with in this post: the post's own certificate before one for all posts, the newest first.

    NotAllowed without a valid one.
    """
    valid = Credential.objects.valid_on(timezone.localdate(at)).filter(Q(post=by) | Q(post=None), user_id=by.user_id)
    found = valid.order_by(F("post_id").asc(nulls_last=True), "-id").first()
    if found is None:
        raise NotAllowed(_("Chưa có chứng thư số còn hiệu lực cho %(person)s.") % {"person": by.person_name})
    return found


def seal_credential(organisation: Unit, *, at: datetime) -> Credential:
    """What the organisation's seal is applied with; NotAllowed without a valid one."""
    found = Credential.objects.valid_on(timezone.localdate(at)).filter(unit=organisation).order_by("-id").first()
    if found is None:
        raise NotAllowed(_("Cơ quan chưa có chứng thư số còn hiệu lực để đóng dấu."))
    return found


def with_key(credential: Credential) -> WithKey:
    """Signing here with the key of this credential. NotAllowed when it is held elsewhere, SigningError when it cannot
    be read."""
    way = WayOfSigning(credential.way)
    if not way.is_held_here:
        raise NotAllowed(_("Khóa ký không do cổng giữ: hãy ký bằng “%(way)s”.") % {"way": way.label})
    return WithKey(_opened(credential), way)


def _opened(credential: Credential) -> SigningKey:
    name = credential.key_name
    if credential.way == WayOfSigning.TOKEN:
        return TokenKey(certificate_of(credential), (), picture_of(name), name)
    return Pkcs12Key.load(path_of(name), passphrase(name))
