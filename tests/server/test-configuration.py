#!/usr/bin/python3
"""What the server is told in a file and by options, and the limits that it is told."""
import json
import os
import re
import signal
import subprocess
from configparser import ConfigParser
from pathlib import Path

from department import (Answer, Department, call, check_problem, command, eventually, password_of,
                        run_tests)
from live import Closed, Live

EXAMPLE = Path(__file__).parents[2] / "data" / "server.conf"


def read_help():
    """{option: what is so where nothing is said, None where that is not told}."""
    said = subprocess.run([os.environ["MUTABAA_SERVER"], "--help"], capture_output=True, text=True,
                          check=True, env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout
    told = re.findall(r"^ +--([a-z-]+)(?:=\S+)?[^\n]*?(?:\((\d+)\))?$", said, re.M)
    return dict(told)


def read_example(text=None):
    parser = ConfigParser(interpolation=None, delimiters="=", strict=True)
    parser.read_string(text or re.sub(r"^#([a-z-]+=)", r"\1", EXAMPLE.read_text(), flags=re.M))
    return {key: value for group in parser.sections() for key, value in parser[group].items()}


def run(*options, env=None):
    done = subprocess.run([os.environ["MUTABAA_SERVER"], *options], capture_output=True, text=True,
                          timeout=60, env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})})
    assert done.stdout == "", done.stdout
    return done


def write(it, text, mode=0o644, name="server.conf"):
    path = Path(it.folder.name, name)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def refused(it, text, *options, mode=0o644):
    """What is said of a file that is not right."""
    path = write(it, text, mode)
    done = run("--configuration", str(path), *options)
    assert done.returncode == 2 and done.stderr.count("\n") == 1, done
    return done.stderr.replace(str(path), "FILE").removeprefix("mutabaa-server: ").strip()


def whole(it, more=""):
    return f"[server]\ndatabase=sqlite:{it.path}\nlisten=127.0.0.1:0\n{more}"


def test_the_example_is_what_the_program_knows(_):
    told, example = read_help(), read_example()
    assert set(told) - {"help", "configuration"} == set(example), (told, example)
    for name, default in told.items():
        assert not default or example[name] == default, (name, default, example[name])
    # What is not behind a sign is what is needed.
    assert set(read_example(EXAMPLE.read_text())) == {"database", "listen"}


def start(it, path, *options):
    """The server with a file alone."""
    process = subprocess.Popen([os.environ["MUTABAA_SERVER"], "--configuration", str(path), *options],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    word = process.stdout.readline().split()[:1]
    process.terminate()
    said = process.communicate(timeout=60)
    assert word == ["ready"] and process.returncode == 0 and said == ("", ""), (word, said)


def test_the_example_with_all_that_is_behind_the_sign_starts(it):
    text = re.sub(r"^#([a-z-]+=)", r"\1", EXAMPLE.read_text(), flags=re.M)
    text = re.sub(r"^database=.*", f"database=sqlite:{it.path}", text, flags=re.M)
    text = re.sub(r"^listen=.*", "listen=127.0.0.1:0", text, flags=re.M)
    start(it, write(it, text))


def test_options_count_for_more(it):
    wrong = write(it, "[server]\ndatabase=sqlite:/no/such.db\nlisten=127.0.0.1:0\n[limits]\nthreads=3\n")
    assert run("--configuration", str(wrong)).returncode == 1
    start(it, wrong, "--database", f"sqlite:{it.path}", "--threads=2")


def test_the_tool_takes_the_database_from_it(it):
    path = write(it, whole(it))
    done = subprocess.run([os.environ["MUTABAA_CTL"], "--configuration", str(path), "user", "list"],
                          capture_output=True, text=True)
    assert done.returncode == 0 and "supervisor" in done.stdout, done
    path = write(it, whole(it, "nonsense=1\n"))
    done = subprocess.run([os.environ["MUTABAA_CTL"], "--configuration", str(path), "user", "list"],
                          capture_output=True, text=True)
    assert done.returncode == 1 and "nonsense" in done.stderr, done


def test_mistakes_name_file_group_and_key(it):
    for more, said in (
            ("thread=1\n", "FILE: [server] thread: there is no such key"),
            ("threads=1\n", "FILE: [server] threads: there is no such key"),
            ("[limit]\nthreads=1\n", "FILE: [limit] threads: there is no such key"),
            ("[limits]\nthreads=0\n", "FILE: [limits] threads: give a number from 1 to 1024"),
            ("[limits]\nthreads=\n", "FILE: [limits] threads: give a number from 1 to 1024"),
            ("[limits]\nthreads=many\n", "FILE: [limits] threads: give a number from 1 to 1024"),
            ("[limits]\nthreads=99999999999999999999\n",
             "FILE: [limits] threads: give a number from 1 to 1024"),
            ("behind-proxy=yes\n", "FILE: [server] behind-proxy: give true or false"),
            ("database=\n", "FILE: [server] database: nothing is said")):
        assert refused(it, whole(it, more)) == said, (more, refused(it, whole(it, more)))
    assert refused(it, "[server]\nlisten=127.0.0.1:0\n") == "give --database; see --help"
    assert "FILE: " in refused(it, "no key file")
    assert refused(it, whole(it), "--threads=0") == "--threads: give a number from 1 to 1024"
    missing = run("--configuration", it.folder.name + "/missing.conf")
    assert missing.returncode == 2 and "missing.conf" in missing.stderr


def test_a_password_is_kept_from_others(it):
    secret = "postgresql://mutabaa:xyzzy-the-secret@127.0.0.1:1/mutabaa"
    text = f"[server]\ndatabase={secret}\nlisten=127.0.0.1:0\n"
    for other in (text, text.replace(":xyzzy-the-secret@", "@").replace("/mutabaa\n",
                                                                       "/mutabaa?password=xyzzy\n")):
        said = refused(it, other, mode=0o644)
        assert "everybody may read it" in said and "xyzzy" not in said, said
        for mode in (0o600, 0o640):
            done = run("--configuration", str(write(it, other, mode)))
            assert done.returncode == 1 and "xyzzy" not in done.stderr, done.stderr
    done = run("--database", secret, "--listen", "127.0.0.1:0")
    assert done.returncode == 2 and "no argument" in done.stderr and "xyzzy" not in done.stderr


def sign_in_at_once(it, count):
    """The server goes on when all of them have come."""
    clients = [it.client() for _ in range(count)]
    body = json.dumps({"username": "agent", "password": password_of("agent"), "desk": "desk-1"})
    it.process.send_signal(signal.SIGSTOP)
    try:
        for client in clients:
            client.connection.request("POST", "/v1/session", body)
    finally:
        it.process.send_signal(signal.SIGCONT)
    return [Answer(client.connection.getresponse()) for client in clients]


def test_too_many_that_wait(_):
    with Department(options=["--threads=1", "--readers=1", "--requests-waiting=1"]) as it:
        answers = sign_in_at_once(it, 16)
        for answer in answers:
            if answer.status != 200:
                check_problem(answer, 503, "unreachable")
        statuses = [answer.status for answer in answers]
        assert 200 in statuses and 503 in statuses, statuses
        assert eventually(lambda: it.client().get("/healthz").status == 200)


def refused_by(it, limit):
    found = re.search(rf'^mutabaa_refused_total\{{limit="{limit}"\}} (\d+)$',
                      it.client().get("/metrics").body.decode(), re.M)
    return int(found[1]) if found else 0


def lengths_of_pages(desk, after):
    page = desk.changes(after, limit=500)
    yield len(page.json["changes"])
    while page.json["more"]:
        page = desk.changes(page.json["next"], limit=500)
        yield len(page.json["changes"])


def test_a_small_body_and_batch(_):
    with Department(options=["--body-bytes=65536", "--batch-commands=2", "--page-rows=3"]) as it:
        desk = it.sign_in("agent")
        limits = desk.get("/v1/catalogue").json["limits"]
        assert (limits["body"], limits["batch"], limits["page"]) == (65536, 2, 3), limits
        before = desk.get("/v1/session").json["server"]["seq"]
        batch = [command("call.log", call(it)) for _ in range(3)]
        check_problem(desk.post(batch), 413, "too_large")
        assert [one["status"] for one in desk.post(batch[:2]).json["results"]] == ["applied"] * 2
        assert refused_by(it, "batch") == 1
        check_problem(desk.ask("POST", "/v1/commands", " " * 65537), 413, "too_large")
        assert refused_by(it, "body") == 1
        assert max(lengths_of_pages(desk, before)) == 3


def test_too_many_live_connections(_):
    with Department(options=["--live-connections=1"]) as it:
        token = it.sign_in("agent").token
        with Live(it.netloc, token) as first:
            assert first.message()["type"] == "beat"
            with Live(it.netloc, token) as second:
                try:
                    assert second.message() is None
                except Closed as closed:
                    assert closed.args == (1001,), closed.args
            assert refused_by(it, "live_connections") == 1
        # Who goes makes room.
        def connects():
            with Live(it.netloc, token) as third:
                try:
                    return third.message() is not None
                except Closed:
                    return False
        assert eventually(connects)


def test_how_long_a_sign_in_is_good(_):
    with Department(options=["--session-hours=2"]) as it:
        it.try_sign_in("agent", password_of("agent"))
        created, expires = it.rows("SELECT created_at, expires_at FROM session")[0]
        assert expires - created == 2 * 3600 * 1000


if __name__ == "__main__":
    run_tests(globals())
