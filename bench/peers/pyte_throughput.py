"""pyte with a history of 10,000 lines, 80x24. Prints megabytes per CPU second. It is slow: a part of the file will do."""
import sys
import time

import pyte

PART = 200_000
payload = open(sys.argv[1], "rb").read(PART)
stream = pyte.ByteStream(pyte.HistoryScreen(80, 24, history=10_000))
start = time.process_time()
stream.feed(payload)
print(f"{len(payload) / 1e6 / (time.process_time() - start):.2f}")
