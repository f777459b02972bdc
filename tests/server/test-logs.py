#!/usr/bin/python3
"""What the server writes down: lines with the request's id, and nothing that anybody said."""
import re
import socket
import struct
import time

from department import Department, call, check_problem, command, eventually, new_id, run_tests

ID = r"[A-Za-z0-9._-]{8,64}"
LINE = re.compile(rf"mutabaa-server: (info|warning): (.*) \((\w+) ([\w/*]+), request ({ID}|-)\)")
ANSWER = re.compile(r"answered with (\d{3}) in \d+ µs")
WORDS = ("سؤال-البحث", "the-notes-of-the-call", "a-wrong-password", "nobody-of-this-name", "XyzzyToken")


def read_lines(it):
    return [LINE.fullmatch(line) or line for line in it.read_log().splitlines()]


def of_request(it, key):
    return [line for line in read_lines(it) if not isinstance(line, str) and line[5] == key]


def raw(it, text):
    """What is answered to a request that no client would send."""
    host, port = it.netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(text)
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
        except ConnectionResetError:
            pass
    return answer.decode("utf-8", "replace")


def fail_in_every_way(it):
    """Asks for things with people's words in them, and has most of it refused."""
    desk = it.sign_in("agent")
    desk.get("/v1/subscribers", q=WORDS[0])
    desk.post([command("call.log", call(it, notes=WORDS[1]))])
    desk.post([command("call.log", call(it, notes=WORDS[1], subscriber_id=new_id()))])
    it.try_sign_in("agent", WORDS[2])
    it.try_sign_in(WORDS[3], WORDS[2])
    it.client(WORDS[4]).get("/v1/session", q=WORDS[0])
    it.client(WORDS[4]).get("/" + WORDS[3])
    desk.get("/v1/subscribers/" + WORDS[3])
    it.client().ask("POST", "/v1/session", '{"username":"%s","password":"%s"' % (WORDS[3], WORDS[2]))
    desk.ask("POST", "/v1/commands", WORDS[1] + " " * (4 * 1024 * 1024))
    for head in (f"GET /{WORDS[3]} HTTP/1.1\r\nHost: a\r\nHost: {WORDS[3]}\r\n",
                 f"GET /{WORDS[3]}\r\n", f"{WORDS[3]} /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n",
                 f"GET /v1/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                 f"Authorization: Bearer {WORDS[4]}\r\n"):
        raw(it, (head + "\r\n").encode())
    return desk


def check_says_nothing(it, *secrets):
    said = it.read_log()
    for word in (*WORDS, "omar", "A-1001", "Bearer", it.subscriber("omar"), it.person("agent"),
                 "the secret of agent", *secrets):
        assert word not in said, (word, said)
    assert not [line for line in read_lines(it)
                if isinstance(line, str) and ": debug: " not in line], said


def test_nothing_is_written_unless_asked_for(_):
    with Department() as it:
        fail_in_every_way(it)
        assert it.read_log() == ""


def break_the_database(it):
    it.write("ALTER TABLE subscriber RENAME TO elsewhere")
    it.write("ALTER TABLE call RENAME TO nowhere")


def test_nobodys_words_are_written_whatever_fails(_):
    with Department(options=["--log-requests"]) as it:
        desk = fail_in_every_way(it)
        assert len(read_lines(it)) > 10
        check_says_nothing(it, desk.token)
        omar, noted = it.subscriber("omar"), call(it, notes=WORDS[1])
        break_the_database(it)
        answers = [desk.get("/v1/subscribers", q="omar"), desk.get("/v1/subscribers/" + omar),
                   desk.post([command("call.log", noted)])]
        for answer in answers:
            check_problem(answer, 503, "storage")
            assert [line[1] for line in of_request(it, answer.json["request"])] == ["warning", "info"]
        it.write("ALTER TABLE elsewhere RENAME TO subscriber")
        check_says_nothing(it, desk.token, omar)
        it.stop(silent=False)


def test_who_has_gone_before_being_heard_is_not_written_of(_):
    with Department() as it:
        host, port = it.netloc.split(":")
        for n in range(500):
            connection = socket.create_connection((host, int(port)), timeout=30)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.sendall(b"GET /v1/live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                               b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                               b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
            time.sleep(n % 50 / 20000)
            connection.close()
        assert it.client().get("/v1/session").status == 401
        assert it.read_log() == ""


def test_what_fails_is_written_though_nobody_asked(_):
    with Department() as it:
        desk = it.sign_in("agent")
        it.write("ALTER TABLE subscriber RENAME TO elsewhere")
        answer = desk.get("/v1/subscribers", q="omar")
        check_problem(answer, 503, "storage")
        line, = of_request(it, answer.headers["X-Request-Id"])
        assert (line[1], line[3], line[4]) == ("warning", "GET", "/v1/subscribers"), line[0]
        it.write("ALTER TABLE elsewhere RENAME TO subscriber")
        it.stop(silent=False)


def test_each_request_has_an_id_of_its_own(_):
    with Department(options=["--log-requests"]) as it:
        desk, ids = it.sign_in("agent"), set()
        for method, path, status in (("GET", "/v1/session", 200), ("GET", "/v1/nothing", 404),
                                     ("GET", "/v1/subscribers/" + new_id(), 404),
                                     ("POST", "/v1/commands", 400)):
            answer = desk.ask(method, path)
            key = answer.headers["X-Request-Id"]
            assert answer.status == status and re.fullmatch(ID, key) and key not in ids, key
            assert status == 200 or answer.json["request"] == key, answer.body
            line, = eventually(lambda key=key: of_request(it, key))
            assert ANSWER.fullmatch(line[2])[1] == str(status), line[0]
            assert line[4] in (path, "other", "/v1/subscribers/*"), line[0]
            ids.add(key)
        it.stop(silent=False)


def test_what_is_refused_before_it_is_read_has_one_too(_):
    with Department(options=["--log-requests"]) as it:
        for text in (b"POST /v1/commands HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                     b"Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n",
                     b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"):
            said = raw(it, text)
            header = re.search(rf"^X-Request-Id: ({ID})\r$", said, re.M)
            member = re.search(rf'"request":"({ID})"', said)
            assert header and member and header[1] == member[1], said
            assert eventually(lambda key=header[1]: of_request(it, key))
        it.stop(silent=False)


def ask_named(it, name):
    return it.client().ask("GET", "/healthz", headers={"X-Request-Id": name}).headers["X-Request-Id"]


def test_a_proxy_may_name_a_request(_):
    with Department(options=["--behind-proxy"]) as it:
        for name in ("0f8fad5b-d9cb-469f-a165-70867728950e", "a.b_c-d1", "x" * 64):
            assert ask_named(it, name) == name
        for name in ("short", "x" * 65, "with a blank", 'quo"te-quote', "a,b,c,d,e,f", "إسم-طلب-ما".encode(),
                     "12345678;drop"):
            given = ask_named(it, name)
            assert given != name and re.fullmatch("[0-9a-f]{16}", given), given


def test_nobody_else_may(it):
    given = ask_named(it, "0f8fad5b-d9cb-469f-a165-70867728950e")
    assert re.fullmatch("[0-9a-f]{16}", given), given


if __name__ == "__main__":
    run_tests(globals())
