"""The portal's translations: collect the texts of the code, compile the catalogues, check that nothing is missing.

    python tools/translations.py collect    merge new texts into locale/, drop those that have gone
    python tools/translations.py compile    write the .mo files that Django reads (they are committed)
    python tools/translations.py check      list what is missing, wrong or out of date; exit 1 when there is any

Needs the test extra (polib) and no GNU gettext.
"""

import argparse
import sys
from pathlib import Path

import polib
from translating import catalogue, others, sources, unmarked

ROOT = Path(__file__).resolve().parent.parent


def wanted(root: Path) -> dict[str, list[sources.Text]]:
    """What each language has to translate: English everything of ours, Vietnamese what Django left out."""
    of_django = [
        sources.Text(entry.msgid, entry.occurrences[0][0], entry.msgid_plural or None, entry.msgctxt)
        for entry in others.missing().values()
    ]
    return {"en": sources.texts(root), "vi": of_django}


def collect(root: Path) -> None:
    """Bring both catalogues up to date with the code; what was translated stays."""
    for language, texts in wanted(root).items():
        path = catalogue.path_of(root, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        old = polib.pofile(str(path)) if path.is_file() else []
        merged = catalogue.merge(old, texts, language)
        merged.save(str(path))
        print(f"{language}: {len(merged)} câu, {len(merged) - len(merged.translated_entries())} câu chờ dịch")


def compile_all(root: Path) -> None:
    """Write each .mo beside its .po."""
    for language in catalogue.PLURAL_FORMS:
        path = catalogue.path_of(root, language)
        path.with_suffix(".mo").write_bytes(polib.pofile(str(path)).to_binary())


def check(root: Path) -> list[str]:
    """Everything that is wrong, one line each; nothing when the translations are complete."""
    found = []
    for language, texts in wanted(root).items():
        path = catalogue.path_of(root, language)
        found += [f"{language}: {line}" for line in catalogue.problems(polib.pofile(str(path)), texts, language)]
        if not catalogue.is_compiled(path):
            found.append(f"{language}: tệp .mo đã cũ; chạy python tools/translations.py compile")
    return found + [f"chưa qua gettext: {line}" for line in unmarked.unmarked(root)]


def main() -> int:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["collect", "compile", "check"])
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.command == "collect":
        collect(options.root)
        return 0
    if options.command == "compile":
        compile_all(options.root)
        return 0
    found = check(options.root)
    print("\n".join(found) if found else "Bản dịch đầy đủ.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
