#!/usr/bin/python3
"""Start to the first accepted keystroke, beside the first window of GNOME Text Editor.

Runs under tests/desk/session.sh: start.py MUTABAA.  Each start is a new process on a warm disk;
the sign-in window is the first thing that takes a key.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "desk"))

from uidrive import Program, find, pump, text, xdotool  # noqa: E402

RUNS = 7


def window_of(process, title, since):
    """Seconds until a window of that title is on the screen."""
    while time.monotonic() - since < 30:
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title],
                               capture_output=True, text=True, check=False)
        if found.stdout.strip():
            return time.monotonic() - since
        if process.poll() is not None:
            break
        time.sleep(0.005)
    raise SystemExit(f"no window: {title}")


def start_peer():
    since = time.monotonic()
    with subprocess.Popen(["gnome-text-editor", "--standalone"], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:
        seconds = window_of(process, "Text Editor", since)
        process.kill()
    return seconds


def start_desk(program):
    """Until the window is there, and until a key that was pressed stands in the entry."""
    with tempfile.TemporaryDirectory() as data:
        command = [program, "--data", data]
        since = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              env={**os.environ, "LANGUAGE": "en"}) as process:
            shown = window_of(process, "Mutabaa", since)
            process.kill()
        since = time.monotonic()
        with Program(command, language="en") as it:
            entry = find(it.app, "text", timeout=30)
            while not text(entry):
                xdotool("key", "a")
                pump(0.01)
            return shown, time.monotonic() - since


def main():
    program = sys.argv[1]
    start_peer()
    start_desk(program)
    peer = statistics.median(start_peer() for _ in range(RUNS))
    pairs = [start_desk(program) for _ in range(RUNS)]
    shown = statistics.median(pair[0] for pair in pairs)
    typed = statistics.median(pair[1] for pair in pairs)
    print("start (medians of %d)                 ms   of the peer   target" % RUNS)
    print(f"GNOME Text Editor, first window   {peer * 1000:6.0f}        1.00")
    print(f"Mutabaa, first window             {shown * 1000:6.0f}        {shown / peer:.2f}")
    print(f"Mutabaa, first accepted key       {typed * 1000:6.0f}        {typed / peer:.2f}   <= 1.3")


main()
