"""What a draft still asks of a person: names, tasks, citations, what the reader doubted. One pass, one query.

An error keeps the plan from being made; a warning can be marked as seen. Unknown things come first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from campaigns.importing.draft import Draft, Row, kept
from campaigns.models import PlanImport
from campaigns.unit_matching import SURE
from directives.citations import Citation
from directives.identity import Mention, code_key, folded, match_all
from directives.models import Directive
from directives.recognition import read_once
from directives.register import OTHER
from units.models import Unit

# Of what the reader remarked: asked here in a better way, or not needed for a new draft.
LEFT_OUT = {
    "task_without_unit", "task_without_due", "due_without_date", "missing_number", "missing_day", "missing_symbol",
    "missing_year", "missing_signer", "missing_issuing_body",
}  # fmt: skip
SHORT = 70
MOST_SHOWN = 50


@dataclass(frozen=True)
class Question:
    """Something to look at. `key`: the row, name or line to jump to; `id` stays the same between two looks."""

    id: str
    level: str
    text: str
    key: str

    @property
    def anchor(self) -> str:
        """The element of the page that holds the key."""
        kind, _colon, rest = self.key.partition(":")
        return {"name": "don-vi", "line": f"dong-{rest}"}.get(kind, f"row-{self.key}")

    @property
    def is_error(self) -> bool:
        return self.level == "error"

    @property
    def is_about_day(self) -> bool:
        """Does a typed day have to be put right?"""
        return self.is_error and self.id.startswith("due:")

    @property
    def field(self) -> str:
        """What of the row is asked for: the beginning of its field's name, where it is one field."""
        return self.id.partition(":")[0]

    @property
    def short(self) -> str:
        """Without the row's own words, for where they stand beside it."""
        return self.text.split(": “")[0]


@dataclass(frozen=True)
class Cited:
    """A document that the text mentions: known to the register, doubtful (same code, other day), or new to it."""

    citation: Citation
    id: str
    key: str
    directive: Directive | None
    doubts: tuple[Directive, ...]

    @property
    def state(self) -> str:
        return "known" if self.directive else "doubt" if self.doubts else "unknown"

    @property
    def label(self) -> str:
        """Code or name, with the day, as far as the text gives them."""
        name = self.citation.code or self.citation.subject or self.citation.text
        return f"{name}, {self.citation.date:%d/%m/%Y}" if self.citation.date else name


@dataclass(frozen=True)
class Review:
    questions: tuple[Question, ...]
    cited: tuple[Cited, ...]

    @property
    def shown(self) -> tuple[Question, ...]:
        """The first ones; the next come when these are settled."""
        return self.questions[:MOST_SHOWN]

    @property
    def more(self) -> int:
        return len(self.questions) - len(self.shown)

    @property
    def errors(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.is_error)

    @property
    def unknown(self) -> tuple[Cited, ...]:
        return tuple(row for row in self.cited if row.state == "unknown")


def review(source: PlanImport) -> Review:
    """Everything the draft of `source` still asks."""
    draft, cited = source.draft, tuple(cited_in(source.draft, source.organisation))
    found = [
        *_head(draft), *_names(draft), *_tasks(draft), *_citations(cited), *_issuer(draft, source.organisation),
        *_remarks(draft),
    ]  # fmt: skip
    seen = set(draft["seen"])
    open_ = [row for row in found if row.is_error or row.id not in seen]
    return Review(tuple(sorted(open_, key=lambda row: not row.is_error)), cited)


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT].rstrip()}…"


def typed_day(text: str) -> date | None:
    """A day typed as 20/10/2026. ValueError for anything else; None for nothing."""
    return datetime.strptime(text.strip(), "%d/%m/%Y").date() if text.strip() else None  # noqa: DTZ007 (a day, no moment)


def _head(draft: Draft) -> Iterator[Question]:
    head = draft["head"][0]
    missing = {
        "title": _("Chưa có trích yếu."), "symbol": _("Chưa có ký hiệu."),
        "drafting_unit": _("Chưa chọn đơn vị soạn thảo."),
    }  # fmt: skip
    for name, words in missing.items():
        if not str(head[name] or "").strip():
            yield Question(f"{name}:head", "error", words, "head")
    year = str(head["year"]).strip()
    if not (year.isascii() and year.isdigit() and 2000 <= int(year[:5]) <= 2100):
        yield Question("year:head", "error", _("Năm phải là số từ 2000 đến 2100."), "head")
    if head["signer"] is None:
        words = _("Chưa chọn người ký.")
        named = draft["signer"]["name"]
        words = _("Chưa chọn người ký; văn bản gốc ghi %(name)s.") % {"name": named} if named else words
        yield Question("signer:head", "warning", words, "head")


def _names(draft: Draft) -> Iterator[Question]:
    """Names that no unit answers to, or one only perhaps. One that has to lead keeps the plan from being made."""
    tasks = kept(draft, "tasks")
    waiting = Counter(task["lead_name"] for task in tasks if task["lead_unit"] is None)
    helping = {name for task in tasks for name in task["cooperating_names"]}
    leading = {task["lead_name"] for task in tasks}
    for row in draft["names"]:
        name, key = row["name"], f"name:{row['name']}"
        if _is_unknown(row) and name in waiting:
            words = _("“%(name)s” là đơn vị nào? Chủ trì %(count)s nhiệm vụ.") % {
                "name": _short(name), "count": waiting[name],
            }  # fmt: skip
            yield Question(key, "error", words, key)
        elif _is_unknown(row) and name in helping:
            yield Question(key, "warning", _("“%(name)s” là đơn vị nào?") % {"name": _short(name)}, key)
        elif _is_doubtful(row) and name in helping | leading:
            words = _("“%(name)s” có thể chưa khớp đúng đơn vị, hãy xem lại.") % {"name": _short(name)}
            yield Question(key, "warning", words, key)


def _is_doubtful(row: Row) -> bool:
    return bool(row["units"]) and not row["chosen"] and not row["collective"] and row["confidence"] < SURE


def _is_unknown(row: Row) -> bool:
    return not row["units"] and not row["chosen"]


def _tasks(draft: Draft) -> Iterator[Question]:
    unknown = {row["name"] for row in draft["names"] if _is_unknown(row)}
    for task in kept(draft, "tasks"):
        key, words = task["key"], {"text": _short(task["text"])}
        if not task["text"].strip():
            yield Question(f"text:{key}", "error", _("Có nhiệm vụ chưa có nội dung; hãy viết hoặc bỏ đi."), key)
        elif task["lead_unit"] is None and task["lead_name"] not in unknown:
            yield Question(f"lead:{key}", "error", _("Chưa chọn đơn vị chủ trì: “%(text)s”.") % words, key)
        yield from _due(task, key, words)


def _due(task: Row, key: str, words: dict[str, str]) -> Iterator[Question]:
    """A day or a rhythm, one of them."""
    try:
        due = typed_day(task["due"])
    except ValueError:
        yield Question(f"due:{key}", "error", _("Hạn chưa đúng mẫu 20/10/2026: “%(text)s”.") % words, key)
        return
    if due and task["rhythm"]:
        told = _("Đã có nhịp báo cáo thì không ghi hạn cuối: “%(text)s”.") % words
        yield Question(f"due:{key}", "error", told, key)
    elif not due and not task["rhythm"]:
        yield Question(f"due:{key}", "warning", _("Chưa có thời hạn: “%(text)s”.") % words, key)


def _citations(cited: tuple[Cited, ...]) -> Iterator[Question]:
    for row in cited:
        if row.state == "doubt":
            told = _("Sổ đã có %(known)s, văn bản này ghi %(label)s: có phải một văn bản?") % {
                "known": row.doubts[0].label, "label": row.label,
            }  # fmt: skip
            yield Question(f"doubt:{row.id}", "warning", told, row.key)


def _issuer(draft: Draft, organisation: Unit) -> Iterator[Question]:
    """A plan of another body is copied, not continued: say so once."""
    body = draft["heading"]["issuing_body"] or ""
    own, read = folded(organisation.name), folded(body)
    if body and read not in own and own not in read:
        told = _("Văn bản gốc do %(body)s ban hành; kế hoạch mới sẽ là của %(own)s.") % {
            "body": body, "own": organisation.name,
        }  # fmt: skip
        yield Question("issuer:head", "warning", told, "head")


def _remarks(draft: Draft) -> Iterator[Question]:
    """What the reader itself remarked, at the line it means."""
    for number, row in enumerate(draft["problems"]):
        if row["code"] not in LEFT_OUT:
            yield Question(f"remark:{number}", "warning", row["message"], f"line:{row['first']}")


# --- citations --------------------------------------------------------------------------------------------------------
def _texts(draft: Draft) -> Iterator[tuple[str, str]]:
    """Key and words of every row that may mention a document; as the verb that makes the plan reads them."""
    yield "head", draft["head"][0]["title"]
    for part in ("bases", "items", "passages"):
        yield from ((row["key"], row["text"]) for row in kept(draft, part))


def cited_in(draft: Draft, organisation: Unit) -> Iterator[Cited]:
    """Each document that the text mentions, once, at its first mention. One query."""
    first: dict[tuple[str, date | None], tuple[str, Citation]] = {}
    for key, text in _texts(draft):
        for citation in read_once(text):
            if citation.code or citation.subject:
                name = code_key(citation.kind or OTHER, (citation.code or "")[:80], citation.subject or "")
                first.setdefault((name, citation.date), (key, citation))
    dated = {name for name, day in first if day is not None}
    kept_ = {known: found for known, found in first.items() if known[1] or known[0] not in dated}  # no later mentions
    mentions = [Mention.of(citation, otherwise=OTHER) for _key, citation in kept_.values()]
    matches = match_all(mentions, organisation_id=organisation.pk)
    for ((name, day), (key, citation)), found in zip(kept_.items(), matches, strict=True):
        yield Cited(citation, f"{name}:{day or ''}", key, found.directive, found.doubts)


def row_notes(questions: Iterable[Question]) -> dict[str, list[str]]:
    """Key of a row → the sentences that stand in it, but for what is wrong with its day."""
    found: dict[str, list[str]] = defaultdict(list)
    for question in questions:
        if not question.is_about_day:
            found[question.key].append(question.short)
    return found


def due_errors(questions: Iterable[Question]) -> dict[str, str]:
    """Key of a task → what is wrong with its day, below the field."""
    return {question.key: f"{question.short}." for question in questions if question.is_about_day}
