"""Keys in a token or HSM of the portal, reached through PKCS#11 (settings.PKCS11_MODULE, PKCS11_TOKEN, PKCS11_PIN).

The library keeps its state for the whole process, log-in included, so one signature is made at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pkcs11
from asn1crypto import x509
from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import SigningError as CmsSigningError
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers.pdf_cms import Signer

from documents.signing_keys import KeyUnavailable, SigningKey

_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class TokenKey(SigningKey):
    """The key labelled `label` in the token; its certificate is known to the portal."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    appearance: bytes | None
    label: str

    @contextmanager
    def opened(self) -> Iterator[Signer]:
        """A signer with an open session. KeyUnavailable when module, token, PIN or key is not there."""
        if not settings.PKCS11_MODULE:
            raise KeyUnavailable(_("Cổng chưa được cấu hình thiết bị khóa (PKCS11_MODULE)."))
        with _one_at_a_time:
            try:
                session = open_pkcs11_session(
                    settings.PKCS11_MODULE,
                    token_criteria=TokenCriteria(label=settings.PKCS11_TOKEN),
                    user_pin=settings.PKCS11_PIN,
                )
            except (pkcs11.PKCS11Error, RuntimeError, PdfError, ValueError, OSError) as error:
                raise KeyUnavailable(_("Không mở được thiết bị khóa: %(reason)s") % {"reason": _said(error)}) from error
            try:
                yield PKCS11Signer(
                    session, signing_cert=self.certificate, key_label=self.label, ca_chain=self.chain, bulk_fetch=False
                )
            except (pkcs11.PKCS11Error, CmsSigningError) as error:
                raise KeyUnavailable(_("Thiết bị khóa không ký được: %(reason)s") % {"reason": _said(error)}) from error
            finally:
                session.close()


def _said(error: Exception) -> str:
    """What the module said, or at least the kind of error."""
    return str(error) or type(error).__name__
