#!/usr/bin/python3
"""What is begun is never lost: not by Escape, a closed window or the end of the program."""
from floor import AHMAD, JUMANA, LONG, department, run_tests
from uidrive import (act, click, close, find, find_all, key, labels, parents, text, type_text,
                     wait_for)

FIRST, SECOND = "كتب نصفه", " ثم زاد"


def notes_are(desk, words):
    wait_for(lambda: text(desk.field("Notes")) == words, f"the notes {words}", LONG)


def are_kept(desk, words):
    wait_for(lambda: words in desk.read_drafts(), f"{words} in the file", LONG)


def test_it_stays_after_escape(floor):
    with floor.open() as desk:
        desk.sign_in("rima")
        desk.search("احمد الحلبي", AHMAD)
        desk.go_to("Notes")
        type_text(FIRST)
        notes_are(desk, FIRST)
        key("Escape")
        notes_are(desk, "")
        desk.wait_for_row("Begun, not saved", AHMAD)
        desk.go_into("Begun, not saved")
        key("Return")
        notes_are(desk, FIRST)
        assert AHMAD in labels(desk.form())


def test_it_stays_when_the_window_is_closed(floor):
    with floor.open() as desk:
        desk.sign_in("rima")
        notes_are(desk, FIRST)
        desk.go_to("Notes")
        key("ctrl+End")
        type_text(SECOND)
        close(desk.window)
        assert desk.wait(LONG) == 0


def test_it_stays_when_the_program_is_killed(floor):
    with floor.open() as desk:
        desk.sign_in("rima")
        notes_are(desk, FIRST + SECOND)
        desk.go_to("Notes")
        key("ctrl+End")
        type_text(".")
        are_kept(desk, FIRST + SECOND + ".")
        desk.process.kill()
        desk.process.wait()
    with floor.open() as desk:
        desk.sign_in("rima")
        notes_are(desk, FIRST + SECOND + ".")
    assert floor.value("SELECT count(*) FROM call") == 0


def test_what_is_discarded_comes_back(floor):
    with floor.open() as desk:
        desk.sign_in("rima")
        notes_are(desk, FIRST + SECOND + ".")
        desk.go_to("Discard")
        key("space")
        notes_are(desk, "")
        desk.hears(desk.words("What was written is discarded"))
        wait_for(lambda: SECOND not in desk.read_drafts(), "the end of the draft", LONG)
        key("ctrl+z")
        notes_are(desk, FIRST + SECOND + ".")
        assert AHMAD in labels(desk.form())
        are_kept(desk, FIRST + SECOND + ".")
        desk.process.kill()
        desk.process.wait()
    with floor.open() as desk:
        desk.sign_in("rima")
        notes_are(desk, FIRST + SECOND + ".")


def is_on_a_call(desk):
    """What the foot of the sidebar says."""
    places = next(parents(desk.places()))
    return desk.words("On a call") in labels(places)


def test_a_call_that_was_left_goes_on(floor):
    floor.sign_in("rima").apply("presence.move", {"id": department.new_id(), "act": "begin"})
    with floor.open("left") as desk:
        desk.sign_in("rima")
        key("ctrl+n", "Escape")
        desk.says(desk.words("On a call"), desk.form())
        wait_for(lambda: is_on_a_call(desk), "the call at the foot", LONG)
        desk.wait_for_row("Begun, not saved", desk.words("Unknown caller"))
        key("ctrl+e")
        desk.says(desk.words("No call in progress"), desk.form())
        wait_for(lambda: not is_on_a_call(desk), "the end of the call", LONG)
        desk.wait_for_row("Begun, not saved", desk.words("Unknown caller"))


def test_what_is_discarded_comes_back_beside_the_next_call(floor):
    with floor.open("beside") as desk:
        desk.sign_in("rima")
        desk.search("احمد الحلبي", AHMAD)
        desk.fill_in(notes=FIRST)
        notes_are(desk, FIRST)
        desk.go_to("Discard")
        key("space")
        desk.hears(desk.words("What was written is discarded"))
        quiet = desk.words("No call in progress")
        desk.says(quiet, desk.form())
        key("ctrl+n")
        wait_for(lambda: quiet not in labels(desk.form()), "the next call", LONG)
        act(desk.window, "win.undo")
        notes_are(desk, FIRST)
        assert quiet not in labels(desk.form())
        key("ctrl+Return")
        floor.eventually(1, "SELECT count(*) FROM call")
        desk.go_into("Begun, not saved")
        key("Return")
        desk.log_call("جمانة", JUMANA, notes=SECOND)
        floor.eventually(2, "SELECT count(*) FROM call")


def open_record(desk):
    """The latest, and the place for a note on it."""
    desk.go("Records of Calls")
    records = desk.page("Records of Calls")
    click(wait_for(lambda: next(find_all(records, "table cell"), None), "a record", LONG))
    return find(desk.record(), "text", desk.words("A note for whose record it is"), timeout=LONG)


def test_a_new_name_leaves_a_note_as_it_is(floor):
    floor.sign_in("rima").apply("call.log", department.call(floor))
    with floor.open("leader") as desk:
        desk.sign_in("hadi")
        note = open_record(desk)
        desk.go_to("A note for whose record it is")
        type_text(FIRST)
        floor.ctl("user", "set", "hadi", "--display-name", "هادي الحلبي")
        desk.says("هادي الحلبي")
        type_text(SECOND)
        wait_for(lambda: text(note) == FIRST + SECOND, "the whole note", LONG)
        are_kept(desk, SECOND)
        desk.process.kill()
        desk.process.wait()


def test_a_note_stays_when_the_program_is_killed(floor):
    with floor.open("leader") as desk:
        desk.sign_in("hadi")
        note = open_record(desk)
        wait_for(lambda: text(note) == FIRST + SECOND, "the note that was begun", LONG)
        desk.go_to("A note for whose record it is")
        key("ctrl+Return")
        floor.eventually(1, "SELECT count(*) FROM note WHERE text = ?", FIRST + SECOND)
        wait_for(lambda: text(note) == "", "room for another note", LONG)
        wait_for(lambda: SECOND not in desk.read_drafts(), "the end of the draft", LONG)


if __name__ == "__main__":
    run_tests(globals())
