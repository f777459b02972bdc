#!/usr/bin/python3
"""Each role's views and windows come, and a screen reader has a word for all of them."""
from floor import CAST, LONG, run_tests
from uidrive import act, children, close, find_all, gone, key, pump, wait_for

TITLES = {
    "agent": "My Desk", "supervisor": "Floor", "quality": "Records of Calls",
    "manager": "Floor", "followup": "Records of Calls", "field": "Records of Calls",
    "finance": "Records of Calls", "department": "Records of Calls", "admin": "People",
}


def visit(desk, person, job):
    desk.sign_in(person)
    title = desk.words(TITLES[job])
    wait_for(lambda: any(title in row for row in desk.rows("Places")), title, LONG)
    desk.says(title)
    for place in range(len(desk.rows("Places"))):
        key(f"alt+{place + 1}")
        pump(0.5)
        desk.check_names((person, place))


def visit_windows(desk):
    for title in "shortcuts", "about":
        act(desk.window, "win." + title)
        opened = wait_for(lambda: next((top for top in children(desk.app) if top != desk.window),
                                       None), title, LONG)
        desk.check_names(title)
        close(opened)
        wait_for(lambda: desk.app.get_child_count() == 1, f"the end of {title}", LONG)
    act(desk.find("filler", "MtbSyncButton"))
    desk.find("push button", desk.words("Try Now"))
    desk.check_names("sync")
    key("Escape")
    gone(desk.window, LONG, role="push button", name=desk.words("Try Now"))
    key("F10")
    wait_for(lambda: next(find_all(desk.window, "menu item"), None), "the menu", LONG)
    desk.check_names("menu")
    key("Escape")


def visit_all(floor, language):
    with floor.open(language, language) as desk:
        desk.check_names("sign-in")
        for person, (job, _, _) in CAST.items():
            visit(desk, person, job)
            if job == "agent":
                visit_windows(desk)
            desk.sign_out()


def test_every_role_in_arabic(floor):
    visit_all(floor, "ar")


def test_every_role_in_english(floor):
    visit_all(floor, "en")


if __name__ == "__main__":
    run_tests(globals())
