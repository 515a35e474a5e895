# SPDX-License-Identifier: MIT
"""Starting the service on this machine, and stopping it, also when it does not want to."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from trigpoint_web.demonstration import serving
from trigpoint_web.demonstration.serving import Address, find_port, serve, work

SLEEPS = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def test_a_port_that_is_taken_is_refused_and_any_free_one_is_found():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(OSError, match="in use"):
            find_port(port)
        assert find_port(None) != port


def test_a_free_port_is_given_as_asked_for():
    port = find_port(None)

    assert find_port(port) == port
    assert str(Address(port)) == f"http://localhost:{port}"


def test_a_server_that_stops_as_it_starts_is_told(tmp_path):
    log = tmp_path / "service.log"
    broken = {**os.environ, "DJANGO_SETTINGS_MODULE": "no.such.settings"}

    with (
        pytest.raises(RuntimeError, match="stopped as it started"),
        serve(Address(find_port(None)), log=log, environment=broken),
    ):
        pass

    assert "no.such" in log.read_text(encoding="utf-8").replace("'", "") or log.stat().st_size > 0


def test_a_server_that_does_not_answer_in_time_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(serving, "LONGEST_START", 0.0)

    with (
        pytest.raises(RuntimeError, match="did not answer within 0 s"),
        serve(Address(find_port(None)), log=tmp_path / "service.log"),
    ):
        pass


def test_a_process_that_ignores_the_gentle_stop_is_killed(monkeypatch):
    monkeypatch.setattr(serving, "_GENTLE_STOP", 0.2)
    process = subprocess.Popen([sys.executable, "-c", SLEEPS], stdout=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"

    serving._stop(process)

    assert process.poll() == -9
    process.stdout.close()


def test_a_worker_runs_until_it_is_stopped(tmp_path):
    with work(log=tmp_path / "worker.log", environment={**os.environ, "DJANGO_SETTINGS_MODULE": "no.such"}) as worker:
        assert worker.wait(timeout=60) != 0

    assert (tmp_path / "worker.log").stat().st_size > 0


@pytest.mark.parametrize(("has_both", "binds"), [(True, 2), (False, 1)])
def test_it_listens_to_this_machine_alone_in_as_many_ways_as_the_machine_has(monkeypatch, has_both, binds):
    monkeypatch.setattr(socket, "has_dualstack_ipv6", lambda: has_both)

    options = serving._server_options(Address(8000), 2)

    assert options.count("--bind") == binds
    assert "127.0.0.1:8000" in options
    assert ("[::1]:8000" in options) == has_both
