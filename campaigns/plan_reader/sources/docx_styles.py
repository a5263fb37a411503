"""Styles of a Word file, as far as the reader needs them: bold, centred, heading level, numbering, font."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from campaigns.plan_reader.sources.docx_package import value, w

DEEPEST_STYLE = 12


@dataclass(frozen=True, slots=True)
class Look:
    bold: bool = False
    centred: bool = False
    level: int = 0
    list_id: str = ""
    list_level: int = 0
    font: str = ""


class Styles:
    """Looks by style, each on top of the one it is based on."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements = {s.get(w("styleId"), ""): s for s in root.findall(w("style"))} if root is not None else {}
        defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}") if root is not None else None
        self._default = _with_run(Look(), defaults)
        self._default_style = next(
            (i for i, s in self._elements.items() if s.get(w("default")) == "1" and s.get(w("type")) == "paragraph"), ""
        )
        self._looks: dict[str, Look] = {}

    def _look(self, style: str, depth: int = 0) -> Look:
        if style not in self._elements or depth > DEEPEST_STYLE:
            return self._default
        if style not in self._looks:
            element = self._elements[style]
            base = self._look(value(element.find(w("basedOn")), "") or "", depth + 1)
            look = _with_run(_with_paragraph(base, element.find(w("pPr"))), element.find(w("rPr")))
            self._looks[style] = replace(look, level=_heading_level(element) or look.level)
        return self._looks[style]

    def paragraph(self, element: etree._Element) -> Look:
        """The look of a paragraph: its style, then what is set on it directly."""
        properties = element.find(w("pPr"))
        style = value(properties.find(w("pStyle"))) if properties is not None else None
        return _with_paragraph(self._look(style or self._default_style), properties)

    def run(self, element: etree._Element, paragraph: Look) -> Look:
        """The look of a piece of a paragraph; a character style can make it bold."""
        properties = element.find(w("rPr"))
        style = value(properties.find(w("rStyle"))) if properties is not None else None
        bold = self._look(style).bold if style else False
        return _with_run(replace(paragraph, bold=paragraph.bold or bold), properties)


def _with_paragraph(look: Look, properties: etree._Element | None) -> Look:
    if properties is None:
        return look
    if (alignment := value(properties.find(w("jc")))) is not None:
        look = replace(look, centred=alignment == "center")
    if (outline := value(properties.find(w("outlineLvl")))) is not None and outline.isdigit():
        look = replace(look, level=int(outline) + 1 if int(outline) < 9 else 0)
    numbering = properties.find(w("numPr"))
    if numbering is None:
        return look
    list_id = value(numbering.find(w("numId")))
    depth = value(numbering.find(w("ilvl")))
    return replace(
        look,
        list_id=look.list_id if list_id is None else "" if list_id == "0" else list_id,
        list_level=int(depth) if depth and depth.isdigit() else look.list_level,
    )


def _with_run(look: Look, properties: etree._Element | None) -> Look:
    if properties is None:
        return look
    if (bold := properties.find(w("b"))) is not None:
        look = replace(look, bold=value(bold, "1") not in ("0", "false", "off"))
    if (fonts := properties.find(w("rFonts"))) is not None:
        look = replace(look, font=fonts.get(w("ascii")) or fonts.get(w("hAnsi")) or look.font)
    return look


def _heading_level(style: etree._Element) -> int:
    name = (value(style.find(w("name")), "") or "").lower()
    return int(name[-1]) if name.startswith("heading ") and name[-1].isdigit() else 0
