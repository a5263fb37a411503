"""People who can log in."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from units.models.appointment import Appointment


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None, **fields: object) -> "User":
        """Make an account; None as password means that nobody can log in with it yet."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account of one person. What the person may do comes from appointments alone."""

    username = models.CharField(
        _("tên đăng nhập"), max_length=150, unique=True, validators=[UnicodeUsernameValidator()]
    )
    full_name = models.CharField(_("họ và tên"), max_length=150)
    email = models.EmailField(_("thư điện tử"), blank=True)
    is_active = models.BooleanField(_("đang dùng"), default=True)
    created_at = models.DateTimeField(db_default=Now())
    must_change_password = models.BooleanField(_("phải đổi mật khẩu"), default=False)  # somebody else chose it
    seen_at = models.DateTimeField(_("lần xem trước"), null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    search = models.GeneratedField(
        expression=Func(F("full_name"), function="f_norm"), output_field=models.TextField(), db_persist=True
    )

    posts_today: "list[Appointment]"  # set by units.backends

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("người dùng")
        verbose_name_plural = _("người dùng")
        indexes = [GinIndex(fields=["search"], name="user_search", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split()[-1] if self.full_name else self.username
