import pytest
from django.utils import timezone

from directives import register, vocabulary
from directives.models import DirectiveKind, IssuerSymbol, KindSymbol
from tests.factories.directives import make_directive
from tests.factories.plans import House
from units.permissions import NotAllowed

AT = timezone.now()


@pytest.mark.parametrize(
    ("code", "kind", "letters"),
    [
        ("365-CV/ĐUK", "CV", "ĐUK"),
        ("1946/UBND-VXNV", None, "UBND"),
        ("33/CT-TTg", "CT", "TTg"),
        ("30/2020/NĐ-CP", "NĐ", "CP"),
        ("01-QCPH/UBND-BDVTU", "QC", "UBND"),
        ("11-QĐi/TW", "QyĐ", "TW"),
        ("02", None, ""),
    ],
)
def test_letters_of_a_code(db: None, code: str, kind: str | None, letters: str) -> None:
    found = vocabulary.kind_of_code(code)
    assert (found.abbreviation if found else None, vocabulary.issuer_letters(code)) == (kind, letters)


def test_an_entry_teaches_kind_and_issuer(house: House) -> None:
    assert vocabulary.kind_of_code("07-CTrK/TU") is None
    make_directive(house.clerk, code="07-CTrK/TU", kind=register.kind_for("CTr"), issuer="Tỉnh ủy Hà Nam")

    found = vocabulary.kind_of_code("12-CTRK/TU")
    assert (found and found.abbreviation) == "CTr"
    assert vocabulary.issuer_of_code("3-KH/TU", house.organisation) == "Tỉnh ủy Hà Nam"


def test_a_letter_teaches_no_kind(house: House) -> None:
    before = KindSymbol.objects.count()
    make_directive(house.clerk, code="1946/UBND-VXNV", issuer="Ủy ban nhân dân tỉnh")
    assert KindSymbol.objects.count() == before


def test_what_a_person_wrote_stays(house: House) -> None:
    vocabulary.save_issuer_symbol(symbol="TU", issuer="Tỉnh ủy", by=house.office, at=AT)
    make_directive(house.clerk, code="3-KH/TU", issuer="Ban Thường vụ Tỉnh ủy")
    assert vocabulary.issuer_of_code("4-KH/TU", house.organisation) == "Tỉnh ủy"


def test_correcting_is_for_office_and_administrator(house: House) -> None:
    kind = DirectiveKind.objects.get(abbreviation="QC")
    for by in (house.office, house.admin):
        vocabulary.save_kind_symbol(symbol="QCX", kind=kind, by=by, at=AT)
    for by in (house.officer, house.clerk, house.director):
        with pytest.raises(NotAllowed):
            vocabulary.save_kind_symbol(symbol="QCX", kind=kind, by=by, at=AT)
    row = KindSymbol.objects.get(symbol="QCX")
    vocabulary.forget_kind_symbol(row=row, by=house.admin, at=AT)
    assert not KindSymbol.objects.filter(symbol="QCX").exists()


def test_refusals(house: House) -> None:
    kind = DirectiveKind.objects.get(abbreviation="QC")
    with pytest.raises(NotAllowed, match="Đã có loại"):
        vocabulary.save_kind(kind=kind, abbreviation="QĐ", name="Quy chế", by=house.office, at=AT)
    for symbol in ("12", "QC/TU", "-"):
        with pytest.raises(NotAllowed, match="Chỉ ghi chữ"):
            vocabulary.save_kind_symbol(symbol=symbol, kind=kind, by=house.office, at=AT)
        with pytest.raises(NotAllowed, match="Chỉ ghi chữ"):
            vocabulary.save_issuer_symbol(symbol=symbol, issuer="x", by=house.office, at=AT)
    assert not IssuerSymbol.objects.exists()


def test_the_issuer_is_linked_to_an_organisation_of_the_portal(house: House) -> None:
    directive = make_directive(house.clerk, issuer=house.organisation.name.upper())
    assert directive.issuer_unit == house.organisation
