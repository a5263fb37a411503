"""A small SMTP server on the loopback: takes mails, or answers 421 while it is in trouble."""

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage


class _Session(socketserver.StreamRequestHandler):
    server: "MailServer"

    def handle(self) -> None:
        if self.server.troubled:
            self.say("421 later")
            return
        self.say("220 ready")
        while line := self.rfile.readline():
            verb = line[:4].strip().upper()
            if verb == b"DATA":
                self.say("354 go on")
                self.server.keep(self.letter())
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            self.say("250 ok")

    def letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    """`with MailServer() as server:` listens on `server.port`; `server.letters` is what arrived."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Session)
        self.port: int = self.server_address[1]
        self.troubled = False
        self.letters: list[EmailMessage] = []
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def keep(self, data: bytes) -> None:
        self.letters.append(message_from_bytes(data, policy=policy.default))  # type: ignore[arg-type]

    def __exit__(self, *args: object) -> None:
        self.shutdown()
        super().__exit__(*args)
