#!/usr/bin/python3
"""All rows come anew over a slow line: a bar says how far it is, and it goes on where it was cut off."""
import os
import random
import re
from pathlib import Path

from floor import LONG, run_tests
from uidrive import act, find_all, name, screenshot, wait_for

PERCENT = re.compile(r"([\d٠-٩]+)\W*[%٪]")


def add_subscribers(floor):
    """So many that their directory takes a while."""
    chance = random.Random(1)
    lines = ["account_number,username,name,telephone,package,tier,status"]
    for number in range(4000):
        word = "".join(chance.choice("ابتثجحخدذرزسشصضطظعغفقكلمنهوي") for _ in range(12))
        lines.append(f"B-{number},user{chance.getrandbits(40):x},{word},011{number:07},ADSL,8 Mb/s,active")
    floor.import_subscribers("\n".join(lines) + "\n")


def shown_percent(desk):
    for node in find_all(desk.window, "label"):
        found = PERCENT.fullmatch(name(node).strip("\u2066\u2067\u2068\u2069"))
        if found:
            return int(found.group(1))
    return None


def wait_for_percent(desk, least):
    return wait_for(lambda: (shown_percent(desk) or 0) >= least and shown_percent(desk), f"{least} %",
                    LONG)


def take_picture(title):
    if "MUTABAA_PICTURES" in os.environ:
        screenshot(Path(os.environ["MUTABAA_PICTURES"], title))


def watch(floor, person, language):
    floor.relay.slow = True
    with floor.open(f"slow-{language}", language) as desk:
        desk.sign_in(person)
        first = wait_for_percent(desk, 10)
        desk.says(desk.words("Fetching the records"))
        desk.find("progress bar", desk.words("Fetching the records"))
        written = next(name(node) for node in find_all(desk.window, "label")
                       if PERCENT.fullmatch(name(node).strip("\u2066\u2067\u2068\u2069")))
        assert re.search("[٠-٩]" if language == "ar" else r"[0-9]", written), written
        take_picture(f"fetching-{language}.png")
        floor.relay.cut()
        desk.says(desk.offline())
        assert shown_percent(desk) is None
        floor.relay.restore()
        assert wait_for_percent(desk, 1) >= first
        act(desk.window, "win.show-sync")
        desk.find("progress bar", desk.words("Fetching the records"))
        take_picture(f"fetching-more-{language}.png")
        floor.relay.slow = False
        wait_for(lambda: shown_percent(desk) is None, "the end of it", LONG)
        connected = ". ".join((desk.words("Connected"), desk.words("Nothing waits to be sent.")))
        desk.find("push button", connected)
        desk.check_names("the window after all rows have come")


def test_a_slow_line_in_arabic(floor):
    add_subscribers(floor)
    watch(floor, "rima", "ar")


def test_a_slow_line_in_english(floor):
    watch(floor, "salma", "en")


if __name__ == "__main__":
    run_tests(globals())
