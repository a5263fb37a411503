"""The draft as it will print, for the pane beside the editor: the addresses of its pages, or that nothing changed."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_GET

from campaigns import compose
from documents import previews
from documents.models import Document
from documents.states import BEFORE_SIGNATURE
from units.permissions import has_permission
from units.web import Request

AGAIN_SECONDS = 1


@require_GET
def preview(request: Request, pk: int) -> HttpResponse:
    """JSON with the pages of the draft as it stands; 204 when its content is the one called `?co=`."""
    if not has_permission(request.post, "campaigns.plan.read"):
        raise Http404
    visible = Document.objects.visible_to(request.post).filter(state__in=BEFORE_SIGNATURE)
    document = get_object_or_404(visible, plan__pk=pk)
    with override("vi"):
        text = compose.official_text(compose.load(document))
    if request.GET.get("co") == previews.digest_of(text):
        return HttpResponse(status=204)
    try:
        made = previews.preview(document, text)
    except previews.TooLong as error:
        return JsonResponse({"message": str(error), "pages": []})
    except previews.Busy:
        return HttpResponse(status=503, headers={"Retry-After": str(AGAIN_SECONDS)})
    pages = [_page(document, made.digest, number, page) for number, page in enumerate(made.pages, start=1)]
    answer = JsonResponse({"digest": made.digest, "pages": pages})
    answer["Cache-Control"] = "private, no-store"
    return answer


def _page(document: Document, digest: str, number: int, page: previews.Page) -> dict[str, Any]:
    url = reverse("documents:picture", args=[document.pk, digest, number])
    return {"url": f"{url}?nhe=1", "width": round(page.width), "height": round(page.height)}
