"""Messages of Django and of its own apps that our users meet and that have no Vietnamese of their own."""

from pathlib import Path

import django
import polib

from .catalogue import Key, key

DJANGO = Path(django.__file__).parent
CATALOGUES = [DJANGO / "conf", *(DJANGO / "contrib" / app for app in ("auth", "humanize", "postgres", "sessions"))]

# Names of languages nobody chooses here, pages only a developer sees, and pages for which the portal has its own.
NOT_SHOWN = (
    "conf/global_settings.py",
    "views/csrf.py",
    "views/generic/",
    "views/static.py",
    "views/templates/",
    "contrib/auth/management/",
    "contrib/auth/admin.py",
    "contrib/auth/templates/",
    "contrib/sitemaps/",
    "contrib/syndication/",
    "contrib/staticfiles/apps.py",
    "contrib/messages/apps.py",
)


def missing() -> dict[Key, polib.POEntry]:
    """Every message of the installed Django that a user may see and that its Vietnamese catalogue lacks."""
    found = {}
    for folder in CATALOGUES:
        vietnamese = translated(folder / "locale/vi/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(folder / "locale/en/LC_MESSAGES/django.po")):
            if key(entry) not in vietnamese and is_shown(entry):
                found[key(entry)] = entry
    return found


def translated(path: Path) -> set[Key]:
    """What a catalogue translates."""
    return {key(entry) for entry in polib.pofile(str(path)) if entry.translated()} if path.is_file() else set()


def is_shown(entry: polib.POEntry) -> bool:
    """Whether any place that uses the message can show it to a user of the portal."""
    return any(not file.startswith(NOT_SHOWN) for file, _line in entry.occurrences)
