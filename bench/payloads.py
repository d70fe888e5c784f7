"""What terminals are fed with when they are timed: six kinds of output, the same bytes every time."""
import random

SIZE = 8 * 1024 * 1024


def lines(rng):
    words = ["lorem", "ipsum", "dolor", "sit", "amet", "consectetur", "adipiscing", "elit", "sed", "do", "eiusmod"]
    while True:
        line = ""
        while len(line) < 68:
            line += rng.choice(words) + " "
        yield line.rstrip() + "\r\n"


def dense_sgr(rng):
    while True:
        yield "".join(f"\x1b[{rng.choice((1, 4, 7, 22, 0))};38;5;{rng.randrange(256)}m{rng.choice('abcdefgh')}word" for _ in range(12)) + "\x1b[0m\r\n"


def cursor_motion(rng):
    while True:
        yield f"\x1b[{rng.randrange(1, 25)};{rng.randrange(1, 81)}H{rng.choice(('status', 'ok', '42', '#'))}\x1b[K"


def unicode_text(rng):
    pieces = ["grün ", "日本語 ", "naïve ", "e\u0301a ", "Привет ", "👍🏽 ", "👩‍👩‍👧 ", "한국 ", "λόγος "]
    while True:
        yield "".join(rng.choice(pieces) for _ in range(10)) + "\r\n"


def scroll_regions(rng):
    while True:
        top = rng.randrange(1, 12)
        yield f"\x1b[{top};{top + 10}r\x1b[{top + 10};1H" + "\r\nregion line scrolls" * 8 + "\x1b[r"


def one_line(rng):
    while True:
        yield "abcdefghijklmnopqrstuvwxyz0123456789" * 200


KINDS = {"ASCII lines": lines, "dense SGR": dense_sgr, "cursor motion": cursor_motion, "UTF-8": unicode_text,
         "scroll regions": scroll_regions, "one long line": one_line}


def write(kind, path):
    pieces, size = [], 0
    for piece in KINDS[kind](random.Random(1)):
        pieces.append(piece.encode())
        size += len(pieces[-1])
        if size >= SIZE:
            break
    path.write_bytes(b"".join(pieces))
