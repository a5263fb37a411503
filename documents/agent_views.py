"""What the signing agent on the officer's machine is given: messages as VGCA Sign Service takes them.

The page calls the administrator's plug-in, the plug-in the agent at wss://127.0.0.1:8987; the agent fetches the file
and delivers the signed one without any log-in, with one secret each. Only a stand-in was tried (docs/operations.md).
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from documents import exchange
from documents.forms import LARGEST
from documents.models import Purpose, SigningSession
from documents.signing_keys import SigningError
from documents.views import own, page_of
from units.permissions import NotAllowed, Outdated
from units.web import Request

AGENT = "wss://127.0.0.1:8987"
CALLS = {Purpose.OFFICER: "vgca_sign_approved", Purpose.SEAL: "vgca_sign_issued"}


def has_plugin() -> bool:
    """Has the administrator supplied the plug-in's script (settings.SIGNING_PLUGIN)?"""
    return bool(settings.SIGNING_PLUGIN) and Path(settings.SIGNING_PLUGIN).is_file()


def let_page_call_agent(answer: HttpResponse) -> HttpResponse:
    """Let the scripts of this page connect to the agent and to nothing else outside."""
    answer._csp_update = {"connect-src": [AGENT]}  # type: ignore[attr-defined]  # read by django-csp
    return answer


@require_GET
def plugin(request: Request) -> HttpResponse:
    """The plug-in's script, as the administrator supplied it."""
    if not has_plugin():
        raise Http404
    return HttpResponse(Path(settings.SIGNING_PLUGIN).read_bytes(), content_type="text/javascript; charset=utf-8")


@require_POST
def open_session(request: Request, pk: int, purpose: str) -> HttpResponse:
    """What the page hands to the plug-in: the function to call and its message. 409 with the reason when refused."""
    document = own(request, pk)
    if purpose not in Purpose.values:
        raise Http404
    wanted = Purpose(purpose)
    try:
        opened = exchange.open_session(
            document=document, purpose=wanted, shown=request.POST.get("shown", ""), by=request.post, at=timezone.now()
        )
    except (NotAllowed, Outdated) as error:
        return JsonResponse({"problem": str(error)}, status=409)
    message = {
        "FileUploadHandler": request.build_absolute_uri(reverse("documents:agent_deliver", args=[opened.deliver])),
        "SessionId": "",
        "JWTToken": "",
        "FileName": request.build_absolute_uri(reverse("documents:agent_fetch", args=[opened.fetch])),
        "MetaData": [],
    }
    if wanted is Purpose.SEAL:
        message |= {"DocNumber": document.code, "IssuedDate": f"{document.issued_on:%d/%m/%Y}"}
    return JsonResponse({"call": CALLS[wanted], "message": message, "next": _next_page(opened.session)})


def _next_page(session: SigningSession) -> str:
    """Where the page goes once the file is taken: on in the round, to the next file to seal, or to the document."""
    if session.purpose == Purpose.OFFICER:
        return f"{reverse('documents:signed', args=[session.document_id])}?tiep=1"
    if session.attachment_id is not None:
        return reverse("documents:seal", args=[session.document_id])
    return page_of(session.document)


@login_not_required
@require_GET
def fetch(request: HttpRequest, secret: str) -> HttpResponse:
    """The file to be signed, once."""
    try:
        data = exchange.fetch(secret=secret, at=timezone.now())
    except NotAllowed as error:
        raise Http404 from error
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Cache-Control"] = "no-store"
    return answer


@csrf_exempt
@login_not_required
@require_POST
def deliver(request: HttpRequest, secret: str) -> HttpResponse:
    """The signed file, in whichever field of the form; the agent shows Message to the officer when Status is false."""
    at = timezone.now()
    try:
        session = exchange.session_of(secret=secret, at=at)
        returned = _uploaded(request)
        document = exchange.deliver(session=session, returned=returned, at=at)
    except (NotAllowed, Outdated, SigningError) as error:
        return JsonResponse(_answer(False, str(error)))
    return JsonResponse(_answer(True, _("Đã nhận tệp đã ký."), f"{document.pk}.pdf"))


def _uploaded(request: HttpRequest) -> bytes:
    """The only file of the form; NotAllowed for none, several or a huge one."""
    files = [each for name in request.FILES for each in request.FILES.getlist(name)]
    if len(files) != 1 or (files[0].size or 0) > LARGEST:
        raise NotAllowed(_("Cần đúng một tệp đã ký, tối đa 25 MB."))
    return bytes(files[0].read())


def _answer(is_taken: bool, message: str, name: str = "") -> dict[str, Any]:
    return {"Status": is_taken, "Message": message, "FileName": name, "FileServer": name}
