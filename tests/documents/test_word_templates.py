"""An organisation's own Word template: tried, taken, used, put back; everything else refused with its reason."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx as word
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx.oxml.ns import qn

from audit.models import Event
from documents import word_templates
from documents.docx import plain_zip
from documents.layout import Family
from documents.models import HouseRules, WordTemplate
from documents.word_context import standard
from tests.factories.plans import House, make_house, make_plan
from units.permissions import NotAllowed

PAGE = "documents:word_template"


@pytest.fixture
def house(db: None) -> House:
    return make_house()


def changed(change: Callable[[Any], None], key: str = "nd30-13") -> bytes:
    """The portal's template after an edit in Word."""
    document = word.Document(BytesIO(standard(key)))
    change(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def repacked(change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None) -> bytes:
    """The portal's template with parts changed, left out (None) or added."""
    target, packed = BytesIO(), zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(BytesIO(standard("nd30-13"))) as source, zipfile.ZipFile(target, "w", packed) as out:
        for name in source.namelist():
            data = change(name, source.read(name))
            if data is not None:
                out.writestr(name, data)
        for name, data in (more or {}).items():
            out.writestr(name, data)
    return target.getvalue()


def keep(_name: str, data: bytes) -> bytes:
    return data


def add_motto(document: Any) -> None:
    document.add_paragraph("Mẫu của Sở Thử nghiệm")


def without(tag: str) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        for paragraph in document.element.body.iter(qn("w:t")):
            if paragraph.text and tag in paragraph.text:
                paragraph.text = ""

    return change


def unnumbered(document: Any) -> None:
    for root in (document.element.body, document.styles.element):
        for numbers in list(root.iter(qn("w:numPr"))):
            numbers.getparent().remove(numbers)


def hostile(document: Any) -> None:
    document.add_paragraph("{{ kind.__class__.__mro__ }}")


def upload(client: Client, data: bytes, name: str = "mau.docx") -> Any:
    return client.post(reverse(PAGE), {"file": SimpleUploadedFile(name, data)})


def test_office_downloads_edits_and_uploads_its_template(client: Client, house: House) -> None:
    client.force_login(house.office.user)
    given = client.get(reverse("documents:word_template_file")).content
    assert given == standard("nd30-13")
    assert upload(client, changed(add_motto), "mau-so.docx").status_code == 302
    used = WordTemplate.objects.get(organisation=house.organisation)
    assert (used.name, used.layout, used.uploaded_by) == ("mau-so.docx", "state", house.office)
    plan = make_plan(house)
    made = client.get(reverse("documents:word", args=[plan.document_id]))
    assert "Mẫu của Sở Thử nghiệm" in [each.text for each in word.Document(BytesIO(made.content)).paragraphs]
    assert "attachment" in made["Content-Disposition"]
    assert client.get(reverse("documents:word_template_file")).content == bytes(used.content)
    assert client.get(reverse("documents:word_template_file") + "?goc=1").content == standard("nd30-13")
    assert Event.objects.filter(name="documents.word_template_replaced").count() == 1


def test_second_upload_ends_the_first_and_the_portals_own_comes_back(client: Client, house: House) -> None:
    client.force_login(house.chief.user)
    upload(client, changed(add_motto))
    upload(client, changed(add_motto))
    assert [each.ended_at is None for each in WordTemplate.objects.order_by("id")] == [False, True]
    client.post(reverse("documents:word_template_restore"))
    client.post(reverse("documents:word_template_restore"))
    assert not WordTemplate.objects.filter(ended_at__isnull=True).exists()
    assert Event.objects.filter(name="documents.word_template_restored").count() == 1


def test_a_plan_printed_by_the_template_in_use_can_be_looked_at(client: Client, house: House) -> None:
    client.force_login(house.office.user)
    trial = f"{reverse('documents:word_template_file')}?thu=1"
    before = said(client.get(trial).content)
    client.post(reverse(PAGE), {"file": SimpleUploadedFile("mau.docx", changed(add_motto))})

    after = said(client.get(trial).content)

    assert "KẾ HOẠCH" in before
    assert ("Mẫu của Sở Thử nghiệm" in before, "Mẫu của Sở Thử nghiệm" in after) == (False, True)


def said(data: bytes) -> str:
    document = word.Document(BytesIO(data))
    return "\n".join(each.text or "" for each in document.element.body.iter(qn("w:t")))


def test_party_body_has_the_partys_template(client: Client, house: House) -> None:
    HouseRules.objects.create(organisation=house.organisation, layout="party")
    client.force_login(house.office.user)
    assert client.get(reverse("documents:word_template_file")).content == standard("hd05")
    upload(client, changed(add_motto, "hd05"))
    assert WordTemplate.objects.get().layout == "party"


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'
BAD = {
    "no file of Word": (b"x", "không phải là văn bản Word"),
    "an empty archive": (b"PK\x05\x06" + bytes(18), "Không dựng được"),
    "too large": (b"x" * (1024 * 1024 + 1), "lớn hơn 1 MB"),
    "a macro": (repacked(keep, {"word/vbaProject.bin": b"x"}), "macro"),
    "an embedded object": (repacked(keep, {"word/embeddings/oleObject1.bin": b"x"}), "macro hoặc đối tượng"),
    "entities": (
        repacked(lambda name, data: DOCTYPE + data[data.index(b"?>") + 2 :] if name == "word/styles.xml" else data),
        "XML không được phép",
    ),
    "a link outside": (
        repacked(
            lambda name, data: (
                data.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rId99" Type="x" Target="http://example.org/" TargetMode="External"/>'
                    b"</Relationships>",
                )
                if name == "word/_rels/document.xml.rels"
                else data
            )
        ),
        "liên kết ra ngoài",
    ),
    "too many parts": (repacked(keep, {f"x/{index}.txt": b"" for index in range(250)}), "quá nhiều thành phần"),
    "a bomb": (repacked(keep, {"x.txt": b"0" * (21 * 1024 * 1024)}), "quá nhiều thành phần"),
    "no document in it": (
        repacked(lambda name, data: None if name == "word/document.xml" else data),
        "Không dựng được",
    ),
    "code in a tag": (changed(hostile), "Không dựng được"),
    "a broken tag": (changed(lambda document: document.add_paragraph("{% if kind %}")), "thẻ viết sai"),
    "an unknown name": (changed(lambda document: document.add_paragraph("{{ khong_co }}")), "không có thẻ “khong_co”"),
    "no signer": (changed(without("{{ signer_name }}")), "làm mất thành phần: Nguyễn Văn Thử"),
    "no number": (changed(without("{{ number_line }}")), "làm mất thành phần: Số: 05/KH-STN"),
    "no numbers of Word": (changed(unnumbered), "mất số thứ tự"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_template_is_refused_with_its_reason_and_the_old_one_stays(client: Client, house: House, what: str) -> None:
    data, reason = BAD[what]
    client.force_login(house.office.user)
    answer = upload(client, data)
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not WordTemplate.objects.exists()


def test_only_those_who_may_change_the_template(house: House) -> None:
    for post in (house.officer, house.clerk, house.director):
        with pytest.raises(NotAllowed):
            word_templates.replace(
                organisation=house.organisation, family=Family.STATE, content=standard("nd30-13"), name="x",
                by=post, at=timezone.now(),
            )  # fmt: skip


def test_template_that_fails_on_a_document_gives_way_to_the_portals_own(house: House, caplog: Any) -> None:
    plan = make_plan(house)
    WordTemplate.objects.create(
        organisation=house.organisation, layout="state", name="x", content=plain_zip(changed(hostile)), sha256="0" * 64,
        uploaded_at=timezone.now(), uploaded_by=house.office,
    )  # fmt: skip
    assert word.Document(BytesIO(word_templates.render(plan.document)))
    assert "failed on document" in caplog.text
