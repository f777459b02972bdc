"""The faults, each described once: what happens, and what somebody has to be told of it meanwhile."""
import os
import random
import signal
import subprocess
from collections import namedtuple
from pathlib import Path

import apart
import line

# With PostgreSQL, which can be killed too.
IS_SHARED = "MTB_TEST_RESTART" in os.environ
DISK_OF_DATABASE = Path(os.environ["MTB_TEST_DISK"]) if "MTB_TEST_DISK" in os.environ else None
HOUR_S = 3600
DAY_S = 24 * HOUR_S
BOTH, TO_SERVER = (apart.TO, apart.FROM), (apart.TO,)
RESET = ("-j", "REJECT", "--reject-with", "tcp-reset")
RANDOMLY = ("-m", "statistic", "--mode", "random", "--probability", "0.2")
OFFLINE = "state offline"
NO_ROOM = ("storage: This computer cannot read or write its data; its disk may be full")

# Under MTB_LONG a fault comes so often; 2 times otherwise.
OFTEN, SELDOM = 250, 40


def moment(most=0.5):
    return random.uniform(0, most)


def server_is_killed(world):
    world.kill_server()
    world.last(moment())
    world.start_server()


def server_is_killed_as_it_starts(world):
    world.kill_server()
    server = subprocess.Popen([os.environ["MUTABAA_SERVER"], "--database", world.it.database.uri,
                               "--listen", world.it.netloc], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    world.last(moment())
    server.kill()
    server.wait()
    world.start_server()


def desk_is_killed(world):
    desk = random.choice(world.desks)
    desk.end()
    desk.start()
    world.last(moment())


def desk_is_killed_as_it_starts(world):
    """Also while it signs in, and while its rows come for the first time."""
    desk = random.choice(world.desks)
    for _ in range(2):
        desk.end()
        desk.start()
        world.last(moment(0.2))


def all_are_killed(world):
    """The power goes."""
    for desk in world.desks:
        desk.end()
    world.kill_server()
    for desk in world.desks:
        desk.start()
    world.last(moment())
    world.start_server()


def database_is_killed(world):
    subprocess.run(os.environ["MTB_TEST_RESTART"].split(), check=True)


def disk_of_the_database_is_full(world):
    """Its operator makes room and, where it has ended over it, starts it again."""
    with apart.full(DISK_OF_DATABASE):
        world.last(1.5)
    world.last(1)
    if not Path(os.environ["MTB_TEST_CLUSTER"], "data", "postmaster.pid").exists():
        database_is_killed(world)


def process_of_the_database_is_killed(world):
    """PostgreSQL ends the others too and recovers."""
    found = world.it.rows("SELECT pid FROM pg_stat_activity"
                          " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid ()")
    os.kill(random.choice(found)[0], signal.SIGKILL)
    world.last(moment())


def server_is_restored(world):
    """The desks have seen more than the backup has."""
    backup = world.folder / "backup.db"
    world.it.ctl("backup", str(backup))
    world.work(10)
    world.kill_server()
    if IS_SHARED:
        world.it.database.clear()
    world.it.ctl("restore", str(backup), *(() if IS_SHARED else ("--replace",)))
    backup.unlink()
    world.start_server()
    world.work()
    world.it.ctl("epoch", "end")


def clock_is_set(clock_of, seconds):
    def act(world):
        clock_of(world).set(seconds)
        world.work()
        clock_of(world).set(0)
    return act


def line_is_cut(world):
    world.line.cut()
    world.last(moment(1))
    world.line.restore()


def line_has(habit):
    def act(world):
        world.line.habit = habit
        world.last(1.5)
        world.line.habit = None
    return act


def packets_are(ways, *words):
    def act(world):
        with apart.rule(world.it.netloc.split(":")[1], ways, *words):
            world.last(2)
    return act


def network_is_narrow(world):
    with apart.narrow("256kbit"):
        world.last(2)


def disk_is_full(name):
    def act(world):
        with world.disks[name].full():
            world.last(1.5)
    return act


def folder_is_read_only(world):
    """From when the program is started until somebody has put it right."""
    desk = world.desks[0]
    desk.end()
    with world.disks[desk.name].read_only():
        desk.start()
        world.last(1.5)


def server_clock(world):
    return world.server_clock


def desks_clock(world):
    return world.desks_clock


# told: what a desk has to say of it; it lasts until then.
Fault = namedtuple("Fault", "name act told times", defaults=((), SELDOM))

FAULTS = {
    "processes": [
        Fault("the server is killed", server_is_killed, (OFFLINE,), OFTEN),
        Fault("the server is killed as it starts", server_is_killed_as_it_starts),
        Fault("a desk is killed", desk_is_killed, (), OFTEN),
        Fault("a desk is killed as it starts", desk_is_killed_as_it_starts),
        Fault("all are killed", all_are_killed, (OFFLINE,), OFTEN),
        Fault("an older backup is restored", server_is_restored),
        Fault("the server's clock is set back", clock_is_set(server_clock, -HOUR_S)),
        Fault("the server's clock is set back by days", clock_is_set(server_clock, -3 * DAY_S)),
        Fault("the desks' clock is set back", clock_is_set(desks_clock, -DAY_S)),
        Fault("the desks' clock is ahead", clock_is_set(desks_clock, DAY_S)),
    ],
    "line": [
        Fault("the line is cut", line_is_cut, (OFFLINE,), OFTEN),
        Fault("requests are cut", line_has(line.cuts_requests), (OFFLINE,)),
        Fault("answers are cut", line_has(line.cuts_answers), (OFFLINE,)),
        Fault("answers are dropped", line_has(line.drops_answers), (OFFLINE,)),
        Fault("the line is slow", line_has(line.trickles)),
        Fault("the line is late now and then", line_has(line.is_late)),
    ],
    "machine": [
        # What comes after a lost packet comes before it: they are reordered too.
        Fault("packets are lost", packets_are(BOTH, *RANDOMLY, "-j", "DROP")),
        Fault("no packet comes through", packets_are(BOTH, "-j", "DROP")),
        Fault("connections are refused", packets_are(TO_SERVER, *RESET), (OFFLINE,)),
        Fault("connections are reset now and then", packets_are(TO_SERVER, *RANDOMLY, *RESET),
              (OFFLINE,)),
        Fault("the network is narrow", network_is_narrow),
        Fault("the server's disk is full", disk_is_full("server"), (OFFLINE,)),
        Fault("a desk's disk is full", disk_is_full("agent"), ("failed " + NO_ROOM,)),
        Fault("a desk's folder is read-only", folder_is_read_only, ("not-signed-in " + NO_ROOM,)),
    ],
}
if IS_SHARED:
    FAULTS["processes"] += [
        Fault("the database is killed", database_is_killed, (), OFTEN),
        Fault("a process of the database is killed", process_of_the_database_is_killed),
    ]
if DISK_OF_DATABASE:
    FAULTS["database"] = [
        Fault("the database's disk is full", disk_of_the_database_is_full, (OFFLINE,)),
    ]
