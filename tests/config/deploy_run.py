"""The recipe in a folder of a test's own: nginx with TLS, granian, worker, Redis, PostgreSQL.

Configuration and commands are those of deploy/, filled for free ports; only systemd is missing.
"""

import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from config.run.processes import die_with_parent, wait_until
from tests.config.clusters import UNWANTED, Cluster, manage, running_cluster, with_tables
from tests.config.deploy_files import command_of, rendered, write
from tests.services import NGINX, REDIS
from tests.stack import ROOT, free_port

HOST = "thi.tinh.example"
PATIENCE = 40
NGINX_CONF = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx-start.log;
{user}
{modules}
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""
MODULE = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


@dataclass
class Answer:
    """What came back over https."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Site:
    """The running recipe and a browser's jar of cookies."""

    folder: Path
    port: int
    plain_port: int
    environment: dict[str, str]
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return f"https://{HOST}:{self.port}"

    def ask(
        self,
        path: str,
        data: Mapping[str, str] | bytes | None = None,
        *,
        host: str = HOST,
        **headers: str,
    ) -> Answer:
        """One request over TLS, the certificate checked; cookies are kept."""
        connection = _Connection(self, host)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        headers["Host"] = f"{host}:{self.port}"
        body = data if isinstance(data, bytes) or data is None else urlencode(data).encode()
        if body is not None:
            headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        connection.request("GET" if body is None else "POST", path, body=body, headers=headers)
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return Answer(answer.status, answer.headers, answer.read())

    def start(self, name: str, command: list[str]) -> None:
        """Run one of the recipe's commands."""
        kept = {key: value for key, value in os.environ.items() if key not in UNWANTED}
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=kept | self.environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                preexec_fn=die_with_parent,  # noqa: PLW1509  (one system call)
            )

    def kill(self, name: str) -> None:
        """As `kill -9` does; whoever looks after it in production is the test."""
        process = self.processes.pop(name)
        process.kill()
        process.wait(PATIENCE)

    def stop_all(self) -> None:
        for name in list(self.processes):
            self.stop(name)

    def stop(self, name: str) -> None:
        process = self.processes.pop(name)
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)

    def start_web(self, application: str = "config.wsgi:application") -> None:
        """The web processes, or another application in their place."""
        unit = rendered("systemd/minhthi-web.service", **self._unit_values())
        command = command_of(unit)
        assert command[-1] == "config.wsgi:application"
        self.start("web", [*self._here(command[:-1]), application])
        port = int(self.environment["WEB_PORT"])
        assert wait_until(lambda: _listens(port), seconds=PATIENCE), self.log("web")

    def start_worker(self, *before: str) -> None:
        """The worker; `before` it a program that gives it other surroundings."""
        unit = rendered("systemd/minhthi-worker@.service", **self._unit_values())
        self.start("worker", [*before, *self._here(command_of(unit))])

    def start_beat(self) -> None:
        unit = rendered("systemd/minhthi-beat.service", **self._unit_values())
        self.start("beat", self._here(command_of(unit)))

    def start_redis(self) -> None:
        port = int(self.environment["REDIS_URL"].rpartition(":")[2].removesuffix("/0"))
        options = ("--bind", "127.0.0.1", "--port", str(port), "--save", "")
        self.start("redis", [REDIS.required(), *options, "--dir", str(self.folder)])
        assert wait_until(lambda: _listens(port), seconds=PATIENCE)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def _unit_values(self) -> dict[str, str]:
        values = {"CONFIG_DIR": str(self.folder), "WEB_WORKERS": "2"}
        return values | {"WEB_PORT": self.environment["WEB_PORT"]}

    @staticmethod
    def _here(command: list[str]) -> list[str]:
        assert command[0] == f"{ROOT}/.venv/bin/python"
        return [sys.executable, *command[1:]]


class _Connection(http.client.HTTPSConnection):
    """To this machine, whatever the name; the certificate must be for that name."""

    def __init__(self, site: Site, host: str) -> None:
        context = ssl.create_default_context(cafile=str(site.folder / "tls.pem"))
        super().__init__(host, site.port, timeout=PATIENCE, context=context)

    def connect(self) -> None:
        plain = socket.create_connection(("127.0.0.1", self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running_site(prepared_var_dir: Path, folder: Path) -> Iterator[Site]:
    """Everything of the recipe, started in its order and stopped again."""
    var_dir = with_tables(prepared_var_dir, folder / "var")
    with ExitStack() as stack:
        cluster = stack.enter_context(running_cluster(var_dir))
        site = new_site(folder, cluster, var_dir)
        stack.callback(site.stop_all)
        manage("prepare", **site.environment)
        _make_certificate(folder)
        site.start_redis()
        site.start_web()
        site.start_worker()
        _start_nginx(site)
        yield site


def new_site(folder: Path, cluster: Cluster, var_dir: Path) -> Site:
    """The recipe's settings over this database, nothing started yet."""
    site = Site(folder, free_port(), free_port(), _environment(cluster, var_dir))
    site.environment |= {"SITE_ORIGIN": site.origin, "WEB_PORT": str(free_port())}
    return site


def _environment(cluster: Cluster, var_dir: Path) -> dict[str, str]:
    """deploy/minhthi.env, read as systemd reads it; ports and addresses follow."""
    text = rendered(
        "minhthi.env",
        ORIGIN="",
        HOST=HOST,
        DATABASE_URL=cluster.url,
        REDIS_URL=f"redis://127.0.0.1:{free_port()}/0",
        VAR_DIR=str(var_dir),
        STATIC_ROOT=str(var_dir / "static"),
        BACKUP_DIR=str(var_dir / "backups"),
        **{name: os.urandom(24).hex() for name in ("SECRET_KEY", "FIELD_KEY", "TOKEN_KEY")},
    )
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def _make_certificate(folder: Path) -> None:
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"),
            *("-keyout", str(folder / "tls.key"), "-out", str(folder / "tls.pem")),
        ],
        check=True,
        capture_output=True,
    )


def _start_nginx(site: Site) -> None:
    folder = site.folder
    write(folder / "nginx-proxy.inc", rendered("nginx/proxy.conf"))
    files = rendered("nginx/files.conf", VAR_DIR=site.environment["VAR_DIR"])
    write(folder / "nginx-files.inc", files)
    site_conf = rendered(
        "nginx/minhthi.conf",
        HOST=HOST,
        ORIGIN=site.origin,
        LISTEN_HTTP=f"listen 127.0.0.1:{site.plain_port};",
        LISTEN_HTTPS=f"listen 127.0.0.1:{site.port} ssl http2;",
        WEB_ADDRESS=f"127.0.0.1:{site.environment['WEB_PORT']}",
        STATIC_ROOT=site.environment["STATIC_ROOT"],
        ACME_ROOT=str(folder / "acme"),
        CONFIG_DIR=str(folder),
        TLS_CERTIFICATE=str(folder / "tls.pem"),
        TLS_KEY=str(folder / "tls.key"),
        LOG_DIR=str(folder),
        BROTLI_STATIC="brotli_static on;" if MODULE.exists() else "",
    )
    write(folder / "site.conf", site_conf)
    modules = f"load_module {MODULE};" if MODULE.exists() else ""
    user = "user root;" if os.geteuid() == 0 else ""
    conf = NGINX_CONF.format(folder=folder, modules=modules, user=user)
    write(folder / "nginx.conf", conf)
    site.start("nginx", [NGINX.required(), "-c", str(folder / "nginx.conf")])
    assert wait_until(lambda: _listens(site.port), seconds=PATIENCE), site.log("nginx")


def echo(environ: dict, start_response) -> list[bytes]:
    """In the web processes' place: whom it takes the request to come from."""
    from config.proxies import settle_client

    settle_client(environ)
    start_response("200 OK", [("Content-Type", "text/plain")])
    names = ("REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_HOST")
    return ["\n".join(str(environ.get(name)) for name in names).encode()]
