"""Who sees which file."""

import pytest
from django.utils import timezone

from documents import permissions
from documents.models import Document, HouseRules
from documents.states import DocumentMove as M
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, make_house, make_plan, make_recipient
from units.permissions import NotAllowed


def test_visible_to_the_own_house_and_issued_to_recipients(house: House) -> None:
    reader, stranger = make_recipient(), make_house("Sở Khác", "SK").office
    lines = (("Ban Dân vận", reader.unit_id), ("Lần nữa", reader.unit_id))
    draft = make_plan(house, recipients=lines).document
    issued = bring_to(make_plan(house, recipients=lines), S.ISSUED, house)
    gone = bring_to(make_plan(house), S.DISCARDED, house)

    def seen(post: object) -> set[int]:
        return set(Document.objects.visible_to(post).values_list("pk", flat=True))  # type: ignore[arg-type]

    assert seen(house.office) == seen(house.officer) == {draft.pk, issued.pk}
    assert seen(reader) == {issued.pk}
    assert seen(stranger) == seen(house.admin) == set()
    assert gone.pk not in seen(house.director)


def test_waiting_for_each_post(house: House) -> None:
    rows = {s: bring_to(make_plan(house), s, house) for s in (S.PROPOSED, S.SUBMITTED, S.CHECKED, S.SIGNED, S.NUMBERED)}
    returned = bring_to(make_plan(house), S.RETURNED, house)

    def waiting(role: str) -> set[int]:
        return set(Document.objects.waiting_for(house.posts[role]).values_list("pk", flat=True))

    assert waiting("head") == {rows[S.PROPOSED].pk}
    assert waiting("chief") == {rows[S.SUBMITTED].pk}
    assert waiting("director") == {rows[S.CHECKED].pk}
    assert waiting("deputy") == set()
    assert waiting("clerk") == {rows[S.SIGNED].pk, rows[S.NUMBERED].pk}
    assert waiting("office") == {returned.pk}
    assert waiting("other_head") == waiting("officer") == waiting("admin") == set()


def test_the_sentence_says_post_or_state(house: House) -> None:
    document = make_plan(house).document

    for post, move, words in (
        (house.officer, M.PROPOSE, "không có quyền"),
        (house.clerk, M.NUMBER, "đã ký và chưa có số"),
    ):
        with pytest.raises(NotAllowed, match=words):
            permissions.check_move(post, document, move, at=timezone.now())


def test_only_the_chosen_signer_signs(house: House) -> None:
    document = bring_to(make_plan(house, signer=house.deputy), S.CHECKED, house)

    with pytest.raises(NotAllowed, match="trình người khác"):
        permissions.check_move(house.director, document, M.SIGN, at=timezone.now())
    assert permissions.can_move(house.deputy, document, M.SIGN, at=timezone.now())


# --- by order (TL.) ---------------------------------------------------------------------------------------------------
def order(house: House, kinds: str = "KH, CV") -> None:
    HouseRules.objects.update_or_create(organisation=house.organisation, defaults={"kinds_by_order": kinds})


@pytest.mark.parametrize("kind", [None, "BC"])
def test_the_chief_signs_by_order_only_what_the_rules_name(house: House, kind: str | None) -> None:
    if kind:
        order(house, kind)
    document = bring_to(make_plan(house, signer=house.chief), S.CHECKED, house)

    with pytest.raises(NotAllowed, match="thừa lệnh loại văn bản này"):
        permissions.check_move(house.chief, document, M.SIGN, at=timezone.now())


def test_the_chief_signs_a_kind_that_the_rules_name_and_waits_for_it(house: House) -> None:
    order(house)
    document = bring_to(make_plan(house, signer=house.chief), S.CHECKED, house)

    assert permissions.can_move(house.chief, document, M.SIGN, at=timezone.now())
    assert list(Document.objects.waiting_for(house.chief)) == [document]
    assert document.signer_authority == "TL. GIÁM ĐỐC"


def test_a_chief_without_the_authority_signs_nothing(house: House) -> None:
    order(house)
    document = bring_to(make_plan(house, signer=house.chief), S.CHECKED, house)
    house.chief.authority = ""

    with pytest.raises(NotAllowed, match="không được giao ký thừa lệnh"):
        permissions.check_move(house.chief, document, M.SIGN, at=timezone.now())


def test_signers_of_a_kind(house: House) -> None:
    today = timezone.localdate()

    def found(kind: str = "KH") -> set[int]:
        return set(permissions.signers(house.organisation, kind, on=today).values_list("pk", flat=True))

    usual = {house.director.pk, house.deputy.pk}
    assert found() == usual
    order(house)
    assert (found(), found("BC")) == (usual | {house.chief.pk}, usual)
    order(house, "")
    assert found() == usual
