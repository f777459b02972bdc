#!/usr/bin/python3
"""The feed: pages, cursors, what leaves a person's sight."""
import time

from department import (EARLIER, LATER, Department, call, check_problem, check_server, command,
                        new_id, parse_time, run_tests)


def seq_of(desk):
    return desk.get("/v1/session").json["server"]["seq"]


def test_nothing_new(it):
    desk = it.desk("agent")
    seq = seq_of(desk)
    answer = desk.changes(seq)
    assert answer.json["changes"] == [] and answer.json["next"] == seq
    assert answer.json["more"] is False and len(answer.body) < 1024
    check_server(answer)


def test_each_change_has_a_number_in_the_order_of_commits(it):
    desk = it.desk("agent")
    seq = seq_of(desk)
    given = [desk.apply("call.log", call(it)) for _ in range(5)]
    answer = desk.changes(seq).json
    numbers = [change["seq"] for change in answer["changes"]]
    assert numbers == sorted(set(numbers))
    assert [change["seq"] for change in of("call", answer["changes"])] == [one["seq"] for one in given]
    assert answer["next"] == answer["server"]["seq"] >= given[-1]["seq"]


def test_pages(it):
    desk = it.desk("agent")
    first = seq_of(desk)
    batch = [command("prospect.add", {"id": new_id(), "name": f"P {i}"}) for i in range(25)]
    desk.post(batch)
    after, pages = first, []
    while True:
        page = desk.changes(after, limit=10).json
        pages.append([change["id"] for change in page["changes"]])
        assert page["next"] > after
        after = page["next"]
        if not page["more"]:
            break
    assert [len(page) for page in pages] == [10, 10, 5], pages
    assert sum(pages, []) == [one["args"]["id"] for one in batch]
    assert after == page["server"]["seq"]


def test_odd_limits_are_put_right(it):
    desk = it.desk("agent")
    first = seq_of(desk)
    for _ in range(5):
        desk.post([command("prospect.add", {"id": new_id(), "name": f"P {i}"}) for i in range(500)])
    for limit, most in ((0, 1), (-5, 1000), (1, 1), ("many", 1000), (10 ** 9, 2000)):
        page = desk.changes(first, limit=limit).json
        assert len(page["changes"]) == most and page["more"] is True, (limit, len(page["changes"]))


def test_a_row_that_changed_twice_comes_once_as_it_is_now(it):
    desk, args = it.desk("agent"), call(it)
    first = seq_of(desk)
    desk.apply("call.log", args)
    for name in ("started_at", "ended_at", "wrap_up_s"):
        del args[name]
    desk.apply("call.amend", dict(args, version_id=new_id(), version=1, notes="ثانيًا"))
    calls = [change for change in desk.changes(first).json["changes"] if change["table"] == "call"]
    assert [change["row"]["notes"] for change in calls] == ["ثانيًا"]
    assert calls[0]["row"]["version"] == 2


def test_who_is_not_concerned_gets_nothing_but_the_number(it):
    desk, other = it.desk("agent"), it.desk("stranger")
    first = seq_of(desk)
    desk.apply("call.log", call(it))
    page = other.changes(first).json
    assert page["changes"] == [] and page["next"] == page["server"]["seq"] > first


def test_a_page_passes_over_what_concerns_others(it):
    desk, other = it.desk("agent"), it.desk("stranger")
    first = seq_of(desk)
    desk.post([command("call.log", call(it)) for _ in range(30)])
    wanted = [other.apply("call.log", call(it))["seq"] for _ in range(2)]
    page = other.changes(first, limit=1).json
    assert [change["seq"] for change in page["changes"]] == wanted[:1] and page["more"]
    changes = []
    while page["more"]:
        page = other.changes(page["next"], limit=1).json
        changes += page["changes"]
    assert [change["seq"] for change in of("call", changes)] == wanted[1:]


def test_a_cursor_from_the_future(it):
    desk = it.desk("agent")
    for more in (1, 1000, 2 ** 52):
        check_problem(desk.changes(seq_of(desk) + more), 409, "mismatch")


def test_another_epoch(it):
    desk = it.desk("agent")
    check_problem(desk.changes(seq_of(desk), epoch=EARLIER), 410, "gone")
    check_problem(desk.changes(seq_of(desk), epoch=LATER), 409, "mismatch")
    check_problem(desk.get("/v1/changes", after=seq_of(desk)), 410, "gone")


def test_another_head(it):
    desk = it.desk("agent")
    server = desk.get("/v1/session").json["server"]
    seq, digest = server["head"].split(":")
    assert desk.changes(server["seq"], head=server["head"]).status == 200
    for head in (f"{seq}:{'0' * 64}", f"{int(seq) + 9}:{digest}"):
        check_problem(desk.changes(server["seq"], head=head), 409, "mismatch")
    check_problem(desk.changes(server["seq"], head="nonsense"), 400, "invalid")


def test_a_change_of_roles_wants_a_snapshot(it):
    it.add_user("promoted", "agent", "north")
    old = it.sign_in("promoted")
    cursor = seq_of(old)
    it.ctl("user", "set", "promoted", "--role", "quality")
    desk = it.sign_in("promoted")
    check_problem(desk.changes(cursor), 410, "gone")
    assert desk.changes(seq_of(desk)).status == 200


def test_a_move_between_teams_wants_a_snapshot_of_both_supervisors(_):
    with Department() as it:
        it.add_user("southern", "supervisor", "south")
        it.add_user("moving", "agent", "north")
        mover = it.desk("moving")
        mover.apply("call.log", call(it))
        desks = {name: it.desk(name) for name in ("supervisor", "southern", "manager", "agent")}
        cursor = seq_of(mover)
        it.ctl("user", "set", "moving", "--team", "south")
        for name in ("supervisor", "southern"):
            check_problem(desks[name].changes(cursor), 410, "gone")
        for name in ("manager", "agent"):
            changes = desks[name].changes(cursor).json["changes"]
            assert {change["table"] for change in changes} == {"person"}, (name, changes)
        # The sign-in of who moved still holds, and the records go to the other supervisor now.
        now = seq_of(mover)
        mover.apply("call.log", call(it))
        assert "call" not in tables(desks["supervisor"].changes(now))
        assert "call" in tables(desks["southern"].changes(now))


def of(table, changes):
    return [change for change in changes if change["table"] == table]


def tables(answer):
    return {change["table"] for change in answer.json["changes"]}


def test_what_leaves_somebodys_sight_is_taken_back(it):
    it.add_user("southern", "supervisor", "south")
    north, south, agent = (it.desk(name) for name in ("supervisor", "southern", "agent"))
    start, first = int(time.time()) - 600, seq_of(agent)
    line = "|gone|support|NONE|ENTERQUEUE||0119990009|1"
    it.import_log(f"{start}{line}\n")
    key = it.value("SELECT id FROM pbx_call WHERE reference = 'gone'")
    for desk in (north, south):
        change = of("pbx_call", desk.changes(first).json["changes"])[-1]
        assert change["id"] == key and change["row"]["outcome"] == "waiting"
    assert not tables(agent.changes(first))
    second = seq_of(agent)
    it.import_log(f"{start + 5}|gone|support|rima|CONNECT|5|x|3\n")
    for desk in (north, agent):
        change = of("pbx_call", desk.changes(second).json["changes"])[-1]
        assert change["id"] == key and change["row"]["outcome"] == "talking"
    changes = south.changes(second).json["changes"]
    assert tables(south.changes(second)) == {"pbx_call", "queue_total"}
    assert [(change["id"], change["row"]) for change in of("pbx_call", changes)] == [(key, None)]
    # Whoever comes later hears of neither.
    changes = of("pbx_call", south.changes(first).json["changes"])
    assert [change["row"] for change in changes] == [None]


def test_the_window_moves(_):
    with Department() as it:
        desk = it.desk("agent")
        old = desk.apply("call.log", call(it, started_at="2020-01-01T10:00:00.000Z",
                                          ended_at="2020-01-01T10:05:00.000Z"))
        changes = desk.changes(old["seq"] - 1).json["changes"]
        assert {change["row"] for change in changes} == {None}, "older than desks keep"
        first = seq_of(desk)
        it.write("UPDATE head SET window_from = window_from - 86400000")
        desk.apply("call.log", call(it))
        window, fresh, _ = desk.changes(first).json["changes"]
        assert (window["table"], window["row"], fresh["table"]) == ("window", None, "call")
        days = (time.time() - parse_time(window["id"])) / 86400
        assert 35 <= days < 36 and window["seq"] == first + 1, window


def test_the_directory_goes_to_desks_only_where_they_may_keep_it(_):
    with Department() as it:
        desk, admin = it.desk("agent"), it.desk("admin")
        first = seq_of(desk)
        admin.apply("setting.set", {"name": "directory_keep", "value": "dealt_with"})
        check_problem(desk.changes(first), 410, "gone")
        first = seq_of(desk)
        it.import_subscribers("account_number,username,name,status\nA-9,nour,نور,active\n")
        desk.apply("prospect.add", {"id": new_id(), "name": "P"})
        assert tables(desk.changes(first)) == {"prospect"}
        assert len(desk.get("/v1/subscribers", q="نور").json["subscribers"]) == 1
        admin.apply("setting.set", {"name": "directory_keep", "value": "all"})
        check_problem(desk.changes(first), 410, "gone")


def test_the_epoch_changes_by_the_command_line(_):
    with Department() as it:
        desk = it.desk("agent")
        server = desk.get("/v1/session").json["server"]
        it.ctl("epoch", "begin")
        check_problem(desk.changes(server["seq"], epoch=server["epoch"]), 410, "gone")
        now = desk.get("/v1/session").json["server"]
        assert now["epoch"] != server["epoch"] and now["seq"] > server["seq"]
        assert desk.changes(now["seq"], epoch=now["epoch"], head=server["head"]).status == 200


if __name__ == "__main__":
    run_tests(globals())
