"""What a machine without configuration uses: one private data folder with keys, files and servers.

Standard library only. Every variable that the environment already gives is left as it is.
"""

import contextlib
import fcntl
import json
import os
import pwd
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from portal.services import credentials, lock, service_account

ROOT = Path(__file__).resolve().parent.parent
READABLE = "abcdefghkmnpqrstuvwxyz23456789"  # no letters that look like others
WRITTEN = ("media", "mail", "keys", "static", "log", "work")  # what the portal's own programs write to
# Commands that never open the database; everything else gets one.
WITHOUT_DATABASE = {
    "", "help", "check", "version", "--version", "--help", "-h", "diffsettings", "read_plan", "extract_citations",
    "makemessages", "compilemessages", "collectstatic", "findstatic", "startapp",
}  # fmt: skip


def data_folder() -> Path:
    """`.cao-diem` in the project, or a folder under /var/lib where root's servers could not reach that one."""
    if given := os.environ.get("CAO_DIEM_DATA"):
        return Path(given).resolve()
    if service_account():
        reaches = subprocess.run(["test", "-x", ROOT], cwd="/", **credentials()).returncode == 0
        if not reaches:
            return Path(f"/var/lib/cao-diem-{sha256(os.fsencode(ROOT)).hexdigest()[:8]}")
    return ROOT / ".cao-diem"


def make_folder(data: Path) -> None:
    """Make the data folder: others may pass through it only where root's servers run as another account."""
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o711 if service_account() else 0o700)
    for name in WRITTEN:
        (data / name).mkdir(mode=0o700, exist_ok=True)
    hand_over(data)


@cache
def portal_account() -> pwd.struct_passwd | None:
    """The account that runs the portal's programs for root: the servers' own, if it can read project and Python.

    None where the caller's own account runs them: nobody's business but the caller's, or root in a private folder.
    """
    account = service_account()
    if account is None:
        return None
    try:
        tried = subprocess.run(
            [sys.executable, "-c", "import django; open('manage.py').close()"], cwd=ROOT, capture_output=True,
            **credentials(),
        )  # fmt: skip
    except OSError:
        return None
    return account if tried.returncode == 0 else None


def as_portal() -> dict[str, Any]:
    """Arguments for `subprocess` that start a program as the account of the portal."""
    return credentials() if portal_account() else {}


def hand_over(data: Path) -> None:
    """As root: give the portal's account what it writes to, with what a command of root left there."""
    account = portal_account()
    if account is None:
        return
    for name in WRITTEN:
        for folder, _folders, files in os.walk(data / name):
            for path in (folder, *(os.path.join(folder, file) for file in files)):
                if os.lstat(path).st_uid != account.pw_uid:
                    os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


def kept_secret(path: Path, length: int) -> str:
    """A random word made once and kept in `path`, readable by its owner alone."""
    with contextlib.suppress(FileNotFoundError):
        return path.read_text().strip()
    word = "".join(secrets.choice(READABLE) for _ in range(length))
    with (
        contextlib.suppress(FileExistsError),
        open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new,
    ):
        new.write(f"{word}\n")
        return word
    return path.read_text().strip()


def variables(data: Path) -> dict[str, str]:
    """The portal's environment on this machine, less the servers' addresses; what is set already wins."""
    own = {
        "SECRET_KEY": kept_secret(data / "secret_key", 60),
        "DEMO_PASSWORD": kept_secret(data / "demo_password", 14),
        "HTTPS": "0",
        "EMAIL_URL": "filemail://",
        "EMAIL_FILE_PATH": str(data / "mail"),
        "MEDIA_ROOT": str(data / "media"),
        "KEYS_DIR": str(data / "keys"),
        "TRUST_ROOTS": str(data / "keys" / "root.pem"),
        "STATIC_ROOT": str(data / "static"),
        # names with hashes as in production, but not compressed: that would take half of the first start
        "STATICFILES_BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
        "PYTHONUTF8": "1",
    }
    if portal_account():
        own["HOME"] = str(data / "work")
        return {name: os.environ.get(name) or value for name, value in own.items()} | {"HOME": own["HOME"]}
    return {name: os.environ.get(name) or value for name, value in own.items()}


@contextlib.contextmanager
def services_for(command: str, *, is_help: bool = False) -> Iterator[None]:
    """Give one management command its settings and servers, for as long as the block runs.

    Nothing happens where DATABASE_URL is set: there the environment is somebody's own. Exits 1 with one line when a
    server cannot be had.
    """
    if os.environ.get("DATABASE_URL"):
        yield
        return
    data = data_folder()
    make_folder(data)
    os.environ.update(variables(data))
    if is_help or command in WITHOUT_DATABASE:
        os.environ.setdefault("DATABASE_URL", "postgres:///not-needed")
        os.environ.setdefault("REDIS_URL", "unix:///not-needed")
        yield
        return
    own_site = {name: value for name, value in os.environ.items() if name == "SITE_URL"}
    with borrowed(data) as addresses:
        os.environ.update(addresses | own_site)  # the running demo's own address stands in what a command sends
        try:
            yield
        finally:
            hand_over(data)


@contextlib.contextmanager
def borrowed(data: Path) -> Iterator[dict[str, str]]:
    """The addresses of the data folder's servers: the running ones, or a keeper's started for this block.

    A keeper stays until the last command that borrowed from it has ended (they share the lock `users`).
    """
    users = os.open(data / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(users, fcntl.LOCK_SH)
    keeper = None
    try:
        while not (addresses := running(data)):
            keeper, addresses = start_keeper(data)
            if addresses:
                break
        yield addresses
    finally:
        os.close(users)
        if keeper:
            assert keeper.stdin is not None
            keeper.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):  # others may still use it
                keeper.wait(5)


def start_keeper(data: Path) -> tuple[subprocess.Popen[bytes], dict[str, str]]:
    """A new keeper and its servers' addresses; {} when another process just began to hold them."""
    script = str(ROOT / "portal/services.py")
    keeper = subprocess.Popen(
        [sys.executable, script, "keep", str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert keeper.stdout is not None
    answer = json.loads(keeper.stdout.readline() or '{"problem": "Không khởi động được PostgreSQL và Redis."}')
    if "problem" in answer:
        sys.exit(answer["problem"])
    return keeper, {} if answer.get("is_taken") else answer


def running(data: Path) -> dict[str, str]:
    """The addresses of servers that run for this data folder now; waits while they start. {} when none run."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        held = lock(data / "services.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
        if held is not None:
            os.close(held)
            return {}
        with contextlib.suppress(OSError, ValueError):
            return dict(json.loads((data / "services.json").read_text()))
        time.sleep(0.1)
    return {}
