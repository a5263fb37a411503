"""The register of "Dân vận khéo" models, kept the year round (DOMAIN 3.5)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reports.periods import Span
from units.models import Appointment, Unit


class Area(models.TextChoices):
    """The four fields of the movement."""

    ECONOMY = "economy", _("Kinh tế")
    CULTURE = "culture", _("Văn hóa - xã hội")
    DEFENCE = "defence", _("Quốc phòng - an ninh")
    SYSTEM = "system", _("Xây dựng hệ thống chính trị")


class Bearer(models.TextChoices):
    COLLECTIVE = "collective", _("Tập thể")
    PERSON = "person", _("Cá nhân")


class Registration(models.TextChoices):
    NEW = "new", _("Đăng ký mới")
    KEPT = "kept", _("Duy trì")


class Recognition(models.TextChoices):
    """The highest level that has recognised the model."""

    NONE = "none", _("Chưa công nhận")
    UNIT = "unit", _("Cấp cơ sở")
    PROVINCE = "province", _("Cấp tỉnh")
    CENTRAL = "central", _("Cấp trung ương")


class SkilfulModelQuerySet(models.QuerySet["SkilfulModel"]):
    def visible_to(self, by: Appointment) -> "SkilfulModelQuerySet":
        return self.filter(organisation_id=by.organisation_id)

    def alive(self, span: Span) -> "SkilfulModelQuerySet":
        """Those kept up on any of these days."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=span.starts_on), starts_on__lte=span.ends_on)


class SkilfulModel(models.Model):
    """A model or example of skilful mass mobilization, registered by a unit. It ends; it is never deleted."""

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    name = models.CharField(_("tên mô hình, điển hình"), max_length=300)
    area = models.CharField(_("lĩnh vực"), max_length=10, choices=Area.choices)
    bearer = models.CharField(_("tập thể hay cá nhân"), max_length=10, choices=Bearer.choices)
    place = models.CharField(_("địa bàn"), max_length=200, blank=True)
    starts_on = models.DateField(_("thực hiện từ ngày"))
    ends_on = models.DateField(_("đến ngày"), null=True, blank=True, help_text=_("Để trống khi đang duy trì."))
    results = models.TextField(_("kết quả"), blank=True)
    registration = models.CharField(_("đăng ký"), max_length=10, choices=Registration.choices, default=Registration.NEW)
    recognition = models.CharField(
        _("mức công nhận"), max_length=10, choices=Recognition.choices, default=Recognition.NONE
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")

    objects = SkilfulModelQuerySet.as_manager()

    class Meta:
        verbose_name = _("mô hình “Dân vận khéo”")
        verbose_name_plural = _("mô hình “Dân vận khéo”")
        ordering = ["unit__position", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="skilful_model_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="skilful_model_days"
            ),
        ]

    def __str__(self) -> str:
        return self.name
