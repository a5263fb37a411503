"""Units, people and keys of the demonstration. Every name is invented."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from asn1crypto import pem
from django.conf import settings
from django.contrib.auth.hashers import make_password

from documents import keys
from documents.certificates import fingerprint
from documents.demo_ca import DemoPerson, make_demo_ca
from documents.models import Credential
from documents.signing_keys import Pkcs12Key
from units.appointments import appoint
from units.models import Appointment, Unit, UnitKind, User
from units.register import create_unit
from units.roles import Authority, Role

FIRST_DAY = date(2020, 1, 1)
PROVINCE = "Sông Mai"


@dataclass(frozen=True)
class Person:
    """An account with its one post."""

    username: str
    full_name: str
    unit: str
    role: Role
    title: str
    authority: str = Authority.OWN
    stands_for: str = ""


UNITS = [  # key, name, short name, symbol, kind
    ("vp", "Văn phòng Sở", "Văn phòng", "VP", UnitKind.OFFICE),
    ("qlcn", "Phòng Quản lý chuyên ngành", "Phòng QLCN", "QLCN", UnitKind.DEPARTMENT),
    ("khtc", "Phòng Kế hoạch - Tài chính", "Phòng KHTC", "KHTC", UnitKind.DEPARTMENT),
    ("cds", "Phòng Chuyển đổi số", "Phòng CĐS", "CĐS", UnitKind.DEPARTMENT),
    ("ttra", "Thanh tra Sở", "Thanh tra", "TTr", UnitKind.DEPARTMENT),
    ("bcd", "Ban Chỉ đạo phong trào thi đua “Dân vận khéo”", "", "BCĐ", UnitKind.COUNCIL),
    ("ttud", "Trung tâm Ứng dụng tiến bộ khoa học và công nghệ", "TT Ứng dụng", "TTƯD", UnitKind.DEPARTMENT),
]

PEOPLE = [
    Person("giamdoc", "Đặng Quốc Việt", "so", Role.DIRECTOR, "Giám đốc"),
    Person("phogiamdoc", "Lương Thị Hải Yến", "so", Role.DEPUTY, "Phó Giám đốc", Authority.FOR_HEAD, "Giám đốc"),
    Person("chanhvanphong", "Phan Văn Thuận", "vp", Role.CHIEF, "Chánh Văn phòng"),
    Person("vanphong", "Nguyễn Thu Hằng", "vp", Role.OFFICE, "Chuyên viên tổng hợp"),
    Person("vanthu", "Bùi Thị Ngân", "vp", Role.CLERK, "Văn thư"),
    Person("truongphong", "Trịnh Xuân Lộc", "qlcn", Role.UNIT_HEAD, "Trưởng phòng"),
    Person("chuyenvien", "Hoàng Minh Châu", "qlcn", Role.OFFICER, "Chuyên viên"),
    Person("chuyenvien2", "Vũ Đình Khôi", "qlcn", Role.OFFICER, "Chuyên viên"),
    Person("truongphong.khtc", "Mai Thị Thanh Tâm", "khtc", Role.UNIT_HEAD, "Trưởng phòng"),
    Person("chuyenvien.khtc", "Tạ Đức Anh", "khtc", Role.OFFICER, "Chuyên viên"),
    Person("truongphong.cds", "Đoàn Hữu Nghĩa", "cds", Role.UNIT_HEAD, "Trưởng phòng"),
    Person("chuyenvien.cds", "Lê Ngọc Bích", "cds", Role.OFFICER, "Chuyên viên"),
    Person("chanhthanhtra", "Phùng Gia Bảo", "ttra", Role.UNIT_HEAD, "Chánh Thanh tra"),
    Person("thanhtravien", "Ngô Thị Lan Hương", "ttra", Role.OFFICER, "Thanh tra viên"),
    Person("giamdoc.ttud", "Cao Xuân Trường", "ttud", Role.UNIT_HEAD, "Giám đốc Trung tâm"),
    Person("vienchuc.ttud", "Đinh Thùy Dung", "ttud", Role.OFFICER, "Viên chức"),
    Person("truongban", "Tô Thị Minh Nguyệt", "bcd", Role.COUNCIL, "Trưởng ban"),
    Person("bandanvan", "Hồ Sỹ Cường", "board", Role.RECIPIENT, "Chuyên viên tổng hợp"),
    Person("vanphong.bdv", "Dương Mỹ Hạnh", "board", Role.OFFICE, "Chuyên viên Văn phòng"),
    Person("quantri", "Kiều Anh Tuấn", "so", Role.ADMIN, "Quản trị hệ thống"),
]
SIGNERS = ("giamdoc", "phogiamdoc", "truongban")
SEAL = "con-dau-so"


@dataclass
class House:
    """The organisation as the story needs it: units and posts by key."""

    organisation: Unit
    board: Unit
    units: dict[str, Unit]
    posts: dict[str, Appointment]


def build(password: str, *, at: datetime) -> House:
    """Make units, accounts, posts and signing keys. All accounts share one password."""
    organisation = create_unit(
        name="Sở Khoa học và Công nghệ",
        kind=UnitKind.ORGANISATION,
        starts_on=FIRST_DAY,
        by=None,
        at=at,
        short_name="Sở KH&CN",
        symbol="SKHCN",
        place=PROVINCE,
        parent_body=f"UBND tỉnh {PROVINCE}",
    )
    board = create_unit(
        name="Ban Dân vận Tỉnh ủy",
        kind=UnitKind.ORGANISATION,
        starts_on=FIRST_DAY,
        by=None,
        at=at,
        short_name="Ban Dân vận",
        symbol="BDVTU",
        place=PROVINCE,
        parent_body=f"Tỉnh ủy {PROVINCE}",
        position=90,
    )
    units = {"so": organisation, "board": board}
    for position, (key, name, short_name, symbol, kind) in enumerate(UNITS, start=1):
        units[key] = create_unit(
            name=name,
            kind=kind,
            starts_on=FIRST_DAY,
            by=None,
            at=at,
            parent=organisation,
            short_name=short_name,
            symbol=symbol,
            position=position,
        )
    posts = _appoint_all(units, password, at=at)
    _make_keys(organisation, posts, at=at)
    return House(organisation, board, units, posts)


def _appoint_all(units: dict[str, Unit], password: str, *, at: datetime) -> dict[str, Appointment]:
    hashed = make_password(password)  # one hash for all: they share the word anyway, and hashing is slow by design
    posts = {}
    for person in PEOPLE:
        user = User.objects.create(
            username=person.username,
            full_name=person.full_name,
            email=f"{person.username}@cao-diem.example",
            password=hashed,
            is_demo=True,
        )
        posts[person.username] = appoint(
            user=user,
            unit=units[person.unit],
            role=person.role,
            title=person.title,
            starts_on=FIRST_DAY,
            authority=person.authority,
            stands_for=person.stands_for,
            by=None,
            at=at,
        )
    return posts


def _make_keys(organisation: Unit, posts: dict[str, Appointment], *, at: datetime) -> None:
    """A demonstration authority, a key for each signer and for the seal; their certificates become credentials."""
    folder = Path(settings.KEYS_DIR)
    holders = [DemoPerson(name, posts[name].person_name, organisation.name, posts[name].title) for name in SIGNERS]
    holders.append(DemoPerson(SEAL, organisation.name, organisation.name, is_organisation=True))
    made = make_demo_ca(folder, holders, passphrase=keys.passphrase, valid_from=datetime(2023, 1, 1, tzinfo=UTC))
    for name, path in made.keys.items():
        certificate = Pkcs12Key.load(path, keys.passphrase(name)).certificate
        Credential.objects.create(
            user=posts[name].user if name in SIGNERS else None,
            unit=None if name in SIGNERS else organisation,
            key_name=name,
            certificate=pem.armor("CERTIFICATE", certificate.dump()).decode(),
            fingerprint=fingerprint(certificate),
            starts_on=certificate.not_valid_before.date(),
            ends_on=certificate.not_valid_after.date(),
        )
