"""A file that goes out to be signed: sessions, secrets, and what is made of the file that comes back."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from documents import archive, events, exchange, keys, signing, workflow
from documents.models import (
    Credential,
    Document,
    Purpose,
    Rendition,
    SessionState,
    Signature,
    SigningSession,
    WayOfSigning,
)
from documents.signing_keys import Pkcs12Key, SigningError
from documents.states import DocumentState
from tests.factories.plans import House, bring_to, make_plan
from units.permissions import NotAllowed, Outdated

S = DocumentState
NOW = timezone.now


def send_out(house: House, who: str = "director", way: WayOfSigning = WayOfSigning.ELSEWHERE) -> None:
    """The certificates stay; their keys are no longer held by the portal."""
    mine = Credential.objects.filter(unit=house.organisation) if who == "seal" else None
    found = mine if mine is not None else Credential.objects.filter(user=getattr(house, who).user)
    found.update(way=way, key_name="")


def checked(house: House) -> Document:
    return bring_to(make_plan(house), S.CHECKED, house)


def presented(document: Document) -> Rendition:
    found = archive.presented(document)
    assert found is not None
    return found


def in_hand(name: str) -> Pkcs12Key:
    return Pkcs12Key.load(Path(settings.KEYS_DIR) / f"{name}.p12", f"{name}-test")


def opened(document: Document, house: House, at: datetime | None = None) -> exchange.Opened:
    shown = presented(document).sha256
    return exchange.open_session(
        document=document, purpose=Purpose.OFFICER, shown=shown, by=house.director, at=at or NOW()
    )


def test_the_file_goes_out_once_and_comes_back_signed(house: House) -> None:
    send_out(house)
    document = checked(house)
    session = opened(document, house)
    data = exchange.fetch(secret=session.fetch, at=NOW())
    assert data == archive.read(presented(document))
    with pytest.raises(NotAllowed, match="đã dùng"):
        exchange.fetch(secret=session.fetch, at=NOW())
    signed = signing.sign_as_officer(data, in_hand("giam-doc"), at=NOW())
    found = exchange.session_of(secret=session.deliver, at=NOW())
    exchange.deliver(session=found, returned=signed, at=NOW())
    document.refresh_from_db()
    taken = Signature.objects.get(document=document)
    assert (document.state, document.signed_by) == (S.SIGNED, house.director)
    assert (taken.way, taken.level, taken.signer_name) == ("elsewhere", "B-B", "giam-doc")
    assert archive.read(archive.latest(document)) == signed  # type: ignore[arg-type]
    with pytest.raises(NotAllowed, match="đã dùng"):
        exchange.session_of(secret=session.deliver, at=NOW())


def test_both_signatures_may_come_from_outside(house: House) -> None:
    send_out(house)
    send_out(house, "seal")
    document = checked(house)
    signed = signing.sign_as_officer(archive.read(presented(document)), in_hand("giam-doc"), at=NOW())
    by_hand = exchange.deliver_by_hand
    by_hand(document=document, purpose=Purpose.OFFICER, returned=signed, by=house.director, at=NOW())
    workflow.number(document=document, on=timezone.localdate(), by=house.clerk, at=NOW())
    numbered = archive.latest(document, Rendition.Stage.NUMBERED)
    assert numbered is not None
    sealed = signing.seal(archive.read(numbered), in_hand("co-quan"), at=NOW())
    by_hand(document=document, purpose=Purpose.SEAL, returned=sealed, by=house.clerk, at=NOW())
    document.refresh_from_db()
    assert document.state == S.ISSUED
    assert list(Signature.objects.values_list("purpose", "way")) == [("officer", "elsewhere"), ("seal", "elsewhere")]


def test_a_refused_file_changes_nothing_and_is_noted(house: House) -> None:
    send_out(house)
    document = checked(house)
    session = opened(document, house)
    other = signing.sign_as_officer(archive.read(presented(document)), in_hand("pho-giam-doc"), at=NOW())
    with pytest.raises(SigningError, match="pho-giam-doc"):
        exchange.deliver(session=session.session, returned=other, at=NOW())
    document.refresh_from_db()
    session.session.refresh_from_db()
    refusals = list(Event.objects.about(document).filter(name=events.SIGNATURE_REFUSED))
    assert (document.state, session.session.state, len(refusals)) == (S.CHECKED, SessionState.REFUSED, 1)
    assert refusals[0].data["sha256"] == archive.sha256(other)
    assert "pho-giam-doc" in session.session.reason


def test_an_unsigned_file_never_passes(house: House) -> None:
    send_out(house)
    document = checked(house)
    data = archive.read(presented(document))
    with pytest.raises(SigningError, match="chưa được ký"):
        exchange.deliver_by_hand(document=document, purpose=Purpose.OFFICER, returned=data, by=house.director, at=NOW())
    document.refresh_from_db()
    assert document.state == S.CHECKED


def test_a_session_expires(house: House) -> None:
    send_out(house, way=WayOfSigning.AGENT)
    session = opened(checked(house), house)
    late = NOW() + timedelta(minutes=11)
    with pytest.raises(NotAllowed, match="hết hạn"):
        exchange.fetch(secret=session.fetch, at=late)
    with pytest.raises(NotAllowed, match="hết hạn"):
        exchange.session_of(secret=session.deliver, at=late)
    with pytest.raises(NotAllowed, match="hết hạn"):
        exchange.deliver(session=session.session, returned=b"", at=late)


def test_a_second_session_ends_the_first(house: House) -> None:
    send_out(house)
    document = checked(house)
    first, second = opened(document, house), opened(document, house)
    states = list(SigningSession.objects.order_by("id").values_list("pk", "state"))
    assert states == [(first.session.pk, SessionState.ENDED), (second.session.pk, SessionState.OPEN)]
    with pytest.raises(NotAllowed):
        exchange.fetch(secret=first.fetch, at=NOW())


def test_a_file_changed_after_it_went_out_is_not_signed(house: House) -> None:
    send_out(house)
    document = checked(house)
    session = opened(document, house)
    data = exchange.fetch(secret=session.fetch, at=NOW())
    workflow.edit(document=document, what="tiêu đề", by=house.office, at=NOW())
    signed = signing.sign_as_officer(data, in_hand("giam-doc"), at=NOW())
    with pytest.raises(NotAllowed):
        exchange.deliver(session=session.session, returned=signed, at=NOW())
    document.refresh_from_db()
    assert document.state == S.DRAFT


@pytest.mark.parametrize("who", ["deputy", "clerk", "office", "head"])
def test_nobody_else_lets_it_out(house: House, who: str) -> None:
    send_out(house)
    document = checked(house)
    shown = presented(document).sha256
    with pytest.raises(NotAllowed):
        exchange.open_session(document=document, purpose=Purpose.OFFICER, shown=shown, by=getattr(house, who), at=NOW())


def test_another_version_does_not_go_out(house: House) -> None:
    send_out(house)
    with pytest.raises(Outdated):
        exchange.open_session(
            document=checked(house), purpose=Purpose.OFFICER, shown="0" * 64, by=house.director, at=NOW()
        )


def test_a_key_held_here_does_not_go_out_and_one_held_outside_does_not_sign_here(house: House) -> None:
    document = checked(house)
    with pytest.raises(NotAllowed, match="do cổng giữ"):
        opened(document, house)
    send_out(house)
    with pytest.raises(NotAllowed, match="không do cổng giữ"):
        keys.with_key(keys.officer_credential(house.director, at=NOW()))


def test_a_failing_history_undoes_the_session(house: House) -> None:
    send_out(house)
    document = checked(house)
    with mock.patch.object(exchange.log, "record", side_effect=RuntimeError), pytest.raises(RuntimeError):
        opened(document, house)
    assert not SigningSession.objects.exists()


def test_the_posts_own_certificate_comes_before_the_persons(house: House) -> None:
    general = Credential.objects.get(user=house.director.user)
    own = Credential.objects.create(
        user=house.director.user, post=house.director, way=WayOfSigning.AGENT, certificate=general.certificate,
        fingerprint=general.fingerprint, starts_on=general.starts_on, ends_on=general.ends_on,
    )  # fmt: skip
    assert keys.officer_credential(house.director, at=NOW()) == own


# --- what the agent sees ----------------------------------------------------------------------------------------------
def agent_message(client: Client, house: House, document: Document) -> dict[str, Any]:
    client.force_login(house.director.user)
    url = reverse("documents:agent_session", args=[document.pk, "officer"])
    answer: dict[str, Any] = client.post(url, {"shown": presented(document).sha256}).json()
    return answer


def test_the_agent_fetches_and_delivers_without_log_in(client: Client, house: House) -> None:
    send_out(house, way=WayOfSigning.AGENT)
    document = checked(house)
    told = agent_message(client, house, document)
    assert told["call"] == "vgca_sign_approved"
    agent = Client()
    data = agent.get(told["message"]["FileName"]).content
    signed = signing.sign_as_officer(data, in_hand("giam-doc"), at=NOW())
    file = SimpleUploadedFile("signed.pdf", signed, "application/pdf")
    answer = agent.post(told["message"]["FileUploadHandler"], {"uploadfile": file}).json()
    assert answer["Status"] is True
    document.refresh_from_db()
    assert (document.state, Signature.objects.get(document=document).way) == (S.SIGNED, "agent")
    assert agent.get(told["message"]["FileName"]).status_code == 404


def test_the_agent_is_told_why_a_file_is_refused(client: Client, house: House) -> None:
    send_out(house, way=WayOfSigning.AGENT)
    told = agent_message(client, house, checked(house))["message"]
    agent = Client()
    file = SimpleUploadedFile("signed.pdf", b"%PDF-1.7 other", "application/pdf")
    assert agent.post(told["FileUploadHandler"], {"uploadfile": file}).json() == {
        "Status": False, "Message": "Tệp gửi lại không phải là tệp đã tải về để ký.", "FileName": "", "FileServer": "",
    }  # fmt: skip


@pytest.mark.parametrize("files", [{}, {"a": 1, "b": 1}])
def test_the_agent_must_send_exactly_one_file(client: Client, house: House, files: dict[str, int]) -> None:
    send_out(house, way=WayOfSigning.AGENT)
    told = agent_message(client, house, checked(house))["message"]
    sent = {name: SimpleUploadedFile(name, b"%PDF-") for name in files}
    assert Client().post(told["FileUploadHandler"], sent).json()["Message"].startswith("Cần đúng một tệp")


@pytest.mark.django_db
def test_a_guessed_secret_opens_nothing(client: Client) -> None:
    assert client.get(reverse("documents:agent_fetch", args=["x" * 43])).status_code == 404
    answer = client.post(reverse("documents:agent_deliver", args=["x" * 43]))
    assert answer.json()["Status"] is False


def test_the_page_is_told_why_no_session_opens(client: Client, house: House) -> None:
    document = checked(house)
    client.force_login(house.director.user)
    url = reverse("documents:agent_session", args=[document.pk, "officer"])
    answer = client.post(url, {"shown": presented(document).sha256})
    assert (answer.status_code, list(answer.json())) == (409, ["problem"])


def test_only_the_page_that_calls_the_agent_may_connect_to_it(
    client: Client, house: House, settings: Any, tmp_path: Any
) -> None:
    plugin = tmp_path / "vgcaplugin.js"
    plugin.write_text("window.vgca_sign_approved = function () {};")
    settings.SIGNING_PLUGIN = str(plugin)
    document = checked(house)
    client.force_login(house.director.user)
    url = reverse("documents:sign", args=[document.pk])
    held_here = client.get(url)
    send_out(house, way=WayOfSigning.AGENT)
    with_agent = client.get(url)
    address = "wss://127.0.0.1:8987"
    assert address not in held_here.headers["Content-Security-Policy"]
    assert f"connect-src 'self' {address}" in with_agent.headers["Content-Security-Policy"]
    assert client.get(reverse("documents:agent_plugin")).content == plugin.read_bytes()


def test_without_a_plugin_the_page_says_so_and_offers_the_other_way(client: Client, house: House) -> None:
    send_out(house, way=WayOfSigning.AGENT)
    document = checked(house)
    client.force_login(house.director.user)
    page = client.get(reverse("documents:sign", args=[document.pk])).content.decode()
    assert "vgcaplugin.js" in page
    assert "data-agent-start" not in page
    assert client.get(reverse("documents:agent_plugin")).status_code == 404


# --- pages of signing by hand -----------------------------------------------------------------------------------------
def test_download_sign_upload_by_hand(client: Client, house: House) -> None:
    send_out(house)
    document = checked(house)
    client.force_login(house.director.user)
    take_out = reverse("documents:take_out", args=[document.pk, "officer"])
    answer = client.post(take_out, {"shown": presented(document).sha256})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    signed = signing.sign_as_officer(answer.content, in_hand("giam-doc"), at=NOW())
    sign = reverse("documents:sign", args=[document.pk])
    refused = client.post(sign, {"file": SimpleUploadedFile("k.pdf", answer.content)})
    assert (refused.status_code, "chưa được ký" in refused.content.decode()) == (422, True)
    taken = client.post(sign, {"file": SimpleUploadedFile("k.pdf", signed)})
    assert taken.headers["Location"] == reverse("documents:signed", args=[document.pk]) + "?tiep=1"


def test_the_seal_is_brought_by_hand(client: Client, house: House) -> None:
    document = bring_to(make_plan(house), S.NUMBERED, house)
    send_out(house, "seal")
    client.force_login(house.clerk.user)
    step = client.get(reverse("documents:step", args=[document.pk, "issue"]))
    seal = reverse("documents:seal", args=[document.pk])
    assert step.headers["Location"] == seal
    assert client.get(seal).status_code == 200
    kept = archive.latest(document, Rendition.Stage.NUMBERED)
    assert kept is not None
    data = client.post(reverse("documents:take_out", args=[document.pk, "seal"]), {"shown": kept.sha256}).content
    sealed = signing.seal(data, in_hand("co-quan"), at=NOW())
    client.post(seal, {"file": SimpleUploadedFile("k.pdf", sealed)})
    document.refresh_from_db()
    assert document.state == S.ISSUED
    again = client.get(seal)
    assert again.status_code == 302


def test_taking_out_what_one_may_not_sign_says_why(client: Client, house: House) -> None:
    document = checked(house)
    client.force_login(house.clerk.user)
    url = reverse("documents:take_out", args=[document.pk, "officer"])
    assert client.post(url, {"shown": presented(document).sha256}).status_code == 302
    assert client.post(reverse("documents:take_out", args=[document.pk, "other"])).status_code == 404
    assert not SigningSession.objects.exists()
