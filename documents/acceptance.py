"""A file that was signed outside the portal, taken only if it is exactly what was sent plus one good signature."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from asn1crypto import x509
from django.utils import timezone
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.fields import MDPPerm

from documents import certificates, revisions, verification
from documents.findings import SignatureFinding
from documents.revisions import DATE_FIELD, NUMBER_FIELD, OFFICER_FIELD, SEAL_FIELD
from documents.signing_keys import SigningError


class Refused(SigningError):
    """The file is not taken; the text is the reason."""


def accept(
    sent: bytes,
    returned: bytes,
    *,
    field: str,
    certificate: x509.Certificate,
    since: datetime,
    at: datetime,
    roots: Sequence[x509.Certificate] | None = None,
) -> SignatureFinding:
    """What is found of the new signature in `field`, made with `certificate` after `sent` went out (`since`).

    Raises Refused with the reason for anything else; nothing is stored here.
    """
    if returned == sent:
        raise Refused(_("Tệp gửi lại chưa được ký."))
    if not returned.startswith(sent):
        raise Refused(_("Tệp gửi lại không phải là tệp đã tải về để ký."))
    before = verification.examine(sent, roots, at=at)
    after = verification.examine(returned, roots, at=at)
    signed_before = {each.field for each in before.signatures}
    added = [each for each in after.signatures if each.field not in signed_before]
    if [each.field for each in added] != [field]:
        raise Refused(_("Tệp gửi lại không có đúng một chữ ký mới ở ô ký đã chuẩn bị."))
    bad = [problem for each in after.signatures for problem in each.problems]
    if bad:
        raise Refused(bad[0])
    if added[0].fingerprint != certificates.fingerprint(certificate):
        expected = {"expected": certificates.name_in(certificate), "found": added[0].signer_name}
        raise Refused(_("Tệp do “%(found)s” ký, không phải chứng thư đã đăng ký của “%(expected)s”.") % expected)
    _refuse_other_days(added[0], since)
    _refuse_other_changes(sent, returned, added[0])
    if field == OFFICER_FIELD:
        _refuse_locks(returned)
    return added[0]


def _refuse_other_days(added: SignatureFinding, since: datetime) -> None:
    """Refused when the signature is dated before the file went out: a clock may be wrong, a day may not."""
    if added.signed_at is not None and timezone.localdate(added.signed_at) < timezone.localdate(since):
        day = f"{timezone.localtime(added.signed_at):%d/%m/%Y}"
        raise Refused(_("Chữ ký ghi ngày %(day)s, trước khi tệp được tải về để ký.") % {"day": day})


def _refuse_other_changes(sent: bytes, returned: bytes, added: SignatureFinding) -> None:
    """Refused when the new part holds more than the signature: every object it writes must belong to it."""
    old, new = PdfFileReader(BytesIO(sent)), PdfFileReader(BytesIO(returned))
    if not added.covers_whole_file or new.xrefs.total_revisions != old.xrefs.total_revisions + 1:
        raise Refused(_("Ngoài chữ ký, tệp gửi lại còn bị ghi thêm dữ liệu."))
    if not revisions.has_same_lines(old, new):
        raise Refused(_("Tệp gửi lại đã bị thay đổi số hoặc ngày."))
    if revisions.titles(old) != revisions.titles(new):
        raise Refused(_("Tệp gửi lại đã bị thay đổi tên hoặc tác giả."))
    if not revisions.description(sent).items() <= revisions.description(returned).items():
        raise Refused(_("Tệp gửi lại đã bị thay đổi phần tự mô tả (tên, tác giả, chuẩn PDF/A)."))
    if not revisions.has_same_pages(old, new):
        raise Refused(_("Nội dung các trang của tệp gửi lại đã bị thay đổi."))
    newest = new.xrefs.total_revisions - 1
    states = new.get_historical_resolver(newest - 1), new.get_historical_resolver(newest)
    try:
        verification.SIGNING_POLICY.apply(*states, doc_mdp=MDPPerm.FILL_FORMS)
    except SuspiciousModification as error:
        raise Refused(_("Ngoài chữ ký, tệp gửi lại còn bị thay đổi theo cách không được phép.")) from error


def _refuse_locks(returned: bytes) -> None:
    """Refused when the officer's signature forbids what must follow it: number, date and seal."""
    signatures = PdfFileReader(BytesIO(returned)).embedded_regular_signatures
    officer = next(each for each in signatures if each.field_name == OFFICER_FIELD)
    locked = officer.fieldmdp
    if officer.docmdp_level is MDPPerm.NO_CHANGES or (
        locked is not None and any(locked.is_locked(name) for name in (NUMBER_FIELD, DATE_FIELD, SEAL_FIELD))
    ):
        raise Refused(_("Chữ ký khóa tệp, không cấp số và đóng dấu được. Hãy ký lại, không khóa tệp sau khi ký."))
