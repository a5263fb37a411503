"""Councils of an organisation: head of the page, symbol, numbers and signature of their own, and its seal."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pdfplumber
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns import checks
from campaigns.models import Plan
from campaigns.workflow import copies, plans
from documents import archive, corrections, heading, keys, numbering, permissions, verification, workflow
from documents.models import Credential, Document, HouseRules, NumberEntry, NumberSeries, Rendition
from documents.numbering import PaperFile, UsedNumber
from documents.permissions import signers
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, make_house, make_plan, shown
from tests.factories.units import AppointmentFactory, UnitFactory
from units.models import Appointment, Unit, UnitKind
from units.permissions import NotAllowed
from units.roles import Role

NOW = timezone.now
NAME = "Ban Chỉ đạo phong trào thi đua “Dân vận khéo”"


def make_council(house: House, name: str = NAME, symbol: str = "BCĐ", **more: Any) -> Unit:
    return UnitFactory(kind=UnitKind.COUNCIL, parent=house.organisation, name=name, symbol=symbol, **more)


@pytest.fixture
def council(house: House) -> Unit:
    return make_council(house)


@pytest.fixture
def head(house: House, council: Unit) -> Appointment:
    """The director leads the council too, in a post of its own."""
    return AppointmentFactory(user=house.director.user, unit=council, role=Role.COUNCIL, title="Trưởng ban")


def council_plan(house: House, council: Unit, head: Appointment, **changes: Any) -> Plan:
    return make_plan(house, council=council, signer=head, symbol=f"KH-{council.symbol}", **changes)


def signed(plan: Plan, house: House, head: Appointment) -> Document:
    document = bring_to(plan, S.CHECKED, house)
    key = keys.with_key(keys.officer_credential(head, at=NOW()))
    return workflow.sign(document=document, shown=shown(document), way=key, by=head, at=NOW())


def issued(plan: Plan, house: House, head: Appointment) -> Document:
    document = signed(plan, house, head)
    document = workflow.number(document=document, on=timezone.localdate(), by=house.clerk, at=NOW())
    return workflow.issue(document=document, by=house.clerk, at=NOW())


# --- what is printed --------------------------------------------------------------------------------------------------
def test_the_page_has_the_council_s_head_number_and_signature(house: House, council: Unit, head: Appointment) -> None:
    document = issued(council_plan(house, council, head), house, head)

    kept = archive.latest(document, Rendition.Stage.ISSUED)
    assert kept is not None
    data = archive.read(kept)
    with pdfplumber.open(BytesIO(data)) as pdf:
        words = " ".join(" ".join((page.extract_text() or "").replace("\u00a0", " ").split()) for page in pdf.pages)
    assert "SỞ KHOA HỌC THỬ NGHIỆM" in words
    assert "BAN CHỈ ĐẠO" in words
    assert verification.examine(data).number_line == "Số: 01/KH-BCĐ"
    assert "TM. BAN CHỈ ĐẠO" in words
    assert "TRƯỞNG BAN" in words
    assert "UBND TỈNH THỬ NGHIỆM" not in words
    assert (document.parent_body, document.issuing_body, document.code) == (
        "Sở Khoa học Thử nghiệm", NAME, "01/KH-BCĐ"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "title", "authority", "stands_for", "shown_as"),
    [
        (NAME, "Trưởng ban", "", "", ("TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN")),
        ("Hội đồng Khoa học", "Chủ tịch", "TM.", "", ("TM. HỘI ĐỒNG", "CHỦ TỊCH")),
        ("Tổ công tác chuyển đổi số", "Tổ trưởng", "", "", ("TM. TỔ CÔNG TÁC", "TỔ TRƯỞNG")),
        (NAME, "Phó Trưởng ban", "KT.", "Trưởng ban", ("TM. BAN CHỈ ĐẠO\nKT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")),
        ("Nhóm chuyên gia", "Trưởng nhóm", "", "", ("TM. NHÓM CHUYÊN GIA", "TRƯỞNG NHÓM")),
    ],
)
def test_who_signs_for_a_council_signs_tm(
    house: House, name: str, title: str, authority: str, stands_for: str, shown_as: tuple[str, str]
) -> None:
    post = AppointmentFactory(
        unit=make_council(house, name), role=Role.COUNCIL, title=title, authority=authority, stands_for=stands_for
    )

    assert heading.authority_lines(post) == shown_as


def test_a_short_name_is_what_stands_after_tm(house: House) -> None:
    council = make_council(house, short_name="Ban Chỉ đạo 35")
    post = AppointmentFactory(unit=council, role=Role.COUNCIL, title="Trưởng ban")

    assert heading.authority_lines(post)[0] == "TM. BAN CHỈ ĐẠO 35"


def test_two_lines_of_a_deputy_stay_two_in_what_was_presented(house: House, council: Unit) -> None:
    deputy = AppointmentFactory(
        user=house.deputy.user, unit=council, role=Role.COUNCIL, title="Phó Trưởng ban", authority="KT.",
        stands_for="Trưởng ban",
    )  # fmt: skip
    document = bring_to(council_plan(house, council, deputy), S.CHECKED, house)

    assert heading.signer_of(document).authority == ("TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN")


# --- numbers ----------------------------------------------------------------------------------------------------------
def test_the_council_s_numbers_run_by_themselves(house: House, council: Unit, head: Appointment) -> None:
    first = bring_to(make_plan(house), S.NUMBERED, house)
    of_council = issued(council_plan(house, council, head), house, head)
    second = bring_to(make_plan(house), S.NUMBERED, house)
    other = make_council(house, "Hội đồng Khoa học", "HĐKH")
    chair = AppointmentFactory(user=house.director.user, unit=other, role=Role.COUNCIL, title="Chủ tịch")
    of_other = issued(council_plan(house, other, chair), house, chair)

    codes = [each.code for each in (first, of_council, second, of_other)]
    assert codes == ["01/KH-SKHTN", "01/KH-BCĐ", "02/KH-SKHTN", "01/KH-HĐKH"]
    assert NumberSeries.objects.count() == 3


def test_one_series_for_all_kinds_still_keeps_the_council_s_apart(
    house: House, council: Unit, head: Appointment
) -> None:
    HouseRules.objects.create(organisation=house.organisation, numbering="one_series")
    bring_to(make_plan(house), S.NUMBERED, house)

    assert issued(council_plan(house, council, head), house, head).number == 1


def test_paper_numbers_and_numbers_used_before_go_to_the_council_s_run(house: House, council: Unit) -> None:
    today = timezone.localdate()
    numbering.continue_after(
        organisation=house.organisation, council=council, kind="KH", symbol="KH-BCĐ", last=4, on=today,
        used=[UsedNumber(4, today)], by=house.clerk, at=NOW(),
    )  # fmt: skip
    paper = PaperFile("KH", "KH-BCĐ", "Văn bản giấy")
    of_council = numbering.reserve(
        organisation=house.organisation, council=council, paper=paper, on=today, by=house.clerk, at=NOW()
    )
    own = numbering.reserve(
        organisation=house.organisation, paper=PaperFile("KH", "KH-SKHTN", "Giấy"), on=today, by=house.clerk, at=NOW()
    )

    assert [entry.code for entry in (*of_council, *own)] == ["05/KH-BCĐ", "01/KH-SKHTN"]


def test_the_database_keeps_runs_apart_and_the_issuer_of_a_signed_file(
    house: House, council: Unit, head: Appointment
) -> None:
    document = signed(council_plan(house, council, head), house, head)
    for change in (
        lambda: Document.objects.filter(pk=document.pk).update(council=None),
        lambda: NumberSeries.objects.bulk_create(
            NumberSeries(organisation=house.organisation, council=council, kind="KH", year=2026) for _twice in range(2)
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_the_register_has_both_and_shows_one_council_s(
    client: Client, house: House, council: Unit, head: Appointment
) -> None:
    bring_to(make_plan(house), S.NUMBERED, house)
    issued(council_plan(house, council, head), house, head)
    client.force_login(house.clerk.user)
    address = reverse("documents:register")

    assert [line.code for line in client.get(address).context["lines"]] == ["01/KH-SKHTN", "01/KH-BCĐ"]
    found = client.get(address, {"nhan-danh": str(council.pk)}).context["lines"]
    assert [line.code for line in found] == ["01/KH-BCĐ"]


def test_the_clerk_reserves_in_the_council_s_run_on_the_page(client: Client, house: House, council: Unit) -> None:
    client.force_login(house.clerk.user)
    foreign = make_council(make_house("Sở Xa lạ", "SXL"), "Hội đồng lạ", "HĐL")
    data = {
        "kind": "KH", "symbol": "KH-BCĐ", "on": f"{timezone.localdate():%d/%m/%Y}", "count": "1", "reason": "Giấy",
    }  # fmt: skip

    refused = client.post(reverse("documents:reserve"), data | {"council": str(foreign.pk)})
    client.post(reverse("documents:reserve"), data | {"council": str(council.pk)})

    assert list(refused.context["form"].errors) == ["council"]
    assert NumberEntry.objects.get().series.council == council


# --- who may ----------------------------------------------------------------------------------------------------------
def test_only_who_leads_the_council_signs_its_files(house: House, council: Unit, head: Appointment) -> None:
    AppointmentFactory(unit=make_council(house, "Hội đồng Khoa học", "HĐKH"), role=Role.COUNCIL, title="Chủ tịch")
    AppointmentFactory(unit=council, role=Role.OFFICER, title="Thành viên")

    assert list(signers(house.organisation, "KH", on=timezone.localdate(), council=council)) == [head]
    assert head not in signers(house.organisation, "KH", on=timezone.localdate())


@pytest.mark.parametrize("is_of_council", [True, False])
def test_a_signer_of_another_issuer_is_refused(
    house: House, council: Unit, head: Appointment, is_of_council: bool
) -> None:
    issuer, signer = (council, house.director) if is_of_council else (None, head)
    plan = make_plan(house, council=issuer, signer=signer)

    assert "signer_other_body" in {each.code for each in checks.problems(plan.document) if each.blocking}
    with pytest.raises(NotAllowed, match="không ký nhân danh"):
        permissions.check_signs_for_issuer(plan.document)


def test_who_leads_a_council_only_signs(house: House, council: Unit, head: Appointment) -> None:
    document = bring_to(make_plan(house), S.ISSUED, house)

    with pytest.raises(NotAllowed):
        workflow.recall(document=document, reason="x", by=head, at=NOW())
    presented = bring_to(make_plan(house), S.CHECKED, house)
    key = keys.with_key(keys.officer_credential(head, at=NOW()))
    with pytest.raises(NotAllowed, match="trình người khác"):
        workflow.sign(document=presented, shown=shown(presented), way=key, by=head, at=NOW())


def test_a_council_is_no_unit_that_works(house: House, council: Unit) -> None:
    assert council not in Unit.objects.inside(house.organisation)
    assert list(Unit.objects.councils(house.organisation)) == [council]


# --- plans ------------------------------------------------------------------------------------------------------------
def entered(house: House, council: Unit | None, signer: Appointment | None, **changes: str) -> dict[str, str]:
    return {
        "title": "Kế hoạch", "drafting_unit": str(house.department.pk), "symbol": "KH-SKHTN", "year": "2026",
        "council": str(council.pk) if council else "", "signer": str(signer.pk) if signer else "",
        "extension_decider": "office",
    } | changes  # fmt: skip


def test_a_plan_is_made_in_the_council_s_name(client: Client, house: House, council: Unit, head: Appointment) -> None:
    client.force_login(house.office.user)

    client.post(reverse("plans:new"), entered(house, council, head))

    document = Document.objects.get()
    assert (document.council, document.signer, document.symbol) == (council, head, "KH-BCĐ")
    page = client.get(reverse("plans:detail", args=[document.plan.pk])).content.decode()
    assert "BAN CHỈ ĐẠO PHONG TRÀO" in page
    assert "TM. BAN CHỈ ĐẠO" in page


def test_the_usual_symbol_follows_and_a_typed_one_stays(
    client: Client, house: House, council: Unit, head: Appointment
) -> None:
    plan = council_plan(house, council, head)
    client.force_login(house.office.user)
    address = reverse("plans:part", args=[plan.pk, "head"])

    client.post(address, entered(house, None, house.director, symbol="KH-BCĐ", version=str(plan.document.version)))
    plan.document.refresh_from_db()
    assert (plan.document.council, plan.document.symbol) == (None, "KH-SKHTN")
    client.post(
        address, entered(house, council, head, symbol="KH-BCĐ389", version=str(plan.document.version))
    )
    plan.document.refresh_from_db()
    assert (plan.document.council, plan.document.symbol) == (council, "KH-BCĐ389")


@pytest.mark.parametrize("wrong", ["director for council", "council for house", "foreign council"])
def test_a_wrong_pair_is_named_and_nothing_made(
    client: Client, house: House, council: Unit, head: Appointment, wrong: str
) -> None:
    foreign = make_council(make_house("Sở Xa lạ", "SXL"), "Hội đồng lạ", "HĐL")
    data, field = {
        "director for council": (entered(house, council, house.director), "signer"),
        "council for house": (entered(house, None, head), "signer"),
        "foreign council": (entered(house, foreign, house.director), "council"),
    }[wrong]
    client.force_login(house.office.user)

    answer = client.post(reverse("plans:new"), data)

    assert (answer.status_code, field in answer.context["form"].errors) == (422, True)
    assert not Document.objects.exists()


def test_a_version_keeps_the_council(house: House, council: Unit, head: Appointment) -> None:
    plan = council_plan(house, council, head)
    later = NOW() + timedelta(hours=1)
    plans.edit_passages(plan=plan, opening="Khác", closing="", by=house.chief, at=later)
    plans.edit_head(
        plan=plan, title="Khác", symbol="KH-X", drafting_unit=house.department, signer=house.director, campaign=None,
        year=2026, prints_tasks=True, by=house.chief, at=later,
    )  # fmt: skip
    plans.restore(version=plan.versions.get(number=1), by=house.chief, at=later)

    assert Document.objects.get(pk=plan.document_id).council == council


def test_a_copy_looks_for_its_signer_in_the_council(house: House, council: Unit, head: Appointment) -> None:
    document = issued(council_plan(house, council, head), house, head)
    source = Plan.objects.get(document=document)

    proposal = copies.propose(source=source, year=source.year + 1, today=timezone.localdate())

    assert proposal.plan.document.council == council
    assert head in proposal.facts.signers


def test_a_correction_is_issued_by_the_council_too(house: House, council: Unit, head: Appointment) -> None:
    document = issued(council_plan(house, council, head), house, head)

    letter = corrections.draft(corrects=document, by=house.office, at=NOW()).document

    assert (letter.council, letter.signer, letter.symbol) == (council, head, "BCĐ-VP")


def test_the_administrator_makes_a_council_and_appoints_its_head(client: Client, house: House) -> None:
    client.force_login(house.admin.user)
    client.post(reverse("units:unit_create"), {
        "parent": str(house.organisation.pk), "kind": "council", "name": NAME, "symbol": "BCĐ", "position": "0",
        "starts_on": "01/01/2026",
    })  # fmt: skip
    council = Unit.objects.councils(house.organisation).get()
    client.post(reverse("units:appoint", args=[house.director.user_id]), {
        "unit": str(council.pk), "role": "council", "title": "Trưởng ban", "starts_on": "01/01/2026",
    })  # fmt: skip

    post = Appointment.objects.get(unit=council)
    assert (post.user, post.role) == (house.director.user, Role.COUNCIL)
    assert heading.symbol(house.organisation, "KH", date(2026, 2, 1), council) == "KH-BCĐ"
    assert Credential.objects.filter(user=post.user).exists()
