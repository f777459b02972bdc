#!/usr/bin/python3
"""Who is connected, as live connections are told of it."""
import os
import socket
import subprocess
import time
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

from department import Desk, eventually, new_id, parse_time, run_tests
from live import CLOSE, PING, TEXT, Live, pack

# Long enough that who is not read for a while does not count as silent.
BEAT = 2


@contextmanager
def connect(it, name, desk=None, netloc=None):
    """Somebody's live connection and whom it says are connected, from a desk of its own."""
    signed_in = Desk(it.netloc, it.try_sign_in(name, desk=desk or new_id()))
    with Live(netloc or it.netloc, signed_in.token) as live:
        assert live.message()["type"] == "beat"
        people = live.told("connected")["people"]
        live.connected = {person["person_id"] for person in people if "since" in person}
        live.gone = {person["person_id"]: person["seen_at"] for person in people
                     if "seen_at" in person}
        live.desk = signed_in
        # The list may have been made before one's own lease was written.
        while signed_in.id not in live.connected:
            live.connected.add(live.told("connected")["person_id"])
        yield live


def leave(live):
    live.send(CLOSE, b"\x03\xe8")


def quiet(it):
    """Waits until nobody is connected."""
    assert eventually(lambda: not it.value("SELECT COUNT(*) FROM lease WHERE ended_at IS NULL"))


def test_who_comes_and_who_goes(it):
    agent = it.person("agent")
    with connect(it, "supervisor") as supervisor:
        assert agent not in supervisor.connected
        with connect(it, "agent") as live:
            told = supervisor.told("connected")
            assert told["person_id"] == agent and set(told) == {"type", "person_id", "since"}, told
            assert abs(parse_time(told["since"]) - time.time()) < 60
            leave(live)
            told = supervisor.told("gone")
            assert told["person_id"] == agent and set(told) == {"type", "person_id", "seen_at"}, told
    with connect(it, "supervisor") as supervisor:
        assert agent not in supervisor.connected and agent in supervisor.gone


def test_the_first_list(it):
    quiet(it)
    with connect(it, "agent"), connect(it, "stranger"), connect(it, "supervisor") as supervisor:
        assert supervisor.connected == {it.person("agent"), it.person("supervisor")}
        with connect(it, "manager") as manager:
            assert manager.connected == {it.person(name) for name in
                                         ("agent", "stranger", "supervisor", "manager")}


def test_only_who_sees_presence_is_told(it):
    with ExitStack() as stack:
        others = [stack.enter_context(connect(it, name))
                  for name in ("colleague", "stranger", "quality", "finance", "admin")]
        manager = stack.enter_context(connect(it, "manager"))
        with connect(it, "agent") as live:
            while manager.told("connected")["person_id"] != live.desk.id:
                pass
        for other in others:
            assert other.connected == {other.desk.id}, other.connected
            assert not other.told("connected", 0.2) and not other.told("gone", 0.1)


def test_a_person_of_two_desks_is_gone_with_the_last(it):
    with connect(it, "supervisor") as supervisor:
        with connect(it, "agent") as one:
            assert supervisor.told("connected")
            with connect(it, "agent") as other:
                assert not supervisor.told("connected", 0.5)
                leave(one)
                assert not supervisor.told("gone", 1.5)
                leave(other)
                assert supervisor.told("gone")["person_id"] == other.desk.id


def test_a_desk_that_connects_anew_is_not_gone(it):
    with connect(it, "supervisor") as supervisor:
        with connect(it, "agent", "the same") as one:
            assert supervisor.told("connected")
            with connect(it, "agent", "the same"):
                leave(one)
                assert not supervisor.told("gone", 1.5)


def test_who_does_not_answer_is_gone(it):
    with connect(it, "supervisor") as supervisor, connect(it, "agent") as live:
        live.answers = False
        assert supervisor.told("connected")
        seen_at = parse_time(supervisor.told("gone")["seen_at"])
        assert time.time() - seen_at >= 2 * BEAT, seen_at
        assert live.ends() is not False, "it is still connected"


def test_who_answers_stays(it):
    with connect(it, "agent") as live:
        for _ in range(6):
            assert live.told("beat")
        row = it.rows("SELECT connected_at, seen_at, ended_at FROM lease WHERE person_id = ?"
                      " ORDER BY connected_at DESC", live.desk.id)[0]
        assert row[1] - row[0] > 3000 * BEAT and row[2] is None, row


class Deaf(Live):
    """Speaks, and takes nothing."""

    def connect(self, netloc):
        host, port = netloc.split(":")
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect((host, int(port)))
        connection.settimeout(20)
        return connection


def is_sent_away(live, said):
    try:
        live.connection.sendall(said)
    except ConnectionError:
        return True
    return False


def test_who_takes_nothing_is_sent_away(it):
    """What each ping is answered with would wait at the server."""
    with Deaf(it.netloc, it.desk("agent").token) as deaf:
        deaf.connection.sendall(100 * pack(PING, bytes(125)))
        assert not is_sent_away(deaf, pack(TEXT, b"{}"))
        assert eventually(lambda: is_sent_away(deaf, pack(TEXT, b"{}")), 10 * BEAT)


def test_who_says_too_much_is_sent_away(it):
    with Live(it.netloc, it.desk("agent").token) as live:
        assert eventually(lambda: is_sent_away(live, 100 * pack(PING)))


def test_who_signs_out_is_gone(it):
    with connect(it, "supervisor") as supervisor, connect(it, "agent") as live:
        assert supervisor.told("connected")
        assert live.desk.ask("DELETE", "/v1/session").status == 200
        assert supervisor.told("gone")["person_id"] == live.desk.id


def test_who_has_left_is_told_nothing_more(it):
    it.add_user("leaver", "manager")
    with connect(it, "leaver") as live:
        it.ctl("user", "set", "leaver", "--inactive")
        code = live.ends()
        assert code == 1008, code


def test_a_team_move_brings_the_list_again(it):
    it.add_user("mover", "agent", "south")
    with connect(it, "supervisor") as supervisor, connect(it, "mover") as mover:
        it.ctl("user", "set", "mover", "--team", "north")
        people = supervisor.told("connected")["people"]
        assert mover.desk.id in {person["person_id"] for person in people}, people
        it.ctl("user", "set", "mover", "--team", "south")
        people = supervisor.told("connected")["people"]
        assert mover.desk.id not in {person["person_id"] for person in people}, people


@contextmanager
def another_server(it):
    with subprocess.Popen([os.environ["MUTABAA_SERVER"], "--database", it.database.uri,
                           "--listen", "127.0.0.1:0", "--beat-seconds", str(BEAT)],
                          stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process, urlsplit(process.stdout.readline().split()[1]).netloc
        finally:
            process.terminate()


def test_desks_of_another_server(it):
    with another_server(it) as (_, netloc), connect(it, "supervisor") as supervisor:
        with connect(it, "agent", netloc=netloc) as live:
            assert supervisor.told("connected")["person_id"] == live.desk.id
            leave(live)
            assert supervisor.told("gone")["person_id"] == live.desk.id


def test_desks_of_a_server_that_dies(it):
    with another_server(it) as (process, netloc), connect(it, "supervisor") as supervisor:
        with connect(it, "agent", netloc=netloc) as live:
            assert supervisor.told("connected")["person_id"] == live.desk.id
            process.kill()
            assert supervisor.told("gone")["person_id"] == live.desk.id


if __name__ == "__main__":
    run_tests(globals(), options=("--beat-seconds", str(BEAT)))
