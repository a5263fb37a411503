from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from directives import notes
from directives.models import DirectiveNote
from notifications.models import Message
from tests.factories.directives import make_directive
from tests.factories.plans import House
from units.permissions import NotAllowed

AT = timezone.now()
TODAY = timezone.localdate()


def given(house: House, **changes: Any) -> DirectiveNote:
    values: dict[str, Any] = {
        "text": "Giao phòng tham mưu", "lead_unit": house.department, "cooperating_units": [], "due_on": None,
    } | changes  # fmt: skip
    return notes.note(directive=make_directive(house.clerk), by=house.director, at=AT, **values)


def test_follow_up_until_done(house: House) -> None:
    note = given(house)
    notes.accept(given=note, by=house.head, at=AT)
    notes.accept(given=note, by=house.head, at=AT + timedelta(hours=1))
    notes.finish(given=note, result="Đã ban hành 12/KH-SKHCN", by=house.head, at=AT)

    note.refresh_from_db()
    assert (note.accepted_at, note.accepted_by, note.done_at, note.done_by, note.result) == (
        AT, house.head, AT, house.head, "Đã ban hành 12/KH-SKHCN",
    )  # fmt: skip
    assert not DirectiveNote.objects.open().exists()

    notes.reopen(given=note, reason="Chưa gửi báo cáo", by=house.director, at=AT)
    assert list(DirectiveNote.objects.open().led_by(house.department.pk)) == [note]


@pytest.mark.django_db(transaction=True)
def test_who_is_told(house: House) -> None:
    note = given(house)
    notes.finish(given=note, result="Xong", by=house.head, at=AT)
    notes.reopen(given=note, reason="Chưa gửi báo cáo", by=house.director, at=AT)

    told = list(Message.objects.order_by("id"))
    assert [(row.user, row.name) for row in told] == [
        (house.head.user, "directives_noted"),
        (house.director.user, "directives_note_done"),
        (house.head.user, "directives_note_returned"),
    ]
    assert not any("Chưa gửi báo cáo" in row.subject + row.body for row in told)  # mails leave the house


def test_only_the_lead_units_head_carries_out(house: House) -> None:
    note = given(house)
    for by in (house.officer, house.clerk, house.director, house.admin):
        with pytest.raises(NotAllowed):
            notes.finish(given=note, result="Xong", by=by, at=AT)
    with pytest.raises(NotAllowed):
        notes.reopen(given=note, reason="x", by=house.head, at=AT)


def test_refusals_in_one_sentence(house: House) -> None:
    note = given(house)
    with pytest.raises(NotAllowed, match="kết quả"):
        notes.finish(given=note, result=" ", by=house.head, at=AT)
    with pytest.raises(NotAllowed, match="chưa báo hoàn thành"):
        notes.reopen(given=note, reason="x", by=house.director, at=AT)
    notes.finish(given=note, result="Xong", by=house.head, at=AT)
    with pytest.raises(NotAllowed, match="đã báo hoàn thành"):
        notes.finish(given=note, result="Xong", by=house.head, at=AT)
    with pytest.raises(NotAllowed, match="quá khứ"):
        notes.note(
            directive=note.directive, text="x", lead_unit=house.department, cooperating_units=[],
            due_on=TODAY - timedelta(days=1), by=house.director, at=AT,
        )  # fmt: skip
    nobodys = notes.note(
        directive=note.directive, text="Để biết", lead_unit=None, cooperating_units=[], due_on=None, by=house.director,
        at=AT,
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="không giao cho đơn vị nào"):
        notes.accept(given=nobodys, by=house.head, at=AT)


def test_requirement_is_added_changed_ticked_off_and_removed(house: House) -> None:
    directive = make_directive(house.clerk)

    def save(text: str, *, is_done: bool = False, requirement: Any = None) -> Any:
        return notes.save_requirement(
            directive=directive,
            requirement=requirement,
            text=text,
            due_on=TODAY,
            is_done=is_done,
            by=house.clerk,
            at=AT,
        )

    kept = save("Gửi báo cáo")
    save("Gửi báo cáo kết quả", is_done=True, requirement=kept)
    kept.refresh_from_db()
    assert (kept.text, kept.due_on, kept.done_at, kept.done_by) == ("Gửi báo cáo kết quả", TODAY, AT, house.clerk)
    assert save(" ", requirement=kept) is None
    assert not directive.requirements.exists()
    with pytest.raises(NotAllowed, match="ghi yêu cầu"):
        save("")
