#!/usr/bin/python3
"""HAProxy as the project configures it, in front of two servers: what it passes on, and what desks
notice when servers come and go."""
import os
import signal
import socket
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from department import call, command, eventually, run_tests
from front import Authority, Front, Server, allow_files
from live import Live

DRAIN = ("--drain-seconds", "2")
IDLE_FEW, IDLE_MANY = 300, 10000
LIVE_FEW, LIVE_MANY = 40, 500


class Place:
    """Two servers on one database with HAProxy before them."""

    def __init__(self, it, *options, **front):
        self.it = it
        self.authority = Authority(it.folder.name)
        self.servers = [Server(it, *options) for _ in range(2)]
        self.front = Front(self.authority.certify("front"), *self.servers, **front)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with self.front:
            pass
        for server in self.servers:
            server.stop()

    def client(self, token=None):
        return self.front.client(token, self.authority)

    def sign_in(self, name="agent"):
        """A client of somebody who has signed in through HAProxy."""
        answer = self.it.try_sign_in(name)
        assert answer.status == 200, answer.body
        return self.client(answer.json["token"])

    def live(self, token):
        return FrontLive(self, token)


class FrontLive(Live):
    """A live connection through HAProxy."""

    def __init__(self, place, token):
        self.place = place
        super().__init__(place.front.netloc, token)

    def connect(self, netloc):
        return self.place.front.connect(self.place.authority)


def post(client, commands):
    return client.ask("POST", "/v1/commands", {"protocol": 1, "commands": commands})


class Poster(threading.Thread):
    """Posts commands one after the other until it is told to stop, and notes down what happened.
    What got no answer is given again, as desks do."""

    def __init__(self, place):
        super().__init__()
        self.place, self.client = place, place.sign_in()
        self.token = self.client.token
        self.given, self.refused, self.longest = [], [], 0.0
        self.stopping = False
        self.start()

    def run(self):
        while not self.stopping:
            one = command("call.log", call(self.place.it))
            start = time.monotonic()
            while not self.give(one) and time.monotonic() < start + 60:
                time.sleep(0.05)
            self.longest = max(self.longest, time.monotonic() - start)
            self.given.append(one["id"])

    def give(self, one):
        try:
            answer = post(self.client, [one])
        except OSError as error:
            answer = error
        except Exception as error:  # pylint: disable=broad-except
            assert type(error).__module__ == "http.client", error
            answer = error
        if getattr(answer, "status", None) == 200:
            assert answer.json["results"][0]["status"] == "applied", answer.body
            return True
        self.refused.append(getattr(answer, "status", answer))
        self.client = self.place.client(self.token)
        return False

    def stop(self):
        self.stopping = True
        self.join()


def check_exactly_once(it, given):
    """Each command, and each call that it wrote down."""
    for key in given:
        assert it.value("SELECT COUNT(*) FROM command WHERE id = ? AND status = 'applied'", key) == 1
    logged = it.value("SELECT COUNT(*) FROM command WHERE type = 'call.log' AND status = 'applied'")
    assert it.value("SELECT COUNT(*) FROM call") == logged


def post_while(place, change):
    """Has several desks post while something changes; returns them."""
    posters = [Poster(place) for _ in range(4)]
    try:
        eventually(lambda: all(len(one.given) > 5 for one in posters))
        change()
        counts = [len(one.given) for one in posters]
        assert eventually(lambda: all(len(one.given) > count + 5
                                      for one, count in zip(posters, counts)))
    finally:
        for one in posters:
            one.stop()
    check_exactly_once(place.it, [key for one in posters for key in one.given])
    return posters


def test_a_rolling_restart_refuses_nothing(it):
    def restart(place):
        for server in place.servers:
            server.stop()
            server.start()
            assert eventually(lambda: place.front.ready() == 2)

    with Place(it, *DRAIN) as place:
        for one in post_while(place, lambda: restart(place)):
            assert one.refused == [], one.refused


def test_while_it_drains_only_readiness_is_gone(it):
    server = Server(it, "--drain-seconds", "20")
    it.netloc, netloc = server.address, it.netloc
    try:
        desk = it.sign_in("agent")
        server.process.send_signal(signal.SIGTERM)
        assert eventually(lambda: it.client().get("/readyz").status == 503)
        assert it.client().get("/healthz").status == 200
        assert desk.give("call.log", call(it))["status"] == "applied"
    finally:
        it.netloc = netloc
        server.stop()  # the second word ends it at once


def test_a_server_that_is_killed_is_not_missed(it):
    with Place(it) as place:
        posters = post_while(place, lambda: place.servers[0].stop(signal.SIGKILL))
        print(f"# killed: the longest wait was {max(one.longest for one in posters):.2f} s, "
              f"without an answer {sum(len(one.refused) for one in posters)}", flush=True)
        # What was under way when it died; the next is somebody else's already.
        assert all(len(one.refused) <= 2 for one in posters), [one.refused for one in posters]
        place.servers[0].start()


def test_live_connections_pass_and_are_told_of_an_end(it):
    with Place(it, *DRAIN) as place:
        token = place.sign_in("supervisor").token
        with place.live(token) as live:
            assert live.message()["type"] == "beat"
            assert post(place.sign_in(), [command("call.log", call(it))]).status == 200
            assert live.poke()
            held = place.servers[place.front.holders().index(1)]
            held.process.send_signal(signal.SIGTERM)
            code = live.ends()
            assert code == 1001, code
            with place.live(token) as again:
                assert again.message()["type"] == "beat"
            held.stop()
            held.start()


def test_what_only_operators_may_see_is_hidden(it):
    with Place(it) as place:
        for path in ("/", "/healthz", "/readyz", "/metrics", "/v1", "/v1/", "/v2/session",
                     "/v1/session/", "/v1/.hidden"):
            assert place.client().get(path).status == 404, path
        host, port = place.front.netloc.split(":")
        with socket.create_connection((host, int(port)), timeout=30) as plain:
            plain.sendall(b"GET /v1/session HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert b"HTTP/1.1 200" not in plain.recv(65536)


def test_a_body_that_is_too_large_is_the_desks_to_hear_of(it):
    with Place(it) as place:
        client = place.sign_in()
        client.ask("GET", "/v1/session")
        with place.front.connect() as connection:
            connection.sendall(b"POST /v1/commands HTTP/1.1\r\nHost: localhost\r\n"
                               b"Content-Length: 4194305\r\n\r\n")
            answer = connection.recv(65536)
        assert answer.startswith(b"HTTP/1.1 413 ") and b'"title":"too_large"' in answer, answer
        whole = b'{"protocol":1,"commands":[]}'
        check = client.ask("POST", "/v1/commands", whole + b" " * (4194304 - len(whole)))
        assert check.status == 200, check.status


def test_sign_ins_are_counted_by_address(it):
    """As many as may come within ten seconds, and some more; all at once, so that these are enough."""
    def ask_often(client):
        return [client.ask("POST", "/v1/session", b"{}").status for _ in range(11)]

    with Place(it) as place, ThreadPoolExecutor(10) as pool:
        got = Counter(sum(pool.map(ask_often, [place.client() for _ in range(10)]), []))
        assert got == {400: 100, 429: 10}, got
        assert place.sign_in().get("/v1/session").status == 200


def test_the_servers_know_the_desks_address(it):
    with Place(it) as place:
        client = place.client()
        for claim in ({}, {"X-Forwarded-For": "203.0.113.9"}, {"X-Forwarded-For": "junk"}):
            answer = client.ask("POST", "/v1/session", {"username": "agent",
                                "password": "the secret of agent", "desk": "front"}, claim)
            assert answer.status == 200
            assert last_origin(it) == "127.0.0.1", (claim, last_origin(it))


def last_origin(it):
    return it.value("SELECT origin FROM command ORDER BY seq DESC LIMIT 1")


def sign_in_claiming(it, claim):
    answer = it.client().ask("POST", "/v1/session", {
        "username": "agent", "password": "the secret of agent"}, {"X-Forwarded-For": claim})
    assert answer.status == 200, answer.body
    return last_origin(it)


CLAIMS = {"203.0.113.9": "203.0.113.9", "192.0.2.1, 203.0.113.9": "203.0.113.9",
          "2001:db8::1": "2001:db8::1", "192.0.2.1,": "127.0.0.1", "junk": "127.0.0.1",
          "203.0.113.9:80": "127.0.0.1", "": "127.0.0.1", "localhost": "127.0.0.1"}


def test_only_behind_a_proxy_is_an_address_believed(it):
    assert sign_in_claiming(it, "203.0.113.9") == "127.0.0.1"
    server = Server(it)
    it.netloc, netloc = server.address, it.netloc
    try:
        for claim, origin in CLAIMS.items():
            assert sign_in_claiming(it, claim) == origin, claim
    finally:
        it.netloc = netloc
        server.stop()


def test_idle_connections_keep_nobody_from_working(it):
    # HAProxy keeps two files ready for each connection.
    most = allow_files() // 2 - 200
    count = min(IDLE_MANY, most) if os.environ.get("MTB_LONG") else IDLE_FEW
    with Place(it, maxconn=count + 50) as place:
        host, port = place.front.netloc.split(":")
        idle = [socket.create_connection((host, int(port)), timeout=30) for _ in range(count)]
        print(f"# {count} idle connections", flush=True)
        client = place.sign_in()
        for _ in range(20):
            assert post(client, [command("call.log", call(it))]).status == 200
        for connection in idle:
            connection.close()


def test_many_live_connections_on_each_server(it):
    count = LIVE_MANY if os.environ.get("MTB_LONG") else LIVE_FEW
    with Place(it, maxconn=2 * count + 100) as place:
        token, client = place.sign_in("supervisor").token, place.sign_in()
        desks = [place.live(token) for _ in range(2 * count)]
        for desk in desks:
            assert desk.message()["type"] == "beat"
        assert post(client, [command("call.log", call(it))]).status == 200
        for desk in desks:
            assert desk.poke(), "one was not told"
            desk.connection.close()


if __name__ == "__main__":
    run_tests(globals())
