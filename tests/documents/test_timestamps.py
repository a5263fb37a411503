"""Time stamps and revocation, asked of an authority that answers on this machine."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from documents import revocation, verification, ways
from documents.models import WayOfSigning
from documents.revisions import OFFICER_FIELD, SEAL_FIELD
from documents.signing import fill_number
from documents.signing_keys import KeyUnavailable, SigningKey
from documents.verification import examine
from tests.documents import compositions
from tests.documents.authorities import Authority, answering
from tests.documents.signatures import steps


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def authority(settings: Any, tmp_path: Any) -> Iterator[Authority]:
    """It is trusted; nothing asks it for time stamps yet."""
    with answering() as made:
        from asn1crypto import pem

        path = tmp_path / "root.pem"
        path.write_bytes(pem.armor("CERTIFICATE", made.root_certificate.dump()))
        settings.TRUST_ROOTS = [path]
        yield made


def signed(key: SigningKey) -> ways.SignedFile:
    return ways.WithKey(key).signed(steps().prepared, OFFICER_FIELD, at=now())


def test_without_an_authority_the_signature_is_b_b_and_not_withdrawn(authority: Authority) -> None:
    made = signed(authority.signing_key("Phạm Quang Hưng"))
    assert (made.level, made.revocation, made.way) == ("B-B", revocation.Answer.GOOD, WayOfSigning.FILE)
    assert set(authority.asked) == {"/crl"}


def test_with_time_stamp_and_list_the_signature_is_b_lt_and_the_road_goes_on(
    authority: Authority, settings: Any
) -> None:
    settings.TIMESTAMP_URL = f"{authority.address}/tsa"
    made = signed(authority.signing_key("Phạm Quang Hưng"))
    numbered = fill_number(made.bytes, compositions.head(compositions.NUMBER, now().date()))
    sealed = ways.WithKey(authority.signing_key("Sở Khoa học")).signed(numbered, SEAL_FIELD, at=now())
    found = examine(sealed.bytes)
    assert (made.level, sealed.level) == ("B-LT", "B-LT")
    assert (found.is_good, found.problems, [each.problems for each in found.signatures]) == (True, (), [(), ()])


def test_with_a_time_stamp_and_no_asking_for_lists_the_signature_is_b_t(authority: Authority, settings: Any) -> None:
    settings.TIMESTAMP_URL = f"{authority.address}/tsa"
    settings.REVOCATION_FETCH = False
    made = signed(authority.signing_key("Phạm Quang Hưng"))
    assert (made.level, made.revocation) == ("B-T", revocation.Answer.UNREACHABLE)


def test_an_authority_that_does_not_answer_keeps_nobody_from_signing_and_it_is_noted(
    authority: Authority, settings: Any
) -> None:
    settings.TIMESTAMP_URL = f"{authority.address}/tsa"
    key = authority.signing_key("Phạm Quang Hưng")
    authority.is_answering = False
    made = signed(key)
    assert (made.level, made.revocation) == ("B-B", revocation.Answer.UNREACHABLE)
    assert examine(made.bytes).signatures[0].is_good


def test_a_withdrawn_certificate_signs_nothing(authority: Authority) -> None:
    key = authority.signing_key("Phạm Quang Hưng")
    authority.revoked.add(key.certificate.serial_number)
    with pytest.raises(KeyUnavailable, match="đã bị thu hồi"):
        signed(key)


def test_a_file_signed_elsewhere_with_a_withdrawn_certificate_is_refused(authority: Authority) -> None:
    key = authority.signing_key("Phạm Quang Hưng")
    returned = signed(key).bytes
    way = ways.SentBack(returned, key.certificate, now(), WayOfSigning.ELSEWHERE)
    assert way.signed(steps().prepared, OFFICER_FIELD, at=now()).bytes == returned
    authority.revoked.add(key.certificate.serial_number)
    with pytest.raises(KeyUnavailable, match="đã bị thu hồi"):
        way.signed(steps().prepared, OFFICER_FIELD, at=now())


def test_the_level_of_a_plain_signature_is_b_b() -> None:
    assert verification.level(steps().sealed, SEAL_FIELD) == "B-B"
