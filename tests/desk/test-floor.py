#!/usr/bin/python3
"""The floor as its supervisor sees it happen: a break asked for at one desk and approved at another,
who is connected, what waits, and a threshold that changes what counts as unanswered."""
import time

from floor import LONG, NAMES, run_tests
from uidrive import (act, children, close, find, find_all, labels, name, set_text, set_value,
                     wait_for)

WORD = "عودي قبل العاشرة"


def page(desk):
    return desk.find("filler", "MtbFloorPage")


def row_of(desk, person):
    return wait_for(lambda: next((row for row in find_all(page(desk), "table row")
                                  if NAMES[person] in labels(row)), None), NAMES[person], LONG)


def stands(desk, person, *words):
    """Somebody's row in the table says these words."""
    wait_for(lambda: all(any(word in said for said in labels(row_of(desk, person)))
                         for word in words), f"{person}: {words}", LONG)


def is_connected(desk, person):
    return any(name(node) == desk.words("Connected") for node in find_all(row_of(desk, person)))


def request(desk, person):
    return wait_for(lambda: next((row for row in find_all(page(desk), "list item")
                                  if NAMES[person] in labels(row)), None), "the request", LONG)


def press(desk, row, title):
    act(find(row, "push button", desk.words(title).replace("_", ""), timeout=LONG))


def break_at_two_desks(floor, language):
    floor.write("DELETE FROM auxiliary")
    floor.write("DELETE FROM presence")
    with floor.open("leader-" + language, language) as leader:
        leader.sign_in("hadi")
        stands(leader, "rima", leader.words("Off shift"))
        with floor.open("agent-" + language, language) as agent:
            agent.sign_in("rima")
            agent.press(agent.find("filler", "MtbDutyNotice"), "Begin Shift")
            stands(leader, "rima", leader.words("Available"))
            wait_for(lambda: is_connected(leader, "rima"), "the agent's desk", LONG)
            agent.ask_break(choice=1)
            row = request(leader, "rima")
            press(leader, row, "_Refuse")
            leader.says(leader.words("Say why it is refused"), row)
            set_text(find(row, "text", leader.words("A word with the answer")), WORD)
            press(leader, row, "_Approve")
            agent.hears(agent.words("Approved: %s", "break").partition("%s")[0])
            stands(leader, "rima", leader.words("Auxiliary"), leader.words("Meal"))
            agent.says(agent.words("Auxiliary"), agent.foot())
            leader.check_names("the floor")
        wait_for(lambda: not is_connected(leader, "rima"), "the end of the connection", LONG)
    assert floor.value("SELECT word FROM auxiliary WHERE status = 'running'") == WORD


def test_a_break_at_two_desks_in_arabic(floor):
    break_at_two_desks(floor, "ar")


def test_a_break_at_two_desks_in_english(floor):
    break_at_two_desks(floor, "en")


def lines(reference, wait):
    """A caller who gives up after so long, in the time that is now."""
    now = int(time.time()) + 2
    return (f"{now}|{reference}|support|NONE|ENTERQUEUE||0119990001|1\n"
            f"{now + wait}|{reference}|support|NONE|ABANDON|1|1|{wait}\n")


def unanswered(desk, left, late):
    words = desk.words("= %1$s left + %2$s late").replace("%1$s", str(left)).replace("%2$s", str(late))
    return desk.words.digits(words)


def charted(desk, offered, left):
    """What the chart of today says of all of it."""
    words = (desk.words("offered %1$s, answered %2$s, unanswered %3$s = %4$s left + %5$s late")
             .replace("%1$s", str(offered)).replace("%2$s", "0").replace("%3$s", str(left))
             .replace("%4$s", str(left)).replace("%5$s", "0"))
    chart = next(node for node in find_all(page(desk), "filler") if name(node) == "MtbChart")
    desk.says(desk.words.digits(words), chart)


def set_threshold(desk, seconds):
    desk.go("Department")
    panel = desk.find("filler", "MtbThresholdPanel")
    set_value(find(panel, "spin button", timeout=LONG), seconds)
    desk.press(panel, "Set for Calls from Now On")
    desk.hears(desk.words("The new threshold counts"))
    desk.go("Floor")


def threshold(floor, language, offered, left):
    """Calls keep the threshold that was in force when they entered; @offered and @left were before."""
    with floor.open("nadia-" + language, language) as desk:
        desk.sign_in("nadia")
        floor.import_log(lines("first-" + language, 40))
        charted(desk, offered + 1, left + 1)
        desk.says(unanswered(desk, left + 1, 0), page(desk))
        set_threshold(desk, 600)
        floor.import_log(lines("second-" + language, 40))
        charted(desk, offered + 2, left + 1)
        set_threshold(desk, 30)
        floor.import_log(lines("third-" + language, 40))
        charted(desk, offered + 3, left + 2)


def test_the_threshold_in_arabic(floor):
    threshold(floor, "ar", 0, 0)


def test_the_threshold_in_english(floor):
    threshold(floor, "en", 3, 2)


def test_calls_behind_a_figure(floor):
    """Also what waits now, and how it goes."""
    now = int(time.time())
    floor.import_log(f"{now}|waits|support|NONE|ENTERQUEUE||0115318899|1\n")
    with floor.open("behind") as desk:
        desk.sign_in("hadi")
        desk.says(desk.words.digits("1"), next(node for node in find_all(page(desk), "push button")
                                               if desk.words("Waiting now") in name(node)))
        act(next(node for node in find_all(page(desk), "push button")
                 if desk.words("Unanswered today") in name(node)))
        dialog = wait_for(lambda: next((top for top in children(desk.app) if top != desk.window),
                                       None), "the calls", LONG)
        wait_for(lambda: len([row for row in find_all(dialog, "table row") if labels(row)]) >= 2,
                 "two calls and their heading", LONG)
        desk.check_names("the calls behind a figure")
        close(dialog)
        floor.import_log(f"{now + 9}|waits|support|NONE|ABANDON|1|1|9\n")
        wait_for(lambda: any(desk.words.digits("0") == said for node in
                             find_all(page(desk), "push button")
                             if desk.words("Waiting now") in name(node) for said in labels(node)),
                 "nobody to wait", LONG)


if __name__ == "__main__":
    run_tests(globals())
