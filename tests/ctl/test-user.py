#!/usr/bin/python3
"""`user add`, `user set`, `user list`."""
import hashlib
import os
import time

from tool import run_tests, talk_to_terminal


def prepare(it):
    it.give("init")


def people(it):
    return {person["username"]: person for person in it.ask("user", "list")["people"]}


def verifier(it, name):
    return it.value("SELECT verifier FROM credential c JOIN person p ON p.id = c.person_id"
                    " WHERE p.username = ?", name)


def test_add(it):
    it.add_user("rima", "--role", "agent", "--role", "followup", "--team", "الأول",
                "--pbx-name", "rima", "--display-name", "ريما الحلبي")
    rima = people(it)["rima"]
    assert rima["roles"] == ["agent", "followup"] and rima["team"] == "الأول", rima
    assert rima["pbx_name"] == "rima" and rima["display_name"] == "ريما الحلبي", rima
    assert rima["active"] is True
    assert verifier(it, "rima").startswith("$argon2id$")


def test_least_that_is_needed(it):
    it.add_user("majd", "--role", "admin")
    majd = people(it)["majd"]
    assert majd["display_name"] == "majd" and "team" not in majd and "pbx_name" not in majd, majd


def test_a_team_is_made_once(it):
    it.add_user("rima", "--role", "agent", "--team", "North")
    it.add_user("hadi", "--role", "supervisor", "--team", "North")
    assert it.rows("SELECT name FROM team") == [("North",)]
    assert it.value("SELECT COUNT(DISTINCT team_id) FROM person WHERE team_id IS NOT NULL") == 1


def test_list_has_no_built_in_people(it):
    assert people(it) == {}
    it.add_user("rima")
    assert list(people(it)) == ["rima"]
    printed = it.give("user", "list")
    assert "rima" in printed and "agent" in printed and "(pbx)" not in printed


def test_each_role(it):
    roles = ("agent", "supervisor", "quality", "manager", "followup", "field", "finance",
             "department", "admin")
    for role in roles:
        it.add_user(role, "--role", role)
    assert {name: person["roles"] for name, person in people(it).items()} == {
        role: [role] for role in roles}


def test_what_cannot_be_added(it):
    it.add_user("rima", "--role", "agent", "--pbx-name", "rima")
    before = people(it)
    for words in (("rima", "--role", "agent"), ("a b", "--role", "agent"), ("", "--role", "agent"),
                  ("x", "--role", "chief"), ("x", "--role", "operator"), ("x",),
                  ("x", "--role", "agent", "--pbx-name", "rima"), ("n" * 100, "--role", "agent")):
        complaint = it.give("user", "add", *words, given="a good secret\n", status=1)
        assert complaint.startswith("mutabaactl: "), complaint
    assert people(it) == before


def test_passwords_that_are_none(it):
    for given in ("", "\n", "short\n", "x" * 300 + "\n"):
        it.give("user", "add", "rima", "--role", "agent", given=given, status=1)
    assert people(it) == {}


def test_password_is_the_first_line_without_its_end(it):
    for name, given in (("a", "a good secret\nmore\n"), ("b", "a good secret\r\n"),
                        ("c", "a good secret")):
        it.give("user", "add", name, "--role", "agent", given=given)
        assert verifier(it, name)


def test_password_stays_out_of_sight(it):
    it.add_user("rima", password="most secret word")
    assert not it.rows("SELECT 1 FROM command WHERE payload LIKE '%secret%'")
    done = it.run("user", "add", "--help")
    assert "--password" not in done.stdout


def test_set(it):
    it.add_user("rima", "--role", "agent", "--team", "North", "--pbx-name", "rima")
    it.give("user", "set", "rima", "--role", "supervisor", "--team", "South",
            "--pbx-name", "", "--display-name", "ريما")
    rima = people(it)["rima"]
    assert rima["roles"] == ["supervisor"] and rima["team"] == "South", rima
    assert rima["display_name"] == "ريما" and "pbx_name" not in rima, rima
    it.give("user", "set", "rima", "--team", "")
    assert "team" not in people(it)["rima"]


def test_set_leaves_the_rest(it):
    it.add_user("rima", "--role", "agent", "--team", "North", "--pbx-name", "rima")
    before = people(it)["rima"]
    it.give("user", "set", "rima", "--display-name", "ريما")
    assert people(it)["rima"] == {**before, "display_name": "ريما"}


def test_inactive_and_active_again(it):
    it.add_user("rima")
    it.give("user", "set", "rima", "--inactive")
    assert people(it)["rima"]["active"] is False
    it.give("user", "set", "rima", "--active")
    assert people(it)["rima"]["active"] is True


def test_the_last_administrator_stays(it):
    it.add_user("majd", "--role", "admin")
    it.add_user("rima")
    before = people(it)
    for words in (("--inactive",), ("--role", "manager")):
        complaint = it.give("user", "set", "majd", *words, status=1)
        assert "administrator" in complaint, complaint
    assert people(it) == before
    it.add_user("dana", "--role", "admin")
    it.give("user", "set", "majd", "--inactive")
    it.give("user", "set", "dana", "--role", "agent", status=1)
    it.give("user", "set", "rima", "--role", "admin")
    it.give("user", "set", "dana", "--role", "agent")


def test_reset(it):
    it.add_user("rima")
    before = verifier(it, "rima")
    printed = it.give("user", "reset", "rima").strip()
    assert len(printed) == 14 and verifier(it, "rima") != before
    told = it.ask("user", "reset", "rima")["password"]
    assert told != printed
    assert not it.rows("SELECT 1 FROM command WHERE payload LIKE ?", f"%{told}%")
    for name in ("nobody", "(operator)", "(pbx)"):
        it.give("user", "reset", name, status=1)


def test_unlock(it):
    it.add_user("rima")
    assert "locked" not in it.give("user", "list")
    account = hashlib.blake2b(b"\1rima\0", digest_size=32).hexdigest()[:6]
    until = int(time.time() * 1000) + 600000
    it.change("INSERT INTO attempt (id, account, forgotten_at, free_at) VALUES ('x', ?, ?, ?)",
              account, until, until)
    assert "locked" in it.give("user", "list")
    assert "locked_until" in next(person for person in it.ask("user", "list")["people"]
                                  if person["username"] == "rima")
    it.give("user", "unlock", "rima")
    assert "locked" not in it.give("user", "list")
    it.give("user", "unlock", "nobody", status=1)


def test_passwords_that_are_tried_first(it):
    for given in ("password1", "Rima2024", "qwertyuiop", "محمد١٩٩٠"):
        it.give("user", "add", "rima", "--role", "agent", given=given + "\n", status=1)
    assert not people(it).get("rima")


def test_set_password(it):
    it.add_user("rima")
    before = verifier(it, "rima")
    it.give("user", "set", "rima", "--password", given="another secret\n")
    assert verifier(it, "rima") not in (None, before)
    it.give("user", "set", "rima", "--password", given="short\n", status=1)


def test_what_cannot_be_set(it):
    it.add_user("rima", "--role", "agent", "--pbx-name", "rima")
    it.add_user("hala", "--role", "agent", "--pbx-name", "hala")
    before = people(it)
    for words in (("nobody", "--inactive"), ("rima",), ("rima", "--active", "--inactive"),
                  ("rima", "--role", "chief"), ("rima", "--pbx-name", "hala"),
                  ("(operator)", "--inactive"), ("(pbx)", "--password"),
                  ("rima", "--display-name", "")):
        it.give("user", "set", *words, given="a good secret\n", status=1)
    assert people(it) == before


def test_setting_what_is_so_adds_nothing(it):
    it.add_user("rima", "--role", "agent", "--team", "North")
    seq = it.seq
    it.give("user", "set", "rima", "--role", "agent", "--team", "North", "--active")
    assert it.seq == seq


def add_at_terminal(it, first, second):
    words = [os.environ["MUTABAA_CTL"], "--database", it.database, "user", "add", "rima", "--role",
             "agent"]
    return talk_to_terminal(words, [("New password:", first + "\n"), ("again:", second + "\n")])


def test_terminal_asks_twice_and_shows_nothing(it):
    seen, status = add_at_terminal(it, "a good secret", "a good secret")
    assert status == 0 and "secret" not in seen, seen
    assert "rima" in people(it)


def test_terminal_wants_the_same_twice(it):
    seen, status = add_at_terminal(it, "a good secret", "another secret")
    assert status == 1 and "different" in seen and "secret" not in seen, seen
    assert people(it) == {}


if __name__ == "__main__":
    run_tests(globals(), prepare)
