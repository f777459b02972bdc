"""A department of its own with the real server in front of it, for tests that speak HTTP to it.

The environment says where the programs are: MUTABAA_SERVER and MUTABAA_CTL.
"""
import calendar
import gzip
import hashlib
import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
import uuid
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode, urlsplit

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))
from database import new_database  # noqa: E402

ROLES = ("agent", "supervisor", "quality", "manager", "followup", "field", "finance",
         "department", "admin")
# The id of an epoch tells when it began.
EARLIER = "00000000-0000-7000-8000-000000000000"
LATER = "ffffffff-ffff-7fff-bfff-ffffffffffff"
# The rows of agent, colleague and stranger are own, of the team, and of another team.
CAST = {
    "agent": ("agent", "north", "rima"),
    "colleague": ("agent", "north", "samer"),
    "stranger": ("agent", "south", "lina"),
    "supervisor": ("supervisor", "north", None),
    "quality": ("quality", None, None),
    "manager": ("manager", None, None),
    "followup": ("followup", None, None),
    "field": ("field", None, None),
    "finance": ("finance", None, None),
    "department": ("department", None, None),
    "admin": ("admin", None, None),
}
# What numbers the rows of a searched table, and means nothing outside of the file.
NUMBER = "row_n"
SUBSCRIBERS = """\
account_number,username,name,telephone,package,tier,status,volume_allowed,volume_up,volume_down,balance,currency,static_ip
A-1001,omar,عمر الأحمد,011-4018827,ADSL,8 Mb/s,active,50000000000,1000,2000,-1500,SYP,203.0.113.7
A-1002,huda,هدى السيّد,0933 123 456,VDSL,16 Mb/s,active,80000000000,3000,4000,0,SYP,
A-1003,layla,ليلى مصطفى,,ADSL,2 Mb/s,suspended,20000000000,5000,6000,250,SYP,
"""


def new_id():
    return str(uuid.uuid4())


def stamp(seconds=0.0):
    """The time so many seconds from now, as it stands on the wire."""
    moment = time.time() + seconds
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(moment)) + f".{int(moment * 1000) % 1000:03}Z"


def hold_address():
    """Where a server can listen, again and again; while the socket lives nobody else is given it."""
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind(("127.0.0.1", 0))
    return holder, f"127.0.0.1:{holder.getsockname()[1]}"


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def told(self):
        """What an error tells, but for the name of this one request."""
        request = self.headers["X-Request-Id"].encode()
        assert self.body.count(request) == 1, self.body
        return self.body.replace(request, b"")


class Client:
    """One kept-alive connection, without a sign-in where there is no token."""

    def __init__(self, netloc, token=None):
        self.connection = http.client.HTTPConnection(netloc, timeout=60)
        self.token = token

    def ask(self, method, path, body=None, headers=None, **query):
        headers = dict(headers or {})
        if self.token is not None:
            headers["Authorization"] = "Bearer " + self.token
        if query:
            path += "?" + urlencode(query)
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        self.connection.request(method, path, body, headers)
        return Answer(self.connection.getresponse())

    def get(self, path, **query):
        return self.ask("GET", path, **query)


class Desk(Client):
    """Somebody who is signed in."""

    def __init__(self, netloc, answer):
        super().__init__(netloc, answer.json["token"])
        self.id = answer.json["user"]["id"]

    def post(self, commands, **more):
        body = {"protocol": 1, "commands": commands, **more}
        return self.ask("POST", "/v1/commands", body)

    def give(self, kind, args, **more):
        """Gives one command and returns its verdict."""
        answer = self.post([command(kind, args, **more)])
        assert answer.status == 200, answer.body
        return answer.json["results"][0]

    def apply(self, kind, args, **more):
        verdict = self.give(kind, args, **more)
        assert verdict["status"] == "applied", verdict
        return verdict

    def changes(self, after=0, **query):
        epoch = query.pop("epoch", None) or self.get("/v1/session").json["server"]["epoch"]
        return self.get("/v1/changes", after=after, epoch=epoch, **query)

    def take_snapshot(self):
        """The parts of a snapshot by their names, whole, and what the server says of them."""
        answer = eventually(lambda: (found := self.get("/v1/snapshot")).status != 503 and found)
        assert answer and answer.status == 200, answer
        parts = {}
        for part in answer.json["parts"]:
            file = self.get("/v1/snapshot/" + part["hash"])
            assert file.status == 200, file.body
            assert len(file.body) == part["size"]
            assert hashlib.blake2b(file.body, digest_size=32).hexdigest() == part["hash"]
            parts[part["name"]] = gzip.decompress(file.body)
        return parts, answer.json

    def pull(self, after=0, limit=500):
        """All that there is after a cursor, as {(table, id): row or None}, and the next cursor."""
        rows = {}
        while True:
            page = self.changes(after, limit=limit)
            assert page.status == 200, page.body
            for change in page.json["changes"]:
                rows[change["table"], change["id"]] = change["row"]
            after = page.json["next"]
            if not page.json["more"]:
                return rows, after


def read_part(content):
    with tempfile.NamedTemporaryFile(suffix=".db") as file:
        file.write(content)
        file.flush()
        with closing(sqlite3.connect(file.name)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            database.row_factory = sqlite3.Row
            rows = {}
            for table, in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"):
                if not table.endswith("_word"):
                    for row in database.execute(f"SELECT * FROM {table}"):
                        key = row["id"] if table != "change" else row["seq"]
                        rows[table, key] = {name: row[name] for name in row.keys()
                                            if row[name] is not None and name != NUMBER}
    return rows, rows.pop(("cursor", 1))


def read_snapshot(parts):
    """{(table, id): {column: value}} without what is empty, and the cursor."""
    own, cursor = read_part(parts["own"])
    if "directory" not in parts:
        assert not {key for key in own if key[0] == "change"}
        return own, cursor
    rows, _ = read_part(parts["directory"])
    assert {table for table, _ in rows} <= {"subscriber"}
    changed = {row["row_id"] for (table, _), row in own.items() if table == "change"}
    assert {key for table, key in own if table == "subscriber"} <= changed
    rows = {key: row for key, row in rows.items() if key[1] not in changed}
    rows.update({key: row for key, row in own.items() if key[0] != "change"})
    return rows, cursor


def command(kind, args, **more):
    """A command as it goes over the wire; more may name its id and time."""
    return {"id": new_id(), "n": 1, "type": kind, "at": stamp(), "args": args, **more}


def call(department, **more):
    """The arguments of a good call.log."""
    args = {"id": new_id(), "subscriber_id": department.subscriber("omar"), "direction": "in",
            "type_id": department.call_type, "resolution": "informed", "solved": True,
            "notes": "سأل عن الحجم", "started_at": stamp(-300), "ended_at": stamp(-60),
            "wrap_up_s": 20}
    args.update(more)
    return {key: value for key, value in args.items() if value is not None}


class Department:
    """Made fresh, with the CAST and the SUBSCRIBERS in it; a context manager that ends it all."""

    def __init__(self, cast=CAST, listen="127.0.0.1:0", options=(), place=None):
        self.folder = tempfile.TemporaryDirectory(prefix="mutabaa-test-", dir=place)
        self.database = new_database(Path(self.folder.name, "department.db"))
        self.process = None
        self.desks = {}
        self.ctl("init")
        for name, (role, team, pbx_name) in cast.items():
            self.add_user(name, role, team, pbx_name)
        self.import_subscribers(SUBSCRIBERS)
        self.call_type = self.value("SELECT id FROM call_type WHERE parent_id IS NOT NULL"
                                    " ORDER BY position")
        if listen:
            self.start(listen, *options)

    @property
    def path(self):
        return self.database.path

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            if self.process:
                self.stop()
        finally:
            self.folder.cleanup()

    def ctl(self, *args, secret=None, check=True):
        done = subprocess.run([os.environ["MUTABAA_CTL"], "--database", self.database.uri, *args],
                              input=(secret or "") + "\n", capture_output=True, text=True)
        assert not check or done.returncode == 0, (args, done.stdout, done.stderr)
        return done

    def add_user(self, name, role, team=None, pbx_name=None):
        options = ["--role", role]
        options += ["--team", team] if team else []
        options += ["--pbx-name", pbx_name] if pbx_name else []
        self.ctl("user", "add", name, *options, secret=password_of(name))

    def import_subscribers(self, text):
        path = Path(self.folder.name, "subscribers.csv")
        path.write_text(text, encoding="utf-8")
        self.ctl("import", "subscribers", str(path))

    def import_log(self, text, source="pbx"):
        path = Path(self.folder.name, f"queue_log.{new_id()}")
        path.write_text(text, encoding="utf-8")
        self.ctl("import", "queue-log", str(path), "--source", source)

    def rows(self, sql, *values):
        return self.database.rows(sql, *values)

    def value(self, sql, *values):
        found = self.rows(sql, *values)
        return found[0][0] if found else None

    def write(self, sql, *values):
        """What no program does: changes the database behind the server's back."""
        self.database.write(sql, *values)

    def person(self, name):
        return self.value("SELECT id FROM person WHERE username = ?", name)

    def subscriber(self, name):
        return self.value("SELECT id FROM subscriber WHERE username = ?", name)

    def start(self, listen="127.0.0.1:0", *options):
        self.log = open(Path(self.folder.name, "server.log"), "ab")
        self.process = subprocess.Popen(
            [os.environ["MUTABAA_SERVER"], "--database", self.database.uri, "--listen", listen,
             *options], stdout=subprocess.PIPE, stderr=self.log, text=True)
        word, _, self.url = self.process.stdout.readline().strip().partition(" ")
        assert word == "ready", (word, self.read_log())
        self.netloc = urlsplit(self.url).netloc

    def read_log(self):
        return Path(self.log.name).read_text(encoding="utf-8")

    def stop(self, how=signal.SIGTERM, silent=True):
        """Ends the server and returns its exit status; what it complained of is a failure."""
        self.process.send_signal(how)
        status = self.process.wait(60)
        self.process.stdout.close()
        self.process = None
        said = self.read_log()
        self.log.close()
        self.desks.clear()
        assert not silent or how == signal.SIGKILL or (status == 0 and said == ""), (status, said)
        return status

    def client(self, token=None):
        return Client(self.netloc, token)

    def try_sign_in(self, name, password=None, desk="desk-1"):
        password = password if password is not None else password_of(name)
        return self.client().ask("POST", "/v1/session", {"username": name, "password": password,
                                                         "desk": desk})

    def sign_in(self, name, password=None):
        """A new sign-in of somebody."""
        answer = self.try_sign_in(name, password)
        assert answer.status == 200, answer.body
        return Desk(self.netloc, answer)

    def desk(self, name):
        """A sign-in of somebody that tests share; it is not to be ended."""
        if name not in self.desks:
            self.desks[name] = self.sign_in(name)
        return self.desks[name]


def password_of(name):
    return f"the secret of {name}"


def check_problem(answer, status, title):
    """An error outside commands, after RFC 9457."""
    assert answer.status == status, (answer.status, answer.body)
    assert answer.headers["Content-Type"] == "application/problem+json", answer.headers
    problem = answer.json
    assert problem["type"] == "about:blank" and problem["status"] == status, problem
    assert problem["title"] == title and problem["detail"], problem


def check_server(answer):
    """The object that stands in each JSON answer."""
    server = answer.json["server"]
    seq, digest = server["head"].split(":")
    assert set(server) == {"epoch", "seq", "head", "time"}, server
    assert int(seq) <= server["seq"] and len(digest) == 64, server
    assert abs(time.time() - parse_time(server["time"])) < 60, server


def parse_time(text):
    seconds, _, rest = text.partition(".")
    assert rest.endswith("Z") and len(rest) == 4, text
    return calendar.timegm(time.strptime(seconds, "%Y-%m-%dT%H:%M:%S")) + int(rest[:3]) / 1000


def eventually(check, seconds=20):
    """Waits until a check holds; returns what it gave."""
    end = time.monotonic() + seconds
    while True:
        found = check()
        if found or time.monotonic() > end:
            return found
        time.sleep(0.02)


def run_tests(names, **department):
    """Runs every test_… of a module, each with one department that they share, and speaks TAP."""
    cases = [case for name, case in names.items() if name.startswith("test_")]
    print(f"1..{len(cases)}", flush=True)
    failed = False
    with Department(**department) as shared:
        for number, case in enumerate(cases, 1):
            try:
                case(shared)
                print("ok", number, case.__name__, flush=True)
            except Exception:  # pylint: disable=broad-except
                failed = True
                print("not ok", number, case.__name__, flush=True)
                print("# " + traceback.format_exc().replace("\n", "\n# "), flush=True)
                if shared.process is None or shared.process.poll() is not None:
                    print("Bail out! The server has ended:", shared.read_log(), flush=True)
                    break
    sys.exit(failed)
