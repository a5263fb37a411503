"""A certificate authority for trials: made anew wherever the demo runs, valid nowhere else.

Writes a root, one PKCS#12 file for each person and for the organisation's seal, and the pictures that belong to them.
The seal is marked as a specimen and has a plain star: it is not the national emblem and no real organisation's seal.
"""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from PIL import Image, ImageDraw, ImageFont

from documents.typography import FONT_FOLDER, nfc

BLUE = (24, 58, 150)
RED = (206, 24, 30)
AUTHORITY = "Chứng thực dùng thử Cao Điểm"
SPECIMEN = "MẪU DÙNG THỬ"
OVERSAMPLING = 3


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Who gets a key: the key's name (its file name), the name in the certificate, organisation and title."""

    key: str
    common_name: str
    organisation: str
    title: str = ""
    is_organisation: bool = False


@dataclass(frozen=True, slots=True)
class DemoCa:
    """What was written: the root's certificate to trust, and the PKCS#12 file of each key."""

    root: Path
    keys: dict[str, Path]


def make_demo_ca(
    folder: Path,
    people: Sequence[DemoPerson],
    *,
    passphrase: Callable[[str], str],
    now: datetime | None = None,
    valid_from: datetime | None = None,
) -> DemoCa:
    """Write a root and a key file with its picture for everyone into `folder` (made if missing, readable by its owner
    only).

    `passphrase` gives the passphrase of a key by its name. Keys are RSA 2048, valid from `valid_from` (default a day
    before now; the demo's finished campaign needs an earlier one) until three years after now. The root's own key is
    not kept.
    """
    now = now or datetime.now(UTC)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    span = (valid_from or now - timedelta(days=1), now + timedelta(days=3 * 365))
    root_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    root = _root(root_key, span)
    root_path = folder / "root.pem"
    root_path.write_bytes(root.public_bytes(Encoding.PEM))
    paths = {}
    for person in people:
        path = folder / f"{person.key}.p12"
        _write_private(path, _pkcs12(person, root, root_key, span, passphrase(person.key)))
        size = (
            make_seal_image(person.common_name) if person.is_organisation else make_signature_image(person.common_name)
        )
        path.with_suffix(".png").write_bytes(size)
        paths[person.key] = path
    return DemoCa(root_path, paths)


def _write_private(path: Path, data: bytes) -> None:
    """A file that only its owner may read."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_bytes(data)


def _name(common_name: str, organisation: str, title: str = "") -> x509.Name:
    """A subject; parts longer than `cryptography` permits lose their last words."""
    parts = [(NameOID.COUNTRY_NAME, "VN"), (NameOID.ORGANIZATION_NAME, organisation), (NameOID.TITLE, title)]
    parts.append((NameOID.COMMON_NAME, common_name))
    return x509.Name([x509.NameAttribute(kind, _short(value)) for kind, value in parts if value])


def _short(value: str) -> str:
    """The words that fit into 64 bytes."""
    parts = nfc(value).split(" ")
    while len(" ".join(parts).encode()) > 64 and len(parts) > 1:
        parts.pop()
    return " ".join(parts)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _builder(span: tuple[datetime, datetime]) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .serial_number(x509.random_serial_number())
        .not_valid_before(span[0])
        .not_valid_after(span[1])
    )


def _root(key: rsa.RSAPrivateKey, span: tuple[datetime, datetime]) -> x509.Certificate:
    """The authority's own certificate."""
    name = _name(AUTHORITY, "Cao Điểm")
    return (
        _builder(span)
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _pkcs12(
    person: DemoPerson,
    root: x509.Certificate,
    root_key: rsa.RSAPrivateKey,
    span: tuple[datetime, datetime],
    passphrase: str,
) -> bytes:
    """A new key with a certificate of the root, encrypted with the passphrase."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    certificate = (
        _builder(span)
        .subject_name(_name(person.common_name, person.organisation, person.title))
        .issuer_name(root.subject)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    friendly = person.key.encode()
    return pkcs12.serialize_key_and_certificates(
        friendly, key, certificate, [root], BestAvailableEncryption(passphrase.encode())
    )


def make_signature_image(name: str) -> bytes:
    """A signature for trials: blue pen strokes on a transparent ground, always the same for the same name (460 × 220
    px)."""
    width, height, scale = 460, 220, OVERSAMPLING
    image = Image.new("RGBA", (width * scale, height * scale), (*BLUE, 0))
    draw = ImageDraw.Draw(image)
    seed = int.from_bytes(hashlib.sha256(nfc(name).encode()).digest()[:8], "big")
    for stroke in _strokes(random.Random(seed), len(nfc(name).split()[-1])):
        _pen(draw, [(x * width * scale, y * height * scale) for x, y in stroke], scale)
    return _png(image.getchannel("A").resize((width, height), Image.Resampling.LANCZOS), BLUE)


def _strokes(chance: random.Random, letters: int) -> list[list[tuple[float, float]]]:
    """Curves in the unit square: a tall first loop, a running line of small ones, and a flourish below."""
    loops = min(max(letters, 3), 6)
    line = [(0.10, 0.62), (0.20, 0.08 + chance.random() * 0.08), (0.27, 0.30), (0.17, 0.86), (0.25, 0.55)]
    for index in range(loops):
        x = 0.30 + index * 0.42 / loops
        top, low = 0.34 + chance.random() * 0.14, 0.58 + chance.random() * 0.10
        line += [(x, low), (x + 0.035, top), (x + 0.055, low - 0.02), (x + 0.02, low + 0.03)]
    line += [(0.80, 0.40), (0.94, 0.22 + chance.random() * 0.1)]
    tail = 0.78 + chance.random() * 0.1
    return [line, [(0.92, 0.50), (0.60, tail), (0.18, tail - 0.06), (0.30, tail + 0.08), (0.88, tail - 0.16)]]


def _curve(points: Sequence[tuple[float, float]], steps: int = 24) -> list[tuple[float, float]]:
    """A smooth line through the points (Catmull-Rom)."""
    padded = [points[0], *points, points[-1]]
    found: list[tuple[float, float]] = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            found.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return [*found, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def _pen(draw: ImageDraw.ImageDraw, points: Sequence[tuple[float, float]], scale: int) -> None:
    """Ink along the curve: thicker where the pen goes down, thinner where it goes up."""
    line = _curve(points)
    for index, ((x1, y1), (x2, y2)) in enumerate(pairwise(line)):
        slope = math.atan2(y2 - y1, x2 - x1)
        ends = min(1.0, index / 12, (len(line) - index) / 18)
        radius = scale * (1.2 + 1.5 * max(0.0, math.sin(slope))) * (0.45 + 0.55 * ends)
        count = max(1, int(math.hypot(x2 - x1, y2 - y1) / max(radius * 0.4, 1)))
        for step in range(count):
            x, y = x1 + (x2 - x1) * step / count, y1 + (y2 - y1) * step / count
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(*BLUE, 255))


def make_seal_image(organisation: str) -> bytes:
    """A round red seal for trials on a transparent ground, with the organisation's name around and "MẪU" in it (560
    px)."""
    size = 720 * 2
    image = Image.new("RGBA", (size, size), (*RED, 0))
    draw = ImageDraw.Draw(image)
    for radius, width in ((0.492, 18), (0.462, 6), (0.318, 6)):
        draw.ellipse(_square(size, radius), outline=(*RED, 255), width=width)
    _arc_text(image, nfc(organisation).upper(), radius=0.388 * size, start=150, end=390, most=0.084 * size)
    _arc_text(image, SPECIMEN, radius=0.388 * size, start=132, end=48, most=0.062 * size)
    _star(draw, size)
    font = ImageFont.truetype(str(FONT_FOLDER / "Tinos-Bold.ttf"), int(size * 0.07))
    draw.text((size / 2, size * 0.655), "MẪU", font=font, fill=(*RED, 255), anchor="mm")
    return _png(image.getchannel("A").resize((560, 560), Image.Resampling.LANCZOS), RED)


def _square(size: int, radius: float) -> tuple[float, float, float, float]:
    return (size * (0.5 - radius), size * (0.5 - radius), size * (0.5 + radius), size * (0.5 + radius))


def _star(draw: ImageDraw.ImageDraw, size: int) -> None:
    """A five-pointed star a little above the centre."""
    points = []
    for index in range(10):
        radius = size * (0.15 if index % 2 == 0 else 0.06)
        angle = math.radians(-90 + index * 36)
        points.append((size / 2 + radius * math.cos(angle), size * 0.45 + radius * math.sin(angle)))
    draw.polygon(points, fill=(*RED, 255))


def _arc_text(image: Image.Image, text: str, *, radius: float, start: float, end: float, most: float) -> None:
    """Letters along a circle from `start` to `end` degrees (0 is to the right, turning down); upside up when it runs
    back."""
    size = most
    room = math.radians(abs(end - start)) * radius
    font = ImageFont.truetype(str(FONT_FOLDER / "Tinos-Bold.ttf"), int(size))
    while font.getlength(text) > room and size > 12:
        size *= 0.95
        font = ImageFont.truetype(str(FONT_FOLDER / "Tinos-Bold.ttf"), int(size))
    slack = (room - font.getlength(text)) / max(len(text) - 1, 1)
    spread = min(slack, size * 0.25)
    used = font.getlength(text) + spread * (len(text) - 1)
    turn = 1 if end > start else -1
    angle = math.radians((start + end) / 2) - turn * used / radius / 2
    for letter in text:
        width = font.getlength(letter)
        middle = angle + turn * width / radius / 2
        _letter(image, letter, font, radius=radius, angle=middle, faces_out=turn == 1)
        angle += turn * (width + spread) / radius


def _letter(
    image: Image.Image, letter: str, font: ImageFont.FreeTypeFont, *, radius: float, angle: float, faces_out: bool
) -> None:
    """One letter of a text on a circle, with its middle at this angle."""
    box = int(font.size * 2)
    tile = Image.new("RGBA", (box, box), (*RED, 0))
    ImageDraw.Draw(tile).text((box / 2, box / 2 + font.size * 0.35), letter, font=font, fill=(*RED, 255), anchor="ms")
    turned = -math.degrees(angle) - 90 if faces_out else -math.degrees(angle) + 90
    tile = tile.rotate(turned, Image.Resampling.BICUBIC)
    centre_x = image.width / 2 + radius * math.cos(angle) - box / 2
    centre_y = image.height / 2 + radius * math.sin(angle) - box / 2
    image.alpha_composite(tile, (round(centre_x), round(centre_y)))


def _png(cover: Image.Image, ink: tuple[int, int, int]) -> bytes:
    """One flat ink, covering as much as `cover` says."""
    image = Image.new("RGB", cover.size, ink)
    image.putalpha(cover)
    target = BytesIO()
    image.save(target, "PNG", optimize=True)
    return target.getvalue()
