#!/usr/bin/python3
"""`init`, and what the command line says where it is not understood."""
from pathlib import Path

from tool import run_tests

WORDS = ("init", "demo", "epoch begin", "epoch end", "audit verify", "verify", "user add", "user set",
         "user list", "import subscribers", "import queue-log", "document list", "document issue")


def test_makes_a_department(it):
    assert it.give("init").strip()
    people = dict(it.rows("SELECT username, roles FROM person"))
    assert len(people) == 3 and all(name.startswith("(") for name in people), people
    assert it.rows("SELECT DISTINCT status FROM command") == [("applied",)]
    assert dict(it.rows("SELECT name, value FROM setting")) == {"directory_keep": "all",
                                                                "offline_days": "14"}
    assert it.rows("SELECT wait_s FROM threshold") == [(30,)]


def test_seeds_two_levels_of_call_types(it):
    it.give("init")
    roots = {key for key, in it.rows("SELECT id FROM call_type WHERE parent_id IS NULL")}
    kinds = it.rows("SELECT parent_id, name, name_en, suits_s FROM call_type"
                    " WHERE parent_id IS NOT NULL")
    assert len(roots) >= 12 and {parent for parent, *_ in kinds} == roots
    assert all(name and english and 0 < suits <= 900 for _, name, english, suits in kinds)
    assert any("؀" <= letter <= "ۿ" for letter in kinds[0][1])
    positions = it.rows("SELECT position FROM call_type")
    assert len(set(positions)) == len(positions)


def test_the_built_in_people_are_in_the_feed(it):
    it.give("init")
    assert it.value("SELECT COUNT(*) FROM change WHERE tbl = 'person'") == 3


def test_ids_are_the_same_everywhere(it):
    it.give("init")
    first = it.rows("SELECT id FROM call_type ORDER BY id")
    it.store.clear()
    it.give("init")
    assert it.rows("SELECT id FROM call_type ORDER BY id") == first


def test_second_time_changes_nothing(it):
    it.give("init")
    seq, epoch = it.rows("SELECT seq, epoch FROM head")[0]
    assert "already" in it.give("init")
    assert it.ask("init") == {"founded": False}
    assert it.rows("SELECT seq, epoch FROM head")[0] == (seq, epoch)


def test_finishes_what_was_cut_short(it):
    it.give("init")
    for table in ("call_type", "threshold", "setting", "document", "document_version", "command"):
        it.change(f"DELETE FROM {table}")
    it.change("UPDATE head SET audit_seq = 0, audit_hash = ?", "0" * 64)
    assert it.ask("init") == {"founded": True}
    assert it.value("SELECT COUNT(*) FROM person") == 3
    assert it.value("SELECT COUNT(*) FROM threshold") == 1
    assert it.ask("audit", "verify")["intact"]


def test_needs_a_department(it):
    for words in (("user", "list"), ("epoch", "begin"), ("epoch", "end"), ("audit", "verify"),
                  ("user", "add", "x", "--role", "agent"), ("import", "queue-log", "/dev/null")):
        complaint = it.give(*words, status=1)
        assert "init" in complaint, complaint
        assert it.store.is_empty()


def test_databases_that_cannot_be(it):
    for database in ("department.db", "mysql:department", f"sqlite:{it.folder}/no/such/folder.db",
                     f"sqlite:{it.folder}"):
        done = it.run("--database", database, "init")
        assert done.returncode == 1 and done.stderr.startswith("mutabaactl: "), done
        assert not done.stdout


def test_a_file_that_is_no_database(it):
    path = it.write("letter", "this is a letter\n" * 100)
    done = it.run("--database", f"sqlite:{path}", "init")
    assert done.returncode == 1 and "database" in done.stderr, done
    assert Path(path).read_text(encoding="utf-8").startswith("this is a letter")


def test_help(it):
    done = it.run("--help")
    assert done.returncode == 0 and not done.stderr
    for word in WORDS:
        assert word in done.stdout, word
        told = it.run(*word.split(), "--help")
        assert told.returncode == 0 and not told.stderr, word
        assert word in told.stdout and "--database" in told.stdout, told.stdout


def test_what_is_not_understood(it):
    it.give("init")
    for words in ((), ("dance",), ("user",), ("user", "dance"), ("init", "more"), ("user", "add"),
                  ("user", "add", "a", "b"), ("--nonsense", "init"), ("user", "list", "--nonsense"),
                  ("import", "queue-log"), ("import", "subscribers", "a", "b")):
        complaint = it.give(*words, status=1)
        assert complaint.startswith("mutabaactl: ") and len(complaint) > 20, complaint


def test_needs_to_know_which_database(it):
    done = it.run("init")
    assert done.returncode == 1 and "--database" in done.stderr, done


def test_options_may_stand_after_the_word(it):
    done = it.run("init", "--json", "--database", it.database)
    assert done.returncode == 0 and done.stdout == '{"founded":true}\n', done


if __name__ == "__main__":
    run_tests(globals())
