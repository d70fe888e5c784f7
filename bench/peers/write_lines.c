/* Writes as many mebibytes as it is told, lines of 80 characters, 64 KiB at a time. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    static char block[65536];
    memset(block, 'x', sizeof block);
    for (size_t at = 80; at < sizeof block; at += 81)
        block[at] = '\n';
    long const blocks = argc > 1 ? atol(argv[1]) * 16 : 0;
    for (long i = 0; i < blocks; ++i)
        for (size_t done = 0; done < sizeof block;) {
            ssize_t const count = write(1, block + done, sizeof block - done);
            if (count <= 0)
                return 1;
            done += (size_t)count;
        }
    return 0;
}
