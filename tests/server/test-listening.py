#!/usr/bin/python3
"""Where the server listens, what it says, and how it ends."""
import os
import signal
import socket
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

from department import Department, call, command, eventually, run_tests
from live import Closed, Live


def start_badly(it, *options):
    done = subprocess.run([os.environ["MUTABAA_SERVER"], *options], capture_output=True, text=True,
                          timeout=60, cwd=it.folder.name)
    assert done.returncode != 0 and done.stdout == "", done
    return done.stderr


def test_beyond_loopback_somebody_has_to_say_so(it):
    database = ("--database", it.database.uri)
    for address in ("0.0.0.0:0", "[::]:0", "192.0.2.1:0"):
        said = start_badly(it, *database, "--listen", address)
        assert "--the-network-is-trusted" in said, said
    for address in ("localhost:0", "example.invalid:0", "", "127.0.0.1:99999", "unix:"):
        assert start_badly(it, *database, "--listen", address), address


def test_beyond_loopback_when_somebody_has(_):
    with Department(cast={}, listen="0.0.0.0:0", options=["--the-network-is-trusted"]) as it:
        it.netloc = it.netloc.replace("0.0.0.0", "127.0.0.1")
        assert it.client().get("/healthz").status == 200


def test_it_says_what_it_lacks(it):
    assert "--database" in start_badly(it)
    assert "--listen" in start_badly(it, "--database", "sqlite:x.db")
    assert start_badly(it, "--database", "mysql:x", "--listen", "127.0.0.1:0")
    assert start_badly(it, "--database", "sqlite:no/such/folder/x.db", "--listen", "127.0.0.1:0")
    assert start_badly(it, "--nonsense")
    Path(it.folder.name, "noise.db").write_bytes(b"no database" * 1000)
    assert start_badly(it, "--database", "sqlite:noise.db", "--listen", "127.0.0.1:0")


def test_a_port_that_is_taken(it):
    port = it.netloc.split(":")[1]
    said = start_badly(it, "--database", it.database.uri, "--listen", f"127.0.0.1:{port}")
    assert said, said


def ask_over_unix(path, token=None):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(20)
        connection.connect(str(path))
        head = f"Authorization: Bearer {token}\r\n" if token else ""
        connection.sendall(f"GET /v1/session HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{head}\r\n"
                           .encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


def test_a_unix_socket(it):
    token, path = it.sign_in("agent").token, Path(it.folder.name, "server.sock")
    it.stop()
    for _ in range(2):  # a second time over what is left of the first
        it.start(f"unix:{path}")
        assert it.url == f"unix:{path}"
        assert ask_over_unix(path).startswith(b"HTTP/1.1 401 ")
        assert b'"username":"agent"' in ask_over_unix(path, token)
        it.stop(signal.SIGKILL)
    it.start(f"unix:{path}")
    it.stop()
    assert not path.exists()
    it.start()


def test_a_whole_department_may_come_at_once(it):
    """As after a restart: nobody is turned away while the server has no time yet."""
    host, port = it.netloc.split(":")
    it.process.send_signal(signal.SIGSTOP)
    try:
        waiting = [socket.create_connection((host, int(port)), timeout=10) for _ in range(300)]
    finally:
        it.process.send_signal(signal.SIGCONT)
    for connection in waiting:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")
        connection.close()


def test_it_ends_when_it_is_told_to(it):
    for how in (signal.SIGTERM, signal.SIGINT):
        it.desk("agent").apply("call.log", call(it))
        assert it.stop(how) == 0
        it.start()


def test_a_live_connection_does_not_hold_it_up(it):
    live = Live(it.netloc, it.desk("agent").token)
    assert live.message()["type"] == "beat"
    idle = socket.create_connection(it.netloc.split(":"))
    assert it.stop() == 0
    try:
        while live.message():
            pass
    except (Closed, ConnectionError):
        pass
    idle.close()
    it.start()


def ask(it, header="", ends=False):
    """On a connection of its own; None where that is refused."""
    with suppress(ConnectionError), socket.create_connection(it.netloc.split(":")) as connection:
        connection.sendall(f"GET /healthz HTTP/1.1\r\nHost: x\r\n{header}\r\n".encode())
        if ends:
            connection.shutdown(socket.SHUT_WR)
        return connection.recv(65536)
    return None


def ask_and_close(it, _):
    return ask(it, "Connection: close\r\n")


def ask_and_go(it, _):
    """Leaves it to the server to notice that nothing more comes."""
    return ask(it)


def ask_and_say_no_more(it, _):
    return ask(it, ends=True)


def listen_and_go(it, token):
    with Live(it.netloc, token) as live:
        return live.message()


def count_files(it):
    return len(list(Path("/proc", str(it.process.pid), "fd").iterdir()))


def test_only_connections_that_are_open_count(_):
    with Department(options=["--connections=10"]) as it:
        token, before = it.sign_in("agent").token, count_files(it)
        for way in (ask_and_close, ask_and_go, ask_and_say_no_more, listen_and_go):
            for number in range(25):
                assert way(it, token), (way, number)
            assert eventually(lambda: count_files(it) <= before), (way, count_files(it), before)


def test_those_that_are_open_count(_):
    with Department(options=["--connections=10"]) as it:
        token = it.sign_in("agent").token
        live = [Live(it.netloc, token) for _ in range(5)]
        idle = [socket.create_connection(it.netloc.split(":")) for _ in range(10)]
        assert eventually(lambda: len(idle[-1].recv(1)) == 0)
        for one in idle:
            one.close()
        assert eventually(lambda: ask(it))
        for one in live:
            assert one.message()["type"] == "beat"
            one.connection.close()


def post_until_it_is_gone(it, desk, acknowledged):
    """Notes down what was acknowledged, until nothing answers any more."""
    try:
        while True:
            batch = [command("call.log", call(it)) for _ in range(3)]
            answer = desk.post(batch)
            if answer.status != 200:
                return
            acknowledged += [one["id"] for one in answer.json["results"]]
    except OSError:
        pass
    except Exception as error:  # pylint: disable=broad-except
        assert type(error).__module__ == "http.client", error


def end_while_many_post(it, how):
    desks, acknowledged = [it.sign_in("agent") for _ in range(8)], []
    before = it.value("SELECT COUNT(*) FROM command")
    threads = [threading.Thread(target=post_until_it_is_gone, args=(it, desk, acknowledged))
               for desk in desks]
    for thread in threads:
        thread.start()
    eventually(lambda: it.value("SELECT COUNT(*) FROM command") > before + 150)
    it.stop(how)
    for thread in threads:
        thread.join()
    it.start()
    known = {key for key, in it.rows("SELECT id FROM command WHERE status = 'applied'")}
    assert len(acknowledged) > 100 and set(acknowledged) <= known
    it.ctl("audit", "verify")


def test_told_to_end_while_many_post_it_keeps_what_it_acknowledged(it):
    for _ in range(3):
        end_while_many_post(it, signal.SIGTERM)


def test_killed_while_many_post_it_keeps_what_it_acknowledged(it):
    for _ in range(3):
        end_while_many_post(it, signal.SIGKILL)


def test_after_a_kill_a_batch_is_offered_again(it):
    desk, batch = it.sign_in("agent"), [command("call.log", call(it)) for _ in range(50)]
    first = desk.post(batch).json["results"]
    it.stop(signal.SIGKILL)
    it.start()
    again = it.sign_in("agent").post(batch).json["results"]
    assert again == first


if __name__ == "__main__":
    run_tests(globals())
