#!/usr/bin/python3
"""A shift, a break that is asked for and answered, and a note that is read: what a person sees of
their own state, and what others hear of it."""
from floor import LONG, department, run_tests
from uidrive import act, children, click, find_all, gone, key, type_text, wait_for

STATE = "SELECT state FROM presence p JOIN person w ON w.id = p.person_id" \
        " WHERE p.ended_at IS NULL AND w.username = ?"
WORD = "بعد نهاية الذروة"
NOTE = "أحسنت، لكن اذكر الوقت المتوقع"


def stands(desk, floor, words, state, person="rima"):
    """The foot says how one stands, and the server has heard of it."""
    desk.says(desk.words(words), desk.foot())
    floor.eventually(state, STATE, person)


def begin_shift(desk, floor, person="rima"):
    desk.says(desk.words("Your shift has not begun"))
    desk.press(desk.find("filler", "MtbDutyNotice"), "Begin Shift")
    stands(desk, floor, "Available", "available", person)


def do(desk, title):
    """One of the buttons that Ctrl+B opens."""
    desk.open_foot()
    desk.press(desk.foot(), title)


def is_answered(floor, act, word):
    request = floor.value("SELECT id FROM auxiliary WHERE status = 'asked'")
    args = {"id": request, "presence_id": department.new_id(), "word": word}
    floor.sign_in("hadi").apply(act, args)


def shift(floor, language):
    floor.write("DELETE FROM auxiliary")
    floor.write("DELETE FROM presence")
    with floor.open("duty-" + language, language) as desk:
        desk.sign_in("rima")
        begin_shift(desk, floor)
        key("Escape", "ctrl+n")
        stands(desk, floor, "On a call", "on_call")
        key("ctrl+e")
        stands(desk, floor, "After-call work", "wrap_up")
        desk.search("جمانه", "جُمانة عبد الله")
        desk.fill_in()
        desk.save()
        stands(desk, floor, "Available", "available")

        desk.ask_break(choice=6)
        desk.says(desk.words("Say what it is for"), desk.foot())
        key("ctrl+b")
        desk.go_to("Note", desk.foot())
        type_text("البنك")
        key("Return")
        floor.eventually("asked", "SELECT status FROM auxiliary WHERE note = 'البنك'")
        is_answered(floor, "auxiliary.refuse", WORD)
        desk.hears(desk.words("Refused: %s", "break") % WORD)
        desk.ask_break(choice=1)
        floor.eventually("asked", "SELECT status FROM auxiliary WHERE reason = 'meal'")
        is_answered(floor, "auxiliary.approve", None)
        desk.hears(desk.words("Approved: %s", "break").partition("%s")[0])
        stands(desk, floor, "Auxiliary", "auxiliary")
        box = desk.open_foot()
        desk.says(desk.words("Under way until %s").partition("%s")[0], box)
        desk.says(WORD, desk.foot())
        desk.check_names("the foot")
        desk.press(desk.foot(), "I Am Back")
        stands(desk, floor, "Available", "available")

        end_with_shift(desk)
    assert floor.value(STATE, "rima") == "off"
    assert floor.value("SELECT count(*) FROM auxiliary WHERE status = 'ended'") == 1


def end_with_shift(desk):
    act(desk.window, "win.sign-out")
    question = wait_for(lambda: next((top for top in children(desk.app) if top != desk.window), None),
                        "the question", LONG)
    desk.press(question, "End Shift and Sign Out")
    desk.focus_is(desk.words("User name"))


def test_a_shift_in_arabic(floor):
    shift(floor, "ar")


def test_a_shift_in_english(floor):
    shift(floor, "en")


def test_a_break_that_runs_over(floor):
    rima = floor.sign_in("rima")
    rima.apply("presence.move", {"id": department.new_id(), "act": "begin"})
    rima.apply("auxiliary.ask", {"id": department.new_id(), "reason": "rest", "minutes": 10})
    is_answered(floor, "auxiliary.approve", None)
    floor.write("UPDATE auxiliary SET started_at = started_at - 700000 WHERE status = 'running'")
    with floor.open("over") as desk:
        desk.sign_in("rima")
        desk.says(desk.words("Over by %s").partition("%s")[0], desk.foot())
        do(desk, "End Shift")
        floor.eventually("off", STATE, "rima")
        desk.says(desk.words("Your shift has ended"))


def test_what_is_given_offline_is_heard_of_later(floor):
    with floor.open("away") as desk:
        desk.sign_in("rima")
        floor.relay.cut()
        desk.says(desk.offline())
        desk.press(desk.find("filler", "MtbDutyNotice"), "Begin Shift")
        desk.says(desk.words("Available"), desk.foot())
        do(desk, "Away")
        desk.says(desk.words("Away"), desk.foot())
        assert floor.value(STATE, "rima") == "off"
        floor.relay.restore()
        floor.eventually("away", STATE, "rima")
        do(desk, "End Shift")
        floor.eventually("off", STATE, "rima")


def unread(desk):
    words = desk.words.found.ngettext("%u unread note", "%u unread notes", 1)
    return desk.words.digits(words.replace("%u", "1"))


def open_record(desk, records):
    click(wait_for(lambda: next(find_all(records, "table cell"), None), "a record", LONG))
    return desk.record()


def test_a_note_reaches_its_agent(floor):
    call = department.call(floor)
    floor.sign_in("rima").apply("call.log", call)
    with floor.open("leader", "ar") as leader:
        leader.sign_in("hadi")
        leader.go("Records of Calls")
        record = open_record(leader, leader.page("Records of Calls"))
        leader.go_to("A note for whose record it is")
        type_text(NOTE)
        key("ctrl+Return")
        leader.says(NOTE, record)
    floor.eventually(1, "SELECT count(*) FROM note WHERE text = ? AND seen_at IS NULL", NOTE)
    with floor.open("agent", "en") as agent:
        agent.sign_in("rima")
        key("alt+2")
        records = agent.page("Records of Calls")
        agent.says(unread(agent), records)
        agent.press(records, "Read")
        agent.says(NOTE, agent.record())
        gone(records, LONG, role="label", name=unread(agent))
    floor.eventually(0, "SELECT count(*) FROM note WHERE seen_at IS NULL")


if __name__ == "__main__":
    run_tests(globals())
