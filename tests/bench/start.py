#!/usr/bin/python3
"""How soon a desk takes a letter into its search, what it takes of the memory then, and how long its
windows stand still while much comes in; beside the first frame of GNOME Text Editor.

The desk is signed in, its cache holds the whole directory, its outbox waits for a server that is not
there.  Then the server comes: the desk sends and fetches at full rate.  Each start is a new process on
a warm disk.  Runs under tests/desk/session.sh: start.py BUILD-FOLDER.
"""
import argparse
import contextlib
import json
import mmap
import os
import shutil
import signal
import sqlite3
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATIENCE = 60
PEER = "gnome-text-editor"


class Probe:
    """What desk-probe.c, preloaded into a program, sees of it."""

    NAMES = ("first_frame_at", "first_letter_at", "longest_us", "longest_own_us", "turns",
             "beyond_8_ms", "beyond_16_ms")
    SIZE = 8 * len(NAMES)

    def __init__(self, folder):
        self.file = Path(folder, "probe")
        self.file.write_bytes(bytes(self.SIZE))
        with self.file.open("r+b") as file:
            self.map = mmap.mmap(file.fileno(), self.SIZE)

    def read(self):
        return dict(zip(self.NAMES, struct.unpack(f"{len(self.NAMES)}q", self.map[:])))

    def forget(self):
        self.map[:] = bytes(self.SIZE)

    def wait_for(self, name, process):
        """When that was, of the monotonic clock."""
        until = time.monotonic() + PATIENCE
        while not self.read()[name]:
            if time.monotonic() > until or process.poll() is not None:
                raise SystemExit(f"{process.args[0]}: no {name}")
            time.sleep(0.001)
        return self.read()[name] / 1e6


def get_pss(process):
    """The process's share of the memory, in MB."""
    lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


@contextlib.contextmanager
def running(command, **environment):
    """A program from the block's beginning to its end, and when it was started."""
    since = time.monotonic()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, env={**os.environ, **environment})
    try:
        yield process, since
    finally:
        process.kill()
        process.wait()


def make(command):
    """What a program says that is waited for, and ended where nobody waits any more."""
    with subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE) as process:
        try:
            said, _ = process.communicate()
        except BaseException:
            process.terminate()
            raise
    if process.returncode != 0:
        raise SystemExit(f"{command[0]} failed")
    return said


class Bench:
    """A folder for all, and the programs of a build."""

    def __init__(self, build, folder):
        self.build = Path(build).absolute()
        self.folder = Path(folder)
        self.probe = Probe(folder)

    def watched(self, command):
        self.probe.forget()
        return running(command, DESK_PROBE=str(self.probe.file), LANGUAGE="en",
                       LD_PRELOAD=str(self.build / "tests/bench/libdesk-probe.so"),
                       GSETTINGS_SCHEMA_DIR=str(self.build / "data"))

    def start_peer(self):
        """Milliseconds until its first frame, and its memory then."""
        with self.watched([PEER, "--standalone"]) as (process, since):
            return (self.probe.wait_for("first_frame_at", process) - since) * 1000, get_pss(process)


class Stock:
    """A desk that was in use for long, and its server."""

    def __init__(self, bench, subscribers, commands, changes):
        self.bench = bench
        self.folder = bench.folder / f"stock-{subscribers}"
        self.desk = bench.folder / f"desk-{subscribers}"
        self.folder.mkdir()
        self.told = json.loads(make([bench.build / "tests/bench/mutabaa-bench-stock", self.folder,
                                     subscribers, commands, changes]))
        self.changes = commands + changes
        self.url = f"http://localhost:{self.told['port']}"
        subprocess.run(["secret-tool", "store", "--label", "bench",
                        "xdg:schema", "org.mutabaa.Mutabaa.SignIn", "server", self.url,
                        "user", self.told["user"], "desk", str(self.desk)],
                       input=json.dumps(self.told["secret"]), check=True, text=True)

    @contextlib.contextmanager
    def typing(self):
        """A start of a copy of the desk, from which on letters are typed until one is there."""
        shutil.rmtree(self.desk, ignore_errors=True)
        shutil.copytree(self.folder / "desk", self.desk)
        command = [self.bench.build / "src/desk/mutabaa", "--server", self.url, "--data", self.desk]
        with self.bench.watched(command) as (process, since):
            with running(["xdotool", "type", "--delay", "10", "a" * 5000]):
                typed = self.bench.probe.wait_for("first_letter_at", process) - since
            yield process, typed * 1000

    def start(self):
        """Milliseconds until the first frame and the first letter, and the memory then."""
        with self.typing() as (process, typed):
            return typed, get_pss(process)

    def ask(self, path, sql):
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            return database.execute(sql).fetchone()[0]

    def is_in_step(self):
        """Whether all is sent and the cache is where the server is."""
        folder = next(self.desk.glob("*/*/cache.db")).parent
        department = self.told["database"].removeprefix("sqlite:")
        try:
            return (self.ask(folder / "outbox.db", "SELECT count(*) FROM given WHERE state = 'waiting'") == 0
                    and self.ask(folder / "cache.db", "SELECT seq FROM cursor")
                    == self.ask(department, "SELECT seq FROM head"))
        except sqlite3.OperationalError:
            return False

    def pull(self):
        """What the probe has seen from when the server came until the desk was in step, and for how
        many seconds."""
        server = [self.bench.build / "src/server/mutabaa-server", "--database",
                  self.told["database"], "--listen", f"127.0.0.1:{self.told['port']}"]
        with self.typing() as (process, _):
            time.sleep(2)
            self.bench.probe.forget()
            with running(server):
                since = time.monotonic()
                while not self.is_in_step():
                    if process.poll() is not None or time.monotonic() - since > 3 * PATIENCE:
                        raise SystemExit("the desk did not get in step")
                    time.sleep(0.1)
                return self.bench.probe.read(), time.monotonic() - since


@contextlib.contextmanager
def keyring():
    """An open one, with an empty password."""
    daemon = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock",
                               "--components=secrets"], stdin=subprocess.PIPE,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    daemon.stdin.write(b"\n")
    daemon.stdin.close()
    try:
        while subprocess.run(["secret-tool", "search", "server", "x"], check=False,
                             capture_output=True).returncode != 0:
            time.sleep(0.1)
        yield
    finally:
        daemon.terminate()
        daemon.wait()


def head(title, peer=""):
    print(f"\n{title}\n  {'':40} {'ours':>12} {peer:>14} {'ratio' if peer else '':>6} {'10x':>6}  wanted")


def judge(name, number, limit):
    return f"{name} <= {limit:g} {'met' if number <= limit else 'MISSED'}"


def row(name, unit, ours, peer=None, growth=None, target=None, stretch=None):
    """As bench_table_row() writes it."""
    ratio = ours / peer if peer else None
    wishes = [judge(word, ratio or ours, limit)
              for word, limit in (("target", target), ("stretch", stretch)) if limit]
    if growth:
        wishes.append(judge("10x", growth, 1.1))
    print(f"  {name:40} {ours:9.1f} {unit:2} {f'{peer:.1f} {unit}' if peer else '':>14}"
          f" {f'{ratio:.2f}' if ratio else '':>6} {f'{growth:.2f}' if growth else '':>6}  "
          + ", ".join(wishes))


def measure(start, runs):
    """The medians of what a start gives, after one that does not count."""
    start()
    return [statistics.median(figures) for figures in zip(*(start() for _ in range(runs)))]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build")
    parser.add_argument("--subscribers", type=int, default=1000000)
    parser.add_argument("--commands", type=int, default=10000)
    parser.add_argument("--changes", type=int, default=30000)
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    # Whoever ends it has it clean up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="mutabaa-bench-") as folder, keyring():
        bench = Bench(given.build, folder)
        few = Stock(bench, given.subscribers // 10, given.commands // 10, 0)
        many = Stock(bench, given.subscribers, given.commands, given.changes)
        peer, peer_pss = measure(bench.start_peer, given.runs)
        before, _ = measure(few.start, given.runs)
        typed, pss = measure(many.start, given.runs)
        head(f"A start, signed in, {given.subscribers} subscribers kept, {given.commands} commands"
             " waiting", "Text Editor")
        row("first letter in the search", "ms", typed, peer, typed / before, 1.3, 1.0)
        row("memory then (PSS)", "MB", pss, peer_pss, None, 1.5, 1.25)
        seen, seconds = many.pull()
        head(f"The server comes: {given.commands} commands go out, {given.changes} changes come in,"
             f" {many.changes / seconds:.0f}/s")
        row("longest block of the main loop", "ms", seen["longest_us"] / 1000, target=16, stretch=8)
        row("of this, its own work", "ms", seen["longest_own_us"] / 1000)
        print(f"  of {seen['turns']} turns, {seen['beyond_8_ms']} took more than 8 ms,"
              f" {seen['beyond_16_ms']} more than 16 ms")


main()
