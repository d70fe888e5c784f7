#pragma once

/// @file
/// Memory that a measuring program occupies before it starts others, and the median of what it measured.

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <vector>

#include <sys/mman.h>

/// Fills @p mebibytes with pages of our own, small ones: what a fork would have to copy the tables of.
inline void occupy(std::size_t mebibytes)
{
    if (mebibytes == 0)
        return;
    auto const size = mebibytes << 20U;
    void* const memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        std::abort();
    ::madvise(memory, size, MADV_NOHUGEPAGE);
    for (std::size_t at = 0; at < size; at += 4096)
        static_cast<char*>(memory)[at] = 1;
}

/// The middle one of @p samples, which is not empty.
inline double median_of(std::vector<double> samples)
{
    auto const middle = samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2);
    std::ranges::nth_element(samples, middle);
    return *middle;
}
