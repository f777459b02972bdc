#!/usr/bin/python3
"""Whatever the manager may do is done by keys alone; documents are read, and passwords changed."""
from floor import password_of, run_tests
from keys import (alone, by_palette, choose_password, choose_row, give_all, press, save_list,
                  set_teams, table, write)
from uidrive import key, type_text

INSTRUCTION = "WI-14-07"
TEXT = "متابعة جميع مكالمات الزبائن"


def set_department(desk, floor):
    desk.go("Department")
    press(desk, "Waiting threshold")
    write(desk, "Another value, in seconds (1 to 3600)", "55")
    press(desk, "Set for Calls from Now On")
    floor.eventually(1, "SELECT count(*) FROM threshold WHERE wait_s = 55")
    press(desk, "Types of call")
    press(desk, "Add a Type")
    desk.focus_is(desk.words("Name in Arabic"))
    type_text("نوع جديد")
    key("Tab")
    type_text("A new type")
    key("Return")
    floor.eventually(1, "SELECT count(*) FROM call_type WHERE name = 'نوع جديد'")
    press(desk, "Teams")
    set_teams(desk, floor, "فريق", "شمال")


def issue_document(desk, floor):
    desk.go("Documents")
    press(desk, "Add a Document")
    for title, words in (("Number, such as WI-14-02", INSTRUCTION), ("Title in Arabic", "تعليمة عمل"),
                         ("Title in English", "An instruction")):
        write(desk, title, words)
    key("Return")
    desk.says(desk.words("Its text has not been entered yet"))
    press(desk, "New version")
    for title, words in (("Prepared by", "المدير"), ("Reviewed by", "الجودة"),
                         ("Approved by", "المدير العام"), ("Text of the new version", TEXT)):
        write(desk, title, words)
    press(desk, "Issue This Version…")
    desk.other_window("a question")
    key("Return")
    alone(desk)
    floor.eventually(TEXT, "SELECT text FROM document_version v JOIN document d"
                           " ON d.id = v.document_id WHERE d.number = ?", INSTRUCTION)
    rows = save_list(desk, floor, "documents")
    assert any(INSTRUCTION in row for row in rows), rows


def read_document(desk, floor):
    desk.go("Documents")
    choose_row(desk, "Documents", INSTRUCTION)
    desk.find("push button", desk.words("I Have Read It"))
    press(desk, "I Have Read It")
    desk.hears(desk.words("Noted that you have read it"))


def change_own_password(desk, floor):
    by_palette(desk, table()["win.change-password"].title)
    dialog = desk.other_window("the passwords")
    desk.focus_is(desk.words("Your password up to now"), root=dialog)
    type_text(password_of(desk.person))
    key("Return")
    choose_password()
    desk.hears(desk.words("Your password is changed"))
    assert floor.try_sign_in(desk.person, password_of(desk.person)).status == 401
    floor.ctl("user", "set", desk.person, "--password", secret=password_of(desk.person))


WAYS = {  # who, how: what is given so
    ("nadia", set_department): {"threshold.set", "call_type.put", "team.add", "team.set",
                                "person.move"},
    ("nadia", issue_document): {"document.add", "document.issue", "list.export"},
    ("nadia", change_own_password): {"account.change"},
    ("rima", read_document): {"document.read"},
    ("rima", change_own_password): {"account.change"},
}


def test_every_command_is_given_by_keys(floor):
    give_all(floor, WAYS)


if __name__ == "__main__":
    run_tests(globals())
