#!/usr/bin/python3
"""A server that wants the password again, has lost its history or is too new: work goes on, the
person sees why nothing is sent, and it is sent when that is over."""
import sqlite3
from contextlib import closing
from pathlib import Path

from floor import AHMAD, JUMANA, LONG, Desk, run_tests
from relay import Relay
from uidrive import find_all, has_size, key, labels, name, type_text, wait_for

SECRET = "another secret of rima"
LOCKED_OUT = "Signed out by the server"
DISMISSED = "Your access at this desk has ended"
ESTRANGED = "The server has lost its history"
TOO_OLD = "This program is too old"


def tells(desk, title, waiting):
    """The notice says how the desk stands, and the header bar's button how much waits too."""
    desk.says(desk.words(title), desk.find("filler", "MtbNotice"))
    button = desk.find("filler", "MtbSyncButton")
    number = {desk.words.digits(waiting)} if waiting else set()
    wait_for(lambda: any(name(node).startswith(desk.words(title)) and number <= set(labels(node))
                         for node in find_all(button, "push button")),
             f"{title} and {waiting} at the button", LONG)


def connected(desk):
    """It says so again, and the notice is gone."""
    desk.find("push button", ". ".join((desk.words("Connected"),
                                        desk.words("Nothing waits to be sent."))))
    notice = desk.find("filler", "MtbNotice", sized=False)
    wait_for(lambda: not has_size(notice), "the end of the notice", LONG)


def open_sign_in(desk):
    """What the notice's button opens."""
    desk.press(desk.find("filler", "MtbNotice"), "Sign In Again")
    desk.focus_is(desk.words("Password"))


def give_password(password):
    type_text(password)
    key("Return")


def refuses(desk, password):
    give_password(password)
    desk.says(desk.words("The user name or the password is wrong"))
    desk.focus_is(desk.words("Password"))


def test_a_new_password(floor):
    with floor.open() as desk:
        desk.sign_in("rima")
        floor.ctl("user", "set", "rima", "--password", secret=SECRET)
        desk.log_call("احمد الحلبي", AHMAD, notes="الأولى")
        tells(desk, LOCKED_OUT, 1)
        open_sign_in(desk)
        refuses(desk, "the old one")
        give_password(SECRET)
        connected(desk)
        floor.eventually(1, "SELECT count(*) FROM call WHERE notes = 'الأولى'")
        desk.log_call("جمانه", JUMANA, notes="الثانية")
        floor.eventually(1, "SELECT count(*) FROM call WHERE notes = 'الثانية'")


def test_who_may_not_work_for_a_while(floor):
    with floor.open() as desk:
        desk.sign_in("rima", SECRET)
        floor.ctl("user", "set", "rima", "--inactive")
        tells(desk, DISMISSED, 0)
        floor.ctl("user", "set", "rima", "--active")
        open_sign_in(desk)
        give_password(SECRET)
        connected(desk)
        desk.log_call("احمد الحلبي", AHMAD, notes="الثالثة")
        floor.eventually(1, "SELECT count(*) FROM call WHERE notes = 'الثالثة'")


def back_up(floor, path):
    with closing(sqlite3.connect(floor.database.path)) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy)


def restore(floor, path):
    """The server comes up again with what the backup holds."""
    floor.stop()
    for file in floor.database.path.parent.glob(floor.database.path.name + "*"):
        file.unlink()
    path.rename(floor.database.path)
    floor.start(floor.address)


def test_an_older_backup(floor):
    backup = Path(floor.folder.name, "backup.db")
    with floor.open() as desk:
        desk.sign_in("rima", SECRET)
        back_up(floor, backup)
        desk.log_call("احمد الحلبي", AHMAD, notes="قبل الاسترجاع")
        floor.eventually(1, "SELECT count(*) FROM call WHERE notes = 'قبل الاسترجاع'")
        restore(floor, backup)
        assert floor.value("SELECT count(*) FROM call WHERE notes = 'قبل الاسترجاع'") == 0
        tells(desk, ESTRANGED, 0)
        desk.log_call("جمانه", JUMANA, notes="بعد الاسترجاع")
        tells(desk, ESTRANGED, 1)
        floor.ctl("epoch", "begin")
        connected(desk)
        desk.wait_for_row("Today's calls", AHMAD)
    assert floor.rows("SELECT notes FROM call WHERE notes LIKE '%الاسترجاع' ORDER BY started_at") \
        == [("قبل الاسترجاع",), ("بعد الاسترجاع",)]


class OlderDesk:
    """The server's end of a wire, as a desk writes to it that speaks an older protocol."""

    def __init__(self, end):
        self.end = end

    def sendall(self, data):
        self.end.sendall(data.replace(b'"protocol":1', b'"protocol":0'))

    def __getattr__(self, title):
        return getattr(self.end, title)


class OldWire(Relay):
    """To the server what comes over it is of an older desk, until that is updated."""

    updated = False

    def carry(self, source, sink):
        super().carry(source, sink if self.updated else OlderDesk(sink))


def test_a_desk_that_is_too_old(floor):
    with OldWire(floor.url) as wire, Desk(wire.url, Path(floor.folder.name, "old")) as desk:
        desk.sign_in("rima", SECRET)
        desk.log_call("احمد الحلبي", AHMAD, notes="من القديم")
        tells(desk, TOO_OLD, 1)
        assert floor.value("SELECT count(*) FROM call WHERE notes = 'من القديم'") == 0
        wire.updated = True
        wire.cut()
        wire.restore()
        connected(desk)
    assert floor.value("SELECT count(*) FROM call WHERE notes = 'من القديم'") == 1


if __name__ == "__main__":
    run_tests(globals())
