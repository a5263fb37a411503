"""Pictures of letters: a garbled font gives the right text and the wrong picture, so the picture is looked at."""

import unicodedata
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from documents import pdf
from documents.layout import Heading, Paragraph
from documents.typography import FONT_FOLDER
from tests.documents import compositions
from tests.documents.measuring import opened

BASES = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
MARKS = ["", *"\u0300\u0301\u0303\u0309\u0323"]
LETTERS = [unicodedata.normalize("NFC", base + mark) for base in BASES for mark in MARKS] + list("đĐ₫“”–…0123456789")
SCALE = 6.0
FILES = {"": "Regular", "Bold": "Bold", "Italic": "Italic"}


@pytest.fixture(scope="module")
def page() -> bytes:
    """A page with every letter upright in a paragraph, bold in a heading and slanted in a basis."""
    shown = " ".join([*LETTERS, *reversed(LETTERS), *LETTERS[7:], *LETTERS[:7]])  # none only at the end of a line
    text = replace(
        compositions.plan(),
        bases=(shown,),
        opening="",
        blocks=(Heading(2, "", shown), Paragraph(shown)),
        closing="",
    )
    return pdf.render(text).bytes


def drawn(letter: str, style: str, size: float) -> Image.Image:
    """The letter as FreeType draws it from the bundled font, black on white, cut to its ink."""
    font = ImageFont.truetype(str(FONT_FOLDER / f"Tinos-{style}.ttf"), round(size * SCALE))
    image = Image.new("L", (200, 260), 255)
    ImageDraw.Draw(image).text((60, 60), letter, font=font, fill=0)
    return cut(image)


def cut(image: Image.Image) -> Image.Image:
    box = image.point(lambda value: 255 if value < 160 else 0).getbbox()
    return image.crop(box) if box else image


def unlikeness(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of grey, 0 for the same picture; the other is brought to the first one's size."""
    difference = ImageChops.difference(one, other.resize(one.size))
    shape = abs(one.width - other.width) / one.width + abs(one.height - other.height) / one.height
    return ImageStat.Stat(difference).mean[0] / 255 + shape


def test_every_letter_of_vietnamese_is_drawn_as_itself(page: bytes) -> None:
    document = pypdfium2.PdfDocument(page)
    pictures = [each.render(scale=SCALE, grayscale=True).to_pil() for each in document]
    seen: dict[str, set[str]] = {}
    with opened(page) as plumbed:
        for sheet, picture in zip(plumbed.pages, pictures, strict=True):
            for before, char, after in zip(sheet.chars, sheet.chars[1:], sheet.chars[2:], strict=False):
                if not (before["text"].isspace() and after["text"].isspace()):
                    continue  # only letters that stand alone can be cut out
                letter, style = char["text"], char["fontname"].partition("+")[2].removeprefix("Tinos").strip("-")
                if letter not in LETTERS or style not in FILES or letter in seen.get(style, set()):
                    continue
                edge = (char["x0"] - 1.4, char["top"] - 1.5, char["x1"] + 1.4, char["bottom"] + 1)
                found = cut(picture.crop(tuple(round(value * SCALE) for value in edge)))
                wanted = drawn(letter, FILES[style], char["size"])
                assert unlikeness(wanted, found) < 0.25, f"{letter} in {style or 'Regular'}"
                twin = drawn(letter.swapcase() if letter.swapcase() != letter else "%", FILES[style], char["size"])
                assert unlikeness(wanted, found) < unlikeness(twin, found), letter
                seen.setdefault(style, set()).add(letter)
    assert set(LETTERS) <= seen[""]
    assert set(LETTERS) <= seen["Italic"]
    assert set(LETTERS) <= seen["Bold"]


def test_a_garbled_letter_would_be_seen() -> None:
    assert unlikeness(drawn("ế", "Regular", 13), drawn("ề", "Regular", 13)) > 0.03
    assert unlikeness(drawn("ơ", "Regular", 13), drawn("o", "Regular", 13)) > 0.1
