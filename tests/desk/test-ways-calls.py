#!/usr/bin/python3
"""Whatever those who answer calls and those who lead them may do is done by keys alone."""
from floor import LONG, department, run_tests
from keys import NABIL, by_palette, choose_row, do, give_all, leave_note, press, save_list, taken_call
from uidrive import key, type_text, wait_for

# Each of these is a way to give its commands, from a desk that has just signed in.


def log_calls(desk, floor):
    do("page.new")
    do("page.new-prospect")
    desk.focus_is(desk.words("Name of the prospective customer"))
    type_text(NABIL)
    desk.go_to("Type of call")
    desk.fill_in("انقطاع", 0, "أولا")
    desk.save()
    desk.wait_for_row("Today's calls", NABIL)
    choose_row(desk, "Today's calls")
    key("Return")
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
    floor.import_log(taken_call("k2", "099"))
    log_calls(desk, floor)
    for _ in range(2):
        press(desk, "Join")
        wait_for(lambda: desk.rows("Calls of the PBX that nobody wrote up"), "the candidates", LONG)
        desk.go_into("Calls of the PBX that nobody wrote up")
        key("Return")
        desk.hears(desk.words("Joined"))
        desk.says(desk.words("Joined with a call that the PBX saw"))
        do("win.undo")
        desk.says(desk.words("Not joined with a call of the PBX"))


def save_records(desk, floor):
    log_calls(desk, floor)
    desk.go("Records of Calls")
    desk.says(NABIL, desk.page("Records of Calls"))
    rows = save_list(desk, floor, "records")
    assert any(NABIL in row for row in rows), rows


def take_breaks(desk, floor):
    by_palette(desk, "Begin Shift")
    desk.says(desk.words("Available"), desk.foot())
    desk.ask_break(choice=1)
    floor.eventually(1, "SELECT count(*) FROM auxiliary WHERE status = 'asked'")
    desk.open_foot()
    press(desk, "Withdraw")
    floor.eventually(0, "SELECT count(*) FROM auxiliary WHERE status = 'asked'")


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


WAYS = {  # who, how: what is given so
    ("rima", log_calls): {"prospect.add", "call.log"},
    ("rima", correct): {"call.amend"},
    ("rima", join): {"call.join", "call.unjoin"},
    ("rima", save_records): {"list.export"},
    ("rima", take_breaks): {"presence.move", "auxiliary.ask", "auxiliary.withdraw"},
    ("hadi", leave_note): {"note.add"},
    ("hadi", decide): {"auxiliary.approve", "auxiliary.refuse"},
}


def test_every_command_is_given_by_keys(floor):
    give_all(floor, WAYS)


if __name__ == "__main__":
    run_tests(globals())
