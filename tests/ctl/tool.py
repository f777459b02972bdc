"""mutabaactl as its user has it, a folder and a database of its own for each test.

The environment says where the program is: MUTABAA_CTL.
"""
import json
import os
import pty
import select
import signal
import subprocess
import sys
import tempfile
import termios
import time
import traceback
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))
from database import FileDatabase, new_database  # noqa: E402

DATA = Path(__file__).resolve().parents[2] / "data"
RECORDED_LOG = DATA / "asterisk" / "queue_log"


class Tool:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.take(new_database(self.folder / "department.db"))

    def take(self, store):
        self.store = store
        self.database = store.uri

    @property
    def path(self):
        return self.store.path

    def start(self, *words, **how):
        return subprocess.Popen([os.environ["MUTABAA_CTL"], *words], text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, **how)

    def run(self, *words, given=""):
        """Runs it with exactly these words and returns what became of it."""
        return subprocess.run([os.environ["MUTABAA_CTL"], *words], input=given, text=True,
                              capture_output=True, timeout=120)

    def give(self, *words, given="", status=0):
        """Runs it on the database; returns what it printed, or what it complained of."""
        done = self.run("--database", self.database, *words, given=given)
        assert done.returncode == status, (words, done)
        assert (done.stderr == "") == (status == 0) or "column" in done.stderr, (words, done)
        return done.stdout if status == 0 else done.stderr

    def ask(self, *words, given=""):
        """What it tells as JSON."""
        return json.loads(self.give("--json", *words, given=given))

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def rows(self, sql, *values):
        return self.store.rows(sql, *values)

    def value(self, sql, *values):
        found = self.rows(sql, *values)
        return found[0][0] if found else None

    def change(self, sql, *values):
        """What no program of ours does."""
        self.store.write(sql, *values)

    @property
    def seq(self):
        return self.value("SELECT seq FROM head")

    def add_user(self, name, *options, password="a good secret"):
        self.give("user", "add", name, *(options or ("--role", "agent")), given=password + "\n")


def shows_nothing(terminal):
    return not termios.tcgetattr(terminal)[3] & termios.ECHO


def talk_to_terminal(words, answers):
    """Runs it at a terminal and answers each question; returns all that was seen, and its status."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(words[0], words)
    seen = b""
    for question, answer in answers:
        end = time.monotonic() + 20
        while question not in seen.decode("utf-8", "replace") and time.monotonic() < end:
            if select.select([terminal], [], [], 1)[0]:
                seen += os.read(terminal, 4096)
        # The question comes before the echo is switched off.
        assert eventually(lambda: shows_nothing(terminal)), seen
        os.write(terminal, answer.encode())
    try:
        while chunk := os.read(terminal, 4096):
            seen += chunk
    except OSError:
        pass
    return seen.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def eventually(check, seconds=20):
    """Waits until a check holds; returns what it gave."""
    end = time.monotonic() + seconds
    while True:
        found = check()
        if found or time.monotonic() > end:
            return found
        time.sleep(0.05)


def end(process, how=signal.SIGTERM):
    """Ends a program that follows; returns what it printed and complained of."""
    process.send_signal(how)
    out, complaint = process.communicate(timeout=30)
    return process.returncode, out, complaint


def make_once(make):
    """Lets every test have a copy of one department, which make() has made; it may return more."""
    folder = tempfile.TemporaryDirectory(prefix="mutabaa-test-")
    pattern = Tool(folder.name)
    pattern.home = folder

    def prepare(tool):
        if pattern.store.is_empty():
            pattern.told = make(pattern)
        tool.store.copy_from(pattern.store)
        tool.told = pattern.told
    return prepare


def run_tests(names, prepare=lambda tool: None):
    """Runs every test_… of a module, each with a tool of its own, and speaks TAP."""
    cases = [case for name, case in names.items() if name.startswith("test_")]
    print(f"1..{len(cases)}", flush=True)
    failed = False
    for number, case in enumerate(cases, 1):
        with tempfile.TemporaryDirectory(prefix="mutabaa-test-") as folder:
            try:
                tool = Tool(folder)
                prepare(tool)
                case(tool)
                print("ok", number, case.__name__, flush=True)
            except Exception:  # pylint: disable=broad-except
                failed = True
                print("not ok", number, case.__name__, flush=True)
                print("# " + traceback.format_exc().replace("\n", "\n# "), flush=True)
    sys.exit(failed)
