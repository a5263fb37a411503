from documents.models.document import Document, NumberSeries, Recipient, Rendition
from documents.models.job import Job, JobState
from documents.models.signing import Credential, Purpose, SessionState, Signature, SigningSession, WayOfSigning

__all__ = [
    "Credential", "Document", "Job", "JobState", "NumberSeries", "Purpose", "Recipient", "Rendition", "SessionState",
    "Signature", "SigningSession", "WayOfSigning",
]  # fmt: skip
