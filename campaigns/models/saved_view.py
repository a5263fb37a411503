"""Lists of tasks that somebody keeps under a name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from units.models import Appointment, Unit, User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def of(self, by: Appointment) -> "SavedViewQuerySet":
        """The person's own and those of the post's unit, the unit's first."""
        return self.filter(Q(user_id=by.user_id) | Q(unit_id=by.unit_id)).order_by("user_id", "name")


class SavedView(models.Model):
    """An address of the list of tasks (filter, order, columns, picture) under a name; a person's or a unit's."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="saved_views")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="saved_views")
    name = models.CharField(_("tên cách xem"), max_length=60)
    query = models.CharField(max_length=1000)
    is_default = models.BooleanField(_("mở đầu tiên"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("cách xem")
        verbose_name_plural = _("cách xem")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True, unit__isnull=False) | Q(user__isnull=False, unit__isnull=True),
                name="saved_view_one_owner",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_name"),
            models.UniqueConstraint(fields=["user", "name"], name="saved_view_user_name"),
            models.UniqueConstraint(fields=["unit", "name"], name="saved_view_unit_name"),
            models.UniqueConstraint(fields=["user"], condition=Q(is_default=True), name="saved_view_user_default"),
            models.UniqueConstraint(fields=["unit"], condition=Q(is_default=True), name="saved_view_unit_default"),
        ]

    def __str__(self) -> str:
        return self.name
