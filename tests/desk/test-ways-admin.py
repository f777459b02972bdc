#!/usr/bin/python3
"""Whatever the administrator may do is done by keys alone; and so is what somebody new does first."""
from floor import LONG, NAMES, run_tests
from keys import (SECRET, alone, answer, choose, choose_password, choose_row, do, give_all, press,
                  save_list, set_teams, write)
from uidrive import key, type_text, wait_for

WIDAD = "وداد الجديدة"


def add_person(desk, floor):
    """Who has to change the first password before anything else."""
    desk.go("People")
    do("page.new")
    desk.focus_is(desk.words("Name"))
    type_text(WIDAD)
    write(desk, "User name, to sign in with", "widad")
    press(desk, "Customer service supervisor")
    choose(desk, desk.find("combo box", desk.words("Team")), "Home")
    write(desk, "Name at the PBX", "widad")
    do("page.save")
    copy_password(desk)
    assert floor.value("SELECT roles FROM person WHERE username = 'widad'") == 3
    with floor.open("widad", desk.words.language) as theirs:
        theirs.focus_is(theirs.words("User name"))
        type_text("widad")
        key("Tab", "ctrl+v", "Return")
        theirs.says(theirs.words("Choose a Password of Your Own"))
        theirs.focus_is(theirs.words("Your password up to now"))
        key("ctrl+v", "Return")
        choose_password()
        theirs.places()
    assert floor.try_sign_in("widad", SECRET).json["must_change"] is False


def copy_password(desk):
    """Out of the window that shows a temporary one, this once."""
    desk.says(desk.words("Tell it to this person alone. It is shown only now, and has to be changed"
                         " at the next sign-in."), desk.app)
    shown = desk.other_window("a password")
    press(desk, "Copy the password", shown)
    press(desk, "Done", shown)
    alone(desk)


def change_person(desk, floor):
    desk.go("People")
    do("page.find")
    type_text("widad")
    desk.says(WIDAD)
    choose_row(desk, "People", WIDAD)
    key("Return")
    desk.focus_is(desk.words("Name"))
    write(desk, "Name", WIDAD + " بعد")
    do("page.save")
    floor.eventually(WIDAD + " بعد", "SELECT display_name FROM person WHERE username = 'widad'")
    press(desk, "Reset Password…")
    press(desk, "Reset", desk.other_window("a question"))
    copy_password(desk)
    assert floor.try_sign_in("widad", SECRET).status == 401
    for title, active in ("Deactivate", 0), ("Activate", 1):
        press(desk, title + "…")
        answer(desk, title)
        floor.eventually(active, "SELECT active FROM person WHERE username = 'widad'")


def end_sign_ins(desk, floor):
    """One at a desk that keeps what it has, one at a desk that is emptied."""
    for title, said in (("End", "Signed out by the server"),
                        ("End and Empty", "Your access at this desk has ended")):
        with floor.open(title, desk.words.language) as theirs:
            theirs.sign_in("hadi")
            wait_for(theirs.count_customers, "what a desk keeps", LONG)
            desk.come_forward()
            desk.go("Signed In")
            desk.says(NAMES["hadi"])
            choose_row(desk, "Signed In", NAMES["hadi"])
            key("Return")
            press(desk, "End…" if title == "End" else "End and Empty the Desk…")
            answer(desk, title)
            desk.hears(desk.words("The sign-in is ended"))
            theirs.says(theirs.words(said))
            wait_for(lambda: (theirs.count_customers() > 0) == (title == "End"), said, LONG)
        desk.come_forward()
        desk.go("People")


def change_settings(desk, floor):
    desk.go("Settings")
    press(desk, "Desks keep nothing after a sign-out")
    write(desk, "Days for which a sign-in without the server is good", "5")
    do("page.save")
    floor.eventually("1", "SELECT value FROM setting WHERE name = 'wipe_at_sign_out'")
    floor.eventually("5", "SELECT value FROM setting WHERE name = 'offline_days'")


def save_people(desk, floor):
    desk.go("People")
    desk.says("majd")
    rows = save_list(desk, floor, "people")
    assert any("majd" in row for row in rows), rows


def keep_teams(desk, floor):
    desk.go("Teams")
    set_teams(desk, floor, "فرقة", "شرق")


WAYS = {  # who, how: what is given so
    ("majd", add_person): {"person.add", "account.password"},
    ("majd", change_person): {"person.set", "account.password"},
    ("majd", keep_teams): {"team.add", "team.set", "person.move"},
    ("majd", end_sign_ins): {"session.revoke"},
    ("majd", change_settings): {"setting.set"},
    ("majd", save_people): {"list.export"},
}


def test_every_command_is_given_by_keys(floor):
    give_all(floor, WAYS)


if __name__ == "__main__":
    run_tests(globals())
