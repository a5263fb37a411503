from django.utils.translation import gettext_lazy as _

from audit.registry import declare

APPOINTED = declare("units.appointed", _("bổ nhiệm {person} làm {title}, từ {starts_on}"))
RELIEVED = declare("units.relieved", _("thôi giữ chức vụ {title} của {person} từ {ends_on}"))
UNIT_CREATED = declare("units.unit_created", _("lập đơn vị {name}"))
UNIT_RENAMED = declare("units.unit_renamed", _("đổi tên {before} thành {after} từ {starts_on}"))
UNIT_DISSOLVED = declare("units.unit_dissolved", _("{kind} đơn vị {name} từ {on}: {legal_basis}"))
ACCOUNT_CREATED = declare("units.account_created", _("lập tài khoản {username}"))
ACCOUNT_CLOSED = declare("units.account_closed", _("khóa tài khoản {username}"))
ACCOUNT_OPENED = declare("units.account_opened", _("mở lại tài khoản {username}"))
ACCOUNT_CHANGED = declare("units.account_changed", _("sửa họ tên, thư điện tử của tài khoản {username}"))
PASSWORD_SET = declare("units.password_set", _("đặt mật khẩu cho tài khoản {username}"))
PASSWORD_CHANGED = declare("units.password_changed", _("đổi mật khẩu của chính mình, tài khoản {username}"))
