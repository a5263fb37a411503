"""Reads a plan typed elsewhere (.txt, .docx, .pdf) into a draft a person can check. Pure: no database."""

from campaigns.plan_reader.draft import PlanDraft, Unreadable
from campaigns.plan_reader.read import read
from campaigns.plan_reader.sources import check

__all__ = ["PlanDraft", "Unreadable", "check", "read"]
