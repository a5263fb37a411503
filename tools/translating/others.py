"""Messages of Django and its apps that our users meet, without Vietnamese or with words that do not say what to do."""

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

# Refusals whose Vietnamese in Django says only that something is wrong ("Nhập một số tổng thể.").
UNCLEAR = frozenset(
    {
        "This field is required.",
        "This field cannot be null.",
        "This field cannot be blank.",
        "Enter a valid value.",
        "Enter a number.",
        "Enter a whole number.",
        "Enter a valid date.",
        "Enter a valid email address.",
        "Ensure this value is less than or equal to %(limit_value)s.",
        "Ensure this value is greater than or equal to %(limit_value)s.",
        "Ensure that there are no more than %(max)s digit in total.",
        "Ensure that there are no more than %(max)s decimal place.",
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "No file was submitted.",
        "The submitted file is empty.",
        "Ensure this filename has at most %(max)d character (it has %(length)d).",
        "Upload a valid image. The file you uploaded was either not an image or a corrupted image.",
        "Select a valid choice. %(value)s is not one of the available choices.",
        "Select a valid choice. That choice is not one of the available choices.",
    }
)


def missing() -> dict[Key, polib.POEntry]:
    """Every message of the installed Django that a user may see and that its Vietnamese catalogue lacks or leaves
    unclear."""
    found = {}
    for folder in CATALOGUES:
        vietnamese = translated(folder / "locale/vi/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(folder / "locale/en/LC_MESSAGES/django.po")):
            if (key(entry) not in vietnamese or entry.msgid in UNCLEAR) and is_shown(entry):
                found[key(entry)] = entry
    return found


def translated(path: Path) -> set[Key]:
    """What a catalogue translates."""
    return {key(entry) for entry in polib.pofile(str(path)) if entry.translated()} if path.is_file() else set()


def is_shown(entry: polib.POEntry) -> bool:
    """Whether any place that uses the message can show it to a user of the portal."""
    return any(not file.startswith(NOT_SHOWN) for file, _line in entry.occurrences)
