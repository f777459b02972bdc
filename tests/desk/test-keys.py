#!/usr/bin/python3
"""Each key of the table does what it says, and there is a way by keys alone to each command."""
import importlib

from floor import AHMAD, JUMANA, LONG, run_tests
from keys import NABIL, NOTE, by_palette, close_other, leave_note, table, taken_call
from uidrive import find, find_all, has_state, key, labels, type_text, wait_for

# Given by reading, and by no act of its own.
BY_ITSELF = {"note.see"}
# Given at resources of their own, and recorded as commands are.
OF_ACCOUNTS = {"account.password", "account.change"}
STAFF = {"agent", "supervisor", "quality", "manager", "followup", "field", "finance", "department",
         "admin"}
WAYS = [importlib.import_module("test-ways-" + part).WAYS for part in ("calls", "manager", "admin")]


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
    desk.focus_is(desk.words("Find or do anything"), root=desk.other_window("the palette"))
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
    desk.other_window("the preferences")
    close_other(desk)
    yield "win.preferences"
    keys["win.shortcuts"].press()
    assert desk.words("Find or do anything") in labels(desk.other_window("the shortcuts"))
    desk.check_names("the shortcuts")
    close_other(desk)
    yield "win.shortcuts"
    by_palette(desk, keys["win.about"].title)
    desk.other_window("what the program is")
    close_other(desk)
    yield "win.about"
    by_palette(desk, keys["win.change-password"].title)
    desk.focus_is(desk.words("Your password up to now"), root=desk.other_window("the password"))
    close_other(desk)
    yield "win.change-password"
    by_palette(desk, keys["win.show-sync"].title)
    desk.focus_is(desk.words("Try Now"))
    key("Escape")
    yield "win.show-sync"


def test_each_key_does_what_it_says(floor):
    floor.import_log(taken_call("k1", "0215312019"))
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
            desk.other_window(action)
            close_other(desk)
            yield action
    with floor.open("keys-ar", "ar") as desk:
        desk.sign_in("rima")
        desk.go("Records of Calls")
        desk.says(desk.words("Read"))
        by_palette(desk, keys["page.read-notes"].title)
        desk.says(NOTE, desk.record())
        yield "page.read-notes"


def test_no_command_is_left_out(floor):
    commands = floor.sign_in("rima").get("/v1/catalogue").json["commands"]
    ours = {kind for kind, command in commands.items() if STAFF & set(command["roles"])}
    reached = set().union(*(kinds for ways in WAYS for kinds in ways.values()))
    assert ours | OF_ACCOUNTS == reached | BY_ITSELF, (ours | OF_ACCOUNTS) ^ (reached | BY_ITSELF)


if __name__ == "__main__":
    run_tests(globals())
