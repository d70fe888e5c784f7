"""What mosh sends for frames that a program shows one after the other: bytes of UDP payload a frame, compressed and
encrypted as mosh does it, without its keep-alives. Usage: mosh_bytes.py FRAMES COLUMNS ROWS; frames are divided by NUL."""
import fcntl
import os
import pty
import re
import selectors
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import time

SETTLED = 0.3  # seconds without a packet after a frame; mosh waits at most 0.25 for more output
SHOWN = ("import sys; frames = open(sys.argv[1], 'rb').read().split(b'\\0'); orders = open(sys.argv[2], 'rb', 0)\n"
         "for frame in frames:\n"
         "    if not orders.read(1): break\n"
         "    sys.stdout.buffer.write(frame); sys.stdout.buffer.flush()\n"
         "orders.read(1)\n")


class relay:
    """Sits between a client and the server, and counts what the server says."""

    def __init__(self, server_port):
        self.front = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.front.bind(("127.0.0.1", 0))
        self.back = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.back.connect(("127.0.0.1", server_port))
        self.port = self.front.getsockname()[1]
        self.client = None
        self.said = 0

    def pass_on(self, which):
        if which is self.front:
            data, self.client = self.front.recvfrom(65536)
            self.back.send(data)
        else:
            data = self.back.recv(65536)
            self.said += len(data)
            if self.client:
                self.front.sendto(data, self.client)


def settle(ready, between, screen):
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < SETTLED:
        for key, _ in ready.select(0.05):
            if key.fileobj == screen:
                os.read(screen, 65536)
            else:
                before = between.said
                between.pass_on(key.fileobj)
                if between.said != before:
                    quiet_since = time.monotonic()


def main(frames_path, columns, rows):
    frames = open(frames_path, "rb").read().count(b"\0") + 1
    with tempfile.TemporaryDirectory() as folder:
        orders = os.path.join(folder, "orders")
        os.mkfifo(orders)
        started = subprocess.run(["mosh-server", "new", "-i", "127.0.0.1", "--", "/usr/bin/python3", "-c", SHOWN, frames_path, orders],
                                 capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL)
        port, key = re.search(r"MOSH CONNECT (\d+) (\S+)", started.stdout).groups()
        between = relay(int(port))
        client, screen = pty.fork()
        if client == 0:
            os.environ.update(MOSH_KEY=key, TERM="xterm-256color")
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", int(rows), int(columns), 0, 0))
            os.execlp("mosh-client", "mosh-client", "127.0.0.1", str(between.port))
        ready = selectors.DefaultSelector()
        for each in (between.front, between.back, screen):
            ready.register(each, selectors.EVENT_READ)
        writer = os.open(orders, os.O_RDWR)
        settle(ready, between, screen)
        os.write(writer, b"\n")
        settle(ready, between, screen)
        begin = between.said
        for _ in range(frames - 1):
            os.write(writer, b"\n")
            settle(ready, between, screen)
        print(f"{(between.said - begin) / (frames - 1):.1f}")
        os.kill(client, signal.SIGTERM)
        os.waitpid(client, 0)
        os.close(writer)  # the program reads the end of its orders, ends, and the server with it


main(*sys.argv[1:])
