from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from units.middleware import SESSION_KEY, current_posts


@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """Go on in another post of one's own."""
    wanted = request.POST.get("post", "")
    if wanted not in {str(post.pk) for post in current_posts(request)}:
        raise Http404
    request.session[SESSION_KEY] = int(wanted)
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "home"
    return redirect(target)
