import pathlib, sys, time

import pexpect

tuned = sys.argv[3] == "tuned"
patterns = (pathlib.Path(__file__).parent / "expect_patterns.txt").read_text().splitlines()[:int(sys.argv[4])]
options = {"maxread": 65536, "searchwindowsize": 100} if tuned else {}
child = pexpect.spawn(sys.argv[1], [sys.argv[2]], timeout=None, **options)
child.expect(patterns)
print(time.process_time() * 1e3)
child.close(force=True)
