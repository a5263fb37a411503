"""Posts, units and accounts change only through verbs, each with its line of history."""

from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from audit.models import Event
from tests.factories.units import AppointmentFactory, UnitFactory, UserFactory
from units import accounts, appointments, register
from units.models import Appointment, Succession, Unit, User
from units.permissions import NotAllowed
from units.roles import Role

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
DAY = date(2026, 11, 25)


@pytest.fixture
def by() -> Appointment:
    return AppointmentFactory(admin=True, unit=UnitFactory())


def names() -> list[str]:
    return list(Event.objects.order_by("id").values_list("name", flat=True))


def appoint(by: Appointment, **values) -> Appointment:
    values = {"user": UserFactory(), "unit": by.unit, "role": Role.CLERK, "title": "Văn thư", "starts_on": DAY} | values
    return appointments.appoint(**values, by=by, at=AT)


def test_appoint_writes_history_in_the_post_of_the_actor(by):
    post = appoint(by)
    event = Event.objects.about(post).get()
    assert (event.name, event.actor_id, event.post_title) == ("units.appointed", by.user_id, by.post_title)
    assert "25/11/2026" in event.sentence


def test_appoint_overlapping_is_a_validation_error(by):
    post = appoint(by)
    with pytest.raises(ValidationError, match="đã giữ chức vụ đó"):
        appoint(by, user=post.user)
    assert names() == ["units.appointed"]


def test_appoint_until_before_the_start_is_a_validation_error(by):
    with pytest.raises(ValidationError, match="sau ngày bắt đầu"):
        appoint(by, ends_on=DAY)


def test_second_director_is_a_validation_error(by):
    appoint(by, role=Role.DIRECTOR, title="Giám đốc")
    with pytest.raises(ValidationError, match="đã có Giám đốc"):
        appoint(by, role=Role.DIRECTOR, title="Giám đốc")


def test_relieve_ends_the_post_on_its_day(by):
    post = appointments.relieve(post=AppointmentFactory(), ends_on=DAY, by=by, at=AT)
    assert [post.holds_on(date(2026, 11, 24)), post.holds_on(DAY)] == [True, False]
    assert names() == ["units.relieved"]


@pytest.mark.parametrize("ends_on", [DAY, date(2027, 1, 1)])
def test_relieve_twice_is_refused(by, ends_on):
    post = appointments.relieve(post=AppointmentFactory(), ends_on=DAY, by=by, at=AT)
    with pytest.raises(NotAllowed, match="25/11/2026"):
        appointments.relieve(post=post, ends_on=ends_on, by=by, at=AT)


def test_relieve_before_the_start_is_refused(by):
    with pytest.raises(NotAllowed, match="sau ngày bắt đầu"):
        appointments.relieve(post=AppointmentFactory(starts_on=DAY), ends_on=DAY, by=by, at=AT)


def test_transfer_ends_one_and_starts_one(by):
    old = AppointmentFactory()
    new = appointments.transfer(post=old, unit=by.unit, role=Role.OFFICE, title="Tổng hợp", on=DAY, by=by, at=AT)
    old.refresh_from_db()
    assert (old.ends_on, new.starts_on, new.user_id) == (DAY, DAY, old.user_id)


def test_create_unit_belongs_to_its_parents_organisation(by):
    unit = register.create_unit(name="Phòng Mới", kind="department", parent=by.unit, starts_on=DAY, by=by, at=AT)
    assert (unit.organisation, unit.names.get().name) == (by.unit, "Phòng Mới")


def test_rename_keeps_the_old_name_for_its_days(by):
    before = by.unit.name
    register.rename(unit=by.unit, name="Sở Mới", starts_on=DAY, legal_basis="QĐ 1", by=by, at=AT)
    found = [by.unit.letterhead_on(day).name for day in (date(2026, 11, 24), DAY)]
    assert found == [before, "Sở Mới"]
    assert Unit.objects.get(pk=by.unit_id).name == "Sở Mới"


def test_rename_before_a_later_name_is_refused(by):
    register.rename(unit=by.unit, name="Sở Mới", starts_on=DAY, legal_basis="QĐ 1", by=by, at=AT)
    with pytest.raises(ValidationError):
        register.rename(unit=by.unit, name="Sở Xen", starts_on=date(2024, 1, 1), legal_basis="QĐ 2", by=by, at=AT)


def dissolve(by: Appointment, unit: Unit, successors: list[Unit]) -> Succession:
    kind = Succession.Kind.MERGED
    return register.dissolve(unit=unit, successors=successors, kind=kind, on=DAY, legal_basis="QĐ 1", by=by, at=AT)


def test_dissolve_names_the_successors_and_happens_once(by):
    first, second = (UnitFactory(department=True, parent=by.unit) for _ in range(2))
    succession = dissolve(by, first, [second])
    assert (list(succession.predecessors.all()), list(succession.successors.all())) == ([first], [second])
    assert list(Unit.objects.working().inside(by.unit)) == [second]
    with pytest.raises(NotAllowed, match="25/11/2026"):
        dissolve(by, first, [second])


def test_dissolve_with_working_units_below_is_refused(by):
    upper = UnitFactory(department=True, parent=by.unit)
    UnitFactory(department=True, parent=upper)
    with pytest.raises(NotAllowed, match="trực thuộc"):
        dissolve(by, upper, [])


def test_account_is_made_changed_closed_and_opened(by):
    user = accounts.create_account(username="moi", full_name="Lê Mới", email="", password=None, by=by, at=AT)
    assert not user.has_usable_password()
    accounts.change_account(user=user, full_name="Lê Thị Mới", email="moi@so.example", by=by, at=AT)
    accounts.set_password(user=user, password="mot-mat-khau-dai", by=by, at=AT)
    done = [accounts.set_active(user=user, is_active=value, by=by, at=AT) for value in (False, False, True)]
    assert done == [True, False, True]
    expected = ["account_created", "account_changed", "password_set", "account_closed", "account_opened"]
    assert names() == [f"units.{name}" for name in expected]


def verbs(by: Appointment) -> dict:
    unit, post, user = UnitFactory(department=True, parent=by.unit), AppointmentFactory(), UserFactory()
    return {
        "appoint": lambda: appoint(by),
        "relieve": lambda: appointments.relieve(post=post, ends_on=DAY, by=by, at=AT),
        "create_unit": lambda: register.create_unit(
            name="P", kind="office", parent=by.unit, starts_on=DAY, by=by, at=AT
        ),
        "rename": lambda: register.rename(unit=unit, name="P", starts_on=DAY, legal_basis="", by=by, at=AT),
        "dissolve": lambda: dissolve(by, unit, []),
        "create": lambda: accounts.create_account(username="x", full_name="X", email="", password=None, by=by, at=AT),
        "change": lambda: accounts.change_account(user=user, full_name="Đổi", email="", by=by, at=AT),
        "close": lambda: accounts.set_active(user=user, is_active=False, by=by, at=AT),
    }


@pytest.mark.parametrize(
    "verb", ["appoint", "relieve", "create_unit", "rename", "dissolve", "create", "change", "close"]
)
def test_failing_history_undoes_the_change(by, verb):
    act = verbs(by)[verb]
    users = set(User.objects.values_list("id", "full_name", "is_active"))
    posts = set(Appointment.objects.values_list("id", "ends_on"))
    units = set(Unit.objects.values_list("id", "name", "dissolved_on"))
    with patch("audit.models.Event.objects.create", side_effect=DatabaseError), pytest.raises(DatabaseError):
        act()
    if verb == "appoint":  # the person is the test's own
        posts_now = set(Appointment.objects.values_list("id", "ends_on"))
        assert posts_now == posts
        return
    assert set(User.objects.values_list("id", "full_name", "is_active")) == users
    assert set(Appointment.objects.values_list("id", "ends_on")) == posts
    assert set(Unit.objects.values_list("id", "name", "dissolved_on")) == units
