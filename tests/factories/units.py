"""People, units and posts for tests. A factory makes what it says and nothing more; a trait is a situation."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from units.models import Appointment, Unit, UnitKind, UnitName, User
from units.roles import Role

PASSWORD = "mat-khau-thu-nghiem-2026"
BEGINNING = date(2020, 1, 1)


class UserFactory(DjangoModelFactory[User]):
    """A person who can log in with PASSWORD; no post."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"nguoi{n}")
    full_name = factory.Sequence(lambda n: f"Nguyễn Văn Người {n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@so.example")

    class Params:
        closed = factory.Trait(is_active=False)
        without_email = factory.Trait(email="")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        kwargs.setdefault("password", PASSWORD)
        return model_class.objects.create_user(*args, **kwargs)


class UnitFactory(DjangoModelFactory[Unit]):
    """An organisation with its first name. UnitFactory(department=True) is a unit of a new organisation,
    UnitFactory(department=True, parent=organisation) of that one; office=True likewise."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    kind = UnitKind.ORGANISATION
    name = factory.Sequence(lambda n: f"Sở Thử nghiệm {n}")
    symbol = factory.Sequence(lambda n: f"STN{n}")

    class Params:
        department = factory.Trait(
            kind=UnitKind.DEPARTMENT,
            name=factory.Sequence(lambda n: f"Phòng Thử nghiệm {n}"),
            symbol="",
            parent=factory.SubFactory("tests.factories.units.UnitFactory"),
        )
        office = factory.Trait(
            kind=UnitKind.OFFICE,
            name=factory.Sequence(lambda n: f"Văn phòng {n}"),
            symbol="VP",
            parent=factory.SubFactory("tests.factories.units.UnitFactory"),
        )

    @classmethod
    def _create(cls, model_class: type[Unit], *args: Any, **kwargs: Any) -> Unit:
        place, parent_body = kwargs.pop("place", "Thử Nghiệm"), kwargs.pop("parent_body", "UBND TỈNH THỬ NGHIỆM")
        parent = kwargs.get("parent")
        if parent is not None and kwargs["kind"] != UnitKind.ORGANISATION:
            kwargs.setdefault("organisation", parent.organisation)
        unit: Unit = super()._create(model_class, *args, **kwargs)
        if unit.kind == UnitKind.ORGANISATION:
            unit.organisation = unit
            unit.save(update_fields=["organisation"])
        UnitName.objects.create(
            unit=unit, name=unit.name, symbol=unit.symbol, starts_on=BEGINNING, place=place, parent_body=parent_body
        )
        return unit


class AppointmentFactory(DjangoModelFactory[Appointment]):
    """A post held since BEGINNING: an officer of a department, unless `role` and `unit` say otherwise.

    Traits name the demo's posts: AppointmentFactory(director=True, unit=organisation).
    """

    class Meta:
        model = Appointment

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory, department=True)
    role = Role.OFFICER
    title = factory.LazyAttribute(lambda post: str(Role(post.role).label))
    starts_on = BEGINNING

    class Params:
        unit_head = factory.Trait(role=Role.UNIT_HEAD, title="Trưởng phòng")
        office = factory.Trait(role=Role.OFFICE, title="Chuyên viên tổng hợp")
        chief = factory.Trait(role=Role.CHIEF, title="Chánh Văn phòng", authority="TL.", stands_for="GIÁM ĐỐC")
        clerk = factory.Trait(role=Role.CLERK, title="Văn thư")
        director = factory.Trait(role=Role.DIRECTOR, title="Giám đốc")
        deputy = factory.Trait(role=Role.DEPUTY, title="Phó Giám đốc", authority="KT.", stands_for="GIÁM ĐỐC")
        recipient = factory.Trait(role=Role.RECIPIENT, title="Nơi nhận")
        admin = factory.Trait(role=Role.ADMIN, title="Quản trị viên")
        ended = factory.Trait(ends_on=date(2021, 1, 1))
