"""The rules of PDF/A-2b and of tagged PDF that can be tested here: our own list, and qpdf's check of the syntax.

"Claims PDF/A-2b" is all that is said: no full validator is at hand.
"""

import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from documents import pdf
from documents.layout import HD05, ND30_14, OfficialText
from tests.documents import compositions as c
from tests.documents.signatures import steps

TEXTS: dict[str, OfficialText] = {
    "plan": c.plan(number=c.NUMBER, day=c.DAY),
    "report": c.report(profile=ND30_14),
    "letter": c.letter(addressees=3),
    "party": c.of_party(c.plan(profile=HD05)),
}
FORBIDDEN_ACTIONS = {"/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/JavaScript", "/SetOCGState"}


@pytest.fixture(scope="module", params=[*TEXTS, "sealed"])
def data(request: pytest.FixtureRequest) -> bytes:
    return steps().sealed if request.param == "sealed" else pdf.render(TEXTS[request.param]).bytes


def dictionaries(file: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for each in file.objects:
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            yield each


def problems(data: bytes) -> list[str]:
    """What breaks a rule of ISO 19005-2 level B, in words."""
    found: list[str] = []
    with pikepdf.open(BytesIO(data)) as file:
        found += _file_problems(file, data)
        for each in dictionaries(file):
            found += _object_problems(each)
    return found


def _file_problems(file: pikepdf.Pdf, data: bytes) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", data):
        yield "header without version 1.0-1.7 or binary comment"
    if file.is_encrypted or "/ID" not in file.trailer:
        yield "encrypted or without ID"
    meta = file.open_metadata(set_pikepdf_as_editor=False)
    if (meta.get("pdfaid:part"), meta.get("pdfaid:conformance")) != ("2", "B"):
        yield "no claim"
    if str(file.docinfo.get("/Title", "")) != (meta.get("dc:title") or ""):
        yield "titles differ"
    intents = [each for each in file.Root.get("/OutputIntents", []) if each.S == "/GTS_PDFA1"]
    if len(intents) != 1 or int(intents[0].DestOutputProfile.N) != 3:
        yield "no RGB output intent"
    names = file.Root.get("/Names", {})
    if "/EmbeddedFiles" in names or "/JavaScript" in names or "/AA" in file.Root or "/OpenAction" in file.Root:
        yield "embedded file, script or action"
    form = file.Root.get("/AcroForm", {})
    if form.get("/NeedAppearances", False) or "/XFA" in form:
        yield "form that needs appearances"


def _object_problems(each: pikepdf.Object) -> Iterator[str]:
    if isinstance(each, pikepdf.Stream):
        filters = each.get("/Filter", [])
        used = {str(filters)} if isinstance(filters, pikepdf.Name) else {str(name) for name in filters}
        if used & {"/LZWDecode", "/Crypt"} or "/F" in each:
            yield "LZW, crypt filter or external stream"
    kind, subtype = str(each.get("/Type", "")), str(each.get("/Subtype", ""))
    if kind == "/Font" and subtype in {"/TrueType", "/Type0", "/Type1"}:
        yield from _font_problems(each, subtype)
    if str(each.get("/S", "")) in FORBIDDEN_ACTIONS or subtype in {
        "/Movie",
        "/Sound",
        "/3D",
        "/Screen",
        "/FileAttachment",
    }:
        yield f"forbidden {each.get('/S', subtype)}"
    if kind == "/Annot":
        flags = int(each.get("/F", 0))
        if not flags & 4 or flags & (1 | 2 | 32 | 256):
            yield f"annotation hidden or not printed ({flags})"
        if subtype == "/Widget" and str(each.get("/FT")) == "/Tx" and list(each.get("/AP", {})) != ["/N"]:
            yield "field without its one appearance"


def _font_problems(font: pikepdf.Object, subtype: str) -> Iterator[str]:
    holder = font.DescendantFonts[0] if subtype == "/Type0" else font
    descriptor = holder.get("/FontDescriptor", {})
    if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
        yield f"{font.BaseFont} is not embedded"
    if "/ToUnicode" not in font:
        yield f"{font.BaseFont} has no way back to text"
    if not re.fullmatch(r"/[A-Z]{6}\+Tinos(-(Bold|Italic|Bold-Italic))?", str(font.BaseFont)):
        yield f"{font.BaseFont} is not ours"


def test_file_keeps_the_rules_of_pdf_a_2b(data: bytes) -> None:
    assert problems(data) == []


def test_qpdf_finds_nothing(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, "No syntax or stream encoding errors" in done.stdout) == (0, True), done.stderr


def test_the_rules_see_what_breaks_them() -> None:
    """Each breach is found: the list is no list of empty words."""
    good = pdf.render(TEXTS["letter"]).bytes
    with pikepdf.open(BytesIO(good)) as file:
        del file.Root.OutputIntents
        file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x")
        del next(each for each in dictionaries(file) if "/FontFile2" in each)["/FontFile2"]
        broken = BytesIO()
        file.save(broken)
    found = " ".join(problems(broken.getvalue()))
    assert "output intent" in found
    assert "script or action" in found
    assert "is not embedded" in found


def structure(data: bytes) -> list[str]:
    """The tags of the structure tree in reading order."""
    with pikepdf.open(BytesIO(data)) as file:
        tags: list[str] = []

        def walk(node: pikepdf.Object) -> None:
            if not isinstance(node, pikepdf.Dictionary):
                return
            if "/S" in node:
                tags.append(str(node.S))
            kids = node.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                walk(kid)

        walk(file.Root.StructTreeRoot)
        return tags


def test_structure_has_title_headings_paragraphs_and_tables() -> None:
    rendered = pdf.render(TEXTS["report"])
    tags = structure(rendered.bytes)
    pages_with_tables = rendered.pages - 2  # one on each page it stands on; the head and the foot are no tables
    assert tags[0] == "/Document"
    assert tags.count("/Table") == pages_with_tables
    assert {"/H1", "/H2", "/H3", "/P", "/TH", "/TD", "/TR"} <= set(tags)
    assert tags.index("/H1") < tags.index("/H2") < tags.index("/Table")


def test_language_title_and_tags_are_declared(data: bytes) -> None:
    with pikepdf.open(BytesIO(data)) as file:
        assert str(file.Root.Lang) == "vi"
        assert bool(file.Root.MarkInfo.Marked)
        assert str(file.docinfo.Title)
        assert bool(file.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False))
