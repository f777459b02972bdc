#!/usr/bin/python3
"""Work goes on without the network, over a restart of the desk, and goes out by itself."""
import re

from floor import AHMAD, JUMANA, LONG, run_tests
from uidrive import find, labels, name, wait_for


def waiting(desk, count):
    """How the desk says that so many wait, and since when."""
    words = desk.words.found.ngettext("%2$u record waits to be sent, since %1$s.",
                                      "%2$u records wait to be sent, the oldest since %1$s.", count)
    words = re.escape(words).replace(re.escape("%2$u"), desk.words.digits(count))
    return re.compile(words.replace(re.escape("%1$s"), r".*\d\d:\d\d.*"))


def tells(desk, count):
    """Both the header bar's button and the notice say it."""
    pattern = waiting(desk, count)
    for wanted in ("push button", "label"):
        wait_for(lambda: any(pattern.search(name(node)) for node in desk.all(wanted)),
                 f"a {wanted} that says {pattern.pattern}", LONG)


def test_two_calls_are_kept(floor):
    with floor.open() as desk:
        desk.sign_in("rima")
        desk.search("احمد الحلبي", AHMAD)
        floor.relay.cut()
        desk.says(desk.offline())
        desk.fill_in("انقطاع", 1, "الأولى")
        desk.save()
        tells(desk, 1)
        desk.log_call("جمانه", JUMANA, notes="الثانية", solved=False)
        tells(desk, 2)
    assert floor.value("SELECT count(*) FROM call") == 0


def test_a_wrong_password_is_refused_offline(floor):
    with floor.open() as desk:
        desk.try_sign_in("rima", "wrong")
        desk.says(desk.words("The user name or the password is wrong"))
        assert not any(desk.all("list", desk.words("Places")))


def test_they_go_out_by_themselves(floor):
    with floor.open() as desk:
        desk.sign_in("rima")
        tells(desk, 2)
        desk.wait_for_row("Today's calls", AHMAD)
        desk.wait_for_row("Today's calls", JUMANA)
        desk.search("0117654321", JUMANA)
        floor.relay.restore()
        floor.eventually(2, "SELECT count(*) FROM call")
        connected = ". ".join((desk.words("Connected"), desk.words("Nothing waits to be sent.")))
        desk.find("push button", connected)
        assert len(desk.rows("Today's calls")) == 2
    assert floor.rows("SELECT notes, count(*) FROM call GROUP BY notes ORDER BY started_at") == [
        ("الأولى", 1), ("الثانية", 1)]


if __name__ == "__main__":
    run_tests(globals())
