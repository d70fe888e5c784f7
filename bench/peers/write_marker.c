/* Writes as many mebibytes of numbered lines as it is told, then a prompt, and waits for a line or the end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int all(char const *from, size_t count)
{
    while (count > 0) {
        ssize_t const done = write(1, from, count);
        if (done <= 0)
            return 0;
        from += done;
        count -= (size_t)done;
    }
    return 1;
}

int main(int argc, char **argv)
{
    static char block[65536];
    size_t used = 0;
    for (int line = 0; used + 100 < sizeof block; ++line)
        used += (size_t)sprintf(block + used, "line %05d: Reading package lists, building the tree of what depends on what\n", line);
    long const bytes = argc > 1 ? atol(argv[1]) << 20 : 0;
    for (long done = 0; done < bytes; done += (long)used)
        if (!all(block, used))
            return 1;
    char answer[64];
    return !all("READY> ", 7) || read(0, answer, sizeof answer) < 0;
}
