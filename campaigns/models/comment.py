"""What people say to each other about a task or a paragraph of a plan."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.models.plan import Plan, PlanItem
from campaigns.models.task import Task
from units.models import Appointment
from units.reading import only_columns, with_columns

EDITABLE = timedelta(minutes=10)


class CommentQuerySet(models.QuerySet["Comment"]):
    def with_people(self) -> "models.QuerySet[Comment]":
        """Oldest first, with who wrote and who is named. Two queries."""
        named = with_columns(self, "written_by__title", "written_by__user__full_name", "written_by__unit__name")
        mentioned = only_columns(Appointment.objects.all(), "user__full_name")
        return named.prefetch_related(Prefetch("mentioned", mentioned))


class Comment(models.Model):
    """About a task, or an item, of `plan`; about the plan itself once that row has gone from the draft.

    A removed one stays as an empty place. Changed only by `campaigns.workflow.comments`.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="comments")
    task = models.ForeignKey(Task, on_delete=models.SET_NULL, null=True, related_name="comments")
    item = models.ForeignKey(PlanItem, on_delete=models.SET_NULL, null=True, related_name="comments")
    text = models.TextField(_("ý kiến"), blank=True)
    mentioned = models.ManyToManyField(Appointment, related_name="+")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(task__isnull=True) | Q(item__isnull=True), name="comment_one_subject"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) & ~Q(text="") | Q(removed_at__isnull=False, text=""),
                name="comment_says_something_until_removed",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def url(self) -> str:
        """Where it is read."""
        if self.task_id:
            return f"{reverse('tasks:detail', args=[self.task_id])}#y-kien-{self.pk}"
        if self.item_id:
            return f"{reverse('comments:item', args=[self.item_id])}#y-kien-{self.pk}"
        return reverse("plans:detail", args=[self.plan_id])

    def is_editable(self, by: Appointment, at: datetime) -> bool:
        """By its writer, for ten minutes."""
        return self.is_removable(by) and at < self.written_at + EDITABLE

    def is_removable(self, by: Appointment) -> bool:
        return self.removed_at is None and self.written_by.user_id == by.user_id
