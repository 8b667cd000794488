#!/usr/bin/env python3
"""depcheck: do the sources keep to the arrows of the house?

Reads deps.txt (its head explains the format), walks src/ and prints one line for each fault,
"file:line: why".  Exit status 1 when there is one.  It also holds the few rules of style that a
compiler cannot: who may allocate, who may read the clock, how long a file and a function may be, and
that every route names a right.

  depcheck.py [--root DIR] [--stamp FILE] [--depfile FILE]
"""
import argparse
import pathlib
import re
import sys

FILE_LINES = 700
FUNCTION_LINES = 100

# Inside a folder a suffix may see its own level and those below it.
LEVEL = {"rule": 0, "store": 1, "form": 1, "flow": 2, "page": 3, "api": 3, "cli": 3}
PLAIN_LEVEL = LEVEL["flow"]  # a .c without a suffix is the subject itself: above store, below pages
PRIVATE = re.compile(r"_(rule|store|internal|own|common)\.h$")
LAWLESS = ("base", "kit", "engine")  # floors without suffixes

# What a rule may take from the C library: values only (stdlib for qsort), no clock, no I/O.
RULE_SYSTEM = {"assert.h", "inttypes.h", "limits.h", "math.h", "stdbool.h", "stddef.h", "stdint.h", "stdlib.h",
               "string.h"}

CALL = r"(?<![\w.>])(%s)\s*\("  # not a member: x.free(…), x->free(…)
ALLOCATE = re.compile(CALL % "malloc|calloc|realloc|reallocarray|aligned_alloc|free|strdup|strndup|v?asprintf")
UNSAFE = re.compile(CALL % "strcpy|stpcpy|strcat|v?sprintf|strtok|strtok_r|ato[ifl]|atoll|alloca|gets")
CLOCK = re.compile(CALL % "time|clock_gettime|gettimeofday|timespec_get|ftime")
CLOCK_FOLDERS = ("app", "kit/http", "kit/db", "kit/log")  # the three of kit wait by the monotonic clock

ROUTE = re.compile(r"\{\s*(?:\.method\s*=\s*)?HTTP_(?:GET|POST)\b[^}]*")  # a row of a struct route array
RIGHT = re.compile(r"\bRIGHT_(?!NONE\b|COUNT\b)\w+")

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')
TOKEN = re.compile(r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.S)
OPENING = re.compile(r"^(?!#|typedef|struct\s+\w+\s*\{|union|enum)[A-Za-z_].*\)\s*\{\s*$")


class Deps:
    """deps.txt: folders in order, with what each may include."""

    def __init__(self, text, fault):
        self.allowed = {}
        self.order = []
        for number, line in enumerate(text.splitlines(), 1):
            line = line.split("#", 1)[0].strip()
            if not line:
                continue
            folder, colon, rest = line.partition(":")
            folder = folder.strip()
            if not colon:
                fault("deps.txt", number, "no colon in this line")
                continue
            if folder in self.allowed:
                fault("deps.txt", number, f"{folder} has a line already")
                continue
            self.allowed[folder] = self._names(folder, rest.split(), number, fault)
            self.order.append(folder)

    def _names(self, folder, names, number, fault):
        found = {folder}
        for name in names:
            if name.startswith("@"):
                floor = [f for f in self.order if f.split("/")[0] == name[1:]]
                if not floor:
                    fault("deps.txt", number, f"{name}: no folder of that floor stands above")
                found.update(floor)
            elif name in self.allowed:
                found.add(name)
            else:
                fault("deps.txt", number, f"{folder} names {name}, which does not stand above it")
        return found


def blank(text, keep_strings):
    """The text without comments, and without what is in quotes, line numbers unchanged."""

    def gone(match):
        token = match.group(0)
        if token.startswith("/"):
            return " " + "\n" * token.count("\n")
        return token if keep_strings else token[0] + token[0]

    return TOKEN.sub(gone, text)


def suffix_of(name):
    stem = name.rsplit(".", 1)[0]
    tail = stem.rpartition("_")[2] if "_" in stem else ""
    return tail if tail in LEVEL else ""


class Checker:
    def __init__(self, root):
        self.root = root
        self.src = root / "src"
        self.faults = []
        deps = root / "deps.txt"
        self.deps = Deps(deps.read_text(encoding="utf-8"), self.fault)
        self.read = [deps]

    def fault(self, file, line, why):
        self.faults.append((str(file), line, why))

    def run(self):
        folders = set()
        for path in sorted(self.src.rglob("*")):
            if path.is_dir():
                self.read.append(path)
            elif path.suffix in (".c", ".h"):
                self.read.append(path)
                folders.add(path.parent.relative_to(self.src).as_posix())
                self.check_file(path)
        for folder in sorted(folders - set(self.deps.allowed)):
            self.fault(f"src/{folder}", 0, "no line in deps.txt")
        for folder in self.deps.order:
            if not (self.src / folder).is_dir():
                self.fault("deps.txt", 0, f"{folder}: no such folder under src")
        return self.faults

    def check_file(self, path):
        text = path.read_text(encoding="utf-8", errors="replace")
        name = path.relative_to(self.root).as_posix()
        folder = path.parent.relative_to(self.src).as_posix()
        if folder in self.deps.allowed:
            for number, line in enumerate(blank(text, True).splitlines(), 1):
                match = INCLUDE.match(line)
                if match:
                    self.check_include(path, name, folder, number, match.group(1), match.group(2))
        self.check_calls(name, folder, blank(text, False))
        if folder.split("/")[0] not in LAWLESS and not name.endswith("_test.c"):
            self.check_routes(name, blank(text, False))
        self.check_sizes(name, text)

    def check_routes(self, name, code):
        for match in ROUTE.finditer(code):
            if not RIGHT.search(match.group(0)):
                self.fault(name, code.count("\n", 0, match.start()) + 1, "a route without a right")

    def check_include(self, path, name, folder, number, quote, target):
        rule = path.name.endswith(("_rule.c", "_rule.h"))
        if quote == "<":
            if rule and target not in RULE_SYSTEM:
                self.fault(name, number, f"a rule may not see <{target}>")
            return
        if "/" not in target and (path.parent / target).exists():
            target = f"{folder}/{target}"
        there, _, header = target.rpartition("/")
        if not (self.src / target).exists():
            if not target.startswith("generated/"):
                self.fault(name, number, f"{target}: no such header under src")
            return
        if there == folder:
            self.check_inside(path, name, number, header, rule)
            return
        if PRIVATE.search(header):
            self.fault(name, number, f"{target} is private to {there}")
        if rule and there.split("/")[0] not in ("base", "engine"):
            self.fault(name, number, f"a rule may see only base and engine, not {target}")
        elif path.name.endswith("_test.c"):
            if there not in self.deps.allowed:
                self.fault(name, number, f"{there} has no line in deps.txt")
            elif there not in self.deps.allowed[folder] and self.above(there, folder):
                self.fault(name, number, f"a test of {folder} may not include {target} above it")
        elif there not in self.deps.allowed[folder]:
            self.fault(name, number, f"{folder} may not include {target} (deps.txt)")

    def above(self, there, folder):
        return self.deps.order.index(there) > self.deps.order.index(folder)

    def check_inside(self, path, name, number, header, rule):
        mine, its = suffix_of(path.name), suffix_of(header)
        if path.suffix == ".h" and PRIVATE.search(header) and not PRIVATE.search(path.name):
            self.fault(name, number, f"a public header shows the private {header}")
        if path.name.endswith("_test.c") or name.split("/")[1] in LAWLESS:
            return
        if rule and its != "rule" and header != path.parent.name + ".h":
            self.fault(name, number, f"a rule may not see {header}")
        elif its and LEVEL[its] > (LEVEL[mine] if mine else PLAIN_LEVEL):
            self.fault(name, number, f"{mine or 'the subject'} may not see the higher {header}")

    def check_calls(self, name, folder, code):
        test = name.endswith("_test.c")
        floor = folder.split("/")[0]
        for number, line in enumerate(code.splitlines(), 1):
            for match in UNSAFE.finditer(line):
                self.fault(name, number, f"{match.group(1)}() is never used here")
            if test:
                continue
            if floor not in ("base", "kit"):
                for match in ALLOCATE.finditer(line):
                    self.fault(name, number, f"{match.group(1)}() only in base and kit: take from the arena")
            if folder not in CLOCK_FOLDERS:
                for match in CLOCK.finditer(line):
                    self.fault(name, number, f"{match.group(1)}(): only app reads the clock")

    def check_sizes(self, name, text):
        lines = blank(text, False).splitlines()
        total = len(text.splitlines())
        if total > FILE_LINES:
            self.fault(name, total, f"{total} lines, the bound is {FILE_LINES}")
        start = None
        for number, line in enumerate(lines, 1):
            if start is None and (line.startswith("{") or OPENING.match(line)):
                start = number
            elif start is not None and line.startswith("}"):
                length = number - start + 1
                if length > FUNCTION_LINES:
                    self.fault(name, start, f"a function of {length} lines, the bound is {FUNCTION_LINES}")
                start = None


def main():
    parser = argparse.ArgumentParser(description="do the sources keep to the arrows of deps.txt?")
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    parser.add_argument("--stamp", type=pathlib.Path, help="written when all is well")
    parser.add_argument("--depfile", type=pathlib.Path, help="for ninja: what was read")
    args = parser.parse_args()
    checker = Checker(args.root)
    faults = checker.run()
    for file, line, why in sorted(faults):
        print(f"{file}:{line}: {why}")
    if faults:
        print(f"depcheck: {len(faults)} fault(s)", file=sys.stderr)
        return 1
    if args.depfile and args.stamp:
        read = " ".join(str(path).replace(" ", "\\ ") for path in checker.read)
        args.depfile.write_text(f"{args.stamp}: {read}\n", encoding="utf-8")
    if args.stamp:
        args.stamp.write_text("ok\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
