import statistics, sys, time

import resident
from twisted.internet import protocol, reactor

took = []


class Child(protocol.ProcessProtocol):
    def processEnded(self, reason):
        took.append(time.perf_counter() - self.start)
        spawn()


def spawn():
    if len(took) == int(sys.argv[2]):
        reactor.stop()
        return
    child = Child()
    child.start = time.perf_counter()
    reactor.spawnProcess(child, sys.argv[1], [sys.argv[1]], usePTY=sys.argv[4] == "terminal")


resident.occupy(int(sys.argv[3]))
reactor.callWhenRunning(spawn)
reactor.run()
print(statistics.median(took) * 1e6)
