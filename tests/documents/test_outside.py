"""Files that go to recipients without an account: links by mail, their page, and what ends them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from documents import addresses, after_issue, archive, outside, workflow
from documents.models import Document, HouseRules, OutsideAddress, OutsideLink, Recipient, Rendition
from documents.states import DocumentState as S
from notifications.models import EmailState, Letter, Message
from notifications.tasks import deliver
from tests.factories.plans import House, bring_to, make_house, make_plan, make_recipient
from units.permissions import NotAllowed

NOW = timezone.now
PAPER = "Báo Sông Mai"


def enter(house: House, name: str = PAPER, email: str = "toasoan@bao.example") -> OutsideAddress:
    return addresses.keep(
        organisation=house.organisation, name=name, email=email, kind="state", by=house.clerk, at=NOW()
    )  # fmt: skip


def issued_to(house: House, *lines: tuple[str, int | None]) -> Document:
    return bring_to(make_plan(house, recipients=(*lines, ("Lưu: VT", None))), S.ISSUED, house)


@pytest.fixture
def book(house: House) -> OutsideAddress:
    return enter(house)


@pytest.fixture
def issued(house: House, book: OutsideAddress) -> Document:
    return issued_to(house, (f"{PAPER} (để đưa tin)", None))


@pytest.fixture
def link(issued: Document) -> OutsideLink:
    return OutsideLink.objects.select_related("recipient__document__organisation").get()


def page(link: OutsideLink) -> str:
    return reverse("documents:outside", args=[link.secret])


def main(answer: Any) -> str:
    """What the page itself says, without the frame that holds its address."""
    return answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


# --- the lines of "Nơi nhận" ------------------------------------------------------------------------------------------
def test_a_line_is_a_unit_an_address_or_only_print(house: House, book: OutsideAddress) -> None:
    board = make_recipient()
    plan = make_plan(
        house, recipients=(("Ban Dân vận", board.unit_id), (" báo  sông mai (b/c);", None), ("Lưu: VT", None))
    )

    lines = list(plan.document.recipients.values_list("unit_id", "outside_id"))

    assert lines == [(board.unit_id, None), (None, book.pk), (None, None)]


def test_the_book_of_another_house_is_not_asked(house: House) -> None:
    enter(make_house("Sở Xa lạ", "SXL"))

    assert make_plan(house, recipients=((PAPER, None),)).document.recipients.get().outside is None


def test_an_exact_name_of_the_book_wins_over_a_unit_it_resembles(house: House, book: OutsideAddress) -> None:
    plan = make_plan(house, recipients=((PAPER, house.other.pk),))

    assert plan.document.recipients.values_list("unit_id", "outside_id").get() == (None, book.pk)


def test_drafts_follow_the_book_and_signed_files_do_not(house: House) -> None:
    draft = make_plan(house, recipients=((PAPER, None),)).document
    signed = bring_to(make_plan(house, recipients=((PAPER, None),)), S.SIGNED, house)

    book = enter(house)

    assert (draft.recipients.get().outside_id, signed.recipients.get().outside_id) == (book.pk, None)
    addresses.end(address=book, by=house.office, at=NOW())
    assert draft.recipients.get().outside_id is None


def test_the_database_keeps_where_a_signed_file_goes(house: House, book: OutsideAddress) -> None:
    signed = bring_to(make_plan(house, recipients=((PAPER, None),)), S.SIGNED, house)

    with pytest.raises(IntegrityError, match="recipients never change"), transaction.atomic():
        signed.recipients.update(outside=None)
    draft = make_plan(house, recipients=((PAPER, None),)).document
    with pytest.raises(IntegrityError, match="recipient_inside_or_outside"), transaction.atomic():
        draft.recipients.update(unit=house.other)


# --- the address book -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["head", "officer", "director", "deputy", "admin"])
def test_others_keep_no_addresses(house: House, role: str) -> None:
    with pytest.raises(NotAllowed):
        addresses.keep(
            organisation=house.organisation, name=PAPER, email="a@b.example", kind="state", by=house.posts[role],
            at=NOW(),
        )  # fmt: skip
    assert not OutsideAddress.objects.exists()


@pytest.mark.parametrize("name", [PAPER, "- báo  sông mai;", "Thanh tra Sở", "Sở Khoa học Thử nghiệm", "(;)"])
def test_a_name_twice_a_unit_or_no_name_is_refused(house: House, book: OutsideAddress, name: str) -> None:
    with pytest.raises(NotAllowed):
        enter(house, name)


@pytest.mark.parametrize("email", ["toasoan", "toasoan@", "a b@bao.example", "a@bao.example\nBcc: x@y.example", ""])
def test_a_wrong_email_is_named_and_nothing_saved(client: Client, house: House, email: str) -> None:
    client.force_login(house.clerk.user)

    answer = client.post(
        reverse("documents:address_create"), {"name": PAPER, "email": email, "kind": "state"}
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["email"])
    assert not OutsideAddress.objects.exists()


def test_the_clerk_enters_changes_and_ends_an_entry(client: Client, house: House) -> None:
    client.force_login(house.clerk.user)
    entered = {"name": PAPER, "email": "a@bao.example", "kind": "other"}
    client.post(reverse("documents:address_create"), entered)
    book = OutsideAddress.objects.get()

    client.post(reverse("documents:address", args=[book.pk]), entered | {"email": "b@bao.example"})
    assert OutsideAddress.objects.get().email == "b@bao.example"
    assert PAPER in text(client.get(reverse("documents:addresses"), {"q": "song mai"}))
    client.post(reverse("documents:address_end", args=[book.pk]))

    assert not OutsideAddress.objects.of(house.organisation).exists()
    assert client.get(reverse("documents:address", args=[book.pk])).status_code == 404
    assert [event.name for event in Event.objects.about(book)] == [
        "documents.address_added", "documents.address_changed", "documents.address_ended"
    ]  # fmt: skip


def test_a_foreign_entry_is_unknown(client: Client, house: House) -> None:
    foreign = enter(make_house("Sở Xa lạ", "SXL"))
    client.force_login(house.clerk.user)

    assert client.get(reverse("documents:address", args=[foreign.pk])).status_code == 404
    assert client.post(reverse("documents:address_end", args=[foreign.pk])).status_code == 404


def test_the_book_asks_the_same_for_one_and_for_three(
    client: Client, house: House, django_assert_num_queries: Any
) -> None:
    client.force_login(house.clerk.user)
    client.get(reverse("documents:addresses"))
    for names in (("Một",), ("Hai", "Ba")):
        for name in names:
            enter(house, name)
        with django_assert_num_queries(5):
            client.get(reverse("documents:addresses"))


# --- issue ------------------------------------------------------------------------------------------------------------
def test_issue_stores_a_link_and_a_mail_that_says_nothing_of_the_content(
    house: House, link: OutsideLink, issued: Document
) -> None:
    letter = Letter.objects.get()

    assert (link.email, link.letter, letter.email_state) == ("toasoan@bao.example", letter, EmailState.WAITING)
    assert link.secret_hash == outside.hash_of(link.secret)
    assert link.expires_at - link.created_at == timedelta(days=90)
    assert issued.code in letter.subject
    assert not {"Nâng cao nhận thức", link.secret} & {part for part in (letter.subject, letter.body) if part}
    assert link.secret not in f"{letter.subject} {letter.body} {letter.page} {letter.salt}"
    assert "Nâng cao nhận thức" not in letter.body


def test_the_house_says_how_long_links_last(house: House, book: OutsideAddress) -> None:
    HouseRules.objects.create(organisation=house.organisation, link_days=7)
    issued_to(house, (PAPER, None))

    link = OutsideLink.objects.get()
    assert link.expires_at - link.created_at == timedelta(days=7)


def test_the_mail_leaves_by_the_queue_with_the_page_in_it(client: Client, link: OutsideLink) -> None:
    deliver()

    sent = mail.outbox[0]
    assert (sent.to, len(mail.outbox)) == (["toasoan@bao.example"], 1)
    found = re.search(r"/van-ban/nhan/([0-9a-f]{64})/", str(sent.body))
    assert found is not None
    assert found[1] == link.secret
    assert client.get(found[0]).status_code == 200
    assert Letter.objects.get().sent_at is not None


def test_a_refused_address_is_told_to_the_clerk_and_stands_on_the_page(
    client: Client, house: House, issued: Document, link: OutsideLink
) -> None:
    from smtplib import SMTPRecipientsRefused

    refused = SMTPRecipientsRefused({"toasoan@bao.example": (550, b"no such user")})
    with mock.patch("django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=refused):
        deliver()

    assert Letter.objects.get().email_state == EmailState.FAILED
    assert Message.objects.filter(user=house.clerk.user, name="documents_link_failed").exists()
    client.force_login(house.clerk.user)
    assert "Không gửi được" in text(client.get(reverse("documents:after_issue", args=[issued.pk])))


def test_a_server_in_trouble_is_tried_again(link: OutsideLink) -> None:
    with mock.patch("django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=OSError("down")):
        deliver()
    letter = Letter.objects.get()
    assert (letter.email_state, letter.attempts, letter.problem) == (EmailState.WAITING, 1, "down")

    Letter.objects.update(next_try_at=NOW())
    deliver()
    assert Letter.objects.get().email_state == EmailState.SENT


def test_a_failing_letter_undoes_the_issue(house: House, book: OutsideAddress) -> None:
    document = bring_to(make_plan(house, recipients=((PAPER, None),)), S.NUMBERED, house)
    with mock.patch("notifications.models.Letter.objects.create", side_effect=DatabaseError("full")):
        with pytest.raises(DatabaseError, match="full"), transaction.atomic():
            workflow.issue(document=document, by=house.clerk, at=NOW())

    assert Document.objects.get(pk=document.pk).state == S.NUMBERED
    assert not OutsideLink.objects.exists()


# --- the page ---------------------------------------------------------------------------------------------------------
def test_the_page_shows_the_document_its_verdict_and_counts_openings(
    client: Client, issued: Document, link: OutsideLink
) -> None:
    pages = [text(client.get(page(link))) for _round in range(3)]

    shown = pages[-1]
    assert issued.code in shown
    assert issued.title in shown
    assert "Tải bản chính" in shown
    assert "Văn bản nguyên vẹn" in shown
    link.refresh_from_db()
    assert link.openings == 3
    assert link.opened_at is not None
    assert link.last_opened_at is not None
    assert link.opened_at < link.last_opened_at
    assert Event.objects.filter(name="documents.outside_opened").count() == 1


def test_the_file_is_the_issued_bytes(client: Client, issued: Document, link: OutsideLink) -> None:
    answer = client.get(reverse("documents:outside_file", args=[link.secret]))

    kept = archive.latest(issued, Rendition.Stage.ISSUED)
    assert kept is not None
    assert archive.sha256(answer.content) == kept.sha256
    assert answer["Cache-Control"] == "private, no-store"
    assert OutsideLink.objects.get().downloaded_at is not None


def test_receipt_is_by_name_once_and_told(client: Client, house: House, link: OutsideLink) -> None:
    client.post(page(link), {"name": "Trần Thị Hoa"})
    again = client.post(page(link), {"name": "Người khác"}, follow=True)

    link.refresh_from_db()
    assert (link.received_name, link.received_at is not None) == ("Trần Thị Hoa", True)
    assert "Trần Thị Hoa đã xác nhận lúc" in text(again)
    assert Message.objects.filter(user=house.clerk.user, name="documents_received_outside").count() == 1
    assert Event.objects.filter(name="documents.outside_received").count() == 1


@pytest.mark.parametrize("name", ["", "   ", "Hoa\nBcc: x", "x" * 151, "\x00"])
def test_a_receipt_without_a_proper_name_is_refused(client: Client, link: OutsideLink, name: str) -> None:
    assert client.post(page(link), {"name": name}).status_code == 422
    assert OutsideLink.objects.get().received_at is None


def expired(link: OutsideLink, house: House) -> str:
    OutsideLink.objects.update(expires_at=NOW() - timedelta(seconds=1))
    return link.secret


def revoked(link: OutsideLink, house: House) -> str:
    outside.revoke(line=link.recipient, by=house.clerk, at=NOW())
    return link.secret


UNUSABLE: list[Callable[[OutsideLink, House], str]] = [
    expired, revoked, lambda link, house: link.secret[:-1], lambda link, house: link.secret[:-1] + "z",
    lambda link, house: link.secret.upper(), lambda link, house: "x" * 5000, lambda link, house: "Đ%00",
    lambda link, house: link.salt, lambda link, house: link.secret_hash,
]  # fmt: skip


@pytest.mark.parametrize("spoil", UNUSABLE)
def test_what_opens_nothing_gets_one_and_the_same_answer(
    client: Client, house: House, link: OutsideLink, spoil: Callable[[OutsideLink, House], str]
) -> None:
    unknown = client.get(reverse("documents:outside", args=["0" * 64]))
    secret = spoil(link, house)

    for name in ("outside", "outside_file"):
        answer = client.get(reverse(f"documents:{name}", args=[secret]))
        assert (answer.status_code, "Liên kết không mở được" in text(answer)) == (404, True)
        assert main(answer) == main(unknown)
    assert client.post(reverse("documents:outside", args=[secret]), {"name": "Hoa"}).status_code == 404
    assert OutsideLink.objects.get().openings == 0


def test_guessing_and_hammering_have_a_pace(client: Client, link: OutsideLink) -> None:
    with mock.patch("documents.outside_views.MOST_MISSES", 3), mock.patch("documents.outside_views.MOST_OPENINGS", 2):
        misses = [client.get(reverse("documents:outside", args=[f"{n:064x}"])).status_code for n in range(5)]
        hits = [client.get(page(link)).status_code for _round in range(4)]

    assert (misses, hits) == ([404, 404, 404, 429, 429], [200, 200, 429, 429])


# --- recall, replacement ----------------------------------------------------------------------------------------------
def test_recall_is_mailed_and_the_page_says_so(
    client: Client, house: House, issued: Document, link: OutsideLink
) -> None:
    deliver()
    workflow.recall(document=issued, reason="Ban hành nhầm", by=house.director, at=NOW())
    deliver()

    assert "thu hồi" in mail.outbox[1].subject
    shown = text(client.get(page(link)))
    assert "đã bị thu hồi" in shown
    assert "Ban hành nhầm" in shown
    assert "Tải bản chính" not in shown
    assert client.get(reverse("documents:outside_file", args=[link.secret])).status_code == 302
    client.post(page(link), {"name": "Hoa"})
    assert OutsideLink.objects.get().deleted_name == "Hoa"


def test_a_recall_before_the_first_mail_left_sends_only_the_recall(house: House, issued: Document) -> None:
    workflow.recall(document=issued, reason="Ban hành nhầm", by=house.director, at=NOW())
    deliver()

    assert ["thu hồi" in each.subject for each in mail.outbox] == [True]


def test_an_expired_link_opens_again_to_say_that_the_file_was_recalled(
    client: Client, house: House, issued: Document, link: OutsideLink
) -> None:
    expired(link, house)
    workflow.recall(document=issued, reason="Ban hành nhầm", by=house.director, at=NOW())

    assert client.get(page(link)).status_code == 200


def test_who_had_the_link_revoked_hears_nothing(house: House, issued: Document, link: OutsideLink) -> None:
    revoked(link, house)
    workflow.recall(document=issued, reason="Ban hành nhầm", by=house.director, at=NOW())
    deliver()

    assert mail.outbox == []


def test_replacement_is_mailed_and_named(client: Client, house: House, issued: Document, link: OutsideLink) -> None:
    deliver()
    successor = issued_to(house, ("Các phòng", None))
    workflow.replace(document=issued, successor=successor, by=house.director, at=NOW())
    deliver()

    assert "thay thế" in mail.outbox[1].subject
    shown = text(client.get(page(link)))
    assert successor.code in shown
    assert "Tải bản chính" in shown


# --- the clerk's page -------------------------------------------------------------------------------------------------
def test_the_clerk_sends_again_sends_another_and_corrects(
    client: Client, house: House, issued: Document, link: OutsideLink
) -> None:
    deliver()
    client.force_login(house.clerk.user)
    line = link.recipient_id

    client.post(reverse("documents:link_act", args=[issued.pk, line, "gui-lai"]))
    deliver()
    assert [each.to for each in mail.outbox] == [["toasoan@bao.example"]] * 2
    client.post(reverse("documents:link_act", args=[issued.pk, line, "lien-ket-moi"]))
    second = OutsideLink.objects.get(revoked_at=None)
    client.post(reverse("documents:link_correct", args=[issued.pk, line]), {"email": "dung@bao.example"})
    third = OutsideLink.objects.get(revoked_at=None)
    deliver()

    assert third.email == "dung@bao.example" == OutsideAddress.objects.get().email
    assert mail.outbox[-1].to == ["dung@bao.example"]
    assert len(mail.outbox) == 3
    assert [client.get(page(each)).status_code for each in (link, second, third)] == [404, 404, 200]


def test_a_wrong_correction_changes_nothing(client: Client, house: House, issued: Document, link: OutsideLink) -> None:
    client.force_login(house.clerk.user)

    answer = client.post(reverse("documents:link_correct", args=[issued.pk, link.recipient_id]), {"email": "sai"})

    assert answer.status_code == 422
    assert OutsideLink.objects.get().revoked_at is None


def test_a_revoked_link_is_not_sent_again(house: House, link: OutsideLink) -> None:
    revoked(link, house)

    for act in (outside.resend, outside.revoke):
        with pytest.raises(NotAllowed):
            act(line=link.recipient, by=house.clerk, at=NOW())


def test_only_the_clerk_of_the_house_acts(client: Client, house: House, issued: Document, link: OutsideLink) -> None:
    acts: tuple[Callable[..., Any], ...] = (outside.resend, outside.revoke, outside.renew)
    for by in (house.office, house.director, make_house("Sở Xa lạ", "SXL").clerk):
        for act in acts:
            with pytest.raises(NotAllowed):
                act(line=link.recipient, by=by, at=NOW())
        client.force_login(by.user)
        address = reverse("documents:link_act", args=[issued.pk, link.recipient_id, "thu-hoi"])
        assert client.post(address).status_code == 404
    assert OutsideLink.objects.get().revoked_at is None


def test_a_line_of_another_file_is_unknown(client: Client, house: House, issued: Document, link: OutsideLink) -> None:
    other = issued_to(house, ("Nơi chỉ in", None))
    client.force_login(house.clerk.user)

    for pk, line in ((other.pk, link.recipient_id), (issued.pk, Recipient.objects.latest("id").pk)):
        assert client.post(reverse("documents:link_act", args=[pk, line, "gui-lai"])).status_code == 404


def test_the_page_of_a_file_shows_who_received_inside_and_outside(
    client: Client, house: House, book: OutsideAddress
) -> None:
    board = make_recipient()
    document = issued_to(house, ("Ban Dân vận", board.unit_id), (PAPER, None))
    link = OutsideLink.objects.get()
    client.get(page(link))
    client.post(page(link), {"name": "Hoa"})
    outside.renew(line=link.recipient, by=house.clerk, at=NOW())

    inside, by_mail, printed = after_issue.copies(document, at=NOW())

    assert (inside.sent_at is not None, inside.is_outside, inside.is_printed_only) == (True, False, False)
    assert (by_mail.received_by, by_mail.openings, by_mail.is_open) == ("Hoa", 1, True)  # of the link before
    assert printed.is_printed_only
    client.force_login(house.clerk.user)
    shown = text(client.get(reverse("documents:after_issue", args=[document.pk])))
    assert "Hoa" in shown
    assert "chỉ in trên văn bản" in shown
    assert "Gửi lại" in shown


def test_a_draft_has_no_page_of_copies(client: Client, house: House) -> None:
    client.force_login(house.clerk.user)

    assert client.get(reverse("documents:after_issue", args=[make_plan(house).document.pk])).status_code == 404


def test_the_page_asks_the_same_for_one_and_for_three(
    client: Client, house: House, django_assert_num_queries: Any
) -> None:
    for name in ("Một", "Hai", "Ba"):
        enter(house, name, "a@b.example")
    one = issued_to(house, ("Một", None))
    three = issued_to(house, ("Một", None), ("Hai", None), ("Ba", None))
    client.force_login(house.clerk.user)
    client.get(reverse("documents:after_issue", args=[one.pk]))
    for document in (one, three):
        with django_assert_num_queries(8):
            client.get(reverse("documents:after_issue", args=[document.pk]))


def test_a_failing_history_undoes_each_act(house: House, link: OutsideLink) -> None:
    before = list(OutsideLink.objects.values())
    acts: list[Callable[[], Any]] = [
        lambda: outside.resend(line=link.recipient, by=house.clerk, at=NOW()),
        lambda: outside.revoke(line=link.recipient, by=house.clerk, at=NOW()),
        lambda: outside.renew(line=link.recipient, by=house.clerk, at=NOW()),
        lambda: outside.note_opening(link=link, at=NOW()),
        lambda: outside.receive(link=link, name="Hoa", at=NOW()),
    ]
    with mock.patch("audit.log.Event.objects.create", side_effect=DatabaseError("full")):
        for act in acts:
            with pytest.raises(DatabaseError, match="full"):
                act()
    assert list(OutsideLink.objects.values()) == before
