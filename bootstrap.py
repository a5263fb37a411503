"""From a bare Python to the project's own environment: .venv, the locked libraries, the few system packages.

Standard library only: this runs before anything is installed. `ensure()` returns when the running interpreter has what
a command needs; otherwise it installs and starts the same command again inside .venv.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin/python"
STAMP = ENVIRONMENT / "installed.sha256"
LOCKS = {"run": ROOT / "requirements-demo.lock", "test": ROOT / "requirements.lock"}
INSTALLER_LOCK = ROOT / "requirements-installer.lock"
OLDEST_PYTHON = (3, 11)

# Libraries of WeasyPrint that no wheel carries: what to load to see that it is there → Debian's and Ubuntu's package.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
# Programs that tests hold ours against → the package that has them.
TEST_PROGRAMS = {
    "chromium": "chromium",
    "pdfsig": "poppler-utils",
    "qpdf": "qpdf",
    "softhsm2-util": "softhsm2",
    "soffice": "libreoffice-writer-nogui",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class SetupError(Exception):
    """The machine lacks something only its owner can add; the text is one line in Vietnamese that says what to do."""


# --- what there is ----------------------------------------------------------------------------------------------------
def is_ordinary_environment() -> bool:
    """Whether Django and the portal's libraries are importable here without any work of ours (container, own venv)."""
    if any(
        importlib.util.find_spec(name) is None for name in ("django", "celery", "psycopg2", "environ", "csp", "axes")
    ):
        return False
    return metadata.version("django").split(".")[:2] == ["5", "2"]


def is_own_environment() -> bool:
    """Whether this interpreter is the one in .venv."""
    return Path(sys.prefix).resolve() == ENVIRONMENT.resolve()


def fingerprint(level: str) -> str:
    """What .venv must hold for a level ("run" or "test"): it changes with the lock and with Python's version."""
    return (
        f"{level} {sys.version_info[0]}.{sys.version_info[1]} {hashlib.sha256(LOCKS[level].read_bytes()).hexdigest()}"
    )


def is_installed(level: str) -> bool:
    """Whether .venv holds at least this level; all that runs is also in the test level."""
    stamps = STAMP.read_text().splitlines() if STAMP.is_file() and PYTHON.exists() else []
    return fingerprint(level) in stamps or fingerprint("test") in stamps


def missing_packages(level: str, *, needs_browser: bool) -> list[str]:
    """System packages this level still needs."""
    missing = [] if importlib.util.find_spec("ensurepip") or PYTHON.exists() else ["python3-venv"]
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    if level == "test" and needs_browser:
        found = {"chromium": any(map(shutil.which, BROWSERS)) or bool(os.environ.get("CHROMIUM"))}
        missing += [pack for name, pack in TEST_PROGRAMS.items() if not found.get(name, shutil.which(name))]
    return missing


# --- adding what is missing -------------------------------------------------------------------------------------------
def say(text: str) -> None:
    print(f"· {text}", file=sys.stderr, flush=True)


def install_packages(packages: list[str]) -> None:
    """Install system packages when root; otherwise raise SetupError with the line to type."""
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetupError(f"Máy còn thiếu gói hệ thống. Hãy chạy: sudo {line}")
    say(f"cài gói hệ thống: {' '.join(packages)}")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], env=quiet)
    run(line.replace("apt-get", "apt-get -qq", 1).split(), env=quiet)


def run(command: list[str], env: dict[str, str] | None = None) -> None:
    """Run a command silently; SetupError with its last words when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=ROOT)
    if done.returncode:
        words = (done.stderr.strip() or done.stdout.strip() or "không rõ lý do").splitlines()[-6:]
        raise SetupError(f"Lệnh không thành công: {' '.join(command[:6])} …\n  " + "\n  ".join(words))


def make_environment() -> None:
    """Create .venv, or make it anew when its interpreter no longer runs."""
    works = PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], capture_output=True).returncode == 0
    if not works:
        say("tạo môi trường Python .venv")
        run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)])


def install_libraries(level: str) -> None:
    """Install the locked libraries, each file checked against its hash: with uv for speed, else with pip."""
    say("cài thư viện theo bản khoá (chỉ lần đầu)")
    pip = [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--require-hashes", "-r"]
    uv = ENVIRONMENT / "bin/uv"
    quick = [str(uv), "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", "-r", str(LOCKS[level])]
    # uv brings its own authorities; an office's proxy is known to the machine's only
    places = (os.environ.get("SSL_CERT_FILE"), os.environ.get("PIP_CERT"), "/etc/ssl/certs/ca-certificates.crt")
    certificates = next((place for place in places if place and Path(place).is_file()), "")
    try:
        if not uv.exists():
            run([*pip, str(INSTALLER_LOCK)])
        run(quick, env=os.environ | ({"SSL_CERT_FILE": certificates} if certificates else {}))
    except SetupError:  # another index or proxy that only pip is set up for
        run([*pip, str(LOCKS[level]), "--no-deps"])  # the lock is whole; Debian 12's pip stumbles over its extras


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two first starts of one project wait for each other."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def install(level: str, packages: list[str]) -> None:
    """Bring .venv to a level while the system packages are installed beside it. Raises SetupError."""
    if "python3-venv" in packages:
        install_packages(packages)
        packages = []
    problems: list[SetupError] = []

    def install_beside() -> None:
        try:
            install_packages(packages)
        except SetupError as problem:
            problems.append(problem)

    beside = threading.Thread(target=install_beside)
    if packages:
        beside.start()
    try:
        with one_at_a_time():
            if not is_installed(level):
                make_environment()
                install_libraries(level)
                STAMP.write_text(fingerprint(level) + "\n")
    finally:
        if packages:
            beside.join()
    if problems:
        raise problems[0]


def ensure(level: str = "run", *, needs_browser: bool = False) -> None:
    """Return with everything importable, or install it and start this command again inside .venv.

    Prints one line and exits 1 when something is missing that only the machine's owner can add.
    """
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("Cao Điểm cần Python 3.11 trở lên.")
    own = is_own_environment()
    ordinary = not own and is_ordinary_environment()
    packages = missing_packages(level, needs_browser=needs_browser) if level == "test" or not ordinary else []
    try:
        if packages and os.geteuid() != 0:
            install_packages(packages)  # says what to type before anything else is done
        if ordinary:
            if packages:
                install_packages(packages)
            return
        if packages or not is_installed(level):
            install(level, packages)
        if not own:
            os.execv(PYTHON, [str(PYTHON), *sys.argv])
    except (SetupError, OSError) as problem:
        sys.exit(str(problem))
