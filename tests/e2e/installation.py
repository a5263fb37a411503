"""A whole installation beside the tests, its parts run as the demo runs them: servers, web, workers, beat."""

import http.cookiejar
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

import psycopg2

from portal.demo import listen_at, portal_programs
from portal.local import ROOT, as_portal, make_folder, variables
from portal.services import Services
from portal.supervisor import Program
from tests.stages import PASSWORD


class Installation:
    """The running parts by name; nothing restarts what a test stops."""

    def __init__(self, data: Path) -> None:
        make_folder(data)
        data.chmod(0o755)
        self.services = Services(data)
        places = {
            "EMAIL_FILE_PATH": data / "mail", "MEDIA_ROOT": data / "media", "KEYS_DIR": data / "keys",
            "TRUST_ROOTS": data / "keys/root.pem", "STATIC_ROOT": data / "static",
        }  # fmt: skip
        self.env = os.environ | variables(data) | {name: str(place) for name, place in places.items()}
        self.env |= {"DEMO_PASSWORD": PASSWORD, "DJANGO_SETTINGS_MODULE": "portal.settings", "EMAIL_URL": "filemail://"}
        self.env |= self.services.start_all()
        self.env["STATICFILES_BACKEND"] = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"  # as the demo
        self._run("prepare_demo")
        self.door = listen_at("127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        self.programs = {each.name: each for each in portal_programs(data, self.env, self.door)}
        for program in self.programs.values():
            program.launch()

    def _run(self, *command: str) -> None:
        subprocess.run([sys.executable, str(ROOT / "manage.py"), *command], env=self.env, cwd=ROOT, check=True,
                       stdout=subprocess.DEVNULL, **as_portal())  # fmt: skip

    def stop(self) -> None:
        """Everything, in reverse order."""
        for program in reversed(self.programs.values()):
            program.stop()
        self.door.close()
        self.services.stop()

    # --- faults -------------------------------------------------------------------------------------------------------
    def kill(self, name: str) -> None:
        """The program and its children die at once, as in a power cut."""
        program: Program = self.programs[name]
        assert program.process is not None
        program.process.kill()
        program.process.wait()
        program.clear_up()

    def start(self, name: str) -> None:
        self.programs[name].launch()

    def stop_server(self, name: str) -> None:
        """PostgreSQL or Redis ends at once, without finishing what it does."""
        process = self.services.processes.pop(name)
        process.send_signal(signal.SIGQUIT if name == "postgres" else signal.SIGKILL)
        process.wait()

    def start_server(self, name: str) -> None:
        """The server again, on the same socket and data; returns when it answers."""
        self.services.start(name)
        end = time.monotonic() + 30
        while not self.services.is_ready(name):
            assert time.monotonic() < end, f"{name} did not come back"
            time.sleep(0.05)

    # --- looking ------------------------------------------------------------------------------------------------------
    def connect(self) -> Any:
        """A connection of one's own to the database."""
        parts = urllib.parse.urlsplit(self.env["DATABASE_URL"])
        folder, _slash, name = parts.path.strip("/").rpartition("/")
        return psycopg2.connect(host=f"/{folder}", user=parts.username, dbname=name)

    def ask(self, statement: str, *values: Any) -> Any:
        """The first value that a query finds; None when it finds nothing."""
        connection = self.connect()
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement, values)
                row = cursor.fetchone()
                return row[0] if row else None
        finally:
            connection.close()

    def person(self, account: str) -> "Person":
        return Person(self.url, account)


class Person:
    """An account at a browser without scripts: follows redirects, keeps cookies, measures how long an answer took."""

    def __init__(self, url: str, account: str) -> None:
        self.url = url
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.seconds = 0.0
        wait_for(lambda: self._answers(), 30)
        self.get("/dang-nhap/")
        assert 'action="/dang-xuat/"' in self.post("/dang-nhap/", username=account, password=PASSWORD)

    def _answers(self) -> bool:
        try:
            return "csrfmiddlewaretoken" in self.get("/dang-nhap/")
        except OSError:
            return False

    def get(self, path: str) -> str:
        """The page's text."""
        return self._open(urllib.request.Request(self.url + path))

    def post(self, path: str, **fields: str) -> str:
        """Send a form of the page that was read last; the text of the page it leads to."""
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token} | fields).encode()
        return self._open(urllib.request.Request(self.url + path, data, {"Referer": self.url + path}))

    def _open(self, request: urllib.request.Request) -> str:
        began = time.monotonic()
        with self.opener.open(request, timeout=30) as answer:
            text: str = answer.read().decode()
        self.seconds = time.monotonic() - began
        if found := re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text):
            self.token = found[1]
        return text


def wait_for(condition: Any, seconds: float) -> float:
    """How long it took until the condition held; fails when it did not in time."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() < began + seconds, f"did not happen within {seconds} s"
        time.sleep(0.1)
    return time.monotonic() - began
