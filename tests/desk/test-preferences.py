#!/usr/bin/python3
"""Each preference is chosen in its window, seen at once where it takes effect, and remembered."""
import subprocess
from pathlib import Path

from gi.repository import Gio, GLib

from floor import AHMAD, JUMANA, LONG, NAMES, Words, department, run_tests
from uidrive import (act, children, choose, click, close, extents, find, find_all, has_state, key, labels,
                     text, type_text, wait_for, xdotool)

WESTERN, ARABIC = "0123456789", "٠١٢٣٤٥٦٧٨٩"


def remembering(floor, place, language):
    """The program at some place, with preferences of its own that outlive it."""
    return floor.open(place, language, GSETTINGS_BACKEND="keyfile",
                      XDG_CONFIG_HOME=str(Path(floor.folder.name, place + "-config")))


def open_preferences(desk):
    """By their key."""
    key("ctrl+comma")
    return wait_for(lambda: next((top for top in children(desk.app) if top != desk.window), None),
                    "the preferences", LONG)


def close_preferences(desk, preferences):
    close(preferences)
    wait_for(lambda: desk.app.get_child_count() == 1, "the end of the preferences", LONG)


def prefer(desk, title, choice):
    """Choose, and leave the preferences open."""
    preferences = open_preferences(desk)
    choose(find(preferences, "combo box", desk.words(title), timeout=LONG), choice)
    return preferences


def chosen(desk, title):
    """What is chosen, and the preferences closed again."""
    preferences = open_preferences(desk)
    choice = labels(find(preferences, "combo box", desk.words(title), timeout=LONG))[-1]
    close_preferences(desk, preferences)
    return choice


def uses(desk, digits):
    """The digits in which the numbers of a list are written."""
    written = set("".join(sum(desk.rows("Today's calls"), []))) & set(WESTERN + ARABIC)
    return bool(written) and written <= set(digits)


def digits(floor, language, own, other, other_title):
    with floor.open("digits-" + language, language) as desk:
        desk.sign_in("rima")
        desk.log_call("جمانه", JUMANA)
        wait_for(lambda: uses(desk, own), own, LONG)
        desk.search("احمد الحلبي", AHMAD)
        desk.go_to("Notes")
        type_text("half")
        preferences = prefer(desk, "Digits", desk.words(other_title))
        close_preferences(desk, preferences)
        wait_for(lambda: uses(desk, other), other, LONG)
        wait_for(lambda: text(desk.field("Notes")) == "half", "what was begun", LONG)
        preferences = prefer(desk, "Digits", desk.words("As the language has them"))
        close_preferences(desk, preferences)
        wait_for(lambda: uses(desk, own), own, LONG)


def test_digits_in_arabic(floor):
    digits(floor, "ar", ARABIC, WESTERN, "Western: 0123")


def test_digits_in_english(floor):
    digits(floor, "en", WESTERN, ARABIC, "Arabic-Indic: ٠١٢٣")


def brightness():
    """Of the whole screen, from 0 to 1."""
    shot = subprocess.run(["import", "-window", "root", "-format", "%[fx:mean]", "info:-"],
                          check=True, capture_output=True, text=True)
    return float(shot.stdout)


def colours(floor, language):
    with remembering(floor, "colours-" + language, language) as desk:
        desk.sign_in("rima")
        preferences = prefer(desk, "Colours", desk.words("Dark"))
        wait_for(lambda: brightness() < 0.35, "the dark", LONG)
        close_preferences(desk, preferences)
    with remembering(floor, "colours-" + language, language) as desk:
        wait_for(lambda: brightness() < 0.35, "the dark, remembered", LONG)
        close_preferences(desk, prefer(desk, "Colours", desk.words("Light")))
        wait_for(lambda: brightness() > 0.6, "the light", LONG)


def line(desk):
    """How high the largest line of the sign-in page is."""
    return max(extents(node)[3] for node in desk.all("label", desk.words("Mutabaa")))


def text_size(floor, language):
    with remembering(floor, "size-" + language, language) as desk:
        usual = line(desk)
        close_preferences(desk, prefer(desk, "Size of the text", percent(desk, 200)))
        wait_for(lambda: line(desk) > 1.8 * usual, "large text", LONG)
    with remembering(floor, "size-" + language, language) as desk:
        wait_for(lambda: line(desk) > 1.8 * usual, "large text again", LONG)
        close_preferences(desk, prefer(desk, "Size of the text", percent(desk, 100)))
        wait_for(lambda: line(desk) == usual, "text as before", LONG)


def percent(desk, number):
    return desk.words.digits(number) + ("٪" if desk.words.language == "ar" else "%")


def test_colours_in_arabic(floor):
    colours(floor, "ar")


def test_colours_in_english(floor):
    colours(floor, "en")


def test_text_size_in_arabic(floor):
    text_size(floor, "ar")


def test_text_size_in_english(floor):
    text_size(floor, "en")


def come_back(desk, language):
    """The same process, begun anew."""
    before = desk.app
    desk.words = Words(language)
    desk.app = wait_for(lambda: (app := desk.look_up()) and app != before and app, "the restart", LONG)
    desk.window = find(desk.app, "frame", timeout=LONG)


def language_is_chosen(floor, before, after, title):
    """What was begun is there again, in the other language."""
    with remembering(floor, "language-" + before, before) as desk:
        desk.sign_in("rima")
        desk.search("احمد الحلبي", AHMAD)
        desk.go_to("Notes")
        type_text("half")
        preferences = prefer(desk, "Language of the windows", title)
        desk.press(preferences, "Start Again")
        come_back(desk, after)
        desk.sign_in("rima")
        wait_for(lambda: text(desk.field("Notes")) == "half", "what was begun", LONG)
        places = extents(desk.places())
        assert (places[0] > 300) == (after == "ar"), places
    with remembering(floor, "language-" + before, before) as desk:
        desk.words = Words(after)
        desk.sign_in("rima")
        preferences = prefer(desk, "Language of the windows", desk.words("The system's"))
        desk.press(preferences, "Start Again")
        come_back(desk, before)
        desk.sign_in("rima")


def test_arabic_where_the_system_is_english(floor):
    language_is_chosen(floor, "en", "ar", "العربية")


def test_english_where_the_system_is_arabic(floor):
    language_is_chosen(floor, "ar", "en", "English")


def test_the_window_and_the_last_place(floor):
    with remembering(floor, "place", "ar") as desk:
        desk.sign_in("rima")
        desk.go("Records of Calls")
        desk.says(desk.words("No Record Chosen"))
        window = xdotool("search", "--all", "--onlyvisible", "--pid", desk.process.pid, "--name",
                         desk.words("Mutabaa")).split()[-1]
        usual = extents(desk.window)[2:]
        xdotool("windowsize", window, 1300, 650)
        wait_for(lambda: extents(desk.window)[2:] != usual, "another size", LONG)
        size = extents(desk.window)[2:]
        close(desk.window)
        assert desk.wait(LONG) == 0
    with remembering(floor, "place", "ar") as desk:
        assert extents(desk.window)[2:] == size
        desk.sign_in("rima")
        desk.says(desk.words("No Record Chosen"))
        desk.sign_out()
        desk.sign_in("hadi")
        desk.says(desk.words("Waiting now"))


# The screen itself, and where it has no window.
ROOT = xdotool("search", "--maxdepth", 0, "").split()[0]
OUTSIDE = 1340, 750


def look_at(desk):
    """Give the window the keyboard, which without a window manager it has not after a dialog."""
    windows = xdotool("search", "--all", "--onlyvisible", "--pid", desk.process.pid, "--name",
                      desk.words("Mutabaa")).split()
    xdotool("windowfocus", windows[-1])
    wait_for(lambda: has_state(desk.window, "active"), "the focus", LONG)


def look_elsewhere(desk):
    """Neither the keyboard nor the pointer is in the window."""
    xdotool("mousemove", *OUTSIDE)
    xdotool("windowfocus", ROOT)
    wait_for(lambda: not has_state(desk.window, "active"), "no focus", LONG)


def empty(desk):
    """What is kept here, by the button; it is said what stays."""
    preferences = open_preferences(desk)
    desk.says("م.ب" if desk.words.language == "ar" else "MB", preferences)
    desk.press(preferences, "Empty…")
    question = wait_for(lambda: next((top for top in children(desk.app)
                                      if top not in (desk.window, preferences)), None),
                        "the question", LONG)
    desk.says(desk.words("Empty What Is Kept Here?"), question)
    desk.press(question, "Empty")
    wait_for(lambda: desk.app.get_child_count() == 2, "the end of the question", LONG)
    close_preferences(desk, preferences)
    look_at(desk)


def emptied(floor, language):
    """What waits to be sent stays, and the rest comes again."""
    with floor.open("stock-" + language, language) as desk:
        desk.sign_in("rima")
        desk.search("جمانه", JUMANA)
        floor.relay.cut()
        desk.says(desk.offline())
        desk.fill_in(notes=language)
        desk.save()
        empty(desk)
        key("ctrl+f")
        type_text("احمد")
        wait_for(lambda: not desk.found(AHMAD), "no customers", LONG)
        key("Escape")
        floor.relay.restore()
        floor.eventually(1, "SELECT count(*) FROM call WHERE notes = ?", language)
        desk.search("احمد الحلبي", AHMAD)


def test_emptied_in_arabic(floor):
    emptied(floor, "ar")


def test_emptied_in_english(floor):
    emptied(floor, "en")


class Notifications:
    """What the desktop would show, of a session that has none."""

    NAME = "org.freedesktop.Notifications"
    PATH = "/org/freedesktop/Notifications"
    METHODS = f"""<node><interface name="{NAME}">
      <method name="GetCapabilities"><arg type="as" direction="out"/></method>
      <method name="CloseNotification"><arg type="u" direction="in"/></method>
      <method name="Notify">
        <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
        <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
        <arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/>
        <arg type="u" direction="out"/></method></interface></node>"""

    def __init__(self):
        self.shown = []
        self.closed = []
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        interface = Gio.DBusNodeInfo.new_for_xml(self.METHODS).interfaces[0]
        self.bus.register_object(self.PATH, interface, self.answer)
        Gio.bus_own_name_on_connection(self.bus, self.NAME, Gio.BusNameOwnerFlags.NONE)

    def answer(self, _bus, _sender, _path, _interface, method, arguments, call):
        if method == "Notify":
            self.shown.append(arguments.unpack()[4])
            call.return_value(GLib.Variant("(u)", (len(self.shown),)))
        else:
            self.closed += arguments.unpack()
            call.return_value(GLib.Variant("(as)", (["body"],)) if "Get" in method else None)

    def click(self, words):
        """What a notification is for: it was chosen."""
        number = len(self.shown) - self.shown[::-1].index(words)
        self.bus.emit_signal(None, self.PATH, self.NAME, "ActionInvoked",
                             GLib.Variant("(us)", (number, "default")))


def leave_note(floor, text_of_it):
    """On the latest call of all."""
    call = department.call(floor, started_at=department.stamp(), ended_at=department.stamp())
    floor.sign_in("rima").apply("call.log", call)
    floor.sign_in("hadi").apply("note.add", {"id": department.new_id(), "call_id": call["id"],
                                             "text": text_of_it})


def is_told(desk, desktop, words):
    """And of nothing else."""
    wait_for(lambda: words in desktop.shown, words, LONG)
    assert set(desktop.shown) == {words}, desktop.shown
    desktop.click(words)


def want_notifications(floor, desk):
    """The desktop that shows them."""
    desktop = floor.desktop = getattr(floor, "desktop", None) or Notifications()
    desktop.shown.clear()
    desktop.closed.clear()
    preferences = open_preferences(desk)
    switch = act(find(preferences, "check box", timeout=LONG))
    wait_for(lambda: has_state(switch, "checked"), "the switch", LONG)
    close_preferences(desk, preferences)
    look_at(desk)
    return desktop


def read_latest(desk, words):
    """In the record of the latest call, which comes to the list in its time."""
    desk.go("Records of Calls")
    records = desk.page("Records of Calls")

    def is_read():
        click(next(find_all(records, "table cell")))
        return any(words in label for label in labels(desk.record()))

    wait_for(is_read, words, LONG)


def notified(floor, language):
    """Who prefers it is told, while they look elsewhere, and comes to what it is about."""
    with floor.open("notified-" + language, language) as desk:
        desk.sign_in("rima")
        words = desk.words("A note came from %s") % NAMES["hadi"]
        desktop = want_notifications(floor, desk)
        leave_note(floor, f"أولى {language}")
        wait_for(lambda: any(desk.words("Records of Calls") in row and len(row) > 1
                             for row in desk.rows("Places")), "the badge", LONG)
        read_latest(desk, f"أولى {language}")
        assert not desktop.shown
        look_elsewhere(desk)
        leave_note(floor, "ثانية")
        is_told(desk, desktop, words)
        desk.says("ثانية", desk.record())


def test_notified_in_arabic(floor):
    notified(floor, "ar")


def test_notified_in_english(floor):
    notified(floor, "en")


def test_nothing_is_left_for_who_comes_next(floor):
    with floor.open("notified-left", "ar") as desk:
        desk.sign_in("rima")
        desktop = want_notifications(floor, desk)
        look_elsewhere(desk)
        leave_note(floor, "ثالثة")
        wait_for(lambda: desktop.shown, "the notification", LONG)
        act(desk.window, "win.sign-out")
        wait_for(lambda: desktop.closed == [len(desktop.shown)], "the end of the notification", LONG)


def test_notified_of_what_was_refused(floor):
    with floor.open("notified-refused", "ar") as desk:
        desk.sign_in("rima")
        words = desk.words.digits(desk.words.found.ngettext(
            "%u record was refused", "%u records were refused", 1).replace("%u", "1"))
        desktop = want_notifications(floor, desk)
        desk.search("احمد الحلبي", AHMAD)
        floor.relay.cut()
        desk.says(desk.offline())
        desk.fill_in("انقطاع متكرر")
        desk.save()
        floor.write("UPDATE call_type SET active = 0 WHERE name = 'انقطاع متكرر'")
        look_elsewhere(desk)
        floor.relay.restore()
        is_told(desk, desktop, words)
        desk.says(desk.words("This type of call is no longer in use"))


def test_notified_of_a_break(floor):
    with floor.open("notified-break", "en") as desk:
        desk.sign_in("rima")
        words = desk.words("Refused: %s", "break") % "لاحقاً"
        desktop = want_notifications(floor, desk)
        desk.press(desk.find("filler", "MtbDutyNotice"), "Begin Shift")
        desk.says(desk.words("Available"), desk.foot())
        desk.ask_break(choice=1)
        floor.eventually(1, "SELECT count(*) FROM auxiliary WHERE status = 'asked'")
        look_elsewhere(desk)
        floor.sign_in("hadi").apply("auxiliary.refuse", {
            "id": floor.value("SELECT id FROM auxiliary"), "word": "لاحقاً",
            "presence_id": department.new_id()})
        is_told(desk, desktop, words)
        desk.says(desk.words("Available"), desk.foot())


def test_without_a_schema(floor):
    """It says so once, and works from the defaults."""
    with floor.open("bare", "ar", GSETTINGS_SCHEMA_DIR="/nowhere") as desk:
        desk.sign_in("rima")
        close_preferences(desk, prefer(desk, "Digits", desk.words("Western: 0123")))
        assert chosen(desk, "Digits") == desk.words("Western: 0123")
        assert desk.output().count("the schema org.mutabaa.Mutabaa is not installed") == 1


if __name__ == "__main__":
    run_tests(globals())
