// Any bytes as a ttyrec; what was read is the same again after it was written.
#include <tendril/record/ttyrec.hpp>

#include <cstdint>
#include <memory>
#include <string>

#include <fuzz/any_reader.hpp>

using namespace tendril::fuzz;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const make = [] { return std::make_unique<ttyrec_reader>(); };
    auto const read = check(make, {reinterpret_cast<char const*>(data), size});
    if (!read.failure.empty())
        return 0;

    std::string written;
    ttyrec_writer writer;
    writer.begin(read.head, written);
    for (auto const& each : read.events)
        writer.write(each, written);
    auto const again = check(make, written);
    require(again.failure.empty());
    auto const last = read.events.empty() ? moment(0) : read.events.back().time;
    auto const began = read.head.began ? read.head.began->time_since_epoch() : moment(0);
    if (began + last < std::chrono::seconds(0xffff'ffff))  // where the format ends
        require(joined(again.events) == joined(read.events));
    return 0;
}
