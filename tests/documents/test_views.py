"""Pages of the life of an official file: steps, signing, number, bytes, registers, verification."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from campaigns.forms.plans import HeadForm
from documents import archive, jobs, views
from documents.models import Document, Recipient
from documents.states import DocumentMove as M
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, make_house, make_plan, make_recipient, plan_text, shown
from tests.factories.units import PASSWORD, AppointmentFactory
from units.models import Appointment


def as_(client: Client, post: Appointment) -> Client:
    client.force_login(post.user)
    return client


def step(document: Document, move: M) -> str:
    return reverse("documents:step", args=[document.pk, move.value])


def url(name: str, document: Document) -> str:
    return reverse(f"documents:{name}", args=[document.pk])


def state(document: Document) -> str:
    return Document.objects.get(pk=document.pk).state


ROAD = [
    (S.DRAFT, M.PROPOSE, "office", S.PROPOSED),
    (S.PROPOSED, M.CONFIRM, "head", S.SUBMITTED),
    (S.SUBMITTED, M.CHECK, "chief", S.CHECKED),
    (S.NUMBERED, M.ISSUE, "clerk", S.ISSUED),
    (S.ISSUED, M.CLOSE, "office", S.CLOSED),
]


@pytest.mark.parametrize(("before", "move", "role", "after"), ROAD)
def test_a_press_makes_the_step_and_a_second_says_so(
    client: Client, house: House, before: S, move: M, role: str, after: S
) -> None:
    document = bring_to(make_plan(house), before, house)
    as_(client, house.posts[role])

    client.post(step(document, move))
    events = Event.objects.count()
    again = client.post(step(document, move), follow=True)

    assert state(document) == after
    assert Event.objects.count() == events
    assert [message.level_tag for message in again.context["messages"]] == ["success", "info"]


@pytest.mark.parametrize(("before", "move", "role", "after"), ROAD)
def test_a_wrong_post_changes_nothing(client: Client, house: House, before: S, move: M, role: str, after: S) -> None:
    document = bring_to(make_plan(house), before, house)

    answer = as_(client, house.officer).post(step(document, move), follow=True)

    assert state(document) == before
    assert "không có quyền" in answer.content.decode()


def test_steps_of_a_foreign_file_are_not_there(client: Client, house: House) -> None:
    document = bring_to(make_plan(house), S.ISSUED, house)
    as_(client, make_house("Sở Khác", "SK").chief)

    for name in ("sign", "number", "pdf", "signed", "detail"):
        assert client.get(url(name, document)).status_code == 404
    assert client.post(step(document, M.RECALL), {"reason": "x"}).status_code == 404
    assert client.get(step(document, M.EDIT)).status_code == 404


def test_return_asks_for_a_reason_and_keeps_it(client: Client, house: House) -> None:
    document = bring_to(make_plan(house), S.PROPOSED, house)
    as_(client, house.head)

    assert "Lý do" in client.get(step(document, M.RETURN)).content.decode()
    client.post(step(document, M.RETURN), {"reason": ""})
    assert state(document) == S.PROPOSED
    client.post(step(document, M.RETURN), {"reason": "Thiếu căn cứ"})
    page = as_(client, house.office).get(reverse("plans:detail", args=[document.plan.pk])).content.decode()
    assert (state(document), "Thiếu căn cứ" in page) == (S.RETURNED, True)


def test_a_refused_return_keeps_the_typed_reason(client: Client, house: House) -> None:
    document = bring_to(make_plan(house), S.SUBMITTED, house)

    answer = as_(client, house.head).post(step(document, M.RETURN), {"reason": "Chữ tôi gõ"})

    assert "Chữ tôi gõ" in answer.content.decode()
    assert state(document) == S.SUBMITTED


# --- signing ----------------------------------------------------------------------------------------------------------
def test_director_signs_what_is_shown(client: Client, house: House) -> None:
    document = bring_to(make_plan(house), S.CHECKED, house)
    waiting = bring_to(make_plan(house, title="Văn bản sau"), S.CHECKED, house)
    as_(client, house.director)
    page = client.get(url("sign", document))
    digest = page.context["presented"].sha256
    frame = client.get(reverse("documents:rendition", args=[document.pk, digest]))

    answer = client.post(url("sign", document), {"shown": page.context["presented"].sha256, "password": PASSWORD})

    assert digest in page.context["pdf_url"]
    assert archive.sha256(frame.content) == digest
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert state(document) == S.SIGNED
    end = client.get(answer.url, follow=True).content.decode()
    assert "Đã ký lúc" in end
    assert waiting.title in end
    assert client.get(url("sign", document)).url == url("signed", document)


def test_wrong_password_signs_nothing(client: Client, house: House) -> None:
    document = bring_to(make_plan(house), S.CHECKED, house)

    answer = as_(client, house.director).post(url("sign", document), {"shown": shown(document), "password": "sai"})

    assert (answer.status_code, state(document)) == (422, S.CHECKED)
    assert "Mật khẩu không đúng" in answer.content.decode()


def test_another_version_than_the_shown_one_is_not_signed(client: Client, house: House) -> None:
    document = bring_to(make_plan(house), S.CHECKED, house)
    old = shown(document)
    plan = document.plan
    from campaigns.workflow import plans

    plans.edit_passages(plan=plan, opening="Câu mới:", closing="", by=house.office, at=timezone.now())
    bring_to(plan, S.CHECKED, house)

    answer = as_(client, house.director).post(url("sign", document), {"shown": old, "password": PASSWORD})

    assert state(document) == S.CHECKED
    assert answer.context["presented"].sha256 != old
    assert "đã thay đổi" in answer.content.decode()


def test_without_a_key_the_page_says_why(client: Client, house: House) -> None:
    document = bring_to(make_plan(house), S.CHECKED, house)
    house.director.user.credentials.all().delete()

    answer = as_(client, house.director).post(url("sign", document), {"shown": shown(document), "password": PASSWORD})

    assert "Chưa có chứng thư số" in answer.content.decode()
    assert state(document) == S.CHECKED


@pytest.mark.parametrize("role", ["office", "chief", "clerk", "deputy", "head"])
def test_nobody_else_gets_the_signing_page(client: Client, house: House, role: str) -> None:
    document = bring_to(make_plan(house), S.CHECKED, house)

    answer = as_(client, house.posts[role]).get(url("sign", document))

    assert answer.url == reverse("plans:detail", args=[document.plan.pk])


# --- number -----------------------------------------------------------------------------------------------------------
def test_clerk_gives_the_number(client: Client, house: House) -> None:
    document = bring_to(make_plan(house), S.SIGNED, house)
    as_(client, house.clerk)
    today = timezone.localdate()

    assert "01/KH-SKHTN" in client.get(url("number", document)).content.decode()
    early = client.post(url("number", document), {"on": "01/01/2099"})
    client.post(url("number", document), {"on": f"{today:%d/%m/%Y}"})
    again = client.post(url("number", document), {"on": f"{today:%d/%m/%Y}"}, follow=True)

    document.refresh_from_db()
    assert "tương lai" in early.content.decode()
    assert (document.state, document.code, document.issued_on) == (S.NUMBERED, "01/KH-SKHTN", today)
    assert "đã có số 01/KH-SKHTN" in again.content.decode()


# --- bytes ------------------------------------------------------------------------------------------------------------
def test_pdf_is_a_preview_then_the_kept_bytes(client: Client, house: House) -> None:
    plan = make_plan(house)
    as_(client, house.office)
    preview = client.get(url("pdf", plan.document))
    assert (preview["Content-Type"], preview.content[:5]) == ("application/pdf", b"%PDF-")

    for before in (S.CHECKED, S.SIGNED, S.ISSUED):
        document = bring_to(plan, before, house)
        kept = archive.latest(document)
        assert kept is not None
        assert client.get(url("pdf", document)).content == archive.read(kept)
    assert client.get(url("pdf", document) + "?tai=1")["Content-Disposition"].startswith("attachment")


def test_an_edited_file_is_shown_as_it_is_now(client: Client, house: House) -> None:
    plan = make_plan(house)
    document = bring_to(plan, S.CHECKED, house)
    from documents import workflow

    workflow.edit(document=document, what="x", by=house.office, at=timezone.now())

    assert archive.sha256(as_(client, house.office).get(url("pdf", document)).content) != shown(document)


# --- registers, received, verification --------------------------------------------------------------------------------
def test_recipient_reads_and_acknowledges_once(client: Client, house: House) -> None:
    reader = make_recipient()
    lines = (*plan_text(house).recipients, ("Ban Dân vận Thử nghiệm", reader.unit_id))
    document = bring_to(make_plan(house, recipients=lines), S.ISSUED, house)
    hidden = bring_to(make_plan(house, recipients=lines), S.NUMBERED, house)
    as_(client, reader)
    page = url("received_detail", document)

    assert [row.document for row in client.get(reverse("documents:received")).context["page"]] == [document]
    assert client.get(url("received_detail", hidden)).status_code == 404
    assert client.get(url("pdf", hidden)).status_code == 404
    assert "Xác nhận đã nhận" in client.get(page).content.decode()
    assert client.get(url("pdf", document)).content == archive.read(archive.latest(document))
    client.post(page)
    client.post(page)

    line = Recipient.objects.get(document=document, unit=reader.unit)
    assert line.opened_at is not None
    assert line.acknowledged_by == reader
    named = [event.name for event in Event.objects.about(document)]
    assert (named.count("documents.opened"), named.count("documents.acknowledged")) == (1, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_received_asks_the_same_whatever_its_length(
    client: Client, house: House, count: int, django_assert_num_queries: Any
) -> None:
    reader = make_recipient()
    for _index in range(count):
        lines = (("Ban Dân vận Thử nghiệm", reader.unit_id), ("Cũng đó", reader.unit_id))
        bring_to(make_plan(house, recipients=lines), S.ISSUED, house)
    as_(client, reader)

    with django_assert_num_queries(5):
        answer = client.get(reverse("documents:received"))

    assert len(answer.context["page"].object_list) == count


def test_verify_page_tells_genuine_from_changed(client: Client, house: House) -> None:
    document = bring_to(make_plan(house), S.ISSUED, house)
    data = archive.read(archive.latest(document))
    as_(client, house.clerk)

    def verdict(content: bytes) -> Any:
        answer = client.post(reverse("documents:verify"), {"file": SimpleUploadedFile("a.pdf", content)})
        return answer.context["found"].verdict, answer.context["document"]

    assert verdict(data) == ("genuine", document)
    assert verdict(data[:3000] + b"\0" + data[3001:])[0] != "genuine"
    assert verdict(b"hello")[0] == "unreadable"
    assert client.post(reverse("documents:verify")).status_code == 422
    as_(client, make_house("Sở Khác", "SK").clerk)
    assert verdict(data) == ("genuine", None)


def test_job_is_shown_to_its_own_house(client: Client, house: House) -> None:
    job = jobs.queue(kind="campaigns.read_plan", key="x", payload={}, by=house.office, at=timezone.now())
    page = reverse("documents:job", args=[job.pk])

    assert "hx-get" in as_(client, house.chief).get(page).content.decode()
    assert as_(client, make_house("Sở Khác", "SK").office).get(page).status_code == 404


def test_another_post_of_the_same_person_acts_for_itself(client: Client, house: House) -> None:
    document = bring_to(make_plan(house), S.PROPOSED, house)
    AppointmentFactory(unit_head=True, unit=house.department, user=house.officer.user)
    as_(client, house.officer)

    client.post(step(document, M.CONFIRM))

    assert state(document) == S.PROPOSED


def test_a_strange_symbol_breaks_neither_the_form_nor_the_file_name(house: House) -> None:
    strange = 'KH-"X"\r\nSet-Cookie: a=b/ĐUK'
    form = HeadForm({"symbol": strange}, organisation=house.organisation)
    document = make_plan(house).document
    document.code = f"01/{strange}"

    answer = views.file_answer(b"%PDF-", document)

    assert form["symbol"].errors == []
    assert form.cleaned_data["symbol"] == 'KH-"X" Set-Cookie: a=b/ĐUK'
    assert answer["Content-Disposition"] == "inline; filename*=utf-8''KH-01-KH--X-Set-Cookie-a-b-%C4%90UK.pdf"


@pytest.mark.parametrize("role", ["recipient", "admin"])
def test_who_only_receives_inside_the_house_gets_the_issued_bytes_alone(
    client: Client, house: House, role: str
) -> None:
    document = bring_to(make_plan(house), S.ISSUED, house)
    as_(client, AppointmentFactory(unit=house.other, **{role: True}))

    def answer(kept: Any) -> tuple[int, int]:
        found = (
            client.get(reverse("documents:rendition", args=[document.pk, kept.sha256])),
            client.get(reverse("documents:picture", args=[document.pk, kept.sha256, 1])),
        )
        return found[0].status_code, found[1].status_code

    assert {kept.stage: answer(kept) for kept in document.renditions.all()} == {
        "presented": (404, 404), "signed": (404, 404), "numbered": (404, 404), "issued": (200, 200),
    }  # fmt: skip
    assert client.get(url("detail", document)).url == reverse("documents:received_detail", args=[document.pk])
    assert client.get(url("signed", document)).status_code == 404
