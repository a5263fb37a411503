"""Appendices as separate files: put to a draft, shown, signed with the issue, sent, verified."""

from io import BytesIO
from typing import Any
from unittest import mock

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents import addresses, archive, attachments, pdf, verification, verifying, workflow
from documents.findings import Verdict
from documents.models import Attachment, Document, OutsideLink, Rendition
from documents.revisions import ATTACHMENT_FIELD
from documents.signing import SigningError
from documents.states import DocumentState as S
from tests.documents import compositions as c
from tests.documents.signatures import steps
from tests.factories.plans import House, bring_to, make_plan, make_recipient
from units.permissions import NotAllowed

APPENDIX = pdf.render(c.letter()).bytes


def url(name: str, document: Document, *more: int) -> str:
    return reverse(f"documents:{name}", args=[document.pk, *more])


def attach(house: House, document: Document, name: str = "Phụ lục 1.pdf", data: bytes = APPENDIX) -> Attachment:
    return attachments.attach(document=document, name=name, data=data, by=house.office, at=timezone.now())


def issued_with_one(house: House, **changes: Any) -> Document:
    plan = make_plan(house, **changes)
    attach(house, plan.document)
    return bring_to(plan, S.ISSUED, house)


def test_a_file_put_to_a_presented_plan_takes_it_back_to_draft(house: House) -> None:
    document = bring_to(make_plan(house), S.CHECKED, house)

    added = attach(house, document, r"C:\tài liệu\Danh sách.PDF")

    document.refresh_from_db()
    assert (document.state, added.name, added.pages, added.signed_at) == (S.DRAFT, "Danh sách.pdf", 1, None)


def locked() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"", "không phải là PDF"),
        (lambda: b"MZ\x90 not a pdf", "không phải là PDF"),
        (lambda: APPENDIX[:900], "không phải là PDF"),
        (locked, "mật khẩu"),
        (lambda: steps().sealed, "đã có chữ ký số"),
    ],
)
def test_what_cannot_be_signed_later_is_refused_at_once(house: House, make: Any, words: str) -> None:
    document = make_plan(house).document

    with pytest.raises(NotAllowed, match=words):
        attach(house, document, data=make())
    assert not Attachment.objects.exists()


def test_the_same_file_twice_and_too_many_are_refused(house: House) -> None:
    document = make_plan(house).document
    attach(house, document)

    with pytest.raises(NotAllowed, match="đã có trong danh sách"):
        attach(house, document, "khác.pdf")
    with mock.patch.object(attachments, "MOST", 1), pytest.raises(NotAllowed, match="nhiều nhất 1 tệp"):
        attach(house, document, data=pdf.render(c.plan()).bytes)


@pytest.mark.parametrize("role", ["director", "clerk", "officer"])
def test_others_change_nothing(house: House, role: str) -> None:
    document = make_plan(house).document
    with pytest.raises(NotAllowed):
        attachments.attach(document=document, name="a.pdf", data=APPENDIX, by=house.posts[role], at=timezone.now())


def test_the_issue_signs_every_file_in_words(house: House) -> None:
    document = issued_with_one(house)
    kept = document.attachments.get()
    signed = archive.read(attachments.shown(kept))

    assert signed.startswith(APPENDIX)
    assert [each.field for each in verification.examine(signed).signatures] == [ATTACHMENT_FIELD]
    found, known = verifying.examine(signed)
    assert (found.verdict, known, found.problems) == (Verdict.GENUINE, document, ())
    assert found.known is not None
    assert kept.name in found.known.version


def test_a_changed_attachment_is_named(house: House) -> None:
    document = issued_with_one(house)
    signed = bytearray(archive.read(attachments.shown(document.attachments.get())))
    signed[signed.index(b"stream") + 60] ^= 1

    found, known = verifying.examine(bytes(signed))

    assert (found.is_good, known, "không khớp với chữ ký" in found.sentence) == (False, None, True)


def test_without_the_signatures_nothing_is_issued(house: House) -> None:
    plan = make_plan(house)
    attach(house, plan.document)
    bring_to(plan, S.NUMBERED, house)

    with mock.patch("documents.signing.sign_attachment", side_effect=SigningError("hỏng")), pytest.raises(SigningError):
        bring_to(plan, S.ISSUED, house)

    document = Document.objects.get(pk=plan.document.pk)
    assert (document.state, document.attachments.get().signed_at) == (S.NUMBERED, None)
    assert not document.renditions.filter(stage=Rendition.Stage.ISSUED).exists()


def test_the_database_refuses_later_changes(house: House) -> None:
    document = issued_with_one(house)
    kept = Attachment.objects.filter(document=document)

    for change in (lambda: kept.update(name="khác.pdf"), kept.delete, lambda: attach_row(document)):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def attach_row(document: Document) -> None:
    one = document.attachments.get()
    one.pk = None
    one.sha256 = "0" * 64
    one.save(force_insert=True)


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_whatever_its_length(
    client: Client, house: House, count: int, django_assert_num_queries: Any
) -> None:
    document = make_plan(house).document
    for number in range(count):
        attach(house, document, data=APPENDIX + b"\n" * number)
    client.force_login(house.office.user)

    with django_assert_num_queries(6):
        answer = client.get(url("attachments", document))

    assert len(answer.context["attachments"]) == count


def test_added_and_removed_on_the_page(client: Client, house: House) -> None:
    document = make_plan(house).document
    client.force_login(house.office.user)
    address = url("attachments", document)

    client.post(address, {"file": SimpleUploadedFile("Danh sách.pdf", APPENDIX)})
    refused = client.post(address, {"file": SimpleUploadedFile("b.pdf", b"x")})
    kept = document.attachments.get()
    page = client.get(address).content.decode()
    client.post(url("attachment_remove", document, kept.pk))

    assert (refused.status_code, kept.name in page, document.attachments.count()) == (422, True, 0)


def test_who_receives_gets_the_signed_file_after_the_issue(client: Client, house: House) -> None:
    reader = make_recipient()
    plan = make_plan(house, recipients=(("Ban Dân vận", reader.unit_id),))
    attach(house, plan.document)
    bring_to(plan, S.CHECKED, house)
    kept = plan.document.attachments.get()
    client.force_login(house.director.user)
    sign = client.get(url("sign", plan.document)).content.decode()
    client.force_login(reader.user)
    before = client.get(url("attachment_file", plan.document, kept.pk)).status_code
    document = bring_to(plan, S.ISSUED, house)

    page = client.get(reverse("documents:received_detail", args=[document.pk])).content.decode()
    after = client.get(url("attachment_file", document, kept.pk))

    assert (kept.name in sign, before, kept.name in page) == (True, 404, True)
    assert archive.sha256(after.content) == document.attachments.get().signed_sha256


def test_a_recipient_outside_gets_the_signed_file_by_the_link_until_the_recall(client: Client, house: House) -> None:
    line = "Báo Sông Mai"
    addresses.keep(
        organisation=house.organisation, name=line, email="toasoan@bao.example", kind="state", by=house.clerk,
        at=timezone.now(),
    )  # fmt: skip
    document = issued_with_one(house, recipients=((line, None),))
    link = OutsideLink.objects.select_related("recipient__document__organisation").get()
    kept = document.attachments.get()
    address = reverse("documents:outside_attachment", args=[link.secret, kept.pk])

    page = client.get(reverse("documents:outside", args=[link.secret])).content.decode()
    answer = client.get(address)
    missing = client.get(reverse("documents:outside_attachment", args=[link.secret, kept.pk + 1]))
    workflow.recall(document=document, reason="Ban hành nhầm", by=house.director, at=timezone.now())

    assert (address in page, archive.sha256(answer.content)) == (True, kept.signed_sha256)
    assert answer["Cache-Control"] == "private, no-store"
    assert missing.status_code == 404
    assert client.get(address)["Location"] == reverse("documents:outside", args=[link.secret])
