import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directives import entry
from directives.entry import Suggestion
from tests.directives.test_heads import word_file
from tests.factories.directives import make_directive
from tests.factories.plans import House

HTMX = {"HX-Request": "true"}


def test_what_was_typed_stays_and_an_earlier_suggestion_gives_way() -> None:
    first = entry.merged({"code": "", "issuer": "Tự gõ"}, Suggestion({"code": "1-CV/TU", "issuer": "Tỉnh ủy"}))
    assert (first["code"], first["issuer"]) == ("1-CV/TU", "Tự gõ")

    second = entry.merged(first, Suggestion({"code": "2-CV/TU", "issuer": "Huyện ủy"}))
    assert (second["code"], second["issuer"]) == ("2-CV/TU", "Tự gõ")
    third = entry.merged(second | {"code": "3-CV/TU", "filled": "[1"}, Suggestion({"code": "4-CV/TU"}))
    assert third["code"] == "3-CV/TU"
    assert json.loads(third["filled"]) == {}


def test_a_file_fills_the_fields(client: Any, house: House) -> None:
    client.force_login(house.clerk.user)
    upload = SimpleUploadedFile("cv.docx", word_file())
    answer = client.post(reverse("directives:fill_in"), {"file": upload, "issuer": "Tự gõ"}, headers=HTMX)

    initial = answer.context["form"].initial
    assert (initial["code"], initial["dated_on"], initial["issuer"]) == ("365-CV/ĐUK", "26/09/2023", "Tự gõ")
    assert "<html" not in answer.content.decode()


def test_the_registers_own_words_for_an_issuer(house: House) -> None:
    make_directive(house.clerk, issuer="Đảng ủy Khối các Cơ quan tỉnh")
    found = entry.suggest(house.clerk, text="", file=("cv.docx", word_file()))
    assert found.values["issuer"] == "Đảng ủy Khối các Cơ quan tỉnh"


def test_a_bad_file_is_said_at_once_and_what_was_typed_stays(client: Any, house: House) -> None:
    client.force_login(house.clerk.user)
    upload = SimpleUploadedFile("a.pdf", b"MZ")
    answer = client.post(reverse("directives:fill_in"), {"file": upload, "code": "1-CV/TU"}, headers=HTMX)
    assert "không phải PDF" in answer.content.decode()
    assert answer.context["form"].initial["code"] == "1-CV/TU"


def test_duplicates_are_shown_while_typing(client: Any, house: House) -> None:
    directive = make_directive(house.clerk)
    client.force_login(house.clerk.user)
    url = reverse("directives:known")
    seen = {
        day: (answer.context["known"], list(answer.context["doubts"]))
        for day in ("19/09/2023", "20/09/2023", "19/09/2029", "x")
        if (answer := client.get(url, {"code": "365 – cv/ÐUK", "dated_on": day}))
    }
    assert seen == {
        "19/09/2023": (directive, []),
        "20/09/2023": (None, [directive]),
        "19/09/2029": (None, []),
        "x": (directive, []),
    }
    assert client.get(url, {"code": ""}).context["known"] is None
