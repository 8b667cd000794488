#!/usr/bin/env python3
"""kill_submissions: is a request that a resident was given a receipt for still there after kill -9?

    ZHAOFA_PROGRAM=build/zhaofa [ZHAOFA_KILLS=50] tests/long/kill_submissions.py

Four residents hand in requests by POST /api/v1/requests of an empty demonstration city while the server
is killed at random moments and started again.  A receipt counts once its answer has arrived whole, with
number and code.  At the end every receipt must be in the database, a sample must open by its code, and
`zhaofa verify` must find nothing.

The control, to show that the count can lose: the same receipts looked for in the main database file
alone, copied at each kill without its write-ahead log (what a backup of one file would have kept).
"""
import http.client
import json
import os
import random
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import tap  # noqa: E402

PROGRAM = os.environ.get("ZHAOFA_PROGRAM", "build/zhaofa")
KILLS = int(os.environ.get("ZHAOFA_KILLS", "50"))
THREADS = 4
SAMPLE = 40


class Server:
    """The program serving on a port of its own choice; ended by its process id."""

    def __init__(self, db, state):
        self.args = [PROGRAM, "serve", "--db", "sqlite:" + db, "--state", state, "--port", "0"]
        self.process = None
        self.port = 0

    def start(self):
        self.process = subprocess.Popen(self.args, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("http://127.0.0.1:"):
            raise RuntimeError("serve said: " + repr(line))
        self.port = int(line.rsplit(":", 1)[1])

    def end(self, sig):
        if self.process is None:
            return
        self.process.send_signal(sig)
        self.process.wait(60)
        self.process.stdout.close()
        self.process = None


class Resident(threading.Thread):
    """Hands in one request after the other until told to stop."""

    def __init__(self, server, n):
        super().__init__(daemon=True)
        self.server = server
        self.n = n
        self.sent = 0
        self.refused = []
        self.receipts = []
        self.stopping = threading.Event()
        self.connection = None

    def hand_in(self):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        self.sent += 1
        body = {"topic": "wage_arrears", "detail": f"演示：{self.n} 号第 {self.sent} 次，工资没有发。",
                "place": "320506100201", "applicant": "person", "caller": "self",
                "phone": f"1990000{self.n}{self.sent % 1000:03d}"}
        self.connection.request("POST", "/api/v1/requests", json.dumps(body).encode(), {
            "Content-Type": "application/json", "Idempotency-Key": secrets.token_hex(16)})
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status == 201:
            receipt = json.loads(text)
            self.receipts.append((receipt["number"], receipt["code"]))
        else:
            self.refused.append(answer.status)

    def run(self):
        while not self.stopping.is_set():
            try:
                self.hand_in()
            except (OSError, http.client.HTTPException):
                if self.connection is not None:
                    self.connection.close()
                self.connection = None
                time.sleep(0.02)


def numbers_in(path):
    """Numbers of all requests in a database file, read-only; none when the file cannot be read alone."""
    try:
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            return {row[0] for row in db.execute("SELECT number FROM request")}
        finally:
            db.close()
    except sqlite3.DatabaseError:
        return set()


def one_round(server, residents, random_, copy):
    time.sleep(random_.uniform(0.05, 0.8))
    server.end(signal.SIGKILL)
    given = [r for resident in residents for r in list(resident.receipts)]
    shutil.copyfile(copy[0], copy[1])  # the one file, before a start folds the log into it
    missed = len({n for n, _ in given} - numbers_in(copy[1]))
    server.start()
    return missed


def opens(port, code):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/r/" + urllib.parse.quote(code))
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status == 303 and answer.headers.get("Location") == "/my"


def story(t, directory):
    db, state = os.path.join(directory, "city.db"), os.path.join(directory, "state")
    server = Server(db, state)
    random_ = random.Random(1)
    subprocess.run([PROGRAM, "demo", "--db", "sqlite:" + db, "--state", state, "--requests", "0"], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    before = len(numbers_in(db))
    server.start()
    residents = [Resident(server, n) for n in range(THREADS)]
    try:
        for resident in residents:
            resident.start()
        missed = [one_round(server, residents, random_, (db, os.path.join(directory, "copy.db"))) for _ in range(KILLS)]
        for resident in residents:
            resident.stopping.set()
        for resident in residents:
            resident.join(60)
        judge(t, server, residents, db, before, missed, random_)
    finally:
        server.end(signal.SIGTERM)
    done = subprocess.run([PROGRAM, "verify", "--db", "sqlite:" + db, "--state", state], capture_output=True, text=True,
                          check=False)
    t.ok(done.returncode == 0, "verify finds nothing after the kills", done.stdout[-1500:] + done.stderr[-500:])


def judge(t, server, residents, db, before, missed, random_):
    receipts = [r for resident in residents for r in resident.receipts]
    refused = [s for resident in residents for s in resident.refused]
    stored = numbers_in(db)
    lost = [n for n, _ in receipts if n not in stored]
    sample = random_.sample(receipts, min(SAMPLE, len(receipts)))
    print(f"# {KILLS} kills, {sum(r.sent for r in residents)} sent, {len(receipts)} receipts, {len(stored) - before} stored, "
          f"{len(lost)} lost, {len(refused)} answered otherwise {sorted(set(refused))}")
    print(f"# control, the main file without its log: {sum(missed)} receipts missing over {len(missed)} copies, "
          f"{max(missed)} at worst")
    t.ok(len(receipts) >= KILLS, "at least a receipt for every kill")
    t.equal(lost, [], "every receipt's request is stored")
    t.equal(len({n for n, _ in receipts}), len(receipts), "no number was given twice")
    t.equal([c for _, c in sample if not opens(server.port, c)], [], f"{len(sample)} receipts open by their code")
    t.ok(sum(missed) > 0, "the control loses: a copy without the log lacks receipts")


def main():
    t = tap.Tap()
    if not os.path.exists(PROGRAM):
        t.skip("receipts outlive kill -9", "no program: set ZHAOFA_PROGRAM")
        t.done()
    directory = tempfile.mkdtemp(prefix="zhaofa-kill-")
    try:
        story(t, directory)
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    t.done()


if __name__ == "__main__":
    main()
