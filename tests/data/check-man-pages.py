#!/usr/bin/python3
"""Each option and word that a program prints in its help is in its page: check-man-pages.py PROGRAM…"""
import os
import re
import subprocess
import sys
from pathlib import Path

MAN = Path(__file__).parents[2] / "data" / "man"
OPTION = r"--[a-z][a-z-]*"


def say(*command):
    said = subprocess.run(command, check=True, capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"})
    return said.stdout


def page_of(program):
    """The page as it is read, without the overstrikes and the line breaks."""
    page, = MAN.glob(program.name + ".[1-8]")
    return " ".join(re.sub(".\b", "", say("mandoc", "-T", "utf8", str(page))).split())


def words_of(helped):
    """What stands below "Words:", a word or two each before its arguments."""
    listed = helped.partition("Words:\n")[2].partition("\n\n")[0]
    return [re.match(r"[a-z-]+( [a-z-]+)?", line.strip()).group().strip()
            for line in listed.splitlines()]


def check(program):
    helped = [say(program, "--help-all" if program.name == "mutabaa" else "--help")]
    words = words_of(helped[0])
    helped += [say(program, *word.split(), "--help") for word in words]
    options = {found for text in helped for found in re.findall(f"^ +(?:-., )?({OPTION})", text, re.M)}
    page = page_of(program)
    told = set(re.findall(f"(?<![a-z-]){OPTION}", page))
    for missing in sorted(options - told) + [word for word in words if word not in page]:
        yield f"{program.name}: its page does not tell of {missing}"
    for gone in sorted(told - options):
        yield f"{program.name}: its page tells of {gone}, which is not there"


def main():
    faults = [fault for program in sys.argv[1:] for fault in check(Path(program))]
    print("\n".join(faults), file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
