#!/usr/bin/env python3
"""zhaofa policy whatif: its columns count what policy eval says of each household, and bad input names line and column."""
import csv
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from tap import Tap  # noqa: E402

RULES = HERE.parent / "data/policy/legal_aid.rules"
ENTRY = re.compile(r"(参数 倍数 .*?\n(?:  .*\n)*)")
FIELDS = ["区县", "类别", "事项", "身份", "有证明", "对方共同生活", "已委托", "共同生活人数", "家庭收入"]
DAY = "2026-08-01"
GRANTED = "符合"


def programs():
    yield os.environ.get("ZHAOFA_PROGRAM", "")
    build = os.environ.get("ZHAOFA_BUILD", "")
    for folder in ([build] if build else []) + ["build-test", "build"]:
        yield str(HERE.parent / folder / "zhaofa")


PROGRAM = next((p for p in programs() if p and os.access(p, os.X_OK)), None)


def run(*words):
    done = subprocess.run([PROGRAM, "policy", *map(str, words)], capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


def household(draw):
    members = draw.randint(1, 5)
    row = {
        "区县": draw.choice(["吴中区", "姑苏区"]), "类别": "民事行政", "事项": draw.choice(["劳动报酬", "工伤事故", "家庭暴力", "其他事项"]),
        "身份": draw.choice(["普通人员", "普通人员", "进城务工人员"]), "有证明": draw.choice(["是", "否"]), "对方共同生活": "否",
        "已委托": draw.choice(["否", "否", "否", "是"]), "共同生活人数": str(members),
        "家庭收入": f"{members * draw.randint(15000, 60000)}.{draw.randint(0, 99):02d}",
    }
    if draw.random() < 0.15:
        row["家庭收入"] = ""
    return row


def said(folder, package, row):
    facts = {k: v for k, v in row.items() if k != "区县" and v != ""}
    facts = {k: (v == "是") if v in ("是", "否") else v for k, v in facts.items()}
    path = folder / "facts.json"
    path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    code, out, err = run("eval", "--package", package, "--facts", path, "--date", DAY)
    if code != 0:
        raise RuntimeError(err)
    return json.loads(out)["outcome"].get("value", "?")


def rank(value):
    return {GRANTED: 3, "请工作人员判断": 1, "?": 1}.get(value, 0)


def table(out):
    return {line.split("\t")[0]: [int(n) for n in line.split("\t")[1:]] for line in out.splitlines()
            if re.fullmatch(r"[^\t]+(\t\d+){7}", line)}


def expected(rows, before, after):
    names = sorted({r["区县"] for r in rows}) + ["合计 total"]
    want = {name: [0] * 7 for name in names}
    for row, a, b in zip(rows, before, after):
        for name in (row["区县"], "合计 total"):
            new = [1, rank(a) == 3, rank(b) == 3, rank(b) > rank(a), rank(b) < rank(a), rank(b) == rank(a) and a != b, rank(b) == 1]
            want[name] = [n + m for n, m in zip(want[name], new)]
    return want


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as f:
        w = csv.DictWriter(f, FIELDS)
        w.writeheader()
        w.writerows(rows)


def counts(tap, folder):
    draw = random.Random(20261124)
    rows = [household(draw) for _ in range(24)]
    people, draft = folder / "people.csv", folder / "draft.rules"
    write(people, rows)
    text = RULES.read_text(encoding="utf-8")
    draft.write_text(ENTRY.sub(r"\g<1>  自 2026-07-01 值 1.5 依据 苏州通知 未核实" + "\n", text, count=1), encoding="utf-8")
    before = [said(folder, RULES, r) for r in rows]
    after = [said(folder, draft, r) for r in rows]
    want = expected(rows, before, after)
    common = ["whatif", "--package", RULES, "--population", people, "--date", DAY, "--group", "区县"]
    for name, words in (("--draft", [draft]), ("--set", ["倍数=1.5@2026-07-01"])):
        code, out, err = run(*common, name, *words)
        tap.ok(code == 0 and table(out) == want, f"{name} counts what eval says of each household", f"{want}\n{out}{err}")
    tap.ok(want["合计 total"][3] > 0, "somebody gains: the comparison is not empty")
    code, out, err = run(*common, "--curve", "倍数", "0", "3", "0.25")
    curve = dict(line.split("\t") for line in out.splitlines()[1:]) if code == 0 else {}
    tap.ok(curve.get("1.00") == str(before.count(GRANTED)) and curve.get("1.50") == str(after.count(GRANTED))
           and len(curve) == 13, "the curve goes through what eval says", f"{out}{err}")
    tap.ok(list(map(int, curve.values())) == sorted(map(int, curve.values())), "and never falls")


BAD = [
    ("家庭收入,申请月\n1,2\n", [], r"line 1: 申请月"),
    ("家庭收入,家庭收入\n1,2\n", [], r"line 1: 家庭收入"),
    ("共同生活人数\n2\n31\n", [], r"line 3: 共同生活人数: .*1 至 30"),
    ("家庭收入\n1.234\n", [], r"line 2: 家庭收入"),
    ("家庭收入\n-1\n", [], r"line 2: 家庭收入: .*0"),
    ("家庭收入\n1,2\n", [], r"line 2"),
    ("家庭收入\n", [], r"no rows"),
    ("成员\n1\n", [], r"line 1: 成员: .*LIST\.FIELD"),
    ("成员.年龄\n1\n", [], r"line 1: 成员\.年龄: .*no such field"),
    ("成员.收入\n1;x\n", [], r"line 2: 成员\.收入"),
    ("成员.收入\n1;-1\n", [], r"line 2: 成员\.收入"),
    ("成员.收入,成员.本人\n1;2,是\n", [], r"line 2: 成员\.本人: .*number of items"),
    ("成员.收入\n" + ";".join(["1"] * 31) + "\n", [], r"line 2: 成员\.收入: .*30"),
    ("", [], r"line 1"),
    ("家庭收入\n1\n", ["--curve", "倍数", "0", "11", "1"], r"0\.00 至 10\.00"),
    ("家庭收入\n1\n", ["--curve", "倍数", "0", "10", "0"], r"4000"),
    ("家庭收入\n1\n", ["--curve", "没有", "0", "10", "1"], r"--curve 没有"),
]


def lists(tap, folder):
    """A household written as its members is the household written as its sums."""
    path = folder / "members.csv"
    head = "类别,事项,身份,有证明,对方共同生活,已委托,"
    same = "民事行政,交通事故,普通人员,否,否,否,"
    incomes = [["10000.50", "20000"], ["45000", "45000"], ["0"], ["30000", "20000", "9000"]]
    path.write_text(head + "共同生活人数,家庭收入\n" + "".join(
        f"{same}{len(v)},{sum(map(float, v)):.2f}\n" for v in incomes), encoding="utf-8")
    words = ["--date", DAY, "--set", "倍数=0.4@2026-07-01", "--curve", "倍数", "0", "2", "0.1"]
    code, sums, err = run("whatif", "--package", RULES, "--population", path, *words)
    path.write_text(head + "成员.收入,成员.本人\n" + "".join(
        f"{same}{';'.join(v)},{'；'.join(['是'] + ['否'] * (len(v) - 1))}\n" for v in incomes), encoding="utf-8")
    code2, members, err2 = run("whatif", "--package", RULES, "--population", path, *words)
    tap.ok(code == 0 and code2 == 0 and sums == members and table(sums)["合计 total"][4] > 0, "members give what their sums give",
           f"{sums}{err}{members}{err2}")
    path.write_text(head + "成员.收入,成员.本人\n" + f"{same}无,无\n{same},\n", encoding="utf-8")
    code, out, err = run("whatif", "--package", RULES, "--population", path, *words)
    tap.ok(code == 0 and table(out)["合计 total"][6] == 2, "no members and none given: the household is asked for, not refused",
           f"{out}{err}")


def curves(tap, folder):
    """What falls, and what turns twice, is what eval says at each value."""
    rules = folder / "turn.rules"
    path = folder / "turn.csv"
    path.write_text("收入\n" + "".join(f"{n}\n" for n in range(0, 100, 7)), encoding="utf-8")
    head = ("规则包 x 版本 1\n输入 日 日期\n法律日 日\n输入 收入 金额 范围 0 至 10000\n选项 意见 符合、不符合\n"
            "参数 线 金额 范围 0 至 1000\n  自 2020-01-01 值 50\n判定 r 意见\n")
    tail = "\n  否则 得 不符合\n结论 r\n"
    for name, case, holds, slow in (
            ("falling", "收入 ≥ 线", lambda i, v: i >= v, False),
            ("turning twice", "收入 < 线 且 收入 + 20元 ≥ 线", lambda i, v: i < v <= i + 20, True)):
        rules.write_text(f"{head}  当 {case} 得 符合{tail}", encoding="utf-8")
        code, out, err = run("whatif", "--package", rules, "--population", path, "--date", DAY, "--curve", "线", "0", "120", "5")
        want = [f"{v}.00\t{sum(holds(i, v) for i in range(0, 100, 7))}" for v in range(0, 121, 5)]
        got = [re.sub(r"^(\d+)\t", r"\1.00\t", line) for line in out.splitlines()[1:]]
        tap.ok(code == 0 and got == want and ("value by value" in err) == slow, f"{name}: the curve is what each value gives",
               f"{out}{err}")


def made_up(tap):
    words = ["whatif", "--package", "legal_aid", "--date", DAY, "--set", "倍数=1.5@2026-07-01"]
    code, out, err = run(*words, "--synth", "1:70000")
    rows = table(out)
    tap.ok(code == 0 and out.startswith("# 示范家庭") and "no statistics" in out, "the made-up city says what it is", f"{out}{err}")
    counties = [n for name, n in rows.items() if name.endswith(("区", "市"))]
    total = rows.get("合计 total", [0] * 7)
    tap.ok(len(counties) == 10 and [sum(v) for v in zip(*counties)] == total and total[0] == 70000, "its ten counties are the whole", out)
    tap.ok([a + b for a, b in zip(rows["城镇家庭"], rows["农村家庭"])] == total and
           [sum(v) for v in zip(*(rows[n] for n in ("一人户", "二人户", "三人户", "四人以上户")))] == total,
           "town and country, and the sizes, are the whole too", out)
    tap.ok(0 < total[3] == total[2] - total[1] and total[4] == 0, "a higher multiple only helps", out)
    tap.ok(run(*words, "--synth", "1:70000")[1] == out and run(*words, "--synth", "2:70000")[1] != out, "a seed is one city")
    for synth, want in (("1:5900001", "5900000"), ("1:0", "--synth"), ("x", "--synth"), ("-1:10", "--synth")):
        code, _, err = run(*words, "--synth", synth)
        tap.ok(code == 1 and want in err, f"refused: --synth {synth}", err)
    code, _, err = run("whatif", "--package", "appraisal_relief", "--date", DAY, "--synth", "1:10", "--curve", "x", "0", "1", "1")
    tap.ok(code == 1 and "委托日" in err, "what its households lack is named", err)
    code, _, err = run(*words[:3], "--set", "倍数=1.5@2026-07-01", "--synth", "1:10")
    tap.ok(code == 1 and "--date" in err, "the day is asked for", err)


def trials(tap, folder):
    """A value only to be tried: whatif and test count with it when they are told to, and only then."""
    rules = folder / "trial.rules"
    rules.write_text(ENTRY.sub(r"\g<1>  自 2026-07-01 值 1.5 依据 苏州通知 试算" + "\n", RULES.read_text(encoding="utf-8"), count=1),
                     encoding="utf-8")
    words = ["whatif", "--package", rules, "--date", DAY, "--synth", "1:5000"]
    code, out, err = run(*words, "--trials")
    code2, same, err2 = run(*words[:2], "legal_aid", *words[3:], "--set", "倍数=1.5@2026-07-01")
    tap.ok(code == 0 and code2 == 0 and out == same and table(out)["合计 total"][3] > 0, "tried, it counts as if it held",
           f"{out}{err}{same}{err2}")
    case = folder / "case.json"
    facts = {"类别": "民事行政", "事项": "交通事故", "身份": "普通人员", "对方共同生活": False, "已委托": False, "共同生活人数": 1,
             "家庭收入": "40000"}
    case.write_text(json.dumps([{"name": "x", "date": DAY, "facts": facts, "expect": {"结论": GRANTED}}]), encoding="utf-8")
    code, out, _ = run("test", case, "--package", rules)
    code2, out2, _ = run("test", case, "--package", rules, "--trials")
    tap.ok(code == 1 and "0 passed, 1 failed" in out and code2 == 0 and "1 passed, 0 failed" in out2,
           "cases see it with --trials and not without", f"{out}{out2}")
    facts["申请日"] = DAY
    case.write_text(json.dumps(facts), encoding="utf-8")
    said_so = run("eval", "--package", rules, "--facts", case, "--trace", "--trials")[1]
    tap.ok('"trial":true' in said_so and '"trial"' not in run("eval", "--package", rules, "--facts", case, "--trace")[1],
           "the trace says which value was only tried", said_so)


def contradictions(tap, folder):
    path = folder / "odd.csv"
    good = "民事行政,劳动报酬,普通人员,否,否,否,1,100,\n"
    odd = "民事行政,劳动报酬,普通人员,否,否,否,1,100,200\n"  # one's own income above the household's
    path.write_text("类别,事项,身份,有证明,对方共同生活,已委托,共同生活人数,家庭收入,本人收入\n" + good + odd, encoding="utf-8")
    code, out, err = run("whatif", "--package", RULES, "--population", path, "--date", DAY, "--set", "倍数=1.5@2026-07-01",
                         "--curve", "倍数", "1", "1", "1")
    tap.ok(code == 0 and table(out)["合计 total"][0] == 1 and "left out: 1" in out and "1.00\t1\n" in out,
           "facts that contradict each other count nowhere, and it is said", f"{out}{err}")


def refusals(tap, folder):
    path = folder / "bad.csv"
    for body, words, want in BAD:
        path.write_text(body, encoding="utf-8")
        change = [] if words else ["--set", "倍数=1.5@2026-07-01"]
        code, _, err = run("whatif", "--package", RULES, "--population", path, "--date", DAY, *change, *words)
        tap.ok(code == 1 and re.search(want, err) is not None, f"refused: {want}", f"{code} {err}")
    path.write_text("家庭收入\n1\n", encoding="utf-8")
    for words, want in ((["--set", "倍数=11@2026-07-01"], r"10"), (["--set", "没有=1@2026-07-01"], r"parameter"),
                        (["--set", "倍数=1.5"], r"from")):
        code, _, err = run("whatif", "--package", RULES, "--population", path, "--date", DAY, *words)
        tap.ok(code == 1 and re.search(want, err) is not None, f"refused: {words[1]}", f"{code} {err}")
    code, _, err = run("whatif", "--package", RULES, "--population", path, "--set", "倍数=1.5@2026-07-01")
    tap.ok(code == 1 and "--date" in err, "the day of law is asked for", err)


def main():
    tap = Tap()
    if PROGRAM is None:
        tap.ok(False, "the program is built")
    else:
        with tempfile.TemporaryDirectory() as name:
            counts(tap, pathlib.Path(name))
            contradictions(tap, pathlib.Path(name))
            lists(tap, pathlib.Path(name))
            curves(tap, pathlib.Path(name))
            trials(tap, pathlib.Path(name))
            made_up(tap)
            refusals(tap, pathlib.Path(name))
    tap.done()


main()
