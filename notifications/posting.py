"""One signed POST to another system, to no address inside the house unless the settings allow it."""

import hmac
import http.client
import ipaddress
import socket
import ssl
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from units.permissions import NotAllowed

TIMEOUT = 10  # seconds for each step: connect, send, answer
MOST_ATTEMPTS = 12
LONGEST_PAUSE = timedelta(hours=6)


class Refused(Exception):
    """The address is one that is never asked."""


def pause_after(attempts: int) -> timedelta:
    """1, 2, 4, … minutes, six hours at most."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_PAUSE)


def check_address(url: str) -> None:
    """Raise NotAllowed for what can be seen to be wrong with an address without asking anybody."""
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError as error:
        raise NotAllowed(_("Địa chỉ nhận không đúng.")) from error
    schemes = ("https", "http") if settings.WEBHOOKS_PRIVATE else ("https",)
    if parts.scheme not in schemes or not parts.hostname or parts.username or parts.fragment or port == 0:
        raise NotAllowed(_("Địa chỉ nhận phải bắt đầu bằng https://, không kèm tên đăng nhập."))
    if not url.isascii() or any(sign.isspace() for sign in url):
        raise NotAllowed(_("Địa chỉ nhận chỉ gồm chữ cái không dấu, không có dấu cách."))
    try:
        literal = ipaddress.ip_address(parts.hostname)
    except ValueError:
        return  # a name: what it stands for is looked at each time it is used
    if not is_allowed(str(literal)):
        raise NotAllowed(_("Địa chỉ này nằm trong mạng nội bộ; quản trị máy chủ phải cho phép trước."))


def is_allowed(address: str) -> bool:
    """A public unicast address, or any at all where WEBHOOKS_PRIVATE says so."""
    if settings.WEBHOOKS_PRIVATE:
        return True
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            found = inner
    return found.is_global and not found.is_multicast


def signature(secret: str, body: bytes, at: datetime) -> str:
    """`t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>">`: the receiver refuses old times and other bodies."""
    moment = int(at.timestamp())
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, sha256).hexdigest()
    return f"t={moment},v1={digest}"


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status of the answer; redirects are not followed. Raises Refused, OSError or http.client.HTTPException."""
    parts = urlsplit(url)
    link = _connect(parts)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        link.request("POST", path, body=body, headers=headers)
        return link.getresponse().status
    finally:
        link.close()


def _connect(parts: SplitResult) -> http.client.HTTPConnection:
    """A connection to the very address that was looked at, so that the name cannot mean another one a moment later."""
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(is_allowed(address) for address in found):
        raise Refused(_("Địa chỉ nằm trong mạng nội bộ, không được phép gửi."))
    link = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    plain = socket.create_connection((found[0], port), timeout=TIMEOUT)
    try:
        link.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
    except OSError:
        plain.close()
        raise
    return link
