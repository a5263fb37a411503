"""Rules about sections, items and lists."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.checks import words
from campaigns.checks.reading import Reading, short
from campaigns.checks.rule import Found, rule
from campaigns.models import ItemStyle
from campaigns.outline import Node

CONTENT = gettext_lazy("NĐ 30/2020/NĐ-CP, Phụ lục I, II.6: nội dung văn bản")
LAYOUT = gettext_lazy("NĐ 30/2020/NĐ-CP, Phụ lục I, II.6.d: bố cục phần, chương, mục, khoản, điểm")
END = gettext_lazy("NĐ 30/2020/NĐ-CP, Phụ lục I, II.6: kết thúc nội dung bằng “./.”")
BRIEF = gettext_lazy("NĐ 30/2020/NĐ-CP, Phụ lục I, II.6.c: diễn đạt ngắn gọn, rõ ràng")
LISTED = (ItemStyle.NUMBER, ItemStyle.DECIMAL, ItemStyle.LETTER)
LONGEST_PARAGRAPH = 250
LONGEST_HEADING = 14


def _words(node: Node) -> dict[str, str]:
    return {"marker": node.marker, "text": short(node.item.text)}


@rule("no_content", CONTENT, blocking=True)
def has_sections(plan: Reading) -> Iterator[Found]:
    if not plan.nodes:
        yield Found("item-new", _("Kế hoạch chưa có nội dung."))


@rule("empty_section", CONTENT, blocking=True)
def sections_are_filled(plan: Reading) -> Iterator[Found]:
    for node in plan.tree:
        if node.item.style == ItemStyle.SECTION and not node.children:
            yield Found(node.part, _("Mục %(marker)s %(text)s chưa có nội dung.") % _words(node))


@rule("empty_item", CONTENT, blocking=True)
def items_have_text(plan: Reading) -> Iterator[Found]:
    for node in plan.nodes:
        if not node.item.text.strip():
            yield Found(node.part, _("Có đoạn chưa có chữ nào (%(where)s).") % {"where": plan.names[node.item.pk]})


def _is_heading(node: Node) -> bool:
    numbered = node.item.style in (ItemStyle.NUMBER, ItemStyle.DECIMAL) and bool(node.children)
    return node.item.style == ItemStyle.SECTION or (numbered and len(node.item.text.split()) <= LONGEST_HEADING)


@rule("heading_stop", LAYOUT)
def headings_have_no_stop(plan: Reading) -> Iterator[Found]:
    for node in plan.nodes:
        if _is_heading(node) and node.item.text.rstrip().endswith("."):
            yield Found(node.part, _("Tiêu đề “%(text)s” không có dấu chấm ở cuối.") % _words(node), node.item.text)


@rule("single_item", LAYOUT)
def lists_have_more_than_one_item(plan: Reading) -> Iterator[Found]:
    for node in plan.nodes:
        listed = [child for child in node.children if child.item.style in LISTED]
        if len(listed) == 1:
            child = listed[0]
            message = _("“%(marker)s %(text)s” là mục duy nhất cùng cấp; không cần đánh số.") % _words(child)
            yield Found(child.part, message, child.item.text)


@rule("end_mark", END)
def text_can_be_closed(plan: Reading) -> Iterator[Found]:
    """The portal prints "./." behind the last paragraph; after a heading there is no place for it."""
    if plan.plan.closing.strip() or not plan.nodes:
        return
    last = plan.nodes[-1]
    if last.item.style == ItemStyle.SECTION or not last.item.text.strip():
        message = _("Văn bản kết thúc bằng tiêu đề “%(text)s”: chưa có đoạn cuối để ghi “./.”.") % _words(last)
        yield Found("passages", message, last.item.text)


@rule("end_mark_inside", END)
def end_mark_is_last(plan: Reading) -> Iterator[Found]:
    filled = [passage for passage in plan.body if passage.text.strip()]
    for passage in filled[:-1]:
        if words.END_MARK.search(passage.text):
            message = _("Dấu “./.” ở %(where)s nằm giữa văn bản; cổng tự in ở cuối.") % {"where": passage.name}
            yield Found(passage.place, message, passage.text)


@rule("long_paragraph", BRIEF)
def paragraphs_are_readable(plan: Reading) -> Iterator[Found]:
    for passage in plan.body:
        count = len(passage.text.split())
        if count > LONGEST_PARAGRAPH:
            given = {"where": passage.name, "count": count}
            yield Found(passage.place, _("Đoạn ở %(where)s dài %(count)s tiếng; nên tách ra.") % given, passage.text)


@rule("order_without_task", gettext_lazy("NĐ 30/2020/NĐ-CP, Điều 23.2: việc giao phải có đơn vị chủ trì và thời hạn"))
def orders_are_tasks(plan: Reading) -> Iterator[Found]:
    """An item that gives a unit something to do, while no task of the plan points to it or to what it stands below."""
    given = {task.item_id for task in plan.tasks}

    def walk(nodes: list[Node], is_covered: bool) -> Iterator[Found]:
        for node in nodes:
            covered = is_covered or node.item.pk in given
            below = any(child.item.pk in given for child in node.walk())
            if not covered and not below and words.ORDERS.search(node.item.text):
                message = _("“%(text)s” giao việc cho đơn vị nhưng chưa thành nhiệm vụ.") % _words(node)
                yield Found(node.part, message, node.item.text)
            yield from walk(node.children, covered)

    yield from walk(plan.tree, False)
