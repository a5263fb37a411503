"""The portal's settings under test: its own servers (services_plugin), quick passwords, nothing leaves the machine."""

import os
import tempfile

os.environ.update(
    SECRET_KEY="only-for-tests-" + "0123456789abcdef" * 3,
    DEBUG="0",
    HTTPS="0",
    ALLOWED_HOSTS="testserver,127.0.0.1,localhost",
    EMAIL_URL="memorymail://",
    STATICFILES_BACKEND="django.contrib.staticfiles.storage.StaticFilesStorage",
    MEDIA_ROOT=os.path.join(tempfile.gettempdir(), "cao-diem-no-media"),  # each test gets a folder of its own
    LOG_LEVEL="WARNING",
)
# mypy's plugin and `makemigrations --check` read these settings without servers.
os.environ.setdefault("DATABASE_URL", "postgres:///no-services")
os.environ.setdefault("REDIS_URL", "unix:///no-services")

from portal.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # static files from their sources, nothing is collected
