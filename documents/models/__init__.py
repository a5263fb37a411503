from documents.models.attachment import Attachment
from documents.models.correction import Correction
from documents.models.document import Document, Recipient, Rendition
from documents.models.house_rules import HouseRules, Numbering, rules_of
from documents.models.job import Job, JobState
from documents.models.numbers import NumberEntry, NumberSeries, NumberUse
from documents.models.outside import OutsideAddress, OutsideKind
from documents.models.outside_link import OutsideLink
from documents.models.signing import Credential, Purpose, SessionState, Signature, SigningSession, WayOfSigning
from documents.models.word_template import WordTemplate

__all__ = [
    "Attachment",
    "Correction",
    "Credential",
    "Document",
    "HouseRules",
    "Job",
    "JobState",
    "NumberEntry",
    "NumberSeries",
    "NumberUse",
    "Numbering",
    "OutsideAddress",
    "OutsideKind",
    "OutsideLink",
    "Purpose",
    "Recipient",
    "Rendition",
    "SessionState",
    "Signature",
    "SigningSession",
    "WayOfSigning",
    "WordTemplate",
    "rules_of",
]
