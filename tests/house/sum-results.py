#!/usr/bin/python3
"""Add up what the tests said: sum-results.py BUILD…

What failed is said once more, with its reasons, since it stands far above.  The last line is "N passed, N failed"; the exit status is 1 when anything failed, or nothing ran.
"""
import json
import re
import sys
from pathlib import Path

CASE = re.compile(r"^(not ok|ok)\b(.*)$", re.M)
FAILURE = re.compile(r"^not ok\b.*\n(?:#.*\n)*", re.M)
REASONS = 4000


def count(test):
    """How many cases of one Meson test passed, failed and were skipped."""
    result, out = test["result"], test.get("stdout") or ""
    good = result in ("OK", "EXPECTEDFAIL", "SKIP")
    cases = CASE.findall(out) if re.search(r"^1\.\.\d", out, re.M) else []
    if not cases:
        return result in ("OK", "EXPECTEDFAIL"), not good, result == "SKIP"
    skipped = sum("# SKIP" in rest.upper() for _, rest in cases)
    failed = sum(word == "not ok" for word, _ in cases)
    passed = len(cases) - skipped - failed
    # A test that crashed after its last case, or lacks some, failed once more.
    return passed, failed if failed else int(not good), skipped


def explain(test):
    """The cases that failed and why, or the end of all that was said where none did."""
    out = test.get("stdout") or ""
    reasons = "".join(FAILURE.findall(out)) or (out + (test.get("stderr") or ""))
    print(f"\n{test['name']} ({test['result']}):\n{reasons[-REASONS:]}")


def main(builds):
    sums = [0, 0, 0]
    for build in builds:
        log = Path(build, "meson-logs", "testlog.json")
        for line in log.read_text().splitlines() if log.exists() else []:
            test = json.loads(line)
            if count(test)[1]:
                explain(test)
            sums = [a + b for a, b in zip(sums, count(test))]
    passed, failed, skipped = sums
    if skipped:
        print(f"{skipped} skipped")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
