"""Whether a certificate has been withdrawn: asked of its authority when that can be reached, recorded when not."""

import asyncio
import logging
from collections.abc import Sequence

from asn1crypto import x509
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError

from documents.certificates import trust_roots

SECONDS = 8  # how long a page may wait for an authority
log = logging.getLogger(__name__)


class Answer(models.TextChoices):
    """What was found out when the signature was taken; kept with it."""

    GOOD = "good", _("đã hỏi tổ chức chứng thực: chưa bị thu hồi")
    UNREACHABLE = "unreachable", _("không hỏi được tổ chức chứng thực")
    NOT_STATED = "not_stated", _("chứng thư không nêu nơi tra cứu thu hồi")


class Revoked(Exception):
    """The authority has withdrawn the certificate."""


def states_where(certificate: x509.Certificate) -> bool:
    """Does the certificate name a list or a responder to ask?"""
    return bool(certificate.crl_distribution_points or certificate.ocsp_urls)


def ask(
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate] = (),
    roots: Sequence[x509.Certificate] | None = None,
) -> Answer:
    """The authority's answer now. Raises Revoked; never waits longer than SECONDS."""
    if not states_where(certificate):
        return Answer.NOT_STATED
    if not settings.REVOCATION_FETCH:
        return Answer.UNREACHABLE
    try:
        return asyncio.run(
            asyncio.wait_for(_ask(certificate, others, trust_roots() if roots is None else roots), SECONDS)
        )
    except RevokedError as error:
        raise Revoked from error
    except (TimeoutError, PathError, ValidationError) as error:
        log.warning("no answer on the revocation of %s: %s", certificate.subject.human_friendly, error)
        return Answer.UNREACHABLE


async def _ask(
    certificate: x509.Certificate, others: Sequence[x509.Certificate], roots: Sequence[x509.Certificate]
) -> Answer:
    """GOOD, or an exception of the validator's."""
    context = ValidationContext(
        trust_roots=list(roots), other_certs=list(others), allow_fetching=True, revocation_mode="hard-fail"
    )
    try:
        validator = CertificateValidator(certificate, intermediate_certs=list(others), validation_context=context)
        await validator.async_validate_usage({"digital_signature"})
    finally:
        await context.aclose()
    return Answer.GOOD
