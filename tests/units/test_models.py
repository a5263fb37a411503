"""What the database refuses, whoever asks."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.factories.units import BEGINNING, AppointmentFactory, UnitFactory, UserFactory
from units.models import Appointment, Unit, UnitName, User

pytestmark = pytest.mark.django_db


def refused(name: str, make) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def test_same_post_twice_on_one_day_is_refused():
    post = AppointmentFactory()
    again = {"user": post.user, "unit": post.unit, "role": post.role}
    refused("appointment_once_a_day", lambda: AppointmentFactory(**again, starts_on=date(2026, 1, 1)))


def test_same_post_starts_on_the_day_the_former_ended():
    post = AppointmentFactory(ended=True)
    AppointmentFactory(user=post.user, unit=post.unit, role=post.role, starts_on=post.ends_on)
    assert Appointment.objects.count() == 2


def test_two_directors_on_one_day_are_refused():
    post = AppointmentFactory(director=True, unit=UnitFactory())
    refused("appointment_one_director", lambda: AppointmentFactory(director=True, unit=post.unit))


def test_two_clerks_of_one_unit_are_fine():
    post = AppointmentFactory(clerk=True)
    AppointmentFactory(clerk=True, unit=post.unit)
    assert Appointment.objects.of_unit(post.unit).count() == 2


def test_post_that_ends_before_it_starts_is_refused():
    # an empty range overlaps nothing, so the check stands on its own
    refused("appointment_ends_after_start", lambda: AppointmentFactory(ends_on=BEGINNING))


def test_two_names_on_one_day_are_refused():
    unit = UnitFactory()
    refused(
        "unit_name_one_a_day", lambda: UnitName.objects.create(unit=unit, name="Tên khác", starts_on=date(2025, 1, 1))
    )


def test_department_without_parent_is_refused():
    refused("unit_below_an_organisation", lambda: Unit.objects.create(kind="department", name="Phòng lạc"))


def test_user_name_is_unique():
    refused("username", lambda: [UserFactory(username="mot"), UserFactory(username="mot")])


def test_search_column_has_no_marks():
    person = UserFactory(full_name="Đặng Thị Hường")
    person.refresh_from_db()
    assert person.search == "dang thi huong"
    assert User.objects.filter(search__contains="thi huo").get() == person


def test_current_leaves_out_ended_future_and_closed():
    day = date(2026, 11, 25)
    held = AppointmentFactory()
    AppointmentFactory(ended=True)
    AppointmentFactory(starts_on=date(2026, 11, 26))
    AppointmentFactory(ends_on=day)
    AppointmentFactory(user=UserFactory(closed=True))
    assert list(Appointment.objects.current(day)) == [held]


def test_letterhead_before_the_first_name_is_the_first():
    unit = UnitFactory()
    assert unit.letterhead_on(date(1990, 1, 1)) == unit.names.get()


def test_letterhead_of_a_unit_without_names_says_so():
    unit = Unit.objects.create(kind="organisation", name="Chưa có tên")
    with pytest.raises(UnitName.DoesNotExist):
        unit.letterhead_on(BEGINNING)


def test_inside_and_organisations():
    department = UnitFactory(department=True)
    assert list(Unit.objects.organisations()) == [department.organisation]
    assert list(Unit.objects.inside(department.organisation)) == [department]
