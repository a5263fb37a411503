from directives.models.directive import (
    Directive,
    DirectiveFile,
    DirectiveQuerySet,
    Distinction,
    ReceivedSeries,
    Urgency,
    Validity,
)
from directives.models.note import DirectiveNote, Requirement
from directives.models.relation import DirectiveRelation
from directives.models.vocabulary import DirectiveKind, IssuerSymbol, KindSymbol

__all__ = [
    "Directive",
    "DirectiveFile",
    "DirectiveKind",
    "DirectiveNote",
    "DirectiveQuerySet",
    "DirectiveRelation",
    "Distinction",
    "IssuerSymbol",
    "KindSymbol",
    "ReceivedSeries",
    "Requirement",
    "Urgency",
    "Validity",
]
