"""Separate attachments of a document whose seal is made outside the portal: one after another, the document last."""

from typing import Any
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from documents import archive, attachments, events, exchange, keys, pdf, verification, verifying, workflow
from documents.findings import Verdict
from documents.models import Attachment, Credential, Document, Purpose, SigningSession, WayOfSigning
from documents.signing_keys import Pkcs12Key, SigningError
from documents.states import DocumentState as S
from documents.ways import SentBack
from tests.documents import compositions as c
from tests.documents.signatures import signed_elsewhere
from tests.factories.plans import House, bring_to, make_plan
from units.permissions import NotAllowed, Outdated

NOW = timezone.now
LETTER, PLAN = pdf.render(c.letter()).bytes, pdf.render(c.plan()).bytes


def in_hand(name: str) -> Pkcs12Key:
    return Pkcs12Key.load(keys.path_of(name), f"{name}-test")


def numbered_with_two(house: House, way: WayOfSigning = WayOfSigning.ELSEWHERE) -> Document:
    plan = make_plan(house)
    for name, data in (("Biểu 1.pdf", LETTER), ("Biểu 2.pdf", PLAN)):
        attachments.attach(document=plan.document, name=name, data=data, by=house.office, at=NOW())
    document = bring_to(plan, S.NUMBERED, house)
    Credential.objects.filter(unit=house.organisation).update(way=way, key_name="")
    return document


def taken_out(house: House, document: Document) -> bytes:
    shown = exchange.waiting(document, Purpose.SEAL).sha256
    opened = exchange.open_session(document=document, purpose=Purpose.SEAL, shown=shown, by=house.clerk, at=NOW())
    return exchange.fetch(secret=opened.fetch, at=NOW())


def sealed(data: bytes, name: str = "co-quan") -> bytes:
    return signed_elsewhere(data, in_hand(name))


def brought(house: House, document: Document, returned: bytes) -> Document:
    return exchange.deliver_by_hand(
        document=document, purpose=Purpose.SEAL, returned=returned, by=house.clerk, at=NOW()
    )


def test_each_file_goes_out_and_the_document_is_issued_last(house: House) -> None:
    document = numbered_with_two(house)
    seen = []
    for _turn in range(3):
        waiting = exchange.waiting(document, Purpose.SEAL)
        seen.append((waiting.attachment.name if waiting.attachment else "văn bản", document.state))
        document = brought(house, document, sealed(taken_out(house, document)))

    assert seen == [("Biểu 1.pdf", S.NUMBERED), ("Biểu 2.pdf", S.NUMBERED), ("văn bản", S.NUMBERED)]
    assert document.state == S.ISSUED
    for each, original in zip(document.attachments.all(), (LETTER, PLAN), strict=True):
        data = archive.read(attachments.shown(each))
        found, known = verifying.examine(data)
        assert (data.startswith(original), found.verdict, known) == (True, Verdict.GENUINE, document)
    told = Event.objects.about(document).filter(name=events.ATTACHMENT_SEALED)
    assert [each.data["name"] for each in told] == ["Biểu 1.pdf", "Biểu 2.pdf"]


def test_the_file_that_goes_out_is_the_same_each_time(house: House) -> None:
    document = numbered_with_two(house)

    assert taken_out(house, document) == taken_out(house, document)
    assert verification.examine(taken_out(house, document)).verdict is Verdict.UNSIGNED


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda data: data, "chưa được ký"),
        (lambda data: sealed(data, "giam-doc"), "giam-doc"),
        (lambda data: LETTER, "không phải là tệp đã tải về"),
        (lambda data: sealed(data) + b"\n% more", "ghi thêm"),
        (lambda data: b"", "không phải là tệp đã tải về"),
    ],
)
def test_anything_else_is_refused_and_the_file_waits(house: House, make: Any, words: str) -> None:
    document = numbered_with_two(house)
    data = taken_out(house, document)

    with pytest.raises(SigningError, match=words):
        brought(house, document, make(data))

    document.refresh_from_db()
    assert (document.state, document.attachments.filter(signed_at=None).count()) == (S.NUMBERED, 2)
    assert Event.objects.about(document).filter(name=events.SIGNATURE_REFUSED).count() == 1


def test_the_document_is_not_issued_before_its_attachments(house: House) -> None:
    document = numbered_with_two(house)
    kept = archive.latest(document, "numbered")
    assert kept is not None
    with pytest.raises(Outdated):
        exchange.open_session(document=document, purpose=Purpose.SEAL, shown=kept.sha256, by=house.clerk, at=NOW())

    credential = Credential.objects.get(unit=house.organisation)
    way = SentBack(sealed(archive.read(kept)), keys.certificate_of(credential), NOW(), WayOfSigning.ELSEWHERE)
    with pytest.raises(SigningError, match="Còn tệp kèm theo chưa ký"):
        workflow.issue(document=document, way=way, by=house.clerk, at=NOW())

    document.refresh_from_db()
    assert document.state == S.NUMBERED


def test_nobody_seals_an_attachment_twice_or_without_the_right(house: House) -> None:
    document = numbered_with_two(house)
    first = exchange.waiting(document, Purpose.SEAL).attachment
    assert first is not None
    data = sealed(taken_out(house, document))
    way = SentBack(
        data, keys.certificate_of(Credential.objects.get(unit=house.organisation)), NOW(), WayOfSigning.AGENT
    )

    with pytest.raises(NotAllowed):
        attachments.seal(attachment=first, way=way, by=house.office, at=NOW())
    attachments.seal(attachment=first, way=way, by=house.clerk, at=NOW())
    with pytest.raises(NotAllowed, match="đã có chữ ký"):
        attachments.seal(attachment=first, way=way, by=house.clerk, at=NOW())


def test_a_failing_history_undoes_the_signature(house: House) -> None:
    document = numbered_with_two(house)
    data = sealed(taken_out(house, document))

    with mock.patch.object(attachments.log, "record", side_effect=RuntimeError), pytest.raises(RuntimeError):
        brought(house, document, data)

    assert not Attachment.objects.exclude(signed_at=None).exists()


def test_what_was_sealed_outside_stays_when_the_portal_holds_the_key_again(house: House) -> None:
    document = numbered_with_two(house)
    brought(house, document, sealed(taken_out(house, document)))
    first = document.attachments.get(name="Biểu 1.pdf")
    Credential.objects.filter(unit=house.organisation).update(way=WayOfSigning.FILE, key_name="co-quan")

    document = workflow.issue(document=document, by=house.clerk, at=NOW())

    assert document.attachments.get(pk=first.pk).signed_sha256 == first.signed_sha256
    assert not document.attachments.filter(signed_at=None).exists()


# --- the page ---------------------------------------------------------------------------------------------------------
def test_the_page_leads_from_file_to_file(client: Client, house: House) -> None:
    document = numbered_with_two(house)
    client.force_login(house.clerk.user)
    page = reverse("documents:seal", args=[document.pk])
    out = reverse("documents:take_out", args=[document.pk, "seal"])
    names = []
    for _turn in range(3):
        answer = client.get(page)
        names.append(answer.context["attachment"].name if answer.context["attachment"] else "")
        data = client.post(out, {"shown": answer.context["outside"]["shown"]}).content
        refused = client.post(page, {"file": SimpleUploadedFile("k.pdf", data)})
        taken = client.post(page, {"file": SimpleUploadedFile("k.pdf", sealed(data))})
        assert (refused.status_code, "chưa được ký" in refused.content.decode()) == (422, True)

    document.refresh_from_db()
    assert (names, document.state) == (["Biểu 1.pdf", "Biểu 2.pdf", ""], S.ISSUED)
    assert taken.headers["Location"] == document.definition.url(document)


def test_the_agent_is_called_for_each_file(client: Client, house: House) -> None:
    document = numbered_with_two(house, WayOfSigning.AGENT)
    client.force_login(house.clerk.user)
    page = reverse("documents:seal", args=[document.pk])
    nexts = []
    for _turn in range(3):
        shown = client.get(page).context["outside"]["shown"]
        told = client.post(reverse("documents:agent_session", args=[document.pk, "seal"]), {"shown": shown}).json()
        agent = Client()
        data = agent.get(told["message"]["FileName"]).content
        file = SimpleUploadedFile("signed.pdf", sealed(data), "application/pdf")
        assert agent.post(told["message"]["FileUploadHandler"], {"uploadfile": file}).json()["Status"] is True
        nexts.append(told["next"])

    document.refresh_from_db()
    assert (nexts, document.state) == ([page, page, document.definition.url(document)], S.ISSUED)
    assert list(SigningSession.objects.values_list("attachment__name", flat=True).order_by("id")) == [
        "Biểu 1.pdf", "Biểu 2.pdf", None,
    ]  # fmt: skip
