"""The plan as a type of official file, and the reading of plans as a kind of work."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns import checks, compose
from campaigns.importing import sources
from documents import jobs, registry
from documents.models import Document

PLAN = "campaigns.plan"


def url(document: Document) -> str:
    """The page of a plan's document."""
    return reverse("plans:detail", args=[document.plan.pk])


registry.declare(
    registry.DocumentType(
        name=PLAN, kind="KH", label=_("kế hoạch"), compose=compose.compose, problems=checks.problems, url=url
    )
)
jobs.declare(sources.KIND, sources.work)
