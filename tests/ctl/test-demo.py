#!/usr/bin/python3
"""`demo`: a department as it would look after a month."""
import time

from tool import make_once, run_tests


def test_tells_who_is_there(it):
    assert it.told["database"].startswith("sqlite:/") and it.told["password"] == "mutabaa-demo"
    assert {person["username"] for person in it.told["people"]} == {
        name for name, in it.rows("SELECT username FROM person WHERE username NOT LIKE '(%'")}
    roles = [person["role"] for person in it.told["people"]]
    assert roles.count("agent") == 12 and roles.count("supervisor") == 2 and len(set(roles)) == 9


def test_subscribers(it):
    assert it.value("SELECT COUNT(*) FROM subscriber") == 20000
    assert it.value("SELECT COUNT(*) FROM card") == 20000
    assert it.value("SELECT COUNT(DISTINCT username) FROM subscriber") == 20000
    assert it.value("SELECT COUNT(DISTINCT telephone) FROM subscriber") >= 19990
    assert it.value("SELECT COUNT(*) FROM card WHERE volume_up + volume_down + volume_browsing"
                    " > volume_allowed") == 0


def test_nothing_was_refused(it):
    assert it.value("SELECT COUNT(*) FROM command WHERE status <> 'applied'") == 0
    assert it.ask("audit", "verify")["intact"]


def test_a_month_of_calls(it):
    days = it.rows("SELECT date(entered_at / 1000, 'unixepoch'),"
                   " strftime('%w', entered_at / 1000, 'unixepoch'), COUNT(*) FROM pbx_call"
                   " GROUP BY 1 ORDER BY 1")
    whole = days[1:-1]
    assert len(days) in (31, 32), days
    fridays = [n for _, weekday, n in whole if weekday == "5"]
    others = [n for _, weekday, n in whole if weekday != "5"]
    assert max(fridays) < min(others), days
    assert 250 < sum(others) / len(others) < 500, days


def test_nobody_has_two_calls_at_once(it):
    assert it.value("SELECT COUNT(*) FROM (SELECT connected_at, LAG(ended_at) OVER"
                    " (PARTITION BY person_id ORDER BY connected_at) AS before FROM pbx_call"
                    " WHERE person_id IS NOT NULL) WHERE connected_at < before") == 0


def test_nothing_is_left_open_or_to_come(it):
    assert it.value("SELECT COUNT(*) FROM pbx_call WHERE outcome IN ('waiting', 'talking')") == 0
    now = time.time() * 1000
    for column in ("pbx_call.ended_at", "call.received_at", "card.measured_at"):
        table = column.split(".", maxsplit=1)[0]
        assert it.value(f"SELECT MAX({column}) FROM {table}") <= now, column


def test_records(it):
    answered = it.value("SELECT COUNT(*) FROM pbx_call WHERE outcome = 'completed'")
    joined = it.value("SELECT COUNT(*) FROM call_link WHERE joined = 1")
    assert 0.85 < joined / answered < 0.99, (joined, answered)
    wrong = it.value("SELECT COUNT(*) FROM call_link l JOIN call c ON c.id = l.call_id"
                     " JOIN pbx_call p ON p.id = l.pbx_call_id WHERE c.number <> p.number")
    assert wrong == 0
    for what in ("prospect_id IS NOT NULL", "direction = 'out'", "version > 1", "solved = 0",
                 "received_at > logged_at + 600000"):
        assert it.value(f"SELECT COUNT(*) FROM call WHERE {what}") > 50, what
    assert it.value("SELECT COUNT(DISTINCT type_id) FROM call") > 30


def test_the_recorded_log_is_in(it):
    recorded = "FROM pbx_call WHERE reference LIKE '17953859%' OR reference LIKE '17953860%'" \
               " OR reference LIKE '1795386%'"
    n, last = it.rows(f"SELECT COUNT(*), MAX(ended_at) {recorded}")[0]
    assert n >= 337 and 0 < time.time() - last / 1000 < 600, (n, last)
    known = it.value("SELECT COUNT(*) FROM pbx_call p WHERE outcome = 'timed_out' AND EXISTS"
                     " (SELECT 1 FROM subscriber s WHERE replace(s.telephone, ' ', '') = p.number)")
    assert known > 10


def test_waits_and_the_threshold(it):
    assert it.rows("SELECT DISTINCT threshold_s FROM pbx_call") == [(30,)]
    late = it.value("SELECT COUNT(*) FROM pbx_call WHERE wait_s > threshold_s")
    assert late > 100


def test_connections(it):
    """As they stand at the end, however long ago that was: nobody takes them for dead."""
    it.change("UPDATE lease SET seen_at = seen_at - 3600000")
    known = {row["name"]: row for row in it.ask("connection", "list")["connections"]}
    assert {name: row["state"] for name, row in known.items()} == {
        "pbx": "working", "subscribers": "waiting", "branch": "failed"}, known
    assert known["branch"]["detail"].startswith("/var/log/"), known
    assert "last_at" not in known["branch"], known
    last_call = it.value("SELECT MAX(ended_at) FROM pbx_call")
    told = it.value("SELECT last_at FROM connection WHERE name = 'pbx'")
    assert abs(told - last_call) < 120000, (told, last_call)


def test_not_into_a_department_that_is_there(it):
    seq = it.seq
    assert "department" in it.give("demo", status=1)
    assert it.seq == seq


def test_same_on_the_same_day_and_in_words(it):
    begins = it.value("SELECT in_force_from FROM threshold")
    customers = it.rows("SELECT * FROM subscriber ORDER BY id")
    calls = it.rows("SELECT * FROM call ORDER BY logged_at, id LIMIT 5000")
    it.store.clear()
    printed = it.give("demo")
    assert "mutabaa-demo" in printed and it.database in printed and "ريما الحلبي" in printed
    assert it.rows("SELECT * FROM subscriber ORDER BY id") == customers
    again = it.rows("SELECT * FROM call ORDER BY logged_at, id LIMIT 5000")
    assert again == calls or it.value("SELECT in_force_from FROM threshold") != begins


if __name__ == "__main__":
    run_tests(globals(), make_once(lambda it: it.ask("demo")))
