#!/usr/bin/env python3
"""Messages survive the end of the process: a real program over a real database, a provider on this host that is away,
slow or there, and SIGKILL between sending and recording.  TAP.

A small demonstration is built and then no longer called one, so that it sends; it lives at its own time (--now).
"""
import http.server
import json
import os
import pathlib
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from tap import Tap  # noqa: E402

KEY = "a key of this provider"


def candidates():
    yield os.environ.get("ZHAOFA_PROGRAM", "")
    build = os.environ.get("ZHAOFA_BUILD", "")
    for folder in ([build] if build else []) + ["build-test", "build"]:
        yield str(HERE.parent / folder / "zhaofa")


class Provider(http.server.ThreadingHTTPServer):
    """Takes messages; `mode` says how: ok, away (503), slow (answers after the sender is gone)."""

    daemon_threads = True

    def __init__(self):
        self.mode, self.got, self.lock = "ok", [], threading.Lock()
        self.arrived = threading.Event()
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        mode = self.server.mode
        if mode != "away":
            with self.server.lock:
                self.server.got.append((self.headers["Idempotency-Key"], json.loads(body)))
            self.server.arrived.set()
        if mode == "slow":
            time.sleep(4)
        try:
            self.send_response(503 if mode == "away" else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()
        except OSError:
            pass  # killed meanwhile: that is the point

    def log_message(self, *args):
        pass


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class House:
    def __init__(self, program, folder, provider):
        self.program, self.state = program, folder
        self.db = str(pathlib.Path(folder) / "zhaofa.db")
        self.child = None
        key = pathlib.Path(folder) / "sms.key"
        key.write_text(KEY + "\n")
        key.chmod(0o600)
        self.conf = str(pathlib.Path(folder) / "conf")
        pathlib.Path(self.conf).write_text(
            f"[notify]\nsms_url = http://127.0.0.1:{provider.server_port}/send\nsms_key_file = {key}\n")

    def build(self):
        subprocess.run([self.program, "demo", "--state", self.state, "--requests", "60"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with sqlite3.connect(self.db) as c:
            c.execute("UPDATE meta SET value = '0' WHERE key = 'demo'")
            c.execute("UPDATE outbox SET made_ms = 1782781200000")  # of today, or the oldest would be given up: 09:00 on the 30th

    def start(self, now):
        self.child = subprocess.Popen([self.program, "serve", "--conf", self.conf, "--state", self.state, "--port",
                                       str(free_port()), "--now", now], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def end(self, sig):
        self.child.send_signal(sig)
        return self.child.wait(30)

    def ask(self, sql):
        with sqlite3.connect(f"file:{self.db}?mode=ro", uri=True, timeout=10) as c:
            return c.execute(sql).fetchone()[0]


def wait_for(what, seconds=120):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.2)
    return False


def story(tap, house, provider):
    house.build()
    waiting = house.ask("SELECT count(*) FROM outbox WHERE state = 1")
    tap.ok(waiting > 3, "messages wait to be sent", str(waiting))

    provider.mode = "away"
    house.start("2026-06-30T09:00+08:00")
    shut = wait_for(lambda: house.ask("SELECT count(*) FROM notify_gate") == 1)
    tap.ok(shut, "a provider that is away closes the way")
    house.end(signal.SIGTERM)
    ended = house.ask("SELECT count(*) FROM outbox WHERE state IN (2, 3, 4)")
    tap.ok(ended == 0, "none is lost meanwhile", str(ended))

    provider.mode = "slow"
    house.start("2026-06-30T10:00+08:00")
    arrived = provider.arrived.wait(40)
    house.end(signal.SIGKILL)
    tap.ok(arrived, "the provider has one, and the process is killed before it could write that down")
    tap.ok(house.ask("SELECT count(*) FROM notify_attempt WHERE result = 0") == 1, "the attempt stands there, its end unknown")

    provider.mode = "ok"
    house.start("2026-06-30T10:05+08:00")
    all_gone = wait_for(lambda: house.ask("SELECT count(*) FROM outbox WHERE done_ms IS NULL") == 0)
    tap.ok(all_gone, "after a start all of them go out")
    tap.ok(house.end(signal.SIGTERM) == 0, "and the process ends as it should")
    ids = [i for i, _ in provider.got]
    sent = house.ask("SELECT count(*) FROM outbox WHERE state = 2")
    tap.ok(len(set(ids)) == sent, "each once", f"{len(ids)} calls, {len(set(ids))} ids, {sent} sent")
    tap.ok(len(ids) == sent + 1 and ids.count(ids[0]) == 2, "and the one that was cut off a second time, under the same id")
    tap.ok(all("199" in m["to"] and m["text"] for _, m in provider.got), "to the numbers of the demonstration, with a text")
    verify = subprocess.run([house.program, "verify", "--state", house.state], capture_output=True, text=True)
    tap.ok(verify.returncode == 0, "verify finds nothing", verify.stdout[-600:])


def main():
    tap = Tap()
    program = next((p for p in candidates() if p and os.access(p, os.X_OK)), None)
    if program is None:
        tap.ok(False, "there is a program to run", "build it, or name it in ZHAOFA_PROGRAM")
        return tap.done()
    provider = Provider()
    with tempfile.TemporaryDirectory(prefix="zhaofa-notify-") as folder:
        house = House(program, folder, provider)
        try:
            story(tap, house, provider)
        finally:
            if house.child and house.child.poll() is None:
                house.end(signal.SIGKILL)
    return tap.done()


if __name__ == "__main__":
    main()
