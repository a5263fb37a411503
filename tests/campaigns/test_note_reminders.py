"""Directors' notes with a time limit are called to mind by the deadline pass, each stage once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from campaigns import note_reminders, reminders, workdays
from directives import notes
from directives.models import DirectiveNote
from notifications.models import Message
from tests.factories.directives import make_directive
from tests.factories.plans import House, make_house
from tests.factories.tasks import moment

pytestmark = pytest.mark.django_db
DUE = date(2026, 10, 20)  # a Tuesday
GIVEN = moment(date(2026, 9, 1))


@pytest.fixture
def house() -> House:
    return make_house()


def note_of(house: House, **changes: Any) -> DirectiveNote:
    values: dict[str, Any] = {
        "text": "Giao phòng tham mưu", "lead_unit": house.department, "cooperating_units": [], "due_on": DUE,
    } | changes  # fmt: skip
    made = notes.note(directive=make_directive(house.clerk), by=house.director, at=GIVEN, **values)
    Message.objects.all().delete()
    return made


def run(on: date) -> set[tuple[str, str]]:
    """Who hears what of a pass at six and again at seven of that day."""
    before = set(Message.objects.values_list("pk", flat=True))
    for hour in (6, 7):
        reminders.run(on, at=moment(on, hour))
    new = Message.objects.exclude(pk__in=before).order_by("id")
    found = [(row.name, row.user.username) for row in new.select_related("user")]
    assert len(found) == len(set(found))
    return set(found)


def names(name: str, *posts: Any) -> set[tuple[str, str]]:
    return {(name, post.user.username) for post in posts}


def test_each_stage_of_a_note_is_told_once(house: House) -> None:
    """Soon and today: the unit's head. Late: the head, from the third working day the office, at last the director."""
    note_of(house)
    days = [run(DUE + timedelta(days)) for days in range(-12, 15)]
    told = {DUE + timedelta(n): who for n, who in zip(range(-12, 15), days, strict=True) if who}

    due, late = "directives_note_due", "directives_note_overdue"
    assert told == {
        date(2026, 10, 9): names(due, house.head),  # seven working days before
        date(2026, 10, 15): names(due, house.head),  # three
        date(2026, 10, 19): names(due, house.head),  # one
        DUE: names(due, house.head),
        date(2026, 10, 21): names(late, house.head),
        date(2026, 10, 23): names(late, house.head, house.office),
        date(2026, 10, 28): names(late, house.head, house.office),
        date(2026, 11, 2): names(late, house.head, house.office, house.director),
    }


def test_a_missed_pass_names_the_stage_that_holds_now(house: House) -> None:
    note_of(house)

    assert run(date(2026, 10, 26)) == names("directives_note_overdue", house.head, house.office)
    assert run(date(2026, 10, 27)) == set()


def test_what_is_done_without_a_limit_or_without_a_unit_is_left_alone(house: House) -> None:
    done = note_of(house)
    notes.finish(given=done, result="Xong", by=house.head, at=GIVEN)
    Message.objects.all().delete()
    notes.note(
        directive=done.directive, text="Biết", lead_unit=None, cooperating_units=[], due_on=None, by=house.director,
        at=GIVEN,
    )  # fmt: skip

    assert run(date(2026, 10, 23)) == set()


def test_another_organisation_hears_nothing(house: House) -> None:
    stranger = make_house("Sở Khác", "SK")
    note_of(house)

    told = run(date(2026, 10, 23))

    assert not {user for _name, user in told} & {stranger.head.user.username, stranger.office.user.username}


def test_the_command_counts_who_was_told(house: House, capsys: Any) -> None:
    note_of(house)

    call_command("run_deadlines", "--on", "2026-10-23")
    call_command("run_deadlines", "--on", "2026-10-23")

    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("0 lần nhắc mới, 2 thông báo.")
    assert second.endswith("0 lần nhắc mới, 0 thông báo.")


def test_a_pass_reads_notes_and_posts_once_and_nobody_who_hears_nothing(
    house: House, django_assert_num_queries: Any
) -> None:
    """However many notes and people: the officers, clerks and other heads of the house are not loaded."""
    on, calendar, rules = date(2026, 10, 23), workdays.load(), reminders.rules()
    first = note_of(house)
    loaded = note_reminders._answering([first], on)
    assert {post.pk for post in loaded} == {post.pk for post in (house.head, house.office, house.director)}

    for count in (1, 3):
        while DirectiveNote.objects.count() < count:
            notes.note(
                directive=first.directive, text="Phối hợp", lead_unit=house.other, cooperating_units=[], due_on=DUE,
                by=house.director, at=GIVEN,
            )  # fmt: skip
        with django_assert_num_queries(2):
            assert len(list(note_reminders._due(on, on, calendar, rules))) == count
