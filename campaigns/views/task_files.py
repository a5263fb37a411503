"""Evidence files, for who may see the task."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from campaigns.evidence import INLINE
from campaigns.models import Evidence, Task
from units.web import Request


def _find(request: Request, pk: int) -> Evidence:
    visible = Task.objects.visible_to(request.post)
    found = Evidence.objects.filter(pk=pk, entry__task__in=visible).first()
    if found is None:
        raise Http404
    return found


def _answer(relative: str, media_type: str, name: str, *, as_attachment: bool) -> FileResponse:
    path = Path(settings.MEDIA_ROOT) / relative
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), content_type=media_type, filename=name, as_attachment=as_attachment)


@require_safe
@cache_control(private=True, max_age=3600, immutable=True)
def evidence(request: Request, pk: int) -> FileResponse:
    """The file as it was sent, byte for byte; Office files are downloaded, pictures and PDF open."""
    found = _find(request, pk)
    return _answer(found.file, found.media_type, found.name, as_attachment=found.media_type not in INLINE)


@require_safe
@cache_control(private=True, max_age=86_400, immutable=True)
def thumbnail(request: Request, pk: int) -> FileResponse:
    found = _find(request, pk)
    if not found.thumbnail:
        raise Http404
    return _answer(found.thumbnail, "image/jpeg", "anh-nho.jpg", as_attachment=False)
