#!/usr/bin/python3
"""Commands in, verdicts out: each once, in their order, whatever else is in the batch."""
from department import (EARLIER, LATER, Department, call, check_problem, check_server, command,
                        new_id, parse_time, run_tests, stamp)

CONFLICT = {"code": "conflict", "message": "This id is taken"}


def count(it, table="call"):
    return it.value(f"SELECT COUNT(*) FROM {table}")


def outcomes(answer):
    assert answer.status == 200, answer.body
    return [(result["id"], result["status"]) for result in answer.json["results"]]


def test_verdicts_come_in_order(it):
    desk = it.desk("agent")
    good, bad = call(it), call(it, type_id=new_id())
    commands = [command("call.log", args) for args in (good, bad, call(it))]
    answer = desk.post(commands)
    wanted = list(zip((one["id"] for one in commands), ("applied", "rejected", "applied")))
    assert outcomes(answer) == wanted
    first, second, third = answer.json["results"]
    assert first["seq"] < second["seq"] < third["seq"] <= answer.json["server"]["seq"]
    assert second["error"]["code"] == "not_found" and second["error"]["field"] == "type_id"
    assert "error" not in first
    check_server(answer)


def test_an_empty_batch(it):
    answer = it.desk("agent").post([])
    assert answer.status == 200 and answer.json["results"] == []


def test_a_command_sees_those_before_it(it):
    prospect, noted = new_id(), call(it)
    noted.pop("subscriber_id")
    noted["prospect_id"] = prospect
    before = command("prospect.add", {"id": prospect, "name": "سامي"})
    late, early = command("call.log", noted), command("call.log", dict(noted, id=new_id()))
    results = outcomes(it.desk("agent").post([early, before, late]))
    assert [status for _, status in results] == ["rejected", "applied", "applied"], results


def test_what_is_written_is_what_was_said(it):
    desk, args = it.desk("agent"), call(it, number="0933-123456", notes='تجربة "\\ \n 🙂')
    seq = desk.apply("call.log", args)["seq"]
    row = desk.changes(seq - 1).json["changes"][0]
    assert (row["table"], row["id"], row["seq"]) == ("call", args["id"], seq)
    for name, value in args.items():
        assert row["row"][name] == value, (name, value, row)
    assert row["row"]["person_id"] == desk.id and row["row"]["version"] == 1


def test_a_repeat_gets_the_same_verdict_and_adds_nothing(it):
    desk = it.desk("agent")
    batch = [command("call.log", call(it)), command("call.log", call(it, type_id=new_id()))]
    first = desk.post(batch)
    calls, entries, seq = count(it), count(it, "command"), first.json["server"]["seq"]
    for _ in range(2):
        again = desk.post(batch)
        assert again.json["results"] == first.json["results"]
        assert again.json["server"]["seq"] == seq
        assert again.json["server"]["head"] == first.json["server"]["head"]
    assert (count(it), count(it, "command")) == (calls, entries)


def test_a_repeat_in_one_batch(it):
    one = command("call.log", call(it))
    results = it.desk("agent").post([one, one]).json["results"]
    assert results[0] == results[1] and results[0]["status"] == "applied"


def test_a_repeat_later_by_another_sign_in(it):
    one = command("call.log", call(it))
    first = it.desk("agent").post([one]).json["results"]
    assert it.sign_in("agent").post([dict(one, n=77, at=stamp(5))]).json["results"] == first


def test_the_same_id_with_something_else_is_a_conflict_that_reveals_nothing(it):
    one = command("call.log", call(it))
    refused = command("call.log", call(it, type_id=new_id()))
    people = {name: it.desk(name) for name in ("agent", "colleague", "manager")}
    people["agent"].post([one, refused])
    entries = count(it, "command")
    for known in (one, refused):
        other_args = dict(known, args=call(it))
        other_kind = dict(known, type="prospect.add", args={"id": new_id(), "name": "x"})
        malformed = dict(known, args={})
        for desk, batch in (("agent", other_args), ("agent", other_kind), ("agent", malformed),
                            ("colleague", known), ("colleague", other_args), ("manager", known)):
            result = people[desk].post([batch]).json["results"]
            assert result == [{"id": known["id"], "status": "rejected", "seq": 0,
                               "error": CONFLICT}], (desk, result)
    assert count(it, "command") == entries


def test_rejected_ones_are_recorded_too(it):
    desk, bad = it.desk("field"), command("call.log", call(it))
    result = desk.post([bad]).json["results"][0]
    assert result["error"]["code"] == "forbidden"
    entry = it.rows("SELECT seq, person_id, desk, origin, type, status, code FROM command"
                    " WHERE id = ?", bad["id"])
    assert entry == [(result["seq"], desk.id, "desk-1", "127.0.0.1", "call.log", "rejected",
                      "forbidden")], entry
    it.ctl("audit", "verify")


def test_settling_what_is_known_gets_its_verdict(it):
    desk = it.desk("agent")
    for one in (command("call.log", call(it)), command("call.log", call(it, type_id=new_id()))):
        verdict = desk.post([one]).json["results"]
        assert desk.post([dict(one, settle=True)]).json["results"] == verdict


def test_settling_what_is_unknown_withdraws_it_for_ever(it):
    desk, one, calls = it.desk("agent"), command("call.log", call(it)), count(it)
    withdrawn = desk.post([dict(one, settle=True)]).json["results"]
    assert withdrawn[0]["status"] == "rejected" and withdrawn[0]["error"]["code"] == "conflict"
    for again in (one, dict(one, settle=True), dict(one, settle=False)):
        assert desk.post([again]).json["results"] == withdrawn
    assert count(it) == calls
    assert it.value("SELECT status FROM command WHERE id = ?", one["id"]) == "rejected"


MALFORMED = [  # what is done to a good call.log: the code and the field that the verdict names
    (lambda one: one.update(type="call.erase"), "invalid", "type"),
    (lambda one: one.update(type="session.begin"), "invalid", "type"),
    (lambda one: one.update(type="account.password"), "invalid", "type"),
    (lambda one: one.update(type="epoch.begin"), "invalid", "type"),
    (lambda one: one.pop("args"), "invalid", "args"),
    (lambda one: one.update(args=[]), "invalid", "args"),
    (lambda one: one["args"].pop("id"), "invalid", "id"),
    (lambda one: one["args"].update(id="7"), "invalid", "id"),
    (lambda one: one["args"].update(id=one["args"]["id"].upper()), "invalid", "id"),
    (lambda one: one["args"].update(solved="yes"), "invalid", "solved"),
    (lambda one: one["args"].update(solved=1), "invalid", "solved"),
    (lambda one: one["args"].update(solved=None), "invalid", "solved"),
    (lambda one: one["args"].update(direction="sideways"), "invalid", "direction"),
    (lambda one: one["args"].update(notes=5), "invalid", "notes"),
    (lambda one: one["args"].update(notes="x" * 4001), "invalid", "notes"),
    (lambda one: one["args"].update(number="1" * 41), "invalid", "number"),
    (lambda one: one["args"].update(wrap_up_s=-1), "invalid", "wrap_up_s"),
    (lambda one: one["args"].update(wrap_up_s=86401), "invalid", "wrap_up_s"),
    (lambda one: one["args"].update(started_at="yesterday"), "invalid", "started_at"),
    (lambda one: one["args"].update(started_at="2026-01-01T00:00:00"), "invalid", "started_at"),
    (lambda one: one["args"].update(ended_at=stamp(-900)), "invalid", "ended_at"),
    (lambda one: one["args"].update(person_id=new_id()), "invalid", "person_id"),
    (lambda one: one["args"].pop("subscriber_id"), "invalid", "subscriber_id"),
    (lambda one: one["args"].update(prospect_id=new_id()), "invalid", "prospect_id"),
    (lambda one: one["args"].update(subscriber_id=new_id()), "not_found", "subscriber_id"),
    (lambda one: one["args"].update(pbx_call_id=new_id()), "not_found", "pbx_call_id"),
]


def test_malformed_ones_do_not_spoil_a_batch(it):
    batch = []
    for spoil, _, _ in MALFORMED:
        one = command("call.log", call(it))
        spoil(one)
        batch += [one, command("call.log", call(it))]
    results = it.desk("agent").post(batch).json["results"]
    assert [result["id"] for result in results] == [one["id"] for one in batch]
    for (_, code, field), bad, good, sent in zip(MALFORMED, results[::2], results[1::2], batch[::2]):
        assert bad["status"] == "rejected", sent
        assert (bad["error"]["code"], bad["error"].get("field")) == (code, field), (sent, bad)
        assert good["status"] == "applied", good


def test_a_type_of_the_first_level_is_not_enough(it):
    group = it.value("SELECT id FROM call_type WHERE parent_id IS NULL")
    verdict = it.desk("agent").give("call.log", call(it, type_id=group))
    assert (verdict["error"]["code"], verdict["error"]["field"]) == ("invalid", "type_id")


def test_no_desk_writes_into_the_future(it):
    desk, args = it.desk("agent"), call(it, started_at=stamp(3600), ended_at=stamp(7200))
    late = desk.apply("call.log", args, at=stamp(86400))
    row = desk.changes(late["seq"] - 1).json["changes"][0]["row"]
    received = parse_time(row["received_at"])
    assert parse_time(row["logged_at"]) <= received and parse_time(row["ended_at"]) <= received
    assert parse_time(row["started_at"]) <= parse_time(row["ended_at"])
    assert it.value("SELECT COUNT(*) FROM command WHERE given_at > received_at") == 0


def test_a_command_from_long_ago_keeps_its_time(it):
    desk = it.desk("agent")
    given = stamp(-86400)
    args = call(it, started_at=stamp(-86500), ended_at=stamp(-86401))
    verdict = desk.apply("call.log", args, at=given)
    row = desk.changes(verdict["seq"] - 1).json["changes"][0]["row"]
    assert row["logged_at"] == given and row["started_at"] == args["started_at"]
    assert parse_time(row["received_at"]) - parse_time(given) > 86000


def test_five_hundred_and_no_more(it):
    desk, seq = it.desk("agent"), it.desk("agent").get("/v1/session").json["server"]["seq"]
    batch = [command("prospect.add", {"id": new_id(), "name": f"P {i}"}) for i in range(501)]
    check_problem(desk.post(batch), 413, "too_large")
    assert desk.get("/v1/session").json["server"]["seq"] == seq
    assert all(status == "applied" for _, status in outcomes(desk.post(batch[:500])))


def test_what_is_no_command_is_refused_whole(it):
    desk, good = it.desk("agent"), command("call.log", call(it))
    seq = desk.get("/v1/session").json["server"]["seq"]
    for wrong in (7, None, "call.log", [], {}, dict(good, id="7"), dict(good, id=None),
                  dict(good, at="yesterday"), dict(good, at=None), dict(good, type=None),
                  dict(good, type="x" * 1000)):
        check_problem(desk.post([good, wrong]), 400, "invalid")
    check_problem(desk.ask("POST", "/v1/commands", {"protocol": 1}), 400, "invalid")
    check_problem(desk.ask("POST", "/v1/commands", {"protocol": 1, "commands": {}}), 400, "invalid")
    assert desk.get("/v1/session").json["server"]["seq"] == seq


def test_another_protocol(it):
    desk = it.desk("agent")
    for protocol in (0, 2, "1", None):
        answer = desk.ask("POST", "/v1/commands", {"protocol": protocol, "commands": []})
        check_problem(answer, 426, "too_old")


def test_another_history(it):
    desk = it.desk("agent")
    server = desk.get("/v1/session").json["server"]
    seq, digest = server["head"].split(":")
    one = command("call.log", call(it))
    check_problem(desk.post([one], epoch=EARLIER), 410, "gone")
    check_problem(desk.post([one], epoch=LATER), 409, "mismatch")
    for head in (f"{seq}:{'0' * 64}", f"{int(seq) + 1000}:{digest}", f"{int(seq) - 1}:{digest}",
                 f"{seq}:"):
        check_problem(desk.post([one], epoch=server["epoch"], head=head), 409, "mismatch")
    for head in ("nonsense", "", seq, f"-1:{digest}", f":{digest}"):
        check_problem(desk.post([one], epoch=server["epoch"], head=head), 400, "invalid")
    assert it.value("SELECT COUNT(*) FROM command WHERE id = ?", one["id"]) == 0
    answer = desk.post([one], epoch=server["epoch"], head=server["head"])
    assert outcomes(answer) == [(one["id"], "applied")]
    # An entry that the desk saw long ago still is a witness.
    assert desk.post([one], epoch=server["epoch"], head=server["head"]).status == 200


def test_in_a_new_epoch_what_cannot_apply_yet_waits(_):
    with Department() as it:
        desk, missing = it.desk("agent"), call(it, type_id=new_id())
        old = desk.get("/v1/session").json["server"]["epoch"]
        it.ctl("epoch", "begin")
        good, waiting = command("call.log", call(it)), command("call.log", missing)
        check_problem(desk.post([good], epoch=old), 410, "gone")
        epoch = desk.get("/v1/session").json["server"]["epoch"]
        assert epoch != old
        assert outcomes(desk.post([waiting, good], epoch=epoch)) == [(good["id"], "applied")]
        assert outcomes(desk.post([waiting], epoch=epoch)) == []
        assert it.value("SELECT COUNT(*) FROM command WHERE id = ?", waiting["id"]) == 0


if __name__ == "__main__":
    run_tests(globals())
