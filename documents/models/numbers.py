"""The runs of numbers of an organisation, and every number that was given: the outgoing register's lines."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from units.models import Appointment, Unit


class NumberSeries(models.Model):
    """One run of numbers: organisation × kind (empty: one run for all kinds) × year, or term for a Party body.

    A council of the organisation has runs of its own (NĐ 30/2020 Điều 15.1).

    `last_number` is the last one given; it only grows, inside the numbering transaction (NĐ 30/2020 Điều 15).
    `used_before` is the last number given outside the portal: the run goes on after it.
    """

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    council = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, blank=True)
    year = models.PositiveIntegerField()
    used_before = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)
    last_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "year"], condition=Q(council__isnull=True), name="number_series_once"
            ),
            models.UniqueConstraint(
                fields=["council", "kind", "year"], condition=Q(council__isnull=False),
                name="number_series_council_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.kind} {self.year}: {self.last_number}"


class NumberUse(models.TextChoices):
    """What a number that was given stands for."""

    DOCUMENT = "document", _("văn bản trên cổng")
    PAPER = "paper", _("văn bản giấy")
    BEFORE = "before", _("văn bản trước khi dùng cổng")
    UNUSED = "unused", _("số không dùng")


class NumberEntryQuerySet(models.QuerySet["NumberEntry"]):
    def register(self, organisation: Unit, year: int) -> "NumberEntryQuerySet":
        """The outgoing register of one year, in the order of days and numbers (NĐ 30/2020 Điều 16)."""
        return self.filter(organisation=organisation, on__year=year).order_by("on", "number", "id")

    def after(self, on: date, number: int, pk: int) -> "NumberEntryQuerySet":
        """What follows one line: the next page of the register."""
        later = Q(on__gt=on) | Q(on=on, number__gt=number) | Q(on=on, number=number, pk__gt=pk)
        return self.filter(later, on__gte=on)


class NumberEntry(models.Model):
    """A number that was given: a line of the outgoing register (NĐ 30/2020, Phụ lục IV).

    Made by `documents.numbering` alone; series, number, code and day never change and no row goes away (migration
    0030). A file of the portal says itself what it is; a paper one is written down here. A number that a file gave
    back stays as an unused line with its reason.
    """

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    code = models.CharField(_("số và ký hiệu"), max_length=60)
    kind = models.CharField(_("loại"), max_length=10)
    on = models.DateField(_("ngày"))
    use = models.CharField(_("dùng cho"), max_length=10, choices=NumberUse.choices)
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, related_name="number_entries"
    )
    title = models.TextField(_("trích yếu"), blank=True)
    signer_name = models.CharField(_("người ký"), max_length=150, blank=True)
    sent_to = models.TextField(_("nơi nhận"), blank=True)
    kept_by = models.CharField(_("đơn vị, người nhận bản lưu"), max_length=200, blank=True)
    copies = models.PositiveIntegerField(_("số lượng bản"), null=True, blank=True)
    reason = models.TextField(_("ghi chú"), blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")

    objects = NumberEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("dòng sổ văn bản đi")
        indexes = [models.Index(fields=["organisation", "on", "number", "id"], name="number_entry_register")]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="number_entry_once"),
            models.UniqueConstraint(fields=["document"], condition=Q(use="document"), name="number_entry_of_document"),
            models.CheckConstraint(
                condition=~Q(use="document") | Q(document__isnull=False), name="number_entry_names_document"
            ),
            models.CheckConstraint(
                condition=Q(use__in=["document", "before"]) | ~Q(reason=""), name="number_entry_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.on:%d/%m/%Y}"
