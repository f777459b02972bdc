#!/usr/bin/python3
"""Temporary passwords, one's own password, and sign-ins that an administrator sees and ends."""
import json
import re

from department import (ROLES, check_problem, check_server, command, eventually, new_id,
                        parse_time, password_of, run_tests)
from live import Live

GOOD = "quite another secret"


def reset(it, name, by="admin"):
    return it.desk(by).ask("POST", f"/v1/people/{it.person(name)}/password")


def newcomer(it, role="agent"):
    name = "n" + new_id()[:8]
    it.add_user(name, role)
    return name


def change(desk, old, new=GOOD):
    return desk.ask("PUT", "/v1/session/password", {"old": old, "new": new})


def kept_text(it):
    return it.database.read_bytes()


def test_a_temporary_password(it):
    name = newcomer(it)
    answer = reset(it, name)
    assert answer.status == 200 and set(answer.json) == {"password", "server"}, answer.body
    check_server(answer)
    password = answer.json["password"]
    assert re.fullmatch("[2-9a-hjkmnp-z]{4}(-[2-9a-hjkmnp-z]{4}){2}", password), "not readable"
    assert reset(it, name).json["password"] != password
    check_problem(it.try_sign_in(name), 401, "unauthorized")


def test_it_is_neither_kept_nor_logged(it):
    password = reset(it, newcomer(it)).json["password"].encode()
    it.desk("agent").apply("prospect.add", {"id": new_id(), "name": "سامي"})
    assert password not in kept_text(it)
    assert password not in it.read_log().encode()
    payloads = it.rows("SELECT payload FROM command WHERE type = 'account.password'")
    assert payloads and all(set(json.loads(text)) == {"person_id"} for text, in payloads)


def test_who_may_reset(it):
    name = newcomer(it)
    desk = it.sign_in(name)
    for role in ROLES:
        answer = reset(it, name, by=role)
        if role == "admin":
            assert answer.status == 200
            check_problem(desk.get("/v1/session"), 401, "unauthorized")
        else:
            check_problem(answer, 403, "forbidden")
            assert desk.get("/v1/session").status == 200, role
    built_in = it.value("SELECT id FROM person WHERE username = '(operator)'")
    check_problem(it.desk("admin").ask("POST", f"/v1/people/{built_in}/password"), 403, "forbidden")
    check_problem(it.desk("admin").ask("POST", f"/v1/people/{new_id()}/password"), 404, "not_found")


def test_nothing_before_it_is_changed(it):
    name = newcomer(it, "manager")
    password = reset(it, name).json["password"]
    answer = it.try_sign_in(name, password)
    assert answer.json["must_change"] is True
    desk = it.sign_in(name, password)
    assert desk.get("/v1/session").json["must_change"] is True
    for answer in (desk.post([command("prospect.add", {"id": new_id(), "name": "x"})]),
                   desk.changes(), desk.get("/v1/snapshot"), desk.get("/v1/catalogue"),
                   desk.get("/v1/subscribers", q="omar"), desk.get("/v1/sessions"),
                   desk.get("/v1/reports/calls"), desk.ask("POST", f"/v1/people/{desk.id}/password")):
        check_problem(answer, 403, "password_change")
    assert change(desk, password).status == 200
    answer = desk.get("/v1/session")
    assert answer.json["must_change"] is False
    assert desk.get("/v1/snapshot").status == 200
    assert it.try_sign_in(name, GOOD).json["must_change"] is False
    check_problem(it.try_sign_in(name, password), 401, "unauthorized")


def test_who_signs_out_instead_has_to_change_it_later(it):
    name = newcomer(it)
    password = reset(it, name).json["password"]
    assert it.sign_in(name, password).ask("DELETE", "/v1/session").status == 200
    assert it.try_sign_in(name, password).json["must_change"] is True


def test_ones_own_password(it):
    name = newcomer(it)
    desk, elsewhere = it.sign_in(name), it.sign_in(name)
    assert change(desk, password_of(name)).status == 200
    assert desk.get("/v1/session").status == 200
    check_problem(elsewhere.get("/v1/session"), 401, "unauthorized")
    check_problem(it.try_sign_in(name), 401, "unauthorized")
    assert it.try_sign_in(name, GOOD).status == 200
    assert GOOD.encode() not in kept_text(it)


def test_what_is_no_new_password(it):
    desk, own = it.sign_in("agent"), password_of("agent")
    for old, new, field in ((own + "x", GOOD, "old"), (own, "short", "new"), (own, own, "new"),
                            (own, "x" * 300, "new"), (None, GOOD, "old"), (own, None, "new"),
                            (1, GOOD, "old")):
        answer = change(desk, old, new)
        check_problem(answer, 400, "invalid")
        assert answer.json["field"] == field, (old, new, answer.json)
    assert desk.get("/v1/session").status == 200 and it.try_sign_in("agent").status == 200
    check_problem(change(it.client(), own), 401, "unauthorized")


def test_live_connections_end_at_once(it):
    for end in (lambda name, desk: reset(it, name),
                lambda name, desk: it.ctl("user", "reset", name),
                lambda name, desk: it.desk("admin").apply(
                    "session.revoke", {"session_id": session_of(it, desk), "wipe": False}),
                lambda name, desk: it.desk("admin").apply(
                    "session.revoke", {"session_id": session_of(it, desk), "wipe": True})):
        name = newcomer(it)
        desk = it.sign_in(name)
        with Live(it.netloc, desk.token) as live:
            assert live.told("beat")
            end(name, desk)
            code = live.ends()
            assert code == 1008, code


def sessions(it, **query):
    answer = it.desk("admin").get("/v1/sessions", **query)
    assert answer.status == 200, answer.body
    return answer.json["sessions"]


def session_of(it, desk):
    """The latest sign-in of who is at that desk."""
    return sessions(it, person_id=desk.id)[0]["id"]


def test_the_administrator_sees_sign_ins(it):
    name = newcomer(it)
    assert sessions(it, person_id=it.person(name)) == []
    desk = it.sign_in(name)
    row, = sessions(it, person_id=desk.id)
    assert set(row) == {"id", "person_id", "person_name", "desk", "origin", "began_at", "seen_at",
                        "expires_at"}
    assert (row["person_id"], row["desk"], row["origin"]) == (desk.id, "desk-1", "127.0.0.1"), row
    assert parse_time(row["began_at"]) <= parse_time(row["seen_at"]) < parse_time(row["expires_at"])
    everything = it.desk("admin").get("/v1/sessions").body
    assert row["id"].encode() in everything
    assert desk.token.encode() not in everything
    for token_hash, in it.rows("SELECT token_hash FROM session"):
        assert token_hash.encode() not in everything
    assert desk.ask("DELETE", "/v1/session").status == 200
    assert sessions(it, person_id=desk.id) == []


def test_a_desk_is_heard_of_while_it_is_connected(it):
    desk = it.sign_in(newcomer(it))
    first, = sessions(it, person_id=desk.id)
    n_entries = it.value("SELECT COUNT(*) FROM command")
    with Live(it.netloc, desk.token) as live:
        assert live.told("beat")
        assert eventually(lambda: sessions(it, person_id=desk.id)[0]["seen_at"] > first["seen_at"])
    assert it.value("SELECT COUNT(*) FROM command") == n_entries


def test_who_may_see_sign_ins(it):
    for role in ROLES:
        answer = it.desk(role).get("/v1/sessions")
        if role == "admin":
            assert answer.status == 200
        else:
            check_problem(answer, 403, "forbidden")


def test_ending_a_sign_in(it):
    name = newcomer(it)
    desk, other = it.sign_in(name), it.sign_in(name)
    ids = {row["id"] for row in sessions(it, person_id=desk.id)}
    it.desk("admin").apply("session.revoke", {"session_id": session_of(it, other), "wipe": False})
    check_problem(other.get("/v1/session"), 401, "unauthorized")
    assert desk.get("/v1/session").status == 200
    left, = sessions(it, person_id=desk.id)
    gone, = ids - {left["id"]}
    for key in (gone, new_id()):
        result = it.desk("admin").give("session.revoke", {"session_id": key, "wipe": True})
        assert result["error"]["code"] == "not_found", result
    assert it.try_sign_in(name).status == 200


def test_a_desk_that_is_to_empty_itself_is_told_so(it):
    name = newcomer(it)
    desk = it.sign_in(name)
    it.desk("admin").apply("session.revoke", {"session_id": session_of(it, desk), "wipe": True})
    assert sessions(it, person_id=desk.id) == []
    for answer in (desk.get("/v1/session"), desk.changes(epoch="x"), desk.get("/v1/snapshot"),
                   desk.post([]), desk.ask("DELETE", "/v1/session")):
        check_problem(answer, 403, "dismissed")
    # However late it comes, and whatever became of the account meanwhile.
    it.write("UPDATE session SET expires_at = 1 WHERE person_id = ?", desk.id)
    it.ctl("user", "reset", name)
    check_problem(desk.get("/v1/session"), 403, "dismissed")
    assert it.sign_in("agent").get("/v1/session").status == 200


def test_who_left_and_comes_back_signs_in_anew(it):
    name = newcomer(it)
    desk = it.sign_in(name)
    it.ctl("user", "set", name, "--inactive")
    check_problem(desk.get("/v1/session"), 403, "dismissed")
    it.write("UPDATE session SET expires_at = 1 WHERE person_id = ?", desk.id)
    check_problem(desk.get("/v1/session"), 403, "dismissed")
    it.ctl("user", "set", name, "--active")
    check_problem(desk.get("/v1/session"), 403, "dismissed")
    assert it.sign_in(name).get("/v1/session").status == 200


def test_a_newcomer_has_no_password_before_a_reset(it):
    key = new_id()
    it.desk("admin").apply("person.add", {"id": key, "username": "fresh", "display_name": "F",
                                          "roles": ["agent"], "active": True})
    for password in ("", "fresh", GOOD):
        check_problem(it.try_sign_in("fresh", password), 401, "unauthorized")
    password = it.desk("admin").ask("POST", f"/v1/people/{key}/password").json["password"]
    assert it.try_sign_in("fresh", password).json["must_change"] is True


def test_the_tool_does_the_same(it):
    name = newcomer(it)
    password = it.ctl("user", "reset", name).stdout.strip()
    assert it.try_sign_in(name, password).json["must_change"] is True


def test_the_tool_lists_and_ends_sign_ins(it):
    desk = it.sign_in(newcomer(it))
    listed = json.loads(it.ctl("--json", "session", "list").stdout)["sessions"]
    assert listed == sessions(it)
    assert session_of(it, desk) in it.ctl("session", "list").stdout
    it.ctl("session", "revoke", session_of(it, desk), "--wipe")
    check_problem(desk.get("/v1/session"), 403, "dismissed")
    other = it.sign_in(newcomer(it))
    key = session_of(it, other)
    it.ctl("session", "revoke", key)
    check_problem(other.get("/v1/session"), 401, "unauthorized")
    assert it.ctl("session", "revoke", key, check=False).returncode == 1


if __name__ == "__main__":
    run_tests(globals())
