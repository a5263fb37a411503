"""Pages of the life of an official file: load, check, form, one call, redirect."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from documents import (
    archive,
    corrections,
    exchange,
    long_files,
    numbering,
    permissions,
    pictures,
    presentation,
    press,
    workflow,
)
from documents.forms import NumberForm, ReasonForm, ReplaceForm
from documents.layout import OfficialText
from documents.models import Document, Job, JobState, Purpose, Rendition
from documents.signing import SigningError
from documents.states import PUBLISHED, TRANSITIONS, DocumentMove, DocumentState
from units.permissions import NotAllowed
from units.roles import Role
from units.web import Request

M, S = DocumentMove, DocumentState
Act = Callable[..., Document]
ACTS: dict[DocumentMove, Act] = {
    M.PROPOSE: workflow.propose,
    M.CONFIRM: workflow.confirm,
    M.CHECK: workflow.check,
    M.RETURN: workflow.return_for_changes,
    M.ISSUE: workflow.issue,
    M.CLOSE: workflow.close,
    M.RECALL: workflow.recall,
    M.DISCARD: workflow.discard,
}
WITH_REASON = (M.RETURN, M.RECALL)


def is_inside(request: Request, document: Document) -> bool:
    """Does the post belong to the house that makes the file? Recipients and administrators inside it only receive."""
    is_own = document.organisation_id == request.post.organisation_id
    return is_own and request.post.role not in (Role.RECIPIENT, Role.ADMIN)


def own(request: Request, pk: int) -> Document:
    """A file of the post's own organisation that it works on; 404 for every other."""
    if request.post.role in (Role.RECIPIENT, Role.ADMIN):
        raise Http404
    found = presentation.with_steps(Document.objects.visible_to(request.post))
    return get_object_or_404(found, pk=pk, organisation_id=request.post.organisation_id)


def readable(request: Request, pk: int) -> Document:
    """A file that the post may read: its own, or one that was issued to its unit."""
    mine = Document.objects.visible_to(request.post).values("pk")
    sent = Document.objects.received_by(request.post).values("pk")
    return get_object_or_404(Document.objects.select_related("organisation"), Q(pk__in=mine) | Q(pk__in=sent), pk=pk)


def page_of(document: Document) -> str:
    """Where the file is worked on."""
    return document.definition.url(document)


@require_GET
def detail(request: Request, pk: int) -> HttpResponse:
    """To the page of the app that owns the file; what others sent, to its page among the received."""
    document = readable(request, pk)
    if is_inside(request, document):
        return redirect(page_of(document))
    return redirect("documents:received_detail", pk)


# --- steps ------------------------------------------------------------------------------------------------------------
CONSEQUENCES: dict[DocumentMove, list[Any]] = {
    M.RETURN: [lazy("Văn bản trở về người soạn, kèm lý do."), lazy("Các bước xác nhận trước đó không còn giá trị.")],
    M.ISSUE: [
        lazy("Chữ ký số của cơ quan được đóng lên văn bản."),
        lazy("Từ lúc này không ai sửa được văn bản, số và ngày."),
        lazy("Nơi nhận trên hệ thống nhận được ngay; nhiệm vụ trong văn bản được giao cho các đơn vị."),
    ],
    M.RECALL: [lazy("Mọi nơi nhận được báo thu hồi, kèm lý do."), lazy("Văn bản vẫn nằm trong sổ văn bản đi.")],
    M.REPLACE: [
        lazy("Sai nội dung thì thay bằng văn bản có hình thức tương đương (Nghị định 30/2020/NĐ-CP, Điều 18.3)."),
        lazy("Cả hai văn bản dẫn đến nhau; mọi nơi nhận được báo văn bản thay thế."),
    ],
    M.DISCARD: [lazy("Dự thảo rời khỏi mọi danh sách; lịch sử vẫn còn.")],
    M.CLOSE: [lazy("Việc theo văn bản này đã xong.")],
}


def is_done(document: Document, move: DocumentMove) -> bool:
    """Is the file already where `move` leads?"""
    return document.state in {state for (_from, made), state in TRANSITIONS.items() if made == move}


def _refused(request: Request, document: Document, move: DocumentMove, error: Exception) -> bool:
    """Say why a step was not made; True when it had been made before (a second press is no error)."""
    document.refresh_from_db()
    if is_done(document, move):
        messages.info(request, str(presentation.DONE_WORDS[move]))
        return True
    messages.error(request, str(error))
    return False


def step(request: Request, pk: int, move: str) -> HttpResponse:
    """One step: a GET says what will happen (and asks for the reason), a POST makes it."""
    document = own(request, pk)
    if move not in M.values or M(move) not in ACTS:
        raise Http404
    wanted = M(move)
    if wanted == M.ISSUE and exchange.is_outside(document, Purpose.SEAL, by=request.post, at=timezone.now()):
        return redirect("documents:seal", pk)
    form = ReasonForm(request.POST or None) if wanted in WITH_REASON else None
    if request.method == "POST" and (form is None or form.is_valid()):
        words = {"reason": form.cleaned_data["reason"]} if form is not None else {}
        try:
            ACTS[wanted](document=document, by=request.post, at=timezone.now(), **words)
        except (NotAllowed, SigningError) as error:
            if _refused(request, document, wanted, error) or form is None:
                return redirect(page_of(document))
        else:
            messages.success(request, str(presentation.DONE_WORDS[wanted]))
            return redirect(_left_for(document) if wanted == M.DISCARD else page_of(document))
    elif not permissions.can_move(request.post, document, wanted, at=timezone.now()) and request.method == "GET":
        _refused(request, document, wanted, NotAllowed(_("Việc này không làm được ở bước hiện tại của văn bản.")))
        return redirect(page_of(document))
    return render(request, "documents/step.html", step_page(document, wanted, form))


def _left_for(document: Document) -> str:
    """Where one goes on after a draft was put away."""
    if document.type == corrections.TYPE:
        return reverse("documents:after_issue", args=[document.correction.corrects_id])
    return reverse("plans:list")


def step_page(document: Document, move: DocumentMove, form: Any, **more: Any) -> dict[str, Any]:
    return {
        "document": document,
        "form": form,
        "verb": move.label,
        "move": move.value,
        "danger": move in (M.RECALL, M.DISCARD),
        "consequences": CONSEQUENCES.get(move, []),
        "back_url": page_of(document),
        **more,
    }


def replace(request: Request, pk: int) -> HttpResponse:
    """Choose the issued file that takes this one's place."""
    document = own(request, pk)
    if request.method == "GET" and not permissions.can_move(request.post, document, M.REPLACE, at=timezone.now()):
        messages.error(request, _("Việc này không làm được ở bước hiện tại của văn bản."))
        return redirect(page_of(document))
    if document.issued_at is None:
        raise Http404
    form = ReplaceForm(request.POST or None, document=document)
    if request.method == "POST" and form.is_valid():
        successor = form.cleaned_data["successor"]
        try:
            workflow.replace(document=document, successor=successor, by=request.post, at=timezone.now())
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, str(presentation.DONE_WORDS[M.REPLACE]))
            return redirect(page_of(document))
    return render(request, "documents/step.html", step_page(document, M.REPLACE, form))


def number(request: Request, pk: int) -> HttpResponse:
    """The clerk gives number and date."""
    document = own(request, pk)
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            document = workflow.number(
                document=document, on=form.cleaned_data["on"], by=request.post, at=timezone.now()
            )
        except (NotAllowed, SigningError) as error:
            document.refresh_from_db()
            if is_done(document, M.NUMBER):
                messages.info(request, _("Văn bản đã có số %(code)s.") % {"code": document.code})
                return redirect(page_of(document))
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã cấp số %(code)s.") % {"code": document.code})
            return redirect(page_of(document))
    elif request.method == "GET" and not permissions.can_move(request.post, document, M.NUMBER, at=timezone.now()):
        messages.error(request, _("Văn bản không ở bước chờ cấp số."))
        return redirect(page_of(document))
    upcoming = numbering.upcoming(document, on=timezone.localdate())
    page = step_page(document, M.NUMBER, form, lead=_("Số tiếp theo: %(code)s") % {"code": upcoming})
    return render(request, "documents/step.html", page)


# --- bytes ------------------------------------------------------------------------------------------------------------
def file_answer(data: bytes, document: Document, *, download: bool = False) -> HttpResponse:
    """The bytes as a PDF of the document's name."""
    name = re.sub(r"[^\w.-]+", "-", f"{document.kind}-{document.code or document.pk}")
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(download, f"{name}.pdf") or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_GET
@xframe_options_sameorigin
def pdf(request: Request, pk: int) -> HttpResponse:
    """The file as it stands: the kept bytes of its newest step, or a preview of the draft. `?tai=1` downloads."""
    document = readable(request, pk)
    shown = _shown(document)
    if isinstance(shown, OfficialText):
        return wait_for(request, document, shown, "pdf")
    return file_answer(shown, document, download="tai" in request.GET)


def wait_for(request: Request, document: Document, text: OfficialText, ending: str) -> HttpResponse:
    """The page that waits until a worker has made the file of a long draft; its link leads back to this address."""
    job = long_files.ask(
        document=document, text=text, ending=ending, url=request.get_full_path(), by=request.post, at=timezone.now()
    )
    context = {"document": document, "job": job, "poll_url": reverse("documents:long_file", args=[job.pk])}
    return render(request, "documents/long_file.html", context)


@require_GET
def long_file(request: Request, pk: int) -> HttpResponse:
    """How far a long file is, for the page that waits; once it is made the page goes to it."""
    job = get_object_or_404(Job, pk=pk, kind=long_files.KIND)
    document = readable(request, job.payload["document"])
    context = {"document": document, "job": job, "poll_url": reverse("documents:long_file", args=[job.pk])}
    answer = render(request, "documents/_long_file.html", context)
    if job.state == JobState.DONE:
        answer["HX-Redirect"] = job.payload["url"]
    return answer


def _shown(document: Document) -> bytes | OfficialText:
    """The bytes the post sees of a file now; of a long draft that no worker has printed yet its text."""
    kept = archive.latest(document)
    if document.state in PUBLISHED:
        kept = archive.latest(document, Rendition.Stage.ISSUED)
    elif not (document.is_frozen or document.state == S.CHECKED):
        kept = None
    if kept is not None:
        return archive.read(kept)
    text = document.definition.compose(document)
    made = long_files.ready(document, text, "pdf")
    if made is None and long_files.is_long(text):
        return text
    return made or press.render(text).bytes


def _kept(request: Request, document: Document, sha256: str) -> Rendition:
    """The kept bytes of this SHA-256 that the post may read; 404 for others."""
    kept = document.renditions.filter(sha256=sha256)
    if not is_inside(request, document):
        kept = kept.filter(stage=Rendition.Stage.ISSUED)
    found = kept.order_by("-id").first()
    if found is None:
        raise Http404
    return found


@require_GET
@xframe_options_sameorigin
def pages(request: Request, pk: int) -> HttpResponse:
    """The file page by page as pictures, for a frame inside another page. `?ban=SHA-256` shows exactly that one."""
    document = readable(request, pk)
    wanted = request.GET.get("ban")
    data = archive.read(_kept(request, document, wanted)) if wanted else _shown(document)
    if isinstance(data, OfficialText):
        url = reverse("documents:pdf", args=[pk])
        return render(request, "documents/pages.html", {"document": document, "pdf_url": url})
    shown = pictures.open_file(document, data)
    url = reverse("documents:rendition", args=[pk, wanted]) if wanted else reverse("documents:pdf", args=[pk])
    context = {"document": document, "shown": shown, "numbers": range(1, shown.pages + 1), "pdf_url": url}
    return render(request, "documents/pages.html", context)


@require_GET
def picture(request: Request, pk: int, sha256: str, number: int) -> HttpResponse:
    """One page of a file as a picture (`?nhe=1`: smaller); the address names the bytes, so a browser may keep it."""
    document = readable(request, pk)
    if not is_inside(request, document):
        _kept(request, document, sha256)
    try:
        data = pictures.picture(document, sha256, number, is_light="nhe" in request.GET)
    except (FileNotFoundError, IndexError) as error:
        raise Http404 from error
    answer = HttpResponse(data, content_type="image/png")
    answer["Cache-Control"] = "private, max-age=3600, immutable"
    return answer


@require_GET
@xframe_options_sameorigin
def rendition(request: Request, pk: int, sha256: str) -> HttpResponse:
    """Exactly the kept bytes of this SHA-256, for the signing page and the register."""
    document = readable(request, pk)
    return file_answer(archive.read(_kept(request, document, sha256)), document)
