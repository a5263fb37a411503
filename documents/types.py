"""The letter of correction as a type of official file."""

from django.utils.translation import gettext_lazy as _

from documents import corrections, registry

registry.declare(
    registry.DocumentType(
        name=corrections.TYPE, kind="CV", label=_("công văn đính chính"), compose=corrections.compose,
        problems=corrections.problems, url=corrections.url,
    )
)
