/* The raw shape of the work: three pipes, vfork or posix_spawn, exec, read to the end, wait. Prints the median in
   microseconds. Usage: spawn_raw vfork|posix_spawn PROGRAM ROUNDS [RESIDENT_MIB] */
#define _GNU_SOURCE
#include "measured.h"
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static pid_t start_vfork(char *program, int in, int out, int err)
{
    char *const arguments[] = {program, NULL};
    pid_t const child = vfork();
    if (child == 0) {
        dup2(in, 0);
        dup2(out, 1);
        dup2(err, 2);
        execv(program, arguments);
        _exit(127);
    }
    return child;
}

static pid_t start_posix_spawn(char *program, int in, int out, int err)
{
    char *const arguments[] = {program, NULL};
    posix_spawn_file_actions_t actions;
    pid_t child = -1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, 0);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
    posix_spawn_file_actions_adddup2(&actions, err, 2);
    int const why = posix_spawn(&child, program, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return why ? -1 : child;
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    pid_t (*const start)(char *, int, int, int) = strcmp(argv[1], "vfork") ? start_posix_spawn : start_vfork;
    int const rounds = atoi(argv[3]);
    occupy(argc > 4 ? (size_t)atoi(argv[4]) : 0);
    double *const took = malloc(sizeof(double) * (size_t)rounds);
    char buffer[4096];
    for (int i = 0; i < rounds; ++i) {
        double const begin = microseconds();
        int in[2], out[2], err[2], status;
        if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC))
            return 1;
        pid_t const child = start(argv[2], in[0], out[1], err[1]);
        close(in[0]);
        close(out[1]);
        close(err[1]);
        while (read(out[0], buffer, sizeof buffer) > 0) {
        }
        while (read(err[0], buffer, sizeof buffer) > 0) {
        }
        if (child < 0 || waitpid(child, &status, 0) < 0 || status)
            return 1;
        close(in[1]);
        close(out[0]);
        close(err[0]);
        took[i] = microseconds() - begin;
    }
    printf("%.2f\n", median(took, rounds));
    return 0;
}
