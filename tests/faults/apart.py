#!/usr/bin/python3
"""A network and mounts of this process's own, where rules and full disks are nobody else's trouble.

apart.py PROGRAM…: runs a program there, with a small disk of its own at $MTB_TEST_DISK.
"""
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

# All that the faults need, tried before anything counts on it.
PROBE = """
ip link set lo mtu 1500 up &&
iptables -A INPUT -p tcp --dport 9 -m statistic --mode random --probability 0.5 -j DROP &&
iptables -A INPUT -p tcp --dport 9 -j REJECT --reject-with tcp-reset &&
iptables -F INPUT &&
tc qdisc add dev lo root tbf rate 1mbit burst 16kb latency 1s && tc qdisc del dev lo root &&
mount -t tmpfs -o size=64k tmpfs /mnt && umount /mnt
"""
TO, FROM = "--dport", "--sport"
# A server's log of what it writes grows to 80 MB before it is emptied.
DISK_SIZE = 256 * 1024 * 1024


# As whoever one is, and otherwise as somebody who is root there and has nobody else beside them.
AS_ONESELF, AS_ROOT = [], ["--map-root-user"]


def enter(*ways):
    """Goes on in a namespace, or says why this machine allows none and ends."""
    if os.environ.get("FAULTS_APART"):
        run("ip", "link", "set", "lo", "mtu", "1500", "up")
        return
    reasons = []
    for options in ways:
        apart = ["unshare", *options, "--net", "--mount"]
        done = subprocess.run([*apart, "sh", "-c", PROBE], capture_output=True, text=True)
        if done.returncode == 0:
            os.environ["FAULTS_APART"] = "yes"
            os.execvp(apart[0], [*apart, sys.executable, *sys.argv])
        reasons.append(" ".join(done.stderr.split()))
    print("1..0 # SKIP this machine lets nobody have a network of their own:", "; ".join(reasons))
    sys.exit(0)


def run(*command):
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def rule(port, ways, *words):
    """For what goes to a port of this machine, or comes from it."""
    rules = [("INPUT", "-p", "tcp", way, port, *words) for way in ways]
    for one in rules:
        run("iptables", "-A", *one)
    try:
        yield
    finally:
        for one in rules:
            run("iptables", "-D", *one)


@contextmanager
def narrow(rate):
    run("tc", "qdisc", "add", "dev", "lo", "root", "tbf", "rate", rate, "burst", "16kb",
        "latency", "1s")
    try:
        yield
    finally:
        run("tc", "qdisc", "del", "dev", "lo", "root")


@contextmanager
def full(folder):
    ballast = folder / "ballast"
    with open(ballast, "wb", buffering=0) as file:
        for size in (1024 * 1024, 4096):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                pass
    try:
        yield
    finally:
        ballast.unlink()


class Disk:
    """A small file system of its own at a folder."""

    def __init__(self, folder):
        self.folder = folder
        run("mount", "-t", "tmpfs", "-o", f"size={DISK_SIZE}", "tmpfs", str(folder))

    def full(self):
        return full(self.folder)

    @contextmanager
    def read_only(self):
        """While nobody has anything open for writing there."""
        run("mount", "-o", "remount,ro", str(self.folder))
        try:
            yield
        finally:
            run("mount", "-o", "remount,rw", str(self.folder))

    def close(self):
        run("umount", "--lazy", str(self.folder))


def main():
    enter(AS_ONESELF)
    with tempfile.TemporaryDirectory(prefix="mutabaa-disk-") as folder:
        disk = Disk(Path(folder))
        try:
            Path(folder).chmod(0o1777)
            status = subprocess.run(sys.argv[1:], env=dict(os.environ, MTB_TEST_DISK=folder),
                                    check=False).returncode
        finally:
            disk.close()
    sys.exit(status)


if __name__ == "__main__":
    main()
