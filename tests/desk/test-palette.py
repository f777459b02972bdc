#!/usr/bin/python3
"""Ctrl+K finds and does anything: places, acts, people, customers and records, in both languages, also
under the Arabic keyboard layout and without the server."""
import subprocess

from floor import AHMAD, LONG, NAMES, department, run_tests
from uidrive import children, has_state, key, labels, text, type_text, wait_for, walk, xdotool

# The physical key of the letter K, whatever the layout has on it.
KEY_OF_K = 45
OMAR = "عمر الأحمد"


def other_window(desk):
    return wait_for(lambda: next((top for top in children(desk.app) if top != desk.window), None),
                    "the palette", LONG)


def closed(desk):
    wait_for(lambda: desk.app.get_child_count() == 1, "the end of the palette", LONG)


def open_palette(desk, *keys):
    key(*keys or ("ctrl+k",))
    palette = other_window(desk)
    desk.focus_is(desk.words("Find or do anything"), root=palette)
    return palette


def marked(palette):
    """What Return would choose."""
    return next((labels(node) for node in walk(palette)
                 if node.get_role_name() == "list item" and has_state(node, "selected")), [])


def choose(desk, typed, found):
    """Type, until that is the marked one, and take it."""
    palette = open_palette(desk)
    type_text(typed)
    wait_for(lambda: found in marked(palette), f"{found} for {typed}", LONG)
    key("Return")
    closed(desk)


def move_to(palette, title):
    for _ in range(40):
        if title in marked(palette):
            return
        key("Down")
    raise AssertionError((title, labels(palette)))


def test_places_and_acts_in_either_language(floor):
    for language, place, act in (("ar", "تسجيلات", "بدء مكالمه"), ("en", "records", "start a n")):
        with floor.open(language, language) as desk:
            desk.sign_in("rima")
            palette = open_palette(desk)
            desk.check_names("the palette")
            said = labels(palette)
            for words in ("Places", "Acts", "My Desk", "Start a new call", "Begin Shift"):
                assert desk.words(words) in said, (words, said)
            # Neither what cannot be done now, nor what another place does.
            for words in ("The talk has ended", "Save the report as a file"):
                assert desk.words(words) not in said, (words, said)
            key("Escape")
            closed(desk)
            choose(desk, place, desk.words("Records of Calls"))
            desk.focus_is(desk.words("Filter by customer or notes"))
            choose(desk, "my desk" if language == "en" else "مكتبي", desk.words("My Desk"))
            choose(desk, act, desk.words("Start a new call"))
            desk.says(desk.words("On a call"), desk.form())
            # Arabic finds English words too.
            choose(desk, "talk", desk.words("The talk has ended"))
            desk.says(desk.words("After-call work"), desk.form())
            desk.go_to("Discard")
            key("space")


def test_customers_and_records_open(floor):
    floor.sign_in("rima").apply("call.log", department.call(floor, notes="حجب المنفذ"))
    with floor.open("found") as desk:
        desk.sign_in("rima")
        choose(desk, "احمد الحلبي", AHMAD)
        desk.says(AHMAD, desk.card())
        choose(desk, "حجب", OMAR)
        desk.says("حجب المنفذ", desk.record())


def test_people_open_their_records(floor):
    with floor.open("leader") as desk:
        desk.sign_in("hadi")
        palette = open_palette(desk)
        type_text("ريما")
        wait_for(lambda: NAMES["rima"] in marked(palette), "the person", LONG)
        key("Return")
        closed(desk)
        desk.says(NAMES["rima"], desk.page("Records of Calls"))


def test_nobody_is_offered_what_is_not_theirs(floor):
    with floor.open("leader") as desk:
        desk.sign_in("dima")
        palette = open_palette(desk)
        type_text("احمد")
        desk.says(desk.words("Nothing Found"), palette)
        desk.check_names("nothing found")
        key("Escape")
        closed(desk)


def test_without_the_server(floor):
    with floor.open("found") as desk:
        desk.sign_in("rima")
        floor.relay.cut()
        desk.says(desk.offline())
        palette = open_palette(desk)
        type_text("احمد الحلبي")
        wait_for(lambda: AHMAD in marked(palette), AHMAD, LONG)
        desk.says(desk.words("The server cannot be reached: only what this desk keeps is searched."),
                  palette)
        key("Return")
        closed(desk)
        desk.says(AHMAD, desk.card())
        floor.relay.restore()


def test_the_arrow_keys_move(floor):
    with floor.open("found") as desk:
        desk.sign_in("rima")
        palette = open_palette(desk)
        move_to(palette, desk.words("About Mutabaa"))
        key("Up")
        assert desk.words("About Mutabaa") not in marked(palette)
        move_to(palette, desk.words("These shortcuts"))
        key("Return")
        wait_for(lambda: desk.words("Write up the call that has waited longest")
                 in labels(other_window(desk)), "the shortcuts", LONG)
        key("Escape")
        closed(desk)


def test_under_the_arabic_layout(floor):
    with floor.open("found") as desk:
        desk.sign_in("rima")
        subprocess.run(["setxkbmap", "-layout", "ara,us"], check=True)
        try:
            xdotool("key", f"ctrl+{KEY_OF_K}")
            palette = other_window(desk)
            entry = desk.focus_is(desk.words("Find or do anything"), root=palette)
            xdotool("key", KEY_OF_K)
            wait_for(lambda: text(entry) == "ن", "an Arabic letter", LONG)
        finally:
            subprocess.run(["setxkbmap", "-layout", "us,ara"], check=True)
        key("Escape")
        closed(desk)


if __name__ == "__main__":
    run_tests(globals())
