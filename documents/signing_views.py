"""Pages that sign: the officer's and the seal's, with a key held here or on a file that goes out and comes back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from documents import (
    agent_views,
    archive,
    comparing,
    exchange,
    keys,
    permissions,
    presentation,
    signing_round,
    workflow,
)
from documents.forms import HandBackForm, SignedFileForm, SignForm
from documents.models import Document, Purpose, Rendition, WayOfSigning
from documents.signing_keys import SigningError
from documents.states import DocumentMove, DocumentState
from documents.views import CONSEQUENCES, is_done, own, page_of, step_page
from units.permissions import NotAllowed, Outdated, has_permission
from units.web import Request

M = DocumentMove
ATTACHMENT_CONSEQUENCES = [
    lazy("Chữ ký số của cơ quan được đặt lên tệp kèm theo này, ở góc trên bên phải trang đầu, không có hình dấu."),
    lazy("Văn bản chưa được ban hành: ký xong các tệp kèm theo thì đến văn bản."),
]


@require_GET
def to_sign(request: Request) -> HttpResponse:
    """What waits for the post's signature; opening one of them begins a round through all."""
    if not has_permission(request.post, "documents.sign"):
        raise PermissionDenied
    signing_round.begin(request)
    waiting = presentation.with_presentations(Document.objects.to_sign(request.post))
    return render(request, "documents/to_sign.html", {"waiting": list(waiting)})


def sign(request: Request, pk: int) -> HttpResponse:
    """The very bytes that will be signed, and what signs them: a password, the token on this machine, or an upload."""
    document = own(request, pk)
    at = timezone.now()
    if not permissions.can_move(request.post, document, M.SIGN, at=at):
        if (
            document.state in (DocumentState.SIGNED, DocumentState.NUMBERED)
            and document.signed_by_id == request.post.pk
        ):
            return redirect("documents:signed", pk)
        messages.error(request, _("Văn bản không ở bước chờ bạn ký."))
        return redirect(page_of(document))
    if exchange.is_outside(document, Purpose.OFFICER, by=request.post, at=at):
        form: Any = SignedFileForm(request.POST or None, request.FILES or None)
        done = _brought_back(request, document, Purpose.OFFICER, form)
    else:
        form = SignForm(request.POST or None, user=request.user, request=request)
        done = _signed_here(request, document, form)
    if done:
        return redirect(after_signing(pk))
    if request.method == "POST":
        document = own(request, pk)  # the refusal may come from a step that somebody took meanwhile
    return _signing_page(request, document, form)


def after_signing(pk: int) -> str:
    """Where a signed file leads: to the next one of the round, or to the end of signing."""
    return f"{reverse('documents:signed', args=[pk])}?tiep=1"


@require_POST
def hand_back(request: Request, pk: int) -> HttpResponse:
    """Return the file on the desk with a reason, then to the next one. A refusal leaves the reason in its field."""
    document = own(request, pk)
    form = HandBackForm(request.POST, kept=_kept(document))
    if form.is_valid():
        given = {key: form.cleaned_data[key] for key in ("reason", "shown")}
        try:
            workflow.return_for_changes(document=document, by=request.post, at=timezone.now(), **given)
        except (NotAllowed, Outdated) as error:
            document.refresh_from_db()
            if not is_done(document, M.RETURN):
                form.add_error(None, str(error))
    if form.errors:
        page = {"document": document, "form": form}
        return render(request, "documents/_hand_back.html", page, status=422)
    messages.success(request, _("Đã trả lại: %(title)s") % {"title": document.title})
    following = signing_round.at(request, pk).following
    return HttpResponseClientRedirect(
        reverse("documents:to_sign") if following is None else reverse("documents:sign", args=[following])
    )


def _kept(document: Document) -> str:
    """Where the browser keeps the reason that somebody types for a return."""
    return f"tra-lai-{document.pk}"


def _signed_here(request: Request, document: Document, form: SignForm) -> bool:
    """Sign with the key that the portal holds; what keeps it from being signed stands in the form or above it."""
    if request.method != "POST" or not form.is_valid():
        return False
    at = timezone.now()
    try:
        way = keys.with_key(keys.officer_credential(request.post, at=at))
        workflow.sign(document=document, shown=form.cleaned_data["shown"], way=way, by=request.post, at=at)
    except Outdated as error:
        messages.warning(request, str(error))
    except (NotAllowed, SigningError) as error:
        form.add_error(None, str(error))
    else:
        return True
    return False


def _brought_back(request: Request, document: Document, purpose: Purpose, form: SignedFileForm) -> bool:
    """Take the uploaded file as the signed one; the reason of a refusal stands in the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    returned = form.cleaned_data["file"].read()
    try:
        exchange.deliver_by_hand(
            document=document, purpose=purpose, returned=returned, by=request.post, at=timezone.now()
        )
    except (NotAllowed, Outdated, SigningError) as error:
        form.add_error("file", str(error))
        return False
    return True


def _signing_page(request: Request, document: Document, form: Any) -> HttpResponse:
    presented = archive.latest(document, Rendition.Stage.PRESENTED)
    if presented is None:
        raise Http404
    reason, changes = presentation.changes_since_return(document)
    earlier = comparing.presented_before(document, presented)
    page = {
        "round": signing_round.at(request, document.pk),
        "hand_back": HandBackForm(initial={"shown": presented.sha256}, kept=_kept(document)),
        "attachments": list(document.attachments.all()),
        "document": document, "form": form, "presented": presented, "return_reason": reason, "changes": changes,
        "earlier": earlier, "differences": comparing.changes(earlier, presented) if earlier is not None else [],
        "steps": presentation.steps(document), "back_url": page_of(document),
        "pdf_url": f"{reverse('documents:pages', args=[document.pk])}?ban={presented.sha256}",
    }  # fmt: skip
    if isinstance(form, SignedFileForm):
        page["outside"] = _outside(request, document, Purpose.OFFICER, presented.sha256)
    answer = render(request, "documents/sign.html", page, status=422 if form.errors else 200)
    return agent_views.let_page_call_agent(answer) if "outside" in page else answer


def _outside(request: Request, document: Document, purpose: Purpose, shown: str) -> dict[str, Any]:
    """What a page needs to let the file out: where to, and whether the token on this machine can be called."""
    credential = exchange.credential_for(document, purpose, by=request.post, at=timezone.now())
    return {
        "purpose": purpose.value,
        "shown": shown,
        "has_agent": credential.way == WayOfSigning.AGENT and agent_views.has_plugin(),
        "wants_agent": credential.way == WayOfSigning.AGENT,
        "signer": presentation.holder_of(credential),
    }


def seal(request: Request, pk: int) -> HttpResponse:
    """The organisation's signature, applied outside the portal: on one separate attachment after another, then on the
    document, and with it the issue."""
    document = own(request, pk)
    at = timezone.now()
    if not permissions.can_move(request.post, document, M.ISSUE, at=at):
        message = presentation.DONE_WORDS[M.ISSUE] if is_done(document, M.ISSUE) else _("Văn bản chưa đến bước này.")
        messages.info(request, str(message))
        return redirect(page_of(document))
    if not exchange.is_outside(document, Purpose.SEAL, by=request.post, at=at):
        return redirect("documents:step", pk, M.ISSUE.value)
    form = SignedFileForm(request.POST or None, request.FILES or None)
    waiting = exchange.waiting(document, Purpose.SEAL)
    if _brought_back(request, document, Purpose.SEAL, form):
        if waiting.attachment is not None:
            messages.success(request, _("Đã ký tệp kèm theo “%(name)s”.") % {"name": waiting.attachment.name})
            return redirect("documents:seal", pk)
        messages.success(request, str(presentation.DONE_WORDS[M.ISSUE]))
        return redirect(page_of(document))
    if request.method == "POST":
        waiting = exchange.waiting(document, Purpose.SEAL)  # the refusal may come from a file that somebody brought
    page = step_page(document, M.ISSUE, form, outside=_outside(request, document, Purpose.SEAL, waiting.sha256))
    page |= {"attachment": waiting.attachment, "files": presentation.sealing_steps(document, waiting.attachment)}
    page["consequences"] = ATTACHMENT_CONSEQUENCES if waiting.attachment else CONSEQUENCES[M.ISSUE]
    answer = render(request, "documents/seal.html", page, status=422 if form.errors else 200)
    return agent_views.let_page_call_agent(answer)


@require_POST
def take_out(request: Request, pk: int, purpose: str) -> HttpResponse:
    """The file to be signed elsewhere, as a download; the time in which it is expected back begins."""
    document = own(request, pk)
    if purpose not in Purpose.values:
        raise Http404
    shown = request.POST.get("shown", "")
    try:
        opened = exchange.open_session(
            document=document, purpose=Purpose(purpose), shown=shown, by=request.post, at=timezone.now()
        )
        data = exchange.fetch(secret=opened.fetch, at=timezone.now())
    except (NotAllowed, Outdated) as error:
        messages.error(request, str(error))
        return redirect(page_of(document))
    answer = HttpResponse(data, content_type="application/pdf")
    name = "-".join(f"{part}" for part in ("cho-ky", document.pk, opened.session.attachment_id) if part)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf") or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_GET
def signed(request: Request, pk: int) -> HttpResponse:
    """The end of signing. `?tiep=1`: on to the next file of the round, while there is one."""
    document = own(request, pk)
    if document.signed_at is None:
        return redirect(page_of(document))
    following = signing_round.at(request, pk).following
    if following is not None and "tiep" in request.GET:
        moment = f"{timezone.localtime(document.signed_at):%H:%M}"
        words = _("Đã ký lúc %(moment)s: %(title)s. Văn thư sẽ cấp số.")
        messages.success(request, words % {"moment": moment, "title": document.title})
        return redirect("documents:sign", following)
    page = {"document": document, "following": following, "page_url": page_of(document)}
    return render(request, "documents/signed.html", page)
