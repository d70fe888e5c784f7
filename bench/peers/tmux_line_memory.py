"""What a line of 79 characters costs tmux's server: growth of its resident memory by 50,000 lines, in bytes a line."""
import os
import pathlib
import subprocess
import tempfile

LINES = 50_000
server = f"tendril-bench-{os.getpid()}"


def tmux(*words):
    done = subprocess.run(["tmux", "-L", server, "-f", "/dev/null", *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def resident(pid):
    return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


with tempfile.NamedTemporaryFile() as lines:
    lines.write((b"x" * 79 + b"\r\n") * LINES)
    lines.flush()
    tmux("new-session", "-d", "-x", "80", "-y", "24", "-s", "bench", "sleep 1000")
    try:
        pid = int(tmux("display", "-p", "#{pid}"))
        tmux("set", "-g", "history-limit", str(2 * LINES))
        before = resident(pid)
        tmux("new-window", "-t", "bench", "-n", "fill",
             f"stty raw -echo; cat {lines.name}; printf '\\033[c'; dd bs=1 count=1 status=none >/dev/null; tmux -L {server} wait -S parsed; sleep 1000")
        tmux("wait", "parsed")
        print(f"{(resident(pid) - before) / int(tmux('display', '-p', '-t', 'bench:fill', '#{history_size}')):.1f}")
    finally:
        tmux("kill-server")
