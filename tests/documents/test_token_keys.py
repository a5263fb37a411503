"""Signing with a key in a PKCS#11 token: SoftHSM, a real module."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pkcs11
import pytest
from asn1crypto import keys as asn1_keys
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11.util.rsa import decode_rsa_private_key

from documents import ways
from documents.models import WayOfSigning
from documents.revisions import OFFICER_FIELD, SEAL_FIELD
from documents.signing import fill_number
from documents.signing_keys import KeyUnavailable
from documents.token_keys import TokenKey
from documents.verification import examine
from tests.documents import compositions
from tests.documents.signatures import AT, authority, key, roots, steps

MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
PIN = "1234"


@pytest.fixture(scope="module")
def token(tmp_path_factory: Any) -> Iterator[str]:
    """A token with the director's key and the seal's; gives the module's path."""
    module = next((path for path in MODULES if Path(path).is_file()), None)
    if module is None or not shutil.which("softhsm2-util"):
        pytest.fail("Chưa có SoftHSM: apt-get install softhsm2", pytrace=False)
    folder = tmp_path_factory.mktemp("token")
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}\nlog.level = ERROR\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        command = ["softhsm2-util", "--init-token", "--free", "--label", "cao-diem", "--pin", PIN, "--so-pin", "5678"]
        subprocess.run(command, check=True, capture_output=True, env=os.environ)
        _put_keys(module)
        yield module


def _put_keys(module: str) -> None:
    found = pkcs11.lib(module).get_token(token_label="cao-diem")
    with found.open(rw=True, user_pin=PIN) as session:
        for who in ("director", "seal"):
            der = key(who).private_key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
            parts = decode_rsa_private_key(asn1_keys.RSAPrivateKey.load(der).dump())
            session.create_object(
                parts
                | {
                    pkcs11.Attribute.TOKEN: True,
                    pkcs11.Attribute.LABEL: who,
                    pkcs11.Attribute.ID: secrets.token_bytes(4),
                    pkcs11.Attribute.SIGN: True,
                }
            )


@pytest.fixture
def configured(token: str, settings: Any) -> None:
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN, settings.PKCS11_PIN = token, "cao-diem", PIN
    settings.TRUST_ROOTS = [authority().root]


def token_key(who: str, label: str = "") -> TokenKey:
    held = key(who)
    return TokenKey(held.certificate, held.chain, held.appearance, label or who)


@pytest.mark.usefixtures("configured")
def test_director_and_seal_sign_with_the_token() -> None:
    officer = ways.WithKey(token_key("director"), WayOfSigning.TOKEN).signed(steps().prepared, OFFICER_FIELD, at=AT)
    numbered = fill_number(officer.bytes, compositions.head(compositions.NUMBER, compositions.DAY))
    sealed = ways.WithKey(token_key("seal"), WayOfSigning.TOKEN).signed(numbered, SEAL_FIELD, at=AT)
    found = examine(sealed.bytes, roots(), at=AT)
    assert (found.is_good, sealed.way) == (True, WayOfSigning.TOKEN)
    assert [each.fingerprint for each in found.signatures] == [key("director").fingerprint, key("seal").fingerprint]


@pytest.mark.usefixtures("configured")
def test_a_key_that_does_not_belong_to_the_certificate_signs_nothing() -> None:
    from documents.signing_keys import SigningError

    with pytest.raises(SigningError):
        ways.WithKey(token_key("director", "seal")).signed(steps().prepared, OFFICER_FIELD, at=AT)


@pytest.mark.usefixtures("configured")
def test_an_unknown_label_is_said() -> None:
    with pytest.raises(KeyUnavailable, match="Thiết bị khóa không ký được"):
        ways.WithKey(token_key("director", "nobody")).signed(steps().prepared, OFFICER_FIELD, at=AT)


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(("setting", "value"), [("PKCS11_PIN", "0000"), ("PKCS11_TOKEN", "other")])
def test_a_wrong_pin_or_token_is_said(settings: Any, setting: str, value: str) -> None:
    setattr(settings, setting, value)
    with pytest.raises(KeyUnavailable, match="Không mở được thiết bị khóa"):
        ways.WithKey(token_key("director")).signed(steps().prepared, OFFICER_FIELD, at=AT)


def test_without_a_module_the_key_is_not_available(settings: Any) -> None:
    settings.TRUST_ROOTS = [authority().root]
    with pytest.raises(KeyUnavailable, match="PKCS11_MODULE"):
        ways.WithKey(token_key("director")).signed(steps().prepared, OFFICER_FIELD, at=AT)
