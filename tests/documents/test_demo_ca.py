"""The demo authority: keys that sign here and nowhere else, pictures that cannot be taken for real ones."""

import stat
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image

from documents import demo_ca, signing
from tests.documents.signatures import AT, PEOPLE, authority, key, roots


def test_writes_a_root_and_a_key_with_a_picture_for_everyone() -> None:
    made = authority()
    assert set(made.keys) == {"director", "other", "seal"}
    assert made.root.read_bytes().startswith(b"-----BEGIN CERTIFICATE-----")
    assert all(path.is_file() and path.with_suffix(".png").is_file() for path in made.keys.values())
    assert {path.name for path in made.root.parent.iterdir()} == {
        "root.pem",
        *(f"{name}.{kind}" for name in made.keys for kind in ("p12", "png")),
    }


def test_key_files_are_for_their_owner_only() -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) for path in authority().keys.values()}
    assert modes == {0o600}


def test_certificate_names_person_title_and_organisation() -> None:
    certificate = key("director").certificate
    assert certificate.subject.native == {
        "country_name": "VN",
        "organization_name": "Sở Khoa học và Công nghệ",
        "title": "Giám đốc",
        "common_name": "Phạm Quang Hưng",
    }
    assert certificate.key_usage_value.native == {"digital_signature", "non_repudiation"}
    assert not certificate.ca


def test_certificates_can_begin_before_the_demo(tmp_path) -> None:
    start = datetime(2023, 9, 1, tzinfo=UTC)
    made = demo_ca.make_demo_ca(tmp_path, PEOPLE[:1], passphrase=lambda _: "x", now=AT, valid_from=start)
    certificate = signing.Pkcs12Key.load(made.keys["director"], "x").certificate
    assert (certificate.not_valid_before, certificate.not_valid_after) == (start, AT + timedelta(days=3 * 365))


def test_long_organisation_names_lose_their_last_words(tmp_path) -> None:
    name = "Sở Khoa học và Công nghệ tỉnh Hà Nam và các đơn vị sự nghiệp trực thuộc"
    person = demo_ca.DemoPerson("seal", name, name, is_organisation=True)
    made = demo_ca.make_demo_ca(tmp_path, [person], passphrase=lambda _: "x")
    shown = signing.Pkcs12Key.load(made.keys["seal"], "x").common_name
    assert name.startswith(shown)
    assert len(shown.encode()) <= 64


def test_two_authorities_are_not_the_same() -> None:
    assert roots()[0].dump() != roots("strange")[0].dump()


@pytest.mark.parametrize(
    ("png", "size", "ink"),
    [
        (demo_ca.make_signature_image("Phạm Quang Hưng"), (460, 220), demo_ca.BLUE),
        (demo_ca.make_seal_image("Sở Khoa học và Công nghệ"), (560, 560), demo_ca.RED),
    ],
)
def test_pictures_are_one_ink_on_a_transparent_ground(png: bytes, size: tuple[int, int], ink: tuple[int, ...]) -> None:
    image = Image.open(BytesIO(png))
    opaque = {pixel[:3] for pixel in image.get_flattened_data() if pixel[3] > 250}
    assert (image.mode, image.size) == ("RGBA", size)
    assert image.getpixel((0, 0))[3] == 0
    assert all(max(abs(a - b) for a, b in zip(colour, ink, strict=True)) <= 3 for colour in opaque)
    assert len(opaque) >= 1


def test_signature_is_the_same_for_a_name_and_another_for_another() -> None:
    assert demo_ca.make_signature_image("Lê Minh Tuấn") == demo_ca.make_signature_image("Lê Minh Tuấn")
    assert demo_ca.make_signature_image("Lê Minh Tuấn") != demo_ca.make_signature_image("Lê Minh Tú")
