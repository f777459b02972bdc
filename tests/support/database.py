"""A database for one test: a file of SQLite, or one of PostgreSQL's where MTB_TEST_DATABASE says."""
import itertools
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing

SERVER = os.environ.get("MTB_TEST_DATABASE")
numbers = itertools.count(1)


def psql(uri, sql):
    done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", uri],
                          input=sql, capture_output=True, text=True)
    assert done.returncode == 0, (sql, done.stderr)
    return done.stdout


def literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, (bool, int)):
        return str(int(value))
    return "'" + value.replace("'", "''") + "'"


class FileDatabase:
    def __init__(self, path):
        self.path = path
        self.uri = f"sqlite:{path}"

    def rows(self, sql, *values):
        with closing(sqlite3.connect(self.path, timeout=30)) as database:
            return database.execute(sql, values).fetchall()

    def write(self, sql, *values):
        with closing(sqlite3.connect(self.path, timeout=30)) as database, database:
            database.execute(sql, values)

    def is_empty(self):
        return not os.path.exists(self.path)

    def clear(self):
        os.unlink(self.path)

    def read_bytes(self):
        """All that is kept, as it is kept."""
        return b"".join(path.read_bytes() for path in self.path.parent.glob(self.path.name + "*"))

    def copy_from(self, other):
        shutil.copy(other.path, self.path)


class ServerDatabase:
    def __init__(self, template="template0"):
        self.name = f"test_{os.getpid()}_{next(numbers)}"
        self.uri = SERVER.replace("/postgres?", f"/{self.name}?")
        self.create(template)

    def create(self, template):
        psql(SERVER, f"CREATE DATABASE {self.name} TEMPLATE {template}")

    def rows(self, sql, *values):
        parts = sql.split("?")
        whole = parts[0] + "".join(literal(value) + part for value, part in zip(values, parts[1:]))
        found = psql(self.uri, f"SELECT COALESCE (json_agg (r), '[]') FROM ({whole}) r")
        return [tuple(value for _, value in pairs) for pairs in
                json.loads(found, object_pairs_hook=list)]

    def write(self, sql, *values):
        parts = sql.split("?")
        psql(self.uri, parts[0] + "".join(literal(value) + part
                                          for value, part in zip(values, parts[1:])))

    def is_empty(self):
        return "head" not in psql(self.uri, "SELECT relname FROM pg_class WHERE relname = 'head'")

    def clear(self):
        psql(SERVER, f"DROP DATABASE {self.name}")
        self.create("template0")

    def read_bytes(self):
        return subprocess.run(["pg_dump", "--dbname", self.uri], capture_output=True,
                              check=True).stdout

    def copy_from(self, other):
        psql(SERVER, f"DROP DATABASE {self.name}")
        self.create(other.name)


def new_database(path):
    """An empty one; a file's is @path."""
    return ServerDatabase() if SERVER else FileDatabase(path)
