#!/usr/bin/python3
"""Requests that no desk sends, by plain sockets, to a server and through HAProxy: each is refused or
harms nobody, nothing is smuggled, the server goes on and its memory stays flat."""
import base64
import os
import socket
from concurrent.futures import ThreadPoolExecutor

from department import run_tests
from front import Authority, Front, Server

HOST = b"Host: localhost\r\n"
BODY = b'{"protocol":1,"commands":[]}'
LENGTH = b"Content-Length: 28\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
CHUNKS = b"1c\r\n" + BODY + b"\r\n0\r\n\r\n"
UPGRADE = b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
KEY = b"Sec-WebSocket-Key: " + base64.b64encode(bytes(16)) + b"\r\nSec-WebSocket-Version: 13\r\n"
# What is taken in by what is not; a second answer would be to this.
SMUGGLED = b"GET /v1/catalogue HTTP/1.1\r\nHost: localhost\r\n\r\n"
PATIENCE = 3
# Each connection closes at the latest when the patience of HAProxy or of the server is at its end.
CLOSES = 60
REFUSED = {b"400", b"404", b"405", b"408", b"413", b"417", b"501", b"502", b"505"}


class Place:
    """Two servers with HAProxy before them, and somebody who has signed in."""

    def __init__(self, it):
        self.servers = [Server(it, "--patience-seconds", str(PATIENCE)) for _ in range(2)]
        self.front = Front(Authority(it.folder.name).certify("front"), *self.servers)
        self.token = it.desk("agent").token
        self.authorization = f"Authorization: Bearer {self.token}\r\n".encode()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with self.front:
            pass
        for server in self.servers:
            server.stop()

    def ways(self):
        """To connect: directly, and through HAProxy."""
        host, port = self.servers[0].address.split(":")
        return {"directly": lambda: socket.create_connection((host, int(port)), timeout=CLOSES),
                "through HAProxy": self.front.connect}

    def get(self, more=b"", target=b"/v1/session", version=b"HTTP/1.1", method=b"GET"):
        return (method + b" " + target + b" " + version + b"\r\n" + self.authorization + more
                + b"\r\n")

    def post(self, more=b"", body=BODY, host=HOST):
        return b"POST /v1/commands HTTP/1.1\r\n" + host + self.authorization + more + b"\r\n" + body

    def check_well(self):
        """Others are answered, and rightly."""
        for connect in self.ways().values():
            with connect() as connection:
                connection.sendall(self.get(HOST + b"Connection: close\r\n"))
                answer = read_all(connection)
            assert answer.startswith(b"HTTP/1.1 200 ") and b'"username":"agent"' in answer, answer

    def memory(self):
        """Of all servers, in KiB."""
        total = 0
        for server in self.servers:
            with open(f"/proc/{server.process.pid}/status", encoding="ascii") as status:
                total += next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
        return total


def read_all(connection):
    """Until the other side closes."""
    answer = b""
    try:
        while part := connection.recv(65536):
            answer += part
    except ConnectionError:
        pass
    return answer


def send(connection, request):
    """Sends all of it and no more; returns what comes back until it is closed."""
    try:
        connection.sendall(request)
    except (ConnectionError, OSError):
        pass
    return read_all(connection)


def statuses(answer):
    """Of the answers in it, whatever is in their bodies."""
    found = []
    while answer:
        head, _, rest = answer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1."), answer[:200]
        found.append(head.split(b" ")[1])
        lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n")
                   if line.startswith(b"content-length:")]
        answer = rest[int(lengths[0]):] if lengths else b""
    return found


def ask_all(place, requests):
    """Sends them all at once, each on a connection of its own; yields (name, way, statuses)."""
    for way, connect in place.ways().items():
        waiting = []
        for name, request in requests.items():
            connection = connect()
            try:
                connection.sendall(request)
            except OSError:  # it did not want to hear the rest
                pass
            waiting.append((name, connection))
        for name, connection in waiting:
            with connection:
                yield name, way, statuses(read_all(connection))


def check_refused(place, requests):
    for name, way, got in ask_all(place, requests):
        assert len(got) <= 1 and set(got) <= REFUSED, (name, way, got)
    place.check_well()


def check_harmless(place, requests):
    """Answered once or refused, and by the one whom it asked for."""
    for name, way, got in ask_all(place, requests):
        assert len(got) <= 1 and set(got) <= REFUSED | {b"200", b"401"}, (name, way, got)
    place.check_well()


def test_lengths_that_contradict_each_other(it):
    with Place(it) as place:
        check_refused(place, {
            "two that differ": place.post(LENGTH + b"Content-Length: 5\r\n"),
            "both kinds": place.post(LENGTH + CHUNKED, CHUNKS),
            "both kinds, a request behind": place.post(b"Content-Length: 5\r\n" + CHUNKED,
                                                       b"0\r\n\r\n" + SMUGGLED),
            "both kinds, the other way round": place.post(CHUNKED + b"Content-Length: 5\r\n",
                                                          b"0\r\n\r\n" + SMUGGLED),
            "two encodings": place.post(CHUNKED + b"Transfer-Encoding: identity\r\n",
                                        b"0\r\n\r\n" + SMUGGLED),
            "an encoding that is none": place.post(LENGTH + b"Transfer-Encoding: xchunked\r\n"),
            "an encoding behind a tabulator": place.post(LENGTH + b"Transfer-Encoding: \x0bchunked\r\n"),
            "a NUL in the encoding": place.post(LENGTH + b"Transfer-Encoding: chunked\0\r\n"),
            "a NUL in the length": place.post(b"Content-Length: 28\0\r\n"),
            "negative": place.post(b"Content-Length: -1\r\n", BODY + SMUGGLED),
            "with a sign": place.post(b"Content-Length: +28\r\n"),
            "too many digits": place.post(b"Content-Length: 99999999999999999999999\r\n"),
            "28 once around": place.post(b"Content-Length: 18446744073709551644\r\n"),
            "a word": place.post(b"Content-Length: x\r\n"),
            "hexadecimal": place.post(b"Content-Length: 0x1c\r\n"),
            "empty": place.post(b"Content-Length: \r\n"),
        })
        # A proxy may make one of them, which is then not said twice.
        check_harmless(place, {
            "the same twice": place.post(LENGTH + LENGTH + b"Connection: close\r\n"),
            "the same twice in one": place.post(b"Content-Length: 28, 28\r\nConnection: close\r\n"),
            "a blank before the colon": place.post(LENGTH + b"Transfer-Encoding : chunked\r\n"
                                                   b"Connection: close\r\n"),
        })


def test_bodies_that_do_not_end(it):
    with Place(it) as place:
        close = b"Connection: close\r\n"
        check_refused(place, {
            "negative": place.post(CHUNKED + close, b"-1\r\n" + BODY),
            "a word": place.post(CHUNKED + close, b"zz\r\n" + BODY),
            "too many digits": place.post(CHUNKED + close, b"f" * 20 + b"\r\n" + BODY),
            "shorter than they say": place.post(CHUNKED + close, b"5\r\n" + BODY + b"\r\n0\r\n\r\n"),
            "without an end": place.post(CHUNKED + close, b"1c\r\n" + BODY),
            "a body that never comes": place.post(LENGTH, b""),
            "half a body": place.post(LENGTH, BODY[:10]),
            "half a head": place.post(LENGTH)[:40],
            "nothing at all": b"",
        })


def test_hosts(it):
    with Place(it) as place:
        check_refused(place, {
            "two": place.get(HOST + b"Host: other\r\n"),
            "none": place.get(),
            "with a path": place.get(b"Host: a/b\r\nConnection: close\r\n"),
            "with blanks": place.get(b"Host: a b@c:99999\r\nConnection: close\r\n"),
        })
        check_harmless(place, {"the same twice": place.get(HOST + HOST + b"Connection: close\r\n")})


def test_heads(it):
    with Place(it) as place:
        check_refused(place, {
            "a header of 200,000 bytes": place.get(HOST + b"X: " + b"y" * 200000 + b"\r\n"),
            "without an end": place.get(HOST + b"X: y\r\n" * 100000)[:-4],
            "a NUL in a value": place.get(HOST + b"X: a\0b\r\n" + b"Connection: close\r\n"),
            "a NUL in a name": place.get(HOST + b"X\0: b\r\n"),
        })
        close = HOST + b"Connection: close\r\n"
        check_harmless(place, {
            "20,000 bytes": place.get(close + b"X: " + b"y" * 20000 + b"\r\n"),
            "500 headers": place.get(close + b"X: y\r\n" * 500),
            "a bare CR": place.get(close + b"X: a\rTransfer-Encoding: chunked\r\n"),
            "bare LFs": place.get(close).replace(b"\r\n", b"\n"),
            "a folded length": place.post(b"Content-Length:\r\n 28\r\nConnection: close\r\n"),
            "a folded header": place.post(LENGTH + b"X: a\r\n Transfer-Encoding: chunked\r\n"
                                          b"Connection: close\r\n"),
            "folded at once": b"GET /v1/session HTTP/1.1\r\n X: y\r\n" + close + b"\r\n",
            "no name": place.get(close + b": x\r\n"),
            "no colon": place.get(close + b"hello\r\n"),
            "a request in the body of another": place.get(
                close + b"Content-Length: %d\r\n" % len(SMUGGLED)) + SMUGGLED,
        })


def test_targets(it):
    with Place(it) as place:
        close = HOST + b"Connection: close\r\n"
        targets = [b"http://localhost/v1/session", b"http://other/v1/session",
                   b"ftp://localhost/v1/session", b"//v1/session", b"/v1/session%00",
                   b"/v1/session\0", b"/v1/../v1/session", b"/v1/%2e%2e/v1/session",
                   b"/v1/%2e%2e/%2e%2e/etc/passwd", b"/v1/%73ession", b"/v1/session#x",
                   b"/v1\\session", b"/v1/session x", b"/v1/session\xff", b"*", b"", b"/" * 10000,
                   b"/v1/" + b"x" * 10000, b"/v1/session?" + b"q=1&" * 3000]
        check_harmless(place, {str(target[:40]): place.get(close, target) for target in targets})
        for name, way, got in ask_all(place, {path: place.get(close, path.encode()) for path in (
                "/healthz", "/readyz", "/metrics", "/v1/../readyz", "/v1/%2e%2e/readyz", "/")}):
            assert way == "directly" or set(got) <= {b"404"}, (name, got)


def test_versions_and_methods(it):
    with Place(it) as place:
        close = HOST + b"Connection: close\r\n"
        check_harmless(place, {
            "0.9": b"GET /v1/session\r\n\r\n",
            "1.0": place.get(b"", version=b"HTTP/1.0"),
            "1.0 in chunks": place.post(CHUNKED, CHUNKS).replace(b"HTTP/1.1", b"HTTP/1.0"),
            "1.9": place.get(close, version=b"HTTP/1.9"),
            "9.9": place.get(close, version=b"HTTP/9.9"),
            "2 by its preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(100),
            "2 by an upgrade": place.get(HOST + b"Connection: Upgrade, HTTP2-Settings, close\r\n"
                                         b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n"),
            "noise": os.urandom(3000),
            "TLS in what it carries": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + os.urandom(300),
        })
        methods = (b"get", b"FOO", b"TRACE", b"OPTIONS", b"PATCH", b"G" * 5000, b"CONNECT", b"PRI")
        check_refused(place, {method.decode()[:20]: place.get(close, method=method)
                              for method in methods})


def test_several_requests_at_once_are_answered_in_turn(it):
    with Place(it) as place:
        last = place.get(HOST + b"Connection: close\r\n", b"/v1/nothing")
        requests = {"three": place.get(HOST) + place.post(LENGTH) + last}
        for name, way, got in ask_all(place, requests):
            assert got == [b"200", b"200", b"404"], (name, way, got)
        place.check_well()


def test_upgrades(it):
    with Place(it) as place:
        live = b"/v1/live"
        check_refused(place, {
            "no key": place.get(HOST + UPGRADE + b"Sec-WebSocket-Version: 13\r\n", live),
            "another version": place.get(
                HOST + UPGRADE + KEY.replace(b"13", b"99") + b"Connection: close\r\n", live),
            "no upgrade": place.get(HOST + b"Connection: close\r\n", live),
            "by POST": place.get(HOST + UPGRADE + KEY + b"Connection: close\r\n", live,
                                 method=b"POST"),
            "with 5,000,000 bytes": place.get(
                HOST + b"Content-Length: 5000000\r\nConnection: close\r\n", live, method=b"POST")
            + b" " * 5000000,
        })
        for connect in place.ways().values():
            for request in (b"GET /v1/live HTTP/1.1\r\n" + HOST + UPGRADE + KEY + b"\r\n",
                            place.get(HOST + UPGRADE + KEY, b"/v1/live/below")):
                with connect() as connection:
                    answer = send(connection, request)
                # The handshake, then at most the word that it closes: no beat, no poke.
                assert answer.startswith(b"HTTP/1.1 101 ") and b"beat" not in answer, answer
        place.check_well()


def test_a_thousand_ranges_are_none(it):
    with Place(it) as place:
        ranges = b"Range: bytes=" + b",".join(b"%d-" % i for i in range(1000)) + b"\r\n"
        for connect in place.ways().values():
            with connect() as connection:
                whole = send(connection, place.get(HOST + ranges + b"Connection: close\r\n",
                                                   b"/v1/catalogue"))
            assert whole.startswith(b"HTTP/1.1 200 ") and len(whole) < 200000, len(whole)
            with connect() as connection:
                part = send(connection, place.get(HOST + b"Range: bytes=0-3\r\nConnection: close\r\n",
                                                  b"/v1/catalogue"))
            assert part.startswith(b"HTTP/1.1 206 ") and part.endswith(b"\r\n\r\n" + part[-4:]), part


def test_slow_senders_are_hung_up_on(it):
    """Byte by byte, so that no pause is long."""
    with Place(it) as place, ThreadPoolExecutor() as pool:
        slow = {"a head": place.get(HOST + b"X: " + b"y" * 1000 + b"\r\n"),
                "a body": place.post(b"Content-Length: 1000\r\n", b" " * 1000)}
        waiting = {(name, way): pool.submit(is_hung_up, connect, request)
                   for name, request in slow.items() for way, connect in place.ways().items()}
        for which, hung_up in waiting.items():
            assert hung_up.result(), which
        place.check_well()


def is_hung_up(connect, request):
    """Whether that comes before the request's end, which it would take 45 seconds to reach."""
    with connect() as connection:
        connection.sendall(request[:-900])
        connection.settimeout(0.05)
        for byte in request[-900:]:
            try:
                connection.sendall(bytes([byte]))
                if not connection.recv(65536):
                    return True
            except socket.timeout:
                pass
            except OSError:
                return True
    return False


def test_memory_stays_flat(it):
    """Over bad requests of each kind, and connections that only come and go."""
    with Place(it) as place:
        bodies = [b"[" * 100000, b'{"x":' * 50000, b'{"protocol":1,"commands":[', b"\xff" * 100000,
                  b" " * 4000000, b" " * 5000000, b"", os.urandom(100000)]
        requests = [place.post(b"Content-Length: %d\r\nConnection: close\r\n" % len(body), body)
                    for body in bodies]
        requests += [place.post(LENGTH + CHUNKED, CHUNKS), place.get(HOST + HOST), os.urandom(5000),
                     place.get(HOST + b"X: " + b"y" * 200000 + b"\r\n")]

        def rounds(count):
            for _ in range(count):
                for connect in place.ways().values():
                    for request in requests:
                        with connect() as connection:
                            connection.settimeout(0.5 if len(request) < 300000 else CLOSES)
                            try:
                                send(connection, request)
                            except socket.timeout:
                                pass

        rounds(3)
        before = place.memory()
        rounds(12)
        place.check_well()
        grown = place.memory() - before
        assert grown < 24 * 1024, f"{grown} KiB more than {before} KiB"


if __name__ == "__main__":
    run_tests(globals())
