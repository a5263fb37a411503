"""The life of an official file as one table. Who may make a move stands in portal/grants.py; this says when.

Rules: Nghị định 30/2020/NĐ-CP, Điều 10-19 (steps), Điều 18 (recall, replacement).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from units.moves import Step


class DocumentState(models.TextChoices):
    DRAFT = "draft", _("Dự thảo")
    PROPOSED = "proposed", _("Chờ xác nhận nội dung")
    SUBMITTED = "submitted", _("Chờ kiểm tra thể thức")
    CHECKED = "checked", _("Chờ ký")
    SIGNED = "signed", _("Đã ký, chờ cấp số")
    NUMBERED = "numbered", _("Đã cấp số, chờ phát hành")
    ISSUED = "issued", _("Đã ban hành")
    CLOSED = "closed", _("Đã kết thúc")
    RETURNED = "returned", _("Bị trả lại")
    RECALLED = "recalled", _("Đã thu hồi")
    REPLACED = "replaced", _("Đã được thay thế")
    DISCARDED = "discarded", _("Đã bỏ")


class DocumentMove(models.TextChoices):
    EDIT = "edit", _("Sửa")
    PROPOSE = "propose", _("Trình trưởng đơn vị")
    CONFIRM = "confirm", _("Xác nhận nội dung")
    CHECK = "check", _("Xác nhận thể thức")
    RETURN = "return", _("Trả lại")
    SIGN = "sign", _("Ký")
    NUMBER = "number", _("Cấp số")
    ISSUE = "issue", _("Đóng dấu và ban hành")
    CLOSE = "close", _("Kết thúc")
    RECALL = "recall", _("Thu hồi")
    REPLACE = "replace", _("Thay thế")
    DISCARD = "discard", _("Bỏ dự thảo")


S, M = DocumentState, DocumentMove

BEFORE_SIGNATURE = (S.DRAFT, S.RETURNED, S.PROPOSED, S.SUBMITTED, S.CHECKED)
"""States in which the content may still be written; writing brings the file back to draft."""

FROZEN = (S.SIGNED, S.NUMBERED, S.ISSUED, S.CLOSED, S.RECALLED, S.REPLACED)
"""States in which nobody may touch the content; the database refuses it too (migration 0002)."""

IN_FORCE = (S.ISSUED, S.CLOSED)
PUBLISHED = (S.ISSUED, S.CLOSED, S.RECALLED, S.REPLACED)
"""States of a file that has left the house: it stands in the outgoing register."""

TRANSITIONS: dict[tuple[DocumentState, DocumentMove], DocumentState] = {
    (S.DRAFT, M.EDIT): S.DRAFT,
    (S.RETURNED, M.EDIT): S.DRAFT,
    (S.PROPOSED, M.EDIT): S.DRAFT,
    (S.SUBMITTED, M.EDIT): S.DRAFT,
    (S.CHECKED, M.EDIT): S.DRAFT,
    (S.DRAFT, M.PROPOSE): S.PROPOSED,
    (S.RETURNED, M.PROPOSE): S.PROPOSED,
    (S.PROPOSED, M.CONFIRM): S.SUBMITTED,
    (S.SUBMITTED, M.CHECK): S.CHECKED,
    (S.PROPOSED, M.RETURN): S.RETURNED,
    (S.SUBMITTED, M.RETURN): S.RETURNED,
    (S.CHECKED, M.RETURN): S.RETURNED,
    (S.SIGNED, M.RETURN): S.RETURNED,
    (S.CHECKED, M.SIGN): S.SIGNED,
    (S.SIGNED, M.NUMBER): S.NUMBERED,
    (S.NUMBERED, M.ISSUE): S.ISSUED,
    (S.ISSUED, M.CLOSE): S.CLOSED,
    (S.ISSUED, M.RECALL): S.RECALLED,
    (S.CLOSED, M.RECALL): S.RECALLED,
    (S.ISSUED, M.REPLACE): S.REPLACED,
    (S.CLOSED, M.REPLACE): S.REPLACED,
    (S.DRAFT, M.DISCARD): S.DISCARDED,
    (S.RETURNED, M.DISCARD): S.DISCARDED,
}


STEPS: dict[DocumentMove, Step] = {
    M.EDIT: Step("documents.draft", _("Văn bản đã ký, không sửa được nội dung nữa.")),
    M.PROPOSE: Step("documents.draft", _("Chỉ dự thảo hoặc văn bản bị trả lại mới trình được.")),
    M.CONFIRM: Step("documents.confirm", _("Văn bản không ở bước chờ xác nhận nội dung.")),
    M.CHECK: Step("documents.check", _("Văn bản không ở bước chờ kiểm tra thể thức.")),
    M.RETURN: Step("documents.return", _("Không trả lại được ở bước này.")),
    M.SIGN: Step("documents.sign", _("Văn bản không ở bước chờ ký.")),
    M.NUMBER: Step("documents.number", _("Chỉ cấp số cho văn bản đã ký và chưa có số.")),
    M.ISSUE: Step("documents.issue", _("Chỉ ban hành văn bản đã ký và đã cấp số.")),
    M.CLOSE: Step("documents.draft", _("Chỉ kết thúc được văn bản đã ban hành.")),
    M.RECALL: Step("documents.recall", _("Chỉ thu hồi được văn bản đã ban hành.")),
    M.REPLACE: Step("documents.recall", _("Chỉ thay thế được văn bản đã ban hành.")),
    M.DISCARD: Step("documents.draft", _("Chỉ bỏ được dự thảo chưa trình.")),
}
