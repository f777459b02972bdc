#!/usr/bin/python3
"""The administrator: people and their passwords, teams, sign-ins, connections, settings."""
from floor import LONG, NAMES, password_of, run_tests
from uidrive import (NotFound, act, actions, children, click, find, find_all, has_state, key, labels,
                     move_focus, set_text, set_value, text, type_text, wait_for)

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
        move_focus()
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


def dialog_of(desk):
    return wait_for(lambda: next((top for top in children(desk.app) if top != desk.window), None),
                    "a dialog", LONG)


def take_password(desk):
    """The temporary password that is shown, copied down."""
    dialog = dialog_of(desk)
    shown = wait_for(lambda: next((words for words in labels(dialog)
                                   if words.startswith("\u2066") or words.startswith("\u2068")),
                                  None), "a password", LONG)
    desk.check_names("password")
    key("Escape")
    wait_for(lambda: desk.app.get_child_count() == 1, "the end of the dialog", LONG)
    return shown[1:-1]


def add_person(floor, language, person):
    """By keys alone; the form is for another filter then. Returns the password."""
    with floor.open(language, language) as desk:
        open_page(desk, "People", "MtbPeoplePage")
        fill_in_person(desk, person, "north")
        key("ctrl+Return")
        password = take_password(desk)
        assert floor.value("SELECT count(*) FROM person p JOIN team t ON t.id = p.team_id"
                           " WHERE p.username = ? AND p.pbx_name = ? AND p.roles = 3"
                           " AND p.active = 1", person, person) == 1
        key("ctrl+f")
        type_text(person.upper())
        wait_for(lambda: people(desk) == [person + " north"], "one person", LONG)
        type_text("zzz")
        desk.says(desk.words("Nothing fits"))
        return password


def change_password(desk, old, new):
    """From the page that stands before anything else, first with what is wrong."""
    desk.says(desk.words("Choose a Password of Your Own"))
    assert not any(desk.all("list", desk.words("Places")))
    desk.check_names("password page")
    for typed, words in (((old, "short", "short"), "A password has at least 8 characters"),
                         ((old, new, new + "x"), "This is not what you typed above"),
                         (("wrong", new, new), "This is not your password"),
                         ((old, new, new), None)):
        desk.go_to("Your password up to now")
        for part in typed:
            key("ctrl+a")
            type_text(part)
            key("Tab")
        key("Return")
        if words is not None:
            desk.says(desk.words(words))
    desk.places()


def wipe(floor, language, person):
    """The administrator ends the sign-in at the other desk, which empties itself."""
    with floor.open(language, language) as desk:
        page = open_page(desk, "Signed In", "MtbSessionsPage")
        row = wait_for(lambda: next((row for row in find_all(page, "table row")
                                     if person + " north" in labels(row)), None), person, LONG)
        click(row)
        act(find(page, "push button", desk.words("End and Empty the Desk…"), timeout=LONG))
        answer(desk, "End and Empty")
        desk.hears(desk.words("The sign-in is ended"))
        wait_for(lambda: not any(person + " north" in labels(row)
                                 for row in find_all(page, "table row")), "the end of it", LONG)


def live_and_leave(floor, language, person):
    password = add_person(floor, language, person)
    with floor.open(f"second-{language}", language) as second:
        second.try_sign_in(person, password)
        change_password(second, password, "a secret of my own")
        second.go("My Desk")
        wait_for(second.count_customers, "what a desk keeps", LONG)
        wipe(floor, language, person)
        second.says(second.words("Your access at this desk has ended"))
        wait_for(lambda: second.count_customers() == 0, "an empty desk", LONG)


def test_a_person_comes_and_goes_in_arabic(floor):
    live_and_leave(floor, "ar", "rana")


def test_a_person_comes_and_goes_in_english(floor):
    live_and_leave(floor, "en", "sami")


def test_reset_and_own_password(floor):
    with floor.open() as desk:
        page = open_page(desk, "People", "MtbPeoplePage")
        click(wait_for(lambda: next((row for row in find_all(page, "table row")
                                     if NAMES["hadi"] in labels(row)), None), "hadi", LONG))
        desk.press(find(page, "filler", "MtbPersonForm", timeout=LONG), "Reset Password…")
        dialog = dialog_of(desk)
        desk.press(dialog, "Reset")
        wait_for(lambda: dialog not in children(desk.app), "the end of the question", LONG)
        password = take_password(desk)
        assert floor.try_sign_in("hadi", password_of("hadi")).status == 401
        assert floor.try_sign_in("hadi", password).json["must_change"] is True
        act(desk.window, "win.change-password")
        dialog = dialog_of(desk)
        desk.check_names("change password")
        for part in password_of("majd"), "the other secret", "the other secret":
            type_text(part)
            key("Tab")
        key("Return")
        desk.hears(desk.words("Your password is changed"))
        assert floor.try_sign_in("majd", password_of("majd")).status == 401
        floor.ctl("user", "set", "majd", "--password", secret=password_of("majd"))


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
        days = find(page, "spin button",
                    desk.words("Days for which a sign-in without the server is good"), timeout=LONG)
        wait_for(lambda: text(days) == desk.words.digits(14), "the days that are set", LONG)
        set_value(days, 5)
        set_text(find(page, "text", desk.words("Name of the organisation")), "مزود الخدمة")
        key("ctrl+Return")
        desk.hears(desk.words("Saved", "form"))
        floor.eventually("5", "SELECT value FROM setting WHERE name = 'offline_days'")
        floor.eventually("مزود الخدمة", "SELECT value FROM setting WHERE name = 'organisation'")
        assert floor.value("SELECT value FROM setting WHERE name = 'directory_keep'") == "all"
        act(next(node for node in find_all(page, name=desk.words("Desks keep the whole directory"))
                 if "toggle" in actions(node)), "toggle")
        save = find(page, "push button", desk.words("Save"))
        wait_for(lambda: has_state(save, "sensitive"), "the switch to come to rest", LONG)
        act(save)
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
        desk.go("Signed In")
        desk.says(desk.words("The server alone knows this, and it cannot be reached"))
        desk.go("Connections")
        desk.check_names("Connections")
        desk.go("People")
        floor.relay.restore()
        name = find(page, "text", desk.words("Name"), timeout=LONG)
        assert text(name) == "Hind"
        wait_for(lambda: has_state(name, "sensitive"), "a form that can be used", LONG)


if __name__ == "__main__":
    run_tests(globals())
