"""Header data of an official file for the exchange between offices, in the order of edXML's MessageHeader.

After QCVN 102:2016/BTTTT with SĐ1:2022. A file to hand over, not a connection: the province's axis makes that.
What the portal does not know stays an empty element.
"""

from lxml import etree

from documents.heading import head_of, signer_of
from documents.layout import OfficialText
from documents.models import Document, Rendition
from documents.printing import KIND_WORDS

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
KIND_NUMBER = "1"  # an administrative document
OFFICE_FIELDS = ("OrganizationInCharge", "OrganName", "OrganAdd", "Email", "Telephone", "Fax", "Website")


def header(document: Document, text: OfficialText) -> bytes:
    """The MessageHeader of the file as XML. Three queries."""
    root = etree.Element(f"{{{NAMESPACE}}}MessageHeader", nsmap={"edXML": NAMESPACE})
    head, signer = head_of(document), signer_of(document)
    _office(root, "From", document.organisation.symbol, head.issuing_body, head.parent_body)
    for line in document.recipients.select_related("unit"):
        if line.unit is not None:
            _office(root, "To", line.unit.symbol, line.unit.name, "")
    _leaf(root, "DocumentId", document.code)
    code = _leaf(root, "Code")
    _leaf(code, "CodeNumber", head.number or "")
    _leaf(code, "CodeNotation", head.symbol)
    promulgation = _leaf(root, "PromulgationInfo")
    _leaf(promulgation, "Place", head.place)
    _leaf(promulgation, "PromulgationDate", f"{head.date:%d/%m/%Y}" if head.date else "")
    kind = _leaf(root, "DocumentType")
    _leaf(kind, "Type", KIND_NUMBER)
    _leaf(kind, "TypeName", KIND_WORDS[text.kind])
    _leaf(root, "Subject", document.title)
    _leaf(root, "Content", text.opening)
    person = _leaf(root, "SignerInfo")
    _leaf(person, "Competence", " ".join(signer.authority))
    _leaf(person, "Position", signer.position)
    _leaf(person, "FullName", signer.name)
    _leaf(root, "DueDate")
    places = _leaf(root, "ToPlaces")
    for place in document.recipients.values_list("text", flat=True):
        _leaf(places, "Place", place)
    _other(root, document, text)
    _leaf(root, "SteeringType", "0")
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data


def _other(root: etree._Element, document: Document, text: OfficialText) -> None:
    issued = document.renditions.filter(stage=Rendition.Stage.ISSUED).order_by("-id").first()
    other = _leaf(root, "OtherInfo")
    _leaf(other, "Priority", str(text.urgency))
    _leaf(other, "SphereOfPromulgation")
    _leaf(other, "TyperNotation", document.drafting_unit.symbol)
    _leaf(other, "PromulgationAmount")
    _leaf(other, "PageAmount", str(issued.pages) if issued else "")
    appendixes = _leaf(other, "Appendixes")
    for appendix in text.appendices:
        _leaf(appendixes, "Appendix", appendix.title)


def _office(root: etree._Element, name: str, symbol: str, full: str, parent: str) -> None:
    office = _leaf(root, name)
    _leaf(office, "OrganId", symbol)
    for field in OFFICE_FIELDS:
        _leaf(office, field, {"OrganName": full, "OrganizationInCharge": parent}.get(field, ""))


def _leaf(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = "".join(each for each in text if each >= " " or each in "\t\n") or None
    return element
