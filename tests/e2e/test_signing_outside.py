"""Signing where the key is not the portal's: with the agent on the officer's machine, and by download and upload."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from audit.models import Event
from documents import archive, keys, pdf, signing, verifying
from documents.models import Attachment, Credential, Document, Rendition, Signature, WayOfSigning
from documents.signing_keys import Pkcs12Key
from documents.states import DocumentState
from tests.agent import running_agent
from tests.documents import compositions
from tests.documents.signatures import signed_elsewhere
from tests.e2e.conftest import People, apart
from tests.stages import Site

PLUGIN = Path(__file__).parent.parent / "data/agent_plugin.js"
SEAL = "co-quan"


@pytest.fixture
def plugin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SIGNING_PLUGIN", str(PLUGIN))


def keys_leave_the_portal(way: WayOfSigning) -> dict[str, Pkcs12Key]:
    """The certificates of the director and the seal stay, their keys are with their holders now."""
    held = {}
    for credential in Credential.objects.select_related("user"):
        name = credential.user.username if credential.user else SEAL
        held[name] = Pkcs12Key.load(keys.path_of(credential.key_name), keys.passphrase(credential.key_name))
    Credential.objects.update(way=way, key_name="")
    return held


def waiting() -> Document:
    return Document.objects.filter(state=DocumentState.CHECKED, signer__user__username="giamdoc").order_by("id")[0]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def check_whole(document: Document) -> None:
    kept = archive.latest(document, Rendition.Stage.ISSUED)
    assert kept is not None
    found, known = apart(lambda: verifying.examine(archive.read(kept)))
    assert (found.is_good, list(found.problems), known) == (True, [], document)


def with_an_attachment(document: Document) -> None:
    """A separate file that was put to the document before it was presented."""
    data = pdf.render(compositions.letter()).bytes
    Attachment.objects.create(
        document=document, name="Biểu.pdf", sha256=archive.sha256(data), size=len(data), pages=1,
        file=archive.store(data), added_at=timezone.now(), added_by=document.created_by,
    )  # fmt: skip


def give_number(page: Page, document: Document) -> None:
    page.goto(f"/van-ban/{document.pk}/cap-so/")
    press(page, "Cấp số")


def test_director_and_clerk_sign_with_the_tokens_of_their_machines(
    demo_site: Site, people_of: Callable[..., People], plugin: None, tmp_path: Path
) -> None:
    """Given tokens and the agent, when the director gives up once and then signs, the file goes on to the seal, which
    is put on its separate attachment first."""
    people = people_of(demo_site, ignore_https_errors=True)
    held, document = keys_leave_the_portal(WayOfSigning.AGENT), waiting()
    apart(lambda: with_an_attachment(document))
    has_given_up = []

    def token(data: bytes, act: str) -> bytes | None:
        if not has_given_up:
            has_given_up.append(act)
            return None
        at = timezone.now()
        if act == "SignApproved":
            return signing.sign_as_officer(data, held["giamdoc"], at=at)
        return signed_elsewhere(data, held[SEAL])

    with running_agent(token, tmp_path) as acts:
        director = people("giamdoc")
        director.goto(f"/van-ban/{document.pk}/ky/")
        press(director, "Ký")
        press(director, "Ký bằng token trên máy này")
        expect(director.get_by_role("status")).to_have_text("Người dùng đã huỷ.")
        press(director, "Ký bằng token trên máy này")
        expect(director.get_by_text("Văn thư sẽ cấp số.")).to_be_visible(timeout=20_000)
        clerk = people("vanthu")
        give_number(clerk, document)
        clerk.get_by_role("link", name="Đóng dấu và ban hành").click()
        expect(clerk.get_by_role("heading", name="Ký tệp kèm theo “Biểu.pdf”")).to_be_visible()
        press(clerk, "Ký bằng token trên máy này")
        expect(clerk.get_by_role("heading", name="Đóng dấu văn bản")).to_be_visible(timeout=20_000)
        press(clerk, "Ký bằng token trên máy này")
        expect(clerk.get_by_text("Đã ban hành").first).to_be_visible(timeout=20_000)
    assert acts == ["SignApproved", "SignApproved", "SignIssued", "SignIssued"]
    check_whole(document)
    assert list(Signature.objects.filter(document=document).values_list("way", flat=True)) == ["agent", "agent"]


def test_director_downloads_signs_elsewhere_and_uploads(
    demo_site: Site, people_of: Callable[..., People], tmp_path: Path
) -> None:
    """Given other software, the unsigned file is refused with the reason and the signed one is taken."""
    people = people_of(demo_site)
    held, document = keys_leave_the_portal(WayOfSigning.ELSEWHERE), waiting()
    page = people("giamdoc")
    page.goto(f"/van-ban/{document.pk}/ky/")
    press(page, "Ký")
    with page.expect_download() as download:
        press(page, "Tải tệp về để ký")
    file = tmp_path / "cho-ky.pdf"
    download.value.save_as(file)
    upload(page, file)
    expect(page.get_by_role("dialog").get_by_text("Tệp gửi lại chưa được ký.").first).to_be_visible()
    data = file.read_bytes()
    (tmp_path / "da-ky.pdf").write_bytes(
        apart(lambda: signing.sign_as_officer(data, held["giamdoc"], at=timezone.now()))
    )
    upload(page, tmp_path / "da-ky.pdf")
    expect(page.get_by_text("Văn thư sẽ cấp số.")).to_be_visible(timeout=20_000)
    told = Event.objects.about(document).filter(name__startswith="documents.s").values_list("name", flat=True)
    assert "documents.signature_refused" in list(told)


def upload(page: Page, file: Path) -> None:
    page.get_by_label("Tệp đã ký").set_input_files(file)
    press(page, "Tải tệp đã ký lên")


def test_the_agent_is_not_running(demo_site: Site, people_of: Callable[..., Any], plugin: None) -> None:
    """Given no agent, when the director presses, the page says so and how to go on; nothing is signed."""
    keys_leave_the_portal(WayOfSigning.AGENT)
    people, document = people_of(demo_site, ignore_https_errors=True), waiting()
    page = people("giamdoc")
    page.goto(f"/van-ban/{document.pk}/ky/")
    press(page, "Ký")
    press(page, "Ký bằng token trên máy này")
    expect(page.get_by_role("status")).to_have_text("Không kết nối được phần mềm ký.")
    assert people.contexts.problems.pop().startswith(
        "WebSocket connection to 'wss://127.0.0.1:8987/SignApproved' failed"
    )
    document.refresh_from_db()
    assert document.state == DocumentState.CHECKED
