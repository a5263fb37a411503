"""Registering certificates: what is taken, what is refused with which words, and the pages."""

from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from documents import credentials, demo_ca, events, keys
from documents.credentials import NewCredential
from documents.models import Credential, WayOfSigning
from tests.documents.signatures import authority, key
from tests.factories.plans import House, make_house
from tests.factories.units import AppointmentFactory
from units.models import Appointment
from units.permissions import NotAllowed

NOW = timezone.now
PICTURE = demo_ca.make_signature_image("Phạm Quang Hưng")


@pytest.fixture
def place(db: None) -> House:
    """A house whose director has the name in the certificate of the tests' authority, which is trusted."""
    made = make_house()
    user = made.director.user
    user.full_name = "Phạm Quang Hưng"
    user.save()
    settings.TRUST_ROOTS = [authority().root]
    return made


def p12(who: str = "director", name: str = "trusted") -> bytes:
    return Path(authority(name).keys[who]).read_bytes()


def cer(who: str = "director") -> bytes:
    return bytes(key(who).certificate.dump())


def register(place: House, by: Appointment | None = None, **changes: Any) -> Credential:
    values = {
        "post": place.director, "way": WayOfSigning.FILE, "file": p12(), "password": "pass-director",
        "picture": PICTURE,
    }  # fmt: skip
    new = NewCredential(**values | changes)
    return credentials.register(organisation=place.organisation, new=new, by=by or place.admin, at=NOW())


def test_a_key_file_is_kept_under_a_passphrase_of_the_portals_own(place: House) -> None:
    made = register(place)
    assert keys.officer_credential(place.director, at=NOW()) == made
    opened = keys.with_key(made)
    assert (opened.key.fingerprint, opened.key.appearance is not None) == (key("director").fingerprint, True)
    path = keys.path_of(made.key_name)
    assert (path.stat().st_mode & 0o777, p12() in path.read_bytes()) == (0o600, False)
    event = Event.objects.get(name=events.CREDENTIAL_ADDED)
    assert event.data["fingerprint"] == key("director").fingerprint


@pytest.mark.parametrize("way", [WayOfSigning.AGENT, WayOfSigning.ELSEWHERE])
def test_a_certificate_alone_is_enough_where_the_key_is_elsewhere(place: House, way: WayOfSigning) -> None:
    made = register(place, way=way, file=cer(), picture=None)
    assert (made.key_name, made.fingerprint) == ("", key("director").fingerprint)
    assert keys.certificate_of(made).dump() == cer()


def test_a_token_key_is_named_by_its_label(place: House) -> None:
    assert register(place, way=WayOfSigning.TOKEN, file=cer(), key_label="ky-giam-doc").key_name == "ky-giam-doc"


def test_the_seal_belongs_to_the_organisation(place: House) -> None:
    made = register(place, post=None, file=p12("seal"), password="pass-seal")
    assert (made.unit, made.user) == (place.organisation, None)
    assert keys.seal_credential(place.organisation, at=NOW()) == made


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"password": "wrong"}, "sai mật khẩu"),
        ({"file": b"not a key"}, "sai mật khẩu hoặc tệp khóa bị hỏng"),
        ({"file": p12("other"), "password": "pass-other"}, "mang tên “Trần Thị Bích”, không phải “Phạm Quang Hưng”"),
        ({"file": p12("director", "strange")}, "không do tổ chức được tin cậy cấp"),
        ({"picture": None}, "Cần hình chữ ký"),
        ({"picture": b"no image"}, "PNG đọc được"),
        ({"way": WayOfSigning.TOKEN, "file": cer()}, "nhãn của khóa"),
        ({"way": WayOfSigning.AGENT, "file": b"not a certificate"}, "không phải là chứng thư số"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(place: House, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(NotAllowed, match=words):
        register(place, **changes)
    assert not Credential.objects.exists()
    assert not list(Path(settings.KEYS_DIR).glob("*")) if Path(settings.KEYS_DIR).exists() else True


def test_a_certificate_that_has_run_out_is_refused(place: House) -> None:
    new = NewCredential(post=place.director, way=WayOfSigning.ELSEWHERE, file=cer())
    late = NOW().replace(year=2040)
    with mock.patch.object(credentials.permissions, "check"), pytest.raises(NotAllowed, match="hết hạn"):
        credentials.register(organisation=place.organisation, new=new, by=place.admin, at=late)


@pytest.mark.parametrize("who", ["director", "clerk", "office", "chief", "head", "officer"])
def test_only_the_administrator_registers(place: House, who: str) -> None:
    with pytest.raises(NotAllowed):
        register(place, by=getattr(place, who))


def test_ending_it_keeps_it_and_is_done_once(place: House) -> None:
    made = register(place)
    credentials.end(credential=made, by=place.admin, at=NOW())
    with pytest.raises(NotAllowed, match="Chưa có chứng thư số"):
        keys.officer_credential(place.director, at=NOW())
    with pytest.raises(NotAllowed, match="đã thôi dùng"):
        credentials.end(credential=made, by=place.admin, at=NOW())
    assert Event.objects.filter(name=events.CREDENTIAL_ENDED).count() == 1


def test_a_failing_history_undoes_the_registration(place: House) -> None:
    with mock.patch.object(credentials.log, "record", side_effect=RuntimeError), pytest.raises(RuntimeError):
        register(place)
    assert not Credential.objects.exists()


# --- pages ------------------------------------------------------------------------------------------------------------
def enter(client: Client, place: House, **changes: Any) -> Any:
    client.force_login(place.admin.user)
    values = {
        "post": place.director.pk, "way": "file", "file": SimpleUploadedFile("k.p12", p12()),
        "password": "pass-director", "picture": SimpleUploadedFile("k.png", PICTURE),
    }  # fmt: skip
    return client.post(reverse("documents:credential_create"), values | changes)


def test_the_administrator_registers_and_ends_on_the_pages(client: Client, place: House) -> None:
    assert enter(client, place).status_code == 302
    page = client.get(reverse("documents:credentials")).content.decode()
    assert ("Thôi dùng" in page, key("director").fingerprint[:16] in page) == (True, True)
    client.post(reverse("documents:credential_end", args=[Credential.objects.get().pk]))
    assert Credential.objects.get().ends_on == timezone.localdate()


def test_the_page_says_what_is_wrong(client: Client, place: House) -> None:
    answer = enter(client, place, password="wrong")
    assert (answer.status_code, "sai mật khẩu" in answer.content.decode()) == (422, True)
    large = SimpleUploadedFile("k.p12", b"0" * (1024 * 1024 + 1))
    assert "Tệp lớn hơn 1 MB." in enter(client, place, file=large).content.decode()


def test_another_organisations_certificate_is_unknown(client: Client, place: House) -> None:
    stranger = AppointmentFactory(director=True)
    foreign = Credential.objects.create(
        user=stranger.user, post=stranger, way="elsewhere", certificate="", fingerprint="0" * 64,
        starts_on=date(2026, 1, 1), ends_on=date(2099, 1, 1),
    )  # fmt: skip
    client.force_login(place.admin.user)
    assert client.post(reverse("documents:credential_end", args=[foreign.pk])).status_code == 404
    enter(client, place, post=stranger.pk)
    assert Credential.objects.filter(post=stranger).count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client: Client, place: House, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        register(place)
    client.force_login(place.admin.user)
    client.get(reverse("documents:credentials"))
    with django_assert_num_queries(4):
        client.get(reverse("documents:credentials"))
