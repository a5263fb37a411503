"""Organisations and their units: one tree, with the names each had on each day."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _


class DateRange(Func):
    """daterange(starts_on, ends_on): the end is open and not included."""

    function = "daterange"
    output_field = DateRangeField()


def in_force(day: date) -> Q:
    """Rows with starts_on/ends_on that hold on `day`."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class UnitKind(models.TextChoices):
    ORGANISATION = "organisation", _("Cơ quan")
    DEPARTMENT = "department", _("Phòng, ban, đơn vị")
    OFFICE = "office", _("Văn phòng")
    COUNCIL = "council", _("Hội đồng, ban chỉ đạo, tổ công tác")


class UnitQuerySet(models.QuerySet["Unit"]):
    def organisations(self) -> "UnitQuerySet":
        return self.filter(kind=UnitKind.ORGANISATION)

    def keeper(self) -> "Unit":
        """The organisation that the portal was set up with: its administrator keeps what is common. One query."""
        return self.organisations().working().order_by("pk")[0]

    def working(self) -> "UnitQuerySet":
        """Units that have not been dissolved."""
        return self.filter(dissolved_on__isnull=True)

    def inside(self, organisation: "Unit") -> "UnitQuerySet":
        """The units that do the work of one organisation: without the organisation itself and its councils."""
        return self.filter(organisation=organisation).exclude(pk=organisation.pk).exclude(kind=UnitKind.COUNCIL)

    def councils(self, organisation: "Unit") -> "UnitQuerySet":
        """The collegial bodies of one organisation that issue documents under its seal (NĐ 30/2020 Điều 15)."""
        return self.filter(organisation=organisation, kind=UnitKind.COUNCIL)


class Unit(models.Model):
    """A node of the tree. `name` and `symbol` are today's; `UnitName` has those of every day.

    An organisation issues documents and has a letterhead; it is its own `organisation`. A council (hội đồng, ban chỉ
    đạo, tổ công tác) of it issues in its own name, with numbers of its own, under the organisation's seal.
    """

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    organisation = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="all_units")
    kind = models.CharField(_("loại"), max_length=20, choices=UnitKind.choices)
    name = models.CharField(_("tên"), max_length=300)
    short_name = models.CharField(_("tên gọi tắt"), max_length=100, blank=True)
    symbol = models.CharField(_("ký hiệu"), max_length=30, blank=True)
    position = models.PositiveIntegerField(_("thứ tự"), default=0)
    dissolved_on = models.DateField(_("ngày giải thể"), null=True, blank=True)
    search = models.GeneratedField(
        expression=Func(F("name"), function="f_norm"), output_field=models.TextField(), db_persist=True
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = _("đơn vị")
        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["organisation", "position"], name="unit_organisation"),
            GinIndex(fields=["search"], name="unit_search", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="organisation") | Q(parent__isnull=False),
                name="unit_below_an_organisation",
                violation_error_message=_("Phòng, ban, đơn vị phải trực thuộc một cơ quan."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    @property
    def is_council(self) -> bool:
        return self.kind == UnitKind.COUNCIL

    def letterhead_on(self, day: date) -> "UnitName":
        """The names in force on `day`. One query; the earliest name serves days before it."""
        named = self.names.filter(in_force(day)).first() or self.names.order_by("starts_on").first()
        if named is None:
            raise UnitName.DoesNotExist(f"unit {self.pk} has no name")
        return named


class UnitName(models.Model):
    """What a unit is called from a day until a day (the last day is not included)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(_("tên"), max_length=300)
    parent_body = models.CharField(_("cơ quan chủ quản"), max_length=300, blank=True)
    symbol = models.CharField(_("ký hiệu"), max_length=30, blank=True)
    place = models.CharField(_("địa danh"), max_length=100, blank=True)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến ngày"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            ExclusionConstraint(
                name="unit_name_one_a_day",
                expressions=[
                    (F("unit"), RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Đơn vị đã có tên khác trong khoảng ngày này."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="unit_name_ends_after_start",
                violation_error_message=_("Tên mới phải có hiệu lực sau ngày bắt đầu của tên đang dùng."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """What became of a unit: renamed, merged, split, dissolved; with the decision it rests on."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", _("đổi tên")
        MERGED = "merged", _("hợp nhất")
        SPLIT = "split", _("chia tách")
        DISSOLVED = "dissolved", _("giải thể")
        TRANSFERRED = "transferred", _("chuyển nhiệm vụ")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    on = models.DateField()
    predecessors = models.ManyToManyField(Unit, related_name="succeeded_by")
    successors = models.ManyToManyField(Unit, related_name="preceded_by", blank=True)
    legal_basis = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"
