import pytest
from django.db import IntegrityError, transaction
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
def test_letters_of_a_code(house: House, code: str, kind: str | None, letters: str) -> None:
    found = vocabulary.kind_of_code(code, house.organisation)
    told = vocabulary.issuer_letters(code, house.organisation)
    assert (found.abbreviation if found else None, told) == (kind, letters)


def test_an_entry_teaches_kind_and_issuer(house: House) -> None:
    assert vocabulary.kind_of_code("07-CTrK/TU", house.organisation) is None
    make_directive(house.clerk, code="07-CTrK/TU", kind=register.kind_for("CTr"), issuer="Tỉnh ủy Hà Nam")

    found = vocabulary.kind_of_code("12-CTRK/TU", house.organisation)
    assert (found and found.abbreviation) == "CTr"
    assert vocabulary.issuer_of_code("3-KH/TU", house.organisation) == "Tỉnh ủy Hà Nam"


def abbreviation(code: str, house: House) -> str | None:
    found = vocabulary.kind_of_code(code, house.organisation)
    return found.abbreviation if found else None


def test_what_one_organisation_learns_changes_no_other_reading(house: House, other_house: House) -> None:
    """Entries teach their own register; the same letters may mean another kind next door."""
    make_directive(house.clerk, code="07-CTK/TU", kind=register.kind_for("CTr"))
    assert (abbreviation("12-CTK/TU", house), abbreviation("12-CTK/TU", other_house)) == ("CTr", None)

    make_directive(other_house.clerk, code="07-CTK/TU", kind=register.kind_for("CT"))
    assert (abbreviation("12-CTK/TU", house), abbreviation("12-CTK/TU", other_house)) == ("CTr", "CT")
    assert sorted(KindSymbol.objects.filter(key="CTK").values_list("organisation", flat=True)) == sorted(
        [house.organisation.pk, other_house.organisation.pk]
    )


def test_an_own_word_comes_before_what_holds_everywhere(house: House, other_house: House) -> None:
    """A correction of "QCPH" is this organisation's; taking it back leaves the common meaning."""
    row = vocabulary.save_kind_symbol(
        symbol="QCPH", kind=DirectiveKind.objects.get(abbreviation="CTr"), by=house.office, at=AT
    )
    assert (abbreviation("1-QCPH/TU", house), abbreviation("1-QCPH/TU", other_house)) == ("CTr", "QC")
    with pytest.raises(NotAllowed):
        vocabulary.forget_kind_symbol(row=row, by=other_house.office, at=AT)

    vocabulary.forget_kind_symbol(row=row, by=house.office, at=AT)
    assert abbreviation("1-QCPH/TU", house) == "QC"


def test_what_holds_everywhere_is_nobodys_to_take_away(house: House) -> None:
    with pytest.raises(NotAllowed, match="theo quy định chung"):
        vocabulary.forget_kind_symbol(row=KindSymbol.objects.get(key="QCPH"), by=house.admin, at=AT)


def test_the_database_keeps_one_meaning_each_and_no_learned_row_without_an_owner(house: House) -> None:
    kind = DirectiveKind.objects.get(abbreviation="QC")
    for values in (
        {"key": "QCPH", "organisation": None},
        {"key": "QCNEW", "organisation": None, "is_learned": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            KindSymbol.objects.create(symbol=values["key"], kind=kind, **values)


def test_kinds_are_the_administrators_of_the_organisation_that_keeps_the_portal(
    house: House, other_house: House
) -> None:
    made = vocabulary.save_kind(kind=None, abbreviation="TGi", name="Thông giải", by=house.admin, at=AT)
    assert made.name == "Thông giải"
    for by in (house.office, house.clerk, house.director, other_house.admin):
        with pytest.raises(NotAllowed):
            vocabulary.save_kind(kind=made, abbreviation="TGi", name="Khác", by=by, at=AT)


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
        vocabulary.save_kind(kind=kind, abbreviation="QĐ", name="Quy chế", by=house.admin, at=AT)
    for symbol in ("12", "QC/TU", "-"):
        with pytest.raises(NotAllowed, match="Chỉ ghi chữ"):
            vocabulary.save_kind_symbol(symbol=symbol, kind=kind, by=house.office, at=AT)
        with pytest.raises(NotAllowed, match="Chỉ ghi chữ"):
            vocabulary.save_issuer_symbol(symbol=symbol, issuer="x", by=house.office, at=AT)
    assert not IssuerSymbol.objects.exists()


def test_the_issuer_is_linked_to_an_organisation_of_the_portal(house: House) -> None:
    directive = make_directive(house.clerk, issuer=house.organisation.name.upper())
    assert directive.issuer_unit == house.organisation
