/// @file
/// A program for another machine that says so and echoes. Layer: remote; for tests. No C library: Linux
/// system calls.

namespace {

long call(long number, long first, void* second, long third)
{
    register long x8 asm("x8") = number;
    register long x0 asm("x0") = first;
    register void* x1 asm("x1") = second;
    register long x2 asm("x2") = third;
    asm volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
    return x0;
}

char hello[] = "from aarch64\n";
char buffer[4096];

}  // namespace

extern "C" void _start()
{
    constexpr long read = 63;
    constexpr long write = 64;
    constexpr long exit_group = 94;
    call(write, 1, hello, sizeof(hello) - 1);
    for (long count; (count = call(read, 0, buffer, sizeof(buffer))) > 0;)
        call(write, 1, buffer, count);
    call(exit_group, 0, nullptr, 0);
}
