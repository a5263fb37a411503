"""Where signing keys are: PKCS#12 files in settings.KEYS_DIR, for trials and for the organisation's seal.

A file's passphrase is derived from SECRET_KEY and its name, so that a copied file alone signs nothing.
"""

import hashlib
import hmac
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import signing
from documents.models import Credential
from units.models import Appointment, Unit
from units.permissions import NotAllowed


def passphrase(key_name: str) -> str:
    """The passphrase of a key file of this portal."""
    return hmac.new(settings.SECRET_KEY.encode(), f"pkcs12:{key_name}".encode(), hashlib.sha256).hexdigest()


def path_of(key_name: str) -> Path:
    return Path(settings.KEYS_DIR) / f"{key_name}.p12"


def _newest(day: date, **holder: Any) -> Credential | None:
    """The holder's latest certificate that is valid on the day."""
    return Credential.objects.filter(starts_on__lte=day, ends_on__gt=day, **holder).order_by("-id").first()


def _open(credential: Credential | None, missing: str) -> signing.SigningKey:
    if credential is None or not credential.key_name:
        raise NotAllowed(missing)
    return signing.Pkcs12Key.load(path_of(credential.key_name), passphrase(credential.key_name))


def officer_key(by: Appointment, *, at: datetime) -> signing.SigningKey:
    """The signing key of the person in the post. NotAllowed without one, SigningError when it cannot be read."""
    day = timezone.localdate(at)
    return _open(
        _newest(day, user_id=by.user_id),
        _("Chưa có chứng thư số còn hiệu lực cho %(person)s.") % {"person": by.person_name},
    )


def seal_key(organisation: Unit, *, at: datetime) -> signing.SigningKey:
    """The key of the organisation's seal, held by the clerk's office."""
    day = timezone.localdate(at)
    return _open(_newest(day, unit=organisation), _("Cơ quan chưa có chứng thư số còn hiệu lực để đóng dấu."))
