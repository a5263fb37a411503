"""A stand-in for VGCA Sign Service: the same messages over the same kind of connection, a key file for a token.

One WebSocket for each act, at wss://127.0.0.1:8987/<act>: a JSON text comes, the file is fetched from its FileName,
signed, delivered to its FileUploadHandler as the part "uploadfile" of a form, and a JSON text goes back: Status 0 done,
1 failed with Message, 11 given up by the officer.
"""

import asyncio
import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from threading import Event, Thread
from typing import Any

from aiohttp import ClientSession, FormData, WSMsgType, web
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

PORT = 8987
GIVEN_UP = 11
Token = Callable[[bytes, str], bytes | None]
"""Signs a file for an act ("SignApproved", "SignIssued"); None when the officer gives up."""


def _certificate(folder: Path) -> ssl.SSLContext:
    """The agent's own certificate, as it makes one at its installation."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = (
        builder.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    )
    builder = builder.add_extension(
        x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
    )
    path = folder / "agent.pem"
    made = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()) + made)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


async def _act(token: Token, act: str, text: str) -> dict[str, Any]:
    """Fetch, sign, deliver; the agent's answer."""
    message = json.loads(text)
    async with ClientSession() as session:
        async with session.get(message["FileName"]) as answer:
            if answer.status != 200:
                return {"Status": 1, "Message": f"Không tải được tệp (HTTP {answer.status}).", "FileServer": ""}
            data = await answer.read()
        signed = await asyncio.to_thread(token, data, act)
        if signed is None:
            return {"Status": GIVEN_UP, "Message": "Người dùng đã huỷ.", "FileServer": ""}
        form = FormData()
        form.add_field("uploadfile", signed, filename="signed.pdf", content_type="application/pdf")
        async with session.post(message["FileUploadHandler"], data=form) as answer:
            taken = await answer.json()
    status = 0 if taken["Status"] is True else 1
    return {
        "Status": status,
        "Message": taken["Message"],
        "FileName": taken["FileName"],
        "FileServer": taken["FileServer"],
    }


@contextmanager
def running_agent(token: Token, folder: Path) -> Iterator[list[str]]:
    """The agent on this machine; gives the acts it was asked for."""
    acts: list[str] = []
    ready, over = Event(), Event()

    async def converse(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                acts.append(request.match_info["act"])
                await socket.send_str(json.dumps(await _act(token, request.match_info["act"], message.data)))
        return socket

    async def serve() -> None:
        app = web.Application()
        app.router.add_get("/{act}", converse)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", PORT, ssl_context=_certificate(folder)).start()
        ready.set()
        while not over.is_set():
            await asyncio.sleep(0.05)
        await runner.cleanup()

    thread = Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(10), "the stand-in agent did not start"
    yield acts
    over.set()
    thread.join(10)
