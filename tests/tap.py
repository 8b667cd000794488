"""tap: TAP output for the tests written in Python, in the least that will do."""
import sys


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = 0

    def ok(self, good, name, note=""):
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}", flush=True)
        if not good and note:
            for line in str(note).splitlines():
                print(f"# {line}", flush=True)
        return good

    def equal(self, got, want, name):
        return self.ok(got == want, name, f"got  {got!r}\nwant {want!r}")

    def skip(self, name, reason):
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {reason}", flush=True)

    def done(self):
        """Print the plan and leave: the plan comes last, so a test that dies has none."""
        print(f"1..{self.count}", flush=True)
        sys.exit(1 if self.failed else 0)
