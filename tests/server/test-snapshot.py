#!/usr/bin/python3
"""The snapshot: a file with just a person's rows, whole, of one moment, and checked by its hash."""
import gzip
import hashlib
import sqlite3
import tempfile
import threading
from contextlib import closing

from department import (CAST, call, check_problem, command, eventually, new_id, parse_time,
                        run_tests)
from scene import Scene

# What numbers the rows of a searched table, and means nothing outside of the file.
NUMBER = "row_n"
TIMES = ("_at", "_from", "since")


def take(desk):
    answer = desk.get("/v1/snapshot")
    assert answer.status == 200, answer.body
    assert answer.headers["Content-Type"] == "application/gzip"
    assert answer.headers["ETag"] == f'"{hashlib.blake2b(answer.body, digest_size=32).hexdigest()}"'
    return gzip.decompress(answer.body)


def read(content):
    """{(table, id): {column: value}} without what is empty, and the cursor."""
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
                        rows[table, row["id"]] = {name: row[name] for name in row.keys()
                                                  if row[name] is not None and name != NUMBER}
    return rows, rows.pop(("cursor", 1))


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
        rows, cursor = read(take(desk))
        feed, after = desk.pull()
        feed = {key: wire(row) for key, row in feed.items() if row is not None}
        assert rows == feed, (name, set(rows) ^ set(feed))
        assert cursor["seq"] <= after


def test_the_cursor_says_where_it_stands(it):
    desk = it.desk("agent")
    server = desk.get("/v1/session").json["server"]
    _, cursor = read(take(desk))
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
    rows, cursor = read(take(desk))
    assert not {table for table, _ in rows} & {"call", "subscriber", "pbx_call"}
    assert desk.changes(cursor["seq"]).status == 200


def test_words_for_search_are_in_it(it):
    content = take(it.desk("agent"))
    with tempfile.NamedTemporaryFile(suffix=".db") as file:
        file.write(content)
        file.flush()
        with closing(sqlite3.connect(file.name)) as database:
            found = database.execute(
                "SELECT s.id FROM subscriber_word w JOIN subscriber s ON s.row_n = w.row_n"
                " WHERE w.word = 'عمر'").fetchall()
    assert found == [(it.subscriber("omar"),)]


def write_pairs(it, done):
    """A prospect and a record about them, in one batch, again and again."""
    desk = it.sign_in("agent")
    while not done.is_set():
        prospect = new_id()
        args = call(it, prospect_id=prospect, subscriber_id=None)
        desk.post([command("prospect.add", {"id": prospect, "name": "P"}), command("call.log", args)])


def test_it_is_of_one_moment_while_others_write(it):
    desk, done = it.desk("manager"), threading.Event()
    writer = threading.Thread(target=write_pairs, args=(it, done))
    writer.start()
    try:
        begun = it.value("SELECT max(seq) FROM change")
        assert eventually(lambda: it.value("SELECT max(seq) FROM change") > begun)
        snapshots = [read(take(desk)) for _ in range(8)]
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


if __name__ == "__main__":
    run_tests(globals())
