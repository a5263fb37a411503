"""Verdict on any PDF: who signed, whether it is intact and trusted, what was changed afterwards, in plain words.

Pure: bytes and trusted certificates in, an `Examination` out. A document is good only if every signature is good, the
last one covers the whole file, and no prepared signature is missing. The register is looked up by the layer above,
which hands its answer over as `KnownFile`.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from asn1crypto import parser, x509
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.diff_analysis.constants import ACROFORM_EXEMPT_STRICT_COMPARISON, ROOT_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.diff_analysis.form_rules_api import FormUpdatingRule
from pyhanko.sign.diff_analysis.policies import StandardDiffPolicy
from pyhanko.sign.diff_analysis.rules.file_structure_rules import (
    CatalogModificationRule,
    ObjectStreamRule,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.rules.form_field_rules import (
    DSSCompareRule,
    GenericFieldModificationRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
)
from pyhanko.sign.diff_analysis.rules.metadata_rules import DocInfoRule, MetadataUpdateRule
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from documents import revisions
from documents.certificates import fingerprint, name_in, trust_roots
from documents.findings import NOT_IN_REGISTER, Examination, KnownFile, SignatureFinding, Verdict
from documents.revisions import DATE_FIELD, NUMBER_FIELD, OFFICER_FIELD, SEAL_FIELD

# A signature that is not trusted and a change that is not permitted are answers here, not events for the log.
for _noisy in ("pyhanko.sign.validation.generic_cms", "pyhanko.sign.diff_analysis.policies"):
    logging.getLogger(_noisy).setLevel(logging.CRITICAL)

CLOCK_TOLERANCE = timedelta(minutes=5)
SIGNING_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})


# pyHanko's default policy takes an unchanged text field with an appearance for an updated one when a seal locks all
# fields and validation data follow; appearances are never changed in place here, so that allowance is switched off.
def _policy(*, catalog: frozenset[str] = frozenset(), form: frozenset[str] = frozenset()) -> StandardDiffPolicy:
    """Which changes are looked through; `catalog` and `form` are further entries of the root and the form that may."""
    return StandardDiffPolicy(
        global_rules=[
            CatalogModificationRule(ignored_keys=ROOT_EXEMPT_STRICT_COMPARISON | catalog),
            DocInfoRule().as_qualified(ModificationLevel.LTA_UPDATES),
            XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
            ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
            DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
            MetadataUpdateRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ],
        form_rule=FormUpdatingRule(
            field_rules=[
                SigFieldCreationRule(),
                SigFieldModificationRule(allow_in_place_appearance_stream_changes=False),
                GenericFieldModificationRule(allow_in_place_appearance_stream_changes=False),
            ],
            ignored_acroform_keys=ACROFORM_EXEMPT_STRICT_COMPARISON | form,
        ),
    )


DIFF_POLICY = _policy()
SIGNING_POLICY = _policy(catalog=frozenset({"/Perms"}), form=frozenset({"/SigFlags"}))
"""For the step that signs: the first signature also enters itself as the one that certifies the file."""


def is_sound(signature: EmbeddedPdfSignature) -> bool:
    """Whether a signature fits the file it stands in and covers all of it; who made it is not asked."""
    return _fits(signature) and signature.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE


def _fits(signature: EmbeddedPdfSignature) -> bool:
    """Whether the signed bytes are the ones that were signed, and nothing is hidden behind the signature's own data,
    which no signature covers."""
    digest = signature.compute_digest()
    intact, valid = validate_sig_integrity(signature.signer_info, signature.signer_cert, "data", digest)
    contents = bytes(signature.pkcs7_content)
    return bool(intact and valid) and not any(contents[parser.peek(contents) :])


def level(pdf: bytes, field: str) -> str:
    """The PAdES level of the signature in this field: B-LT with a time stamp and validation data, B-T, or B-B."""
    reader = PdfFileReader(BytesIO(pdf))
    return _level_of(reader, next(each for each in reader.embedded_regular_signatures if each.field_name == field))


def _level_of(reader: PdfFileReader, signature: EmbeddedPdfSignature) -> str:
    unsigned = signature.signer_info["unsigned_attrs"].native or []
    if not any(each["type"] == "signature_time_stamp_token" for each in unsigned):
        return "B-B"
    return "B-LT" if "/DSS" in reader.get_historical_resolver(signature.signed_revision).root else "B-T"


def examine(
    pdf: bytes,
    roots: Sequence[x509.Certificate] | None = None,
    *,
    known: KnownFile | None = None,
    at: datetime | None = None,
) -> Examination:
    """Examine any file. Never raises on a bad one: what is wrong with it is the answer.

    `roots` default to settings.TRUST_ROOTS, `at` is the present moment, `known` the register's answer (None: not
    asked).
    """
    digest = hashlib.sha256(pdf).hexdigest()
    roots = trust_roots() if roots is None else roots
    try:
        reader = _open(pdf)
        signatures = list(reader.embedded_regular_signatures)
    except _Unreadable as reason:
        return Examination(digest, Verdict.UNREADABLE, str(reason), (), (str(reason),), known=known)
    except _PARSE_ERRORS:
        damaged = _("Không đọc được tệp: tệp hỏng hoặc đã bị sửa làm hỏng cấu trúc.")
        return Examination(digest, Verdict.UNREADABLE, damaged, (), (damaged,), known=known)
    findings = tuple(_finding(reader, each, roots, at or datetime.now(UTC)) for each in signatures)
    lines = revisions.field_values(reader)
    problems = [*_file_problems(reader, signatures, findings), *_register_problems(known, lines.get(NUMBER_FIELD))]
    verdict = _verdict(findings, problems, reader)
    return Examination(
        digest,
        verdict,
        _sentence(verdict, findings, problems),
        findings,
        tuple(problems),
        number_line=lines.get(NUMBER_FIELD, ""),
        date_line=lines.get(DATE_FIELD, ""),
        known=known,
    )


class _Unreadable(Exception):
    """The file cannot be examined; the text is what the reader is told."""


# What pyHanko and its ASN.1 parser raise on damaged or hostile input.
_PARSE_ERRORS = (
    PdfError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    AssertionError,
    RecursionError,
    OSError,
)


def _open(pdf: bytes) -> PdfFileReader:
    """A reader on the bytes; _Unreadable for what is no PDF or is encrypted."""
    if not pdf:
        raise _Unreadable(_("Tệp rỗng."))
    if b"%PDF-" not in pdf[:1024]:
        raise _Unreadable(_("Tệp này không phải là PDF."))
    reader = PdfFileReader(BytesIO(pdf), strict=False)
    if reader.encrypted:
        raise _Unreadable(_("Tệp PDF bị khóa bằng mật khẩu nên không kiểm tra được chữ ký."))
    return reader


def _finding(
    reader: PdfFileReader, signature: EmbeddedPdfSignature, roots: Sequence[x509.Certificate], at: datetime
) -> SignatureFinding:
    """Everything there is to say about one signature."""
    try:
        certificate = signature.signer_cert
        signed_at = signature.self_reported_timestamp
        if not _fits(signature):
            return _not_fitting(signature)
        context = _context(reader, roots, signed_at or at)
        status = validate_pdf_signature(
            signature, signer_validation_context=context, diff_policy=DIFF_POLICY, key_usage_settings=SIGNING_USAGE
        )
        covers = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        problems = _signature_problems(reader, signature, status, certificate, at)
        changes = () if covers else tuple(revisions.permitted_changes(reader, signature.signed_revision))
    except _PARSE_ERRORS:
        return _broken(signature.field_name)
    found = _described(signature, certificate, signed_at)
    return replace(
        found,
        level=_level_of(reader, signature),
        is_intact=True,
        is_trusted=status.trusted,
        covers_whole_file=covers,
        later_changes=changes,
        problems=tuple(problems),
    )


def _context(reader: PdfFileReader, roots: Sequence[x509.Certificate], moment: datetime) -> ValidationContext:
    """What a certificate is judged by: the trusted authorities, and what the file itself brings on withdrawn ones."""
    given: dict[str, Any] = {"trust_roots": list(roots), "allow_fetching": False, "moment": moment}
    if "/DSS" in reader.root:
        brought: ValidationContext = DocumentSecurityStore.read_dss(reader).as_validation_context(given)
        return brought
    return ValidationContext(**given)


def _described(
    signature: EmbeddedPdfSignature, certificate: x509.Certificate, signed_at: datetime | None
) -> SignatureFinding:
    """A finding that says who and when, and nothing good yet."""
    return SignatureFinding(
        field=signature.field_name,
        signer_name=name_in(certificate),
        organisation=name_in(certificate, "organization_name"),
        subject=certificate.subject.human_friendly,
        issuer=certificate.issuer.native.get("common_name") or certificate.issuer.human_friendly,
        fingerprint=fingerprint(certificate),
        signed_at=signed_at,
        is_intact=False,
        is_trusted=False,
        covers_whole_file=False,
        later_changes=(),
        problems=(),
    )


def _not_fitting(signature: EmbeddedPdfSignature) -> SignatureFinding:
    """A signature over other bytes than those in the file."""
    problem = _("Nội dung không khớp với chữ ký: tệp đã bị sửa sau khi ký, hoặc chữ ký được lấy từ tệp khác.")
    found = _described(signature, signature.signer_cert, signature.self_reported_timestamp)
    return replace(found, problems=(problem,))


def _broken(name: str) -> SignatureFinding:
    """A signature that cannot even be read."""
    problem = _("Dữ liệu của chữ ký bị hỏng, không đọc được.")
    return SignatureFinding(name, "", "", "", "", "", None, False, False, False, (), (problem,))


def _signature_problems(
    reader: PdfFileReader,
    signature: EmbeddedPdfSignature,
    status: PdfSignatureStatus,
    certificate: x509.Certificate,
    at: datetime,
) -> list[str]:
    """Reasons not to accept a signature, the gravest first."""
    problems: list[str] = []
    if status.coverage in (SignatureCoverageLevel.UNCLEAR, SignatureCoverageLevel.CONTIGUOUS_BLOCK_FROM_START):
        problems.append(_("Chữ ký chỉ bao phủ một phần của tệp."))
    if not status.docmdp_ok and status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        problems.extend(revisions.forbidden_changes(reader, signature.signed_revision))
    if not status.trusted:
        problems.append(_distrust(status, certificate, signature.self_reported_timestamp))
    signed_at = signature.self_reported_timestamp
    if signed_at is None:
        problems.append(_("Chữ ký không ghi thời điểm ký."))
    elif signed_at > at + CLOCK_TOLERANCE:
        problems.append(_("Thời điểm ký nằm ở tương lai."))
    return problems


def _distrust(status: PdfSignatureStatus, certificate: x509.Certificate, signed_at: datetime | None) -> str:
    """Why the certificate is not trusted, in words."""
    name = {"name": name_in(certificate)}
    if status.revoked:
        return _("Chứng thư của “%(name)s” đã bị thu hồi.") % name
    indication = str(status.trust_problem_indic or "")
    if "CRYPTO" in indication:
        return _("Chữ ký dùng thuật toán %(name)s đã lỗi thời, không còn được công nhận. Hãy ký lại bằng SHA-256.") % {
            "name": status.md_algorithm.upper()
        }
    holds = signed_at is None or certificate.not_valid_before <= signed_at <= certificate.not_valid_after
    if not holds or "EXPIRED" in indication or "NOT_YET_VALID" in indication or "OUT_OF_BOUNDS" in indication:
        return _("Chứng thư của “%(name)s” không có hiệu lực vào thời điểm ký.") % name
    if certificate.self_issued:
        return _("Chứng thư mang tên “%(name)s” là tự tạo, không do tổ chức chứng thực được tin cậy cấp.") % name
    return _("Chứng thư mang tên “%(name)s” không do tổ chức chứng thực được tin cậy cấp.") % name


def _file_problems(
    reader: PdfFileReader, signatures: Sequence[EmbeddedPdfSignature], findings: Sequence[SignatureFinding]
) -> list[str]:
    """What is wrong with the file as a whole, beyond single signatures."""
    if not findings:
        return []
    problems: list[str] = []
    stamps = reader.embedded_timestamp_signatures
    covered = any(each.covers_whole_file for each in findings)
    covered = covered or any(
        each.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE for each in stamps
    )
    last = max(each.signed_revision for each in signatures)
    covered = covered or revisions.has_only_validation_data_after(reader, last)
    histories = revisions.field_histories(reader)
    times_filled = max(len(histories.get(name, ())) for name in (NUMBER_FIELD, DATE_FIELD))
    is_final = (
        _is_sealed(findings) or len(histories.get(NUMBER_FIELD, ())) < 2
    )  # between number and seal the number stands after the last signature
    if not covered and all(each.is_good for each in findings) and is_final:
        problems.append(_("Sau chữ ký cuối cùng, tệp còn bị ghi thêm dữ liệu."))
    if times_filled > 2:
        problems.append(_("Số hoặc ngày của văn bản đã bị điền lại sau khi cấp."))
    return problems


def _register_problems(known: KnownFile | None, number_line: str | None) -> list[str]:
    """What the register's answer has against the file; no number line: the number was printed before the signature."""
    if known is None:
        return []
    if known == NOT_IN_REGISTER:
        return [_("Tệp không có trong sổ văn bản đi của hệ thống.")]
    problems = []
    if not known.is_current:
        named = {"version": known.version, "document": known.document}
        problems.append(_("Đây là bản cũ (%(version)s) của %(document)s, không phải bản đã ban hành.") % named)
    if None not in (known.number_line, number_line) and known.number_line != number_line:
        problems.append(_("Số ghi trên tệp khác với số trong sổ văn bản đi."))
    return problems


def _is_sealed(findings: Sequence[SignatureFinding]) -> bool:
    return any(each.field == SEAL_FIELD for each in findings)


def _verdict(findings: Sequence[SignatureFinding], problems: list[str], reader: PdfFileReader) -> Verdict:
    """The verdict; adds what is missing to `problems`."""
    if not findings:
        problems.append(_("Tệp không có chữ ký số nào."))
        return Verdict.UNSIGNED
    bad = [each for each in findings if not each.is_good]
    if bad and all(each.is_intact and not each.is_trusted and len(each.problems) == 1 for each in bad) and not problems:
        return Verdict.UNTRUSTED
    if bad or problems:
        return Verdict.CHANGED
    empty = revisions.empty_signature_fields(reader)
    if SEAL_FIELD in empty:
        problems.append(_("Văn bản chưa được đóng dấu của cơ quan: đây là bản trước khi ban hành."))
    if OFFICER_FIELD in empty:
        problems.append(_("Văn bản chưa có chữ ký của lãnh đạo."))
    return Verdict.INCOMPLETE if problems else Verdict.GENUINE


def _sentence(verdict: Verdict, findings: Sequence[SignatureFinding], problems: Sequence[str]) -> str:
    """The verdict in one plain sentence."""
    if verdict is Verdict.GENUINE:
        names = "; ".join(_signed_by(each) for each in findings)
        form = ngettext(
            "Văn bản nguyên vẹn, có chữ ký hợp lệ: %(names)s.",
            "Văn bản nguyên vẹn, cả %(count)d chữ ký đều hợp lệ: %(names)s.",
            len(findings),
        )
        return form % {"count": len(findings), "names": names}
    reasons = [problem for each in findings for problem in each.problems] + list(problems)
    if verdict in (Verdict.UNSIGNED, Verdict.INCOMPLETE):
        return reasons[0]
    return refusal(reasons[0])


def refusal(reason: str) -> str:
    """The sentence on a file that must not be relied on."""
    return _("Không được dùng tệp này. %(reason)s") % {"reason": reason}


def _signed_by(finding: SignatureFinding) -> str:
    """Such as "Phạm Quang Hưng ký lúc 09:01 ngày 12/10/2023"."""
    moment = timezone.localtime(finding.signed_at).strftime(_("%H:%M ngày %d/%m/%Y")) if finding.signed_at else ""
    return _("%(name)s ký lúc %(moment)s") % {"name": finding.signer_name, "moment": moment}
