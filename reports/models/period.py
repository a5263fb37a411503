"""How an organisation reports to whom, and the periods that follow from it."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from reports import periods, wording
from reports.outline import COPIES
from reports.periods import Kind
from units.models import Appointment, Unit


class SignerRule(models.TextChoices):
    """Whose signature a report is proposed for (NĐ 30/2020 Điều 13); the office can still choose another."""

    DIRECTOR = "director", _("người đứng đầu")
    DEPUTY = "deputy", _("cấp phó, ký thay (KT.)")
    CHIEF = "chief", _("Chánh Văn phòng, ký thừa lệnh (TL.)")


class ReportProfileQuerySet(models.QuerySet["ReportProfile"]):
    def reporting_to(self, organisation: Unit, kind: str) -> "ReportProfileQuerySet":
        """The profiles in use whose reports of this kind go to the organisation."""
        return self.filter(recipient=organisation, kind=kind, is_active=True).order_by("organisation__position", "id")


class ReportProfile(models.Model):
    """How one recipient wants its reports of one kind: cut-off rule, due rule, addressee, outline, signer.

    A month M reaches from `first_day` of month M-1 to the day before `first_day` of M (NĐ 09/2019/NĐ-CP Điều 12), or is
    the calendar month when `first_day` is 1; longer periods reach from their first month's first day to their last
    month's last. Units send until `due_working_days` after the cut-off, or until the next `due_day` of a month.
    `outline` is a list of sections (see reports.outline), `outline_version` counts its changes; a report keeps both.
    """

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="report_profiles")
    name = models.CharField(_("tên mẫu báo cáo"), max_length=200)
    kind = models.CharField(_("loại báo cáo"), max_length=12, choices=Kind.choices, default=Kind.MONTH)
    subject = models.CharField(
        _("trích yếu"),
        max_length=300,
        help_text=_("{period} và {next_period} được thay bằng kỳ báo cáo và kỳ sau khi lập báo cáo"),
    )
    addressee = models.CharField(
        _("kính gửi"), max_length=300, blank=True, help_text=_("Bỏ trống thì báo cáo không có dòng Kính gửi.")
    )
    recipient = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("nơi nhận báo cáo")
    )
    copies = models.TextField(_("nơi nhận khác"), blank=True, default=COPIES, help_text=_("Mỗi nơi nhận một dòng."))
    signer_rule = models.CharField(
        _("người ký"), max_length=10, choices=SignerRule.choices, default=SignerRule.DIRECTOR
    )
    first_day = models.PositiveSmallIntegerField(
        _("ngày đầu kỳ"), default=15,
        help_text=_("15: từ ngày 15 tháng trước đến ngày 14 (NĐ 09/2019/NĐ-CP, Điều 12); 1: theo tháng dương lịch."),
    )  # fmt: skip
    due_working_days = models.PositiveSmallIntegerField(_("số ngày làm việc sau khi chốt"), default=2)
    due_day = models.PositiveSmallIntegerField(
        _("hoặc hạn gửi vào ngày"), null=True, blank=True,
        help_text=_("Ngày trong tháng, tính từ ngày chốt số liệu; gặp ngày nghỉ thì lùi sang ngày làm việc sau."),
    )  # fmt: skip
    starts_on = models.DateField(_("chiến dịch từ ngày"), null=True, blank=True)
    ends_on = models.DateField(_("chiến dịch đến ngày"), null=True, blank=True)
    legal_basis = models.TextField(_("căn cứ báo cáo"), blank=True)
    outline = models.JSONField(default=list)
    outline_version = models.PositiveIntegerField(default=1)
    is_rollup = models.BooleanField(
        _("tổng hợp từ báo cáo của cấp dưới"), default=False,
        help_text=_("Số liệu lấy từ báo cáo đã ban hành mà các cơ quan gửi đến, không hỏi đơn vị của cơ quan mình."),
    )  # fmt: skip
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    is_active = models.BooleanField(
        _("đang dùng"), default=True, help_text=_("Mẫu đang dùng thì cổng tự mở kỳ báo cáo đúng ngày.")
    )

    objects = ReportProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("mẫu báo cáo")
        verbose_name_plural = _("mẫu báo cáo")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(first_day__gte=1, first_day__lte=28), name="report_profile_first_day"),
            models.CheckConstraint(
                condition=Q(due_day__isnull=True) | Q(due_day__gte=1, due_day__lte=31), name="report_profile_due_day"
            ),
            models.CheckConstraint(
                condition=~Q(kind="campaign") | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="report_profile_campaign_days",
            ),
            models.UniqueConstraint(fields=["organisation", "name"], name="report_profile_once"),
        ]

    def __str__(self) -> str:
        return self.name


class PeriodQuerySet(models.QuerySet["Period"]):
    def visible_to(self, by: Appointment) -> "PeriodQuerySet":
        return self.filter(profile__organisation_id=by.organisation_id)

    def running(self, on: date) -> "PeriodQuerySet":
        """Periods whose contributions are wanted now: opened, and no report issued of them yet."""
        return self.filter(starts_on__lte=on, closed_at__isnull=True)


class Period(models.Model):
    """One period of one profile: the days it covers (both included) and the day by which units confirm.

    `month` is the last one that it reports on. `number` tells apart what has no rhythm: 0 for every regular kind, 1,
    2 … for the reports of a campaign and quick reports of the same month.
    """

    profile = models.ForeignKey(ReportProfile, on_delete=models.PROTECT, related_name="periods")
    year = models.PositiveIntegerField(_("năm"))
    month = models.PositiveSmallIntegerField(_("tháng"))
    number = models.PositiveSmallIntegerField(_("lần"), default=0)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến ngày"))
    due_on = models.DateField(_("hạn gửi"))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("kỳ báo cáo")
        verbose_name_plural = _("kỳ báo cáo")
        ordering = ["-ends_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "year", "month", "number"], name="period_once"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="period_month"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="period_ends_after_start"),
            models.CheckConstraint(condition=Q(due_on__gte=F("ends_on")), name="period_due_after_end"),
        ]

    def __str__(self) -> str:
        return f"{self.profile.name} {self.label}"

    @property
    def kind(self) -> Kind:
        return Kind(self.profile.kind)

    @property
    def words(self) -> str:
        """The period as a document says it: "tháng 10 năm 2026", "quý IV năm 2026"."""
        return wording.words(self.kind, self.year, self.month, self.starts_on, self.ends_on)

    @property
    def following(self) -> str:
        """The next period as a document says it."""
        return wording.following_words(self.kind, self.year, self.month)

    @property
    def label(self) -> str:
        """The period on the screen: "Tháng 10/2026", "Quý IV/2026"."""
        return periods.label(self.kind, self.year, self.month, self.ends_on)
