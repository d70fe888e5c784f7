import statistics, subprocess, sys, time

import resident

resident.occupy(int(sys.argv[3]))
took = []
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    child = subprocess.Popen([sys.argv[1]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    child.communicate()
    took.append(time.perf_counter() - start)
print(statistics.median(took) * 1e6)
