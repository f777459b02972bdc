#!/usr/bin/python3
"""`/v1/reports/calls`: figures against plain counts that share nothing with the program, of the
recorded log and of a month with records that came late; tables; who may ask; what is asked wrongly."""
import csv
import io
import random
import time
from collections import Counter, defaultdict
from pathlib import Path

from department import ROLES, Department, call, check_problem, command, new_id, run_tests

RECORDED_LOG = Path(__file__).resolve().parents[2] / "data" / "asterisk" / "queue_log"
THRESHOLD = 20
DAY = 86400
MAY = {"supervisor", "quality", "manager"}
QUEUE_FIGURES = ("offered", "answered", "abandoned", "timed_out", "other", "short_abandons",
                 "left_after", "answered_late", "answered_wait_s", "talk_s")


def moment(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(seconds))


def ask(desk, first, until, by, **more):
    answer = desk.get("/v1/reports/calls", **{"from": moment(first), "to": moment(until), "by": by,
                                              **more})
    assert answer.status == 200, answer.body
    return answer.json["rows"]


def set_threshold(it):
    """In force since ever, so that it holds for calls of the past."""
    it.write("DELETE FROM threshold WHERE in_force_from <"
             " (SELECT MAX(in_force_from) FROM threshold)")
    if not it.rows("SELECT 1 FROM threshold"):
        it.desk("manager").apply("threshold.set", {"id": new_id(), "wait_s": THRESHOLD})
    it.write("UPDATE threshold SET in_force_from = 0, wait_s = ?", THRESHOLD)


def count_log(lines):
    """What happened to each call, line by line."""
    calls = {}
    for line in lines:
        at, reference, queue, agent, event, *data = line.split("|")
        key = reference, queue
        if event == "ENTERQUEUE":
            calls[key] = {"at": int(at), "queue": queue, "agent": None, "wait": None, "talk": 0,
                          "end": None}
        elif event == "CONNECT":
            calls[key].update(agent=agent, wait=int(data[0]), end="answered")
        elif event.startswith("COMPLETE"):
            calls[key].update(talk=int(data[1]), over=True)
        elif event in ("ABANDON", "EXITWITHTIMEOUT"):
            calls[key].update(wait=int(data[2]),
                              end="abandoned" if event == "ABANDON" else "timed_out")
    return list(calls.values())


def sum_up(calls):
    figures = Counter({name: 0 for name in QUEUE_FIGURES})
    for one in calls:
        late = one["wait"] is not None and one["wait"] > THRESHOLD
        figures["offered"] += 1
        if one["end"] == "answered":
            figures.update(answered=1, answered_late=late, answered_wait_s=one["wait"],
                           talk_s=one["talk"])
        elif one["end"]:
            figures.update({one["end"]: 1, "left_after": late, "short_abandons": not late})
    return dict(figures)


def group(calls, key):
    groups = defaultdict(list)
    for one in calls:
        groups[key(one)].append(one)
    return groups


def check_calls(it, calls, first, until):
    """The report by queue and by half-hour, of the calls that entered in a range."""
    calls = [one for one in calls if first <= one["at"] < until]
    for by, key in (("queue", lambda one: one["queue"]),
                    ("slot", lambda one: moment(one["at"] // 1800 * 1800))):
        rows = ask(it.desk("manager"), first, until, by)
        found = {row["id"]: {name: row[name] for name in QUEUE_FIGURES} for row in rows}
        assert found == {name: sum_up(some) for name, some in group(calls, key).items()}, by
        assert [row["id"] for row in rows] == sorted(found)
    slots = {row["slot_at"] for row in ask(it.desk("manager"), first, until, "slot",
                                           queue="support")}
    assert slots == {moment(one["at"] // 1800 * 1800) for one in calls
                     if one["queue"] == "support"}


def test_the_recorded_log(_):
    with Department() as it:
        for name in ("yousef", "hala"):
            it.add_user(name, "agent", "south", name)
        set_threshold(it)
        text = RECORDED_LOG.read_text()
        it.import_log(text)
        calls = count_log(line for line in text.splitlines() if "|NONE|NONE|NONE|" not in line)
        assert len(calls) == 337 and sum(one["end"] == "answered" for one in calls) == 256
        first = min(one["at"] for one in calls) // DAY * DAY
        check_calls(it, calls, first, first + 2 * DAY)
        rows = ask(it.desk("manager"), first, first + 2 * DAY, "agent")
        found = {it.value("SELECT pbx_name FROM person WHERE id = ?", row["id"]):
                 (row["answered"], row["answered_late"], row["answered_wait_s"], row["talk_s"],
                  row["not_written_up"]) for row in rows}
        assert found == {
            agent: (len(some), sum(one["wait"] > THRESHOLD for one in some),
                    sum(one["wait"] for one in some), sum(one["talk"] for one in some), len(some))
            for agent, some in group(calls, lambda one: one["agent"]).items() if agent}
        assert it.ctl("totals", "verify").returncode == 0


class Month:
    """A month of calls, and records of some of them, of which some come weeks late."""

    def __init__(self, it):
        self.it, self.random = it, random.Random(14)
        self.first = int(time.time()) // DAY * DAY - 30 * DAY
        self.lines, self.records = [], []
        for number in range(400):
            self.add_call(number)
        it.import_log("\n".join(sorted(self.lines, key=lambda line: int(line.split("|")[0]))) + "\n")
        self.calls = count_log(self.lines)
        for who in ("agent", "colleague"):
            self.write_down(who, {"agent": "rima", "colleague": "samer"}[who])

    def add_call(self, number):
        at, queue = self.first + self.random.randrange(30 * DAY - 4000), f"q{number % 3}"
        wait, talk = self.random.randrange(60), self.random.randrange(1, 400)
        agent = self.random.choice(("rima", "samer", None))
        self.lines.append(f"{at}|m{number}|{queue}|NONE|ENTERQUEUE||1|1")
        if agent is None:
            self.lines.append(f"{at + wait}|m{number}|{queue}|NONE|"
                              + (f"ABANDON|1|1|{wait}" if number % 2 else
                                 f"EXITWITHTIMEOUT|1|1|{wait}"))
            return
        self.lines += [f"{at + wait}|m{number}|{queue}|{agent}|CONNECT|{wait}|u|1",
                       f"{at + wait + talk}|m{number}|{queue}|{agent}|COMPLETECALLER|{wait}|{talk}|1"]

    def write_down(self, who, agent):
        taken = self.it.rows("SELECT p.id, p.connected_at / 1000, p.ended_at / 1000 FROM pbx_call p"
                             " JOIN person a ON a.id = p.person_id WHERE a.pbx_name = ?"
                             " AND p.reference LIKE 'm%' ORDER BY p.id", agent)
        types = [key for key, in self.it.rows("SELECT id FROM call_type WHERE parent_id IS NOT NULL"
                                              " ORDER BY id LIMIT 3")]
        batch = []
        for number, (pbx_call, begun, ended) in enumerate(taken):
            if number % 3 == 0:
                continue
            args = call(self.it, type_id=types[number % 3], started_at=moment(begun),
                        ended_at=moment(ended), solved=number % 2 == 0, wrap_up_s=number % 50,
                        pbx_call_id=pbx_call)
            batch.append(command("call.log", args, at=moment(ended + 60)))
            self.records.append({"who": self.it.person(who), "type": types[number % 3],
                                 "at": begun, "talk": ended - begun, "wrap_up": number % 50,
                                 "solved": number % 2 == 0})
        self.random.shuffle(batch)
        answer = self.it.desk(who).post(batch)
        assert {one["status"] for one in answer.json["results"]} == {"applied"}


def check_records(it, month, first, until):
    suits = dict(it.rows("SELECT id, suits_s FROM call_type"))
    records = [one for one in month.records if first <= one["at"] < until]
    calls = [one for one in month.calls if first <= one["at"] < until and one["agent"]]
    names = dict(it.rows("SELECT id, pbx_name FROM person"))
    for row in ask(it.desk("manager"), first, until, "agent"):
        mine = [one for one in records if one["who"] == row["id"]]
        taken = [one for one in calls if one["agent"] == names[row["id"]]]
        assert (row["answered"], row["records"]) == (len(taken), len(mine))
        assert row["not_written_up"] == len(taken) - len(mine)
        assert row["wrap_up_s"] == sum(one["wrap_up"] for one in mine)
        assert row["solved"] == sum(one["solved"] for one in mine)
    rows = ask(it.desk("manager"), first, until, "type")
    assert {row["id"] for row in rows} == {one["type"] for one in records}
    for row in rows:
        mine = [one for one in records if one["type"] == row["id"]]
        suited = [suits[one["type"]] for one in mine if suits[one["type"]] is not None]
        assert [row[name] for name in ("records", "solved", "talk_s", "wrap_up_s", "suited",
                                       "suits_s")] == [
            len(mine), sum(one["solved"] for one in mine), sum(one["talk"] for one in mine),
            sum(one["wrap_up"] for one in mine), len(suited), sum(suited)], row
        assert row["name"] and row["name_en"] and row["group_name"] and row["group_name_en"]


def test_a_month_with_records_that_came_late(_):
    with Department() as it:
        set_threshold(it)
        month = Month(it)
        for first, days in ((month.first, 31), (month.first + 9 * DAY, 7)):
            check_calls(it, month.calls, first, first + days * DAY)
        # No call is taken on one day and entered on another in these.
        check_records(it, month, month.first, month.first + 31 * DAY)
        assert it.ctl("totals", "verify").returncode == 0


def ask_for_table(desk, **query):
    answer = desk.ask("GET", "/v1/reports/calls", headers={"Accept": "text/csv, */*;q=0.1"}, **query)
    assert answer.status == 200, answer.body
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8", answer.headers
    return answer.body


def test_a_table(it):
    start = int(time.time()) - 600
    it.import_log(f"{start}|t1|=دعم, \"فني\"|NONE|ENTERQUEUE||1|1\n"
                  f"{start + 9}|t1|=دعم, \"فني\"|NONE|ABANDON|1|1|9\n")
    query = {"from": moment(start - DAY), "to": moment(start + DAY), "by": "queue"}
    body = ask_for_table(it.desk("manager"), **query)
    lines = body.split(b"\r\n")
    assert body.startswith(b"\xef\xbb\xbfid,name,name_en,group_name,group_name_en,slot_at,offered,")
    assert lines[-1] == b"" and b"\n" not in b"".join(lines)
    name = '"\'=دعم, ""فني"""'.encode()
    assert any(line.startswith(name + b"," + name + b",,,,,1,0,1,0,0,") for line in lines), body
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    asked = ask(it.desk("manager"), start - DAY, start + DAY, "queue")
    assert [row["offered"] for row in rows] == [str(row["offered"]) for row in asked]
    slots = ask_for_table(it.desk("manager"), **{**query, "by": "slot"}).decode("utf-8-sig")
    assert moment(start // 1800 * 1800) in slots


def test_who_may_ask(it):
    now = int(time.time())
    query = {"from": moment(now - DAY), "to": moment(now), "by": "queue"}
    for role in ROLES:
        answer = it.desk(role).get("/v1/reports/calls", **query)
        if role in MAY:
            assert answer.status == 200, role
        else:
            check_problem(answer, 403, "forbidden")
    check_problem(it.client().get("/v1/reports/calls", **query), 401, "unauthorized")


def test_a_supervisor_gets_the_people_of_the_team(it):
    now = int(time.time())
    for who in ("agent", "stranger"):
        it.desk(who).apply("call.log", call(it))
    names = {name: {it.value("SELECT username FROM person WHERE id = ?", row["id"])
                    for row in ask(it.desk(name), now - DAY, now + DAY, "agent")}
             for name in ("supervisor", "manager")}
    assert names["supervisor"] <= {"agent", "colleague", "supervisor"}, names
    assert {"agent", "stranger"} <= names["manager"], names


def test_what_is_asked_wrongly(it):
    desk, now = it.desk("manager"), moment(time.time())
    good = {"from": now, "to": now, "by": "queue"}
    assert desk.get("/v1/reports/calls", **good).status == 200
    for field, value in (("from", "yesterday"), ("from", "2026-13-01T00:00:00Z"), ("to", ""),
                         ("by", "moon"), ("by", ""), ("queue", "x" * 81), ("colour", "red")):
        answer = desk.get("/v1/reports/calls", **{**good, field: value})
        check_problem(answer, 400, "invalid")
        assert answer.json["field"] == field, answer.body
    assert desk.get("/v1/reports/calls", **{"from": now, "to": now}).status == 200
    for field in "from", "to":
        answer = desk.get("/v1/reports/calls", **{key: value for key, value in good.items()
                                                  if key != field})
        check_problem(answer, 400, "invalid")
        assert answer.json["field"] == field, answer.body
    check_problem(desk.get("/v1/reports/nothing"), 404, "not_found")
    check_problem(desk.get("/v1/reports/pbx_calls"), 404, "not_found")


if __name__ == "__main__":
    run_tests(globals())
