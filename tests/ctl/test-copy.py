#!/usr/bin/python3
"""`backup`, `restore` and `copy` at the command line; how they copy is tested beside the server."""
import fcntl
import json
import os
import subprocess
from pathlib import Path

from tool import FileDatabase, Tool, make_once, run_tests

SUBSCRIBERS = Path(__file__).with_name("subscribers.csv")


def make(it):
    it.give("init")
    it.add_user("rima")
    it.run("--database", it.database, "import", "subscribers", str(SUBSCRIBERS))


def other(it, name="other.db"):
    """Another database in the same folder."""
    tool = Tool(it.folder)
    tool.take(FileDatabase(it.folder / name))
    return tool


def everything(it, but=()):
    """All rows but for the numbers that those of a searched table have in one database."""
    tables = [name for name, in it.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
              if not name.endswith("_word") and name not in but]
    columns = {table: [name for name, in it.rows("SELECT name FROM pragma_table_info(?)", table)
                       if name != "row_n"] for table in tables}
    return {table: sorted(it.rows(f"SELECT {', '.join(columns[table])} FROM {table}"), key=str)
            for table in tables}


def copy(it, to, status=0):
    done = it.run("copy", it.database, to.database)
    assert done.returncode == status, done
    return done.stdout if status == 0 else done.stderr


def test_copy(it):
    to = other(it)
    assert "nothing differs" in copy(it, to)
    assert everything(to) == everything(it)
    to.give("verify")
    # It is the same department: people sign in there, and its history goes on.
    assert to.value("SELECT epoch FROM head") == it.value("SELECT epoch FROM head")
    to.add_user("samer")
    to.give("verify")


def test_copy_as_json(it):
    done = it.run("--json", "copy", it.database, other(it).database)
    told = json.loads(done.stdout)
    assert told["seq"] == it.seq and told["rows"] > 100, told


def test_copy_needs_a_department_and_room_for_it(it):
    to = other(it)
    done = it.run("copy", to.database, it.database)
    assert done.returncode == 1 and "init" in done.stderr and not to.path.exists(), done
    to.give("init")
    before = everything(to)
    assert "already" in copy(it, to, status=1)
    assert everything(to) == before


def test_copy_of_what_is_written_meanwhile(it):
    # It cannot print the first table before the pipe is read, and has begun to read by then.
    reader, writer = os.pipe()
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
    os.write(writer, b"x" * 4096)
    to = other(it)
    process = subprocess.Popen([os.environ["MUTABAA_CTL"], "copy", it.database, to.database],
                               stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    while not to.path.exists() or not to.value("SELECT COUNT(*) FROM sqlite_master"
                                               " WHERE name = 'head'"):
        pass
    it.add_user("samer")
    with os.fdopen(reader, "rb") as pipe:
        pipe.read()
    complaint = process.communicate(timeout=60)[1]
    assert process.returncode == 1 and "changes came after" in complaint, complaint
    # What it has is of one moment all the same.
    to.give("verify")
    assert to.value("SELECT COUNT(*) FROM person WHERE username = 'samer'") == 0


def test_backup_and_restore(it):
    path = it.folder / "backup.db"
    assert "nothing differs" in it.give("backup", str(path))
    assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(entry.name for entry in it.folder.iterdir()) == ["backup.db", "department.db"]
    to = other(it)
    assert "epoch end" in to.give("restore", str(path))
    but = ("head", "command")
    assert everything(to, but) == everything(it, but)
    assert to.value("SELECT recovering FROM head") == 1
    assert to.value("SELECT epoch FROM head") != it.value("SELECT epoch FROM head")
    assert to.rows("SELECT type FROM command ORDER BY seq DESC LIMIT 1") == [("epoch.begin",)]
    to.give("verify")
    to.give("epoch", "end")


def test_a_department_of_before(it):
    """It lacks what came with a later version until a server of that opens it."""
    it.change("DROP TABLE pbx_source")
    it.change("ALTER TABLE pbx_pause DROP COLUMN source")
    it.give("verify")
    path = it.folder / "before.db"
    path.write_bytes(it.path.read_bytes())
    it.give("backup", str(it.folder / "backup.db"))
    to = other(it)
    to.give("restore", str(path))
    to.give("verify")
    assert to.rows("SELECT * FROM pbx_source") == []
    assert path.read_bytes() == it.path.read_bytes(), "it is written to"


def test_a_backup_is_not_overwritten(it):
    path = it.folder / "backup.db"
    path.write_text("what matters")
    assert "already" in it.give("backup", str(path), status=1)
    assert path.read_text() == "what matters"
    assert "already" in it.give("backup", str(it.path), status=1)
    it.give("verify")


def test_what_was_left_by_a_backup_cut_short(it):
    (it.folder / "backup.db.part").write_text("half of it")
    it.give("backup", str(it.folder / "backup.db"))
    assert not (it.folder / "backup.db.part").exists()


def test_a_backup_that_cannot_be_written(it):
    path = it.folder / "nowhere" / "backup.db"
    assert it.give("backup", str(path), status=1)
    assert [entry.name for entry in it.folder.iterdir()] == ["department.db"]


def test_restore_over_a_department(it):
    path = str(it.folder / "backup.db")
    it.give("backup", path)
    it.add_user("samer")
    before = everything(it)
    assert "already" in it.give("restore", path, status=1)
    assert everything(it) == before
    it.give("restore", path, "--replace")
    aside, = it.folder.glob("department.db.before-*")
    assert everything(other(it, aside.name)) == before
    assert it.value("SELECT COUNT(*) FROM person WHERE username = 'samer'") == 0
    it.give("verify")


def test_restore_of_no_backup(it):
    before = everything(it)
    path = it.write("notes.txt", "no database")
    for name in (path, str(it.folder / "nothing.db")):
        assert it.give("restore", name, "--replace", status=1)
    assert everything(it) == before and not list(it.folder.glob("*before*"))


if __name__ == "__main__":
    run_tests(globals(), make_once(make))
