"""A PDF from anywhere against the register: the verdict of `verification` with what the portal knows of the bytes."""

import re
from collections.abc import Mapping
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from documents import archive, layout, verification
from documents.findings import NOT_IN_REGISTER, Examination, KnownFile, SignatureFinding, Verdict
from documents.models import Attachment, Credential, Document, Purpose, Rendition, Signature
from documents.revisions import ATTACHMENT_FIELD, OFFICER_FIELD, SEAL_FIELD
from documents.states import IN_FORCE, PUBLISHED

END_OF_FILE = re.compile(rb"%%EOF(?:\r\n|\r|\n)?")
MOST_REVISIONS = 30


def known_file(data: bytes) -> tuple[KnownFile, Document | None]:
    """What the register says of exactly these bytes. One query."""
    kept = _kept([archive.sha256(data)]).order_by("-id").first()
    return (_known(kept), kept.document) if kept is not None else (NOT_IN_REGISTER, None)


def _kept(digests: list[str]) -> QuerySet[Rendition]:
    return Rendition.objects.filter(sha256__in=digests).select_related("document__organisation")


def _known(kept: Rendition) -> KnownFile:
    document = kept.document
    is_current = kept.stage == Rendition.Stage.ISSUED and document.state in IN_FORCE
    label = layout.profile(document.profile).number_label
    number_line = f"{label} {document.code}" if document.code else None
    return KnownFile(str(document), str(Rendition.Stage(kept.stage).label), is_current, number_line)


def examine(data: bytes) -> tuple[Examination, Document | None]:
    """The verdict on a file, and the document whose kept bytes it is."""
    known, document = known_file(data)
    if document is None:
        known, document = _attached(data)
    if document is None:
        known, document = _prolonged(data)
    found = verification.examine(data, known=known)
    return (_with_posts(found, document) if document is not None else _beside_register(found)), document


def _attached(data: bytes) -> tuple[KnownFile, Document | None]:
    """A separate attachment as it was issued."""
    kept = Attachment.objects.filter(signed_sha256=archive.sha256(data)).select_related("document").last()
    if kept is None:
        return NOT_IN_REGISTER, None
    named = _("Tệp kèm theo “%(name)s”") % {"name": kept.name}
    return KnownFile(str(kept.document), named, kept.document.state in IN_FORCE), kept.document


def _prolonged(data: bytes) -> tuple[KnownFile, Document | None]:
    """An issued file to which only time stamps or validation data were added is still that file (PAdES B-LTA)."""
    ends = [found.end() for found in END_OF_FILE.finditer(data)][:-1]
    digests = [archive.sha256(data[:end]) for end in ends[-MOST_REVISIONS:]]
    kept = _kept(digests).filter(stage=Rendition.Stage.ISSUED).first() if digests else None
    if kept is None or not verification.examine(data).is_good:
        return NOT_IN_REGISTER, None
    return _known(kept), kept.document


def _beside_register(found: Examination) -> Examination:
    """What the register has against the signatures of a file that it does not know. Three queries at most."""
    trusted = [each.fingerprint for each in found.signatures if each.is_trusted]
    if not trusted:
        return found
    holders = dict(Credential.objects.filter(fingerprint__in=trusted).values_list("fingerprint", "unit_id"))
    signatures = tuple(_with_holder(each, holders) for each in found.signatures)
    problems = [*_wrong_signer(found), *found.problems]
    reasons = [problem for each in signatures for problem in each.problems] + problems
    return replace(found, signatures=signatures, problems=tuple(problems), sentence=verification.refusal(reasons[0]))


def _with_holder(signature: SignatureFinding, holders: Mapping[str, int | None]) -> SignatureFinding:
    """A trusted signature in the field of an officer or of the seal, by a certificate that is registered for it."""
    wanted = {OFFICER_FIELD: False, SEAL_FIELD: True, ATTACHMENT_FIELD: True}.get(signature.field)
    if wanted is None or not signature.is_trusted:
        return signature
    if signature.fingerprint in holders and (holders[signature.fingerprint] is not None) == wanted:
        return signature
    words = {
        False: _("Chứng thư của “%(name)s” không phải chứng thư đã đăng ký để ký văn bản của cơ quan."),
        True: _("Chứng thư của “%(name)s” không phải chứng thư đã đăng ký để đóng dấu của cơ quan."),
    }
    return replace(signature, problems=(*signature.problems, words[wanted] % {"name": signature.signer_name}))


def _wrong_signer(found: Examination) -> list[str]:
    """Somebody else's signature on a file that bears the number of an issued document."""
    officer = next((each for each in found.signatures if each.field == OFFICER_FIELD), None)
    code = found.number_line.partition(" ")[2].strip()
    if officer is None or not code:
        return []
    signed = Signature.objects.filter(purpose=Purpose.OFFICER, document__code=code, document__state__in=PUBLISHED)
    kept = list(signed.values_list("fingerprint", "signer_name")[:2])
    if len(kept) != 1 or kept[0][0] == officer.fingerprint:
        return []
    named = {"code": code, "expected": kept[0][1], "found": officer.signer_name}
    return [_("Văn bản số %(code)s do %(expected)s ký; chữ ký của lãnh đạo trên tệp này là của %(found)s.") % named]


def _with_posts(found: Examination, document: Document) -> Examination:
    """Each signature with the post in which it was made, as it is kept. One query."""
    kept = Signature.objects.filter(document=document).order_by("id").values_list("fingerprint", "post_text")
    posts = dict(kept)
    signatures = tuple(replace(each, post=posts.get(each.fingerprint, "")) for each in found.signatures)
    return replace(found, signatures=signatures)


def examine_against(document: Document, data: bytes) -> Examination:
    """The verdict on a file held against one issued document, for people without a log-in: says nothing of others."""
    kept = Rendition.objects.filter(document=document, sha256=archive.sha256(data)).order_by("-id").first()
    if kept is not None:
        return examine(data)[0]
    found = verification.examine(data)
    other = _("Đây không phải tệp đã ban hành của văn bản mang mã này.")
    return replace(found, verdict=_without_trust(found.verdict), sentence=other, problems=(other, *found.problems))


def _without_trust(verdict: Verdict) -> Verdict:
    return Verdict.CHANGED if verdict is Verdict.GENUINE else verdict
