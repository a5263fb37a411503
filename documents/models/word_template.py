"""Word templates that organisations made of the one that comes with the portal."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.constraints import paired
from units.models import Appointment, Unit


class WordTemplate(models.Model):
    """An organisation's own template for one family of layouts. Replaced, never edited: the one without an end is used,
    and without any the portal's own."""

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="word_templates")
    layout = models.CharField(
        _("thể thức"), max_length=10,
        choices=[("state", _("Nhà nước (Nghị định 30/2020/NĐ-CP)")), ("party", _("Đảng (Hướng dẫn 05-HD/VPTW)"))],
    )  # fmt: skip
    name = models.CharField(_("tên tệp"), max_length=150)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "layout"], condition=Q(ended_at__isnull=True), name="word_template_one_in_use"
            ),
            models.CheckConstraint(condition=Q(layout__in=("state", "party")), name="word_template_layout"),
            paired("ended", table="word_template"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.layout} {self.name}"
