"""The supervisor as a process of its own, with brains that are fake and data and model in place."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from bot import child
from bot.brains import free_port
from bot.model import fingerprint, mark_fresh
from bot.run import listening_socket
from bot.settings import ROOT, read_settings
from conference.database import insert_or_update, migrate, open_database
from conference.store import meta

SCRIPT = """
import json, sys
from pathlib import Path
from rich.console import Console
from bot.errors import BotError
from bot.run import run
from bot.settings import read_settings
try:
    run(read_settings(root=Path(sys.argv[1])), Console(), brain_command=json.loads(sys.argv[2]))
except BotError as error:
    sys.exit(str(error))
"""
PATIENCE = 30  # seconds: two busy cores start three Pythons in some of them


class Server:
    """A running `ciep run` in a root of its own."""

    def __init__(self, root: Path, *brain: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        environ = {"CIEP_PORT": str(self.port), "PYTHONPATH": str(ROOT), "CIEP_BRAINS": "2"}
        command = [sys.executable, "-c", SCRIPT, str(root), json.dumps(brain)]
        self._output = (root / "output").open("w+")
        self.process = subprocess.Popen(  # noqa: S603  our own words
            command, env={**os.environ, **environ}, stdout=self._output, stderr=self._output
        )

    def output(self) -> str:
        self._output.seek(0)
        return self._output.read()

    def until_ready(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                healthy = httpx.get(f"{self.url}/health").status_code == 200
                if healthy and f"http://localhost:{self.port}/chat/" in self.output():
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        pytest.fail(f"not ready: {self.output()}")

    def say(self, text: str) -> str:
        token = httpx.post(f"{self.url}/chat/session").json()["token"]
        body = {"token": token, "text": text}
        answer = httpx.post(f"{self.url}/chat/messages", json=body, timeout=PATIENCE)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["messages"][0]["text"])

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self._output.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose data and model are there already."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "model.tar.gz").touch()
    mark_fresh(tmp_path / "models", fingerprint(tmp_path))
    engine = open_database(f"sqlite:///{tmp_path}/var/ciep.db")
    migrate(engine)
    with engine.begin() as connection:
        insert_or_update(connection, meta, [{"key": "data_version", "value": "1"}])
    engine.dispose()
    return tmp_path


@pytest.fixture
def server(root: Path) -> Iterator[Server]:
    server = Server(root, *child.command("tests.fake_brain"))
    yield server
    server.end()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_starts_says_where_answers_and_ends_with_all_its_children(
    server: Server, how: signal.Signals
) -> None:
    server.until_ready()
    assert server.say("hello") == "You said: hello"
    children = server.children()
    assert len(children) == 2
    server.process.send_signal(how)
    assert server.process.wait(10) == 0
    assert not psutil.wait_procs(children, timeout=1)[1]
    assert "Traceback" not in server.output()


def test_it_ends_without_a_connection_left_open(
    root: Path, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CIEP_REDIS_URL", redis_url)
    monkeypatch.setenv("PYTHONWARNINGS", "always::ResourceWarning")
    server = Server(root, *child.command("tests.fake_brain"))
    try:
        server.until_ready()
        assert server.say("hello") == "You said: hello"  # counted and locked in Redis
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(10) == 0
        assert "ResourceWarning" not in server.output()
    finally:
        server.end()


def test_a_brain_that_is_killed_comes_back_and_its_turn_is_answered(server: Server) -> None:
    server.until_ready()
    killed = int(server.say("pid"))
    os.kill(killed, signal.SIGKILL)
    assert server.say("hello") == "You said: hello"
    server.until_ready()
    assert killed not in [each.pid for each in server.children()]
    assert len(server.children()) == 2
    assert "The brain ended with SIGKILL and is started again." in server.output()


def test_a_killed_supervisor_leaves_nobody_behind(server: Server) -> None:
    server.until_ready()
    children = server.children()
    server.process.kill()
    assert not psutil.wait_procs(children, timeout=PATIENCE)[1]


def test_a_brain_that_does_not_start_ends_all_with_a_line(root: Path) -> None:
    server = Server(root, sys.executable, "-c", "import sys; sys.exit(9)")
    try:
        assert server.process.wait(PATIENCE) == 1
        assert server.output().splitlines()[-1].startswith("The brain ended 5 times in a row")
        assert "Traceback" not in server.output()
    finally:
        server.end()


def ciep(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """The command itself; its settings must be wrong, for it has the real root."""
    return subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-c", "from bot.cli import main; main()", *arguments],
        env={**os.environ, "CIEP_SECRET": "a secret of the tests", **environ},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_a_taken_port_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = ciep("run", CIEP_PORT=port, CIEP_DATABASE_URL=f"sqlite:///{tmp_path}/x.db")
    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert line.startswith(f"ciep: CIEP_PORT {port} ")
    assert not (tmp_path / "x.db").exists()


def test_an_unknown_host_is_one_line() -> None:
    ended = ciep("run", CIEP_HOST="no.such.host.invalid", CIEP_PORT=str(free_port()))
    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert line.startswith("ciep: CIEP_HOST ")


def test_a_broken_setting_is_one_line() -> None:
    ended = ciep("run", CIEP_CLOCK="noon")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "ciep: CIEP_CLOCK is 'noon', which is not an ISO 8601 time; "
        "write it like 2020-09-08T10:00+08:00.\n"
    )


@pytest.mark.parametrize("url", ["sqlite:///{}/broken.db", "postgresql://me:hunter2@127.0.0.1:1/x"])
def test_a_broken_database_is_one_line(tmp_path: Path, url: str) -> None:
    (tmp_path / "broken.db").write_text("this is no database, and long enough to be sure of it")
    ended = ciep("run", CIEP_DATABASE_URL=url.format(tmp_path), CIEP_PORT=str(free_port()))
    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert line.startswith("ciep: CIEP_DATABASE_URL cannot be used: ")
    assert "hunter2" not in line


def test_answers_are_sent_at_once(tmp_path: Path) -> None:
    settings = read_settings({"CIEP_PORT": str(free_port())}, root=tmp_path)
    with listening_socket(settings) as listening:
        with socket.create_connection(listening.getsockname()) as client:
            accepted, _ = listening.accept()
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        accepted.close()
        client.close()
