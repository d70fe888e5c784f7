"""Twisted: what a program writes over a pipe or a terminal. Prints MB/s."""
import sys, time

from twisted.internet import protocol, reactor

begin, total = time.perf_counter(), 0


class Child(protocol.ProcessProtocol):
    def outReceived(self, data):
        global total
        total += len(data)

    def processEnded(self, reason):
        print(total / (time.perf_counter() - begin) / 1e6)
        reactor.stop()


reactor.callWhenRunning(
    lambda: reactor.spawnProcess(Child(), sys.argv[2], sys.argv[2:], usePTY=sys.argv[1] == "terminal"))
reactor.run()
