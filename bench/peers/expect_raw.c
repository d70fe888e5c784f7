/* The bare read loop: a program's output over a terminal, read in 64 KiB pieces until it ends with the prompt.
   Prints its own CPU milliseconds. Usage: expect_raw PROGRAM MEBIBYTES */
#define _GNU_SOURCE
#include "measured.h"
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    int master;
    pid_t const child = forkpty(&master, NULL, NULL, NULL);
    if (child == 0) {
        execl(argv[1], argv[1], argv[2], (char *)NULL);
        _exit(127);
    }
    static char buffer[65536];
    ssize_t count;
    while ((count = read(master, buffer, sizeof buffer)) > 0)
        if (count >= 7 && !memcmp(buffer + count - 7, "READY> ", 7))
            break;
    printf("%.3f\n", cpu_microseconds() / 1e3);
    kill(child, SIGKILL);
    return count <= 0;
}
