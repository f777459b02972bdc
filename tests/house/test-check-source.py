#!/usr/bin/python3
"""The lint finds all that is wrong in each tree of corpus/, and nothing else."""
import importlib.util
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

spec = importlib.util.spec_from_file_location("check_source", HERE / "check-source.py")
lint = importlib.util.module_from_spec(spec)
spec.loader.exec_module(lint)


def function(name, lines):
    return f"static void\n{name} (void)\n{{\n" + "  step ();\n" * (lines - 3) + "}\n"


def long_trees():
    """Sources too long to keep as files: what is in them, and what is said of them."""
    path = "src/model/mtb-long.c"
    yield "file of 800 lines", {path: "int x;\n" * 800}, []
    yield "file of 801 lines", {path: "int x;\n" * 801}, [f"{path}:801: 801 lines, at most 800"]
    yield "function of 80 lines", {path: function("walk", 80)}, []
    yield ("function of 81 lines", {path: function("rest", 9) + function("walk", 81)},
           [f"{path}:12: walk has 81 lines, at most 80"])
    yield "class_init of 150 lines", {path: function("mtb_long_class_init", 150)}, []
    yield ("class_init of 151 lines", {path: function("mtb_long_class_init", 151)},
           [f"{path}:2: mtb_long_class_init has 151 lines, at most 150"])


def foreign_trees():
    """What no file of ours may hold, not even here, so it is put together."""
    home, machine, later = "/ho" + "me", "/wo" + "rk", "TO" + "DO"
    beside = "../sha" + "red"
    files = {
        "docs/notes.md": f"Built in {home}/someone; reports are in `{machine}`.\n"
                         f"See {beside}/x.md, /usr/share, $HOME{machine} and {machine}flow.\n",
        "src/model/mtb-call.c": f"/* {later}: later */\n",
    }
    yield "of itself", files, [
        f"docs/notes.md:1: {home} is not of this project",
        f"docs/notes.md:1: {machine} is not of this project",
        f"docs/notes.md:2: {beside} is not of this project",
        f"src/model/mtb-call.c:1: {later} left in",
    ]


def cases():
    for tree in sorted((HERE / "corpus").iterdir()):
        files = lint.Tree.read(tree).files
        expected = files.pop("expected").splitlines()
        yield tree.name, files, expected
    yield from long_trees()
    yield from foreign_trees()


def main():
    todo = list(cases())
    print(f"TAP version 13\n1..{len(todo)}")
    failed = False
    for number, (name, files, expected) in enumerate(todo, 1):
        found = lint.check(lint.Tree(files))
        good = sorted(found) == sorted(expected)
        failed = failed or not good
        print(f"{'ok' if good else 'not ok'} {number} {name}")
        for line in sorted(set(found) ^ set(expected)):
            print(f"# {'not found' if line in expected else 'found'}: {line}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
