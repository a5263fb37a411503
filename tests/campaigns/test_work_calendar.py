"""The administrator's page of the working calendar."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from campaigns import workdays
from campaigns.models import CalendarDay
from campaigns.workflow import calendar
from tests.factories.plans import House, make_house
from units.models import Unit
from units.permissions import NotAllowed

pytestmark = pytest.mark.django_db
STORM = date(2026, 10, 20)
VALUES = {"day": "20/10/2026", "kind": "off", "note": "Nghỉ bão", "decision": "Công điện 105/CĐ-TTg"}


@pytest.fixture
def house(client: Client) -> House:
    made = make_house()
    client.force_login(made.admin.user)
    return made


def test_a_day_is_written_changed_and_taken_back(client: Client, house: House) -> None:
    client.post(reverse("tasks:calendar"), VALUES)
    assert workdays.is_working_day(STORM) is False
    client.post(reverse("tasks:calendar"), VALUES | {"kind": "work", "note": "Bão tan"})
    row = CalendarDay.objects.get()
    assert (row.is_working, row.note, row.decision) == (True, "Bão tan", "Công điện 105/CĐ-TTg")
    client.post(reverse("tasks:calendar_remove", args=[row.pk]))
    assert (CalendarDay.objects.count(), workdays.is_working_day(STORM)) == (0, True)
    assert list(Event.objects.filter(name__startswith="campaigns.calendar").values_list("name", flat=True)) == [
        "campaigns.calendar.day_set", "campaigns.calendar.day_set", "campaigns.calendar.day_removed",
    ]  # fmt: skip


@pytest.mark.parametrize("missing", ["day", "kind", "note", "decision"])
def test_every_field_is_needed_and_nothing_typed_is_lost(missing: str, client: Client, house: House) -> None:
    answer = client.post(reverse("tasks:calendar"), VALUES | {missing: ""})
    assert list(answer.context["form"].errors) == [missing]
    assert all(value in answer.content.decode() for name, value in VALUES.items() if name not in (missing, "kind"))
    assert CalendarDay.objects.count() == 0


def test_nobody_else_changes_it(house: House) -> None:
    with pytest.raises(NotAllowed):
        calendar.set_day(
            day=STORM, is_working=False, note="Nghỉ", decision="Không", by=house.office, at=timezone.now()
        )


def test_another_organisations_administrator_reads_it_and_is_told_who_keeps_it(client: Client, house: House) -> None:
    """One calendar serves all: the organisation that the portal was set up with keeps it."""
    row = CalendarDay.objects.create(day=STORM, is_working=False, note="Nghỉ bão", decision="Công điện 5")
    other = make_house("Sở Nội vụ Thử nghiệm", "SNVTN")
    client.force_login(other.admin.user)
    page = client.get(reverse("tasks:calendar"), {"year": "2026"}).content.decode()
    assert ("do quản trị của Sở Khoa học Thử nghiệm ghi" in page, "Nghỉ bão" in page) == (True, True)
    assert ("Ghi vào lịch" in page, "Bỏ ngày" in page) == (False, False)
    answers = [
        client.post(reverse("tasks:calendar"), VALUES | {"day": "21/10/2026"}),
        client.post(reverse("tasks:calendar_remove", args=[row.pk])),
    ]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert list(CalendarDay.objects.values_list("day", flat=True)) == [STORM]
    with pytest.raises(NotAllowed, match="do quản trị của Sở Khoa học Thử nghiệm ghi"):
        calendar.remove_day(row=row, by=other.admin, at=timezone.now())


def test_the_calendar_passes_on_when_its_keeper_is_dissolved(house: House) -> None:
    other = make_house("Sở Nội vụ Thử nghiệm", "SNVTN")
    Unit.objects.filter(pk=house.organisation.pk).update(dissolved_on=STORM)
    calendar.set_day(
        day=STORM, is_working=False, note="Nghỉ bão", decision="Công điện 5", by=other.admin, at=timezone.now()
    )
    assert workdays.is_working_day(STORM) is False


def test_the_page_shows_the_year_by_law_and_what_overrules_it(client: Client, house: House) -> None:
    CalendarDay.objects.create(day=date(2026, 11, 24), is_working=True, note="Trực", decision="Thông báo 7")
    answer = client.get(reverse("tasks:calendar"), {"year": "2026"})
    known = {row.day: (row.is_working, overruled) for row, overruled in answer.context["known"]}
    assert (known[date(2026, 11, 24)], known[date(2026, 1, 10)], known[date(2026, 8, 22)]) == (
        (False, True), (True, False), (True, False),
    )  # fmt: skip
    names = {row.name for row, _overruled in answer.context["known"]}
    assert {"Quốc khánh", "Ngày Văn hóa Việt Nam", "Ngày nghỉ (thay cho ngày 22/08/2026)"} <= names
    assert client.get(reverse("tasks:calendar"), {"year": "20x6"}).context["year"] == timezone.localdate().year
