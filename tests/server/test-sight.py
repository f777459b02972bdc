#!/usr/bin/python3
"""Who sees what and who may do what, for every read and every command that there is.

The tables are written by hand from the procedure, not from the program. What a role sees only of
its own visits, matters or compensations is nothing as long as there are none of those.
"""
from department import (CAST, ROLES, call, check_problem, command, new_id, read_snapshot, run_tests,
                        stamp)
from scene import OWNED, OWNERS, PRESENCE, PRESENT, RECEIPTS, Scene

EVERYBODY = {*OWNERS, None}
STAFF = {*PRESENT}
PEOPLE = ("person", "team", "setting")
RULES = ("call_type", "threshold", "document", "document_version")
DIRECTORY = ("subscriber", "prospect")
# In nobody's feed: what comes with a card, and what the server keeps to itself.
NEVER = ("card", "pbx_source", "pbx_pause", "pbx_event", "session", "credential", "command", "head",
         "change")

# Who it is: whose calls and notes they see, whose presence, whether totals of all queues, call types,
# threshold and documents, directory and cards.
WHO_SEES_WHAT = {
    "agent": ({"agent"}, {"agent"}, False, True, True),
    "colleague": ({"colleague"}, {"colleague"}, False, True, True),
    "stranger": ({"stranger"}, {"stranger"}, False, True, True),
    "supervisor": ({"supervisor", "agent", "colleague", None},
                   {"supervisor", "agent", "colleague"}, True, True, True),
    "southern": ({"stranger", None}, {"southern", "stranger"}, True, True, True),
    "quality": (EVERYBODY, {"quality"}, True, True, True),
    "manager": (EVERYBODY, STAFF, True, True, True),
    "followup": ({"followup"}, {"followup"}, False, True, True),
    "field": (set(), {"field"}, False, True, False),
    "finance": (set(), {"finance"}, False, True, False),
    "department": (set(), {"department"}, False, True, False),
    "admin": (set(), set(), False, False, False),
    # Finance by now, and an agent once: everyone sees their own call records and presence.
    "former": ({"former"}, {"former"}, False, True, False),
}

TELEPHONE = {"agent", "supervisor", "followup"}
LEADERS = {"supervisor", "manager"}
ALL_BUT_ADMIN = set(ROLES) - {"admin"}
WHO_MAY = {
    "call.log": TELEPHONE,
    "call.amend": TELEPHONE,
    "call.join": TELEPHONE,
    "call.unjoin": TELEPHONE,
    "note.add": LEADERS | {"quality"},
    "note.see": set(ROLES),
    "list.export": set(ROLES),
    "presence.move": ALL_BUT_ADMIN,
    "auxiliary.ask": ALL_BUT_ADMIN,
    "auxiliary.approve": LEADERS,
    "auxiliary.refuse": LEADERS,
    "auxiliary.withdraw": ALL_BUT_ADMIN,
    "prospect.add": TELEPHONE | {"manager"},
    "document.add": {"manager"},
    "document.issue": {"manager"},
    "document.read": ALL_BUT_ADMIN,
    "person.add": {"admin"},
    "person.set": {"admin"},
    "person.move": {"admin", "manager"},
    "team.add": {"admin", "manager"},
    "team.set": {"admin", "manager"},
    "call_type.put": {"manager"},
    "threshold.set": {"manager"},
    "setting.set": {"admin"},
    "session.revoke": {"admin"},
    "subscriber.put": set(),
    "card.measure": set(),
    "pbx.observe": set(),
}

scenes = {}


def scene_of(it):
    if it not in scenes:
        scenes[it] = Scene(it)
    return scenes[it]


def owned_by(scene, tables, owners):
    return {key for key, owner in scene.owned_rows(tables).items() if owner in owners}


def expected_rows(it, name):
    scene, (owners, present, totals, rules, directory) = scene_of(it), WHO_SEES_WHAT[name]
    rows = owned_by(scene, OWNED, owners) | owned_by(scene, PRESENCE, present)
    # Everyone sees what they have read themselves; the manager, who has read what.
    rows |= owned_by(scene, RECEIPTS, STAFF if name == "manager" else {name})
    rows |= scene.common_rows(*PEOPLE)
    rows |= scene.common_rows("queue_total") if totals else set()
    rows |= scene.common_rows(*RULES) if rules else set()
    rows |= scene.common_rows("connection") if name in ("manager", "admin") else set()
    return rows | (scene.common_rows(*DIRECTORY) if directory else set())


def test_the_scene_has_something_of_everybody(it):
    owned = scene_of(it).owned_rows({**OWNED, **PRESENCE, **RECEIPTS})
    for table in (*PRESENCE, *RECEIPTS):
        assert {owner for (name, _), owner in owned.items() if name == table} == STAFF, owned
    for table in ("call", "call_version", "note"):
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
    for name, (owners, *_) in WHO_SEES_WHAT.items():
        changes = it.desk(name).changes(cursor).json["changes"]
        calls = {change["id"] for change in changes if change["table"] == "call"}
        assert calls == {written[owner] for owner in owners & set(written)}, name
        versions = {change["row"]["call_id"] for change in changes
                    if change["table"] == "call_version"}
        assert versions == calls, name


def test_the_feed_of_who_comes_and_goes(it):
    scene_of(it)
    cursor = it.desk("agent").get("/v1/session").json["server"]["seq"]
    for who in PRESENT:
        it.desk(who).apply("presence.move", {"id": new_id(), "act": "leave"})
        it.desk(who).apply("presence.move", {"id": new_id(), "act": "return"})
    for name, (_, present, *_) in WHO_SEES_WHAT.items():
        changes = it.desk(name).changes(cursor, limit=500).json["changes"]
        seen = [change["row"]["person_id"] for change in changes if change["table"] == "presence"]
        assert set(seen) == {it.person(who) for who in present}, name
        # What was left, gone away, back: each is a row that has changed.
        assert len(seen) >= 3 * len(present), name


def test_the_snapshot(it):
    for name in WHO_SEES_WHAT:
        rows = set(read_snapshot(it.desk(name).take_snapshot()[0])[0])
        expected = expected_rows(it, name)
        assert rows == expected, (name, rows - expected, expected - rows)


def test_search(it):
    for name, (*_, directory) in WHO_SEES_WHAT.items():
        answer = it.desk(name).get("/v1/subscribers", q="عمر")
        if directory:
            assert [row["username"] for row in answer.json["subscribers"]] == ["omar"], name
        else:
            check_problem(answer, 403, "forbidden")


def test_cards(it):
    scene = scene_of(it)
    for name, (*_, directory) in WHO_SEES_WHAT.items():
        answer = it.desk(name).get("/v1/subscribers/" + it.subscriber("omar"))
        unknown = it.desk(name).get("/v1/subscribers/" + new_id())
        if not directory:
            check_problem(answer, 403, "forbidden")
            assert unknown.told == answer.told
            continue
        check_problem(unknown, 404, "not_found")
        calls = {row["id"] for row in answer.json["calls"]}
        assert {*scene.calls.values(), scene.older} <= calls and scene.ancient not in calls, name
        assert answer.json["card"]["static_ip"] == "203.0.113.7"


# Commands about a row: given here about one that is not there, so that only the role counts.
UNKNOWN = {"call.amend", "call.join", "call.unjoin", "note.add", "note.see", "auxiliary.approve",
           "auxiliary.refuse", "auxiliary.withdraw", "session.revoke", "document.read"}


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
        "note.add": {"id": new_id(), "call_id": new_id(), "text": "x"},
        "note.see": {"id": new_id()},
        "list.export": {"id": new_id(), "list": "records", "format": "csv", "n_rows": 3},
        "presence.move": {"id": new_id(), "act": "begin"},
        "auxiliary.ask": {"id": new_id(), "reason": "meal", "minutes": 30},
        "auxiliary.approve": {"id": new_id(), "presence_id": new_id()},
        "auxiliary.refuse": {"id": new_id(), "presence_id": new_id(), "word": "x"},
        "auxiliary.withdraw": {"id": new_id()},
        "prospect.add": {"id": new_id(), "name": "نور"},
        "document.add": {"id": new_id(), "number": new_id(), "title": "ن", "title_en": "T"},
        "document.issue": {"id": new_id(), "document_id": it.value(
            "SELECT id FROM document WHERE number = 'WI-14-01'"), "issue": 1, "version": 0,
            "dated": "2026-03-01", "prepared_by": "x", "reviewed_by": "y", "approved_by": "z",
            "text": "x"},
        "document.read": {"version_id": new_id()},
        "person.add": {"id": new_id(), "username": new_id(), "display_name": "X",
                       "roles": ["agent"], "active": True},
        "person.set": {"id": it.person("field"), "username": "field", "display_name": new_id(),
                       "roles": ["field"], "active": True},
        "person.move": {"person_id": it.person("field")},
        "team.add": {"id": new_id(), "name": new_id()},
        "team.set": {"id": it.value("SELECT id FROM team WHERE name = 'north'"), "name": "north"},
        "call_type.put": {"id": new_id(), "name": "ن", "name_en": "T", "position": 99,
                          "active": True},
        "threshold.set": {"id": new_id(), "wait_s": 25},
        "setting.set": {"name": "offline_days", "value": "5"},
        "session.revoke": {"session_id": new_id(), "wipe": False},
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
            known = "not_found" if kind in UNKNOWN else "applied"
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


def ask_for_rest(it, who):
    """A new request of somebody in the place of an older one."""
    desk, request = it.desk(who), new_id()
    for older, in it.rows("SELECT id FROM auxiliary WHERE status = 'asked' AND person_id = ?",
                          it.person(who)):
        desk.apply("auxiliary.withdraw", {"id": older})
    desk.apply("auxiliary.ask", {"id": request, "reason": "rest", "minutes": 5})
    return request


def test_who_decides_a_request(it):
    scene_of(it)
    for refused, decider in (("supervisor", "southern"), ("supervisor", "manager")):
        request = ask_for_rest(it, "stranger")
        args = {"id": request, "presence_id": new_id(), "word": "x"}
        for kind in ("auxiliary.approve", "auxiliary.refuse"):
            assert code_of(it, refused, kind, args) == "not_found", kind
            assert code_of(it, "stranger", kind, args) == "forbidden", kind
        assert code_of(it, "agent", "auxiliary.withdraw", {"id": request}) == "forbidden"
        assert code_of(it, decider, "auxiliary.refuse", args) == "applied", decider


def test_whoever_asks_does_not_approve(it):
    scene_of(it)
    for who in LEADERS:
        request = ask_for_rest(it, who)
        for kind in ("auxiliary.approve", "auxiliary.refuse"):
            args = {"id": request, "presence_id": new_id(), "word": "x"}
            assert code_of(it, who, kind, args) == "forbidden", (who, kind)


def test_who_leaves_a_note_on_which_record(it):
    scene = scene_of(it)
    for who, owner, code in (("supervisor", "agent", "applied"), ("southern", "agent", "not_found"),
                             ("supervisor", "stranger", "not_found"),
                             ("southern", "stranger", "applied"), ("manager", "former", "applied"),
                             ("supervisor", "supervisor", "forbidden")):
        args = {"id": new_id(), "call_id": scene.calls[owner], "text": "x"}
        assert code_of(it, who, "note.add", args) == code, (who, owner)


def test_only_whom_a_note_is_for_has_read_it(it):
    scene_of(it)
    note = it.value("SELECT id FROM note WHERE person_id = ?", it.person("agent"))
    for who in ("colleague", "supervisor", "quality", "manager"):
        assert code_of(it, who, "note.see", {"id": note}) == "forbidden", who
    assert code_of(it, "agent", "note.see", {"id": note}) == "applied"


def test_built_in_people_are_left_alone(it):
    for name, in it.rows("SELECT username FROM person WHERE username LIKE '(%'"):
        args = {"id": it.person(name), "username": name, "display_name": "X", "roles": ["admin"],
                "active": True}
        assert code_of(it, "admin", "person.set", args) == "forbidden"
        args = {"person_id": it.person(name)}
        assert code_of(it, "manager", "person.move", args) == "forbidden"
    args = dict(arguments(it, "person.add"), roles=["operator"])
    assert code_of(it, "admin", "person.add", args) == "invalid"


def test_who_has_left_does_nothing_more(it):
    it.add_user("leaving", "agent")
    desk = it.sign_in("leaving")
    it.write("UPDATE person SET active = 0 WHERE username = 'leaving'")
    check_problem(desk.post([command("call.log", call(it))]), 403, "dismissed")


def test_several_roles_see_the_union(it):
    scene = scene_of(it)
    it.ctl("user", "add", "both", "--role", "admin", "--role", "supervisor", "--team", "south",
           secret="the secret of both")
    it.write("DELETE FROM sight_change")
    rows, _ = it.desk("both").pull()
    for tables, expected in (({"call": "started_at"}, {"stranger"}),
                             (PRESENCE, {"stranger", "southern"})):
        owned = scene.owned_rows(tables)
        owners = {owned[key] for key, row in rows.items() if row is not None and key in owned}
        assert owners == expected, owners
    assert {table for table, _ in rows} >= {"subscriber", "call_type", "setting"}


if __name__ == "__main__":
    run_tests(globals())
