/* The limit: copying the payload once. Prints megabytes per CPU second. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int main(int argc, char **argv)
{
    FILE *const file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file)
        return 2;
    static char from[64 << 20], to[64 << 20];
    size_t const size = fread(from, 1, sizeof from, file);
    memcpy(to, from, size);
    clock_t const start = clock();
    unsigned long sum = 0;
    for (int i = 0; i < 20; ++i) {
        from[i] = (char)i;
        memcpy(to, from, size);
        sum += (unsigned char)to[size / 2];
    }
    double const seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    printf("%.2f\n", 20.0 * (double)size / 1e6 / seconds + (double)(sum & 1) * 1e-9);
    return 0;
}
