/* What the kernel delivers from a program on a terminal that makes LF into CR LF: megabytes per second. */
#define _GNU_SOURCE
#include "measured.h"
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { written = 40 << 20, piece = 65536, rounds = 5 };

static void write_lines(int to)
{
    static char lines[piece];
    for (size_t i = 0; i < sizeof lines; ++i)
        lines[i] = i % 80 == 79 ? '\n' : 'x';
    for (size_t done = 0; done < written;) {
        ssize_t const count = write(to, lines, sizeof lines);
        if (count < 0)
            _exit(1);
        done += (size_t)count;
    }
    _exit(0);
}

static double one_round(void)
{
    int const master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) || unlockpt(master))
        exit(2);
    int const slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    double const start = microseconds();
    pid_t const child = fork();
    if (child == 0)
        write_lines(slave);
    close(slave);
    static char bytes[piece];
    size_t got = 0;
    for (ssize_t count; (count = read(master, bytes, sizeof bytes)) > 0;)
        got += (size_t)count;
    double const spent = microseconds() - start;
    close(master);
    waitpid(child, NULL, 0);
    return (double)got / spent;
}

int main(void)
{
    double samples[rounds];
    for (int i = 0; i < rounds; ++i)
        samples[i] = one_round();
    printf("%.2f\n", median(samples, rounds));
    return 0;
}
