"""Grants, scopes, and posts that are over."""

from datetime import UTC, date, datetime

import pytest

from tests.factories.units import AppointmentFactory, UnitFactory
from units.models import Appointment
from units.permissions import NotAllowed, check, has_permission, holding, roles_with
from units.roles import PURPOSES, Role

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def test_every_role_says_what_it_is_for():
    assert set(PURPOSES) == set(Role)


def test_unit_scope_stays_in_the_unit():
    head = AppointmentFactory(unit_head=True)
    other = UnitFactory(department=True, parent=head.organisation)
    found = [
        has_permission(head, "campaigns.task.accept", unit) for unit in (head.unit, other, head.organisation, None)
    ]
    assert found == [True, False, False, True]


def test_organisation_scope_stays_in_the_organisation():
    office = AppointmentFactory(office=True)
    other = UnitFactory(department=True, parent=office.organisation)
    foreign = UnitFactory(department=True)
    found = [has_permission(office, "campaigns.task.assign", unit) for unit in (other, office.organisation, foreign)]
    assert found == [True, True, False]


def test_administrator_may_not_sign_nor_number_nor_read_drafts():
    admin = AppointmentFactory(admin=True, unit=UnitFactory())
    acts = ("documents.sign", "documents.number", "documents.check", "campaigns.plan.read", "units.people.manage")
    assert [has_permission(admin, act) for act in acts] == [False, False, False, False, True]


def test_check_names_the_post_that_lacks_the_permission():
    post = AppointmentFactory(title="Chuyên viên")
    with pytest.raises(NotAllowed, match=r"Chuyên viên — .* không có quyền"):
        check(post, "documents.sign", at=AT)


@pytest.mark.parametrize("days", [{"ended": True}, {"starts_on": date(2026, 11, 26)}])
def test_check_refuses_a_post_that_is_not_held_now(days):
    post = AppointmentFactory(director=True, unit=UnitFactory(), **days)
    with pytest.raises(NotAllowed, match="không còn hiệu lực"):
        check(post, "documents.sign", at=AT)


def test_check_passes_the_holder():
    director = AppointmentFactory(director=True, unit=UnitFactory())
    assert check(director, "documents.sign", at=AT, unit=director.unit) is None


def test_roles_with_a_permission():
    assert set(roles_with("documents.sign")) == {Role.DIRECTOR, Role.DEPUTY, Role.CHIEF, Role.COUNCIL}


@pytest.mark.parametrize(
    "permission",
    ["directives.note.carry_out", "campaigns.task.assign", "documents.sign", "units.people.manage", "no.such"],
)
def test_holding_finds_whom_has_permission_names(permission):
    """For each reach of a permission: of a unit, an organisation, everywhere, and of none."""
    organisation, foreign = UnitFactory(), UnitFactory()
    units = [UnitFactory(department=True, parent=parent) for parent in (organisation, organisation, foreign)]
    for role in Role:
        for unit in (organisation, *units):
            AppointmentFactory(role=role, unit=unit)
    posts = list(Appointment.objects.with_people())

    for wanted in ([units[0]], [organisation], [units[0], units[2]]):
        named = {post.pk for post in posts if any(has_permission(post, permission, unit) for unit in wanted)}
        found = set(Appointment.objects.filter(holding(permission, wanted)).values_list("pk", flat=True))
        assert found == named
