"""What campaigns do when an official file of theirs goes out or is taken back, or a person leaves a post.

Runs in the transaction of that step.
"""

from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from campaigns.models import ItemCitation, Plan, PlanBase, Task
from campaigns.workflow import handover, tasks
from directives.models import Directive
from directives.signals import directives_merged
from documents import signals
from documents.models import Document
from documents.states import BEFORE_SIGNATURE
from units.models import Appointment
from units.signals import post_ended

PLAN = "campaigns.plan"


@receiver(signals.document_issued, dispatch_uid="campaigns.assign_tasks")
def assign_tasks(*, document: Document, by: Appointment, at: datetime, **_: Any) -> None:
    """The plan's tasks are given out the moment it is issued."""
    if document.type == PLAN:
        tasks.assign_plan(document=document, by=by, at=at)


@receiver(post_ended, dispatch_uid="campaigns.return_leavers")
def return_leavers(*, post: Appointment, by: Appointment | None, at: datetime, **_: Any) -> None:
    """Who leaves takes no task along. A post that ends later is found by the daily pass of that day."""
    today = timezone.localdate(at)
    if post.ends_on is not None and post.ends_on <= today:
        handover.return_leavers(on=today, by=by, at=at, post=post)


@receiver(signals.document_recalled, dispatch_uid="campaigns.withdraw_tasks")
def withdraw_tasks(*, document: Document, by: Appointment, at: datetime, **_: Any) -> None:
    """A plan that no longer holds orders nothing."""
    if document.type == PLAN:
        tasks.withdraw_plan(document=document, by=by, at=at)


@receiver(directives_merged, dispatch_uid="campaigns.follow_directive")
def follow_directive(*, kept: Directive, dropped: Directive, **_: Any) -> None:
    """Two entries of the register were one document: drafts, mentions and tasks point at the one that stays.

    Bases of issued plans are frozen; the kept directive's page finds them through the dropped one.
    """
    drafts = Plan.objects.filter(document__state__in=BEFORE_SIGNATURE).values("pk")
    PlanBase.objects.filter(directive=dropped, plan__in=drafts).update(directive=kept)
    ItemCitation.objects.filter(directive=dropped).update(directive=kept)
    Task.objects.filter(directive=dropped).update(directive=kept)
