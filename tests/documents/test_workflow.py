"""The steps of an official file: each does one thing once, with its history, or nothing at all."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError, InternalError, connection, transaction
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader

from audit.models import Event
from documents import archive, heading, keys, revisions, signing, verification, verifying, workflow
from documents.findings import Verdict
from documents.models import Document, HouseRules, NumberSeries, Rendition, Signature
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, make_plan, shown, sign
from units.permissions import NotAllowed, Outdated

NOW = timezone.now


def names(document: Document) -> list[str]:
    return [event.name.removeprefix("documents.") for event in Event.objects.about(document)]


def test_the_whole_road_leaves_one_event_each(house: House) -> None:
    document = bring_to(make_plan(house), S.CLOSED, house)

    assert document.state == S.CLOSED
    assert document.code == "01/KH-SKHTN"
    assert document.issued_on == timezone.localdate()
    assert names(document) == [
        "drafted", "proposed", "confirmed", "checked", "signed", "numbered", "issued", "closed"
    ]  # fmt: skip
    assert [r.stage for r in document.renditions.all()] == ["presented", "signed", "numbered", "issued"]
    assert {s.purpose for s in document.signatures.all()} == {"officer", "seal"}


def test_issued_bytes_are_genuine_and_extend_what_was_shown(house: House) -> None:
    document = bring_to(make_plan(house), S.ISSUED, house)
    kept = {r.stage: archive.read(r) for r in document.renditions.all()}

    found = verification.examine(kept["issued"])

    assert found.verdict == Verdict.GENUINE
    assert found.number_line == "Số: 01/KH-SKHTN"
    assert kept["issued"].startswith(kept["numbered"])
    assert kept["signed"].startswith(kept["presented"])
    assert len(PdfFileReader(BytesIO(kept["issued"])).embedded_signatures) == 2


def test_sign_refuses_another_version(house: House) -> None:
    document = bring_to(make_plan(house), S.CHECKED, house)
    key = keys.with_key(keys.officer_credential(house.director, at=NOW()))

    with pytest.raises(Outdated):
        workflow.sign(document=document, shown="0" * 64, way=key, by=house.director, at=NOW())

    document.refresh_from_db()
    assert (document.state, document.signatures.count()) == (S.CHECKED, 0)


def test_a_failing_key_leaves_the_file_unsigned(house: House) -> None:
    document = bring_to(make_plan(house), S.CHECKED, house)
    key = keys.with_key(keys.officer_credential(house.director, at=NOW()))

    with mock.patch.object(signing, "sign_as_officer", side_effect=signing.SigningError("hỏng")):
        with pytest.raises(signing.SigningError):
            workflow.sign(document=document, shown=shown(document), way=key, by=house.director, at=NOW())

    document.refresh_from_db()
    assert (document.state, document.signed_at) == (S.CHECKED, None)


def test_second_press_is_refused_and_changes_nothing(house: House) -> None:
    document = bring_to(make_plan(house), S.SIGNED, house)

    with pytest.raises(NotAllowed):
        sign(document, house)

    assert Signature.objects.filter(document=document).count() == 1
    assert names(document).count("signed") == 1


def test_editing_a_checked_file_drops_its_checks(house: House) -> None:
    document = bring_to(make_plan(house), S.CHECKED, house)

    document = workflow.edit(document=document, what="thử", by=house.office, at=NOW())

    assert document.state == S.DRAFT
    assert (document.proposed_at, document.confirmed_at, document.checked_at) == (None, None, None)
    assert (document.issuing_body, document.signer_name, document.version) == ("", "", 2)
    assert names(document)[-2:] == ["edited", "reopened"]


def test_return_from_signed_takes_the_signature_out_of_force(house: House) -> None:
    document = bring_to(make_plan(house), S.SIGNED, house)

    document = workflow.return_for_changes(document=document, reason="Sai tên", by=house.clerk, at=NOW())

    assert (document.state, document.signed_at, document.return_reason) == (S.RETURNED, None, "Sai tên")
    assert document.renditions.filter(stage=Rendition.Stage.SIGNED).count() == 1


def test_return_needs_a_reason(house: House) -> None:
    document = bring_to(make_plan(house), S.PROPOSED, house)

    with pytest.raises(NotAllowed, match="lý do"):
        workflow.return_for_changes(document=document, reason="  ", by=house.head, at=NOW())


def test_propose_names_what_is_missing(house: House) -> None:
    plan = make_plan(house, recipients=(), signer=None)

    with pytest.raises(NotAllowed, match=r"Chưa có nơi nhận\. Chưa chọn người ký\."):
        workflow.propose(document=plan.document, by=house.office, at=NOW())


def test_seal_without_key_keeps_the_number(house: House) -> None:
    document = bring_to(make_plan(house), S.NUMBERED, house)
    house.organisation.credentials.all().delete()

    with pytest.raises(NotAllowed, match="chứng thư"):
        workflow.issue(document=document, by=house.clerk, at=NOW())

    document.refresh_from_db()
    assert (document.state, document.code) == (S.NUMBERED, "01/KH-SKHTN")


@pytest.mark.parametrize(
    ("before", "act"),
    [
        (S.DRAFT, lambda d, h: workflow.edit(document=d, what="x", by=h.office, at=NOW())),
        (S.DRAFT, lambda d, h: workflow.propose(document=d, by=h.office, at=NOW())),
        (S.DRAFT, lambda d, h: workflow.discard(document=d, by=h.office, at=NOW())),
        (S.PROPOSED, lambda d, h: workflow.confirm(document=d, by=h.head, at=NOW())),
        (S.SUBMITTED, lambda d, h: workflow.check(document=d, by=h.chief, at=NOW())),
        (S.SUBMITTED, lambda d, h: workflow.return_for_changes(document=d, reason="x", by=h.chief, at=NOW())),
        (S.CHECKED, sign),
        (S.SIGNED, lambda d, h: workflow.number(document=d, on=timezone.localdate(), by=h.clerk, at=NOW())),
        (S.NUMBERED, lambda d, h: workflow.issue(document=d, by=h.clerk, at=NOW())),
        (S.ISSUED, lambda d, h: workflow.close(document=d, by=h.office, at=NOW())),
        (S.ISSUED, lambda d, h: workflow.recall(document=d, reason="x", by=h.director, at=NOW())),
    ],
)
def test_a_failing_history_undoes_the_step(house: House, before: S, act: Any) -> None:
    document = bring_to(make_plan(house), before, house)
    stored = Document.objects.filter(pk=document.pk).values().get()
    rows = (document.renditions.count(), document.signatures.count(), Event.objects.count())

    with mock.patch("audit.log.Event.objects.create", side_effect=DatabaseError("full")):
        with pytest.raises(DatabaseError, match="full"):
            act(document, house)

    assert Document.objects.filter(pk=document.pk).values().get() == stored
    assert (document.renditions.count(), document.signatures.count(), Event.objects.count()) == rows


# --- what the database itself refuses ---------------------------------------------------------------------------------
def refused(sql: str, *values: Any) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except (DatabaseError, InternalError):
        return True
    return False


CHANGES = {
    "title": "'khác'", "number": "99", "code": "'99/X'", "symbol": "'X'", "issued_on": "'2020-01-01'",
    "signer_name": "'Kẻ khác'", "signer_position": "'X'", "issuing_body": "'X'", "parent_body": "'X'",
    "place": "'X'", "version": "9", "profile": "'nd30-14'", "kind": "'QĐ'", "state": "'draft'",
    "issued_at": "now()", "signed_at": "now()", "checked_at": "now()", "confirmed_by_id": "created_by_id",
    "return_reason": "'x'", "recall_reason": "'x'", "replaced_by_id": "id",
}  # fmt: skip


@pytest.mark.parametrize("column", CHANGES)
def test_database_refuses_to_change_an_issued_file(house: House, column: str) -> None:
    document = bring_to(make_plan(house), S.ISSUED, house)

    assert refused(f"UPDATE documents_document SET {column} = {CHANGES[column]} WHERE id = %s", document.pk)


def test_database_refuses_to_change_what_was_signed(house: House) -> None:
    document = bring_to(make_plan(house), S.SIGNED, house)
    kept = document.renditions.get(stage="signed")

    assert refused("UPDATE documents_document SET title = 'khác' WHERE id = %s", document.pk)
    assert refused("DELETE FROM documents_document WHERE id = %s", document.pk)
    assert refused("UPDATE documents_rendition SET sha256 = 'x' WHERE id = %s", kept.pk)
    assert refused("DELETE FROM documents_rendition WHERE id = %s", kept.pk)
    assert refused("UPDATE documents_signature SET signer_name = 'x'")
    assert refused("DELETE FROM documents_signature")
    assert refused("UPDATE documents_recipient SET text = 'khác'")
    assert refused("DELETE FROM documents_recipient")
    assert refused("UPDATE campaigns_planitem SET text = 'khác'")
    assert refused("DELETE FROM campaigns_planbase")
    assert refused("UPDATE campaigns_plan SET opening = 'khác'")


def test_database_refuses_a_smaller_number(house: House) -> None:
    bring_to(make_plan(house), S.NUMBERED, house)

    assert refused("UPDATE documents_numberseries SET last_number = 0")
    assert refused("UPDATE documents_numberseries SET last_date = NULL")


def test_database_refuses_to_slip_a_recipient_into_a_signed_file(house: House) -> None:
    document = bring_to(make_plan(house), S.SIGNED, house)
    line = make_plan(house, title="Kế hoạch khác").document.recipients.first()
    assert line is not None

    assert refused("UPDATE documents_recipient SET document_id = %s, position = 9 WHERE id = %s", document.pk, line.pk)


def test_kept_bytes_changed_on_the_disk_are_not_given_out(house: House) -> None:
    document = bring_to(make_plan(house), S.CHECKED, house)
    kept = document.renditions.get()
    path = archive.path_of(kept)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"x")

    with pytest.raises(ValueError, match="has been changed"):
        archive.read(kept)


def test_number_of_tomorrow_and_of_yesterday_are_refused(house: House) -> None:
    today = timezone.localdate()
    bring_to(make_plan(house), S.NUMBERED, house)
    document = bring_to(make_plan(house), S.SIGNED, house)

    for day, words in ((today + timedelta(days=1), "tương lai"), (today - timedelta(days=1), "sớm hơn")):
        with pytest.raises(NotAllowed, match=words):
            workflow.number(document=document, on=day, by=house.clerk, at=NOW())

    assert workflow.number(document=document, on=today, by=house.clerk, at=NOW()).number == 2


def test_number_of_a_day_before_the_signature_is_refused_in_an_empty_series_too(house: House) -> None:
    document = bring_to(make_plan(house), S.SIGNED, house)
    last_year = timezone.localdate().replace(year=timezone.localdate().year - 1, day=1)

    with pytest.raises(NotAllowed, match="sớm hơn ngày ký"):
        workflow.number(document=document, on=last_year, by=house.clerk, at=NOW())

    assert not NumberSeries.objects.exists()


# --- layout -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("layout", "size", "key"), [("state", 13, "nd30-13"), ("state", 14, "nd30-14"), ("party", 14, "hd05")]
)
def test_layout_follows_the_house_rules_until_it_is_presented(house: House, layout: str, size: int, key: str) -> None:
    rules = HouseRules.objects.create(organisation=house.organisation, layout=layout, type_size=size, seal_mm=40)
    plan = make_plan(house)
    assert heading.profile_of(plan.document).key == key
    document = bring_to(plan, S.CHECKED, house)
    HouseRules.objects.filter(pk=rules.pk).update(layout="state", type_size=13)
    document = Document.objects.get(pk=document.pk)
    assert (document.profile, heading.profile_of(document).key, heading.profile_of(document).seal_mm) == (key, key, 40)


def test_party_body_numbers_with_a_dash_and_without_a_colon(house: House) -> None:
    HouseRules.objects.create(organisation=house.organisation, layout="party")
    plan = make_plan(house)
    Document.objects.filter(pk=plan.document_id).update(symbol="KH/ĐU")
    done = bring_to(plan, S.ISSUED, house)
    data = archive.read(archive.latest(done))
    field = revisions.fields(PdfFileReader(BytesIO(data)))[revisions.NUMBER_FIELD]
    assert done.code == "01-KH/ĐU"
    assert str(field["/V"]) == "Số 01-KH/ĐU"
    assert verifying.examine(data)[0].is_good
