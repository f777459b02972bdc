"""Rows of every table, by owners of every kind: what the tests of sight look at."""
import time

from department import call, new_id, stamp

# Whose rows the scene has; None is for what nobody took.
OWNERS = ("agent", "colleague", "stranger", "supervisor", "followup", "former")
# Who was on shift and asked for a break.
PRESENT = (*OWNERS, "southern", "quality", "manager", "field", "finance", "department")
# What belongs to somebody, with the time by which it leaves the desks.
OWNED = {"call": "started_at", "call_version": "started_at", "call_link": "started_at",
         "pbx_call": "entered_at", "note": "started_at", "agent_total": "day_at",
         "record_total": "day_at"}
PRESENCE = {"presence": "started_at", "auxiliary": "asked_at"}
RECEIPTS = {"document_receipt": "read_at"}


class Scene:
    """Fills a department. rows tells for each row of the feed whose it is."""

    def __init__(self, it):
        self.it = it
        it.add_user("former", "agent", None, "nour")
        it.add_user("southern", "supervisor", "south")
        self.import_log()
        self.calls = {owner: self.write_down(owner) for owner in OWNERS}
        for owner in ("agent", "colleague", "stranger"):
            self.join(owner)
        self.prospect = new_id()
        it.desk("agent").apply("prospect.add", {"id": self.prospect, "name": "سامي",
                                                "telephone": "0944 555 666"})
        self.ancient = self.write_down("stranger", days=100)
        self.older = self.write_down("stranger", days=60)
        for owner in OWNERS:
            self.leave_note(owner)
        for who in PRESENT:
            self.come_and_ask(who)
            self.read_procedure(who)
        it.ctl("user", "set", "former", "--role", "finance")
        it.desks.pop("former")

    def import_log(self):
        start = int(time.time()) - 3600
        lines = [f"{start}|NONE|NONE|NONE|CONFIGRELOAD|",
                 f"{start}|NONE|NONE|rima|PAUSEALL|lunch",
                 f"{start + 1}|nobody|support|NONE|ENTERQUEUE||0119990000|1",
                 f"{start + 90}|nobody|support|NONE|ABANDON|1|1|89"]
        for number, agent in enumerate(("rima", "samer", "lina"), 1):
            lines += [f"{start + number}|{agent}|support|NONE|ENTERQUEUE||011999000{number}|1",
                      f"{start + number + 9}|{agent}|support|{agent}|CONNECT|9|x|3",
                      f"{start + number + 99}|{agent}|support|{agent}|COMPLETECALLER|9|90|1"]
        self.it.import_log("\n".join(lines) + "\n", source="main")

    def write_down(self, owner, days=0.1):
        """A record that was corrected once; on the second day it has no PBX call to go with."""
        desk, moment = self.it.desk(owner), -days * 86400
        args = call(self.it, started_at=stamp(moment - 60), ended_at=stamp(moment))
        desk.apply("call.log", args)
        change = {key: args[key] for key in ("id", "subscriber_id", "direction", "type_id",
                                             "resolution", "solved")}
        desk.apply("call.amend", {**change, "version_id": new_id(), "version": 1, "notes": owner})
        return args["id"]

    def join(self, owner):
        pbx_call = self.it.value("SELECT id FROM pbx_call WHERE person_id = ?",
                                 self.it.person(owner))
        self.it.desk(owner).apply("call.join", {"call_id": self.calls[owner],
                                                "pbx_call_id": pbx_call})

    def leave_note(self, owner):
        self.it.desk("quality").apply("note.add", {"id": new_id(), "call_id": self.calls[owner],
                                                   "text": f"for {owner}"})

    def come_and_ask(self, who):
        desk, request = self.it.desk(who), new_id()
        desk.apply("presence.move", {"id": new_id(), "act": "begin"})
        desk.apply("auxiliary.ask", {"id": request, "reason": "rest", "minutes": 5})
        desk.apply("auxiliary.withdraw", {"id": request})

    def read_procedure(self, who):
        version = self.it.value("SELECT id FROM document_version")
        self.it.desk(who).apply("document.read", {"version_id": version})

    def owned_rows(self, tables):
        """{(table, id): the owner's name, None for nobody} of all that belongs to somebody."""
        window = self.it.value("SELECT window_from FROM head")
        rows = {}
        for table, when in tables.items():
            for key, owner in self.it.rows(
                    f"SELECT t.id, p.username FROM {table} t LEFT JOIN person p"
                    f" ON p.id = t.person_id WHERE t.{when} >= ?", window):
                rows[table, key] = owner
        return rows

    def common_rows(self, *tables):
        return {(table, key) for table in tables
                for key, in self.it.rows(f"SELECT id FROM {table}")}
