// The bare work below calls: two processes and a socket pair, blocking. Prints one number.
// Usage: rpc_raw call|call_p99|hop|echo ROUNDS
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { call_bytes = 93, answer_bytes = 50, mebibyte = 1 << 20 };

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_value(void const* a, void const* b)
{
    double const x = *(double const*)a, y = *(double const*)b;
    return (x > y) - (x < y);
}

static int read_all(int fd, char* into, size_t bytes)
{
    for (size_t have = 0; have < bytes;) {
        ssize_t const got = read(fd, into + have, bytes - have);
        if (got <= 0)
            return 0;
        have += (size_t)got;
    }
    return 1;
}

static void write_all(int fd, char const* from, size_t bytes)
{
    for (size_t done = 0; done < bytes;) {
        ssize_t const put = write(fd, from + done, bytes - done);
        if (put <= 0)
            exit(1);
        done += (size_t)put;
    }
}

// Answers, or passes on to `below` and back, until the end.
static void serve(int fd, int below, size_t ask, size_t answer)
{
    char* const buffer = calloc(1, mebibyte);
    while (read_all(fd, buffer, ask)) {
        if (below >= 0) {
            write_all(below, buffer, ask);
            if (!read_all(below, buffer, answer))
                break;
        }
        write_all(fd, buffer, answer);
    }
    _exit(0);
}

int main(int argc, char** argv)
{
    if (argc != 3)
        return 2;
    int const is_echo = strcmp(argv[1], "echo") == 0;
    size_t const ask = is_echo ? mebibyte : call_bytes;
    size_t const answer = is_echo ? mebibyte : answer_bytes;
    int const rounds = atoi(argv[2]);
    int top[2], low[2] = {-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, top) < 0)
        return 1;
    if (fork() == 0) {
        close(top[0]);
        if (strcmp(argv[1], "hop") == 0) {
            if (socketpair(AF_UNIX, SOCK_STREAM, 0, low) < 0)
                _exit(1);
            if (fork() == 0) {
                close(top[1]);
                close(low[0]);
                serve(low[1], -1, ask, answer);
            }
            close(low[1]);
        }
        serve(top[1], low[0], ask, answer);
    }
    close(top[1]);
    char* const buffer = calloc(1, mebibyte);
    double* const each = calloc((size_t)rounds, sizeof(double));
    for (int n = -100; n < rounds; ++n) {
        double const begin = now_us();
        write_all(top[0], buffer, ask);
        if (!read_all(top[0], buffer, answer))
            return 1;
        if (n >= 0)
            each[n] = now_us() - begin;
    }
    qsort(each, (size_t)rounds, sizeof(double), by_value);
    printf("%.2f\n", each[(size_t)((rounds - 1) * (strcmp(argv[1], "call_p99") == 0 ? 0.99 : 0.5))]);
    return 0;
}
