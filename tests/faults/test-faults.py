#!/usr/bin/python3
"""Real faults on real processes: test-faults.py [--times N] KIND|FAULT…

Somebody works at each of several desks; a fault comes, and comes again; each time they go on by themselves, and nothing that was acknowledged is lost, nothing is doubled.  A kind is one of processes, line and machine, and database where that has a disk of its own; a fault is called what faults.py calls it.
"""
import argparse
import os
import sys
import traceback

import apart
from faults import FAULTS
from world import World

# What a world has gone through slows down looking at it.
MOST_IN_A_WORLD = 25
FEW = 2


def chosen(words):
    """Each fault that the words mean, and whether it is one of the machine's."""
    return [(fault, kind == "machine") for kind, faults in FAULTS.items() for fault in faults
            if kind in words or fault.name in words]


def meet(world, fault):
    """Work, the fault, work again, and a look at everything."""
    world.work()
    world.meet(fault)
    world.work()
    world.rest()
    world.check()
    world.go_on()


def try_fault(fault, has_disks, times):
    told = set()
    for first in range(0, times, MOST_IN_A_WORLD):
        with World(has_disks) as world:
            for _ in range(first, min(times, first + MOST_IN_A_WORLD)):
                meet(world, fault)
            world.rest()
            world.check()
            world.check_rows()
            told |= {line for desk in world.desks for line in desk.told}
            given = sum(len(desk.given) for desk in world.desks)
            print(f"# {fault.name}: {given} commands", flush=True)
    refused = {line for line in told if line.startswith("refused ")}
    assert not refused, refused


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int)
    parser.add_argument("words", nargs="+")
    options = parser.parse_args()
    cases = chosen(options.words)
    if any(has_disks for _, has_disks in cases):
        apart.enter(apart.AS_ONESELF, apart.AS_ROOT)
    print(f"1..{len(cases)}", flush=True)
    failed = False
    for number, (fault, has_disks) in enumerate(cases, 1):
        times = options.times or (fault.times if os.environ.get("MTB_LONG") else FEW)
        try:
            try_fault(fault, has_disks, times)
            print("ok", number, fault.name, f"{times} times", flush=True)
        except Exception:  # pylint: disable=broad-except
            failed = True
            print("not ok", number, fault.name, flush=True)
            print("# " + traceback.format_exc().replace("\n", "\n# "), flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
