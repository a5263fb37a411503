"""What is missing or wrong in a plan before it is proposed: one small function a rule, each with its article.

To add one, write a function from a `Reading` to what it found in the module of its subject and decorate it with
`@rule(code, article)`; say `blocking=True` for what keeps the plan from being proposed. Rules ask no query: what they
must know stands in `facts`. Words and patterns they look for stand in `words`.
"""

from campaigns.checks import bases, citations, dates, recipients, structure, tasks, title, wording
from campaigns.checks.facts import prepare, weigh
from campaigns.checks.reading import Reading
from campaigns.checks.rule import Finding, Rule, apply, declared
from campaigns.models import Plan
from documents.models import Document
from documents.registry import Problem

__all__ = ["MODULES", "RULES", "Finding", "Reading", "load", "prepare", "problems", "problems_of", "weigh"]

MODULES = (title, bases, citations, structure, tasks, dates, wording, recipients)
"""In the order of a plan, which is that of the list on its page."""

RULES: dict[str, Rule] = {
    each.code: each for module in MODULES for each in declared() if each.check.__module__ == module.__name__
}


def load(document: Document) -> Plan:
    """The plan of a document with everything that is checked."""
    return prepare(Plan.objects.with_document().get(document=document), document.day)


def problems(document: Document) -> list[Problem]:
    """What is wrong in a plan's document, blocking ones first; what somebody kept as it is, is left out."""
    return [finding for finding in problems_of(load(document)) if finding.kept is None]


def problems_of(plan: Plan) -> list[Finding]:
    """Everything the rules find in a plan that `prepare` loaded. No query."""
    reading = Reading(plan)
    found = [finding for each in RULES.values() for finding in apply(each, reading)]
    return sorted(found, key=lambda finding: not finding.blocking)
