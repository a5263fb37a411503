"""The draft printed beside its editor: once for each content, within limits, from the same code as the file."""

import threading
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings

from documents import pdf, pictures, previews
from documents.models import Document
from tests.documents import compositions


@pytest.fixture
def draft(db: None) -> Document:
    return Document(pk=7)


def test_the_same_content_is_printed_once_and_is_the_files_own_print(draft: Document) -> None:
    text = compositions.plan()
    first = previews.preview(draft, text)

    with mock.patch("documents.press.render", side_effect=AssertionError("printed again")):
        again = previews.preview(draft, text)

    assert again == first
    kept = Path(settings.MEDIA_ROOT) / pictures.preview_file(draft, first.digest)
    assert kept.read_bytes() == pdf.render(text).bytes
    assert [(round(page.width), round(page.height)) for page in first.pages] == [(595, 842)] * len(first.pages)


def test_other_content_has_another_name(draft: Document) -> None:
    assert previews.digest_of(compositions.plan()) != previews.digest_of(compositions.plan(number="5"))


def test_a_long_draft_is_not_printed_while_somebody_waits(draft: Document) -> None:
    text = compositions.with_paragraphs(compositions.plan(), 2000)

    with mock.patch("documents.press.render", side_effect=AssertionError("printed")):
        with pytest.raises(previews.TooLong, match="thẻ PDF"):
            previews.preview(draft, text)


def test_one_rendering_at_a_time(draft: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "PATIENCE", 0.05)
    monkeypatch.setattr(previews, "_press", threading.Lock())
    with previews._press:
        with pytest.raises(previews.Busy):
            previews.preview(draft, compositions.plan())


def test_light_pictures_are_kept_apart(draft: Document) -> None:
    made = previews.preview(draft, compositions.plan())
    with mock.patch.object(pictures, "_source", return_value=lambda: pdf.render(compositions.plan()).bytes):
        light = pictures.picture(draft, made.digest, 1, is_light=True)
        whole = pictures.picture(draft, made.digest, 1)

    assert light[:8] == whole[:8] == b"\x89PNG\r\n\x1a\n"
    assert light != whole
