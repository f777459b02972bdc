#!/usr/bin/python3
"""How the server ends while it is asked, and what it tells the service manager."""
import http.client
import os
import signal
import socket
import threading
from contextlib import contextmanager
from pathlib import Path

from department import Answer, Department, eventually, password_of, run_tests

N_REQUESTS = 8


def has_read_all(it):
    """Whether nothing that was sent to the server is under way, waits in the kernel, or to be accepted."""
    port = f":{int(it.netloc.rpartition(':')[2]):04X}"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return not any(row[1].endswith(port) and not row[4].endswith(":00000000")
                   or row[2].endswith(port) and not row[4].startswith("00000000:") for row in rows)


def post_sign_in(it, answers, sent):
    """What takes a while to answer: a password is checked slowly on purpose."""
    connection = http.client.HTTPConnection(it.netloc, timeout=60)
    body = '{"username":"agent","password":"%s","desk":"desk-1"}' % password_of("agent")
    connection.request("POST", "/v1/session", body)
    sent.release()
    try:
        answers.append(Answer(connection.getresponse()).status)
    except (http.client.HTTPException, OSError) as error:
        answers.append(error)


def end_with_requests_in_flight(it, how):
    answers, sent = [], threading.Semaphore(0)
    threads = [threading.Thread(target=post_sign_in, args=(it, answers, sent))
               for _ in range(N_REQUESTS)]
    for thread in threads:
        thread.start()
    for _ in threads:
        sent.acquire()
    # With one thread to answer on, these have come in and wait.
    assert eventually(lambda: has_read_all(it))
    status = it.stop(how)
    for thread in threads:
        thread.join()
    return status, answers


def test_what_has_come_in_is_answered(_):
    for how in (signal.SIGTERM, signal.SIGINT):
        with Department(options=["--threads=1"]) as it:
            status, answers = end_with_requests_in_flight(it, how)
            assert status == 0 and answers == [200] * N_REQUESTS, (status, answers)
            assert it.value("SELECT COUNT(*) FROM session") == N_REQUESTS


class Manager:
    """As much of a service manager as listens."""

    def __init__(self, address):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(address)
        self.socket.settimeout(20)

    def hear(self):
        return self.socket.recv(1000).decode()


@contextmanager
def environment(**variables):
    os.environ.update(variables)
    try:
        yield
    finally:
        for name in variables:
            del os.environ[name]


def watch(it, address, name):
    manager = Manager(address)
    with environment(NOTIFY_SOCKET=name, WATCHDOG_USEC="200000"):
        it.start()
    assert manager.hear() == "READY=1"
    assert it.client().get("/readyz").status == 200
    for _ in range(3):
        assert manager.hear() == "WATCHDOG=1"
    assert it.stop() == 0
    said = manager.hear()
    while said == "WATCHDOG=1":
        said = manager.hear()
    assert said == "STOPPING=1", said


def test_the_service_manager_is_told(it):
    it.stop()
    path = str(Path(it.folder.name, "manager"))
    watch(it, path, path)
    watch(it, "\0mutabaa-test-" + it.folder.name, "@mutabaa-test-" + it.folder.name)
    it.start()


def test_only_who_is_watched_tells_that_it_goes_on(it):
    it.stop()
    path = str(Path(it.folder.name, "other"))
    manager = Manager(path)
    with environment(NOTIFY_SOCKET=path, WATCHDOG_USEC="20000", WATCHDOG_PID="1"):
        it.start()
    assert manager.hear() == "READY=1"
    assert it.client().get("/healthz").status == 200
    assert it.stop() == 0
    assert manager.hear() == "STOPPING=1"
    it.start()


def test_a_manager_that_does_not_listen_holds_nothing_up(_):
    with Department(cast={}, listen=None) as it:
        path = str(Path(it.folder.name, "deaf"))
        manager = Manager(path)
        with environment(NOTIFY_SOCKET=path, WATCHDOG_USEC="2000"):
            it.start()
        assert eventually(lambda: "cannot be told WATCHDOG=1" in it.read_log())
        assert it.client().get("/healthz").status == 200
        assert it.stop(silent=False) == 0
        assert manager.hear() == "READY=1"


def test_a_manager_that_is_gone_holds_nothing_up(_):
    with environment(NOTIFY_SOCKET="/no/such/manager"), Department(cast={}) as it:
        assert it.client().get("/healthz").status == 200
        assert "the service manager cannot be told" in it.read_log()
        assert it.stop(silent=False) == 0


if __name__ == "__main__":
    run_tests(globals())
