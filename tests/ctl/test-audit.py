#!/usr/bin/python3
"""`audit verify` and `epoch`."""
import json

from tool import make_once, run_tests


def make(it):
    it.give("init")
    for name in ("rima", "samer", "hala"):
        it.add_user(name)


def verify(it):
    """The JSON of a trail that does not hold, and what the tool complains of without --json."""
    done = it.run("--database", it.database, "--json", "audit", "verify")
    assert done.returncode == 1, done
    told = json.loads(done.stdout)
    assert told["intact"] is False and told["reason"] in done.stderr, done
    assert told["reason"] in it.give("audit", "verify", status=1)
    return told


def pick(it, place):
    """The number and the id of an entry in the middle."""
    return it.rows("SELECT seq, id FROM command ORDER BY seq LIMIT 1 OFFSET ?", place)[0]


def check_names(it, place):
    seq, key = it.broken
    told = verify(it)
    assert f"entry {seq} " in told["reason"] and key in told["reason"], (told, it.broken)
    assert told["entries"] == place, told


def test_whole(it):
    n = it.value("SELECT COUNT(*) FROM command")
    assert it.ask("audit", "verify") == {"entries": n, "intact": True}
    assert str(n) in it.give("audit", "verify")


def test_changed(it):
    columns = {"person_id": "00000000-0000-8000-8000-000000000002", "desk": "x", "origin": "x",
               "type": "call.log", "given_at": 1, "received_at": 1, "payload": "{}",
               "payload_hash": "00", "status": "rejected", "code": "invalid", "message": "no",
               "field": "id", "salt": "00", "hash": "00"}
    it.broken = pick(it, 30)
    for column, value in columns.items():
        before = it.value(f"SELECT {column} FROM command WHERE seq = ?", it.broken[0])
        it.change(f"UPDATE command SET {column} = ? WHERE seq = ?", value, it.broken[0])
        check_names(it, 30)
        it.change(f"UPDATE command SET {column} = ? WHERE seq = ?", before, it.broken[0])
    assert it.ask("audit", "verify")["intact"]


def test_erased_arguments_leave_it_whole(it):
    it.change("UPDATE command SET salt = NULL, payload = NULL WHERE seq = ?", pick(it, 30)[0])
    assert it.ask("audit", "verify")["intact"]


def test_removed(it):
    gone, it.broken = pick(it, 30), pick(it, 31)
    it.change("DELETE FROM command WHERE seq = ?", gone[0])
    check_names(it, 30)


def test_first_removed(it):
    gone, it.broken = pick(it, 0), pick(it, 1)
    it.change("DELETE FROM command WHERE seq = ?", gone[0])
    check_names(it, 0)


def test_last_removed(it):
    last, = it.rows("SELECT MAX(seq) FROM command")[0]
    it.change("DELETE FROM command WHERE seq = ?", last)
    before, = it.rows("SELECT MAX(seq) FROM command")[0]
    reason = verify(it)["reason"]
    assert f"after entry {before}" in reason and f"entry {last}" in reason, reason


def test_put_in(it):
    seq, _ = pick(it, 30)
    columns = [row[1] for row in it.rows("PRAGMA table_info(command)")]
    rest = ", ".join(column for column in columns if column not in ("seq", "id"))
    key = "11111111-1111-8111-8111-111111111111"
    # Numbers between two entries belong to the changes of the second.
    it.change("UPDATE command SET seq = seq + 1000 WHERE seq > ?", seq)
    it.change("UPDATE command SET seq = seq - 999 WHERE seq > ?", seq)
    it.change(f"INSERT INTO command (seq, id, {rest}) SELECT seq + 1, ?, {rest} FROM command"
              " WHERE seq = ?", key, seq)
    it.broken = (seq + 1, key)
    check_names(it, 31)


def test_exchanged(it):
    (first, _), (second, key) = pick(it, 30), pick(it, 31)
    for before, after in ((first, -1), (second, first), (-1, second)):
        it.change("UPDATE command SET seq = ? WHERE seq = ?", after, before)
    it.broken = (first, key)
    check_names(it, 30)


def test_epoch(it):
    before = it.value("SELECT epoch FROM head")
    told = it.ask("epoch", "begin")
    assert told["recovering"] is True and told["epoch"] != before, told
    assert it.rows("SELECT epoch, recovering FROM head") == [(told["epoch"], 1)]
    assert it.ask("epoch", "end") == {"recovering": False}
    assert it.rows("SELECT epoch, recovering FROM head") == [(told["epoch"], 0)]
    assert it.ask("audit", "verify")["intact"]


def test_epoch_in_words(it):
    assert "epoch end" in it.give("epoch", "begin")
    assert it.give("epoch", "end").strip()


def test_no_epoch_to_end(it):
    assert "recovery" in it.give("epoch", "end", status=1).lower()


if __name__ == "__main__":
    run_tests(globals(), make_once(make))
