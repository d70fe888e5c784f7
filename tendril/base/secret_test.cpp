#include <tendril/base/secret.hpp>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <type_traits>
#include <utility>

#include <doctest/doctest.h>

namespace {

using tendril::base::secret;

static_assert(!std::is_copy_constructible_v<secret>);
static_assert(!std::is_convertible_v<secret, std::string_view>);

TEST_CASE("base: a secret is revealed only on request, and moves without leaving a copy behind")
{
    secret first("hunter2");
    secret const second = std::move(first);

    CHECK(second.reveal() == "hunter2");
    CHECK(first.reveal().empty());  // NOLINT(bugprone-use-after-move): that is the question
}

/// The flags of the mapping in which @p where lies, as the kernel says them.
std::string flags_of_memory_at(void const* where)
{
    std::ifstream maps("/proc/self/smaps");
    auto const wanted = reinterpret_cast<std::uintptr_t>(where);
    bool is_ours = false;
    for (std::string line; std::getline(maps, line);) {
        std::uintptr_t begin = 0;
        std::uintptr_t end = 0;
        if (std::sscanf(line.c_str(), "%lx-%lx ", &begin, &end) == 2)
            is_ours = begin <= wanted && wanted < end;
        else if (is_ours && line.starts_with("VmFlags:"))
            return line + ' ';
    }
    return {};
}

TEST_CASE("K17: a secret is in no core file")
{
    secret const hidden("hunter2");
    std::string const plain("hunter3");

    CHECK(flags_of_memory_at(hidden.reveal().data()).contains(" dd "));
    CHECK_FALSE(flags_of_memory_at(plain.data()).contains(" dd "));
}

}  // namespace
