"""The address book of an organisation: recipients without an account of the portal."""

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from audit.constraints import paired
from units.folding import folded
from units.models import Appointment, Unit


class OutsideKind(models.TextChoices):
    PARTY = "party", _("Cơ quan Đảng")
    STATE = "state", _("Cơ quan nhà nước")
    UNION = "union", _("Mặt trận, đoàn thể")
    BUSINESS = "business", _("Đơn vị sự nghiệp, doanh nghiệp")
    OTHER = "other", _("Nơi khác")


class OutsideAddressQuerySet(models.QuerySet["OutsideAddress"]):
    def of(self, organisation: Unit) -> "OutsideAddressQuerySet":
        """The entries that an organisation uses today."""
        return self.filter(organisation=organisation, ended_at__isnull=True)

    def containing(self, words: str) -> "OutsideAddressQuerySet":
        """Names that hold the words, without regard to marks, or e-mails."""
        named = self.alias(plain=Func(F("name"), function="f_norm", output_field=models.TextField()))
        return named.filter(Q(plain__contains=folded(words)) | Q(email__icontains=words))


class OutsideAddress(models.Model):
    """An entry of the address book, with the name as it is printed in "Nơi nhận". Changed only by `addresses`.

    `key` is the name as lines are compared with it. Entries that were used stay when they are taken out of the book.
    """

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="outside_addresses")
    name = models.CharField(_("tên in ở Nơi nhận"), max_length=300)
    key = models.CharField(max_length=300)
    email = models.EmailField(_("thư điện tử"))
    kind = models.CharField(_("loại"), max_length=10, choices=OutsideKind.choices, default=OutsideKind.STATE)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OutsideAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("địa chỉ nơi nhận")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"], condition=Q(ended_at__isnull=True), name="outside_address_once"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="outside_address_has_name"),
            paired("ended", table="outside_address"),
        ]

    def __str__(self) -> str:
        return self.name
