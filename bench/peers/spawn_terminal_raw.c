/* The raw shape of a program on a terminal: openpty, vfork, exec, read to EIO, wait. Prints the median in
   microseconds. Usage: spawn_terminal_raw PROGRAM ROUNDS */
#define _GNU_SOURCE
#include "measured.h"
#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    int const rounds = atoi(argv[2]);
    double *const took = malloc(sizeof(double) * (size_t)rounds);
    char *const arguments[] = {argv[1], NULL};
    char buffer[4096];
    struct winsize size = {24, 80, 0, 0};
    for (int i = 0; i < rounds; ++i) {
        double const begin = microseconds();
        int master, slave, status;
        if (openpty(&master, &slave, NULL, NULL, &size))
            return 1;
        pid_t const child = vfork();
        if (child == 0) {
            setsid();
            ioctl(slave, TIOCSCTTY, 0);
            dup2(slave, 0);
            dup2(slave, 1);
            dup2(slave, 2);
            close(slave);
            close(master);
            execv(argv[1], arguments);
            _exit(127);
        }
        close(slave);
        while (read(master, buffer, sizeof buffer) > 0) {
        }
        if (waitpid(child, &status, 0) < 0 || status)
            return 1;
        close(master);
        took[i] = microseconds() - begin;
    }
    printf("%.2f\n", median(took, rounds));
    return 0;
}
