#!/usr/bin/python3
"""Who sees what and who may do what, for every read and every command that there is.

The tables are written by hand from the procedure, not from the program. What a role sees only of
its own visits, matters or compensations is nothing as long as there are none of those.
"""
import gzip
import sqlite3
import tempfile
from contextlib import closing

from department import (CAST, ROLES, call, check_problem, command, new_id, run_tests, stamp)
from scene import OWNERS, Scene

EVERYBODY = {*OWNERS, None}
PEOPLE = ("person", "team", "setting")
RULES = ("call_type", "threshold")
DIRECTORY = ("subscriber", "prospect")
# In nobody's feed: what comes with a card, and what the server keeps to itself.
NEVER = ("card", "pbx_pause", "pbx_event", "session", "credential", "command", "head", "change")

# Who it is: whose calls they see, whether call types and threshold, directory and cards.
WHO_SEES_WHAT = {
    "agent": ({"agent"}, True, True),
    "colleague": ({"colleague"}, True, True),
    "stranger": ({"stranger"}, True, True),
    "supervisor": ({"supervisor", "agent", "colleague", None}, True, True),
    "southern": ({"stranger", None}, True, True),
    "quality": (EVERYBODY, True, True),
    "manager": (EVERYBODY, True, True),
    "followup": ({"followup"}, True, True),
    "field": (set(), True, False),
    "finance": (set(), True, False),
    "department": (set(), True, False),
    "admin": (set(), False, False),
    # Finance by now, and an agent once: everyone sees their own call records.
    "former": ({"former"}, True, False),
}

TELEPHONE = {"agent", "supervisor", "followup"}
WHO_MAY = {
    "call.log": TELEPHONE,
    "call.amend": TELEPHONE,
    "call.join": TELEPHONE,
    "call.unjoin": TELEPHONE,
    "prospect.add": TELEPHONE | {"manager"},
    "person.add": {"admin"},
    "person.set": {"admin"},
    "team.add": {"admin", "manager"},
    "call_type.put": {"manager"},
    "threshold.set": {"manager"},
    "setting.set": {"admin"},
    "subscriber.put": set(),
    "card.measure": set(),
    "pbx.observe": set(),
}

scenes = {}


def scene_of(it):
    if it not in scenes:
        scenes[it] = Scene(it)
    return scenes[it]


def expected_rows(it, name):
    scene, (owners, rules, directory) = scene_of(it), WHO_SEES_WHAT[name]
    rows = {key for key, owner in scene.owned_rows().items() if owner in owners}
    rows |= scene.common_rows(*PEOPLE)
    rows |= scene.common_rows(*RULES) if rules else set()
    return rows | (scene.common_rows(*DIRECTORY) if directory else set())


def test_the_scene_has_something_of_everybody(it):
    owned = scene_of(it).owned_rows()
    for table in ("call", "call_version"):
        assert {owner for (name, _), owner in owned.items() if name == table} == set(OWNERS), owned
    for table, owners in (("pbx_call", {"agent", "colleague", "stranger", None}),
                          ("call_link", {"agent", "colleague", "stranger"})):
        assert {owner for (name, _), owner in owned.items() if name == table} == owners, owned
    for table in NEVER:
        assert it.rows(f"SELECT 1 FROM {table}"), table
    assert set(ROLES) == {role for role, _, _ in CAST.values()}


def test_the_feed_from_the_beginning(it):
    scene_of(it)
    # A desk would have to take a snapshot; here the feed itself is looked at.
    it.write("DELETE FROM sight_change")
    for name in WHO_SEES_WHAT:
        rows, _ = it.desk(name).pull(limit=7)
        seen = {key for key, row in rows.items() if row is not None}
        expected = expected_rows(it, name)
        assert seen == expected, (name, seen - expected, expected - seen)


def test_the_feed_of_what_comes_later(it):
    scene = scene_of(it)
    cursor = it.desk("agent").get("/v1/session").json["server"]["seq"]
    written = {owner: scene.write_down(owner) for owner in OWNERS if owner != "former"}
    for name, (owners, _, _) in WHO_SEES_WHAT.items():
        changes = it.desk(name).changes(cursor).json["changes"]
        calls = {change["id"] for change in changes if change["table"] == "call"}
        assert calls == {written[owner] for owner in owners & set(written)}, name
        versions = {change["row"]["call_id"] for change in changes
                    if change["table"] == "call_version"}
        assert versions == calls, name


def snapshot_rows(desk):
    answer = desk.get("/v1/snapshot")
    assert answer.status == 200, answer.body
    with tempfile.NamedTemporaryFile(suffix=".db") as file:
        file.write(gzip.decompress(answer.body))
        file.flush()
        with closing(sqlite3.connect(file.name)) as database:
            tables = [name for name, in database.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table'")]
            return {(table, row[0]) for table in tables if table != "cursor" and not table.endswith("_word")
                    for row in database.execute(f"SELECT id FROM {table}")}


def test_the_snapshot(it):
    for name in WHO_SEES_WHAT:
        rows, expected = snapshot_rows(it.desk(name)), expected_rows(it, name)
        assert rows == expected, (name, rows - expected, expected - rows)


def test_search(it):
    for name, (_, _, directory) in WHO_SEES_WHAT.items():
        answer = it.desk(name).get("/v1/subscribers", q="عمر")
        if directory:
            assert [row["username"] for row in answer.json["subscribers"]] == ["omar"], name
        else:
            check_problem(answer, 403, "forbidden")


def test_cards(it):
    scene = scene_of(it)
    for name, (_, _, directory) in WHO_SEES_WHAT.items():
        answer = it.desk(name).get("/v1/subscribers/" + it.subscriber("omar"))
        unknown = it.desk(name).get("/v1/subscribers/" + new_id())
        if not directory:
            check_problem(answer, 403, "forbidden")
            assert unknown.body == answer.body
            continue
        check_problem(unknown, 404, "not_found")
        calls = {row["id"] for row in answer.json["calls"]}
        assert {*scene.calls.values(), scene.older} <= calls and scene.ancient not in calls, name
        assert answer.json["card"]["static_ip"] == "203.0.113.7"


# Commands about a record: given here about one that is not there, so that only the role counts.
UNKNOWN_CALL = {"call.amend", "call.join", "call.unjoin"}


def arguments(it, kind):
    """Arguments with which the command would be carried out, for who may give it."""
    amended = call(it, version_id=new_id(), version=1)
    for name in ("started_at", "ended_at", "wrap_up_s"):
        del amended[name]
    pbx_call = it.value("SELECT id FROM pbx_call WHERE person_id IS NULL")
    return {
        "call.log": call(it),
        "call.amend": amended,
        "call.join": {"call_id": new_id(), "pbx_call_id": pbx_call},
        "call.unjoin": {"call_id": new_id(), "pbx_call_id": pbx_call},
        "prospect.add": {"id": new_id(), "name": "نور"},
        "person.add": {"id": new_id(), "username": new_id(), "display_name": "X",
                       "roles": ["agent"], "active": True},
        "person.set": {"id": it.person("field"), "username": "field", "display_name": new_id(),
                       "roles": ["field"], "active": True},
        "team.add": {"id": new_id(), "name": new_id()},
        "call_type.put": {"id": new_id(), "name": "ن", "name_en": "T", "position": 99,
                          "active": True},
        "threshold.set": {"id": new_id(), "wait_s": 25},
        "setting.set": {"name": "offline_days", "value": "5"},
        "subscriber.put": {"id": new_id(), "account_number": "1", "username": "x", "name": "x",
                           "status": "active"},
        "card.measure": {"id": it.subscriber("omar"), "measured_at": stamp()},
        "pbx.observe": {"id": new_id(), "happened_at": stamp(), "event": "CONFIGRELOAD"},
    }[kind]


def code_of(it, who, kind, args):
    return it.desk(who).give(kind, args).get("error", {}).get("code", "applied")


def test_who_may_give_which_command(it):
    for kind, roles in WHO_MAY.items():
        for role in ROLES:
            code = code_of(it, role, kind, arguments(it, kind))
            known = "not_found" if kind in UNKNOWN_CALL else "applied"
            assert code == (known if role in roles else "forbidden"), (kind, role, code)


def test_the_catalogue_says_the_same(it):
    commands = it.desk("agent").get("/v1/catalogue").json["commands"]
    assert set(commands) == set(WHO_MAY)
    for kind, roles in WHO_MAY.items():
        assert set(commands[kind]["roles"]) - {"connector", "operator"} == roles, kind


def amendment(it, owner):
    key = scene_of(it).calls[owner]
    row = it.rows("SELECT subscriber_id, direction, type_id, resolution, version FROM call"
                  " WHERE id = ?", key)[0]
    args = dict(zip(("subscriber_id", "direction", "type_id", "resolution", "version"), row))
    return {**args, "id": key, "version_id": new_id(), "solved": True, "notes": new_id()}


def test_only_who_wrote_a_record_corrects_it(it):
    for who in ("colleague", "stranger", "supervisor", "followup"):
        assert code_of(it, who, "call.amend", amendment(it, "agent")) == "forbidden", who
    assert code_of(it, "agent", "call.amend", amendment(it, "agent")) == "applied"
    stale = dict(amendment(it, "agent"), version=1)
    assert code_of(it, "agent", "call.amend", stale) == "conflict"


def test_who_joins_and_unjoins(it):
    scene = scene_of(it)
    pbx_call = it.value("SELECT id FROM pbx_call WHERE person_id = ?", it.person("agent"))
    both = {"call_id": scene.calls["agent"], "pbx_call_id": pbx_call}
    for who in ("colleague", "stranger", "followup", "southern"):
        assert code_of(it, who, "call.unjoin", both) == "forbidden", who
    for who in ("agent", "supervisor"):
        assert code_of(it, who, "call.unjoin", both) == "applied", who
        assert code_of(it, who, "call.unjoin", both) == "conflict", who
        for other in ("colleague", "stranger", "followup", "southern"):
            assert code_of(it, other, "call.join", both) == "forbidden", (who, other)
        assert code_of(it, who, "call.join", both) == "applied", who


def test_nobody_writes_up_what_another_took(it):
    for taker in ("colleague", "stranger"):
        pbx_call = it.value("SELECT id FROM pbx_call WHERE person_id = ?", it.person(taker))
        for who in ("agent", "supervisor", "followup"):
            assert code_of(it, who, "call.log", call(it, pbx_call_id=pbx_call)) == "forbidden"


def test_built_in_people_are_left_alone(it):
    for name, in it.rows("SELECT username FROM person WHERE username LIKE '(%'"):
        args = {"id": it.person(name), "username": name, "display_name": "X", "roles": ["admin"],
                "active": True}
        assert code_of(it, "admin", "person.set", args) == "forbidden"
    args = dict(arguments(it, "person.add"), roles=["operator"])
    assert code_of(it, "admin", "person.add", args) == "invalid"


def test_who_has_left_does_nothing_more(it):
    it.add_user("leaving", "agent")
    desk = it.sign_in("leaving")
    it.write("UPDATE person SET active = 0 WHERE username = 'leaving'")
    verdict = desk.post([command("call.log", call(it))]).json["results"][0]
    assert verdict["error"]["code"] == "forbidden", verdict


def test_several_roles_see_the_union(it):
    scene = scene_of(it)
    it.ctl("user", "add", "both", "--role", "admin", "--role", "supervisor", "--team", "south",
           secret="the secret of both")
    it.write("DELETE FROM sight_change")
    rows, _ = it.desk("both").pull()
    owners = {scene.owned_rows()[key] for key, row in rows.items()
              if row is not None and key[0] == "call"}
    assert owners == {"stranger"}, owners
    assert {table for table, _ in rows} >= {"subscriber", "call_type", "setting"}


if __name__ == "__main__":
    run_tests(globals())
