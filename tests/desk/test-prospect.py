#!/usr/bin/python3
"""A caller who is no subscriber, a record corrected afterwards, and a call the PBX saw."""
import time

from floor import AHMAD, LONG, run_tests
from uidrive import find, key, labels, name, text, type_text, wait_for

NABIL = "نبيل الجديد"
WRITTEN = "يسأل عن الأسعار"
ADDED = " وطلب اتصالا"


def test_a_prospective_customer(floor):
    with floor.open() as desk:
        desk.sign_in("rima")
        key("ctrl+n", "ctrl+shift+n")
        desk.focus_is(desk.words("Name of the prospective customer"))
        type_text(NABIL)
        key("Tab")
        desk.focus_is(desk.words("Telephone of the prospective customer"))
        type_text("0944555666")
        desk.go_to("Type of call")
        desk.fill_in("اشتراك جديد", 0, WRITTEN, solved=True)
        desk.save()
        desk.wait_for_row("Today's calls", NABIL)
    floor.eventually(NABIL, "SELECT p.name FROM call c JOIN prospect p ON p.id = c.prospect_id")


def test_a_record_is_corrected_and_the_old_one_stays(floor):
    with floor.open() as desk:
        desk.sign_in("rima")
        desk.wait_for_row("Today's calls", NABIL)
        desk.go_into("Today's calls")
        key("Return")
        desk.says(WRITTEN, desk.record())
        desk.go_to("Correct")
        key("space")
        desk.says(desk.words("Correcting a record"), desk.form())
        notes = desk.focus_is(desk.words("Notes"))
        assert text(notes) == WRITTEN
        key("ctrl+End")
        type_text(ADDED)
        desk.save()
        desk.go_into("Today's calls")
        key("Return")
        desk.says(WRITTEN + ADDED, desk.record())
        wait_for(lambda: WRITTEN in labels(desk.record()), "the old version", LONG)
    floor.eventually(WRITTEN + ADDED, "SELECT notes FROM call WHERE version = 2")
    assert floor.value("SELECT notes FROM call_version") == WRITTEN


def pbx_log(number):
    """Rima took a call from a number and put it through to the end."""
    start = int(time.time()) - 900
    return (f"{start}|c1|support|NONE|ENTERQUEUE||{number}|1\n"
            f"{start + 9}|c1|support|rima|CONNECT|9|x|3\n"
            f"{start + 99}|c1|support|rima|COMPLETECALLER|9|90|1\n")


def test_a_call_is_written_up(floor):
    with floor.open() as desk:
        desk.sign_in("rima")
        desk.says(desk.words("Every call is written up"))
        floor.import_log(pbx_log("0215312019"))
        desk.wait_for_row("To be written up", AHMAD)
        desk.go_into("To be written up")
        key("Return")
        desk.says(desk.words("Writing up a call"), desk.form())
        assert AHMAD in labels(desk.form())
        assert text(desk.field("Number")) == desk.words.digits("0215312019")
        desk.fill_in("انقطاع", 1, None, solved=True)
        desk.save()
        desk.says(desk.words("Every call is written up"))
    floor.eventually(1, "SELECT count(*) FROM call_link WHERE joined = 1")


if __name__ == "__main__":
    run_tests(globals())
