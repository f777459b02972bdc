#!/usr/bin/python3
"""Each role's first view comes, and a screen reader has a word for all of it."""
from floor import CAST, LONG, run_tests
from uidrive import nameless, wait_for

TITLES = {
    "agent": "My Desk", "supervisor": "Records of Calls", "quality": "Records of Calls",
    "manager": "Records of Calls", "followup": "Records of Calls", "field": "Records of Calls",
    "finance": "Records of Calls", "department": "Records of Calls", "admin": "People",
}


def visit(desk, person, job):
    desk.sign_in(person)
    title = desk.words(TITLES[job])
    wait_for(lambda: any(title in row for row in desk.rows("Places")), title, LONG)
    desk.says(title)
    assert not nameless(desk.window), (person, nameless(desk.window))


def visit_all(floor, language):
    with floor.open(language, language) as desk:
        assert not nameless(desk.window), nameless(desk.window)
        for person, (job, _, _) in CAST.items():
            visit(desk, person, job)
            desk.sign_out()


def test_every_role_in_arabic(floor):
    visit_all(floor, "ar")


def test_every_role_in_english(floor):
    visit_all(floor, "en")


if __name__ == "__main__":
    run_tests(globals())
