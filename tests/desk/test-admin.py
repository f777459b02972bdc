#!/usr/bin/python3
"""The administrator: people and their passwords, teams, sign-ins, connections, settings."""
from floor import LONG, NAMES, run_tests
from uidrive import (NotFound, act, actions, children, choose, click, find, find_all, has_state, key, labels,
                     set_text, set_value, text, type_text, wait_for)

OFFLINE = ("What is set here needs the server's word, and the server does not answer now."
           " What you have typed stays.")


def open_page(desk, title, kind):
    desk.sign_in("majd")
    desk.go(title)
    found = desk.find("filler", kind)
    desk.check_names(kind)
    return found


def answer(desk, title):
    """Press a button of the question that was asked."""
    dialog = wait_for(lambda: next((top for top in children(desk.app) if top != desk.window), None),
                      "a question", LONG)
    desk.press(dialog, title)
    wait_for(lambda: desk.app.get_child_count() == 1, "the end of the question", LONG)


def people(desk):
    """The names in the list as it is filtered, without its heading."""
    rows = [labels(row) for row in find_all(desk.find("filler", "MtbPeoplePage"), "table row")]
    return [row[0] for row in rows if row and row[0] != desk.words("Name")]


def roles_of(floor, person):
    return floor.value("SELECT roles FROM person WHERE username = ?", person)


def tab_into(desk, node):
    """What GTK focuses of a drop-down has no name."""
    for _ in range(20):
        if desk.focused(node):
            return
        key("Tab")
    raise NotFound(f"{node} by Tab")


def fill_in_person(desk, person, team):
    """By keys alone, from the list on; the user name has a blank at first."""
    key("ctrl+n")
    desk.focus_is(desk.words("Name"))
    type_text(person + " " + team)
    key("Tab")
    type_text(person + " x")
    key("ctrl+Return")
    desk.says(desk.words("A user name has no blanks"))
    desk.focus_is(desk.words("User name, to sign in with"))
    key("BackSpace", "BackSpace")
    desk.go_to("Customer service supervisor")
    key("space", "Tab")
    tab_into(desk, desk.find("combo box", desk.words("Team")))
    key("space", "Home", "Return")
    desk.go_to("Name at the PBX")
    type_text(person)


def add_person(floor, language, person):
    with floor.open(language, language) as desk:
        open_page(desk, "People", "MtbPeoplePage")
        fill_in_person(desk, person, "north")
        key("ctrl+Return")
        floor.eventually(1, "SELECT count(*) FROM person p JOIN team t ON t.id = p.team_id"
                            " WHERE p.username = ? AND p.pbx_name = ? AND p.roles = 3 AND p.active = 1",
                         person, person)
        key("ctrl+f")
        type_text(person.upper())
        wait_for(lambda: people(desk) == [person + " north"], "one person", LONG)
        type_text("zzz")
        desk.says(desk.words("Nothing fits"))


def test_add_in_arabic(floor):
    add_person(floor, "ar", "rana")


def test_add_in_english(floor):
    add_person(floor, "en", "sami")


def test_change_and_deactivate(floor):
    with floor.open() as desk:
        page = open_page(desk, "People", "MtbPeoplePage")
        click(wait_for(lambda: next((row for row in find_all(page, "table row")
                                     if NAMES["rima"] in labels(row)), None), "rima", LONG))
        form = find(page, "filler", "MtbPersonForm", timeout=LONG)
        name = find(form, "text", desk.words("Name"), timeout=LONG)
        wait_for(lambda: text(name) == NAMES["rima"], "the form of rima", LONG)
        set_text(name, "ريما")
        desk.press(form, "Deactivate…")
        answer(desk, "Cancel")
        desk.press(form, "Deactivate…")
        answer(desk, "Deactivate")
        floor.eventually(0, "SELECT active FROM person WHERE username = 'rima'")
        assert floor.value("SELECT display_name FROM person WHERE username = 'rima'") == NAMES["rima"]
        assert text(name) == "ريما"
        desk.press(form, "Activate…")
        answer(desk, "Activate")
        floor.eventually(1, "SELECT active FROM person WHERE username = 'rima'")
        set_text(name, NAMES["rima"])


def test_settings(floor):
    with floor.open() as desk:
        page = open_page(desk, "Settings", "MtbSettingsPage")
        days = find(page, "spin button", timeout=LONG)
        wait_for(lambda: text(days) == desk.words.digits(14), "the days that are set", LONG)
        set_value(days, 5)
        key("ctrl+Return")
        desk.hears(desk.words("Saved"))
        floor.eventually("5", "SELECT value FROM setting WHERE name = 'offline_days'")
        assert floor.value("SELECT value FROM setting WHERE name = 'directory_keep'") == "all"
        act(next(node for node in find_all(page, name=desk.words("Desks keep the whole directory"))
                 if "toggle" in actions(node)), "toggle")
        desk.press(page, "Save")
        floor.eventually("dealt_with", "SELECT value FROM setting WHERE name = 'directory_keep'")


def test_offline(floor):
    with floor.open() as desk:
        page = open_page(desk, "People", "MtbPeoplePage")
        key("ctrl+n")
        desk.focus_is(desk.words("Name"))
        type_text("Hind")
        floor.relay.cut()
        desk.says(desk.words(OFFLINE), page)
        for title in "Teams", "Settings":
            desk.go(title)
            desk.says(desk.words(OFFLINE))
            desk.check_names(title)
        desk.go("People")
        floor.relay.restore()
        name = find(page, "text", desk.words("Name"), timeout=LONG)
        assert text(name) == "Hind"
        wait_for(lambda: has_state(name, "sensitive"), "a form that can be used", LONG)


if __name__ == "__main__":
    run_tests(globals())
