#!/usr/bin/python3
"""Sign in, who am I, sign out; and what ends a sign-in from elsewhere."""
import hashlib

from department import (Department, check_problem, check_server, command, new_id, parse_time,
                        password_of, run_tests, stamp)


def test_sign_in_tells_who_it_is(it):
    answer = it.try_sign_in("agent")
    assert answer.status == 200
    assert set(answer.json) == {"token", "expires_at", "must_change", "user", "server"}, answer.json
    user = answer.json["user"]
    assert user["username"] == "agent" and user["roles"] == ["agent"], user
    assert user["id"] == it.person("agent") and user["display_name"], user
    assert len(answer.json["token"]) == 64
    assert parse_time(answer.json["expires_at"]) > parse_time(stamp())
    check_server(answer)


def test_each_sign_in_has_a_token_of_its_own(it):
    one, other = it.sign_in("agent"), it.sign_in("agent")
    assert one.token != other.token
    assert one.ask("DELETE", "/v1/session").status == 200
    assert other.get("/v1/session").status == 200


def test_who_am_i(it):
    answer = it.sign_in("manager").get("/v1/session")
    assert answer.status == 200 and answer.json["user"]["username"] == "manager"
    assert answer.headers["Cache-Control"] == "no-store"
    check_server(answer)


def test_signed_out_is_signed_out(it):
    desk = it.sign_in("quality")
    answer = desk.ask("DELETE", "/v1/session")
    assert answer.status == 200
    check_server(answer)
    check_problem(desk.get("/v1/session"), 401, "unauthorized")
    check_problem(desk.ask("DELETE", "/v1/session"), 401, "unauthorized")


def test_a_sign_in_expires(it):
    desk = it.sign_in("quality")
    it.write("UPDATE session SET expires_at = 1 WHERE token_hash = ?", hash_of(desk.token))
    check_problem(desk.get("/v1/session"), 401, "unauthorized")
    check_problem(desk.post([]), 401, "unauthorized")


def hash_of(token):
    """What is kept of a token: a mark that it is there, the text, its end."""
    return hashlib.blake2b(b"\1" + token.encode() + b"\0", digest_size=32).hexdigest()


def test_unknown_name_and_wrong_password_get_the_same_answer(it):
    wrong = it.try_sign_in("agent", "not the secret")
    unknown = it.try_sign_in("nobody", "not the secret")
    built_in = it.try_sign_in("(operator)", "not the secret")
    empty = it.try_sign_in("agent", "")
    huge = it.try_sign_in("agent", "x" * 60000)
    check_problem(wrong, 401, "unauthorized")
    assert wrong.told == unknown.told == built_in.told == empty.told == huge.told
    assert strip(wrong) == strip(unknown)


def strip(answer):
    return sorted((key, value) for key, value in answer.headers.items()
                  if key not in ("Date", "X-Request-Id"))


def test_a_sign_in_needs_both_words(it):
    client = it.client()
    for body in ({}, {"username": "agent"}, {"password": "x"}, {"username": 1, "password": 2}):
        check_problem(client.ask("POST", "/v1/session", body), 400, "invalid")


def kept_bytes(it):
    return it.database.read_bytes()


def test_only_a_hash_of_a_token_is_kept(it):
    desk = it.sign_in("followup")
    assert it.value("SELECT person_id FROM session WHERE token_hash = ?", hash_of(desk.token))
    desk.apply("prospect.add", {"id": new_id(), "name": "سامي"})
    assert desk.token.encode() not in kept_bytes(it)
    assert bytes.fromhex(desk.token) not in kept_bytes(it)


def test_no_password_is_kept(it):
    assert password_of("agent").encode() not in kept_bytes(it)


def test_without_a_token_nothing_is_told(it):
    closed = [("GET", "/v1/session"), ("DELETE", "/v1/session"), ("POST", "/v1/commands"),
              ("GET", "/v1/changes"), ("GET", "/v1/snapshot"), ("GET", "/v1/subscribers?q=a"),
              ("GET", "/v1/subscribers/" + it.subscriber("omar")), ("GET", "/v1/catalogue")]
    good = it.desk("manager").token
    for token in (None, "", "x", good[:-1], good.upper() + "A", hash_of(good)):
        client = it.client(token)
        for method, path in closed:
            check_problem(client.ask(method, path), 401, "unauthorized")
    other_scheme = it.client().ask("GET", "/v1/session", headers={"Authorization": "Basic " + good})
    check_problem(other_scheme, 401, "unauthorized")


def test_a_change_of_roles_counts_at_once(it):
    it.add_user("changing", "agent")
    desk = it.sign_in("changing")
    seq = desk.get("/v1/session").json["server"]["seq"]
    assert desk.changes(seq).status == 200
    it.ctl("user", "set", "changing", "--role", "quality")
    assert desk.get("/v1/session").json["user"]["roles"] == ["quality"]
    check_problem(desk.changes(seq), 410, "gone")
    assert desk.get("/v1/snapshot").status == 200


def test_a_change_of_password_ends_sign_ins(it):
    it.add_user("forgetful", "agent")
    desk, unconcerned = it.sign_in("forgetful"), it.sign_in("agent")
    it.ctl("user", "set", "forgetful", "--password", secret="another secret")
    check_problem(desk.get("/v1/session"), 401, "unauthorized")
    check_problem(it.try_sign_in("forgetful"), 401, "unauthorized")
    assert it.try_sign_in("forgetful", "another secret").status == 200
    assert unconcerned.get("/v1/session").status == 200


def test_who_has_left_is_told_so_and_stays_out(it):
    it.add_user("leaver", "agent")
    desk = it.sign_in("leaver")
    epoch = desk.get("/v1/session").json["server"]["epoch"]
    it.ctl("user", "set", "leaver", "--inactive")
    for answer in (desk.get("/v1/session"), desk.changes(0, epoch=epoch), desk.get("/v1/snapshot"),
                   desk.post([command("prospect.add", {})])):
        check_problem(answer, 403, "dismissed")
    left, wrong = it.try_sign_in("leaver"), it.try_sign_in("leaver", "not the secret")
    check_problem(left, 401, "unauthorized")
    assert left.told == wrong.told


def test_an_administrator_over_the_wire_does_the_same(it):
    it.add_user("promoted", "agent")
    desk = it.sign_in("promoted")
    put = {"id": desk.id, "username": "promoted", "display_name": "Promoted"}
    it.desk("admin").apply("person.set", {**put, "active": True, "roles": ["agent", "quality"]})
    assert desk.get("/v1/session").json["user"]["roles"] == ["agent", "quality"]
    it.desk("admin").apply("person.set", {**put, "active": False, "roles": ["agent"]})
    check_problem(desk.get("/v1/session"), 403, "dismissed")


def test_sign_ins_and_sign_outs_stand_in_the_trail(it):
    desk = it.sign_in("finance")
    desk.ask("DELETE", "/v1/session")
    trail = it.rows("SELECT type, status, desk, origin FROM command WHERE person_id = ?"
                    " ORDER BY seq DESC LIMIT 2", desk.id)
    assert trail == [("session.end", "applied", "desk-1", "127.0.0.1"),
                     ("session.begin", "applied", "desk-1", "127.0.0.1")], trail


def test_sign_ins_outlast_the_server(it):
    with Department(cast={"agent": ("agent", None, None)}) as other:
        token = other.sign_in("agent").token
        other.stop()
        other.start()
        assert other.client(token).get("/v1/session").status == 200


if __name__ == "__main__":
    run_tests(globals())
