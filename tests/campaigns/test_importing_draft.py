"""Whatever is done to the rows of an import, none is lost, doubled or left hanging."""

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from campaigns.importing import draft as drafts
from campaigns.importing.page import shown_rows, source_lines
from campaigns.models import PlanImport


def small_draft() -> dict[str, Any]:
    def row(key: str, first: int, text: str, **more: Any) -> dict[str, Any]:
        return {"key": key, "v": 0, "gone": False, "first": first, "last": first, "text": text, **more}

    styles = (("section", 0), ("number", 1), ("dash", 2), ("number", 1), ("section", 0), ("number", 1))
    items = [
        row(f"i{n}", n, f"Đoạn {n} có chữ", style=style, depth=depth) for n, (style, depth) in enumerate(styles)
    ]  # fmt: skip
    task = {
        "lead_name": "Các phòng", "lead_unit": None, "cooperating_names": ["Các phòng"], "cooperating": [], "due": "",
        "rhythm": "", "due_wording": "", "expected_product": "",
    }  # fmt: skip
    return {
        "next": 20, "seen": [], "problems": [], "heading": {}, "signer": {},
        "names": [
            {"name": "Các phòng", "units": [1, 2, 3], "confidence": 1.0, "collective": True, "chosen": False}
        ],
        "head": [row("head", 0, "") | {"title": "Tên"}],
        "passages": [row("opening", 0, "Mở"), row("closing", 9, "Kết")],
        "bases": [row("b1", 1, "Căn cứ một"), row("b2", 2, "Căn cứ hai")],
        "items": items,
        "tasks": [row("t1", 5, "Việc một", item="i5", **task), row("t2", 7, "Việc hai", item=None, **task)],
        "recipients": [row("r1", 9, "Nơi nhận", unit=None)],
    }  # fmt: skip


ACTS = st.lists(st.tuples(st.sampled_from(sorted(drafts.MOVES)), st.integers(0, 40), st.integers(0, 20)), max_size=25)


@given(ACTS)
def test_any_moves_leave_a_whole_draft(acts: list[tuple[str, int, int]]) -> None:
    draft = small_draft()
    for name, number, cursor in acts:
        keys = [row["key"] for _part, row in drafts.rows(draft)]
        drafts.MOVES[name](draft, keys[number % len(keys)], at=cursor)

    keys = [row["key"] for _part, row in drafts.rows(draft)]
    assert len(set(keys)) == len(keys)
    assert {"head", "opening", "closing"} <= set(keys)
    items = {row["key"] for row in draft["items"]}
    assert all(task["item"] is None or task["item"] in items for task in draft["tasks"])
    assert all(0 <= row["depth"] <= drafts.DEEPEST for row in draft["items"])
    shown = shown_rows(draft, {}, {}, {})
    kept = {task["key"] for task in drafts.kept(draft, "tasks")}
    seen = [task.row["key"] for item in shown["items"] for task in item.tasks] + [t.row["key"] for t in shown["tasks"]]
    assert sorted(key for key in seen if key in kept) == sorted(kept)


@given(ACTS)
def test_words_stay_whatever_is_moved(acts: list[tuple[str, int, int]]) -> None:
    """Split and join, up and down: the words of the items are the same ones."""
    draft = small_draft()
    words = sorted(" ".join(row["text"] for row in draft["items"]).replace(" ", ""))
    for name, number, cursor in acts:
        if name in ("split", "merge", "up", "down", "indent", "outdent"):
            drafts.MOVES[name](draft, draft["items"][number % len(draft["items"])]["key"], at=cursor)

    assert sorted(" ".join(row["text"] for row in draft["items"]).replace(" ", "")) == words


def test_up_and_down_are_each_others_opposite() -> None:
    draft = small_draft()
    before = copy.deepcopy(draft["items"])
    drafts.move(draft, "i4", -1)
    assert [row["key"] for row in draft["items"]] == ["i4", "i5", "i0", "i1", "i2", "i3"]
    drafts.move(draft, "i4", 1)
    assert draft["items"] == before


def test_sentences_of_one_line_are_told_apart() -> None:
    """Two tasks read from one line light up one sentence each; an item that holds all of it the whole line."""
    draft = small_draft()
    draft["items"] = draft["items"][:1]
    line = "1. Giao Phòng A tập huấn. Giao Phòng B quay phim."
    draft["items"][0] |= {"first": 0, "last": 0, "text": line[3:]}
    for task, words in zip(draft["tasks"], ("Giao Phòng A tập huấn.", "Giao Phòng B quay phim."), strict=True):
        task |= {"first": 0, "last": 0, "text": words}
    draft |= {"head": [], "passages": [], "bases": [], "recipients": []}

    (_number, pieces), *_rest = source_lines(PlanImport(source_text=line, draft=draft))

    assert [(piece.text, piece.keys) for piece in pieces if piece.text.strip()] == [
        ("1. ", "i0"), ("Giao Phòng A tập huấn.", "i0 t1"), ("Giao Phòng B quay phim.", "i0 t2"),
    ]  # fmt: skip
