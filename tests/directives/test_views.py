import hashlib
import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from directives import notes, register, relations
from directives.models import Directive, DirectiveRelation, Validity
from tests.factories.directives import PDF, make_directive, make_register
from tests.factories.plans import House, make_house, make_plan
from units.models import Appointment

SENTENCE = (
    "Thực hiện Công văn số 365 - CV/ÐUK ngày 19/9/2023 của Đảng ủy Khối các cơ quan tỉnh về việc tổ chức Tháng cao điểm"
)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30


def docx(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names or ("[Content_Types].xml", "word/document.xml"):
            archive.writestr(name, "<x/>")
    return out.getvalue()


def page(name: str, *args: Any) -> str:
    return reverse(f"directives:{name}", args=args)


@pytest.fixture
def as_(client: Any) -> Any:
    """`as_(post)` is the client signed in as the person of this post."""

    def sign_in(post: Appointment) -> Any:
        client.force_login(post.user)
        return client

    return sign_in


def entry(**changes: Any) -> dict[str, Any]:
    """What the form of a new entry sends."""
    return {
        "kind": "CV", "code": "365-CV/ĐUK", "dated_on": "19/09/2023", "issuer": "Đảng ủy Khối",
        "subject": "Tổ chức hội nghị", "urgency": "normal", "secrecy": "", "received_on": "20/09/2023",
        "answer_due_on": "",
    } | changes  # fmt: skip


def errors(response: Any) -> dict[str, list[str]]:
    return {name: list(messages) for name, messages in response.context["form"].errors.items()}


# --- who --------------------------------------------------------------------------------------------------------------
def test_pages_are_for_who_is_signed_in(client: Any, house: House) -> None:
    response = client.get(page("list"))
    assert (response.status_code, response.url) == (302, f"/dang-nhap/?next={page('list')}")


def test_pages_by_post(as_: Any, house: House) -> None:
    directive = make_directive(house.clerk)
    names = ("receive", "relate", "validity", "note", "add_file", "edit")
    seen = {}
    for post in ("clerk", "office", "chief", "director", "officer", "head", "admin"):
        client = as_(house.posts[post])
        row = [client.get(page("list")).status_code, client.get(page("create")).status_code]
        row += [client.get(page(name, directive.pk)).status_code for name in ("detail", *names)]
        seen[post] = row

    records = [200, 200, 200, 200, 200, 200, 403, 200, 200]
    reads = [200, 403, 200, 403, 403, 403, 403, 403, 403]
    assert seen == {
        "clerk": records,
        "office": records,
        "chief": records,
        "director": [200, 403, 200, 403, 403, 403, 200, 403, 403],
        "officer": reads,
        "head": reads,
        "admin": [404] * 9,
    }


def test_a_foreign_directive_is_as_unknown_as_no_directive(as_: Any, house: House) -> None:
    foreign_house = make_house("Sở khác", "SK")
    foreign = make_directive(foreign_house.clerk)
    kept = register.add_file(directive=foreign, name="a.pdf", data=PDF, by=foreign_house.clerk, at=timezone.now())
    mine = make_directive(house.clerk)
    client = as_(house.clerk)
    pages = [page(name, foreign.pk) for name in ("detail", "edit", "receive", "relate", "validity", "note", "add_file")]
    pages += [page("file", foreign.pk, kept.pk), page("file", mine.pk, kept.pk), page("detail", 999_999)]

    assert [client.get(url).status_code for url in pages] == [404] * 10
    assert [client.post(url, {}).status_code for url in pages[1:7]] == [404] * 6
    assert client.get(page("list")).context["rows"] == [mine]


# --- list -------------------------------------------------------------------------------------------------------------
def found(client: Any, **query: str) -> list[str]:
    return [row.code for row in client.get(page("list"), query).context["rows"]]


def test_list_filters(as_: Any, house: House) -> None:
    make_directive(house.clerk)
    plan = register.kind_for("KH")
    make_directive(
        house.clerk, code="12/KH-UBND", kind=plan, issuer="UBND tỉnh", subject="Cải cách hành chính",
        dated_on=date(2025, 2, 1)
    )  # fmt: skip
    gone = make_directive(house.clerk, code="13/KH-UBND", kind=plan, issuer="UBND tỉnh")
    relations.set_validity(directive=gone, validity=Validity.WITHDRAWN, until=None, by=house.clerk, at=timezone.now())
    client = as_(house.officer)

    assert found(client) == ["12/KH-UBND", "365-CV/ĐUK"]
    assert found(client, text="cai cach") == ["12/KH-UBND"]
    assert found(client, text="dan van nam") == ["365-CV/ĐUK"]
    assert found(client, text="ca") == ["12/KH-UBND", "365-CV/ĐUK"]
    assert found(client, kind="KH") == ["12/KH-UBND"]
    assert found(client, issuer="đảng uỷ") == ["365-CV/ĐUK"]
    assert found(client, year="2025") == ["12/KH-UBND"]
    assert found(client, validity="withdrawn") == ["13/KH-UBND"]
    assert found(client, kind="KH", year="2023") == []


@pytest.mark.parametrize(
    "query",
    [
        {"year": "abc"},
        {"year": "99999999999999999999"},
        {"year": "²"},
        {"validity": "x"},
        {"page": "abc"},
        {"page": "-1"},
    ],
)
def test_list_takes_nonsense_in_the_address_for_nothing(as_: Any, house: House, query: dict[str, str]) -> None:
    make_directive(house.clerk)
    assert found(as_(house.officer), **query) == ["365-CV/ĐUK"]


@pytest.mark.parametrize("query", [{"kind": "'"}, {"text": "abc%"}, {"issuer": "zzz"}])
def test_list_finds_nothing_and_says_so(as_: Any, house: House, query: dict[str, str]) -> None:
    make_directive(house.clerk)
    response = as_(house.officer).get(page("list"), query)
    assert "Không có văn bản nào khớp." in response.content.decode()


def test_list_empty_says_the_next_step(as_: Any, house: House) -> None:
    assert "Dán câu dẫn văn bản" in as_(house.clerk).get(page("list")).content.decode()
    assert "Văn thư vào sổ" in as_(house.officer).get(page("list")).content.decode()


def test_list_shows_the_very_code_first(as_: Any, house: House) -> None:
    for code in ("365-CV/ĐUK", "1365-CV/ĐUK", "2365-CV/ĐUK"):
        make_directive(house.clerk, code=code)

    assert found(as_(house.officer), text="365 - CV/ĐUK") == ["365-CV/ĐUK", "2365-CV/ĐUK", "1365-CV/ĐUK"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_number_of_questions(
    as_: Any, house: House, count: int, django_assert_num_queries: Any
) -> None:
    make_register(house.clerk, count)
    client = as_(house.clerk)
    client.get(page("list"))
    with django_assert_num_queries(8):
        assert len(found(client)) == count


# --- entering ---------------------------------------------------------------------------------------------------------
def test_create_recognises_a_pasted_sentence(as_: Any, house: House) -> None:
    response = as_(house.clerk).post(page("fill_in"), {"text": SENTENCE})

    initial = response.context["form"].initial
    assert {name: value for name, value in initial.items() if name not in ("text", "filled")} == {
        "kind": "CV", "code": "365-CV/ĐUK", "dated_on": "19/09/2023", "issuer": "Đảng ủy Khối các cơ quan tỉnh",
        "subject": "tổ chức Tháng cao điểm", "received_on": f"{timezone.localdate():%d/%m/%Y}",
    }  # fmt: skip
    assert 'value="19/09/2023"' in response.content.decode()
    assert Directive.objects.count() == 0


def test_create_from_another_pages_link(as_: Any, house: House) -> None:
    response = as_(house.clerk).get(page("create"), {"text": SENTENCE})
    assert response.context["form"].initial["code"] == "365-CV/ĐUK"


def test_create_recognises_nothing_and_says_so(as_: Any, house: House) -> None:
    response = as_(house.clerk).post(page("fill_in"), {"text": "Họp lúc 8 giờ sáng thứ Hai."})
    assert "Không nhận ra văn bản nào" in response.content.decode()


def test_create_recognises_what_the_register_has(as_: Any, house: House) -> None:
    directive = make_directive(house.clerk)
    response = as_(house.clerk).post(page("fill_in"), {"text": SENTENCE})
    assert response.context["known"] == directive
    assert page("detail", directive.pk) in response.content.decode()


def test_create_enters_gives_the_number_and_keeps_the_file(as_: Any, house: House) -> None:
    upload = SimpleUploadedFile("C:\\tệp\\cv 365.pdf", PDF)
    response = as_(house.clerk).post(page("create"), entry(file=upload, answer_due_on="1/10/2023", urgency="urgent"))

    directive = Directive.objects.get()
    assert response.url == page("detail", directive.pk)
    assert (directive.code, directive.dated_on, directive.received_number, directive.received_on) == (
        "365-CV/ĐUK", date(2023, 9, 19), 1, date(2023, 9, 20),
    )  # fmt: skip
    assert (directive.answer_due_on, directive.urgency, directive.recorded_by) == (
        date(2023, 10, 1), "urgent", house.clerk,
    )  # fmt: skip
    assert [(kept.name, kept.sha256) for kept in directive.files.all()] == [
        ("cv 365.pdf", hashlib.sha256(PDF).hexdigest())
    ]


def test_create_without_a_day_of_receipt_gives_no_number(as_: Any, house: House) -> None:
    as_(house.clerk).post(page("create"), entry(received_on=""))
    assert Directive.objects.get().received_number is None


def test_create_shows_the_existing_one_instead(as_: Any, house: House) -> None:
    directive = make_directive(house.clerk)
    response = as_(house.clerk).post(page("create"), entry(code="365 – CV/ÐUK", anyway="on"))

    assert response.context["known"] == directive
    assert "Văn bản này đã có trong sổ" in response.content.decode()
    assert Directive.objects.count() == 1


def test_create_the_same_code_of_another_day_is_for_the_person_to_decide(as_: Any, house: House) -> None:
    directive = make_directive(house.clerk)
    client = as_(house.clerk)
    asked = client.post(page("create"), entry(dated_on="20/09/2023"))

    assert (asked.context["doubts"], Directive.objects.count()) == ((directive,), 1)
    assert "khác ngày" in asked.content.decode()
    assert 'type="checkbox" name="anyway"' in asked.content.decode()
    client.post(page("create"), entry(dated_on="20/09/2023", anyway="on"))
    assert Directive.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"secrecy": "secret"}, "secrecy"),
        ({"secrecy": "highest"}, "secrecy"),
        ({"subject": "MẬT. Tình hình an ninh"}, "subject"),
        ({"subject": "TỐI MẬT"}, "subject"),
        ({"code": "12-BC/TU (MẬT)"}, "code"),
    ],
)
def test_create_refuses_secret_content_with_the_reason(
    as_: Any, house: House, changes: dict[str, str], field: str
) -> None:
    response = as_(house.clerk).post(page("create"), entry(**changes))

    assert list(errors(response)) == [field]
    assert errors(response)[field][0].startswith("Nội dung bí mật nhà nước không được soạn, lưu, gửi")
    assert Directive.objects.count() == 0


def test_create_a_pasted_secret_is_refused_too(as_: Any, house: House) -> None:
    response = as_(house.clerk).post(page("fill_in"), {"text": f"TUYỆT MẬT {SENTENCE}"})
    assert "Nội dung bí mật nhà nước" in response.content.decode()


@pytest.mark.parametrize("subject", ["Bảo mật", "TĂNG CƯỜNG BẢO MẬT", "BẢO VỆ BÍ MẬT NHÀ NƯỚC", "Nuôi ong mật"])
def test_create_writes_about_secrecy_are_no_secrets(as_: Any, house: House, subject: str) -> None:
    as_(house.clerk).post(page("create"), entry(subject=subject))
    assert Directive.objects.get().subject == subject


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "??"}, "kind"),
        ({"kind": "", "code": "1946/UBND-VXNV"}, "kind"),
        ({"dated_on": "31/02/2023"}, "dated_on"),
        ({"dated_on": "0"}, "dated_on"),
        ({"code": "", "subject": ""}, "code"),
        ({"code": "1" * 81}, "code"),
        ({"issuer": "a" * 301}, "issuer"),
        ({"subject": "a\x00b"}, "subject"),
        ({"urgency": "now"}, "urgency"),
        ({"received_on": "01/01/2999"}, "__all__"),
        ({"received_on": "18/09/2023"}, "__all__"),
    ],
)
def test_create_bad_input_is_one_error_and_nothing_is_written(
    as_: Any, house: House, changes: dict[str, str], field: str
) -> None:
    response = as_(house.clerk).post(page("create"), entry(**changes))

    assert (response.status_code, list(errors(response)), Directive.objects.count()) == (200, [field], 0)


# --- files ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", b"", "Tệp “a.pdf” rỗng."),
        ("a.pdf", b"MZ\x90", "Tệp “a.pdf” không phải PDF, ảnh JPG, PNG hay Word (.docx)."),
        ("a.html", b"<script>alert(1)</script>", "Tệp “a.html” không phải PDF, ảnh JPG, PNG hay Word (.docx)."),
        ("a.exe", PDF, "Tên tệp “a.exe” không khớp với nội dung; hãy chọn đúng tệp gốc."),
        ("a.docx", b"PK\x03\x04xyz", "Tệp “a.docx” bị hỏng, không mở được."),
        ("a.docx", docx("x"), "Tệp “a.docx” không phải PDF, ảnh JPG, PNG hay Word (.docx)."),
        (
            "a.docx",
            docx("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "Tệp “a.docx” có macro; hãy lưu lại thành tệp không có macro hoặc PDF.",
        ),
        ("a.pdf", PDF + b"0" * 20 * 1024 * 1024, "Tệp “a.pdf” lớn hơn 20 MB."),
    ],
)
def test_add_file_refuses_in_one_sentence(as_: Any, house: House, name: str, data: bytes, words: str) -> None:
    directive = make_directive(house.clerk)
    response = as_(house.clerk).post(page("add_file", directive.pk), {"file": SimpleUploadedFile(name, data)})

    assert errors(response) == {"file": [words]}
    assert directive.files.count() == 0


@pytest.mark.parametrize(
    ("name", "data", "media_type", "shown_as"),
    [
        ("công văn.pdf", PDF, "application/pdf", "inline"),
        ("anh.PNG", PNG, "image/png", "inline"),
        ("anh.jpeg", b"\xff\xd8\xff\xe0" + b"\0" * 20, "image/jpeg", "inline"),
        (
            "van-ban.docx",
            docx(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "attachment",
        ),
    ],
)
def test_file_comes_back_byte_for_byte(
    as_: Any, house: House, name: str, data: bytes, media_type: str, shown_as: str
) -> None:
    directive = make_directive(house.clerk)
    client = as_(house.clerk)
    for _twice in range(2):
        client.post(page("add_file", directive.pk), {"file": SimpleUploadedFile(name, data)})
    (kept,) = directive.files.all()
    address = page("file", directive.pk, kept.pk)
    downloaded, shown = as_(house.officer).get(address), client.get(f"{address}?xem")

    assert downloaded.content == shown.content == data
    assert downloaded.headers["Content-Type"] == media_type
    assert downloaded.headers["Content-Length"] == str(len(data))
    assert downloaded.headers["X-Content-Type-Options"] == "nosniff"
    assert downloaded.headers["Content-Disposition"].startswith("attachment; filename")
    assert shown.headers["Content-Disposition"].split(";")[0] == shown_as


def test_a_changed_file_is_not_given_out(as_: Any, house: House, settings: Any) -> None:
    directive = make_directive(house.clerk)
    kept = register.add_file(directive=directive, name="a.pdf", data=PDF, by=house.clerk, at=timezone.now())
    path = settings.MEDIA_ROOT / kept.file
    path.chmod(0o640)
    path.write_bytes(PDF + b"x")

    with pytest.raises(ValueError, match="has been changed"):
        as_(house.clerk).get(page("file", directive.pk, kept.pk))


# --- one directive ----------------------------------------------------------------------------------------------------
def test_detail_says_what_it_asks_and_what_rests_on_it(as_: Any, house: House) -> None:
    directive = make_directive(
        house.clerk, code="12-KH/BDVTU", kind=register.kind_for("KH"), dated_on=date(2023, 9, 5),
        issuer="Ban Dân vận Tỉnh ủy",
    )  # fmt: skip
    plan = make_plan(house)  # cites 12-KH/BDVTU
    notes.note(
        directive=directive, text="Giao Phòng tham mưu", lead_unit=house.department, cooperating_units=[house.other],
        due_on=date(2026, 12, 1), by=house.director, at=timezone.now(),
    )  # fmt: skip
    response = as_(house.officer).get(page("detail", directive.pk))

    groups = [(str(row.title), row.total, [each.title for each in row.rows]) for row in response.context["groups"]]
    assert groups == [
        ("Kế hoạch căn cứ vào văn bản này", 1, [plan.document.title]),
        ("Nhiệm vụ theo văn bản này", 2, ["Tổ chức hội nghị quán triệt", "Cập nhật tin, bài"]),
    ]
    text = response.content.decode()
    for words in ("Giao Phòng tham mưu", house.department.name, house.other.name, "01/12/2026"):
        assert words in text


def test_detail_another_house_sees_none_of_its_plans(as_: Any, house: House) -> None:
    make_plan(house)
    foreign = make_house("Sở khác", "SK")
    directive = make_directive(foreign.clerk, code="12-KH/BDVTU")
    response = as_(foreign.officer).get(page("detail", directive.pk))

    assert [(group.total, group.rows) for group in response.context["groups"]] == [(0, ()), (0, ())]


def test_detail_names_the_successor_and_relations_from_both_ends(as_: Any, house: House) -> None:
    older, newer = make_directive(house.clerk), make_directive(house.clerk, code="9-CV/ĐUK")
    relations.relate(
        source=newer, kind=DirectiveRelation.Kind.REPLACES, target=older, by=house.clerk, at=timezone.now()
    )
    client = as_(house.officer)
    seen = [
        [(str(row.words), row.directive) for row in client.get(page("detail", row.pk)).context["relations"]]
        for row in (older, newer)
    ]
    assert seen == [[("bị thay thế bởi", newer)], [("thay thế", older)]]
    assert "Văn bản này đã được thay thế; văn bản đang thay là" in client.get(page("detail", older.pk)).content.decode()


def test_detail_shows_a_doubt(as_: Any, house: House) -> None:
    first, second = make_directive(house.clerk), make_directive(house.clerk, dated_on=date(2023, 9, 20))
    response = as_(house.officer).get(page("detail", first.pk))
    assert response.context["doubts"] == [second]


@pytest.mark.parametrize("count", [1, 3])
def test_detail_asks_the_same_number_of_questions(
    as_: Any, house: House, count: int, django_assert_num_queries: Any
) -> None:
    at = timezone.now()
    directive = make_directive(house.clerk, code="12-KH/BDVTU", kind=register.kind_for("KH"), dated_on=date(2023, 9, 5))
    for number in range(count):
        make_plan(house)
        other = make_directive(house.clerk, code=f"{number + 1}-CV/ĐUK")
        relations.relate(source=other, kind=DirectiveRelation.Kind.IMPLEMENTS, target=directive, by=house.clerk, at=at)
        relations.relate(source=directive, kind=DirectiveRelation.Kind.MENTIONS, target=other, by=house.clerk, at=at)
        register.add_file(directive=directive, name="a.pdf", data=PDF + bytes([number]), by=house.clerk, at=at)
        notes.note(
            directive=directive, text="x", lead_unit=house.department, cooperating_units=[house.other], due_on=None,
            by=house.director, at=at,
        )  # fmt: skip
    client = as_(house.director)
    client.get(page("detail", directive.pk))
    with django_assert_num_queries(10):
        response = client.get(page("detail", directive.pk))
    assert [group.total for group in response.context["groups"]] == [count, 2 * count]


# --- changing ---------------------------------------------------------------------------------------------------------
def edited(directive: Directive, **changes: str) -> dict[str, str]:
    return {
        "kind": directive.kind.abbreviation, "code": directive.code, "dated_on": f"{directive.dated_on:%d/%m/%Y}",
        "issuer": directive.issuer, "subject": directive.subject, "urgency": directive.urgency,
    } | changes  # fmt: skip


def test_edit(as_: Any, house: House) -> None:
    directive = make_directive(house.clerk)
    response = as_(house.clerk).post(
        page("edit", directive.pk), edited(directive, subject="Khác", valid_from="01/10/2023")
    )
    directive.refresh_from_db()
    assert (response.url, directive.subject, directive.valid_from) == (
        page("detail", directive.pk), "Khác", date(2023, 10, 1),
    )  # fmt: skip


def test_edit_into_another_one_is_shown_or_asked(as_: Any, house: House) -> None:
    other = make_directive(house.clerk)
    directive = make_directive(house.clerk, code="366-CV/ĐUK")
    client = as_(house.clerk)
    same = client.post(page("edit", directive.pk), edited(directive, code="365-CV/ĐUK"))
    assert same.context["known"] == other
    doubt = client.post(page("edit", directive.pk), edited(directive, code="365-CV/ĐUK", dated_on="20/09/2023"))
    assert doubt.context["doubts"] == (other,)
    client.post(page("edit", directive.pk), edited(directive, code="365-CV/ĐUK", dated_on="20/09/2023", anyway="on"))
    directive.refresh_from_db()
    assert (directive.code, directive.dated_on) == ("365-CV/ĐUK", date(2023, 9, 20))


def test_receive_and_validity(as_: Any, house: House) -> None:
    directive = make_directive(house.clerk)
    client = as_(house.clerk)
    client.post(page("receive", directive.pk), {"on": "20/09/2023"})
    again = client.post(page("receive", directive.pk), {"on": "20/09/2023"})
    client.post(page("validity", directive.pk), {"validity": "expired", "until": "01/01/2025"})

    assert errors(again) == {"__all__": ["Văn bản đã có số đến 1."]}
    directive.refresh_from_db()
    assert (directive.received_number, directive.validity, directive.valid_until) == (1, "expired", date(2025, 1, 1))


def test_note_offers_the_working_units_of_the_house(as_: Any, house: House) -> None:
    directive = make_directive(house.clerk)
    make_house("Sở khác", "SK")
    client = as_(house.director)
    form = client.get(page("note", directive.pk)).context["form"]
    assert set(form.fields["lead_unit"].queryset) == {house.office_unit, house.department, house.other}

    client.post(
        page("note", directive.pk),
        {"text": "Tham mưu kế hoạch", "lead_unit": house.department.pk, "cooperating_units": [house.other.pk],
         "due_on": "30/11/2026"},
    )  # fmt: skip
    (note,) = directive.notes.all()
    assert (note.text, note.lead_unit, list(note.cooperating_units.all()), note.due_on, note.noted_by) == (
        "Tham mưu kế hoạch", house.department, [house.other], date(2026, 11, 30), house.director,
    )  # fmt: skip


def test_relate_by_code_both_ways(as_: Any, house: House) -> None:
    directive = make_directive(house.clerk)
    newer = make_directive(house.clerk, code="9-CV/ĐUK")
    plan = make_directive(house.clerk, code="12/KH-UBND")
    client = as_(house.clerk)
    client.post(page("relate", directive.pk), {"relation": "-replaces", "other": "9 – cv/ĐUK"})
    client.post(page("relate", directive.pk), {"relation": "implements", "other": "12/KH-UBND"})

    assert set(DirectiveRelation.objects.values_list("source", "kind", "target")) == {
        (newer.pk, "replaces", directive.pk),
        (directive.pk, "implements", plan.pk),
    }


def test_relate_asks_which_one_when_several_match(as_: Any, house: House) -> None:
    directive = make_directive(house.clerk, code="1-KH/TU", subject="khác")
    first, second = make_directive(house.clerk), make_directive(house.clerk, dated_on=date(2018, 1, 1))
    client = as_(house.clerk)
    asked = client.post(page("relate", directive.pk), {"relation": "mentions", "other": "365-CV/ĐUK"})
    assert [value for value, _label in asked.context["form"].fields["target"].choices] == [first.pk, second.pk]

    sent = {"relation": "mentions", "other": "365-CV/ĐUK", "target": second.pk}
    client.post(page("relate", directive.pk), sent)
    assert [relation.target for relation in DirectiveRelation.objects.all()] == [second]


@pytest.mark.parametrize("other", ["999-CV/ĐUK", "zzzzzz", ""])
def test_relate_to_what_the_register_does_not_have(as_: Any, house: House, other: str) -> None:
    make_directive(make_house("Sở khác", "SK").clerk, code="999-CV/ĐUK")
    directive = make_directive(house.clerk)
    response = as_(house.clerk).post(page("relate", directive.pk), {"relation": "mentions", "other": other})
    assert list(errors(response)) == ["other"]
    assert DirectiveRelation.objects.count() == 0
