#!/usr/bin/python3
"""Bodies that are too large, no JSON, or JSON that a parser would take wrongly; and HTTP itself."""
import json
import socket

from department import (call, check_problem, check_server, command, password_of,
                        run_tests)

BODY_MAX = 4 * 1024 * 1024

NOT_TAKEN = {
    "nothing": b"",
    "blanks": b"  \n",
    "no JSON": b"hello",
    "no object": b"[]",
    "a bare word": b"true",
    "cut off": b'{"protocol":1,"commands":[',
    "a comma too many": b'{"protocol":1,"commands":[],}',
    "a comment": b'{"protocol":1,/* why */"commands":[]}',
    "a line comment": b'{"protocol":1,"commands":[]}//x',
    "a second document": b'{"protocol":1,"commands":[]}{}',
    "single quotes": b"{'protocol':1,'commands':[]}",
    "a doubled key": b'{"protocol":1,"protocol":1,"commands":[]}',
    "an escaped key": b'{"protocol":1,"\\u0063ommands":[]}',
    "30000 arrays": b"[" * 30000,
    "30000 arrays that end": b"[" * 30000 + b"]" * 30000,
    "33 levels": b'{"commands":' + b"[" * 32 + b"]" * 32 + b"}",
    "a number beyond 53 bits": b'{"protocol":9007199254740993,"commands":[]}',
    "a number that turns around": b'{"protocol":9223372036854775808,"commands":[]}',
    "a number with a fraction": b'{"protocol":1.0,"commands":[]}',
    "a number with an exponent": b'{"protocol":1e0,"commands":[]}',
    "a leading zero": b'{"protocol":01,"commands":[]}',
    "not a number": b'{"protocol":NaN,"commands":[]}',
    "NUL escaped": b'{"protocol":1,"commands":[],"x":"a\\u0000b"}',
    "NUL": b'{"protocol":1,"commands":[],"x":"a\0b"}',
    "NUL at the end": b'{"protocol":1,"commands":[]}\0',
    "a control character": b'{"protocol":1,"commands":[],"x":"a\nb"}',
    "half a surrogate": b'{"protocol":1,"commands":[],"x":"\\ud800"}',
    "an unknown escape": b'{"protocol":1,"commands":[],"x":"\\q"}',
    "latin 1": '{"protocol":1,"commands":[],"x":"é"}'.encode("latin-1"),
    "overlong UTF-8": b'{"protocol":1,"commands":[],"x":"\xc0\xaf"}',
    "UTF-16": '{"protocol":1,"commands":[]}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"protocol":1,"commands":[]}',
    "300 members": json.dumps({str(i): i for i in range(300)}).encode(),
}


def test_what_is_not_taken(it):
    desk = it.desk("agent")
    for name, body in NOT_TAKEN.items():
        for token, path in ((desk.token, "/v1/commands"), (None, "/v1/session")):
            answer = it.client(token).ask("POST", path, body)
            assert answer.status == 400, (name, answer.status, answer.body)
            check_problem(answer, 400, "invalid")


def test_what_is_taken(it):
    desk = it.desk("agent")
    for body in (b' { "commands" : [ ] , "protocol" : 1 } \r\n\t',
                 b'{"protocol":1,"commands":[],"unknown":{"to":["an","older","server",null,-1]}}',
                 '{"protocol":1,"commands":[],"x":"\\ud83d\\ude42 🙂"}'.encode()):
        answer = desk.ask("POST", "/v1/commands", body)
        assert answer.status == 200, (body, answer.body)


def test_a_large_body_is_taken_up_to_the_limit(it):
    desk = it.desk("agent")
    body = json.dumps({"protocol": 1, "commands": [command("call.log", call(it))]})
    answer = desk.ask("POST", "/v1/commands", body + " " * (BODY_MAX - len(body.encode())))
    assert answer.status == 200 and answer.json["results"][0]["status"] == "applied"
    check_problem(desk.ask("POST", "/v1/commands", body + " " * BODY_MAX), 413, "too_large")


def test_strangers_bodies_are_small(it):
    body = json.dumps({"username": "agent", "password": password_of("agent")})
    blanks = 0x10000 - len(body.encode())
    assert it.client().ask("POST", "/v1/session", body + " " * blanks).status == 200
    answer = it.client().ask("POST", "/v1/session", body + " " * (blanks + 1))
    check_problem(answer, 413, "too_large")


def exchange(it, header, chunks):
    """Sends a request piece by piece and returns what comes back until the other side closes."""
    host, port = it.netloc.split(":")
    head = (f"POST /v1/commands HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            f"Authorization: Bearer {it.desk('agent').token}\r\n{header}\r\n\r\n")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        answer = b""
        try:
            connection.sendall(head.encode())
            for chunk in chunks:
                connection.sendall(chunk)
            while part := connection.recv(65536):
                answer += part
        except (BrokenPipeError, ConnectionResetError):
            pass
    return answer


def is_too_large(answer):
    return answer.startswith(b"HTTP/1.1 413 ") and b"application/problem+json" in answer


BLANKS = b" " * 0x10000
CHUNK = b"10000\r\n" + BLANKS + b"\r\n"


def test_a_body_that_says_that_it_is_too_large(it):
    assert is_too_large(exchange(it, f"Content-Length: {BODY_MAX + 0x10000}", [BLANKS] * 65))
    waiting = exchange(it, f"Content-Length: {BODY_MAX + 1}\r\nExpect: 100-continue", [])
    assert is_too_large(waiting), waiting


def test_a_body_that_does_not_say_its_length(it):
    answer = exchange(it, "Transfer-Encoding: chunked", [CHUNK] * 65 + [b"0\r\n\r\n"])
    assert is_too_large(answer), answer[:200]
    small = [b'1c\r\n{"protocol":1,"commands":[]}\r\n0\r\n\r\n']
    assert exchange(it, "Transfer-Encoding: chunked", small).startswith(b"HTTP/1.1 200 ")


def test_a_body_without_end_is_cut_off(it):
    assert exchange(it, "Content-Length: 1000000000000", (BLANKS for _ in range(100000))) == b""
    assert exchange(it, "Transfer-Encoding: chunked", (CHUNK for _ in range(100000))) == b""
    assert it.desk("agent").get("/v1/session").status == 200


def test_no_HTTP_at_all_harms_nobody(it):
    for text in ("\r\n\r\n", "hello\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
                 "GET /%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                 "GET /%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                 "GET /v1/subscribers?q=%ff%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                 "GET http://other/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                 "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                 "GET /healthz HTTP/1.1\r\n" + "X: y\r\n" * 20000 + "\r\n"):
        host, port = it.netloc.split(":")
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            try:
                connection.sendall(text.encode())
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65536):
                    pass
            except OSError:  # it may have hung up before we did
                pass
        assert it.client().get("/healthz").status == 200, text[:60]


def test_a_query_that_is_no_text(it):
    token = it.desk("agent").token
    for query in ("q=%ff", "q=%00", "%ff=1", "q=" + "%D8%A3" * 200, "", "q", "q=&q=1"):
        assert it.client(token).ask("GET", "/v1/subscribers?" + query).status == 200, query
    for query in ("q=%", "q=%zz", "q=" + "%D8%A3" * 201):
        assert it.client(token).ask("GET", "/v1/subscribers?" + query).status == 400, query


def test_what_is_nowhere(it):
    desk = it.desk("agent")
    for method, path in (("GET", "/"), ("GET", "/v1"), ("GET", "/v1/session/s"), ("GET", "/V1/session"),
                         ("GET", "/v1/subscribers/a/b"), ("GET", "/v1/subscribers/"),
                         ("GET", "/v1/commands"), ("POST", "/v1/changes"), ("PUT", "/v1/session"),
                         ("GET", "//v1/session"), ("GET", "/v1/session%2f")):
        check_problem(desk.ask(method, path), 404, "not_found")


def test_health_needs_no_token(it):
    for path in ("/healthz", "/readyz"):
        answer = it.client().get(path)
        assert answer.status == 200 and answer.json["status"] == "ok"
        assert answer.headers["Content-Type"] == "application/json"
        check_server(answer)


if __name__ == "__main__":
    run_tests(globals())
