"""Write, edit and remove a comment; whoever it names is told at once."""

from collections.abc import Collection
from datetime import datetime
from unicodedata import normalize

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from campaigns import comments, events
from campaigns.messages import Mentioned
from campaigns.models import Comment, PlanItem, Task
from notifications.send import send
from units import permissions
from units.models import Appointment
from units.permissions import NotAllowed

LONGEST = 4000


@transaction.atomic
def write(*, about: Task | PlanItem, text: str, chosen: Collection[int] = (), by: Appointment, at: datetime) -> Comment:
    """Say something about a task or an item. `chosen` are the posts picked from the list of people."""
    plan = about.plan
    organisation = plan.document.organisation
    permissions.check(by, comments.READ, at=at, unit=organisation)
    comment = Comment.objects.create(
        plan=plan,
        task=about if isinstance(about, Task) else None,
        item=about if isinstance(about, PlanItem) else None,
        text=_checked(text),
        written_at=at,
        written_by=by,
    )
    _mention(comment, chosen, by=by, at=at)
    log.record(events.COMMENT_WRITTEN, about if isinstance(about, Task) else plan, by=by, at=at, comment=comment.pk)
    return comment


@transaction.atomic
def edit(*, comment: Comment, text: str, chosen: Collection[int] = (), by: Appointment, at: datetime) -> Comment:
    """Change one's own words within ten minutes; who is named newly is told."""
    comment = _own(comment, by=by, at=at)
    if not comment.is_editable(by, at):
        raise NotAllowed(_("Chỉ sửa được ý kiến của mình trong 10 phút sau khi gửi."))
    comment.text, comment.edited_at = _checked(text), at
    comment.save(update_fields=["text", "edited_at"])
    _mention(comment, chosen, by=by, at=at)
    log.record(events.COMMENT_EDITED, comment.task or comment.plan, by=by, at=at, comment=comment.pk)
    return comment


@transaction.atomic
def remove(*, comment: Comment, by: Appointment, at: datetime) -> Comment:
    """Take back one's own words; their place says that something was removed."""
    comment = _own(comment, by=by, at=at)
    comment.text, comment.removed_at = "", at
    comment.save(update_fields=["text", "removed_at"])
    comment.mentioned.clear()
    log.record(events.COMMENT_REMOVED, comment.task or comment.plan, by=by, at=at, comment=comment.pk)
    return comment


def _own(comment: Comment, *, by: Appointment, at: datetime) -> Comment:
    """The row, locked, if it is the person's own and still there."""
    rows = Comment.objects.select_related("task", "plan__document__organisation", "written_by")
    locked = rows.select_for_update(of=("self",)).get(pk=comment.pk)
    permissions.check(by, comments.READ, at=at, unit=locked.plan.document.organisation)
    if locked.removed_at is not None:
        raise NotAllowed(_("Ý kiến này đã bị xóa."))
    if not locked.is_removable(by):
        raise NotAllowed(_("Chỉ người viết sửa hoặc xóa được ý kiến của mình."))
    return locked


def _checked(text: str) -> str:
    text = normalize("NFC", text.replace("\x00", "")).strip()
    if not text:
        raise NotAllowed(_("Hãy viết ý kiến trước khi gửi."))
    if len(text) > LONGEST:
        raise NotAllowed(_("Ý kiến dài quá %(n)d ký tự. Hãy viết ngắn lại.") % {"n": LONGEST})
    return text


def _mention(comment: Comment, chosen: Collection[int], *, by: Appointment, at: datetime) -> None:
    """Keep whom the text names among those who may read it; tell the ones who were not named before.

    Of several people of one name only a picked one counts, or all when none was picked.
    """
    before = {post.user_id for post in comment.mentioned.all()}
    named: dict[str, list[Appointment]] = {}
    for post in comments.readers(comment.plan.document.organisation, timezone.localdate(at)):
        if f"@{post.person_name}" in comment.text:
            named.setdefault(post.person_name, []).append(post)
    picked = [[post for post in posts if post.pk in chosen] or posts for posts in named.values()]
    posts = {post.user_id: post for group in picked for post in reversed(group)}
    comment.mentioned.set(posts.values())
    told = [post for user, post in posts.items() if user not in before]
    if told:
        send(Mentioned(comment, told, by), at=at)
