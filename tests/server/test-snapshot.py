#!/usr/bin/python3
"""The snapshot: a file with just a person's rows, whole, of one moment, and checked by its hash."""
import fcntl
import os
import re
import sqlite3
import tempfile
import threading
from contextlib import ExitStack, closing
from pathlib import Path

from department import (CAST, Department, call, check_problem, command, eventually, new_id,
                        parse_time, read_snapshot, run_tests)
from scene import Scene

TIMES = ("_at", "_from", "since")


def take(desk):
    return desk.take_snapshot()[0]


def wire(row):
    """A row of the wire as it stands in a database."""
    out = {}
    for name, value in row.items():
        if name == "roles":
            words = ("agent", "supervisor", "quality", "manager", "followup", "field", "finance",
                     "department", "admin", "connector", "operator")
            value = sum(1 << words.index(word) for word in value)
        elif isinstance(value, bool):
            value = int(value)
        elif name.endswith(TIMES):
            value = round(parse_time(value) * 1000)
        out[name] = value
    return out


def test_it_has_the_rows_of_the_feed(it):
    Scene(it)
    it.write("DELETE FROM sight_change")
    for name in CAST:
        desk = it.desk(name)
        rows, cursor = read_snapshot(take(desk))
        feed, after = desk.pull()
        feed = {key: wire(row) for key, row in feed.items() if row is not None}
        assert rows == feed, (name, set(rows) ^ set(feed))
        assert cursor["seq"] <= after


def test_the_cursor_says_where_it_stands(it):
    desk = it.desk("agent")
    server = desk.get("/v1/session").json["server"]
    _, cursor = read_snapshot(take(desk))
    assert cursor == {"id": 1, "epoch": server["epoch"], "seq": server["seq"],
                      "head": server["head"]}
    desk.apply("call.log", call(it))
    later = desk.changes(cursor["seq"], epoch=cursor["epoch"], head=cursor["head"])
    assert [change["table"] for change in later.json["changes"]] == ["call", "record_total"]


def test_it_is_there_for_who_lost_sight(it):
    it.add_user("demoted", "quality")
    it.ctl("user", "set", "demoted", "--role", "field")
    desk = it.desk("demoted")
    check_problem(desk.changes(1), 410, "gone")
    rows, cursor = read_snapshot(take(desk))
    assert not {table for table, _ in rows} & {"call", "subscriber", "pbx_call"}
    assert desk.changes(cursor["seq"]).status == 200


def test_words_for_search_are_in_it(it):
    content = take(it.desk("agent"))["directory"]
    with tempfile.NamedTemporaryFile(suffix=".db") as file:
        file.write(content)
        file.flush()
        with closing(sqlite3.connect(file.name)) as database:
            found = database.execute(
                "SELECT s.id FROM subscriber_word w JOIN subscriber s ON s.row_n = w.row_n"
                " WHERE w.word = 'عمر'").fetchall()
    assert found == [(it.subscriber("omar"),)]


def fetch(desk, part, **headers):
    return desk.ask("GET", "/v1/snapshot/" + part["hash"],
                    headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_a_part_comes_from_any_byte_on(it):
    desk = it.desk("agent")
    part = desk.get("/v1/snapshot").json["parts"][0]
    whole = fetch(desk, part)
    tag = f'"{part["hash"]}"'
    assert whole.headers["Content-Type"] == "application/gzip"
    assert whole.headers["ETag"] == tag and whole.headers["Accept-Ranges"] == "bytes"
    assert whole.headers["Cache-Control"] == "no-store"
    size = part["size"]
    for spec, first, last in ((f"bytes={size - 10}-", size - 10, size - 1), ("bytes=0-", 0, size - 1),
                              ("bytes=5-9", 5, 9), (f"bytes=7-{10 * size}", 7, size - 1)):
        answer = fetch(desk, part, Range=spec)
        assert answer.status == 206, (spec, answer.status)
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{size}", spec
        assert answer.body == whole.body[first:last + 1], spec
    assert fetch(desk, part, Range="bytes=5-9", If_Range=tag).status == 206
    for headers in ({"Range": "bytes=5-9", "If_Range": '"another"'}, {"Range": "bytes=9-5"},
                    {"Range": "bytes=-5"}, {"Range": "bytes=1-2,4-5"}, {"Range": "lines=1-2"},
                    {"Range": "bytes=99999999999999999999-"}):
        answer = fetch(desk, part, **headers)
        assert answer.status == 200 and answer.body == whole.body, headers
    beyond = fetch(desk, part, Range=f"bytes={size}-")
    assert beyond.status == 416 and beyond.headers["Content-Range"] == f"bytes */{size}"


def test_what_is_no_part_is_not_found(it):
    desk = it.desk("agent")
    for name in ("0" * 64, "directory", "new-", "*"):
        check_problem(desk.get("/v1/snapshot/" + name), 404, "not_found")
    for name in ("..", "%2e%2e%2fdirectory.lock"):
        assert desk.get("/v1/snapshot/" + name).status in (400, 404)


def test_another_server_of_the_same_database_goes_on(it):
    desk = it.desk("manager")
    parts = desk.get("/v1/snapshot").json["parts"]
    bodies = [fetch(desk, part).body for part in parts]
    token = desk.token
    it.stop()
    it.start()
    again = it.client(token)
    for part, body in zip(parts, bodies):
        assert fetch(again, part, Range="bytes=100-").body == body[100:]
    renewed = again.get("/v1/snapshot").json["parts"]
    assert renewed[0] == parts[0]


def resident(it):
    """How much of the server's own is in memory, in bytes."""
    text = Path(f"/proc/{it.process.pid}/status").read_text(encoding="ascii")
    return 1024 * int(re.search(r"RssAnon:\s+(\d+) kB", text).group(1))


def find_kept(it, name):
    """Beside a database that is a file; in the user's cache otherwise."""
    place = os.environ["XDG_CACHE_HOME"] if "MTB_TEST_DATABASE" in os.environ else it.folder.name
    return Path(place).rglob(name)


def plant(it, desk, size):
    """Puts a large file where a part of this person's is, and returns it as a part."""
    part = desk.get("/v1/snapshot").json["parts"][-1]
    path, = find_kept(it, f"{desk.id}/*_{part['hash']}")
    with open(path, "r+b") as file:
        file.truncate(size)
    return {**part, "size": size}


def test_memory_stays_flat_whatever_is_sent(it):
    size, count = 64 << 20, 8
    # The address sanitizer keeps for a while what was freed.
    slack = (400 if "ASAN_OPTIONS" in os.environ else 8) << 20
    desk = it.desk("agent")
    part = plant(it, desk, size)
    before = resident(it)
    clients = [it.client(desk.token) for _ in range(count)]
    answers = []
    for client in clients:
        client.connection.request("GET", "/v1/snapshot/" + part["hash"],
                                  headers={"Authorization": "Bearer " + client.token})
        answers.append(client.connection.getresponse())
    for answer in answers:
        assert len(answer.read(1 << 20)) == 1 << 20
    most = resident(it)
    for answer in answers[1:]:
        left = size - (1 << 20)
        while left:
            piece = answer.read(min(left, 1 << 20))
            assert piece
            left -= len(piece)
        most = max(most, resident(it))
    # One of them has gone away in the middle.
    answers[0].close()
    clients[0].connection.close()
    assert most - before < count * (1 << 20) + slack, (before, most)
    assert desk.get("/v1/session").status == 200


def write_pairs(it, done):
    """A prospect and a record about them, in one batch, again and again."""
    desk = it.sign_in("agent")
    while not done.is_set():
        prospect = new_id()
        args = call(it, prospect_id=prospect, subscriber_id=None)
        desk.post([command("prospect.add", {"id": prospect, "name": "P"}), command("call.log", args)])


def take_before_more(it, desk):
    """A snapshot, as soon as something has been written after it."""
    rows, cursor = read_snapshot(take(desk))
    assert eventually(lambda: it.value("SELECT max(seq) FROM change") > cursor["seq"])
    return rows, cursor


def test_it_is_of_one_moment_while_others_write(it):
    desk, done = it.desk("manager"), threading.Event()
    writer = threading.Thread(target=write_pairs, args=(it, done))
    writer.start()
    try:
        snapshots = [take_before_more(it, desk) for _ in range(8)]
    finally:
        done.set()
        writer.join()
    assert len({cursor["seq"] for _, cursor in snapshots}) > 1
    for rows, cursor in snapshots:
        prospects = {row["prospect_id"] for (table, _), row in rows.items()
                     if table == "call" and "prospect_id" in row}
        assert all(("prospect", prospect) in rows for prospect in prospects)
        later, _ = desk.pull(cursor["seq"])
        # Totals change again and again; what is written once is here or comes later.
        assert later and not {key for key in set(rows) & set(later) if "total" not in key[0]}


def test_another_department_is_not_in_its_way(it):
    """Nor is one that is never done with its directory."""
    take(it.desk("supervisor"))
    locks = list(find_kept(it, "directory.lock"))
    assert locks
    with ExitStack() as stack:
        for path in locks:
            fcntl.flock(stack.enter_context(open(path, "rb")), fcntl.LOCK_EX)
        other = stack.enter_context(Department())
        assert "directory" in take(other.desk("supervisor"))


if __name__ == "__main__":
    run_tests(globals())
