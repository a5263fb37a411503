"""A department with its people, and plans of it at every step; keys of a demo authority for real signatures."""

import atexit
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp
from typing import Any

from asn1crypto import pem
from django.conf import settings
from django.utils import timezone

from campaigns.models import ItemStyle, Plan
from campaigns.states import Rhythm
from campaigns.workflow.plans import ItemText, PlanText, TaskText, create_draft
from documents import archive, keys, workflow
from documents.certificates import fingerprint
from documents.demo_ca import DemoPerson, make_demo_ca
from documents.models import Credential, Document, Rendition
from documents.signing_keys import Pkcs12Key
from documents.states import DocumentState
from tests.factories.units import AppointmentFactory, UnitFactory
from units.models import Appointment, Unit

S = DocumentState
KEY_NAMES = ("giam-doc", "pho-giam-doc", "co-quan")


@lru_cache(maxsize=1)
def _authority() -> Path:
    """Keys of one demo authority, made once per test run (RSA keys take a while)."""
    folder = Path(mkdtemp(prefix="cao-diem-keys-"))
    atexit.register(rmtree, folder)
    people = [DemoPerson(name, name, "Sở Thử nghiệm", is_organisation=name == "co-quan") for name in KEY_NAMES]
    make_demo_ca(folder, people, passphrase=lambda name: f"{name}-test", valid_from=datetime(2020, 1, 1, tzinfo=UTC))
    return folder


@dataclass
class House:
    """An organisation with an office, two departments and one person in each post."""

    organisation: Unit
    office_unit: Unit
    department: Unit
    other: Unit
    posts: dict[str, Appointment] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Appointment:
        try:
            return self.__dict__["posts"][name]
        except KeyError:
            raise AttributeError(name) from None


def make_house(name: str = "Sở Khoa học Thử nghiệm", symbol: str = "SKHTN") -> House:
    """One house with every role but the recipient's."""
    organisation = UnitFactory(name=name, symbol=symbol)
    office_unit = UnitFactory(office=True, parent=organisation, name="Văn phòng Sở")
    department = UnitFactory(department=True, parent=organisation, name="Phòng Quản lý khoa học")
    other = UnitFactory(department=True, parent=organisation, name="Thanh tra Sở")
    house = House(organisation, office_unit, department, other)
    house.posts = {
        "office": AppointmentFactory(office=True, unit=office_unit),
        "chief": AppointmentFactory(chief=True, unit=office_unit),
        "clerk": AppointmentFactory(clerk=True, unit=office_unit),
        "director": AppointmentFactory(director=True, unit=organisation),
        "deputy": AppointmentFactory(deputy=True, unit=organisation),
        "head": AppointmentFactory(unit_head=True, unit=department),
        "other_head": AppointmentFactory(unit_head=True, unit=other),
        "officer": AppointmentFactory(unit=department),
        "admin": AppointmentFactory(admin=True, unit=organisation),
    }
    return house


def make_recipient(name: str = "Ban Dân vận Thử nghiệm") -> Appointment:
    """Somebody of another house who only receives."""
    return AppointmentFactory(recipient=True, unit=UnitFactory(name=name, symbol="BDV"))


def give_keys(house: House) -> None:
    """Certificates for director, deputy and seal; their files go into settings.KEYS_DIR, the root is trusted."""
    from unittest import mock

    folder = Path(settings.KEYS_DIR)
    if not folder.exists():
        copytree(_authority(), folder)
    settings.TRUST_ROOTS = [folder / "root.pem"]
    mock.patch.object(keys, "passphrase", lambda name: f"{name}-test").start()
    holders = {"giam-doc": ("director", None), "pho-giam-doc": ("deputy", None), "co-quan": (None, house.organisation)}
    for key_name, (post, unit) in holders.items():
        certificate = Pkcs12Key.load(folder / f"{key_name}.p12", f"{key_name}-test").certificate
        Credential.objects.create(
            user=house.posts[post].user if post else None, unit=unit, key_name=key_name,
            certificate=pem.armor("CERTIFICATE", certificate.dump()).decode(), fingerprint=fingerprint(certificate),
            starts_on=date(2020, 1, 1), ends_on=date(2099, 1, 1),
        )  # fmt: skip


def plan_text(house: House, **changes: Any) -> PlanText:
    """A whole small plan that nothing is missing from."""
    due = timezone.localdate() + timedelta(days=30)
    values: dict[str, Any] = {
        "title": "Thực hiện Tháng cao điểm dân vận năm 2026",
        "symbol": f"KH-{house.organisation.symbol}",
        "drafting_unit": house.department,
        "year": due.year,
        "signer": house.director,
        "opening": "Sở ban hành kế hoạch như sau:",
        "closing": "Trong quá trình thực hiện nếu có vướng mắc, các đơn vị báo cáo để xem xét",
        "bases": ("Căn cứ Kế hoạch số 12-KH/BDVTU ngày 05/9/2023 của Ban Dân vận Tỉnh ủy về tháng cao điểm",),
        "items": (
            ItemText(ItemStyle.SECTION, "Mục đích, yêu cầu"),
            ItemText(ItemStyle.NUMBER, "Mục đích", 1),
            ItemText(ItemStyle.PARAGRAPH, "Nâng cao nhận thức của công chức về công tác dân vận.", 2),
            ItemText(ItemStyle.NUMBER, "Yêu cầu", 1),
            ItemText(ItemStyle.DASH, "Thiết thực, hiệu quả.", 2),
            ItemText(ItemStyle.SECTION, "Tổ chức thực hiện"),
            ItemText(ItemStyle.NUMBER, "Phòng Quản lý khoa học chủ trì tổ chức hội nghị quán triệt.", 1),
            ItemText(ItemStyle.NUMBER, "Văn phòng Sở theo dõi, tổng hợp.", 1),
        ),
        "tasks": (
            TaskText("Tổ chức hội nghị quán triệt", house.department, (house.other,), due, item=6),
            TaskText("Cập nhật tin, bài", house.other, rhythm=Rhythm.REGULAR),
        ),
        "recipients": (("Các phòng, đơn vị thuộc Sở", house.organisation.pk), ("Lưu: VT", None)),
    }
    return PlanText(**values | changes)


def make_plan(house: House, **changes: Any) -> Plan:
    """A draft by the office."""
    return create_draft(content=plan_text(house, **changes), by=house.office, at=timezone.now())


def bring_to(plan: Plan, state: DocumentState, house: House) -> Document:
    """Take a draft through the real steps up to `state`. Needs `give_keys` from the signature on."""
    document = plan.document
    document.refresh_from_db()
    if state == S.DISCARDED:
        return workflow.discard(document=document, by=house.office, at=timezone.now())
    if state == S.RETURNED:
        return reject(bring_to(plan, S.PROPOSED, house), house.head)
    while document.state != state and document.state in ROAD:
        if document.state == S.ISSUED and state in (S.RECALLED, S.REPLACED):
            break
        document = ROAD[S(document.state)](document, house)
    if state == S.RECALLED:
        document = workflow.recall(document=document, reason="Ban hành nhầm", by=house.director, at=timezone.now())
    if state == S.REPLACED:
        successor = bring_to(make_plan(house, title="Kế hoạch mới"), S.ISSUED, house)
        document = workflow.replace(document=document, successor=successor, by=house.director, at=timezone.now())
    plan.document = document
    return document


def reject(document: Document, by: Appointment) -> Document:
    return workflow.return_for_changes(document=document, reason="Thiếu căn cứ", by=by, at=timezone.now())


def shown(document: Document) -> str:
    """The SHA-256 of what the signer is shown."""
    presented = archive.latest(document, Rendition.Stage.PRESENTED)
    assert presented is not None
    return presented.sha256


def sign(document: Document, house: House) -> Document:
    at = timezone.now()
    key = keys.with_key(keys.officer_credential(house.director, at=at))
    return workflow.sign(document=document, shown=shown(document), way=key, by=house.director, at=at)


ROAD: dict[DocumentState, Callable[[Document, House], Document]] = {
    S.DRAFT: lambda document, house: workflow.propose(document=document, by=house.office, at=timezone.now()),
    S.RETURNED: lambda document, house: workflow.propose(document=document, by=house.office, at=timezone.now()),
    S.PROPOSED: lambda document, house: workflow.confirm(document=document, by=house.head, at=timezone.now()),
    S.SUBMITTED: lambda document, house: workflow.check(document=document, by=house.chief, at=timezone.now()),
    S.CHECKED: sign,
    S.SIGNED: lambda document, house: workflow.number(
        document=document, on=timezone.localdate(), by=house.clerk, at=timezone.now()
    ),
    S.NUMBERED: lambda document, house: workflow.issue(document=document, by=house.clerk, at=timezone.now()),
    S.ISSUED: lambda document, house: workflow.close(document=document, by=house.office, at=timezone.now()),
}
"""The step that leads on from each state."""
