/* libuv: three pipes, both outputs read to the end, the exit callback. Prints the median in microseconds.
   Usage: spawn_libuv PROGRAM ROUNDS [RESIDENT_MIB] */
#define _GNU_SOURCE
#include "measured.h"
#include <string.h>
#include <uv.h>

static char *program;
static int rounds, finished, open_handles;
static double *took, begin;
static uv_pipe_t ends[3];
static uv_process_t child;

static void start(void);

static void on_close(uv_handle_t *handle)
{
    (void)handle;
    if (--open_handles)
        return;
    took[finished++] = microseconds() - begin;
    if (finished < rounds)
        start();
}

static void on_exit_of_child(uv_process_t *process, int64_t status, int signal)
{
    if (status || signal)
        exit(1);
    uv_close((uv_handle_t *)process, on_close);
    uv_close((uv_handle_t *)&ends[0], on_close);
}

static void give_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    static char memory[4096];
    (void)handle;
    (void)suggested;
    *buffer = uv_buf_init(memory, sizeof memory);
}

static void on_read(uv_stream_t *stream, ssize_t count, uv_buf_t const *buffer)
{
    (void)buffer;
    if (count < 0)
        uv_close((uv_handle_t *)stream, on_close);
}

static void start(void)
{
    begin = microseconds();
    char *arguments[] = {program, NULL};
    uv_stdio_container_t stdio[3];
    for (int i = 0; i < 3; ++i) {
        uv_pipe_init(uv_default_loop(), &ends[i], 0);
        stdio[i].flags = UV_CREATE_PIPE | (i ? UV_WRITABLE_PIPE : UV_READABLE_PIPE);
        stdio[i].data.stream = (uv_stream_t *)&ends[i];
    }
    uv_process_options_t options;
    memset(&options, 0, sizeof options);
    options.file = program;
    options.args = arguments;
    options.exit_cb = on_exit_of_child;
    options.stdio = stdio;
    options.stdio_count = 3;
    if (uv_spawn(uv_default_loop(), &child, &options))
        exit(1);
    open_handles = 4;
    uv_read_start((uv_stream_t *)&ends[1], give_buffer, on_read);
    uv_read_start((uv_stream_t *)&ends[2], give_buffer, on_read);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    program = argv[1];
    rounds = atoi(argv[2]);
    took = malloc(sizeof(double) * (size_t)rounds);
    occupy(argc > 3 ? (size_t)atoi(argv[3]) : 0);
    start();
    uv_run(uv_default_loop(), UV_RUN_DEFAULT);
    printf("%.2f\n", median(took, rounds));
    return 0;
}
