#!/usr/bin/python3
"""One call by keyboard alone, from the search to a second desk that sees it by itself."""
from floor import AHMAD, JUMANA, LONG, department, run_tests
from uidrive import (children, find, key, labels, name, parents, pump, role, text, type_text, value,
                     wait_for, walk)


def test_spelling_does_not_matter(floor):
    with floor.open() as desk:
        desk.sign_in("rima")
        for typed, found in (("احمد الحل", AHMAD), ("جمانه", JUMANA), ("٠٢١٥٣١٢٠١٩", AHMAD),
                             ("0117654321", JUMANA), ("ahmad.h", AHMAD), ("C-2002", JUMANA)):
            key("ctrl+f")
            desk.focus_is(desk.words(desk.FINDER))
            type_text(typed)
            wait_for(lambda: desk.found(found), f"{found} for {typed}", LONG)
            key("Escape")
        type_text("غير موجود")
        desk.says(desk.words("Nobody found"))


def test_a_call_reaches_a_second_desk(floor):
    with floor.open("second") as second:
        second.sign_in("hadi")
        second.go("Records of Calls")
        records = second.page("Records of Calls")
        with floor.open("first") as first:
            first.sign_in("rima")
            first.search("احمد الحلبي", AHMAD)
            first.fill_in("انقطاع", 1, "انقطاع متكرر منذ الأمس", solved=True)
            assert AHMAD in labels(first.form())
            first.says(first.words("On a call"), first.form())
            key("ctrl+Return")
            wait_for(lambda: first.words("Saved") in first.toasts(), "the toast", LONG)
            first.wait_for_row("Today's calls", AHMAD)
            assert text(first.field("Notes")) == ""
            first.says(first.words("No call in progress"), first.form())
        second.says(AHMAD, records)
    rows = floor.rows("SELECT solved, resolution, notes, direction, t.name FROM call c"
                      " JOIN call_type t ON t.id = c.type_id WHERE t.parent_id IS NOT NULL")
    assert rows == [(1, "fixed", "انقطاع متكرر منذ الأمس", "in", "انقطاع متكرر")], rows


def test_what_is_missing_is_said_at_its_field(floor):
    with floor.open("first") as desk:
        desk.sign_in("rima")
        desk.search("جمانه", JUMANA)
        desk.focus_is(desk.words("Type of call"))
        key("ctrl+Return")
        kind = desk.focus_is(desk.words("Type of call"))
        wait_for(lambda: kind.get_description(), "what is wrong with the type of call", LONG)
        desk.says(kind.get_description(), desk.form())
    assert floor.value("SELECT count(*) FROM call") == 1


def test_the_talk_ends_before_the_record(floor):
    with floor.open("first") as desk:
        desk.sign_in("rima")
        key("Escape", "ctrl+n")
        desk.says(desk.words("On a call"), desk.form())
        desk.search("جمانه", JUMANA)
        key("ctrl+e")
        desk.says(desk.words("After-call work"), desk.form())
        desk.fill_in("انقطاع", 0, None, solved=False)
        desk.save()
    floor.eventually(1, "SELECT count(*) FROM call WHERE wrap_up_s IS NOT NULL AND solved = 0"
                        " AND resolution = 'informed'")


def is_at_the_top(listed):
    pane = next(node for node in parents(listed) if role(node) == "scroll pane")
    bars = [node for node in walk(pane) if role(node) == "scroll bar"]
    return value(next(iter(children(bars[-1])), bars[-1])) == 0


def test_the_newest_record_is_seen(floor):
    rima = floor.sign_in("rima")
    for minute in range(20):
        rima.apply("call.log", department.call(floor, started_at=department.stamp(-60 * minute - 90),
                                               ended_at=department.stamp(-60 * minute - 60)))
    with floor.open("third") as desk:
        desk.sign_in("rima")
        desk.go_into("Today's calls")
        key("End")
        wait_for(lambda: not is_at_the_top(desk.list("Today's calls")), "the end of the list", LONG)
        for customer, typed in ((AHMAD, "احمد الحلبي"), (JUMANA, "جمانه")):
            desk.log_call(typed, customer)
            wait_for(lambda: customer in desk.rows("Today's calls")[0], customer, LONG)
            floor.eventually(customer, "SELECT s.name FROM call c JOIN subscriber s"
                                       " ON s.id = c.subscriber_id ORDER BY c.logged_at DESC")
            pump(1.0)
            assert is_at_the_top(desk.list("Today's calls")), customer


if __name__ == "__main__":
    run_tests(globals())
