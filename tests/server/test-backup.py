#!/usr/bin/python3
"""A backup that is taken while people work, restored, and the desks that have seen more."""
import threading
from pathlib import Path

from department import call, command, run_tests


def work(it, given, stop):
    """Writes down calls until it is told to stop; notes each with its id when it is acknowledged."""
    desk = it.sign_in("agent")
    while not stop.is_set():
        args = call(it)
        order = command("call.log", args)
        verdict = desk.post([order]).json["results"][0]
        assert verdict["status"] == "applied", verdict
        given.append(order)


def back_up(it, path):
    """While work goes on; returns the calls that were acknowledged before it began, and all."""
    given, stop = [], threading.Event()
    worker = threading.Thread(target=work, args=(it, given, stop))
    worker.start()
    while len(given) < 20:
        assert worker.is_alive()
    before = list(given)
    it.ctl("backup", str(path))
    it.ctl("verify")
    after = len(given)
    while len(given) < after + 5:
        assert worker.is_alive()
    stop.set()
    worker.join()
    return before, given


def test_restored_while_desks_have_seen_more(it):
    path = Path(it.folder.name, "backup.db")
    before, given = back_up(it, path)
    desk = it.sign_in("agent")
    server = desk.get("/v1/session").json["server"]
    it.stop()
    it.ctl("restore", str(path), "--replace")
    it.ctl("verify")
    kept = {key for key, in it.rows("SELECT id FROM call")}
    lost = [order for order in given if order["args"]["id"] not in kept]
    assert all(order["args"]["id"] in kept for order in before) and lost, (before, lost)
    it.start()
    # The desk hears that a new history has begun, and offers again all that it holds.
    desk = it.sign_in("agent")
    assert desk.changes(server["seq"], epoch=server["epoch"]).status == 410
    for order in given:
        verdict = desk.post([order]).json["results"][0]
        assert verdict["status"] == "applied", verdict
    it.ctl("epoch", "end")
    it.ctl("verify")
    calls = [key for key, in it.rows("SELECT id FROM call")]
    assert sorted(calls) == sorted(order["args"]["id"] for order in given)


def test_no_restore_under_a_server(it):
    path = Path(it.folder.name, "later.db")
    it.ctl("backup", str(path))
    done = it.ctl("restore", str(path), "--replace", check=False)
    assert done.returncode == 1 and "lock" in done.stderr, done
    assert it.desk("agent").get("/v1/session").status == 200
    it.ctl("verify")


if __name__ == "__main__":
    run_tests(globals(), cast={"agent": ("agent", "north", "rima")})
