#!/usr/bin/python3
"""The house's rules that no compiler keeps: check-source.py [ROOT].

Each rule is a function that yields (path, line, message); the tables say what is allowed where.
"""
import re
import sys
from pathlib import Path, PurePosixPath

CORE = {"model", "wire", "store", "workflow", "query"}
MAY_INCLUDE = {  # module below src: the other modules whose headers it may include
    "start": set(),
    "model": set(),
    "wire": {"model"},
    "store": {"model"},
    "query": {"model", "wire", "store"},
    "workflow": {"model", "wire", "store", "query"},
    "sync": CORE,
    "server": CORE,
    "ctl": CORE | {"server", "start"},
    "desk": CORE - {"store"} | {"start", "sync"},
}
DESK_SHARED = {"printing", "shell", "widgets"}  # folders of src/desk that roles may include

FOREIGN = {  # system headers: the modules that may include them
    r"(sqlite3|libpq-fe)\.h": {"store"},
    r"libsoup/.*": {"sync", "server"},
    r"libsecret/.*": {"desk"},
    r"(gtk|gdk|gsk|adwaita)[\w-]*([/.].*)?": {"desk"},
}

USES = {  # names in src/desk, whose header is precompiled there: the headers that give them
    r"\b(Adw[A-Z]|adw_|ADW_)\w+": {"adwaita.h"},
    r"\b(G[td]k[A-Z]|g[td]k_|G[TD]K_)\w+": {"gtk/gtk.h", "adwaita.h"},
}

FILE_LINES = 800
FUNCTION_LINES = 80
CLASS_INIT_LINES = 150

SKIPPED = re.compile(r"(^|/)(\.git|build[^/]*|screens|__pycache__|\.flatpak-builder)/"
                     r"|^tests/house/corpus/")
NOT_OURS = {"LICENSE"}


class Tree:
    """The text files below a folder, by their path."""

    def __init__(self, files):
        self.files = files

    @classmethod
    def read(cls, root):
        files = {}
        for path in sorted(Path(root).rglob("*")):
            name = path.relative_to(root).as_posix()
            if not path.is_file() or SKIPPED.search(name):
                continue
            try:
                files[name] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                pass
        return cls(files)

    def below(self, *folders, suffixes=None):
        for name, text in self.files.items():
            if name.split("/")[0] in folders and (not suffixes or name.endswith(suffixes)):
                yield name, text


def module_of(name):
    """The module below src that a file belongs to."""
    parts = name.split("/")
    return parts[1] if parts[0] == "src" and len(parts) > 2 else None


def desk_folder(name):
    parts = name.split("/")
    return parts[2] if parts[:2] == ["src", "desk"] and len(parts) > 3 else None


def line_at(text, offset):
    return text.count("\n", 0, offset) + 1


def blank(match):
    return re.sub(r"[^\n]", " ", match.group())


def bare(text):
    """C without its comments and strings, the lines as they were."""
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'',
                  blank, text, flags=re.S)


def includes(text):
    for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]+["<]([^">]+)[">]', text, re.M):
        yield line_at(text, match.start()), match.group(1)


def functions(text):
    """Each function definition as (name, first line, last line), as the formatter leaves them."""
    lines = text.split("\n")
    start = None
    for i, line in enumerate(lines):
        found = re.match(r"(\w+) \(", line)
        if found:
            start, name = i, found.group(1)
        elif line == "}" and start is not None and "{" in lines[start:i]:
            yield name, start + 1, i + 1
            start = None
        elif line.startswith("};"):
            start = None


def layers(tree):
    """Modules depend one way; a role's windows know no other role's."""
    home = {}
    for name, _ in tree.below("src", suffixes=".h"):
        home.setdefault(PurePosixPath(name).name, name)
    for name, text in tree.below("src", suffixes=(".c", ".h")):
        module, folder = module_of(name), desk_folder(name)
        for line, header in includes(text):
            target = home.get(PurePosixPath(header).name)
            if not target or not module:
                continue
            other, other_folder = module_of(target), desk_folder(target)
            if other != module:
                if other not in MAY_INCLUDE.get(module, set()):
                    yield name, line, f"{module} may not include {header} of {other}"
            elif folder not in (None, "shell", other_folder):
                if other_folder not in DESK_SHARED | {None}:
                    yield name, line, f"desk/{folder} may not include {header} of desk/{other_folder}"


def foreign_headers(tree):
    """Databases, HTTP and widgets each have their place."""
    for name, text in tree.below("src", suffixes=(".c", ".h")):
        for line, header in includes(text):
            for pattern, modules in FOREIGN.items():
                if re.fullmatch(pattern, header) and module_of(name) not in modules:
                    yield name, line, f"{header} belongs to {' and '.join(sorted(modules))} alone"


def all_includes(name, tree, homes, seen):
    """All headers that a file includes, by itself or through the project's own."""
    for _, header in includes(tree.files[name]):
        if header not in seen:
            seen.add(header)
            if header in homes:
                all_includes(homes[header], tree, homes, seen)
    return seen


def precompiled(tree):
    """What a file of the desk uses it includes, though it would compile without."""
    homes = {PurePosixPath(name).name: name for name, _ in tree.below("src", suffixes=".h")}
    for name, text in tree.below("src", suffixes=".c"):
        if module_of(name) != "desk":
            continue
        code, there = bare(text), all_includes(name, tree, homes, set())
        for pattern, headers in USES.items():
            found = re.search(pattern, code)
            if found and not headers & there:
                header = sorted(headers)[-1]
                yield name, line_at(code, found.start()), f"{found.group()} without {header}"


def budgets(tree):
    """Files and functions stay short enough to read."""
    for name, text in tree.below("src", "tests", suffixes=".c"):
        lines = text.count("\n")
        if lines > FILE_LINES:
            yield name, lines, f"{lines} lines, at most {FILE_LINES}"
        for function, first, last in functions(bare(text)):
            most = CLASS_INIT_LINES if function.endswith("_class_init") else FUNCTION_LINES
            if last - first + 1 > most:
                yield name, first, f"{function} has {last - first + 1} lines, at most {most}"


def forbidden_calls(tree):
    """No jumps, no string-keyed bags."""
    for name, text in tree.below("src", "tests", suffixes=(".c", ".h")):
        code = bare(text)
        for match in re.finditer(r"\bgoto\b|\bg_object_[sg]et_q?data(_full)?\b", code):
            yield name, line_at(code, match.start()), f"{match.group()} is not used here"
        # These fail by chance where two threads begin with them.
        if name != "src/model/mtb-number.c":
            for match in re.finditer(r"\bg_ascii_string_to_(un)?signed\b", code):
                yield name, line_at(code, match.start()), "numbers are read by mtb-number"


def tagged_tasks(tree):
    """A trace of a GTask names the operation."""
    for name, text in tree.below("src", suffixes=".c"):
        code = bare(text)
        for match in re.finditer(r"\bg_task_new \(", code):
            after = code[match.end():].split("\n")[:8]
            if not any("g_task_set_source_tag" in line for line in after):
                yield name, line_at(code, match.start()), "a task without g_task_set_source_tag"


def documented(tree):
    """Every public function says what it does."""
    known = set()
    for _, text in tree.below("src", suffixes=(".c", ".h")):
        known.update(re.findall(r"^/\*\*\n \* (mtb_\w+):", text, re.M))
    for name, text in tree.below("src", suffixes=".h"):
        if name.endswith("-private.h"):
            continue
        code = bare(text)
        for match in re.finditer(r"^(?:[A-Za-z][\w \t*]*[ *])?(mtb_\w+) \(", code, re.M):
            function = match.group(1)
            if function not in known and not function.endswith("_get_type"):
                yield name, line_at(code, match.start(1)), f"{function} has no /** {function}: */"


def of_itself(tree):
    """The project names no machine and nothing beside it."""
    for name, text in tree.files.items():
        if name in NOT_OURS:
            continue
        for match in re.finditer(r"(?<![\w.})$-])/(?:work|root|home)(?=[/\s\"'`:;,)]|$)"
                                 r"|\.\./share[d]\b", text, re.M):
            yield name, line_at(text, match.start()), f"{match.group()} is not of this project"


def no_leftovers(tree):
    """What is not done is an issue, not a comment."""
    for name, text in tree.below("src", "ui", "data", "tests"):
        for match in re.finditer(r"\b(T[O]DO|F[I]XME|X[X]X)\b", text):
            yield name, line_at(text, match.start()), f"{match.group()} left in"


def mirrored_ui(tree):
    """ui/ has the folders of src/desk/, a template the name of its class."""
    for name, _ in tree.below("ui", suffixes=".ui"):
        path = PurePosixPath(name)
        owner = PurePosixPath("src/desk", *path.parts[1:]).with_suffix(".c").as_posix()
        if not path.stem.endswith(("-row", "-cell")) and owner not in tree.files:
            yield name, 1, f"there is no {owner}"


RULES = (layers, foreign_headers, precompiled, budgets, forbidden_calls, tagged_tasks, documented,
         of_itself, no_leftovers, mirrored_ui)


def check(tree):
    """All messages about a tree, in the order of its files."""
    found = sorted({finding for rule in RULES for finding in rule(tree)})
    return [f"{path}:{line}: {message}" for path, line, message in found]


def main(arguments):
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[2]
    messages = check(Tree.read(root))
    print("\n".join(messages), end="\n" if messages else "")
    return 1 if messages else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
