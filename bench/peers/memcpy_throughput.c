/* The limit: copying as much memory as a cache does not hold, filled with the payload. Megabytes per CPU second. */
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { room = 64 << 20, rounds = 8 };

int main(int argc, char **argv)
{
    FILE *const file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file)
        return 2;
    static char from[room], to[room];
    size_t const size = fread(from, 1, room, file);
    if (size == 0)
        return 1;
    for (size_t at = size; at < room; at += size)
        memcpy(from + at, from, size < room - at ? size : room - at);
    memcpy(to, from, room);
    clock_t const start = clock();
    unsigned long sum = 0;
    for (int i = 0; i < rounds; ++i) {
        from[i] = (char)i;
        memcpy(to, from, room);
        sum += (unsigned char)to[room / 2];
    }
    double const seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    printf("%.2f\n", (double)rounds * room / 1e6 / seconds + (double)(sum & 1) * 1e-9);
    return 0;
}
