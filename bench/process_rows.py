"""Group process: what it costs to start programs, to wait for them, and to take in what they write."""
import measure

PYTHON = "/usr/bin/python3"
GIGABYTE = 1024


class peers:
    """The measuring programs under bench/peers, compiled when somebody asks for them."""

    def __init__(self, root):
        self.root = root

    def program(self, source, *flags):
        path, why = measure.compiled(self.root, self.root / "bench/peers" / source, list(flags))
        if not path:
            raise RuntimeError(why)
        return path

    def command(self, source, *arguments, flags=()):
        """A command for measure.contest(): a reason in place of one that cannot be had."""
        if source.endswith(".py"):
            return [PYTHON, self.root / "bench/peers" / source, *arguments]
        try:
            return [self.program(source, *flags), *arguments]
        except RuntimeError as why:
            return str(why)


def ours(root, name, *arguments):
    return [root / "build/release/bench/bin" / name, *arguments]


def spawn_rows(root, those, child):
    rows = []
    for resident, rounds, few, many in ((0, 7, 100, 400), (GIGABYTE, 5, 30, 200)):
        where = " from a parent with 1 GiB resident" if resident else ""
        contestants = {
            "tendril": ours(root, "process_spawn", "pipes", child, many, resident),
            "(limit)": those.command("spawn_raw.c", "vfork", child, many, resident),
            "posix_spawn in C": those.command("spawn_raw.c", "posix_spawn", child, many, resident),
            "libuv": those.command("spawn_libuv.c", child, many if not resident else few, resident, flags=["-luv"]),
            "Boost.Process v2": those.command("spawn_boost.cpp", child, few, resident,
                                              flags=["-lboost_filesystem", "-lboost_atomic", "-lpthread"]),
            "Python subprocess": those.command("spawn_subprocess.py", child, few, resident),
            "Python asyncio": those.command("spawn_asyncio.py", child, few, resident),
            "Twisted": those.command("spawn_twisted.py", child, few, resident, "pipes"),
        }
        rows += measure.contest(f"a tiny static program with 3 pipes, from spawn to ended{where}", "microseconds",
                                "lower", contestants, rounds)
    return rows


def terminal_rows(root, those, child):
    contestants = {
        "tendril": ours(root, "process_spawn", "terminal", child, 400),
        "(limit)": those.command("spawn_terminal_raw.c", child, 400, flags=["-lutil"]),
        "pexpect": those.command("spawn_pexpect.py", child, 20),
        "Twisted": those.command("spawn_twisted.py", child, 100, 0, "terminal"),
    }
    return measure.contest("a tiny static program on a terminal, from spawn to ended", "microseconds", "lower",
                           contestants, 7)


def throughput_rows(root, those):
    writer = those.program("write_lines.c", "-static")
    rows = []
    for kind, mebibytes, what in (("pipe", 2048, "read a program's output from a pipe"),
                                  ("terminal", 32, "read a program's output from a terminal")):
        contestants = {
            "tendril": ours(root, "process_throughput", kind, writer, mebibytes),
            "(limit)": those.command("throughput_raw.c", kind, writer, mebibytes, flags=["-lutil"]),
            "Asio alone": those.command("throughput_asio.cpp", kind, writer, mebibytes, flags=["-lutil", "-lpthread"]),
            "Twisted": those.command("throughput_twisted.py", kind, writer, mebibytes),
        }
        if kind == "terminal":
            contestants["tendril with its terminal attached"] = ours(root, "process_throughput", "screen", writer,
                                                                     mebibytes)
        rows += measure.contest(what, "MB/s", "higher", contestants, 7)
    contestants = {
        "tendril": ours(root, "process_throughput", "pipe", writer, 2048, "cpu"),
        "(limit)": those.command("throughput_raw.c", "pipe", writer, 2048, "cpu", flags=["-lutil"]),
        "Asio alone": those.command("throughput_asio.cpp", "pipe", writer, 2048, "cpu", flags=["-lutil", "-lpthread"]),
    }
    return rows + measure.contest("the reader's own work for a gigabyte from a pipe", "CPU milliseconds", "lower",
                                  contestants, 7)


def crowd_rows(root, those):
    child = those.program("wait_at_gate.c", "-static")
    rows = []
    for count in (200, 2000):
        contestants = {
            "tendril": ours(root, "process_crowd", "time", child, count),
            "posix_spawn in C": those.command("crowd_posix_spawn.c", child, count),
        }
        rows += measure.contest(f"{count} programs at once, from the first spawn until all have ended", "milliseconds",
                                "lower", contestants, 5)
    rows += measure.contest("memory of ours for each of 2,000 programs", "KiB", "lower",
                            {"tendril": ours(root, "process_crowd", "memory", child, 2000)}, 3)
    return rows


def rows(root):
    those = peers(root)
    try:
        child = those.program("exit_at_once.c", "-static")
    except RuntimeError as why:
        return [measure.skipped("process", "everything", str(why))]
    return [*spawn_rows(root, those, child), *terminal_rows(root, those, child), *throughput_rows(root, those),
            *crowd_rows(root, those)]
