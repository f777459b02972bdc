#!/usr/bin/python3
"""The recorded log gives the same as a plain count of its lines, which shares nothing with the
program: calls, waits, talk times and outcomes, queue by queue and agent by agent."""
from collections import Counter, defaultdict

from tool import RECORDED_LOG, make_once, run_tests

AGENTS = ("rima", "samer", "lina", "yousef", "hala")
OUTCOMES = {"COMPLETEAGENT": "completed", "COMPLETECALLER": "completed", "ABANDON": "abandoned",
            "EXITWITHTIMEOUT": "timed_out"}


def make(it):
    it.give("init")
    for agent in AGENTS:
        it.add_user(agent, "--role", "agent", "--pbx-name", agent)
    it.give("import", "queue-log", str(RECORDED_LOG))


def lines(*events):
    """The lines of these events, cut at their bars."""
    for line in RECORDED_LOG.read_text().splitlines():
        parts = line.split("|")
        if parts[4] in events:
            yield parts


def as_dict(rows):
    return {row[:-1] if len(row) > 2 else row[0]: row[-1] for row in rows}


def test_calls_of_each_queue(it):
    expected = Counter(parts[2] for parts in lines("ENTERQUEUE"))
    assert sum(expected.values()) == 337
    assert as_dict(it.rows("SELECT queue, COUNT(*) FROM pbx_call GROUP BY queue")) == expected


def test_outcomes_of_each_queue(it):
    expected = Counter((parts[2], OUTCOMES[parts[4]]) for parts in lines(*OUTCOMES))
    assert expected == {("support", "completed"): 221, ("support", "abandoned"): 49,
                        ("corporate", "completed"): 35, ("corporate", "abandoned"): 10,
                        ("corporate", "timed_out"): 22}
    assert as_dict(it.rows("SELECT queue, outcome, COUNT(*) FROM pbx_call"
                           " GROUP BY queue, outcome")) == expected


def test_waits(it):
    expected = defaultdict(list)
    for parts in lines("CONNECT"):
        expected[parts[2], True].append(int(parts[5]))
    for parts in lines("ABANDON", "EXITWITHTIMEOUT"):
        expected[parts[2], False].append(int(parts[7]))
    found = defaultdict(list)
    for queue, answered, wait in it.rows("SELECT queue, connected_at IS NOT NULL, wait_s"
                                         " FROM pbx_call"):
        found[queue, bool(answered)].append(wait)
    assert {key: sorted(value) for key, value in expected.items()} == {
        key: sorted(value) for key, value in found.items()}


def test_talk_of_each_agent_in_each_queue(it):
    expected = defaultdict(list)
    for parts in lines("COMPLETEAGENT", "COMPLETECALLER"):
        expected[parts[3], parts[2]].append(int(parts[6]))
    found = defaultdict(list)
    for agent, queue, talk in it.rows("SELECT p.username, c.queue, c.talk_s FROM pbx_call c"
                                      " JOIN person p ON p.id = c.person_id"):
        found[agent, queue].append(talk)
    assert {key: sorted(value) for key, value in expected.items()} == {
        key: sorted(value) for key, value in found.items()}


def test_each_call_by_itself(it):
    """Times and numbers of every call, found by its name and its queue."""
    entered = {(parts[1], parts[2]): (int(parts[0]), parts[6]) for parts in lines("ENTERQUEUE")}
    connected = {(parts[1], parts[2]): (int(parts[0]), int(parts[7])) for parts in lines("CONNECT")}
    ended = {(parts[1], parts[2]): int(parts[0]) for parts in lines(*OUTCOMES)}
    for reference, queue, number, *times, ring in it.rows(
            "SELECT reference, queue, number, entered_at, connected_at, ended_at, ring_s"
            " FROM pbx_call"):
        key = reference, queue
        assert (times[0] // 1000, number) == entered.pop(key), key
        answer = connected.pop(key, None)
        assert answer == (None if times[1] is None else (times[1] // 1000, ring)), key
        assert times[2] // 1000 == ended.pop(key), key
    assert not entered and not connected and not ended


def test_pauses(it):
    expected = Counter()
    for parts in lines("PAUSE", "PAUSEALL"):
        expected[parts[3], parts[2], parts[5]] += 1
    found = Counter({(agent, queue or "NONE", reason): n for agent, queue, reason, n in it.rows(
        "SELECT agent_name, queue, reason, COUNT(*) FROM pbx_pause GROUP BY 1, 2, 3")})
    assert found == expected, (found, expected)


def test_all_else_is_kept(it):
    others = ("ADDMEMBER", "REMOVEMEMBER", "RINGNOANSWER", "RINGCANCELED", "QUEUESTART")
    expected = Counter(parts[4] for parts in lines(*others))
    assert as_dict(it.rows("SELECT event, COUNT(*) FROM pbx_event GROUP BY event")) == expected


def test_second_import_adds_nothing(it):
    seq = it.seq
    assert it.ask("import", "queue-log", str(RECORDED_LOG))["applied"] == 0
    assert it.seq == seq


if __name__ == "__main__":
    run_tests(globals(), make_once(make))
