"""What a rule is, and what it says of a plan."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.functional import Promise

from campaigns.checks.reading import Reading
from documents.registry import Problem


@dataclass(frozen=True)
class Found:
    """What a rule found: the part it stands in ("item-12", "task-3", "head"), in words, and the very text it is about.

    A mark "seen, stays as it is" belongs to that text and lapses when it changes.
    """

    place: str
    message: str
    evidence: str = ""


Check = Callable[[Reading], Iterator[Found]]


@dataclass(frozen=True)
class Rule:
    """A rule with the article it comes from. `blocking` keeps the plan from being proposed; else it is worth a look."""

    code: str
    article: "str | Promise"
    blocking: bool
    fixable: bool
    check: Check


@dataclass(frozen=True)
class Finding(Problem):
    """A problem with its rule's article, its place, the key of a mark on it, and that mark (reason, by, at)."""

    place: str = ""
    article: str = ""
    key: str = ""
    fixable: bool = False
    evidence: str = ""
    kept: dict[str, Any] | None = None


_rules: dict[str, Rule] = {}


def declared() -> list[Rule]:
    return list(_rules.values())


def rule(
    code: str, article: "str | Promise", *, blocking: bool = False, fixable: bool = False
) -> Callable[[Check], Check]:
    """Take a check into the list under its code; they run in the order of their modules."""

    def take(check: Check) -> Check:
        if code in _rules:
            raise ValueError(f"two rules are called {code}")
        _rules[code] = Rule(code, article, blocking, fixable, check)
        return check

    return take


def key_of(code: str, found: Found) -> str:
    """The same finding on the same text has the same key; other words there make another."""
    return f"{code}.{found.place}.{sha256((found.evidence or found.message).encode()).hexdigest()[:12]}"


def apply(each: Rule, reading: Reading) -> Iterator[Finding]:
    """What one rule says of a plan. Only what does not block can have been kept as it is."""
    kept = {} if each.blocking else reading.plan.kept_findings
    for found in each.check(reading):
        key = key_of(each.code, found)
        yield Finding(
            each.code, found.message, each.blocking, found.place, str(each.article), key, each.fixable, found.evidence,
            kept.get(key),
        )  # fmt: skip
