#!/usr/bin/python3
"""`totals verify`, `totals recount`, and a database from before there were totals."""
from tool import RECORDED_LOG, make_once, run_tests

TABLES = ("queue_total", "agent_total", "record_total")


def make(it):
    it.give("init")
    it.add_user("rima", "--role", "agent", "--pbx-name", "rima")
    it.give("import", "queue-log", str(RECORDED_LOG))


def all_totals(it):
    return {table: sorted(it.rows(f"SELECT * FROM {table}")) for table in TABLES}


def test_right(it):
    assert it.value("SELECT SUM(offered) FROM queue_total") == 337
    assert it.value("SELECT COUNT(*) FROM agent_total") > 0
    assert it.ask("totals", "verify") == {"wrong": 0}
    assert it.ask("totals", "recount") == {"wrong": 0}
    assert "right" in it.give("totals", "verify") and "right" in it.give("totals", "recount")


def test_wrong(it):
    before = all_totals(it)
    seq = it.value("SELECT seq FROM head")
    key = it.value("SELECT id FROM agent_total LIMIT 1")
    it.change("UPDATE agent_total SET talk_s = talk_s + 1 WHERE id = ?", key)
    changed = all_totals(it)
    told = it.give("totals", "verify", status=1)
    assert key in told and "agent_total" in told, told
    assert all_totals(it) == changed and it.value("SELECT seq FROM head") == seq
    assert "1 total was wrong" in it.give("totals", "recount")
    assert all_totals(it) == before
    # The desks hear of what was put right, and of nothing else.
    assert it.rows("SELECT tbl, row_id FROM change WHERE seq > ?", seq) == [("agent_total", key)]
    assert it.ask("totals", "verify") == {"wrong": 0}


def test_an_older_database_gets_its_totals(it):
    before = all_totals(it)
    for table in TABLES:
        it.change(f"DROP TABLE {table}")
    it.give("totals", "recount")
    assert all_totals(it) == before
    assert it.ask("totals", "verify") == {"wrong": 0}


if __name__ == "__main__":
    run_tests(globals(), make_once(make))
