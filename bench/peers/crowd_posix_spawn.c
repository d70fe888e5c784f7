/* Many children at once: posix_spawn, epoll on their outputs, waitpid for each. Prints the milliseconds from the
   first start until all are reaped with all their output. Usage: crowd_posix_spawn PROGRAM CHILDREN */
#define _GNU_SOURCE
#include "measured.h"
#include <fcntl.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static pid_t start(char *program, int in, int out)
{
    char *const arguments[] = {program, NULL};
    posix_spawn_file_actions_t actions;
    pid_t child = -1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, 0);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
    int const why = posix_spawn(&child, program, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return why ? -1 : child;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    int const count = atoi(argv[2]);
    pid_t *const children = malloc(sizeof(pid_t) * (size_t)count);
    double const begin = microseconds();
    int gate[2];
    int const loop = epoll_create1(EPOLL_CLOEXEC);
    if (pipe2(gate, O_CLOEXEC))
        return 1;
    for (int i = 0; i < count; ++i) {
        int out[2];
        if (pipe2(out, O_CLOEXEC))
            return 1;
        if ((children[i] = start(argv[1], gate[0], out[1])) < 0)
            return 1;
        close(out[1]);
        struct epoll_event wanted = {.events = EPOLLIN, .data.fd = out[0]};
        epoll_ctl(loop, EPOLL_CTL_ADD, out[0], &wanted);
    }
    close(gate[1]);
    size_t total = 0;
    for (int open = count; open > 0;) {
        struct epoll_event events[128];
        int const ready = epoll_wait(loop, events, 128, -1);
        for (int i = 0; i < ready; ++i) {
            char buffer[256];
            ssize_t const got = read(events[i].data.fd, buffer, sizeof buffer);
            if (got > 0) {
                total += (size_t)got;
            } else {
                close(events[i].data.fd);
                --open;
            }
        }
    }
    for (int i = 0; i < count; ++i)
        waitpid(children[i], NULL, 0);
    if (total != (size_t)count * 64)
        return 1;
    printf("%.2f\n", (microseconds() - begin) / 1e3);
    return 0;
}
