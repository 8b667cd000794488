#!/usr/bin/env python3
"""Plants one fault at a time in a small house and wants depcheck to name it, and nothing else."""
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from tap import Tap  # noqa: E402

DEPS = """\
# head
base:
kit/db: base
engine/clock: base
standards/norm: base @kit engine/clock
operations/case: base @kit @engine @standards
app: base @kit @engine @standards @operations
"""
GOOD = {
    "base/text.h": "#pragma once\n#include <stddef.h>\n",
    "base/text.c": '#include "base/text.h"\n#include <stdlib.h>\nint *a(void);\nint *\na(void)\n{\n\tfree(0);\n\treturn malloc(4);\n}\n',
    "kit/db/db.h": '#pragma once\n#include "base/text.h"\n',
    "kit/db/db.c": '#include "kit/db/db.h"\n#include <time.h>\nvoid w(void) { clock_gettime(0, 0); }\n',
    "kit/db/db_internal.h": "#pragma once\n",
    "engine/clock/clock.h": "#pragma once\n",
    "engine/clock/clock.c": '#include "engine/clock/clock.h"\n',
    "standards/norm/norm.h": "#pragma once\n",
    "standards/norm/norm_rule.h": "#pragma once\n",
    "standards/norm/norm_rule.c": '#include "standards/norm/norm_rule.h"\n#include "standards/norm/norm.h"\n'
    '#include "engine/clock/clock.h"\n#include <string.h>\n',
    "standards/norm/norm_store.h": "#pragma once\n",
    "standards/norm/norm_store.c": '#include "kit/db/db.h"\n#include "standards/norm/norm_rule.h"\n',
    "standards/norm/norm_page.h": "#pragma once\n",
    "standards/norm/norm_flow.c": '#include "standards/norm/norm_store.h"\n',
    "operations/case/case.h": '#pragma once\n#include "standards/norm/norm.h"\n',
    "operations/case/case.c": '/* malloc(3) and time(2) in a comment; strcpy( too */\n// time(\nconst char *s = "free(x) time(0)";\n'
    "void f(struct q *x) { x->free(x); runtime(3); x->time(1); }\n",
    "operations/case/case_test.c": '#include "kit/db/db.h"\n#include <time.h>\nvoid t(void) { free(malloc(time(0))); }\n',
    "app/main.c": '#include "operations/case/case.h"\n#include "generated/assets.h"\nlong n(void) { return time(0); }\n',
}


def function_of(lines):
    """A function whose block, braces included, has that many lines."""
    return "int\nlong_one(void)\n{\n" + "\t;\n" * (lines - 2) + "}\n"


# name of the check, file planted, its text, what must be said (file:line: part of why)
FAULTS = [
    ("an arrow up", "kit/db/up.c", '\n#include "operations/case/case.h"\n', "src/kit/db/up.c:2: kit/db may not include"),
    ("an arrow aside", "engine/clock/x.c", '#include "kit/db/db.h"\n', "src/engine/clock/x.c:1: engine/clock may not include"),
    ("a private store", "operations/case/x.c", '#include "standards/norm/norm_store.h"\n', "x.c:1: standards/norm/norm_store.h is private"),
    ("a private rule", "operations/case/x.c", '#include "standards/norm/norm_rule.h"\n', "x.c:1: standards/norm/norm_rule.h is private"),
    ("a private internal", "operations/case/x.c", '#include "kit/db/db_internal.h"\n', "x.c:1: kit/db/db_internal.h is private"),
    ("a private header in a test", "operations/case/x_test.c", '#include "kit/db/db_internal.h"\n', "x_test.c:1: kit/db/db_internal.h is private"),
    ("a test that looks up", "engine/clock/x_test.c", '#include "operations/case/case.h"\n', "x_test.c:1: a test of engine/clock"),
    ("a higher suffix: rule sees store", "standards/norm/y_rule.c", '#include "standards/norm/norm_store.h"\n', "y_rule.c:1: a rule may not see norm_store.h"),
    ("a higher suffix: store sees page", "standards/norm/y_store.c", '#include "norm_page.h"\n', "y_store.c:1: store may not see the higher norm_page.h"),
    ("a higher suffix: flow sees page", "standards/norm/y_flow.c", '#include "standards/norm/norm_page.h"\n', "y_flow.c:1: flow may not see the higher"),
    ("a higher suffix: the subject sees page", "standards/norm/y.c", '#include "standards/norm/norm_page.h"\n', "y.c:1: the subject may not see the higher"),
    ("a public header that shows a private one", "standards/norm/z.h", '#include "standards/norm/norm_store.h"\n', "z.h:1: a public header shows"),
    ("a rule that sees kit", "operations/case/case_rule.c", '#include "kit/db/db.h"\n', "case_rule.c:1: a rule may see only base and engine"),
    ("a rule that sees the clock", "operations/case/case_rule.c", "#include <time.h>\n", "case_rule.c:1: a rule may not see <time.h>"),
    ("no such header", "operations/case/x.c", '#include "kit/nothing.h"\n', "x.c:1: kit/nothing.h: no such header"),
    ("malloc in a subject", "operations/case/x.c", "int x;\nvoid *p = malloc(3);\n", "x.c:2: malloc() only in base and kit"),
    ("free in engine", "engine/clock/x.c", "void f(void) { free(0); }\n", "x.c:1: free() only in base and kit"),
    ("strcpy in base", "base/x.c", "void f(void) { strcpy(a, b); }\n", "x.c:1: strcpy() is never used"),
    ("sprintf in a test", "base/x_test.c", "void f(void) { sprintf(a, b); }\n", "x_test.c:1: sprintf() is never used"),
    ("atoi", "kit/db/x.c", "int x = atoi(s);\n", "x.c:1: atoi() is never used"),
    ("time() in a subject", "operations/case/x.c", "long x = time(0);\n", "x.c:1: time(): only app reads the clock"),
    ("clock_gettime in engine", "engine/clock/x.c", "void f(void) { clock_gettime (0, 0); }\n", "x.c:1: clock_gettime(): only app"),
    ("a file of 701 lines", "base/x.c", "int x;\n" * 701, "x.c:701: 701 lines"),
    ("a function of 101 lines", "base/x.c", function_of(101), "x.c:3: a function of 101 lines"),
    ("a function of 101 lines, brace at the end", "base/x.c", "int f(void) {\n" + ";\n" * 99 + "}\n", "x.c:1: a function of 101 lines"),
    ("a route without a right", "operations/case/x.c", 'int x;\nstruct route r[] = { { HTTP_GET, "/a/{id}", RIGHT_NONE, f } };\n', "x.c:2: a route without a right"),
    ("a named route without a right", "operations/case/x.c", 'struct route r = { .method = HTTP_POST, .path = "/a",\n\t.handler = f };\n', "x.c:1: a route without a right"),
    ("a folder without a line", "supply/new/x.c", "int x;\n", "src/supply/new:0: no line in deps.txt"),
]
FINE = [
    ("a file of 700 lines", "base/x.c", "int x;\n" * 700),
    ("a function of 100 lines", "base/x.c", function_of(100)),
    ("a long table is not a function", "base/x.c", "const int t[] = {\n" + "\t1,\n" * 300 + "};\n"),
    ("a route with a right", "operations/case/x.c", 'struct route r[] = { { HTTP_GET, "/a/{id}", RIGHT_PUBLIC, f },\n\t{ .method = HTTP_GET, .right = RIGHT_STAFF } };\n'),
    ("includes in comments and strings", "engine/clock/x.c", '/*\n#include "app/x.h"\n*/\n'),
]
DEPS_FAULTS = [
    ("a line that names one below it", DEPS.replace("kit/db: base", "kit/db: base app"), "deps.txt:3: kit/db names app"),
    ("a line twice", DEPS + "base:\n", "deps.txt:8: base has a line already"),
    ("a floor that is not above", DEPS.replace("engine/clock: base", "engine/clock: base @supply"), "deps.txt:4: @supply"),
    ("a folder that does not exist", DEPS + "ghost: base\n", "deps.txt:0: ghost: no such folder"),
    ("no colon", DEPS + "ghost\n", "deps.txt:8: no colon"),
]


def build_house(root, deps, extra):
    (root / "deps.txt").write_text(deps, encoding="utf-8")
    for name, text in {**GOOD, **extra}.items():
        path = root / "src" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def check(deps, extra, *options):
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        build_house(root, deps, extra)
        command = [sys.executable, str(HERE.parent / "tools" / "depcheck.py"), "--root", name, *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=name)
        stamp = (root / "stamp").exists()
        return done.returncode, done.stdout.splitlines(), stamp, done.stderr


def main():
    tap = Tap()
    tap.equal(check(DEPS, {}, "--stamp", "stamp", "--depfile", "d"), (0, [], True, ""), "a good house passes and leaves its stamp")
    for name, file, text in FINE:
        tap.equal(check(DEPS, {file: text})[:2], (0, []), name)
    for name, file, text, want in FAULTS:
        code, lines, stamp, _ = check(DEPS, {file: text}, "--stamp", "stamp")
        good = code == 1 and len(lines) == 1 and want in lines[0] and not stamp
        tap.ok(good, name, "\n".join(lines) or f"nothing found, exit {code}")
    for name, deps, want in DEPS_FAULTS:
        code, lines, _, _ = check(deps, {})
        tap.ok(code == 1 and any(line.startswith(want) for line in lines), name, "\n".join(lines))
    tap.done()


if __name__ == "__main__":
    main()
