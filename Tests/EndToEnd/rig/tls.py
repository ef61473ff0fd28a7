"""A certificate authority of our own, and a server certificate for 127.0.0.1 signed by it."""

from dataclasses import dataclass
from pathlib import Path

from .processes import run


@dataclass
class Certificate:
    authority: Path
    certificate: Path
    key: Path


def make(folder: Path) -> Certificate:
    """Writes an authority (`ca.pem`) and a certificate (`server.pem`, `server.key`) good for a week."""
    folder.mkdir(parents=True, exist_ok=True)
    authority, authority_key = folder / "ca.pem", folder / "ca.key"
    certificate, key, request = folder / "server.pem", folder / "server.key", folder / "server.csr"
    extensions = folder / "server.ext"
    elliptic = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    run(
        "openssl", "req", "-x509", *elliptic, "-days", "7", "-subj", "/CN=cognito-login test authority",
        "-keyout", authority_key, "-out", authority, check=True,
    )  # fmt: skip
    run("openssl", "req", *elliptic, "-subj", "/CN=127.0.0.1", "-keyout", key, "-out", request, check=True)
    extensions.write_text(
        "subjectAltName=IP:127.0.0.1,DNS:localhost\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n"
    )
    run(
        "openssl", "x509", "-req", "-days", "7", "-in", request, "-CA", authority, "-CAkey", authority_key,
        "-CAcreateserial", "-extfile", extensions, "-out", certificate, check=True,
    )  # fmt: skip
    authority.chmod(0o644)
    return Certificate(authority, certificate, key)
