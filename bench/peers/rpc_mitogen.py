"""What Mitogen's contexts cost. Prints one number. Usage: rpc_mitogen.py start|call|call_p99|hop|pipelined|echo|contexts|memory ROUNDS"""
import os
import statistics
import sys
import time

import mitogen.core
import mitogen.master
import mitogen.utils


def add(left, right):
    return left + right


def echo(data):
    return data


def timed(work, rounds):
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) * 1e6)
    return sorted(times)


def private_kilobytes(pid):
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        return sum(int(line.split()[1]) for line in rollup if line.startswith("Private_"))


def measure(router, what, rounds):
    def local(**more):
        return router.local(python_path=sys.executable, **more)

    def start():
        child = local()
        child.call(add, 1, 2)
        times.append(time.perf_counter())
        child.shutdown(wait=True)

    if what == "start":
        spent = []
        for _ in range(rounds):
            times = []
            begin = time.perf_counter()
            start()
            spent.append((times[0] - begin) * 1e6)
        return statistics.median(spent)
    if what == "contexts":
        begin = time.perf_counter()
        for child in [local() for _ in range(rounds)]:
            child.call(add, 1, 2)
        return (time.perf_counter() - begin) * 1e3
    child = local()
    child.call(add, 1, 2)
    if what == "hop":
        child = local(via=child)
        child.call(add, 1, 2)
    if what in ("call", "hop"):
        return statistics.median(timed(lambda: child.call(add, 1, 2), rounds))
    if what == "call_p99":
        return timed(lambda: child.call(add, 1, 2), rounds)[int((rounds - 1) * 0.99)]
    if what == "pipelined":
        begin = time.perf_counter()
        for _ in range(rounds // 1000):
            for answer in [child.call_async(add, 1, 2) for _ in range(1000)]:
                answer.get().unpickle()
        return rounds / (time.perf_counter() - begin)
    if what == "echo":
        payload = mitogen.core.Blob(b"x" * (1 << 20))
        return statistics.median(timed(lambda: child.call(echo, payload), rounds))
    if what == "memory":
        return private_kilobytes(child.call(os.getpid))
    sys.exit(f"rpc_mitogen: what is {what}?")


def main(router, what, rounds):
    print("%.2f" % measure(router, what, int(rounds)))


if __name__ == "__main__":
    mitogen.utils.run_with_router(main, *sys.argv[1:])
