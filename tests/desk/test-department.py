#!/usr/bin/python3
"""The manager sets the department: the threshold, the types of call, the teams."""
from itertools import takewhile

from floor import LONG, NAMES, run_tests
from uidrive import (act, choose, click, find, find_all, has_state, key, labels, parents,
                     set_text, set_value, text, type_text, wait_for)


def open_part(desk, title, panel):
    """One of the parts of the manager's page."""
    desk.sign_in("nadia")
    desk.go("Department")
    click(wait_for(lambda: next((node for node in desk.all(name=desk.words(title))
                                 if node.get_role_name() != "label"), None), title, LONG))
    found = desk.find("filler", panel)
    desk.check_names(panel)
    return found


def is_usable(node):
    """GTK tells of a part that cannot be used at its outermost widget alone."""
    return all(has_state(part, "sensitive") for part in (node, *takewhile(is_widget, parents(node))))


def is_widget(node):
    return node.get_role_name() != "frame"


def seconds(desk, count):
    return (desk.words.found.ngettext("%s second", "%s seconds", count)
            .replace("%s", desk.words.digits(count)))


def history(desk, panel):
    """The rows of the table, without its heading."""
    rows = [labels(row) for row in find_all(panel, "table row")]
    return [row for row in rows if row and row[0] != desk.words("Waiting threshold")]


def set_threshold(floor, language, before, after):
    with floor.open(language, language) as desk:
        panel = open_part(desk, "Waiting threshold", "MtbThresholdPanel")
        desk.says(seconds(desk, before), panel)
        set_value(find(panel, "spin button", timeout=LONG), after)
        desk.press(panel, "Set for Calls from Now On")
        rows = [seconds(desk, after), seconds(desk, before)]
        wait_for(lambda: [row[0] for row in history(desk, panel)][:2] == rows, rows, LONG)
        assert [row[2] == desk.words("In force now") for row in history(desk, panel)][:2] \
            == [True, False]
    assert floor.value("SELECT wait_s FROM threshold ORDER BY in_force_from DESC") == after


def test_threshold_in_arabic(floor):
    set_threshold(floor, "ar", 30, 45)


def test_threshold_in_english(floor):
    set_threshold(floor, "en", 45, 600)


def add_type(floor, language, arabic, english):
    """Wrong fields are marked one after the other, and what was typed stays."""
    with floor.open(language, language) as desk:
        panel = open_part(desk, "Types of call", "MtbCallTypesPanel")
        desk.press(panel, "Add a Type")
        desk.focus_is(desk.words("Name in Arabic"))
        type_text(arabic)
        key("Tab", "Tab")
        type_text("4:99")
        key("Return")
        desk.says(desk.words("Write minutes and seconds with a colon between, or seconds"), panel)
        key("ctrl+a")
        type_text("4:30")
        key("Return")
        desk.focus_is(desk.words("Name in English"))
        assert floor.value("SELECT count(*) FROM call_type WHERE name = ?", arabic) == 0
        type_text(english)
        key("Return")
        floor.eventually(1, "SELECT count(*) FROM call_type WHERE name = ? AND name_en = ?"
                            " AND suits_s = 270 AND active = 1", arabic, english)
        desk.wait_for_row("Types of call", arabic if language == "ar" else english)
        desk.go_to("Handle time that suits it: minutes and seconds, or seconds", panel)
        key("ctrl+a")
        type_text("300")
        key("Return")
        floor.eventually(1, "SELECT count(*) FROM call_type WHERE name = ? AND suits_s = 300", arabic)
        act(find(panel, "push button", desk.words("Further up in the list"), timeout=LONG))
        wait_for(lambda: siblings(floor, arabic)[-2] == arabic, "another order", LONG)


def siblings(floor, kind):
    return [row[0] for row in floor.rows("SELECT name FROM call_type WHERE parent_id ="
                                         " (SELECT parent_id FROM call_type WHERE name = ?)"
                                         " ORDER BY position", kind)]


def test_type_in_arabic(floor):
    add_type(floor, "ar", "فحص الخط", "Line test")


def test_type_in_english(floor):
    add_type(floor, "en", "استبدال الموجه", "Router exchange")


def team_row(desk, panel, title):
    return wait_for(lambda: next((row for row in find_all(desk.list("Teams", panel), "list item")
                                  if title in labels(row)), None), title, LONG)


def move(floor, language, person, source, target):
    with floor.open(language, language) as desk:
        panel = open_part(desk, "Teams", "MtbTeamsPanel")
        entry = find(panel, "text", desk.words("A new team's name"), timeout=LONG)
        set_text(entry, target)
        desk.press(panel, "Add Team")
        team_row(desk, panel, target)
        set_text(entry, target)
        desk.press(panel, "Add Team")
        desk.says(desk.words("There is a team of this name"), panel)
        assert text(entry) == target
        click(team_row(desk, panel, source))
        members = desk.list("People of the team", panel)
        click(wait_for(lambda: next((row for row in find_all(members, "list item")
                                     if NAMES[person] in labels(row)), None), person, LONG))
        choose(find(panel, "combo box", timeout=LONG), target)
        desk.press(panel, "Move")
        floor.eventually(target, "SELECT t.name FROM person p JOIN team t ON t.id = p.team_id"
                                 " WHERE p.username = ?", person)
        wait_for(lambda: NAMES[person] not in labels(members), f"{person} to be gone", LONG)


def test_move_in_arabic(floor):
    move(floor, "ar", "rima", "north", "فريق المساء")


def test_move_in_english(floor):
    move(floor, "en", "hadi", "north", "the evening")


def test_offline_nothing_is_lost(floor):
    with floor.open() as desk:
        panel = open_part(desk, "Teams", "MtbTeamsPanel")
        entry = find(panel, "text", desk.words("A new team's name"), timeout=LONG)
        set_text(entry, "الليل")
        floor.relay.cut()
        desk.says(desk.words("What is set here needs the server's word, and the server does not"
                             " answer now. What you have typed stays."))
        add = find(panel, "push button", desk.words("Add Team"))
        wait_for(lambda: not is_usable(add), "a button that cannot be pressed", LONG)
        assert not is_usable(entry) and text(entry) == "الليل"
        floor.relay.restore()
        wait_for(lambda: is_usable(add), "a button that can be pressed", LONG)
        act(add)
        floor.eventually(1, "SELECT count(*) FROM team WHERE name = 'الليل'")


if __name__ == "__main__":
    run_tests(globals())
