#!/usr/bin/python3
"""Keys reach all of a window, and its digits are the language's."""
import gettext
import re

from floor import AHMAD, LONG, run_tests
from uidrive import has_size, has_state, key, labels, name, role, wait_for, walk, where

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
        key("Tab")
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


if __name__ == "__main__":
    run_tests(globals())
