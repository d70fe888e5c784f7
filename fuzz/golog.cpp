// Any bytes as the frames of a golog; what was read is the same again after it was written.
#include <tendril/record/golog.hpp>

#include <cstdint>
#include <memory>
#include <string>

#include <fuzz/any_reader.hpp>

using namespace tendril::fuzz;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const make = [] { return std::make_unique<golog_reader>(); };
    auto const read = check(make, {reinterpret_cast<char const*>(data), size});
    if (!read.failure.empty())
        return 0;

    std::string written;
    golog_writer writer(environment_policy::all);
    writer.begin(read.head, written);
    for (auto const& each : read.events)
        writer.write(each, written);
    auto const again = check(make, written);
    require(again.failure.empty());
    require(joined(again.events) == joined(read.events));
    return 0;
}
