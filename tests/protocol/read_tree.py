#!/usr/bin/env python3
"""What two real contexts say to each other, understood by the reader in read_capture.py.

read_tree.py PROGRAM runs the program and compares what went between its contexts with what it did.
read_tree.py tee PROGRAM WORD... starts PROGRAM with those words as its argv and copies what goes through.
"""
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading

from read_capture import Values, messages

WELCOME, SHUT_DOWN, CALL, LOG = 9, 5, 6, 8
DATA, DEAD = 1, 2
CREDIT = 1 << 31


def tee(program, words):
    folder = pathlib.Path(os.environ["TENDRIL_TEST_TEE_TO"])
    ours, theirs = socket.socketpair()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TENDRIL_TEST_TEE")}
    child = subprocess.Popen(words, executable=program, stdin=theirs, stdout=theirs, env=environment)
    theirs.close()

    def copy(name, source, into, end):
        with open(folder / name, "wb", buffering=0) as file:  # all of it, even if we are killed
            while piece := source():
                file.write(piece)
                into(piece)
        end()

    with socket.socket(fileno=os.dup(0)) as parent:
        down = threading.Thread(daemon=True, target=copy, args=(
            "down", lambda: parent.recv(65536), ours.sendall, lambda: ours.shutdown(socket.SHUT_WR)))
        down.start()
        copy("up", lambda: ours.recv(65536), parent.sendall, lambda: None)
        child.wait()
        parent.shutdown(socket.SHUT_RDWR)
        down.join()


def values(data, count=1):
    reader = Values(data)
    read = [reader.value() for _ in range(count)]
    assert reader.at == len(data), "there is more than should be"
    return read if count > 1 else read[0]


def record(program, folder):
    environment = dict(os.environ, TENDRIL_TEST_TEE=os.path.abspath(__file__), TENDRIL_TEST_TEE_TO=folder)
    said = subprocess.run([program], env=environment, check=True, stdout=subprocess.PIPE, timeout=60).stdout.decode()
    assert said == "42 on purpose 1000 1\n", said
    return [list(messages((pathlib.Path(folder) / name).read_bytes())) for name in ("down", "up")]


def check_beginning(down, up):
    kind, dst, src, auth, handle, reply_to, data = down[0]
    assert (kind, dst, src, auth, handle) == (DATA, 1, 0, 0, WELCOME), down[0]
    number, above, name, directions, limit, silence, _, threads, measures = values(data)
    assert (number, above, name, directions, threads, measures) == (1, [0], "other", 0, 1, False)
    assert (limit, silence) == (128 << 20, 30 * 10**9)
    assert up[0][:6] == (DATA, 0, 1, 1, reply_to, 0), up[0]
    version, host, machine, _, user = values(up[0][6])
    assert (version, host, machine, user) == ("1", os.uname().nodename, os.uname().machine, os.getuid())


def check_calls(down, up):
    calls = [each for each in down if each[4] == CALL]
    answers = {each[4]: values(each[6]) for each in up if each[0] == DATA and each[4] >= 1000}
    heads = [values(each[6], 2) for each in calls]
    assert [head[0] for head, _ in heads] == ["talk::add", "talk::fail", "talk::count_to", "talk::remark"], heads
    assert all(0 < head[1] < 1 << 64 and head[2] == 0 for head, _ in heads)
    assert [arguments for _, arguments in heads[:2]] == [[20, 22], ["on purpose"]]
    assert answers[calls[0][5]] == [True, 42]
    what, kind, text, trace = answers[calls[1][5]][1]
    assert answers[calls[1][5]][0] is False and (what, text) == (0, "on purpose") and "runtime_error" in kind and trace
    assert calls[2][5] == 0, "nobody waits for that one"
    assert answers[calls[3][5]] == [True, None]
    return heads[2][1]


def check_stream(down, up, arguments):
    (context, handle, window), last = arguments
    assert (context, window, last) == (0, 4096, 1000)
    sent = [each for each in up if each[4] == handle]
    credit_at, = {each[5] for each in sent if each[0] == DATA}
    assert credit_at >= CREDIT
    assert [values(each[6]) for each in sent[:-1]] == list(range(1, 1001))
    assert sent[-1][0] == DEAD and sent[-1][6] == b"that was all", sent[-1]
    credits = [values(each[6]) for each in down if each[4] == credit_at and each[0] == DATA]
    total = sum(len(each[6]) + 64 for each in sent[:-1])
    assert total - window <= sum(credits) <= total and all(each >= window // 2 for each in credits), (credits, total)


def check_rest(down, up):
    record, = [values(each[6]) for each in up if each[4] == LOG]
    assert record[:4] == [3, 1, "talk", "a remark"] and record[4][0] == "time", record
    assert [each[:3] for each in down if each[4] == SHUT_DOWN] == [(DATA, 1, 0)]


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        down, up = record(program, folder)
    check_beginning(down, up)
    check_stream(down, up, check_calls(down, up))
    check_rest(down, up)
    print(f"{len(down)} messages down and {len(up)} up: read, and what the program did")


if __name__ == "__main__":
    if sys.argv[1] == "tee":
        tee(sys.argv[2], sys.argv[3:])
    else:
        main(sys.argv[1])
