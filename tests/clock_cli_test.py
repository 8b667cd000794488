#!/usr/bin/env python3
"""zhaofa clock due: the due moment, each day's reason in both languages, and how bad input is refused."""
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from tap import Tap  # noqa: E402


def programs():
    yield os.environ.get("ZHAOFA_PROGRAM", "")
    build = os.environ.get("ZHAOFA_BUILD", "")
    for folder in ([build] if build else []) + ["build-test", "build"]:
        yield str(HERE.parent / folder / "zhaofa")


PROGRAM = next((p for p in programs() if p and os.access(p, os.X_OK)), None)


def run(*words):
    done = subprocess.run([PROGRAM, "clock", *words], capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


def due(*words):
    code, out, err = run("due", *words)
    found = re.search(r"^到期 due +(\S+ \S+)", out, re.M)
    return found.group(1) if code == 0 and found else f"{code} {err}"


GOOD = [
    # seven natural days of the Legal Aid Law beside fifteen working days of the Notarization Law
    (["--rule", "legalaid-decide", "--from", "2026-06-12T09:00"], "2026-06-22 23:59"),
    (["--rule", "notary-certificate", "--from", "2026-06-12T09:00"], "2026-07-06 23:59"),
    (["--rule", "legalaid-decide", "--no-roll", "--from", "2026-06-12"], "2026-06-19 23:59"),
    (["--rule", "legalaid-forward", "--from", "2026-06-12T15:00"], "2026-06-13 15:00"),
    (["--count", "7", "--unit", "workday", "--from", "2026-02-13T10:00"], "2026-03-02 23:59"),
    (["--count", "1", "--unit", "month", "--from", "2026-04-30", "--roll"], "2026-06-01 23:59"),
    (["--count", "1", "--unit", "year", "--from", "2024-02-29"], "2025-02-28 23:59"),
    (["--count", "9", "--unit", "workhour", "--from", "2026-06-26T16:30"], "2026-06-30 09:30"),
    (["--count", "0", "--unit", "day", "--from", "2026-06-08"], "2026-06-08 23:59"),
    (["--count", "10000", "--unit", "day", "--from", "2026-06-08"], "2053-10-24 23:59"),
    (["--count", "5", "--unit", "workday", "--from", "2026-09-24T10:00", "--pause", "2026-09-29T10:00/2026-10-09T10:00"],
     "2026-10-13 23:59"),
    (["--count", "3", "--unit", "day", "--from", "2026-06-01T10:00", "--pause", "2026-06-02T10:00/2026-06-05T10:00",
      "--pause", "2026-06-07T10:00/2026-06-09T10:00"], "2026-06-09 23:59"),
    (["--count", "1", "--unit", "day", "--from", "2026-06-08T01:00Z"], "2026-06-09 23:59"),
]

D = ["--unit", "day", "--from", "2026-06-08"]
BAD = [
    # what is wrong, the option it must name, what may be given
    (["--count", "-1", *D], "--count", "0..10000"),
    (["--count", "10001", *D], "--count", "0..10000"),
    (["--count", "99999999999999999999", *D], "--count", "0..10000"),
    (["--count", "7.5", *D], "--count", "0..10000"),
    (["--count", "", *D], "--count", "0..10000"),
    (["--count", "7", "--unit", "week", "--from", "2026-06-08"], "--unit", "workhour"),
    (["--count", "7", "--from", "2026-06-08"], "--unit", "missing"),
    (["--unit", "day", "--from", "2026-06-08"], "--count", "missing"),
    (["--count", "7", "--unit", "day"], "--from", "missing"),
    (["--count", "7", "--unit", "day", "--from", "2026-02-29"], "--from", "1970-01-01..2999-12-31"),
    (["--count", "7", "--unit", "day", "--from", "1969-12-31"], "--from", "1970-01-01..2999-12-31"),
    (["--count", "7", "--unit", "day", "--from", "3000-01-01"], "--from", "1970-01-01..2999-12-31"),
    (["--count", "7", "--unit", "day", "--from", "tomorrow"], "--from", "2026-06-30"),
    (["--rule", "no-such", "--from", "2026-06-08"], "--rule", "clock rules"),
    (["--rule", "legalaid-decide", "--count", "7", "--from", "2026-06-08"], "--rule", "--count"),
    (["--count", "7", *D, "--pause", "2026-06-09"], "--pause", "FROM/TO"),
    (["--count", "7", *D, "--pause", "2026-06-10/2026-06-09"], "--pause", "later"),
    (["--count", "7", *D, "--pause", "2026-06-09/2026-06-09"], "--pause", "later"),
    (["--count", "7", *D, "--pause", "2026-06-09/x"], "--pause", "1970-01-01..2999-12-31"),
    (["--count", "7", *D, "--pause", "2026-06-10/2026-06-12", "--pause", "2026-06-11/2026-06-13"], "--pause", "order"),
    (["--count", "7", *D, "--pause", "2026-06-10/", "--pause", "2026-06-11/2026-06-13"], "--pause", "order"),
    (["--count", "7", *D, *["--pause", "2026-06-10/2026-06-11"] * 51], "--pause", "order"),
    (["--count", "7", *D, "--roll", "--no-roll"], "--roll", "exclude"),
    (["--count", "7", *D, "--what"], "--what", "option"),
    (["--count", "7", *D, "extra"], "extra", "no option"),
]


def main():
    tap = Tap()
    if PROGRAM is None:
        tap.ok(False, "there is a program to run", "build it, or name it in ZHAOFA_PROGRAM")
        tap.done()
    for words, want in GOOD:
        tap.equal(due(*words), want, "due: " + " ".join(words))
    for words, option, bound in BAD:
        code, out, err = run("due", *words)
        tap.ok(code == 2 and out == "" and option in err and bound in err and len(err.splitlines()) == 1,
               f"refused: {' '.join(words)[:100]}", f"{code} {out} {err}")
    code, out, _ = run("due", "--count", "2", "--unit", "workday", "--from", "2026-02-13T10:00")
    days = re.findall(r"^(2026-\d\d-\d\d) (.*)$", out, re.M)
    tap.equal([d for d, _ in days], [f"2026-02-{n}" for n in range(13, 25)], "every day from the start to the due one has its line")
    tap.ok(all("/" in why and re.search("[a-z]", why) and re.search("[一-鿿]", why) for _, why in days),
           "each says why in Chinese and in English")
    tap.ok("调休上班日（春节）" in days[1][1] and "made-up working day (Spring Festival)" in days[1][1],
           "a made-up Saturday is named")
    tap.ok("到期" in days[-1][1] and "due" in days[-1][1], "the last line is the due day")
    code, out, _ = run("due", "--count", "7", *D, "--pause", "2026-06-10T09:00/", "--now", "2026-06-12T09:00")
    tap.ok(code == 0 and "暂停中" in out and "paused" in out and "· due" not in out, "a running pause: no due day yet")
    code, out, _ = run("due", "--count", "1", "--unit", "workday", "--from", "2026-12-31")
    tap.ok(code == 0 and "未定" in out and "uncertain" in out, "a year without a table: uncertain")
    code, out, _ = run("due", "--count", "1", "--unit", "month", "--from", "2026-01-31")
    tap.ok(code == 0 and "对应日" in out, "a missing corresponding day is told")
    code, out, _ = run("rules")
    tap.ok(code == 0 and "第四十三条" in out and "第三十条" in out and all("《" in s for s in out.splitlines()),
           "each rule by name stands with its source")
    tap.equal(run("due2")[0], 2, "an unknown word is refused")
    tap.done()


main()
