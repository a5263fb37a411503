"""Constraints that several apps state in the same words."""

from django.db import models
from django.db.models import Q


def paired(name: str, *, table: str) -> models.CheckConstraint:
    """`<name>_at` and `<name>_by` are both there or both missing."""
    both = Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False})
    neither = Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True})
    return models.CheckConstraint(condition=both | neither, name=f"{table}_{name}_paired")
