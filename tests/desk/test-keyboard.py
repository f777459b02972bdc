#!/usr/bin/python3
"""Keys reach all of a window, and its digits are the language's."""
import gettext
import re

from floor import AHMAD, LONG, department, run_tests
from uidrive import (act, has_size, has_state, key, labels, move_focus, name, parents, role,
                     wait_for, walk, where)

PRESSED = ("push button", "toggle button", "text", "entry", "combo box")
# The window's own buttons have their keys from the desktop.
WINDOW = ("Minimize", "Maximize", "Close")
WESTERN, ARABIC = re.compile("[0-9]"), re.compile("[٠-٩]")


def focused(desk):
    return wait_for(desk.focused, "something that has the focus", LONG)


def walk_by_tab(desk):
    """Where Tab leads until it comes round; what a trap keeps it from is missed then."""
    seen = [focused(desk)]
    for _ in range(120):
        move_focus()
        node = focused(desk)
        if node in seen:
            return seen
        seen.append(node)
    raise AssertionError("Tab does not come round: " + "; ".join(map(where, seen)))


def missed(desk, seen):
    """What can be pressed or written in, and Tab did not come to."""
    gtk = gettext.translation("gtk40", languages=[desk.words.language], fallback=True)
    came = {(role(node), name(node)) for node in seen}
    came |= {("push button", gtk.gettext(title)) for title in WINDOW}
    for node in walk(desk.find("filler", "MtbWorkspace")):
        if role(node) in PRESSED and has_size(node) and has_state(node, "focusable"):
            if has_state(node, "sensitive") and (role(node), name(node)) not in came:
                yield where(node)


def test_tab_reaches_everything(floor):
    with floor.open() as desk:
        for person in ("rima", "hadi", "majd"):
            desk.sign_in(person)
            left = list(missed(desk, walk_by_tab(desk)))
            assert not left, (person, left)
            desk.sign_out()


def card_words(floor, language):
    with floor.open("digits", language) as desk:
        desk.sign_in("rima")
        key("ctrl+n")
        desk.search("احمد الحلبي", AHMAD)
        desk.says(desk.words("On a call"), desk.form())
        # What is Latin is left as it is: between these marks, in names and in addresses.
        return [words for words in labels(desk.window) if not re.search("[A-Za-z]|203", words)
                and "ميغا" not in words]


def test_digits_are_the_languages(floor):
    arabic, english = card_words(floor, "ar"), card_words(floor, "en")
    assert not [words for words in arabic if WESTERN.search(words)], arabic
    assert any(ARABIC.search(words) for words in arabic)
    assert not [words for words in english if ARABIC.search(words)], english
    assert any(WESTERN.search(words) for words in english)


def test_tab_leaves_a_list(floor):
    rima = floor.sign_in("rima")
    for _ in range(3):
        rima.apply("call.log", department.call(floor))
    with floor.open("tab") as desk:
        desk.sign_in("rima")
        desk.go_into("Today's calls")
        listed = focused(desk).get_parent()
        move_focus("Down")
        row = focused(desk)
        assert row.get_parent() == listed
        move_focus()
        assert listed not in parents(focused(desk)), where(focused(desk))
        move_focus("shift+Tab")
        assert focused(desk) == row, where(focused(desk))


def sync_button(desk):
    return next(node for node in desk.all("push button") if desk.words("Connected") in name(node))


def test_places_are_reached_from_the_popover(floor):
    with floor.open("tab") as desk:
        desk.sign_in("rima")
        for number, search in (("2", "Filter by customer or notes"), ("1", desk.FINDER)):
            act(sync_button(desk))
            desk.focus_is(desk.words("Try Now"))
            key("alt+" + number)
            desk.focus_is(desk.words(search))


def can_search(desk):
    return any(desk.all("push button", desk.words("Search")))


def test_search_is_where_there_is_something_to_find(floor):
    with floor.open("tab") as desk:
        for person, places, searched in (("rima", "1234", "12"), ("omar", "123", ""),
                                         ("majd", "123456", "1")):
            desk.sign_in(person)
            found = ""
            for place in places:
                key("alt+" + place)
                assert focused(desk)
                found += place if can_search(desk) else ""
            assert found == searched, (person, found)
            desk.sign_out()


if __name__ == "__main__":
    run_tests(globals())
