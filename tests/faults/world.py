"""A server, desks that are processes of their own with somebody at each, and what was promised to them.

The environment says where the programs are: MUTABAA_SERVER, MUTABAA_CTL, FAULT_DESK and FAULT_CLOCK_LIBRARY.
"""
import os
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "server"))
from apart import Disk  # noqa: E402
from department import Department, eventually, hold_address, password_of  # noqa: E402
from line import Line  # noqa: E402

PATIENCE_S = 180
CAST = {"agent": ("agent", "north", "rima"),
        "colleague": ("agent", "north", "samer"),
        "supervisor": ("supervisor", "north", None)}
# The table in which each command that is given leaves a row of its own.
TABLES = {"call.log": "call", "call.amend": "call_version", "prospect.add": "prospect",
          "note.add": "note"}
COLUMNS = "id, person_id, notes, version, started_at, received_at"


class Clock:
    """How far the time of day is off in the programs that were given it."""

    def __init__(self, path):
        self.path = path
        self.set(0)

    def set(self, seconds):
        with open(self.path, "r+b" if self.path.exists() else "wb") as file:
            file.write(struct.pack("=q", seconds))


class Desk:
    """The process, and what it has said."""

    def __init__(self, world, name, folder):
        self.world, self.name, self.folder = world, name, folder
        self.journal = world.folder / f"{name}.journal"
        self.journal.touch()
        self.read = 0
        self.process = None
        self.state = None
        self.tried, self.given, self.failed = {}, set(), set()
        self.told = []
        self.rests = False
        self.start()

    def start(self):
        it = self.world.it
        environment = dict(os.environ, FAULT_CLOCK=str(self.world.desks_clock.path))
        with open(self.journal, "ab") as out, open(self.world.folder / "desks.log", "ab") as log:
            self.process = subprocess.Popen(
                [os.environ["FAULT_DESK"], self.world.url, str(self.folder), self.name,
                 it.subscriber_id, it.call_type],
                stdin=subprocess.PIPE, stdout=out, stderr=log, env=environment, text=True)
        self.say(password_of(self.name))
        self.say("work")

    def say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self, how=signal.SIGKILL):
        assert self.process.poll() is None, f"the desk of {self.name} has ended by itself"
        self.process.send_signal(how)
        self.process.wait()
        self.process.stdin.close()
        self.hear()
        # A kill can cut what was being said: it has not been said.
        os.truncate(self.journal, self.read)
        self.state = None

    def leave(self):
        """The person closes the program."""
        self.process.stdin.close()
        assert self.process.wait(PATIENCE_S) == 0, self.process.returncode

    def rest(self):
        self.rests = False
        self.say("rest")

    def hear(self):
        assert self.process.returncode is not None or self.process.poll() is None, (
            f"the desk of {self.name} has ended by itself: {self.process.returncode}")
        with open(self.journal, "rb") as file:
            file.seek(self.read)
            said = file.read()
        said = said[:said.rfind(b"\n") + 1]
        self.read += len(said)
        for line in said.decode().splitlines():
            self.take(*line.split(" ", 1))
        return self

    def take(self, word, rest=""):
        if word == "try":
            kind, key = rest.split()
            self.tried[key] = kind
        elif word == "given":
            self.given.add(rest)
        elif word == "failed":
            key, rest = rest.split(" ", 1)
            self.failed.add(key)
        elif word == "state":
            self.state = rest
        elif word == "rests":
            self.rests = True
        if word in ("state", "failed", "not-signed-in", "refused"):
            self.told.append(f"{word} {rest}")

    def rows(self, file, sql, *values):
        """Of one of the desk's databases, as they are now; none where it is not there yet."""
        paths = list(self.folder.glob(f"**/{file}"))
        assert len(paths) == 1, paths
        with closing(sqlite3.connect(f"file:{paths[0]}?mode=ro", uri=True, timeout=30)) as database:
            return database.execute(sql, values).fetchall()

    def is_quiet(self):
        """Nothing is given, nothing waits, and what the server made of it has come."""
        self.hear()
        if not self.rests or self.state != "online":
            return False
        [(waiting, last)] = self.rows("outbox.db", "SELECT SUM(state = 'waiting'), MAX(seq) FROM given")
        return not waiting and self.rows("cache.db", "SELECT seq FROM cursor WHERE seq >= ?", last or 0)

    def explain(self):
        waiting = self.rows("outbox.db", "SELECT state, COUNT(*) FROM given GROUP BY state")
        return f"{self.name}: {self.state}, rests {self.rests}, {waiting}, told {self.told[-5:]}"

    # What was promised.

    def check(self):
        it = self.world.it
        kept = {key: (state, seq) for key, state, seq in
                self.rows("outbox.db", "SELECT id, state, seq FROM given")}
        judged = {key: (status, seq) for key, status, seq in it.rows(
            "SELECT id, status, seq FROM command WHERE person_id = ?", it.person(self.name))}
        wrong = {key: (had, judged.get(key)) for key, had in kept.items() if judged.get(key) != had}
        assert not wrong, f"in the outbox and at the server: {wrong}"
        assert all(state == "applied" for state, _ in kept.values()), kept
        there = self.world.there & set(self.tried)
        assert self.given <= there, f"lost: {self.given - there}"
        assert not self.failed & there, f"denied and done: {self.failed & there}"
        logged = {key for key in there if self.tried[key] == "call.log"}
        shown = {key for key, in self.rows("cache.db", "SELECT id FROM call"
                                           " WHERE received_at IS NOT NULL")}
        assert logged <= shown, f"not in the rows: {logged - shown}"

    def has_its_rows(self):
        """It holds the calls that the server has for this person, and nothing is left of what waited."""
        owed = self.world.it.rows(f"SELECT {COLUMNS} FROM call")
        if self.name != "supervisor":
            person = self.world.it.person(self.name)
            owed = [row for row in owed if row[1] == person]
        held = self.rows("cache.db", f"SELECT {COLUMNS} FROM call")
        return sorted(owed) == sorted(held) and not any(
            self.rows("cache.db", f"SELECT * FROM {table}") for table in ("image", "applied", "page"))


class World:
    """A department with a desk for each of its people; a context manager that ends it all.

    With disks of their own, the server's and the desks' files are on those, and the desks talk with
    the server without a line of the project's own between them."""

    def __init__(self, has_disks=False):
        self.temporary = tempfile.TemporaryDirectory(prefix="mutabaa-faults-")
        self.folder = Path(self.temporary.name)
        os.environ["LD_PRELOAD"] = os.environ["FAULT_CLOCK_LIBRARY"]
        os.environ["FAULT_CLOCK"] = str(self.folder / "server.clock")
        self.server_clock = Clock(Path(os.environ["FAULT_CLOCK"]))
        self.desks_clock = Clock(self.folder / "desks.clock")
        self.folders = {name: self.folder / name for name in ("server", *CAST)}
        for folder in self.folders.values():
            folder.mkdir()
        self.disks = {name: Disk(folder) for name, folder in self.folders.items() if has_disks}
        self.holder, address = hold_address()
        self.it = Department(cast=CAST, listen=address, place=self.folders["server"])
        self.it.subscriber_id = self.it.subscriber("omar")
        self.line = None if has_disks else Line(self.it.url)
        self.url = self.it.url if has_disks else self.line.url
        self.desks = [Desk(self, name, self.folders[name]) for name in CAST]

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        for desk in self.desks:
            desk.leave() if kind is None else desk.process.kill()
        if self.it.process:
            self.it.stop(silent=False) if kind is None else self.it.stop(signal.SIGKILL)
        if self.line:
            self.line.__exit__()
        for disk in self.disks.values():
            disk.close()
        self.temporary.cleanup()

    def kill_server(self):
        self.it.stop(signal.SIGKILL)

    def start_server(self):
        self.it.start(self.it.netloc)

    def wait_for(self, check, what):
        assert eventually(check, PATIENCE_S), (
            what, [desk.explain() for desk in self.desks], self.it.read_log()[-2000:])

    def work(self, count=3):
        """Until everybody is in step and has been given so much more."""
        before = {desk: len(desk.hear().given) for desk in self.desks}
        self.wait_for(lambda: all(len(desk.hear().given) >= before[desk] + count
                                  and desk.state == "online" for desk in self.desks), "work")

    def meet(self, fault):
        self.awaited = fault.told
        self.heard = {desk: len(desk.hear().told) for desk in self.desks}
        fault.act(self)

    def last(self, seconds):
        """So long, and until somebody was told what they have to be told."""
        time.sleep(seconds)
        self.wait_for(lambda: all(any(word in desk.hear().told[self.heard[desk]:]
                                      for desk in self.desks) for word in self.awaited), "told")

    def rest(self):
        """Until nothing waits any more."""
        for desk in self.desks:
            desk.rest()
        self.wait_for(lambda: all(desk.is_quiet() for desk in self.desks), "rest")

    def go_on(self):
        for desk in self.desks:
            desk.say("work")

    def check(self):
        """Nothing acknowledged is lost, nothing is doubled, nobody was refused anything."""
        self.there = set()
        for kind, table in TABLES.items():
            keys = [key for key, in self.it.rows(f"SELECT id FROM {table}")]
            count = self.it.value("SELECT COUNT(*) FROM command WHERE type = ? AND status = 'applied'",
                                  kind)
            assert len(keys) == count, (table, len(keys), count)
            self.there |= set(keys)
        unknown = self.there - {key for desk in self.desks for key in desk.tried}
        assert not unknown, f"nobody gave them: {unknown}"
        for desk in self.desks:
            desk.check()
        self.it.ctl("verify")

    def check_rows(self):
        """Everybody hears of everything by themselves."""
        self.wait_for(lambda: all(desk.has_its_rows() for desk in self.desks), "rows")
