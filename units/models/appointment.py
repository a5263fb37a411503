"""A person in a post of a unit, from a day until a day."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from units.models.unit import DateRange, Unit, in_force
from units.models.user import User
from units.roles import Authority, Role


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current(self, on: date) -> "AppointmentQuerySet":
        """Posts held on day `on` by people whose account is in use."""
        return self.filter(in_force(on), user__is_active=True)

    def of_unit(self, unit: Unit) -> "AppointmentQuerySet":
        return self.filter(unit=unit)

    def with_people(self) -> "AppointmentQuerySet":
        return self.select_related("user", "unit", "unit__organisation")


class Appointment(models.Model):
    """A post. It is never edited: it ends, and another starts (`units.appointments`).

    `authority` and `stands_for` make a substitute: a deputy signs KT. for the director, the chief of office TL.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("vai trò"), max_length=20, choices=Role.choices)
    title = models.CharField(_("chức danh"), max_length=150, help_text=_("như ghi dưới chữ ký: Giám đốc"))
    authority = models.CharField(_("quyền ký"), max_length=5, choices=Authority.choices, blank=True)
    stands_for = models.CharField(_("ký cho chức vụ"), max_length=150, blank=True)
    mandate = models.CharField(_("căn cứ ủy quyền"), max_length=300, blank=True)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến ngày"), null=True, blank=True, help_text=_("ngày này không còn giữ chức vụ"))

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("chức vụ")
        verbose_name_plural = _("chức vụ")
        ordering = ["id"]
        indexes = [models.Index(fields=["unit", "role"], name="appointment_unit_role")]
        constraints = [
            ExclusionConstraint(
                name="appointment_once_a_day",
                expressions=[
                    (F("user"), RangeOperators.EQUAL),
                    (F("unit"), RangeOperators.EQUAL),
                    (F("role"), RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Người này đã giữ chức vụ đó trong khoảng ngày này."),
            ),
            ExclusionConstraint(
                name="appointment_one_director",
                expressions=[
                    (F("unit"), RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(role="director"),
                violation_error_message=_("Cơ quan đã có Giám đốc trong khoảng ngày này."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="appointment_ends_after_start",
                violation_error_message=_("Ngày thôi giữ chức vụ phải sau ngày bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name}, {self.post_title}"

    @property
    def person_name(self) -> str:
        return self.user.full_name

    @property
    def post_title(self) -> str:
        """ "Văn thư — Văn phòng Sở": the post as a person reads it."""
        return f"{self.title} — {self.unit.name}"

    @property
    def organisation(self) -> Unit:
        """The organisation whose document this post may touch."""
        return self.unit.organisation or self.unit

    @property
    def organisation_id(self) -> int:
        return self.unit.organisation_id or self.unit_id

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)
