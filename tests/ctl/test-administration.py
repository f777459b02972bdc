#!/usr/bin/python3
"""`setting list`, `setting set`, `session list`, `connection list`, `audit erase`."""
import signal
from pathlib import Path

from tool import end, eventually, run_tests


def prepare(it):
    it.give("init")


def settings(it):
    return {row["name"]: row["value"] for row in it.ask("setting", "list")["settings"]}


def test_settings(it):
    before = settings(it)
    assert "retention_days" not in before and "wipe_at_sign_out" not in before
    good = {"directory_keep": ("all", "dealt_with"), "offline_days": ("0", "90"),
            "retention_days": ("0", "30", "36500"), "wipe_at_sign_out": ("0", "1")}
    for name, values in good.items():
        for value in values:
            it.give("setting", "set", name, value)
            assert settings(it)[name] == value
    assert "wipe_at_sign_out" in it.give("setting", "list")


def test_what_is_no_setting(it):
    before = settings(it)
    for name, value in (("retention_days", "29"), ("retention_days", "-1"), ("retention_days", "x"),
                        ("retention_days", "36501"), ("wipe_at_sign_out", "2"),
                        ("wipe_at_sign_out", "yes"), ("offline_days", "91"),
                        ("directory_keep", "some"), ("colour", "red"), ("", "1")):
        complaint = it.give("setting", "set", name, value, status=1)
        assert complaint.startswith("mutabaactl: "), complaint
    assert settings(it) == before


def test_nobody_is_signed_in(it):
    it.add_user("rima")
    assert it.ask("session", "list") == {"sessions": []}
    assert it.give("session", "list") == ""


def connection(it, kind):
    found = [row for row in it.ask("connection", "list")["connections"] if row["kind"] == kind]
    assert len(found) <= 1, found
    return found[0] if found else None


def line(second, reference="1"):
    return f"{second}|{reference}|support|NONE|ENTERQUEUE||011|1\n"


def test_no_connection_is_known_before_there_is_one(it):
    assert it.ask("connection", "list") == {"connections": []}


def test_a_list_of_subscribers_waits_for_the_next(it):
    path = it.write("list.csv", "account_number,username,name,status\nA-1,a,A,active\n")
    it.give("import", "subscribers", path)
    first = connection(it, "subscribers")
    assert first["state"] == "waiting" and first["last_at"] and "detail" not in first, first
    it.give("import", "subscribers", path)
    again = connection(it, "subscribers")
    assert again["last_at"] == first["last_at"], (first, again)
    it.give("import", "subscribers", it.write("bad.csv", "name\nx\n"), status=1)
    failed = connection(it, "subscribers")
    assert failed["state"] == "failed" and "account_number" in failed["detail"], failed
    assert failed["last_at"] == first["last_at"] and failed["since"] > first["since"], failed
    it.give("import", "subscribers", path)
    assert connection(it, "subscribers")["state"] == "waiting"


def follow(it, path):
    process = it.start("--database", it.database, "import", "queue-log", path, "--follow")
    assert "following" in process.stderr.readline()
    return process


def test_a_follower_works_until_it_is_ended(it):
    path = it.write("queue_log", line(1700000000))
    process = follow(it, path)
    working = connection(it, "pbx_log")
    assert working["state"] == "working" and working["name"] == "pbx" and working["last_at"], working
    entries = it.value("SELECT COUNT(*) FROM command WHERE type = 'connection.report'")
    changes = it.value("SELECT COUNT(*) FROM change WHERE tbl = 'connection'")
    for number in range(20):
        with open(path, "a", encoding="utf-8") as log:
            log.write(line(1700000001 + number, str(number)))
        assert eventually(lambda n=number: it.value("SELECT COUNT(*) FROM pbx_call") == n + 2)
    # Twenty lines more, and nothing that says so: within a minute no time is told anew.
    assert it.value("SELECT COUNT(*) FROM command WHERE type = 'connection.report'") <= entries + 1
    assert it.value("SELECT COUNT(*) FROM change WHERE tbl = 'connection'") <= changes + 1
    status, _, _ = end(process)
    assert status == 0
    stopped = connection(it, "pbx_log")
    assert stopped["state"] == "stopped" and "detail" not in stopped, stopped
    assert stopped["last_at"] >= working["last_at"] and stopped["since"] > working["since"]


def test_a_follower_tells_of_its_trouble(it):
    path = Path(it.write("queue_log", line(1700000000)))
    process = follow(it, str(path))
    path.rename(it.folder / "queue_log.1")
    path.mkdir()
    assert eventually(lambda: connection(it, "pbx_log")["state"] == "failed")
    failed = connection(it, "pbx_log")
    assert "queue_log" in failed["detail"], failed
    path.rmdir()
    it.write("queue_log", line(1700000001, "2"))
    assert eventually(lambda: connection(it, "pbx_log")["state"] == "working")
    assert "detail" not in connection(it, "pbx_log")
    end(process)


def test_a_follower_that_was_killed_is_stopped_after_a_while(it):
    process = follow(it, it.write("queue_log", line(1700000000)))
    end(process, signal.SIGKILL)
    assert connection(it, "pbx_log")["state"] == "working"
    it.change("UPDATE lease SET seen_at = seen_at - 61000")
    stopped = connection(it, "pbx_log")
    assert stopped["state"] == "stopped" and stopped["detail"], stopped
    assert connection(it, "pbx_log") == stopped
    process = follow(it, str(it.folder / "queue_log"))
    again = connection(it, "pbx_log")
    assert again["state"] == "waiting" and "detail" not in again, again
    end(process)


def test_a_log_that_is_not_there(it):
    it.give("import", "queue-log", str(it.folder / "nothing"), status=1)
    failed = connection(it, "pbx_log")
    assert failed["state"] == "failed" and "nothing" in failed["detail"], failed
    assert "failed" in it.give("connection", "list")


def test_nothing_is_erased_unasked(it):
    it.add_user("rima")
    before = it.rows("SELECT salt, payload FROM command")
    assert it.ask("audit", "erase") == {"erased": 0}
    it.give("setting", "set", "retention_days", "30")
    assert it.ask("audit", "erase") == {"erased": 0}
    assert it.rows("SELECT salt, payload FROM command")[:len(before)] == before
    it.give("setting", "set", "retention_days", "0")
    assert "retention_days" in it.give("audit", "erase")


if __name__ == "__main__":
    run_tests(globals(), prepare)
