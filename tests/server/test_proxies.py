"""The example settings of proxies in docs/proxies, each before a site of its own."""

from __future__ import annotations

import datetime
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import websockets.sync.client
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.benchmarks.served import find_port
from tests.server.test_operation import run_site

pytestmark = pytest.mark.slow
EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "proxies"
NAME = "stats.example.org"
OTHER = "203.0.113.77"


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that answers for `NAME` at a port of this machine."""

    port: int
    trust: ssl.SSLContext

    def get(self, path: str, **headers: str) -> httpx.Response:
        with httpx.Client(verify=self.trust, timeout=60) as client:
            return client.get(
                f"https://127.0.0.1:{self.port}{path}",
                headers={"Host": NAME, **headers},
                extensions={"sni_hostname": NAME},
            )

    def open_page(self, **headers: str) -> websockets.sync.client.ClientConnection:
        return websockets.sync.client.connect(
            f"wss://{NAME}/_stcore/stream",
            sock=socket.create_connection(("127.0.0.1", self.port), timeout=60),
            server_hostname=NAME,
            ssl=self.trust,
            subprotocols=[websockets.Subprotocol("streamlit")],
            additional_headers=headers,
            open_timeout=60,
        )


def write_certificate(home: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = home / "site.pem", home / "site.key"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


def replace_all(text: str, changes: dict[str, str]) -> str:
    """Every change has to find its text: the example is tested as it is printed."""
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    return text


def write_nginx(home: Path, port: int, site_port: int, files: tuple[Path, Path]) -> list[str]:
    changes = {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "/etc/ssl/certs/stats.example.org.pem": str(files[0]),
        "/etc/ssl/private/stats.example.org.key": str(files[1]),
        "127.0.0.1:8501": f"127.0.0.1:{site_port}",
    }
    text = replace_all((EXAMPLES / "nginx.conf").read_text(encoding="utf-8"), changes)
    temporary = "".join(
        f"{kind}_temp_path {home}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = home / "nginx.conf"
    main.write_text(
        f"daemon off;\npid {home}/pid;\nerror_log {home}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{text}}}\n",
        encoding="utf-8",
    )
    return ["nginx", "-p", str(home), "-c", str(main)]


def write_caddy(home: Path, port: int, site_port: int, files: tuple[Path, Path]) -> list[str]:
    changes = {
        "{\n\tservers": "{\n\tadmin off\n\tauto_https off\n\tservers",
        "\nstats.example.org {": f"\nhttps://{NAME}:{port} {{\n\ttls {files[0]} {files[1]}",
        "127.0.0.1:8501": f"127.0.0.1:{site_port}",
    }
    file = home / "Caddyfile"
    text = (EXAMPLES / "Caddyfile").read_text(encoding="utf-8")
    file.write_text(replace_all(text, changes), encoding="utf-8")
    return ["caddy", "run", "--config", str(file), "--adapter", "caddyfile"]


WRITERS = {"nginx": write_nginx, "caddy": write_caddy}


@contextmanager
def run_proxy(program: str, home: Path, site_port: int) -> Iterator[Proxy]:
    port, files = find_port(), write_certificate(home)
    command = WRITERS[program](home, port, site_port, files)
    with (home / "log").open("wb") as lines:
        process = subprocess.Popen(command, stdout=lines, stderr=subprocess.STDOUT)
    proxy = Proxy(port, ssl.create_default_context(cafile=str(files[0])))
    try:
        await_proxy(proxy, process, home / "log")
        yield proxy
    finally:
        process.terminate()
        process.wait(timeout=60)


def await_proxy(proxy: Proxy, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if process.poll() is not None:
            break
        try:
            if proxy.get("/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.25)
    pytest.fail(f"the proxy did not answer:\n{log.read_text()}")


@pytest.fixture(scope="module", params=sorted(WRITERS))
def proxy(
    request: pytest.FixtureRequest, warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    if shutil.which(request.param) is None:
        pytest.skip(f"apt-get install {request.param}")
    home = tmp_path_factory.mktemp(request.param)
    with (
        run_site(warehouse.parents[1], home / "site.log") as site,
        run_proxy(request.param, home, site.port) as proxy,
    ):
        yield proxy


def test_a_page_knows_its_host_and_scheme(proxy: Proxy) -> None:
    answer = proxy.get("/robots.txt", **{"X-Forwarded-Proto": "http"})
    assert f"Sitemap: https://{NAME}/sitemap.xml" in answer.text
    assert "strict-transport-security" in answer.headers


def test_a_client_has_eight_live_pages_whatever_it_claims(proxy: Proxy) -> None:
    with ExitStack() as pages:
        for number in range(8):
            claim = f"203.0.113.{number}"
            pages.enter_context(proxy.open_page(**{"X-Forwarded-For": claim}))
        with pytest.raises(websockets.InvalidStatus) as refusal:
            proxy.open_page(**{"X-Forwarded-For": OTHER})
        assert refusal.value.response.status_code == 403
        assert proxy.get("/live/seat", **{"X-Forwarded-For": OTHER}).status_code == 503
        assert proxy.get("/trends").status_code == 200


def test_headers_that_never_end_are_cut_off(proxy: Proxy) -> None:
    with (
        socket.create_connection(("127.0.0.1", proxy.port), timeout=60) as plain,
        proxy.trust.wrap_socket(plain, server_hostname=NAME) as connection,
    ):
        connection.sendall(b"GET / HTTP/1.1\r\nHost: stats.example.org\r\nX-A: ")
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    assert received == b"" or received.startswith(b"HTTP/1.1 408")
