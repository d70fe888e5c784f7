/* Runs a program on a terminal of its own and reads what it writes, as fast as it comes. Prints the milliseconds until
   its end, or the CPU milliseconds of it and all that it started.
   Usage: on_terminal wall|cpu PROGRAM [ARGUMENTS] */
#define _GNU_SOURCE
#include "measured.h"
#include <pty.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double milliseconds(struct timeval const *t)
{
    return (double)t->tv_sec * 1e3 + (double)t->tv_usec / 1e3;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    struct winsize const size = {24, 80, 0, 0};
    double const begin = microseconds();
    int master;
    pid_t const child = forkpty(&master, NULL, NULL, &size);
    if (child < 0)
        return 1;
    if (child == 0) {
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    static char buffer[65536];
    while (read(master, buffer, sizeof buffer) > 0)
        continue;
    int status;
    struct rusage used;
    waitpid(child, &status, 0);
    double const elapsed = (microseconds() - begin) / 1e3;
    getrusage(RUSAGE_CHILDREN, &used);
    printf("%.2f\n", strcmp(argv[1], "cpu") ? elapsed : milliseconds(&used.ru_utime) + milliseconds(&used.ru_stime));
    return status != 0;
}
