"""Catalogues in locale/: merged with the texts of the code, compiled, and compared with both."""

import difflib
import re
from collections.abc import Iterable
from pathlib import Path

import polib

from .sources import Text

Key = tuple[str, str]  # context, msgid
PLACEHOLDER = re.compile(
    r"%\([^)]+\)[#0 +-]*\d*(?:\.\d+)?[sdfrx]|%[sdfr]|%%|\{[a-z_][\w.]*(?:![rs])?(?::[^{}]*)?\}|\{\}"
)
PLURALS = {"en": 2, "vi": 1}
PLURAL_FORMS = {"en": "nplurals=2; plural=(n != 1);", "vi": "nplurals=1; plural=0;"}


def path_of(root: Path, language: str) -> Path:
    """Where a language's catalogue lies; the compiled one beside it ends in .mo."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def empty(language: str) -> polib.POFile:
    """A catalogue with its header and nothing else. No dates, so that the same texts make the same file."""
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Project-Id-Version": "cao-diem",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS[language],
    }
    return catalogue


def key(entry: polib.POEntry) -> Key:
    """What tells one entry from another."""
    return entry.msgctxt or "", entry.msgid


def merge(old: Iterable[polib.POEntry], texts: list[Text], language: str) -> polib.POFile:
    """A catalogue of exactly these texts, sorted by file and text, with the translations that `old` has.

    A new text that is close to one that has gone starts with its translation, marked fuzzy for somebody to look at.
    """
    known = {key(entry): entry for entry in old}
    wanted = entries(texts, language)
    gone = {found[1]: known[found] for found in known.keys() - wanted.keys() if known[found].translated()}
    catalogue = empty(language)
    for found, entry in sorted(wanted.items(), key=lambda item: (item[1].occurrences[0][0], item[0])):
        if found in known:
            take_over(entry, known[found])
        elif close := difflib.get_close_matches(entry.msgid, gone, n=1, cutoff=0.8):
            take_over(entry, gone[close[0]])
            entry.flags = sorted({*entry.flags, "fuzzy"})
        catalogue.append(entry)
    return catalogue


def entries(texts: list[Text], language: str) -> dict[Key, polib.POEntry]:
    """One untranslated entry for each text, with every file that uses it and the plural forms of the language."""
    forms = PLURALS[language]
    wanted: dict[Key, polib.POEntry] = {}
    for text in texts:
        entry = wanted.setdefault(
            (text.context or "", text.msgid), polib.POEntry(msgid=text.msgid, msgctxt=text.context)
        )
        if text.plural is not None and not entry.msgid_plural:
            entry.msgid_plural, entry.msgstr_plural = text.plural, dict.fromkeys(range(forms), "")
        entry.occurrences = sorted({*entry.occurrences, (text.file, "")})
        if "%" in text.msgid and PLACEHOLDER.search(text.msgid) and "python-format" not in entry.flags:
            entry.flags.append("python-format")
    return wanted


def take_over(entry: polib.POEntry, old: polib.POEntry) -> None:
    """Give `entry` the translation of `old`; a text that gained or lost its plural keeps what fits."""
    if entry.msgid_plural:
        entry.msgstr_plural = old.msgstr_plural or dict.fromkeys(entry.msgstr_plural, old.msgstr)
    else:
        entry.msgstr = old.msgstr or old.msgstr_plural.get(0, "")
    if "fuzzy" in old.flags:
        entry.flags = sorted({*entry.flags, "fuzzy"})


def problems(catalogue: polib.POFile, texts: list[Text], language: str) -> list[str]:
    """What keeps a catalogue from being a complete translation of these texts, one line each."""
    known = {key(entry): entry for entry in catalogue}
    wanted = entries(texts, language)
    found = [
        f"chưa có trong bảng dịch: {msgid!r} ({wanted[context, msgid].occurrences[0][0]})"
        for context, msgid in sorted(wanted.keys() - known.keys())
    ]
    found += [f"không còn trong mã nguồn: {msgid!r}" for _context, msgid in sorted(known.keys() - wanted.keys())]
    found += [f"đã bỏ nhưng còn ghi: {entry.msgid!r}" for entry in catalogue.obsolete_entries()]
    for found_key, entry in sorted(known.items()):
        if found_key in wanted and bool(wanted[found_key].msgid_plural) != bool(entry.msgid_plural):
            found.append(f"số ít, số nhiều khác mã nguồn: {entry.msgid!r}")
    return found + [line for entry in catalogue if not entry.obsolete for line in entry_problems(entry)]


def entry_problems(entry: polib.POEntry) -> list[str]:
    """What is wrong with one translation: missing, unsure, other placeholders, other line ends."""
    if "fuzzy" in entry.flags:
        return [f"cần xem lại: {entry.msgid!r}"]
    if not entry.translated():
        return [f"chưa dịch: {entry.msgid!r}"]
    found = []
    for number, translation in sorted((entry.msgstr_plural or {0: entry.msgstr}).items()):
        asked = placeholders(entry.msgid_plural or entry.msgid)
        given = placeholders(translation)
        may_leave_out = number == 0 and len(entry.msgstr_plural) > 1  # "one task" need not repeat the 1
        if given - asked or (asked - given and not may_leave_out):
            found.append(f"khác chỗ điền: {entry.msgid!r} → {translation!r}")
        if edges(entry.msgid) != edges(translation):
            found.append(f"khác dấu cách, xuống dòng ở hai đầu: {entry.msgid!r} → {translation!r}")
    return found


def placeholders(text: str) -> set[str]:
    """The places a text leaves for values."""
    return set(PLACEHOLDER.findall(text))


def edges(text: str) -> tuple[str, str]:
    """The white space a text begins and ends with."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def is_compiled(path: Path) -> bool:
    """Whether the .mo beside this .po holds the same translations."""
    compiled = path.with_suffix(".mo")
    return compiled.is_file() and compiled.read_bytes() == polib.pofile(str(path)).to_binary()
