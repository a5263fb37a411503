"""Time stamps by RFC 3161, and the validation data that go with them, for signatures above PAdES B-B."""

import asyncio
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence

from asn1crypto import tsp, x509
from django.conf import settings
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError, set_tsp_headers
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from documents import revocation

SECONDS = 8
NOT_REACHED = (TimestampRequestError, PathError, ValidationError)
"""What goes wrong when an authority is away: the signature itself is not touched by it."""

IN_ONE_REVISION = DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE)
"""Validation data stand in the same saved state as the signature, so that nothing ever follows a signature."""


class HttpTimeStamper(TimeStamper):
    """Asks one authority over HTTP."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The authority's answer; TimestampRequestError when there is none."""
        return await asyncio.to_thread(self._post, req.dump())

    def _post(self, body: bytes) -> tsp.TimeStampResp:
        request = urllib.request.Request(self.url, data=body, headers=set_tsp_headers({}))
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                return tsp.TimeStampResp.load(answer.read(1 << 20))
        except (OSError, ValueError, urllib.error.URLError) as error:
            raise TimestampRequestError(f"no answer from {self.url}: {error}") from error


def timestamper() -> TimeStamper | None:
    """The authority named by settings.TIMESTAMP_URL; None when none is configured."""
    return HttpTimeStamper(settings.TIMESTAMP_URL) if settings.TIMESTAMP_URL else None


def levels(certificate: x509.Certificate, stamper: TimeStamper | None) -> Iterator[tuple[bool, bool]]:
    """(with validation data, with time stamp), the best first: B-LT, B-T, B-B."""
    if stamper is not None:
        if settings.REVOCATION_FETCH and revocation.states_where(certificate):
            yield True, True
        yield False, True
    yield False, False


def context(roots: Sequence[x509.Certificate], others: Sequence[x509.Certificate]) -> ValidationContext:
    """What gathers the validation data; every certificate must have an answer for B-LT."""
    return ValidationContext(
        trust_roots=list(roots), other_certs=list(others), allow_fetching=True, revocation_mode="hard-fail"
    )
