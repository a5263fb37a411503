"""`python3 manage.py demo`: the whole portal on this machine, for trying it.

Web server, two Celery workers and beat on real PostgreSQL and Redis, all below one supervisor. Standard library only;
what needs Django runs in processes of its own.
"""

import argparse
import compileall
import fcntl
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from functools import partial
from hashlib import sha256
from pathlib import Path
from signal import SIGINT, SIGQUIT
from typing import Any

from portal.local import ROOT, WRITTEN, as_portal, data_folder, make_folder, portal_account, variables
from portal.quality import APPS
from portal.services import ServiceError, Services, lock, publish, service_account
from portal.supervisor import Program, Supervisor, starter

ACCOUNTS = {
    "giamdoc": "Giám đốc",
    "phogiamdoc": "Phó Giám đốc",
    "chanhvanphong": "Chánh Văn phòng",
    "vanphong": "Văn phòng (tổng hợp)",
    "truongban": "Trưởng ban chỉ đạo",
    "vanthu": "Văn thư",
    "truongphong": "Trưởng phòng",
    "chuyenvien": "Chuyên viên",
    "bandanvan": "Nơi nhận (Ban Dân vận)",
    "vanphong.bdv": "Văn phòng Ban Dân vận",
    "quantri": "Quản trị",
}
LARGEST_LOG = 10 * 1024 * 1024
FIRST_PAGE = 90  # seconds the web server may take to answer


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="manage.py demo",
        description="Dựng và chạy thử toàn bộ cổng Cao Điểm trên máy này, với PostgreSQL và Redis thật.",
        epilog="Nhấn Ctrl+C để dừng mọi thứ. Dữ liệu được giữ lại cho lần sau; dùng --reset để làm lại từ đầu.",
    )
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="cổng mạng (mặc định 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe (mặc định chỉ máy này: 127.0.0.1)")
    parser.add_argument("--reset", action="store_true", help="xoá dữ liệu thử rồi làm lại từ đầu")
    parser.add_argument("--no-browser-hint", action="store_true", help="không in danh sách tài khoản và lời hướng dẫn")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Run until stopped. Exit 0: stopped as asked, or a demo already runs; 1: cannot, with one line on stderr."""
    options = parse(arguments)
    data = data_folder()
    try:
        make_folder(data)
        return start(options, data)
    except (ServiceError, DemoError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1


class DemoError(Exception):
    """The demo cannot start; the text, in Vietnamese, says why."""


def start(options: argparse.Namespace, data: Path) -> int:
    """Take the locks and the port, then run everything."""
    one_demo = lock(data / "demo.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
    if one_demo is None:
        if options.reset:
            raise DemoError("Bản thử đang chạy; hãy dừng nó (Ctrl+C ở cửa sổ kia) rồi mới --reset.")
        print(f"Bản thử đã chạy sẵn tại {running_address(data)}")
        return 0
    (data / "demo.json").unlink(missing_ok=True)
    servers = lock(data / "services.lock", fcntl.LOCK_EX)  # waits for a command that uses the servers just now
    door = listen_at(options.host, options.port)
    if options.reset:
        reset(data)
    shorten_logs(data / "log")
    given = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
    services = Services(data, addresses=given)
    try:
        return serve(options, data, services, door)
    finally:
        for name in ("services.json", "demo.json"):
            (data / name).unlink(missing_ok=True)
        os.close(one_demo)
        if servers is not None:
            os.close(servers)


def running_address(data: Path) -> str:
    """Where the demo that holds the lock serves, or will."""
    for _ in range(100):
        try:
            return str(json.loads((data / "demo.json").read_text())["url"])
        except (OSError, ValueError):
            time.sleep(0.1)
    return "(đang khởi động)"


def listen_at(host: str, port: int) -> socket.socket:
    """The bound socket that the web server will listen on: nobody else takes the port meanwhile."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        door.close()
        raise DemoError(
            f"Không dùng được cổng {port} của {host} ({error.strerror}): có lẽ chương trình khác đang dùng. "
            f"Chọn cổng khác: python3 manage.py demo --port {port + 1}"
        ) from error
    return door


def reset(data: Path) -> None:
    """Delete what the trial made. A database given by DATABASE_URL is somebody else's and is refused."""
    if os.environ.get("DATABASE_URL"):
        raise DemoError("--reset chỉ xoá dữ liệu do lệnh demo tạo; DATABASE_URL đang trỏ tới cơ sở dữ liệu khác.")
    for name in ("postgres", "postgres.new", *WRITTEN):
        if (data / name).exists():
            shutil.rmtree(data / name)
    (data / "prepared").unlink(missing_ok=True)
    make_folder(data)


def shorten_logs(folder: Path) -> None:
    for log in folder.glob("*.log"):
        if log.stat().st_size > LARGEST_LOG:
            log.unlink()


# --- running ----------------------------------------------------------------------------------------------------------
def serve(options: argparse.Namespace, data: Path, services: Services, door: socket.socket) -> int:
    """Start the servers, prepare the data, run the portal until asked to stop; stop all in order."""
    env = os.environ | variables(data) | {"DJANGO_SETTINGS_MODULE": "portal.settings"}
    port = door.getsockname()[1]
    host = options.host if options.host not in ("0.0.0.0", "::") else "127.0.0.1"
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    env.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]" if options.host == host else "*")
    env.setdefault("SITE_URL", url)
    supervisor = Supervisor([], say=lambda text: print(f"· {text}", flush=True))
    supervisor.listen()
    try:
        env |= services.start_all()
        supervisor.programs += server_programs(services)
        publish(data, services.addresses | {"SITE_URL": env["SITE_URL"]})
        say_who_runs()
        prepare(data, env)
        if supervisor.stopping.is_set():
            return 0
        web, *others = portal_programs(data, env, door)
        supervisor.programs.append(web)
        supervisor.start()
        wait_for_page(supervisor, options.host, port)  # the first page need not wait for the workers
        supervisor.programs += others
        supervisor.start()
        (data / "demo.json").write_text(json.dumps({"url": url, "pid": os.getpid()}))
        if not supervisor.stopping.is_set():
            greet(url, data, env["DEMO_PASSWORD"], is_brief=options.no_browser_hint)
        supervisor.run()
    finally:
        supervisor.stop()
        services.stop()
    print("Đã dừng.", flush=True)
    return 0


def say_who_runs() -> None:
    """A line for root when the portal could not give way to the servers' account."""
    account = service_account()
    if account and not portal_account():
        print(
            f"· cổng chạy bằng root: tài khoản {account.pw_name} không đọc được {ROOT} hoặc {sys.executable} "
            "(đặt dự án ở nơi mọi người đọc được, ví dụ /srv, thì cổng chạy bằng tài khoản đó)",
            flush=True,
        )


def server_programs(services: Services) -> list[Program]:
    """The running PostgreSQL and Redis as programs to watch."""
    return [
        Program(name, partial(services.start, name), stop_signal=SIGINT, patience=20, process=process)
        for name, process in services.processes.items()
    ]


def portal_programs(data: Path, env: dict[str, str], door: socket.socket) -> list[Program]:
    """Web server, workers and beat; they stop in the reverse order."""
    python, log = sys.executable, data / "log"
    program = partial(starter, env=env, cwd=ROOT, account=as_portal())
    celery = [python, "-m", "celery", "-A", "portal.celery"]
    beat = [*celery, "beat", "--loglevel", "WARNING", "--schedule", str(data / "work/beat"), "--pidfile", ""]

    def worker(queue: str) -> Program:
        command = [*celery, "worker", "--queues", queue, "--hostname", f"{queue}@%h", "--concurrency", "1"]
        name = f"worker-{queue}"
        quiet = [*command, "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
        return Program(name, program(quiet, log=log / f"{name}.log"), patience=15)

    descriptor = door.fileno()
    web = [
        python,
        "-m",
        "gunicorn",
        "portal.wsgi",
        "--config",
        str(ROOT / "gunicorn.conf.py"),
        "--bind",
        f"fd://{descriptor}",
    ]
    return [
        Program(
            "web",
            program(web, log=log / "web.log", on_orphan=SIGQUIT, pass_fds=(descriptor,)),
            patience=10,
        ),
        worker("default"),
        worker("pdf"),
        Program("beat", program(beat, log=log / "beat.log"), patience=5),
    ]


def fingerprint(env: dict[str, str]) -> str:
    """Changes when tables, static files, libraries, the demo's data or its password change."""
    sources = [ROOT / "requirements-demo.lock", *ROOT.glob("*/migrations/*.py"), *ROOT.glob("static/**/*")]
    sources += [*ROOT.glob("portal/demo_data/**/*"), *ROOT.glob("portal/management/commands/*.py")]
    states = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(sources) if path.is_file()]
    return sha256(repr((states, env["DEMO_PASSWORD"], env["DATABASE_URL"])).encode()).hexdigest()


def prepare(data: Path, env: dict[str, str]) -> None:
    """Tables, static files and the demonstration organisation; skipped when nothing changed since the last time."""
    mark, now = data / "prepared", fingerprint(env)
    if mark.is_file() and mark.read_text() == now and "DATABASE_URL" not in os.environ:
        return
    print("· chuẩn bị cơ sở dữ liệu và dữ liệu mẫu", flush=True)
    if portal_account():  # it cannot write beside the code: compiled once here, not by each program at each start
        for app in APPS:
            compileall.compile_dir(ROOT / app, quiet=2)
    command = [sys.executable, str(ROOT / "manage.py"), "prepare_demo"]
    quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    done = subprocess.run(command, env=env, cwd=ROOT, **quiet, **as_portal())
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip()
        (data / "log/prepare.log").write_text(words)
        raise DemoError(
            f"{words.splitlines()[-1] if words else 'Không chuẩn bị được dữ liệu'} (xem {data}/log/prepare.log)"
        )
    mark.write_text(now)


def wait_for_page(supervisor: Supervisor, host: str, port: int) -> None:
    """Return when the portal answers; meanwhile the supervisor watches. Raises DemoError when it never does."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    end = time.monotonic() + FIRST_PAGE
    while time.monotonic() < end:
        if supervisor.stopping.wait(0.05):
            return
        supervisor.check()
        connection = http.client.HTTPConnection(target, port, timeout=5)
        try:
            connection.request("GET", "/healthz/ready/", headers={"Host": "127.0.0.1"})
            if connection.getresponse().status == 200:
                return
        except OSError:
            continue
        finally:
            connection.close()
    raise DemoError("Cổng không trả lời; xem nhật ký trong thư mục log của dữ liệu thử.")


def greet(url: str, data: Path, password: str, *, is_brief: bool) -> None:
    """Where to go and who to be."""
    print(f"\nCao Điểm đang chạy tại {url}", flush=True)
    if not is_brief:
        print(f"\nMật khẩu của mọi tài khoản thử: {password}\n")
        for name, post in ACCOUNTS.items():
            print(f"  {name:<14} {post}")
        print(f"\nDữ liệu và nhật ký: {data}\nNhấn Ctrl+C để dừng.", flush=True)
