"""Memory that a measuring program carries about: small pages of its own, which a fork has to copy the tables of."""
import mmap

kept = []


def occupy(mebibytes):
    if not mebibytes:
        return
    memory = mmap.mmap(-1, mebibytes << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    memory.madvise(mmap.MADV_NOHUGEPAGE)
    for at in range(0, len(memory), 4096):
        memory[at] = 1
    kept.append(memory)
