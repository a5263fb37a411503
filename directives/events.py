from django.utils.translation import gettext_lazy as _

from audit.registry import declare

RECORDED = declare("directives.recorded", _("vào sổ {code}"))
CORRECTED = declare("directives.corrected", _("sửa thông tin: {fields}"))
RECEIVED = declare("directives.received", _("cấp số đến {number}, ngày {on}"))
FILE_ADDED = declare("directives.file_added", _("đính kèm tệp {name}"))
NOTED = declare("directives.noted", _("ghi ý kiến chỉ đạo"))
RELATED = declare("directives.related", _("{kind} {target}"))
VALIDITY_CHANGED = declare("directives.validity_changed", _("hiệu lực: {validity}"))
UNRELATED = declare("directives.unrelated", _("bỏ quan hệ: {kind} {target}"))
MERGED = declare("directives.merged", _("gộp làm một văn bản: giữ {kept}, bỏ {dropped}"))
DISTINGUISHED = declare("directives.distinguished", _("xác nhận khác với {other}"))
NOTE_ACCEPTED = declare("directives.note_accepted", _("{unit} ký nhận văn bản"))
NOTE_DONE = declare("directives.note_done", _("{unit} báo hoàn thành: {result}"))
NOTE_REOPENED = declare("directives.note_reopened", _("yêu cầu {unit} làm tiếp: {reason}"))
REQUIREMENT_SAVED = declare("directives.requirement_saved", _("ghi yêu cầu của văn bản: {text}"))
REQUIREMENT_REMOVED = declare("directives.requirement_removed", _("bỏ yêu cầu: {text}"))
KIND_SAVED = declare("directives.kind_saved", _("loại văn bản {short}: {name}"))
SYMBOL_SAVED = declare("directives.symbol_saved", _("ký hiệu {symbol} là {means}"))
SYMBOL_FORGOTTEN = declare("directives.symbol_forgotten", _("bỏ ký hiệu {symbol} ({means})"))
