"""Rules about "Nơi nhận" and the signature."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.checks import words
from campaigns.checks.reading import Reading
from campaigns.checks.rule import Found, rule
from directives.identity import folded
from units.models import Appointment
from units.roles import Authority, Role

RECIPIENTS = gettext_lazy("NĐ 30/2020/NĐ-CP, Phụ lục I, II.9.b: nơi nhận")
SENT = gettext_lazy("NĐ 30/2020/NĐ-CP, Điều 18: phát hành đến đúng nơi nhận")
SIGNING = gettext_lazy("NĐ 30/2020/NĐ-CP, Điều 13: thẩm quyền ký")
FORM_OF_SIGNING = gettext_lazy("NĐ 30/2020/NĐ-CP, Điều 13; Phụ lục I, II.7.a: KT., TL., TUQ., Q.")


@rule("no_recipients", RECIPIENTS, blocking=True)
def has_recipients(plan: Reading) -> Iterator[Found]:
    if all(words.ARCHIVE.match(line.text) for line in plan.recipients):
        yield Found("recipients", _("Chưa có nơi nhận."))


@rule("no_archive", RECIPIENTS)
def has_archive_line(plan: Reading) -> Iterator[Found]:
    if plan.recipients and not any(words.ARCHIVE.match(line.text) for line in plan.recipients):
        yield Found("recipients", _("Nơi nhận chưa có dòng “Lưu: VT, …”."))


@rule("recipient_twice", RECIPIENTS)
def recipients_differ(plan: Reading) -> Iterator[Found]:
    seen: set[str] = set()
    for line in plan.recipients:
        key = folded(line.text)
        if key in seen:
            yield Found("recipients", _("Nơi nhận “%(line)s” ghi hai lần.") % {"line": line.text}, line.text)
        seen.add(key)


@rule("recipients_outside", SENT)
def recipients_can_be_reached(plan: Reading) -> Iterator[Found]:
    if plan.recipients and not any(line.unit_id or line.outside_id for line in plan.recipients):
        yield Found("recipients", _("Chưa nơi nhận nào nhận được qua cổng hay qua thư điện tử."))


@rule("recipient_old_name", SENT)
def recipients_have_todays_names(plan: Reading) -> Iterator[Found]:
    for line in plan.recipients:
        old = getattr(line, "old_name", None)
        if not old:
            continue
        newer = ", ".join(old["successors"]) if old["ended"] else old["now"]
        if newer and newer in line.text:
            continue
        given = {"line": line.text, "newer": newer}
        message = _("Nơi nhận “%(line)s”: tên này không còn dùng, nay là %(newer)s.") % given
        if not newer:
            message = _("Nơi nhận “%(line)s”: cơ quan, đơn vị này đã kết thúc hoạt động.") % given
        yield Found("recipients", message, line.text)


@rule("no_signer", SIGNING, blocking=True)
def has_signer(plan: Reading) -> Iterator[Found]:
    if plan.plan.document.signer is None:
        yield Found("head", _("Chưa chọn người ký."))


@rule("signer_gone", SIGNING, blocking=True)
def signer_holds_the_post(plan: Reading) -> Iterator[Found]:
    signer = plan.plan.document.signer
    if signer and not signer.holds_on(plan.day):
        yield Found("head", _("%(person)s không còn giữ chức vụ ký.") % {"person": signer.person_name})


@rule("signer_elsewhere", SIGNING, blocking=True)
def signer_belongs_to_the_house(plan: Reading) -> Iterator[Found]:
    signer = plan.plan.document.signer
    if signer and signer.organisation_id != plan.plan.document.organisation_id:
        yield Found("head", _("%(person)s không thuộc cơ quan ban hành.") % {"person": signer.person_name})


@rule("signer_other_body", SIGNING, blocking=True)
def signer_signs_for_the_issuer(plan: Reading) -> Iterator[Found]:
    document = plan.plan.document
    signer = document.signer
    if signer and document.council_id != (signer.unit_id if signer.unit.is_council else None):
        issuer = document.council.name if document.council else document.organisation.name
        given = {"person": signer.person_name, "issuer": issuer}
        yield Found("head", _("%(person)s không ký nhân danh %(issuer)s.") % given)


def _wrong_authority(signer: Appointment) -> str | None:
    """What is wrong with the form in which a post signs; None when it is right."""
    if signer.role == Role.DEPUTY and signer.authority not in (Authority.FOR_HEAD, Authority.ACTING):
        return _("cấp phó ký thay người đứng đầu, ghi KT.")
    if signer.role == Role.DIRECTOR and signer.authority in (Authority.FOR_HEAD, Authority.BY_ORDER):
        return _("người đứng đầu không ký KT., TL.")
    if signer.authority in (Authority.FOR_HEAD, Authority.BY_ORDER, Authority.BY_MANDATE) and not signer.stands_for:
        return _("chưa ghi ký cho chức vụ nào")
    if signer.authority == Authority.BY_MANDATE and not signer.mandate:
        return _("ký TUQ. phải có văn bản ủy quyền")
    return None


@rule("signer_authority", FORM_OF_SIGNING)
def signer_signs_in_the_right_form(plan: Reading) -> Iterator[Found]:
    signer = plan.plan.document.signer
    wrong = _wrong_authority(signer) if signer else None
    if signer and wrong:
        given = {"person": signer.person_name, "post": signer.title, "wrong": wrong}
        yield Found("head", _("%(person)s, %(post)s: %(wrong)s.") % given, f"{signer.pk} {signer.authority}")
