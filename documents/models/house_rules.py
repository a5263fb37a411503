"""How one organisation makes its official files: what its head decides within the rule."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from units.models import Unit


class Numbering(models.TextChoices):
    """Which files share one run of numbers; the head of the organisation decides (NĐ 30/2020 Điều 15.1.c)."""

    PER_KIND = "per_kind", _("Mỗi loại văn bản một dãy số")
    ONE_SERIES = "one_series", _("Một dãy số chung cho mọi loại")


class HouseRules(models.Model):
    """The choices of one organisation. Without a row the defaults hold.

    Party bodies number through a term (`term_starts_on` is its first day), State bodies through a year. With
    `number_before_signature` the number stands in the file that the signer sees. `seal_mm` is the diameter of the seal.
    """

    organisation = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="house_rules")
    numbering = models.CharField(_("dãy số"), max_length=12, choices=Numbering.choices, default=Numbering.PER_KIND)
    term_starts_on = models.DateField(
        _("nhiệm kỳ từ ngày"), null=True, blank=True, help_text=_("Chỉ với cơ quan Đảng: số chạy hết nhiệm kỳ.")
    )
    number_before_signature = models.BooleanField(_("cấp số trước khi ký"), default=False)
    layout = models.CharField(
        _("thể thức"), max_length=10, default="state",
        choices=[("state", _("Nhà nước (Nghị định 30/2020/NĐ-CP)")), ("party", _("Đảng (Hướng dẫn 05-HD/VPTW)"))],
    )  # fmt: skip
    type_size = models.PositiveSmallIntegerField(
        _("cỡ chữ"), default=13, choices=[(13, _("12 – 13 – 13")), (14, _("13 – 14 – 14"))]
    )
    seal_mm = models.PositiveSmallIntegerField(
        _("đường kính dấu (mm)"), default=36, validators=[MinValueValidator(20), MaxValueValidator(50)]
    )
    link_days = models.PositiveSmallIntegerField(
        _("liên kết gửi nơi nhận ngoài cổng dùng được (ngày)"), default=90,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
    )  # fmt: skip
    shows_code = models.BooleanField(
        _("in mã tra cứu (QR) ở cuối văn bản"), default=False,
        help_text=_("Ai có mã thì xem được số, ngày, trích yếu, trạng thái của văn bản đã ban hành."),
    )  # fmt: skip
    kinds_by_order = models.CharField(
        _("loại văn bản được ký thừa lệnh (TL.)"), max_length=200, blank=True,
        help_text=_("Ký hiệu loại, cách nhau bằng dấu phẩy: BC, CV."),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(seal_mm__gte=20, seal_mm__lte=50), name="house_rules_seal_size"),
            models.CheckConstraint(condition=Q(link_days__gte=1, link_days__lte=730), name="house_rules_link_days"),
            models.CheckConstraint(condition=Q(type_size__in=(13, 14)), name="house_rules_type_size"),
            models.CheckConstraint(condition=Q(layout__in=("state", "party")), name="house_rules_layout"),
            models.CheckConstraint(condition=Q(numbering__in=("per_kind", "one_series")), name="house_rules_numbering"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def run_of(self, day: date) -> int:
        """The year whose run of numbers a day falls into; with a term, the year in which the term began."""
        return self.term_starts_on.year if self.term_starts_on is not None and day >= self.term_starts_on else day.year

    @property
    def kinds_signed_by_order(self) -> frozenset[str]:
        """The kinds that the chief of office may sign TL. (NĐ 30/2020 Điều 13.3)."""
        return frozenset(kind.strip() for kind in self.kinds_by_order.split(",") if kind.strip())


def rules_of(organisation: Unit) -> HouseRules:
    """The organisation's rules, or the defaults (unsaved)."""
    return HouseRules.objects.filter(organisation=organisation).first() or HouseRules(organisation=organisation)
