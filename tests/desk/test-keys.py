#!/usr/bin/python3
"""Each key of the table does what it says, and every command that a person may give is reached from
the windows by keys alone."""
import os
import subprocess
import time

from floor import AHMAD, JUMANA, LONG, department, run_tests
from uidrive import (children, find, find_all, has_state, key, labels, name, type_text, wait_for)

NABIL = "نبيل الجديد"
# Given by reading, and by no act of its own.
BY_ITSELF = {"note.see"}
# In the tests of their own windows: the administrator's, the documents', the export's.
ELSEWHERE = {"person.add", "person.set", "setting.set", "session.revoke", "document.add",
             "document.issue", "document.read", "list.export"}
STAFF = {"agent", "supervisor", "quality", "manager", "followup", "field", "finance", "department",
         "admin"}


class Key:
    """A line of the table of keys."""

    def __init__(self, line):
        self.trigger, self.action, count, self.title = line.split("\t")
        self.count = int(count)

    def press(self, number=0):
        """As xdotool writes it: <Control>Return|<Control>KP_Enter is ctrl+Return."""
        pressed = self.trigger.split("|")[0]
        for word in "Control", "Shift", "Alt":
            pressed = pressed.replace(f"<{word}>", "ctrl+" if word == "Control" else f"{word.lower()}+")
        if self.count > 1:
            pressed = pressed[:-1] + str(int(pressed[-1]) + number)
        key(pressed)


def table():
    lines = subprocess.run([os.environ["MUTABAA_KEYS"]], check=True, capture_output=True, text=True)
    return {one.action: one for one in map(Key, lines.stdout.splitlines())}


def other_window(desk):
    return wait_for(lambda: next((top for top in children(desk.app) if top != desk.window), None),
                    "another window", LONG)


def close_other(desk):
    key("Escape")
    wait_for(lambda: desk.app.get_child_count() == 1, "the end of the other window", LONG)


def by_palette(desk, title):
    """What has no key of its own, or is done by the palette as well."""
    key("ctrl+k")
    palette = other_window(desk)
    desk.focus_is(desk.words("Find or do anything"), root=palette)
    type_text(desk.words(title))
    wait_for(lambda: any(desk.words(title) in labels(row) for row in find_all(palette, "list item")
                         if has_state(row, "selected")), title, LONG)
    key("Return")
    wait_for(lambda: all(name(top) != desk.words("Find or Do Anything")
                         for top in children(desk.app)), "the end of the palette", LONG)


def press_on_the_desk(desk, keys):
    """Yields each action after it was seen to work, in an order in which one leads to the next."""
    keys["page.find"].press()
    desk.focus_is(desk.words(desk.FINDER))
    yield "page.find"
    keys["page.new"].press()
    desk.says(desk.words("On a call"), desk.form())
    yield "page.new"
    keys["page.end-talk"].press()
    desk.says(desk.words("After-call work"), desk.form())
    yield "page.end-talk"
    keys["page.new-prospect"].press()
    desk.focus_is(desk.words("Name of the prospective customer"))
    type_text(NABIL)
    yield "page.new-prospect"
    by_palette(desk, keys["page.discard"].title)
    desk.hears(desk.words("What was written is discarded"))
    yield "page.discard"
    keys["win.undo"].press()
    desk.says(desk.words("After-call work"), desk.form())
    yield "win.undo"
    keys["page.leave"].press()
    desk.wait_for_row("Begun, not saved", NABIL)
    yield "page.leave"
    key("ctrl+n")
    desk.search("احمد الحلبي", AHMAD)
    desk.search("جمانه", JUMANA)
    keys["page.take-customer"].press()
    desk.says(JUMANA, desk.form())
    yield "page.take-customer"
    desk.fill_in("انقطاع", 1, "بالمفاتيح")
    keys["page.save"].press()
    desk.hears(desk.words("Saved"))
    yield "page.save"
    keys["page.write-up"].press()
    desk.says(desk.words("Writing up a call"), desk.form())
    yield "page.write-up"


def press_anywhere(desk, keys):
    keys["win.palette"].press()
    desk.focus_is(desk.words("Find or do anything"), root=other_window(desk))
    close_other(desk)
    yield "win.palette"
    for number, title in enumerate(("My Desk", "Records of Calls", "Documents", "Refused")):
        keys["win.go-to"].press(number)
        wait_for(lambda: any(desk.words(title) in labels(row) for row in find_all(
            desk.list("Places"), "list item") if has_state(row, "selected")), title, LONG)
    yield "win.go-to"
    keys["win.ask-break"].press()
    find(desk.foot(), "filler", "MtbBreakBox", timeout=LONG)
    key("Escape")
    yield "win.ask-break"
    keys["win.preferences"].press()
    other_window(desk)
    close_other(desk)
    yield "win.preferences"
    keys["win.shortcuts"].press()
    assert desk.words("Find or do anything") in labels(other_window(desk))
    desk.check_names("the shortcuts")
    close_other(desk)
    yield "win.shortcuts"
    by_palette(desk, keys["win.about"].title)
    other_window(desk)
    close_other(desk)
    yield "win.about"
    by_palette(desk, keys["win.show-sync"].title)
    desk.focus_is(desk.words("Try Now"))
    key("Escape")
    yield "win.show-sync"


def test_each_key_does_what_it_says(floor):
    floor.import_log(taken_call())
    keys, done = table(), set()
    for language in "ar", "en":
        with floor.open("keys-" + language, language) as desk:
            desk.sign_in("rima")
            wait_for(lambda: desk.rows("To be written up"), "a call to write up", LONG)
            done |= set(press_on_the_desk(desk, keys)) | set(press_anywhere(desk, keys))
            by_palette(desk, keys["win.sign-out"].title)
            desk.focus_is(desk.words("User name"))
    done |= {"win.sign-out"} | set(press_of_others(floor, keys))
    assert done == set(keys), done ^ set(keys)


def press_of_others(floor, keys):
    """What the agent's place does not have."""
    with floor.open("keys-en", "en") as desk:
        desk.sign_in("hadi")
        leave_note(desk, floor)
        desk.go("Reports")
        for action in "page.export", "page.print":
            keys[action].press()
            other_window(desk)
            close_other(desk)
            yield action
    with floor.open("keys-ar", "ar") as desk:
        desk.sign_in("rima")
        desk.go("Records of Calls")
        desk.says(desk.words("Read"))
        by_palette(desk, keys["page.read-notes"].title)
        desk.says("بالأزرار وحدها", desk.record())
        yield "page.read-notes"


def taken_call():
    start = int(time.time()) - 900
    return (f"{start}|k1|support|NONE|ENTERQUEUE||0215312019|1\n"
            f"{start + 9}|k1|support|rima|CONNECT|9|x|3\n"
            f"{start + 99}|k1|support|rima|COMPLETECALLER|9|90|1\n")


# Each of these is a way to give its commands by keys, from a desk that has just signed in.


def press(desk, title):
    """A button, by Tab and the space bar."""
    desk.go_to(title)
    key("space")


def log_calls(desk, floor):
    key("ctrl+n", "ctrl+shift+n")
    desk.focus_is(desk.words("Name of the prospective customer"))
    type_text(NABIL)
    desk.go_to("Type of call")
    desk.fill_in("انقطاع", 0, "أولا")
    desk.save()
    desk.wait_for_row("Today's calls", NABIL)
    desk.go_into("Today's calls")
    key("Home", "Return")
    desk.says("أولا", desk.record())


def correct(desk, floor):
    log_calls(desk, floor)
    press(desk, "Correct")
    desk.focus_is(desk.words("Notes"), root=desk.form())
    key("ctrl+End")
    type_text(" وأكثر")
    desk.save()


def join(desk, floor):
    """Joined by hand, undone, and joined and taken apart again."""
    log_calls(desk, floor)
    for _ in range(2):
        press(desk, "Join")
        wait_for(lambda: desk.rows("Calls of the PBX that nobody wrote up"), "the candidates", LONG)
        desk.go_into("Calls of the PBX that nobody wrote up")
        key("Return")
        desk.hears(desk.words("Joined"))
        desk.says(desk.words("Joined with a call that the PBX saw"))
        key("ctrl+z")
        desk.says(desk.words("Not joined with a call of the PBX"))


def take_breaks(desk, floor):
    by_palette(desk, "Begin Shift")
    desk.says(desk.words("Available"), desk.foot())
    desk.ask_break(choice=1)
    floor.eventually(1, "SELECT count(*) FROM auxiliary WHERE status = 'asked'")
    desk.open_foot()
    press(desk, "Withdraw")
    floor.eventually(0, "SELECT count(*) FROM auxiliary WHERE status = 'asked'")


def leave_note(desk, floor):
    desk.go("Records of Calls")
    desk.focus_is(desk.words("Filter by customer or notes"))
    key("Tab")
    for _ in range(30):
        if name(desk.page("Records of Calls")) and desk.focused().get_role_name() in (
                "table row", "list item", "table cell"):
            break
        key("Tab")
    key("Home")
    find(desk.record(), "text", desk.words("A note for whose record it is"), timeout=LONG)
    desk.go_to("A note for whose record it is")
    type_text("بالأزرار وحدها")
    key("ctrl+Return")
    floor.eventually(True, "SELECT count(*) > 0 FROM note WHERE text = 'بالأزرار وحدها'")


def decide(desk, floor):
    rima = floor.sign_in("rima")
    rima.apply("presence.move", {"id": department.new_id(), "act": "begin"})
    for answer, word in (("_Refuse", "لاحقا"), ("_Approve", None)):
        rima.apply("auxiliary.ask", {"id": department.new_id(), "reason": "meal", "minutes": 10})
        desk.find("push button", desk.words(answer).replace("_", ""))
        if word is not None:
            desk.go_to("A word with the answer")
            type_text(word)
        press(desk, answer)
        floor.eventually(0, "SELECT count(*) FROM auxiliary WHERE status = 'asked'")


def set_department(desk, floor):
    desk.go("Department")
    press(desk, "Waiting threshold")
    desk.go_to("Another value, in seconds (1 to 3600)")
    key("ctrl+a")
    type_text("55")
    press(desk, "Set for Calls from Now On")
    floor.eventually(1, "SELECT count(*) FROM threshold WHERE wait_s = 55")
    press(desk, "Types of call")
    press(desk, "Add a Type")
    desk.focus_is(desk.words("Name in Arabic"))
    type_text("نوع جديد")
    key("Tab")
    type_text("A new type")
    key("Return")
    floor.eventually(1, "SELECT count(*) FROM call_type WHERE name = 'نوع جديد'")
    press(desk, "Teams")
    desk.go_to("A new team's name")
    type_text("فريق")
    press(desk, "Add Team")
    floor.eventually(1, "SELECT count(*) FROM team WHERE name = 'فريق'")
    desk.wait_for_row("Teams", "فريق")
    desk.go_into("Teams")
    key("Home")
    desk.go_to("Team's name")
    key("ctrl+a")
    type_text("شمال")
    press(desk, "Rename")
    floor.eventually(1, "SELECT count(*) FROM team WHERE name = 'شمال'")
    desk.go_into("People of the team")
    key("Home")
    move_someone(desk, floor)


def move_someone(desk, floor):
    before = floor.rows("SELECT username, team_id FROM person ORDER BY username")
    target = find(desk.find("filler", "MtbTeamsPanel"), "combo box", timeout=LONG)
    key("Tab")
    wait_for(lambda: desk.focused(target), "the focus on the other teams", LONG)
    key("space", "End", "Return")
    press(desk, "Move")
    wait_for(lambda: floor.rows("SELECT username, team_id FROM person ORDER BY username") != before,
             "somebody in another team", LONG)


WAYS = {  # who, how: the commands that are given so
    ("rima", log_calls): {"prospect.add", "call.log"},
    ("rima", correct): {"call.amend"},
    ("rima", join): {"call.join", "call.unjoin"},
    ("rima", take_breaks): {"presence.move", "auxiliary.ask", "auxiliary.withdraw"},
    ("hadi", leave_note): {"note.add"},
    ("hadi", decide): {"auxiliary.approve", "auxiliary.refuse"},
    ("nadia", set_department): {"threshold.set", "call_type.put", "team.add", "team.set",
                                "person.move"},
}


def test_every_command_is_given_by_keys(floor):
    for number, ((person, way), kinds) in enumerate(WAYS.items()):
        before = given(floor, person)
        if way is join:
            floor.import_log(taken_call().replace("k1", "k2").replace("0215312019", "099"))
        with floor.open(f"way-{person}", "ar" if number % 2 else "en") as desk:
            desk.sign_in(person)
            way(desk, floor)
        wait_for(lambda: all(given(floor, person).get(kind, 0) > before.get(kind, 0)
                             for kind in kinds), f"{kinds} of {person}", LONG)


def given(floor, person):
    return dict(floor.rows("SELECT c.type, count(*) FROM command c JOIN person p"
                           " ON p.id = c.person_id WHERE p.username = ? AND c.status = 'applied'"
                           " GROUP BY c.type", person))


def test_no_command_is_left_out(floor):
    commands = floor.sign_in("rima").get("/v1/catalogue").json["commands"]
    ours = {kind for kind, command in commands.items() if STAFF & set(command["roles"])}
    assert ours == set().union(*WAYS.values()) | BY_ITSELF | ELSEWHERE, \
        ours ^ (set().union(*WAYS.values()) | BY_ITSELF | ELSEWHERE)


if __name__ == "__main__":
    run_tests(globals())
