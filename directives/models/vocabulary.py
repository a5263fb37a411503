"""The words of the register: kinds of documents, and whose letters stand in symbols."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from units.models import Unit


class DirectiveKind(models.Model):
    """A kind of document with its official abbreviation (NĐ 30/2020 Phụ lục III; Quy định 399-QĐ/TW); grows."""

    abbreviation = models.CharField(_("chữ viết tắt"), max_length=15, unique=True)
    name = models.CharField(_("tên loại"), max_length=100)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class KindSymbolQuerySet(models.QuerySet["KindSymbol"]):
    def known_to(self, organisation: "Unit | int") -> "KindSymbolQuerySet":
        """What is true everywhere and what this organisation learned; its own word comes last and so counts."""
        mine = Q(organisation__isnull=True) | Q(organisation=organisation)
        return self.filter(mine).order_by(F("organisation").asc(nulls_first=True), "symbol")


class KindSymbol(models.Model):
    """Letters that symbols use for a kind: "QCPH" is a Quy chế.

    Without an organisation they mean this everywhere (NĐ 30/2020, Quy định 399-QĐ/TW). What an organisation's entries
    teach, or its people write, holds in its own register only and comes before the former.
    """

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.ForeignKey(DirectiveKind, on_delete=models.CASCADE, related_name="symbols", verbose_name=_("loại"))
    symbol = models.CharField(_("chữ trong ký hiệu"), max_length=20)
    key = models.CharField(max_length=20)  # the symbol in capitals
    is_learned = models.BooleanField(default=False)  # from an entry, not written by somebody on purpose

    objects = KindSymbolQuerySet.as_manager()

    class Meta:
        ordering = ["symbol"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="kind_symbol_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(is_learned=False) | Q(organisation__isnull=False), name="kind_symbol_learned_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.symbol


class IssuerSymbol(models.Model):
    """Whose letters these are, in one organisation's register: "ĐUK" is the "Đảng ủy Khối các cơ quan tỉnh".

    Each agency's head gives symbols (NĐ 30/2020 Phụ lục III), so the list is open: the last entry teaches.
    """

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    symbol = models.CharField(_("ký hiệu"), max_length=30)
    key = models.CharField(max_length=30)  # the symbol in capitals
    issuer = models.CharField(_("cơ quan ban hành"), max_length=300)
    is_learned = models.BooleanField(default=False)

    class Meta:
        ordering = ["symbol"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="issuer_symbol_once")]

    def __str__(self) -> str:
        return f"{self.symbol}: {self.issuer}"
