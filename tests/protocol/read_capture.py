#!/usr/bin/env python3
"""A second reader of docs/protocol.md, with nothing but the standard library.

read_capture.py WRITER runs the program WRITER and checks that its stream says what it is known to say.
"""
import struct
import subprocess
import sys

HEADER = struct.Struct(">2sBBIIIIIIIII")


def frames(stream):
    at = 0
    while at < len(stream):
        magic, version, kind, size, *rest = HEADER.unpack_from(stream, at)
        if magic != b"td" or version != 1 or size > 65536:
            raise ValueError(f"no frame at byte {at}")
        at += HEADER.size
        yield kind, *rest, stream[at:at + size]
        at += size


def messages(stream):
    unfinished = {}
    for kind, dst, src, auth, handle, reply_to, number, offset, total, piece in frames(stream):
        data = unfinished.setdefault((src, number), bytearray())
        if len(data) != offset:
            raise ValueError("a part is missing")
        data += piece
        if len(data) == total:
            del unfinished[src, number]
            yield kind, dst, src, auth, handle, reply_to, bytes(data)
    if unfinished:
        raise ValueError("the stream ends within a message")


class Values:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        value, = struct.unpack_from(">" + form, self.data, self.at)
        self.at += struct.calcsize(">" + form)
        return value

    def raw(self, size):
        self.at += size
        return self.data[self.at - size:self.at]

    def array(self, count):
        return [self.value() for _ in range(count)]

    def map(self, count):
        return {self.value(): self.value() for _ in range(count)}

    def extension(self, size):
        kind = self.take("b")
        if kind != -1:
            return kind, self.raw(size)
        if size == 8:
            both = self.take("Q")
            return "time", both & 0x3ffffffff, both >> 34
        nanoseconds = self.take("I")
        return "time", self.take("q"), nanoseconds

    def value(self):
        tag = self.take("B")
        if tag < 0x80:
            return tag
        if tag < 0x90:
            return self.map(tag & 15)
        if tag < 0xa0:
            return self.array(tag & 15)
        if tag < 0xc0:
            return self.raw(tag & 31).decode()
        if tag >= 0xe0:
            return tag - 256
        if 0xd4 <= tag <= 0xd8:
            return self.extension(1 << (tag - 0xd4))
        simple = {0xc0: None, 0xc2: False, 0xc3: True}
        if tag in simple:
            return simple[tag]
        numbers = {0xca: "f", 0xcb: "d", 0xcc: "B", 0xcd: "H", 0xce: "I", 0xcf: "Q",
                   0xd0: "b", 0xd1: "h", 0xd2: "i", 0xd3: "q"}
        if tag in numbers:
            return self.take(numbers[tag])
        sized = {0xc4: ("B", self.raw), 0xc5: ("H", self.raw), 0xc6: ("I", self.raw),
                 0xc7: ("B", self.extension), 0xc8: ("H", self.extension), 0xc9: ("I", self.extension),
                 0xd9: ("B", lambda size: self.raw(size).decode()), 0xda: ("H", lambda size: self.raw(size).decode()),
                 0xdb: ("I", lambda size: self.raw(size).decode()),
                 0xdc: ("H", self.array), 0xdd: ("I", self.array), 0xde: ("H", self.map), 0xdf: ("I", self.map)}
        form, read = sized[tag]
        return read(self.take(form))


def main(writer):
    read = list(messages(subprocess.run([writer], check=True, stdout=subprocess.PIPE).stdout))
    values, large, dead = read  # the small ones end first
    expected = [True, -129, 4294967296, 0.5, "h\u00e9llo", b"\x00\xff", None, [1, 2, 3], {"a": 1}, [1, "text"],
                ("time", 1700000000, 5), ("time", -1, 0), 1500000]
    assert values[:6] == (1, 3, 2, 2, 1001, 0), values[:6]
    assert Values(values[6]).value() == expected, Values(values[6]).value()
    assert large[:6] == (1, 3, 2, 0, 101, 1000), large[:6]
    assert Values(large[6]).value() == "x" * 100000
    assert dead == (2, 2, 3, 3, 1002, 0, b"no such handle"), dead
    print(f"{len(read)} messages read and as expected")


if __name__ == "__main__":
    main(sys.argv[1])
