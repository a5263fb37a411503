from django.utils.translation import gettext_lazy as _

from audit.registry import declare

RECORDED = declare("directives.recorded", _("vào sổ {code}"))
CORRECTED = declare("directives.corrected", _("sửa thông tin: {fields}"))
RECEIVED = declare("directives.received", _("cấp số đến {number}, ngày {on}"))
FILE_ADDED = declare("directives.file_added", _("đính kèm tệp {name}"))
NOTED = declare("directives.noted", _("ghi ý kiến chỉ đạo"))
RELATED = declare("directives.related", _("{kind} {target}"))
VALIDITY_CHANGED = declare("directives.validity_changed", _("hiệu lực: {validity}"))
