#!/usr/bin/python3
"""A desk whose server does not prove who it is says so and what to do, and lets nobody click on; the
organisation's own certificate is chosen in the preferences, in effect at once and remembered."""
import os
from pathlib import Path

from floor import LONG, Desk, password_of, run_tests
from front import Authority, Front
from uidrive import (act, children, find, key, role, screenshot, set_text, text, type_text, wait_for,
                     walk)

UNKNOWN = ("Nobody whom this computer trusts vouches for the server. If your organisation has a"
           " certificate of its own, choose it in the preferences.")


def picture(title):
    if "MUTABAA_PICTURES" in os.environ:
        screenshot(Path(os.environ["MUTABAA_PICTURES"], f"certificate-{title}.png"))


def at_desk(floor, front, language):
    """The program with preferences of its own that outlive it."""
    port = front.netloc.split(":")[1]
    folder = Path(floor.folder.name, "certificate-" + language)
    return Desk(f"https://localhost:{port}", folder, language, GSETTINGS_BACKEND="keyfile",
                XDG_CONFIG_HOME=str(folder) + "-config")


def open_preferences(desk):
    key("ctrl+comma")
    return desk.other_window("the preferences")


def choose_certificate(desk, path):
    preferences = open_preferences(desk)
    act(find(preferences, "push button", desk.words("Choose a Certificate"), timeout=LONG))
    chooser = wait_for(lambda: next((top for top in children(desk.app)
                                     if top not in (desk.window, preferences)), None),
                       "the file chooser", LONG)
    wait_for(lambda: desk.focused(chooser), "the focus in the file chooser", LONG)
    key("ctrl+l")
    place = find(chooser, "text", timeout=LONG)
    # The chooser may fill in its own folder after this.
    wait_for(lambda: text(place) == str(path) or set_text(place, str(path)), path, LONG)
    desk.press(chooser, "_Choose")
    # Their names have no underscores, as if each announced a mnemonic.
    wait_for(lambda: any(str(path) in text(node) for node in walk(preferences)
                         if role(node) == "label"), path, LONG)
    picture("chosen-" + desk.words.language)
    key("Escape")
    wait_for(lambda: desk.app.get_child_count() == 1, "the end of the preferences", LONG)


def in_language(floor, front, authority, language):
    with at_desk(floor, front, language) as desk:
        desk.try_sign_in("rima")
        desk.says(desk.words(UNKNOWN))
        picture("refused-" + language)
        choose_certificate(desk, authority.path)
        type_text(password_of("rima"))
        key("Return")
        desk.places()
    with at_desk(floor, front, language) as desk:
        desk.sign_in("rima")


def test_in_arabic(floor):
    authority = Authority(floor.folder.name)
    with Front(authority.certify("front"), floor.netloc) as front:
        in_language(floor, front, authority, "ar")


def test_in_english(floor):
    authority = Authority(floor.folder.name)
    with Front(authority.certify("front"), floor.netloc) as front:
        in_language(floor, front, authority, "en")


if __name__ == "__main__":
    run_tests(globals())
