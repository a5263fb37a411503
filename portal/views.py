"""Pages that know every app: home, search, errors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal import finding
from portal.dashboard import open_tasks, people, waiting
from units.web import Request


def home(request: Request) -> HttpResponse:
    """What waits for the post, its tasks by deadline, and what changed since the person was last here."""
    post, today = request.post, timezone.localdate()
    counted = open_tasks.count(post, today)
    waits = waiting.waiting(post, today, counted.sum("missed") if counted else 0)
    news, unread_count = people.news(post)
    return render(
        request,
        "portal/home.html",
        {
            "waiting": waits,
            "deadlines": open_tasks.deadlines(counted, waits.tasks) if counted else None,
            "spots": open_tasks.spots(counted) if counted else [],
            "news": news,
            "unread_count": unread_count,  # the frame need not ask
            "accounts": people.accounts(post, today),
        },
    )


def search(request: Request) -> HttpResponse:
    """Plans, tasks, directives, reports and people that the post may see, exact matches first."""
    query = finding.Query.read(request.GET.get("q", ""))
    groups = finding.find(query, request.post) if query.is_long_enough else []
    return render(request, "portal/search.html", {"query": query, "groups": groups})


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
