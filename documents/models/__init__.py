from documents.models.document import Credential, Document, NumberSeries, Recipient, Rendition, Signature
from documents.models.job import Job, JobState

__all__ = ["Credential", "Document", "Job", "JobState", "NumberSeries", "Recipient", "Rendition", "Signature"]
