#!/usr/bin/python3
"""`import subscribers` and `import queue-log`, as programs that end or follow."""
import json
import os
import signal
from pathlib import Path

from tool import RECORDED_LOG, end, eventually, run_tests

LIST = """account_number,username,name,telephone,package,tier,status,colour
1001,omar,عمر الأحمد,011 4018827,منزلي,80,active,red
1002,huda,"هدى ""أم عمر"" السيد",,منزلي,40,asleep,blue
1003,layla,ليلى,,,,suspended,
"""


def prepare(it):
    it.give("init")


def run_import(it, *words, status=0):
    done = it.run("--database", it.database, "--json", "import", *words)
    assert done.returncode == status, done
    return json.loads(done.stdout), done.stderr


def test_subscribers(it):
    path = it.write("list.csv", LIST)
    told, complaint = run_import(it, "subscribers", path, status=2)
    assert told["lines"] == 3 and told["applied"] == 2 and told["known"] == 0, told
    assert [(one["line"], one["field"]) for one in told["rejected"]] == [(3, "status")], told
    assert "line 3" in complaint and complaint.count("colour") == 1, complaint
    seq = it.seq
    told, _ = run_import(it, "subscribers", path, status=2)
    assert told["applied"] == 0 and told["known"] == 2 and it.seq == seq, told


def test_the_sample(it):
    path = str(Path(__file__).with_name("subscribers.csv"))
    told, complaint = run_import(it, "subscribers", path)
    assert told == {"lines": 5, "applied": 5, "known": 0, "rejected": []} and not complaint, told
    told, _ = run_import(it, "subscribers", path)
    assert told == {"lines": 5, "applied": 0, "known": 5, "rejected": []}, told
    assert it.value("SELECT name FROM subscriber WHERE username = 'shifa.pharmacy'") \
        == 'صيدلية "الشفاء", دمشق'


def test_subscribers_in_words(it):
    path = it.write("list.csv", LIST.replace("asleep", "pending").replace(",colour", "", 1)
                    .replace(",red", "").replace(",blue", "").replace("suspended,", "suspended"))
    printed = it.give("import", "subscribers", path)
    assert "3 lines" in printed and "3 new" in printed, printed


def test_files_that_are_not_there(it):
    for kind in ("subscribers", "queue-log"):
        complaint = it.give("import", kind, str(it.folder / "missing"), status=1)
        assert "missing" in complaint, complaint
    it.give("import", "subscribers", str(RECORDED_LOG), status=1)
    it.give("import", "queue-log", str(it.folder), status=1)


def test_queue_log(it):
    told, complaint = run_import(it, "queue-log", str(RECORDED_LOG))
    assert told == {"lines": 1061, "applied": 1061, "known": 0, "rejected": []} and not complaint
    seq = it.seq
    told, _ = run_import(it, "queue-log", str(RECORDED_LOG))
    assert told == {"lines": 1061, "applied": 0, "known": 1061, "rejected": []}, told
    assert it.seq == seq


def test_queue_log_with_bad_lines(it):
    lines = RECORDED_LOG.read_text().splitlines(keepends=True)[:100]
    path = it.write("queue_log", "".join(lines[:50] + ["rubbish\n"] + lines[50:]) + "17953")
    told, complaint = run_import(it, "queue-log", path, status=2)
    assert told["applied"] == 100 and told["rejected"][0]["line"] == 51, told
    assert "line 51" in complaint and "waits" in complaint, complaint


def start_following(it, path):
    process = it.start("--database", it.database, "--json", "import", "queue-log", str(path),
                       "--follow")
    while "following" not in process.stderr.readline():
        assert process.poll() is None
    return process


def count_calls(it):
    return it.value("SELECT COUNT(*) FROM pbx_call")


def test_follow(it):
    lines = RECORDED_LOG.read_text().splitlines(keepends=True)
    path = it.folder / "queue_log"
    path.write_text("".join(lines[:300]))
    process = start_following(it, path)
    with open(path, "a") as log:
        log.write("".join(lines[300:500]) + lines[500][:20])
    assert eventually(lambda: it.value("SELECT COUNT(*) FROM command WHERE type = 'pbx.observe'")
                      == 500)
    path.rename(it.folder / "queue_log.1")
    with open(it.folder / "queue_log.1", "a") as log:
        log.write(lines[500][20:])
    path.write_text("nonsense\n" + "".join(lines[501:800]))
    assert eventually(lambda: it.value("SELECT COUNT(*) FROM command WHERE type = 'pbx.observe'")
                      == 800)
    status, out, complaint = end(process)
    told = json.loads(out)
    assert status == 2 and told["applied"] == 800 and told["known"] == 0, told
    assert told["rejected"][0]["line"] == 1 and "line 1" in complaint, (told, complaint)
    with open(path, "a") as log:
        log.write("".join(lines[800:]))
    process = start_following(it, path)
    status, out, _ = end(process, signal.SIGINT)
    assert json.loads(out)["applied"] == 261, out
    assert count_calls(it) == 337


def test_rotated_while_nobody_followed(it):
    """It goes on where it was: not before, nor in what was packed or is another exchange's."""
    lines = RECORDED_LOG.read_text().splitlines(keepends=True)
    path = it.folder / "queue_log"
    older = it.write("queue_log.7", "".join(lines[:200]))
    os.utime(older, (1, 1))
    path.write_text("".join(lines[200:300]))
    end(start_following(it, path))
    assert it.value("SELECT COUNT(*) FROM command WHERE type = 'pbx.observe'") == 100
    with open(path, "a") as log:
        log.write("".join(lines[300:500]))
    # Their times tell which is older; two that are written at once may have the same.
    os.utime(path.rename(it.folder / "queue_log-20261128"), (2, 2))
    last = it.write("queue_log.1", "".join(lines[500:700]) + "nonsense\n" + lines[700][:20])
    for name in ("queue_log.2.gz", "queue_log-2", "queue_log.old"):
        it.write(name, lines[701])
    path.write_text("".join(lines[702:]))
    status, out, _ = end(start_following(it, path))
    told = json.loads(out)
    assert status == 2 and told["applied"] == len(lines) - 300 - 2, told
    assert [(one["file"], one["line"]) for one in told["rejected"]] == [(last, 201), (last, 202)], told
    status, out, _ = end(start_following(it, path))
    assert status == 0 and json.loads(out)["applied"] == 0, out


def test_two_write_at_once(it):
    path = it.folder / "queue_log"
    path.write_text("".join(RECORDED_LOG.read_text().splitlines(keepends=True)[:300]))
    processes = [it.start("--database", it.database, "import", "queue-log", str(path))
                 for _ in range(3)]
    for process in processes:
        out, complaint = process.communicate(timeout=60)
        assert process.returncode == 0, (out, complaint)
    assert it.value("SELECT COUNT(*) FROM command WHERE type = 'pbx.observe'") == 300
    assert it.ask("audit", "verify")["intact"]


def observe(it, *lines):
    """Imports lines whose times are seconds."""
    text = "".join(f"{1795385000 + int(line.split('|')[0])}|{line.split('|', 1)[1]}\n"
                   for line in lines)
    run_import(it, "queue-log", it.write("queue_log", text))


def test_traps_of_the_format(it):
    it.add_user("rima", "--role", "agent", "--pbx-name", "rima")
    observe(it,
            "1|NONE|NONE|NONE|QUEUESTART|",
            "2|a|support|NONE|ENTERQUEUE||0111111111|1",
            "5|a|support|rima|RINGNOANSWER|3000",
            "9|a|support|rima|ABANDON|1|1|7",
            "10|b|support|NONE|ENTERQUEUE||0112222222|1",
            "14|b|support|rima|CONNECT|4|x|2",
            "74|b|support|rima|ATTENDEDTRANSFER|LINK|one|two|4|60|1",
            "80|c|support|NONE|ENTERQUEUE|||1|محمد",
            "85|c|support|rima|CONNECT|5|x|2",
            "99|c|support|rima|BLINDTRANSFER|200|default|5|14|1",
            "100|NONE|NONE|rima|PAUSEALL|صلاة",
            "100|NONE|support|rima|PAUSE|صلاة",
            "130|NONE|support|rima|PAUSE|طعام",
            "150|d|support|NONE|DID|0119999",
            "151|d|support|NONE|ENTERQUEUE||0113333333|1",
            "160|NONE|NONE|NONE|QUEUESTART|")
    calls = {row[0]: row[1:] for row in it.rows(
        "SELECT reference, outcome, agent_name, person_id IS NOT NULL, wait_s, ring_s, talk_s"
        " FROM pbx_call")}
    assert calls == {"a": ("abandoned", "rima", 0, 7, None, None),
                     "b": ("transferred", "rima", 1, 4, 2, 60),
                     "c": ("transferred", "rima", 1, 5, 2, 14),
                     "d": ("lost", None, 0, None, None, None)}, calls
    pauses = it.rows("SELECT reason, queue, (ended_at - started_at) / 1000 FROM pbx_pause"
                     " ORDER BY started_at, queue IS NOT NULL")
    assert pauses == [("صلاة", None, 60), ("صلاة", "support", 30), ("طعام", "support", 30)], pauses
    kept = {event for event, in it.rows("SELECT event FROM pbx_event")}
    assert kept == {"QUEUESTART", "RINGNOANSWER", "DID"}, kept


if __name__ == "__main__":
    run_tests(globals(), prepare)
