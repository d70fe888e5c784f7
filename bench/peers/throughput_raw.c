/* The raw shape: a program's output over a pipe or a terminal, read in 64 KiB pieces by nothing but read().
   Prints MB/s, or its own CPU milliseconds for each gigabyte.
   Usage: throughput_raw pipe|terminal PROGRAM MEBIBYTES [cpu] */
#define _GNU_SOURCE
#include "measured.h"
#include <fcntl.h>
#include <pty.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 4 && argc != 5)
        return 2;
    char *const arguments[] = {argv[2], argv[3], NULL};
    int const on_terminal = !strcmp(argv[1], "terminal");
    int ends[2];
    double const begin = microseconds();
    if (on_terminal ? openpty(&ends[0], &ends[1], NULL, NULL, NULL) : pipe2(ends, O_CLOEXEC))
        return 1;
    pid_t const child = vfork();
    if (child == 0) {
        if (on_terminal) {
            setsid();
            ioctl(ends[1], TIOCSCTTY, 0);
        }
        dup2(ends[1], 1);
        close(ends[0]);
        close(ends[1]);
        execv(argv[2], arguments);
        _exit(127);
    }
    close(ends[1]);
    static char buffer[65536];
    size_t total = 0;
    ssize_t count;
    while ((count = read(ends[0], buffer, sizeof buffer)) > 0)
        total += (size_t)count;
    int status;
    waitpid(child, &status, 0);
    if (argc == 5)
        printf("%.2f\n", cpu_microseconds() / 1e3 / ((double)total / 1e9));
    else
        printf("%.2f\n", (double)total / (microseconds() - begin));
    return status != 0;
}
