"""A department with its server, a wire that can be cut, and desks at the end of it.

The environment says where the programs are: MUTABAA_SERVER, MUTABAA_CTL and MUTABAA_DESK, and
the translations: MUTABAA_LOCALEDIR.
"""
import gettext
import os
import sqlite3
import subprocess
import sys
import time
import traceback
from contextlib import closing, suppress
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "server"))

import department  # noqa: E402
from department import password_of  # noqa: E402
from relay import Relay  # noqa: E402
from uidrive import (Focus, NotFound, Program, act, children, find, find_all, focused,  # noqa: E402
                     has_state, key, labels, move_focus, name, nameless, page, parents, pump, role,
                     screenshot, set_text, type_text, wait_for, x_window, xdotool)

LONG = 30.0
CAST = {
    "rima": ("agent", "north", "rima"),
    "hadi": ("supervisor", "north", None),
    "salma": ("quality", None, None),
    "nadia": ("manager", None, None),
    "karim": ("followup", None, None),
    "omar": ("field", None, None),
    "dima": ("finance", None, None),
    "tarek": ("department", None, None),
    "majd": ("admin", None, None),
}
NAMES = {"rima": "ريما الحلبي", "hadi": "هادي الشامي"}
AHMAD = "أحمد سامي الحلبي"
JUMANA = "جُمانة عبد الله"
SUBSCRIBERS = f"""\
account_number,username,name,telephone,package,tier,status,volume_allowed,volume_up,volume_down,volume_browsing,balance,currency,static_ip
C-2001,ahmad.halabi,{AHMAD},021 531 2019,منزلي 4 ميغا,120 غيغابايت,active,120000000000,4000000000,49000000000,8000000000,-150000,SYP,203.0.113.9
C-2002,jumana,{JUMANA},011 765 4321,منزلي 2 ميغا,40 غيغابايت,active,40000000000,1000000000,12000000000,3000000000,0,SYP,
C-2003,mustafa,مصطفى أحمد الأسعد,0933 123 456,منزلي 8 ميغا,200 غيغابايت,suspended,200000000000,1,2,3,0,SYP,
"""
ROWS = ("list item", "table row")
# GTK's own remarks that say nothing about the program.
HARMLESS = ("AT-SPI: Error in GetItems", "X connection to")


class Words:
    """The program's words in a language, by the words in its sources."""

    def __init__(self, language):
        self.language = language
        self.found = gettext.translation("mutabaa", os.environ["MUTABAA_LOCALEDIR"], [language],
                                         fallback=True)

    def __call__(self, words, context=None):
        return self.found.pgettext(context, words) if context else self.found.gettext(words)

    def digits(self, written):
        return str(written).translate(str.maketrans("0123456789", self("0123456789", "digits")))


class Desk(Program):
    """The desktop program, with a folder of its own that outlives it."""

    FINDER = "Find a customer by name, telephone, user name or account number"

    def __init__(self, url, folder, language="ar", options=(), **environment):
        super().__init__([os.environ["MUTABAA_DESK"], "--server", url, "--data", folder, *options],
                         language, **environment)
        self.data = folder
        self.words = Words(language)

    def __enter__(self):
        super().__enter__()
        self.window = find(self.app, "frame", timeout=LONG)
        wait_for(lambda: self.focused(), "the keyboard's focus", LONG)
        return self

    def __exit__(self, *error):
        if error[0] and "MUTABAA_PICTURES" in os.environ:
            screenshot(Path(os.environ["MUTABAA_PICTURES"], f"{Path(sys.argv[0]).stem}-{time.time():.0f}.png"))
        super().__exit__(*error)
        if error[0]:
            print("# the desk ended with", self.status, flush=True)
            print("# " + self.output().replace("\n", "\n# "), flush=True)
        complaints = [line for line in self.output().splitlines()
                      if ("WARNING" in line or "CRITICAL" in line or "ERROR" in line)
                      and not any(words in line for words in HARMLESS)]
        assert not complaints or error[0], complaints

    def start_again(self, *more):
        """The same program once more, which hands over what it was given and ends."""
        done = subprocess.run([*self.command, *more], env=self.environment, timeout=LONG,
                              check=True, capture_output=True, text=True)
        assert "CRITICAL" not in done.stderr, done.stderr

    def focused(self, root=None):
        """What has the keyboard's focus, in the window or in a part of it."""
        return focused(root or self.window)

    def come_forward(self):
        """Have the keyboard again, as the window manager's own keys give it."""
        xdotool("windowfocus", x_window(self.window))
        wait_for(lambda: has_state(self.window, "active"), "the keyboard", LONG)

    def focus_is(self, *names, root=None):
        """Wait until something of one of these names has the focus."""
        def look():
            node = self.focused(root)
            return node if node is not None and name(node) in names else None

        try:
            return wait_for(look, f"the focus on {names}", 3)
        except NotFound:
            # What was told may have been missed: all are asked then.
            Focus.told = None
            return wait_for(look, f"the focus on {names}", LONG)

    def find(self, role=None, name=None, **more):  # pylint: disable=redefined-outer-name
        return find(self.window, role, name, **{"timeout": LONG, **more})

    def page(self, title):
        return page(self.window, self.words(title))

    def says(self, words, root=None, timeout=LONG):
        """Wait for a label that is seen and has these words in it."""
        return wait_for(lambda: next((node for node in find_all(root or self.window, "label")
                                      if words in name(node)), None),
                        f"a label with “{words}”", timeout)

    def check_names(self, view):
        """A screen reader has a word for all of the windows, as soon as they have come to rest."""
        try:
            wait_for(lambda: not nameless(self.app), view, 5)
        except NotFound:
            raise AssertionError((view, nameless(self.app))) from None

    def try_sign_in(self, person, password=None):
        """By keyboard, from a sign-in page as it comes up or after it has refused."""
        self.person = person
        fields = self.words("User name"), self.words("Password")
        self.focus_is(*fields)
        # Who was last here is filled in a moment after the page has come, and the focus goes on.
        pump(0.5)
        if name(self.focus_is(*fields)) == self.words("Password"):
            key("shift+Tab")
        key("ctrl+a")
        type_text(person)
        key("Tab")
        type_text(password if password is not None else password_of(person))
        key("Return")

    def sign_in(self, person, password=None):
        self.try_sign_in(person, password)
        return self.places()

    def sign_out(self):
        act(self.window, "win.sign-out")
        self.focus_is(self.words("User name"))

    def places(self):
        return self.find("list", self.words("Places"))

    def key_of(self, title):
        """The key of one of the places."""
        wait_for(lambda: any(self.words(title) in row for row in self.rows("Places")), title, LONG)
        titles = [self.words(title) in row for row in self.rows("Places")]
        return f"alt+{titles.index(True) + 1}"

    def go(self, title):
        """Go to one of the places by its key."""
        key(self.key_of(title))

    def rows(self, title, root=None):
        """The labels of the rows of a list that is seen, a list each."""
        return [labels(row) for row in find_all(self.list(title, root), "list item")]

    def list(self, title, root=None):
        return find(root or self.window, "list", self.words(title), timeout=LONG)

    def search(self, typed, found):
        """From anywhere, by keyboard: find a customer and take the first who is found."""
        key("ctrl+f")
        self.focus_is(self.words(self.FINDER))
        type_text(typed)
        wait_for(lambda: self.found(found), f"{found} to be found for {typed}", LONG)
        key("Return")
        self.says(found, self.card())

    def found(self, customer):
        """Whether a customer is the first who was found."""
        return customer in next(iter(self.rows("Customers found")), ())

    def all(self, role=None, name=None):  # pylint: disable=redefined-outer-name
        return find_all(self.window, role, name)

    def wait_for_row(self, title, words):
        """Wait until a list has a row with a label of these words."""
        wait_for(lambda: any(words in row for row in self.rows(title)), f"{words} in {title}", LONG)

    def offline(self):
        """The beginning of how the notice says that there is no network."""
        return self.words("Offline since %s").partition("%s")[0].strip()

    def press(self, window, title):
        """Press a dialog's button."""
        act(find(window, "push button", self.words(title).replace("_", ""), timeout=LONG))

    def other_window(self, what):
        """Wait for a window beside the program's own."""
        return wait_for(lambda: next((top for top in children(self.app) if top != self.window),
                                     None), what, LONG)

    def save_file(self, path, said=None):
        """Say in the file chooser, as it comes, where to save, and wait until that is done."""
        chooser = self.other_window("the file chooser")
        set_text(find(chooser, "text", timeout=LONG), str(path))
        self.press(chooser, "_Save")
        if said is None:
            wait_for(path.exists, path, LONG)
        self.hears(said or self.words("The list was saved"))

    def record(self):
        return self.find("filler", "MtbCallDetail")

    def card(self):
        return self.find("filler", "MtbSubscriberCard")

    def form(self):
        return self.find("filler", "MtbCallForm")

    def foot(self):
        return self.find("filler", "MtbDutyButton")

    def open_foot(self):
        """What one can do about one's own state; the part about breaks."""
        key("ctrl+b")
        return find(self.foot(), "filler", "MtbBreakBox", timeout=LONG)

    def ask_break(self, choice=0, note=None):
        box = self.open_foot()
        reason = find(box, "combo box", self.words("Break for"), timeout=LONG)
        wait_for(lambda: self.focused(reason), "the focus on the reason", LONG)
        key("space", "Home", *["Down"] * choice, "Return")
        self.go_to("Note", box)
        if note is not None:
            type_text(note)
        key("Return")

    def hears(self, words):
        """Wait for a toast with these words in it."""
        wait_for(lambda: any(words in toast for toast in self.toasts()), f"the toast “{words}”", LONG)

    def field(self, title):
        """What one types into, and not the label above it."""
        return find(self.form(), "text", self.words(title), timeout=LONG)

    def fill_in(self, kind="انقطاع", resolution=1, notes=None, solved=True):
        """The form by keyboard, from the type of call on."""
        form = self.form()
        self.focus_is(self.words("Type of call"), root=form)
        type_text(kind)
        key("Return")
        self.focus_is(self.words("Resolution"), root=form)
        key("Down", *["Down"] * resolution, "Return")
        self.focus_is(self.words("Solved"), root=form)
        key("space" if solved else "Tab", *([] if solved else ["space"]))
        if notes is not None:
            self.go_to("Notes", form)
            type_text(notes)

    def go_to(self, title, root=None):
        """Press Tab until something of this name has the focus."""
        for _ in range(40):
            node = self.focused(root)
            if node is not None and name(node) == self.words(title).replace("_", ""):
                return
            move_focus()
        raise NotFound(f"{title} by Tab")

    def go_into(self, title):
        """Press Tab until a row of a list has the focus."""
        for _ in range(40):
            focused = self.focused()
            if focused and role(focused) in ROWS and any(name(node) == self.words(title)
                                                         for node in parents(focused)):
                return
            move_focus()
        raise NotFound(f"{title} by Tab")

    def save(self):
        key("ctrl+Return")
        self.says(self.words("No call in progress"), self.form())

    def toasts(self):
        """What is said over the window, found without a look at all that is in the window."""
        def look(node):
            if name(node) != "MtbWorkspace":
                yield node
                for child in children(node):
                    yield from look(child)

        return [name(node) for node in look(self.window) if role(node) == "label"]

    def count_customers(self):
        """How many customers the desk keeps: none while the file is taken away or has no tables yet."""
        count = 0
        for path in self.data.rglob("cache.db"):
            with suppress(sqlite3.OperationalError), \
                    closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True)) as database:
                count += database.execute("SELECT count(*) FROM subscriber").fetchone()[0]
        return count

    def read_drafts(self):
        """What the desk's files of what is begun say."""
        return "".join(path.read_text() for path in self.data.rglob("drafts-*.ini"))

    def log_call(self, typed, customer, **answers):
        self.search(typed, customer)
        self.fill_in(**answers)
        self.save()



class Floor(department.Department):
    """The department of the tests and its wire; it.desk_of(person) is a desk to open with `with`."""

    def __init__(self):
        self.holder, self.address = department.hold_address()
        super().__init__(cast=CAST, listen=self.address)
        self.import_subscribers(SUBSCRIBERS)
        for person, title in NAMES.items():
            self.ctl("user", "set", person, "--display-name", title)
        self.relay = Relay(self.url)

    def __exit__(self, *error):
        self.relay.__exit__(*error)
        super().__exit__(*error)

    def open(self, place="desk", language="ar", **environment):
        """The program at some place, which keeps what it had there before."""
        return Desk(self.relay.url, Path(self.folder.name, place), language, **environment)

    def eventually(self, count, sql, *values):
        wait_for(lambda: self.value(sql, *values) == count, f"{count} for {sql}", LONG)


def run_tests(names):
    """Runs every test_… of a module in the one department that they share, and speaks TAP."""
    cases = [case for title, case in names.items() if title.startswith("test_")]
    print(f"1..{len(cases)}", flush=True)
    failed = False
    with Floor() as floor:
        for number, case in enumerate(cases, 1):
            began = time.monotonic()
            try:
                case(floor)
                print("ok", number, case.__name__, f"# {time.monotonic() - began:.1f} s", flush=True)
            except Exception:  # pylint: disable=broad-except
                failed = True
                print("not ok", number, case.__name__, flush=True)
                print("# " + traceback.format_exc().replace("\n", "\n# "), flush=True)
    sys.exit(failed)
