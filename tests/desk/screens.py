#!/usr/bin/python3
"""The tour: signs in as each role and leaves a picture of each view and each state in a folder.

Runs under session.sh with WM=metacity, in front of the server of a demonstration department.
"""
import argparse
import os
import sqlite3
import subprocess
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import urlsplit

from floor import LONG, Desk, department
from live import Live
from relay import Relay
from uidrive import (act, children, choose, click, close, find, find_all, key, labels, name, pump,
                     screenshot, type_text, wait_for, xdotool)

PASSWORD = "mutabaa-demo"
READERS = {"salma": "quality", "karim": "followup", "omar": "field", "dima": "finance",
           "tarek": "department"}
SCHEMES = {"light": "prefer-light", "dark": "prefer-dark"}
RETIRED = "انقطاع متكرر"
NOTE = "أحسنت الاستماع. اذكري للزبون في المرة القادمة الوقت المتوقع للإصلاح."


class Tour(Desk):
    """The one desk that goes through all the views."""

    def __init__(self, given, url, folder, **environment):
        os.environ["MUTABAA_DESK"] = given.desk
        super().__init__(url, folder, given.language, ["--demo"],
                         ADW_DEBUG_COLOR_SCHEME=SCHEMES[given.scheme], **environment)
        self.folder = Path(given.folder)
        self.scheme = given.scheme

    def __enter__(self):
        super().__enter__()
        act(self.window, "window.toggle-maximized")
        self.hide_pointer()
        return self

    def hide_pointer(self):
        xdotool("mousemove", 1, 767)

    def take(self, title):
        """A picture, when all has come to rest and a screen reader has a word for all of it; what it
        says is the same in the dark."""
        self.hide_pointer()
        pump(0.5)
        if self.scheme == "light":
            self.check_names(title)
        screenshot(self.folder / f"{title}.png")

    def enter(self, person):
        self.sign_in(person, PASSWORD)

    def sign_out(self):
        """Whoever is on shift is asked whether to end it."""
        act(self.window, "win.sign-out")

        def look():
            question = next((top for top in children(self.app) if top != self.window), None)
            if question is not None:
                self.press(question, "Only Sign Out")
            node = self.focused()
            return node is not None and name(node) == self.words("User name")
        wait_for(look, "the sign-in page", LONG)

    def close_other(self, title):
        """A picture of what has opened, and its end."""
        opened = self.other_window()
        self.take(title)
        close(opened)
        wait_for(lambda: self.app.get_child_count() == 1, f"the end of {title}", LONG)

    def first_row(self, title):
        rows = self.list(title)
        return wait_for(lambda: next(find_all(rows, "list item"), None), f"a row of {title}", LONG)

    def other_window(self):
        """What has opened beside the window."""
        return wait_for(lambda: next((top for top in children(self.app) if top != self.window),
                                     None), "another window", LONG)

    def begin_call(self, typed, notes, kind=None):
        """A call as it is being written down."""
        key("ctrl+n")
        self.says(self.words("On a call"), self.form())
        type_text(typed)
        self.first_row("Customers found")
        key("Return")
        self.focus_is(self.words("Type of call"))
        if kind is not None:
            self.fill_in(kind, 1, notes, solved=False)

    def save_call(self):
        key("ctrl+Return")
        self.says(self.words("No call in progress"), self.form())


def take_sign_in(tour):
    tour.take("sign-in")
    tour.try_sign_in("rima", "mutabaa")
    tour.says(tour.words("The user name or the password is wrong"))
    tour.take("sign-in-refused")


def take_calls(tour, customer):
    key("Escape", "ctrl+n")
    type_text("احمد")
    tour.first_row("Customers found")
    tour.take("agent-search")
    key("ctrl+a")
    type_text(customer)
    wait_for(lambda: tour.found(customer), customer, LONG)
    key("Return")
    tour.says(customer, tour.form())
    tour.take("agent-card")
    type_text("انقطاع")
    tour.take("agent-type")
    key("ctrl+a", "BackSpace")
    tour.fill_in(RETIRED, 1, "ينقطع الاتصال مساءً منذ ثلاثة أيام، أعيد ضبط الموجّه.", solved=True)
    tour.take("agent-call")
    tour.save_call()
    tour.take("agent-saved")


def take_write_up(tour):
    key("F2")
    tour.says(tour.words("Writing up a call"), tour.form())
    tour.take("agent-write-up")
    type_text("انقطاع")
    key("Return", "Escape", "Escape")
    tour.first_row("Begun, not saved")
    tour.take("agent-begun")
    key("ctrl+n", "ctrl+shift+n")
    type_text("نبيل الجديد")
    tour.take("agent-prospect")
    key("Escape")


def open_record(tour):
    click(tour.first_row("Today's calls"))
    return find(tour.record(), "push button", tour.words("Correct"), timeout=LONG)


def take_state(tour):
    """What an agent sees of their own state, and how they ask for a break."""
    tour.open_foot()
    tour.take("state")
    key("Escape")
    tour.ask_break(choice=1)
    tour.open_foot()
    tour.take("state-asked")
    key("Escape")


def take_notes(tour):
    tour.go("Records of Calls")
    records = tour.page("Records of Calls")
    tour.take("notes-unread")
    tour.press(records, "Read")
    tour.says(NOTE, tour.record())
    tour.take("note-read")
    tour.go("My Desk")


def open_document(tour, number):
    tour.go("Documents")
    click(wait_for(lambda: next((row for row in find_all(tour.list("Documents"), "list item")
                                 if any(number in label for label in labels(row))), None),
                   number, LONG))


def take_documents(tour):
    """What the staff read."""
    open_document(tour, "QP-14")
    pump(0.5)
    tour.take("documents")
    act(tour.find("push button", tour.words("I Have Read It")))
    tour.hears(tour.words("Noted that you have read it"))
    tour.take("document-read")
    open_document(tour, "WI-14-01")
    tour.says(tour.words("Its text has not been entered yet"))
    tour.take("document-missing")
    tour.go("My Desk")


def take_record(tour):
    """A record of today, corrected; returns its customer."""
    customer = labels(tour.first_row("Today's calls"))[1]
    tour.take("agent-desk")
    correct = open_record(tour)
    tour.take("record")
    act(correct)
    tour.says(tour.words("Correcting a record"), tour.form())
    tour.focus_is(tour.words("Notes"), root=tour.form())
    key("ctrl+End")
    type_text(" وسيُعاد الاتصال به غدا.")
    tour.take("record-correcting")
    tour.save_call()
    open_record(tour)
    tour.take("record-amended")
    return customer


def take_windows(tour):
    key("F10")
    tour.take("menu")
    key("Escape")
    for title in "preferences", "shortcuts", "about":
        act(tour.window, "win." + title)
        tour.close_other(title)


def take_palette(tour):
    """The places and acts of an agent, and what is found by a name."""
    key("ctrl+k")
    palette = tour.other_window()
    tour.take("palette")
    type_text("محمد")
    wait_for(lambda: tour.words("Customers") in labels(palette), "customers", LONG)
    tour.take("palette-found")
    type_text("ظظظ")
    tour.says(tour.words("Nothing Found"), palette)
    tour.take("palette-nothing")
    key("Escape")
    wait_for(lambda: tour.app.get_child_count() == 1, "the end of the palette", LONG)


def refused_button(tour):
    """What leads from there to the two that were refused."""
    words = tour.words.found.ngettext("%u record was refused", "%u records were refused", 2)
    return tour.find("push button", label=tour.words.digits(words.replace("%u", "2")))


def take_offline(tour, relay):
    relay.cut()
    tour.says(tour.offline())
    for typed, notes in ("سليمان", "لا يعمل الاتصال منذ الصباح."), ("محمد", "ينقطع كل ساعة."):
        tour.begin_call(typed, notes, RETIRED)
        tour.save_call()
    tour.take("offline")
    act(tour.find("filler", "MtbSyncButton"))
    tour.take("offline-detail")
    key("Escape")


def look_up(session, sql, *values):
    """The first row of an answer, off what the server sends to a new desk."""
    with tempfile.NamedTemporaryFile(suffix=".db") as file:
        file.write(session.take_snapshot()[0]["own"])
        file.flush()
        with closing(sqlite3.connect(file.name)) as database:
            return database.execute(sql, values).fetchone()


def find_type(session, title):
    fields = "id", "parent_id", "name", "name_en", "suits_s", "position"
    return dict(zip(fields, look_up(
        session, f"SELECT {', '.join(fields)} FROM call_type WHERE name = ?", title)))


def leave_note(session, person):
    """On the latest record of somebody."""
    call, = look_up(session, "SELECT c.id FROM call c JOIN person p ON p.id = c.person_id"
                             " WHERE p.username = ? ORDER BY c.started_at DESC", person)
    session.apply("note.add", {"id": department.new_id(), "call_id": call, "text": NOTE})


def let_wait(given):
    """Three callers wait now."""
    now = int(time.time())
    with tempfile.NamedTemporaryFile("w", suffix=".log") as log:
        for seconds, queue in (74, "support"), (31, "support"), (12, "corporate"):
            log.write(f"{now - seconds}|{given.scheme}.{seconds}|{queue}|NONE|ENTERQUEUE||09331234{seconds}|1\n")
        log.flush()
        subprocess.run([given.ctl, "--database", given.database, "import", "queue-log", log.name],
                       check=True, stdout=subprocess.DEVNULL)


def take_floor(tour, given, relay):
    """What a supervisor sees happen."""
    with ExitStack() as stack:
        for person in "rima", "samer", "lina", "dana":
            stack.enter_context(Live(urlsplit(given.server).netloc,
                                     sign_in(given.server, person).token))
        let_wait(given)
        tour.enter("hadi")
        tour.says(tour.words("longest %s").partition("%s")[0].strip())
        pump(1.0)
        tour.take("floor")
        request = wait_for(lambda: next(find_all(tour.list("Auxiliary asked for"), "list item"), None),
                           "a request", LONG)
        act(find(request, "push button", tour.words("_Refuse").replace("_", "")))
        tour.says(tour.words("Say why it is refused"), request)
        tour.take("floor-refusing")
    act(next(node for node in tour.all("push button")
             if tour.words("Unanswered today") in name(node)))
    tour.close_other("floor-calls")
    relay.cut()
    tour.says(tour.offline())
    tour.take("floor-offline")
    relay.restore()
    tour.says(tour.words("_Approve").replace("_", ""))


def take_reports(tour):
    tour.go("Reports")
    page = tour.find("filler", "MtbReportsPage")
    wait_for(lambda: len([row for row in find_all(page, "table row") if labels(row)]) > 2,
             "the figures", LONG)
    tour.take("reports")
    for by in "By agent", "By type of call", "By half-hour":
        choose(next(node for node in tour.all("combo box", tour.words("A row for each"))),
               tour.words(by))
        pump(0.5)
        tour.take("reports-" + by.split()[1])


def take_supervisor(tour, given, relay):
    take_floor(tour, given, relay)
    tour.go("Records of Calls")
    click(wait_for(lambda: next(find_all(tour.page("Records of Calls"), "table cell"), None),
                   "a record", LONG))
    tour.take("supervisor-record")
    take_reports(tour)
    tour.sign_out()


def take_controlled_documents(tour, relay):
    """What the manager has beside the text: who has read it, a new version, which is not issued."""
    open_document(tour, "QP-14")
    pump(0.5)
    tour.take("manager-document")
    for title in "Who has read it", "New version":
        click(next(node for node in tour.all(name=tour.words(title))
                   if node.get_role_name() != "label"))
        pump(0.5)
        tour.take("document-" + title.lower().replace(" ", "-"))
    relay.cut()
    tour.says(tour.offline())
    tour.take("document-offline")
    relay.restore()
    tour.find("push button", ". ".join((tour.words("Connected"),
                                        tour.words("Nothing waits to be sent."))))


def take_manager(tour, relay):
    tour.enter("nadia")
    pump(1.0)
    tour.take("manager-floor")
    tour.go("Department")
    for title in "Waiting threshold", "Types of call", "Teams":
        click(next(node for node in tour.all(name=tour.words(title))
                   if node.get_role_name() != "label"))
        pump(0.5)
        tour.take("department-" + title.lower().replace(" ", "-"))
    take_controlled_documents(tour, relay)
    tour.go("Refused")
    tour.take("refused-none")
    tour.sign_out()


def sign_in(server, person):
    """A session beside the windows."""
    client = department.Client(urlsplit(server).netloc)
    answer = client.ask("POST", "/v1/session", {"username": person, "password": PASSWORD,
                                                "desk": "screens"})
    return department.Desk(urlsplit(server).netloc, answer)


def open_refused(tour):
    """Pressed again where a popover that was still closing has eaten the key."""
    def look():
        tour.go("Refused")
        pump(0.5)
        return next(find_all(tour.window, "filler", "MtbRefusedPage"), None)
    return wait_for(look, "the page of what was refused", LONG)


def take_refused(tour):
    mend = find(open_refused(tour), "push button", tour.words("Mend"), timeout=LONG)
    tour.take("refused")
    act(mend)
    tour.says(tour.words("Mending what was refused"), tour.form())
    tour.take("refused-mending")
    tour.go("Refused")
    act(next(tour.all("push button", tour.words("Drop"))))
    tour.hears(tour.words("Dropped, and whatever builds on it"))
    tour.take("refused-dropped")
    key("ctrl+z")


def take_readers(tour):
    for person, job in READERS.items():
        tour.enter(person)
        pump(1.0)
        tour.take(job)
        tour.sign_out()


def take_people(tour):
    """Somebody new with a password, who is asked about before they go."""
    tour.take("people")
    key("ctrl+n")
    tour.focus_is(tour.words("Name"))
    type_text("Widad")
    key("ctrl+Return")
    tour.says(tour.words("This is needed"))
    tour.take("people-new")
    type_text("widad")
    key("ctrl+Return")
    tour.other_window()
    tour.take("people-password")
    key("Escape")
    wait_for(lambda: tour.app.get_child_count() == 1, "the end of the password", LONG)
    act(tour.find("push button", tour.words("Deactivate…")))
    tour.other_window()
    tour.take("people-deactivate")
    key("Escape")
    key("ctrl+f")
    type_text("zzz")
    tour.says(tour.words("Nothing fits"))
    tour.take("people-nothing-fits")
    key("ctrl+a", "BackSpace")


def take_sessions(tour):
    tour.go("Signed In")
    rows = tour.find("filler", "MtbSessionsPage")
    click(wait_for(lambda: next(find_all(rows, "table cell"), None), "a sign-in", LONG))
    tour.take("sessions")
    act(tour.find("push button", tour.words("End and Empty the Desk…")))
    tour.other_window()
    tour.take("sessions-empty")
    key("Escape")
    wait_for(lambda: tour.app.get_child_count() == 1, "the end of the question", LONG)


def take_admin(tour, relay):
    tour.enter("majd")
    take_people(tour)
    take_sessions(tour)
    for title in "Teams", "Connections", "Settings":
        tour.go(title)
        tour.take("admin-" + title.lower())
    act(tour.window, "win.change-password")
    tour.close_other("change-password")
    relay.cut()
    tour.says(tour.offline())
    for title in "People", "Teams", "Signed In", "Connections", "Settings":
        tour.go(title)
        tour.take("offline-" + title.lower().replace(" ", "-"))
    relay.restore()
    tour.sign_out()


def take_password_change(tour, given):
    """What whoever has a temporary password sees first."""
    admin = sign_in(given.server, "majd")
    person, = look_up(admin, "SELECT id FROM person WHERE username = 'salma'")
    answer = admin.ask("POST", f"/v1/people/{person}/password")
    tour.try_sign_in("salma", answer.json["password"])
    tour.says(tour.words("Choose a Password of Your Own"))
    tour.take("password-change")


def take_all(tour, given, relay):
    manager = sign_in(given.server, "nadia")
    leave_note(manager, "rima")
    take_sign_in(tour)
    tour.enter("rima")
    take_state(tour)
    take_notes(tour)
    take_documents(tour)
    customer = take_record(tour)
    take_calls(tour, customer)
    take_write_up(tour)
    take_windows(tour)
    take_palette(tour)
    take_offline(tour, relay)
    retired = find_type(manager, RETIRED)
    manager.apply("call_type.put", {**retired, "active": False})
    relay.restore()
    act(tour.find("filler", "MtbSyncButton"))
    act(tour.find("push button", tour.words("Try Now")))
    act(refused_button(tour))
    take_refused(tour)
    manager.apply("call_type.put", {**retired, "active": True})
    act(tour.window, "win.sign-out")
    tour.close_other("sign-out")
    tour.sign_out()
    take_supervisor(tour, given, relay)
    take_manager(tour, relay)
    take_readers(tour)
    take_admin(tour, relay)
    take_password_change(tour, given)


def take_places(tour, person, size):
    """Each place of somebody's; large text folds the sidebar, so by their keys."""
    tour.enter(person)
    for place in range(len(list(find_all(tour.places(), "list item")))):
        key(f"alt+{place + 1}")
        pump(1.0)
        tour.take(f"{size}-{person}-{place + 1}")
    tour.sign_out()


def take_large(tour):
    """With strong contrast, and text of twice the size: what does not fit is scrolled to."""
    for person in "rima", "nadia":
        take_places(tour, person, "contrast")
    key("ctrl+comma")
    preferences = tour.other_window()
    percent = {"ar": "٢٠٠٪", "en": "200%"}[tour.words.language]
    choose(find(preferences, "combo box", tour.words("Size of the text")), percent)
    tour.close_other("large-preferences")
    tour.take("large-sign-in")
    for person in "rima", "hadi", "nadia", "majd":
        take_places(tour, person, "large")
    tour.enter("rima")
    key("alt+1")
    tour.begin_call("محمد", "ينقطع كل ساعة.", RETIRED)
    tour.take("large-call")
    tour.save_call()
    act(tour.window, "win.shortcuts")
    tour.close_other("large-shortcuts")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desk", required=True, help="the desktop program")
    parser.add_argument("--server", required=True, help="the server's address")
    parser.add_argument("--ctl", required=True, help="the administrator's command line")
    parser.add_argument("--database", required=True, help="the server's database")
    parser.add_argument("--language", choices=("ar", "en"), default="ar")
    parser.add_argument("--scheme", choices=SCHEMES, default="light")
    parser.add_argument("folder", help="where the pictures go")
    return parser.parse_args()


if __name__ == "__main__":
    arguments = parse_arguments()
    with tempfile.TemporaryDirectory() as data, Relay(arguments.server) as wire:
        with Tour(arguments, wire.url, Path(data, "desk")) as it:
            take_all(it, arguments, wire)
        with Tour(arguments, wire.url, Path(data, "large"), ADW_DEBUG_HIGH_CONTRAST="1") as it:
            take_large(it)
