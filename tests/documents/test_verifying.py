"""A PDF from anywhere against the register, and how an issued file gives way to another."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents import archive, verifying, workflow
from documents.findings import Verdict
from documents.models import Document
from documents.states import DocumentState as S
from notifications.models import Message
from tests.factories.plans import House, bring_to, make_plan, make_recipient


def test_an_issued_file_is_known_with_posts_and_levels(house: House) -> None:
    document = bring_to(make_plan(house), S.ISSUED, house)

    found, known = verifying.examine(archive.read(document.renditions.get(stage="issued")))

    assert (found.verdict, known, found.known.version) == (Verdict.GENUINE, document, "Bản ban hành")
    assert [each.post for each in found.signatures] == [house.director.post_title, house.clerk.post_title]
    assert [each.level for each in found.signatures] == ["B-B", "B-B"]


@pytest.mark.parametrize("stage", ["presented", "signed", "numbered"])
def test_an_old_revision_is_named_as_what_it_is(house: House, stage: str) -> None:
    document = bring_to(make_plan(house), S.ISSUED, house)
    kept = document.renditions.get(stage=stage)

    found, known = verifying.examine(archive.read(kept))

    assert not found.is_good
    assert known == document
    assert f"Đây là bản cũ ({kept.get_stage_display()}) của {document}" in " ".join(found.problems)


def test_what_follows_the_issued_bytes_is_not_in_the_register(house: House) -> None:
    document = bring_to(make_plan(house), S.ISSUED, house)

    found, known = verifying.examine(archive.read(document.renditions.get(stage="issued")) + b"\n% more")

    assert (found.is_good, known) == (False, None)
    assert "Tệp không có trong sổ văn bản đi của hệ thống." in found.problems


def test_a_replaced_file_is_no_longer_good(house: House) -> None:
    document = bring_to(make_plan(house), S.REPLACED, house)

    found, _known = verifying.examine(archive.read(document.renditions.get(stage="issued")))

    assert not found.is_good
    assert "không phải bản đã ban hành" in found.sentence


def test_the_director_chooses_the_successor_and_recipients_are_told(client: Client, house: House) -> None:
    reader = make_recipient()
    old = bring_to(make_plan(house, recipients=(("Ban Dân vận", reader.unit_id),)), S.ISSUED, house)
    new = bring_to(make_plan(house, title="Kế hoạch mới"), S.ISSUED, house)
    draft = make_plan(house, title="Chưa ban hành").document
    client.force_login(house.director.user)
    address = reverse("documents:replace", args=[old.pk])

    offered = re.findall(r'<option value="(\d+)"', client.get(address).content.decode())
    refused = client.post(address, {"successor": draft.pk})
    client.post(address, {"successor": new.pk})

    assert offered == [str(new.pk)]
    assert refused.status_code == 200
    old.refresh_from_db()
    assert (old.state, old.replaced_by) == (S.REPLACED, new)
    assert new.replaces == old
    told = Message.objects.get(name="documents_replaced", user=reader.user)
    assert new.code in told.body
    client.force_login(reader.user)
    assert client.get(told.url, follow=True).status_code == 200


def test_a_file_is_not_replaced_by_itself_or_a_draft(house: House) -> None:
    old = bring_to(make_plan(house), S.ISSUED, house)
    for successor in (old, make_plan(house).document):
        with pytest.raises(Exception, match="văn bản khác đã ban hành"):
            workflow.replace(document=old, successor=successor, by=house.director, at=timezone.now())
    assert Document.objects.get(pk=old.pk).state == S.ISSUED
