#!/usr/bin/python3
"""mutabaa: links open in the desk that runs, or it is said in words why they do not; and a desk is one
program with one window, however it is started."""
import os
import subprocess
import uuid
from pathlib import Path

from gi.repository import Gio, GLib

from floor import AHMAD, LONG, Words, department, run_tests
from uidrive import (Atspi, act, children, find, find_all, has_state, key, labels, pump, text,
                     wait_for)

PROGRAM = "org.mutabaa.Mutabaa"
NOTES = "وصل برابط"


def record(floor, notes=NOTES):
    rima = floor.sign_in("rima")
    call = department.call(floor, notes=notes)
    rima.apply("call.log", call)
    return call["id"]


def test_a_link_waits_until_somebody_signs_in(floor):
    call = record(floor)
    with floor.open("links") as desk:
        desk.start_again(f"mutabaa:call/{call}")
        desk.hears(desk.words("The link is opened when you have signed in"))
        desk.sign_in("rima")
        desk.says(NOTES, desk.record())


def document_shown(desk):
    """What the list says of the document that is read."""
    chosen = (row for row in find_all(desk.list("Documents"), "list item")
              if has_state(row, "selected"))
    return " ".join(words for row in chosen for words in labels(row))


def test_links_of_each_kind(floor):
    call = record(floor, "الثاني")
    with floor.open("links", "en") as desk:
        desk.sign_in("rima")
        desk.start_again(f"mutabaa:call/{call}")
        desk.says("الثاني", desk.record())
        desk.start_again(f"mutabaa:subscriber/{floor.subscriber('ahmad.halabi')}")
        desk.says(AHMAD, desk.card())
        for number in "WI-14-01", "QP-14":
            document = floor.value("SELECT id FROM document WHERE number = ?", number)
            desk.start_again(f"mutabaa:document/{document}")
            wait_for(lambda: number in document_shown(desk), number, LONG)
        desk.start_again("mutabaa:place/refused")
        desk.says(desk.words("Nothing Was Refused"))
        desk.start_again("mutabaa:place/desk")
        desk.focus_is(desk.words(desk.FINDER))


def test_why_a_link_does_not_open(floor):
    stranger = uuid.UUID(int=7, version=4)
    with floor.open("links", "ar") as desk:
        desk.sign_in("omar")
        for link, words in (
                ("mutabaa:call/1; DROP", "This is not a link into Mutabaa, or it is damaged"),
                ("mutabaa:nonsense", "This is not a link into Mutabaa, or it is damaged"),
                ("mutabaa:place/floor", "None of your places shows this"),
                (f"mutabaa:call/{record(floor)}",
                 "This record is not on this desk, or you may not see it"),
                (f"mutabaa:document/{stranger}",
                 "There is no such document, or this desk does not have it yet"),
                (f"mutabaa:subscriber/{stranger}",
                 "There is no such customer, or you may not see them")):
            desk.start_again(link)
            desk.hears(desk.words(words))
        floor.relay.cut()
        desk.says(desk.offline())
        desk.start_again(f"mutabaa:subscriber/{stranger}")
        desk.hears(desk.words("This customer is not known here, and the server cannot be reached"))
        floor.relay.restore()


def copy_link(desk, part):
    act(find(part(), "push button", desk.words("Copy Link"), timeout=LONG))
    desk.hears(desk.words("Link copied"))


def paste_into_finder(desk, link):
    key("ctrl+f", "ctrl+v")
    entry = desk.focus_is(desk.words(desk.FINDER))
    wait_for(lambda: text(entry) == link, f"{link} in the clipboard", LONG)
    key("ctrl+a", "BackSpace")


def clipboard_opens(desk, link_of, words, part):
    """Copies a link by its button, goes away, and follows what was copied."""
    copy_link(desk, part)
    key("Escape")
    paste_into_finder(desk, link_of)
    desk.start_again(link_of)
    desk.says(words, part())


def test_a_link_is_copied(floor):
    call = record(floor, "الثالث")
    subscriber = floor.subscriber("ahmad.halabi")
    with floor.open("links") as desk:
        desk.sign_in("rima")
        desk.start_again(f"mutabaa:call/{call}")
        desk.says("الثالث", desk.record())
        clipboard_opens(desk, f"mutabaa:call/{call}", "الثالث", desk.record)
        desk.start_again(f"mutabaa:subscriber/{subscriber}")
        desk.says(AHMAD, desk.card())
        clipboard_opens(desk, f"mutabaa:subscriber/{subscriber}", AHMAD, desk.card)
        document = floor.value("SELECT id FROM document WHERE number = 'QP-14'")
        desk.start_again(f"mutabaa:document/{document}")
        copy_link(desk, lambda: desk.find("filler", "MtbDocumentView"))
        desk.go("My Desk")
        paste_into_finder(desk, f"mutabaa:document/{document}")


def windows(desk):
    return [top for top in children(desk.app) if top.get_role_name() == "frame"]


def test_a_second_start_shows_the_first_window(floor):
    with floor.open("links") as desk:
        desk.start_again()
        pump(1)
        assert len(windows(desk)) == 1
        # A desk with another folder is another one.
        with floor.open("other") as other:
            assert other.process.poll() is None and desk.process.poll() is None
            assert len(windows(desk)) == len(windows(other)) == 1


def bus_call(name, path, interface, method, arguments, answer=None):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    return bus.call_sync(name, path, interface, method, arguments,
                         GLib.VariantType(answer) if answer else None, 0, 30000, None)


def install_service(floor):
    """As the package's service file would start it."""
    folder = Path(os.environ["XDG_DATA_HOME"], "dbus-1/services")
    folder.mkdir(parents=True, exist_ok=True)
    settings = Path(floor.folder.name, "config", "glib-2.0", "settings", "keyfile")
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[org/mutabaa/Mutabaa]\nserver='{floor.relay.url}'\n", encoding="utf-8")
    Path(folder, PROGRAM + ".service").write_text(
        f"[D-BUS Service]\nName={PROGRAM}\nExec=/usr/bin/env LANGUAGE=ar GSETTINGS_BACKEND=keyfile"
        f" XDG_CONFIG_HOME={floor.folder.name}/config {os.environ['MUTABAA_DESK']}"
        " --gapplication-service\n",
        encoding="utf-8")
    bus_call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
             "ReloadConfig", None)


def pid_of_service():
    return bus_call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                    "GetConnectionUnixProcessID", GLib.Variant("(s)", (PROGRAM,)), "(u)").unpack()[0]


def activate(method, *arguments):
    bus_call(PROGRAM, "/org/mutabaa/Mutabaa", "org.freedesktop.Application", method,
             GLib.Variant(*arguments))


def app_of(pid):
    return next((app for app in children(Atspi.get_desktop(0)) if app.get_process_id() == pid
                 and app.get_child_count() > 0), None)


def test_the_bus_starts_it(floor):
    install_service(floor)
    activate("Activate", "(a{sv})", ({},))
    pid = pid_of_service()
    app = wait_for(lambda: app_of(pid), "the window of the service", LONG)
    wait_for(lambda: any(floor.relay.url in (node.get_name() or "")
                         for node in find_all(app, "label")), "the server's address", LONG)
    activate("Open", "(asa{sv})", (["mutabaa:place/desk"], {}))
    activate("ActivateAction", "(sava{sv})",
             ("open-link", [GLib.Variant("s", "mutabaa:place/desk")], {}))
    words = Words("ar")("The link is opened when you have signed in")
    wait_for(lambda: any(words in (node.get_name() or "") for node in find_all(app, "label")),
             words, LONG)
    again = subprocess.run([os.environ["MUTABAA_DESK"]], timeout=LONG, check=True)
    assert again.returncode == 0 and pid_of_service() == pid
    assert app.get_child_count() == 1
    os.kill(pid, 15)


if __name__ == "__main__":
    run_tests(globals())
