"""What terminals are fed with when they are timed: six kinds of output, the same bytes every time.

Each is what programs write, behind the kernel's line discipline: lines end in CR LF.
"""
import random

SIZE = 8 * 1000 * 1000
ROWS, COLUMNS = 24, 80
WORDS = ("the of and to in is that for it as was with be by on not he his but at are this have from or had an they which one you were all "
         "error warning note: static const auto return include namespace std::vector<int> src/main.cpp:128:17: undefined reference "
         "/usr/include/c++/12/bits/stl_vector.h: make[2]: Entering directory [ 42%] Building CXX object 0x7ffe12ab README.md").split()


def words(rng, width):
    picked, used = [], 0
    while used < width:
        picked.append(rng.choice(WORDS))
        used += len(picked[-1]) + 1
    return " ".join(picked)


def ascii_lines(rng):
    while True:
        yield words(rng, rng.randint(5, 110)) + "\r\n"


def color(rng):
    form = rng.choice(("\x1b[0m", "\x1b[01;34m", "\x1b[01;32m", "\x1b[01;36m", "\x1b[40;33;01m", "\x1b[38;5;{}m", "\x1b[48;5;{}m",
                       "\x1b[1m\x1b[31m", "\x1b[m\x1b[K", "\x1b[38;2;{};{};{}m", "\x1b[4m", "\x1b[7m"))
    return form.format(*(rng.randint(0, 255) for _ in range(3)))


def dense_sgr(rng):
    """A coloured file list, a compiler's messages, a colour for every word."""
    while True:
        kind = rng.random()
        if kind < .5:
            for _ in range(rng.randint(3, 6)):
                word = rng.choice(WORDS)
                yield color(rng) + word + "\x1b[0m" + " " * max(1, 14 - len(word))
        elif kind < .85:
            yield f"\x1b[01m\x1b[Ksrc/{rng.choice('abcdef')}.cpp:{rng.randint(1, 999)}:{rng.randint(1, 99)}:\x1b[m\x1b[K "
            yield f"\x1b[01;31m\x1b[Kerror: \x1b[m\x1b[K{words(rng, rng.randint(10, 50))} '\x1b[01m\x1b[K{rng.choice(WORDS)}\x1b[m\x1b[K'"
        else:
            yield "".join(color(rng) + rng.choice(WORDS)[:4] for _ in range(18)) + "\x1b[0m"
        yield "\r\n"


def repainted_rows(rng):
    yield "\x1b[H"
    for row in range(1, ROWS + 1):
        yield (f"\x1b[{row};1H\x1b[39m\x1b[49m{rng.randint(1, 99999):5} \x1b[36m{rng.choice(WORDS)[:8]:8}\x1b[m "
               f"\x1b[32m{rng.random() * 100:5.1f}\x1b[m \x1b[1;34m{words(rng, 30)[:44]}\x1b[m\x1b[K")
    yield "\x1b[24;1H\x1b[7m F1Help F2Setup F10Quit \x1b[27m\x1b[K"


def sparse_edits(rng):
    for _ in range(60):
        yield f"\x1b[{rng.randint(1, ROWS)};{rng.randint(1, COLUMNS - 9)}H"
        yield rng.choice((f"\x1b[{rng.randint(30, 37)}m{rng.choice(WORDS)[:8]}\x1b[m", f"\x1b[{rng.randint(30, 37)}m{rng.choice(WORDS)[:8]}\x1b[m",
                          "\x1b[K", "\x1b[K", f"\x1b[{rng.randint(1, 9)}X", f"\x1b[{rng.randint(1, 5)}P", f"\x1b[{rng.randint(1, 5)}@ab",
                          "\x1b[A\x1b[3Cx\x1b[B\x1b[2Dy\b\bz"))


def status_ticks(rng):
    for percent in range(0, 90, 3):
        yield f"\x1b7\x1b[24;60H\x1b[7m{percent:3}% {rng.randint(0, 999999):6}\x1b[m\x1b8"


def cursor_motion(rng):
    yield "\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J"
    while True:
        yield from rng.choices((repainted_rows, sparse_edits, status_ticks), (4, 4, 2))[0](rng)


def unicode_text(rng):
    wide = [chr(rng.randint(0x4E00, 0x9FA5)) for _ in range(3000)] + [chr(rng.randint(0xAC00, 0xD7A3)) for _ in range(500)]
    accented = "àéîõüßøåçñÀÉłžŠđж дяфЖШΩλπσ"
    emoji = ("😀", "🚀", "❤️", "👩‍💻", "👨‍👩‍👧‍👦", "🇫🇷", "👍🏽", "☃", "✔️", "🏳️‍🌈")
    marked = ("e\u0301", "a\u0308", "n\u0303", "o\u0302\u0323", "Z\u0351\u036b\u0343")
    while True:
        kind = rng.random()
        if kind < .35:
            yield "".join(rng.choices(wide, k=rng.randint(5, 38)))
        elif kind < .55:
            yield "".join(rng.choice(accented) if rng.random() < .3 else rng.choice("abcdefghij klm") for _ in range(rng.randint(20, 78)))
        elif kind < .7:
            yield " ".join(rng.choices(emoji, k=rng.randint(3, 20)))
        elif kind < .8:
            yield "x".join(rng.choices(marked, k=rng.randint(5, 35)))
        elif kind < .9:
            yield "".join(rng.choices("─│┌┐└┘├┤┬┴┼█▓▒░▏▎▍", k=78))
        else:
            yield words(rng, 60)
        yield "\r\n"


def scroll_regions(rng):
    yield "\x1b[2J\x1b[2;23r\x1b[23;1H"
    while True:
        kind = rng.random()
        if kind < .55:
            yield "".join("\r\n" + words(rng, rng.randint(3, 60))[:79] for _ in range(20))
        elif kind < .7:
            yield "\x1b[2;1H" + "".join("\x1bM\r" + words(rng, 30)[:60] + "\x1b[K" for _ in range(15)) + "\x1b[23;1H"
        elif kind < .8:
            yield f"\x1b[10;1H\x1b[{rng.randint(1, 4)}L{words(rng, 20)}\x1b[23;1H"
        elif kind < .9:
            yield f"\x1b[10;1H\x1b[{rng.randint(1, 4)}M\x1b[23;1H{words(rng, 20)}"
        else:
            yield f"\x1b[{rng.randint(1, 3)}S\x1b[{rng.randint(1, 3)}T"


def one_line(rng):
    while True:
        yield words(rng, 4000) + " "


KINDS = {"ASCII lines": ascii_lines, "dense SGR": dense_sgr, "cursor motion": cursor_motion, "UTF-8": unicode_text,
         "scroll regions": scroll_regions, "one long line": one_line}


def write(kind, path, wanted=SIZE):
    pieces, size = [], 0
    for piece in KINDS[kind](random.Random(1)):
        pieces.append(piece.encode())
        size += len(pieces[-1])
        if size >= wanted:
            break
    path.write_bytes(b"".join(pieces))


def typed(rng):
    """A word at a time behind a prompt."""
    yield "\x1b[2J\x1b[H" + "\r\n".join(words(rng, 70) for _ in range(ROWS - 1)) + "\r\n\x1b[32m$\x1b[m "
    for turn in range(FRAMES):
        yield rng.choice(WORDS)[:8] + " " if turn % 6 else "\r\n\x1b[32m$\x1b[m "


def log_lines(rng):
    for _ in range(FRAMES):
        yield "".join(f"\r\n\x1b[36m{rng.randint(10, 59)}:{rng.randint(10, 59)}\x1b[m {words(rng, 60)}" for _ in range(rng.randint(1, 3)))


def process_list(rng):
    for _ in range(FRAMES):
        yield "".join(repainted_rows(rng))


def editor_pages(rng):
    for _ in range(FRAMES):
        yield "\x1b[H\x1b[2J" + "".join(f"\x1b[{row};1H\x1b[33m{rng.randint(1, 999):4} \x1b[m{words(rng, 30)} \x1b[1;34m{rng.choice(WORDS)[:9]}\x1b[m {words(rng, 15)[:25]}"
                                       for row in range(1, ROWS + 1))


FRAMES = 40
SHOWS = {"words typed at a prompt": typed, "a log that scrolls": log_lines, "a list of processes": process_list, "pages of an editor": editor_pages}


def write_frames(show, path):
    path.write_bytes("\0".join(SHOWS[show](random.Random(1))).encode())
