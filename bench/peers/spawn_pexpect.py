import statistics, sys, time

import pexpect

took = []
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    child = pexpect.spawn(sys.argv[1])
    child.delayafterclose = child.delayafterterminate = child.ptyproc.delayafterclose = child.ptyproc.delayafterterminate = 0
    child.expect(pexpect.EOF)
    child.close()
    took.append(time.perf_counter() - start)
print(statistics.median(took) * 1e6)
