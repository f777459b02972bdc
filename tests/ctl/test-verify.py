#!/usr/bin/python3
"""`verify`: each kind of damage is found and named, and nothing else is."""
import json
from pathlib import Path

from tool import RECORDED_LOG, make_once, run_tests

SUBSCRIBERS = Path(__file__).with_name("subscribers.csv")
NOBODY = "11111111-1111-8111-8111-111111111111"


def make(it):
    it.give("init")
    it.add_user("rima", "--role", "agent", "--team", "North", "--pbx-name", "rima")
    it.run("--database", it.database, "import", "subscribers", str(SUBSCRIBERS))
    it.give("import", "queue-log", str(RECORDED_LOG))


def verify(it):
    """What is wrong, as (check, table, id, field, reason); the words say the same."""
    before = it.path.read_bytes()
    done = it.run("--database", it.database, "--json", "verify")
    told = json.loads(done.stdout)
    found = [(check["check"], finding.get("table"), finding.get("id"), finding.get("field"),
              finding["reason"]) for check in told["checks"] for finding in check["findings"]]
    assert told["whole"] == (not found) and done.returncode == (1 if found else 0), done
    words = it.run("--database", it.database, "verify")
    assert words.returncode == done.returncode, words
    for _, table, key, _, reason in found:
        assert not table or any(table in line and (key or "") in line and reason in line
                                for line in words.stdout.splitlines()), (table, key, words)
    assert it.path.read_bytes() == before, "it writes"
    return found


def check(it, *expected):
    """Exactly these are wrong, each (check, table, id) and perhaps a field or a part of the reason."""
    found = verify(it)
    assert len(found) == len(expected), (found, expected)
    for one in expected:
        part, table, key, *more = one
        assert any(finding[:3] == (part, table, key)
                   and all(text in (finding[3] or "", ) or text in finding[4] for text in more)
                   for finding in found), (one, found)


def a_number_of(it, where):
    return it.value(f"SELECT seq FROM change WHERE {where} ORDER BY seq LIMIT 1")


def test_whole(it):
    assert verify(it) == []
    told = it.ask("verify")
    assert [part["check"] for part in told["checks"]] == ["engine", "trail", "feed", "rows",
                                                          "references", "words", "totals"]
    seen = {part["check"]: part["seen"] for part in told["checks"]}
    assert seen["trail"] == it.value("SELECT COUNT(*) FROM command"), seen
    assert seen["feed"] == it.value("SELECT COUNT(*) FROM change"), seen
    assert all(seen[part] > 0 for part in seen if part != "engine"), seen
    assert "whole" in it.give("verify")


def test_what_is_odd_but_whole(it):
    names = ["???", "؟", "-", "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 200]
    it.give("import", "subscribers", it.write("odd.csv", "account_number,username,name,status\n" + "".join(
        f"odd{n},odd{n},{name},active\n" for n, name in enumerate(names))))
    it.give("import", "queue-log", it.write("odd", "\n".join((
        f"1700000000|r1|support|NONE|ENTERQUEUE||{'7' * 41}|1", "1699999999|r1|support|NONE|ABANDON",
        f"1700000000|NONE|support|rima|PAUSE|{'x' * 81}", ""))))
    assert verify(it) == []


def test_a_byte_of_the_trail(it):
    seq, = it.rows("SELECT seq FROM command ORDER BY seq LIMIT 1 OFFSET 20")[0]
    it.change("UPDATE command SET payload = replace(payload, '1', '2') WHERE seq = ?", seq)
    (part, table, *_), = verify(it)
    assert (part, table) == ("trail", "command")
    assert f"entry {seq} " in it.run("--database", it.database, "verify").stdout


def test_an_entry_of_the_feed_is_missing(it):
    several = " AND row_id IN (SELECT row_id FROM change GROUP BY row_id HAVING COUNT(*) > 1)"
    # Its number is a command's too, or nobody's.
    seq, key = it.rows("SELECT seq, row_id FROM change WHERE seq IN (SELECT seq FROM command)"
                       f" AND tbl = 'pbx_call' AND before_scope IS NULL {several} LIMIT 1")[0]
    it.change("DELETE FROM change WHERE seq = ?", seq)
    check(it, ("feed", "pbx_call", key, "lacks"))
    other, = it.rows("SELECT seq FROM change WHERE seq NOT IN (SELECT seq FROM command)"
                     f" AND tbl = 'queue_total' AND before_scope IS NOT NULL {several} LIMIT 1")[0]
    it.change("DELETE FROM change WHERE seq = ?", other)
    check(it, ("feed", "pbx_call", key, "lacks"), ("feed", "change", str(other), "missing"))


def test_the_only_entry_of_a_row_is_missing(it):
    key = it.value("SELECT id FROM subscriber ORDER BY id")
    it.change("DELETE FROM change WHERE row_id = ?", key)
    check(it, ("feed", "subscriber", key, "never told"))


def test_the_end_of_the_feed(it):
    it.change("UPDATE head SET seq = seq + 2")
    check(it, ("feed", "change", str(it.seq - 1), "missing"))
    it.change("UPDATE head SET seq = seq - 3")
    check(it, ("feed", "head", str(it.seq), "beyond"))


def test_a_table_that_is_not_fed(it):
    seq = a_number_of(it, "tbl = 'pbx_call'")
    for table in ("card", "nothing"):
        it.change("UPDATE change SET tbl = ? WHERE seq = ?", table, seq)
        assert ("feed", "change", str(seq)) in [finding[:3] for finding in verify(it)]


def test_a_row_is_gone(it):
    key = it.value("SELECT id FROM call_type WHERE parent_id IS NOT NULL ORDER BY id")
    it.change("DELETE FROM call_type WHERE id = ?", key)
    check(it, ("feed", "call_type", key, "not there"))


def test_a_row_is_somebody_elses(it):
    key = it.value("SELECT id FROM agent_total ORDER BY id")
    person = it.value("SELECT id FROM person WHERE username = '(operator)'")
    it.change("UPDATE agent_total SET person_id = ? WHERE id = ?", person, key)
    check(it, ("feed", "agent_total", key, "somebody else"), ("totals", "agent_total", key))


def test_a_row_came_from_nowhere(it):
    it.change("INSERT INTO team (id, name) VALUES (?, 'South')", NOBODY)
    check(it, ("feed", "team", NOBODY, "never told"))


def test_what_was_refused_has_no_change(it):
    seq = it.value("SELECT MAX(seq) FROM command WHERE seq IN (SELECT seq FROM change)")
    it.change("UPDATE command SET status = 'rejected' WHERE seq = ?", seq)
    assert ("feed", "command", str(seq)) in [finding[:3] for finding in verify(it)]


def test_a_word_that_is_no_choice(it):
    key = it.value("SELECT id FROM subscriber ORDER BY id")
    it.change("UPDATE subscriber SET status = 'gone' WHERE id = ?", key)
    check(it, ("rows", "subscriber", key, "status", "needed"),
          ("rows", "subscriber", key, "status", "none of the words"))


def test_what_a_row_may_not_hold(it):
    key = it.value("SELECT id FROM call_type ORDER BY id")
    for column, value in (("suits_s", 9999), ("name", "  "), ("name_en", None), ("active", 2),
                          ("name", "x" * 81)):
        before = it.value(f"SELECT {column} FROM call_type WHERE id = ?", key)
        it.change(f"UPDATE call_type SET {column} = ? WHERE id = ?", value, key)
        check(it, ("rows", "call_type", key, column))
        it.change(f"UPDATE call_type SET {column} = ? WHERE id = ?", before, key)
    assert verify(it) == []


def test_what_points_to_nothing(it):
    person = it.value("SELECT id FROM person WHERE username = 'rima'")
    it.change("UPDATE person SET team_id = ? WHERE id = ?", NOBODY, person)
    check(it, ("references", "person", person, "team_id"))
    it.change("UPDATE person SET team_id = NULL WHERE id = ?", person)
    it.change("UPDATE credential SET person_id = ?", NOBODY)
    check(it, ("references", "credential", NOBODY, "person_id"))


def test_a_word_too_few_and_one_too_many(it):
    row, key = it.rows("SELECT row_n, id FROM subscriber ORDER BY id")[0]
    word = it.value("SELECT MIN(word) FROM subscriber_word WHERE row_n = ?", row)
    it.change("DELETE FROM subscriber_word WHERE row_n = ? AND word = ?", row, word)
    check(it, ("words", "subscriber", key, "not found by a word"))
    # As many as there should be.
    it.change("INSERT INTO subscriber_word (word, row_n) VALUES ('something', ?)", row)
    check(it, ("words", "subscriber", key, "not found by a word"),
          ("words", "subscriber", key, "does not say"))
    it.change("INSERT INTO subscriber_word (word, row_n) VALUES (?, ?)", word, row)
    it.change("INSERT INTO subscriber_word (word, row_n) VALUES ('something', 999999)")
    check(it, ("words", "subscriber", key, "does not say"),
          ("words", "subscriber", None, "leads to no row"))


def test_a_total(it):
    for table, column in (("queue_total", "offered"), ("agent_total", "talk_s")):
        key = it.value(f"SELECT id FROM {table} ORDER BY id")
        it.change(f"UPDATE {table} SET {column} = {column} + 1 WHERE id = ?", key)
        check(it, ("totals", table, key))
        it.change(f"UPDATE {table} SET {column} = {column} - 1 WHERE id = ?", key)


def test_no_more_than_one_reads(it):
    n = it.value("SELECT COUNT(*) FROM subscriber") + it.value("SELECT COUNT(*) FROM pbx_call")
    it.change("UPDATE pbx_call SET queue = ''")
    done = it.run("--database", it.database, "verify")
    more = it.value("SELECT COUNT(*) FROM pbx_call") - 20
    assert n > 20 and f"and {more} more" in done.stdout, done.stdout
    assert sum("pbx_call " in line for line in done.stdout.splitlines()) == 20


def test_damaged_files(it):
    size = it.value("PRAGMA page_size")
    root = it.value("SELECT rootpage FROM sqlite_master WHERE name = 'call_type'")
    with open(it.path, "r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    found = verify(it)
    assert found[0][0] == "engine", found
    # What does not hang on it is checked all the same.
    assert ("trail", "totals") == tuple(part["check"] for part in json.loads(
        it.run("--database", it.database, "--json", "verify").stdout)["checks"]
        if part["check"] in ("trail", "totals") and part["wrong"] == 0), found


def test_no_department(it):
    it.path.unlink()
    assert "init" in it.give("verify", status=1) and not it.path.exists()


if __name__ == "__main__":
    run_tests(globals(), make_once(make))
