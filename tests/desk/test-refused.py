#!/usr/bin/python3
"""What the server refuses comes back with the reason and what was typed, to mend or to drop."""
from floor import AHMAD, JUMANA, LONG, run_tests
from uidrive import double_click, find, key, labels, pump, type_text, wait_for

TYPED = "انقطاع منذ الأمس"


def retire(floor, title):
    """A type of call goes while the desk is cut off."""
    fields = "id", "parent_id", "name", "name_en", "suits_s", "position"
    row = floor.rows(f"SELECT {', '.join(fields)} FROM call_type WHERE name = ?", title)[0]
    floor.sign_in("nadia").apply("call_type.put", {**dict(zip(fields, row)), "active": False})


def count_refused(desk, count):
    title = desk.words("Refused")
    wait_for(lambda: any(title in row and (desk.words.digits(count) in row) == (count > 0)
                         for row in desk.rows("Places")), f"{count} refused", LONG)


def refusals(desk):
    return desk.list("Refused", desk.find("filler", "MtbRefusedPage"))


def test_two_are_refused(floor):
    with floor.open() as desk:
        desk.sign_in("rima")
        desk.search("احمد الحلبي", AHMAD)
        floor.relay.cut()
        desk.says(desk.offline())
        desk.fill_in("انقطاع متكرر", 1, TYPED)
        desk.save()
        desk.log_call("جمانه", JUMANA, kind="انقطاع متكرر", notes="الثانية")
        retire(floor, "انقطاع متكرر")
        floor.relay.restore()
        count_refused(desk, 2)
        desk.go("Refused")
        wait_for(lambda: TYPED in labels(refusals(desk)), "what was typed", LONG)
        said = labels(refusals(desk))
        assert AHMAD in said and JUMANA in said and "انقطاع متكرر" in said, said
        desk.says(desk.words("This type of call is no longer in use"), refusals(desk))
    assert floor.value("SELECT count(*) FROM call") == 0


def test_a_double_click_drops_one(floor):
    """The other comes under the pointer between the two clicks."""
    with floor.open() as desk:
        desk.sign_in("rima")
        count_refused(desk, 2)
        desk.go("Refused")
        drop = find(refusals(desk), "push button", desk.words("Drop"), timeout=LONG)
        wait_for(lambda: TYPED in labels(refusals(desk)), "what was typed", LONG)
        double_click(drop)
        desk.hears(desk.words("Dropped, and whatever builds on it"))
        pump(1)
        count_refused(desk, 1)
        key("ctrl+z")
        count_refused(desk, 2)


def test_one_is_mended(floor):
    with floor.open() as desk:
        desk.sign_in("rima")
        count_refused(desk, 2)
        desk.go("Refused")
        wait_for(lambda: TYPED in labels(refusals(desk)), "what was typed", LONG)
        desk.go_to("Mend")
        key("space")
        desk.says(desk.words("Mending what was refused"), desk.form())
        desk.go_to("Type of call")
        key("ctrl+a")
        type_text("لا يوجد اتصال")
        key("Return")
        desk.save()
        count_refused(desk, 1)
    floor.eventually(1, "SELECT count(*) FROM call c JOIN call_type t ON t.id = c.type_id"
                        " WHERE t.name = 'لا يوجد اتصال'")


def drop(desk):
    """The last one, by keyboard; it is out of sight at once."""
    count_refused(desk, 1)
    desk.go("Refused")
    desk.go_to("Drop")
    key("space")
    desk.hears(desk.words("Dropped, and whatever builds on it"))
    desk.says(desk.words("Nothing Was Refused"))


def test_a_drop_is_undone(floor):
    with floor.open() as desk:
        desk.sign_in("rima")
        drop(desk)
        key("ctrl+z")
        count_refused(desk, 1)
        wait_for(lambda: "الثانية" in labels(refusals(desk)), "what was typed", LONG)


def test_what_is_dropped_is_kept_until_that_is_over(floor):
    with floor.open() as desk:
        desk.sign_in("rima")
        drop(desk)
        desk.process.kill()
        desk.process.wait()
    with floor.open() as desk:
        desk.sign_in("rima")
        count_refused(desk, 1)


def test_the_other_is_dropped(floor):
    with floor.open() as desk:
        desk.sign_in("rima")
        drop(desk)
        wait_for(lambda: desk.words("Dropped, and whatever builds on it") not in desk.toasts(),
                 "the end of the toast", LONG)
        key("ctrl+z")
        count_refused(desk, 0)
    with floor.open() as desk:
        desk.sign_in("rima")
        desk.go("Refused")
        desk.says(desk.words("Nothing Was Refused"))
    assert floor.value("SELECT count(*) FROM call") == 1


if __name__ == "__main__":
    run_tests(globals())
