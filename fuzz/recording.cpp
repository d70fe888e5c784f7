// Any bytes as a recording of a format to be found, packed or not.
#include <tendril/record/recording_reader.hpp>

#include <cstdint>
#include <memory>

#include <fuzz/any_reader.hpp>

using namespace tendril::fuzz;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const read = check([] { return std::make_unique<recording_reader>(); },
                            {reinterpret_cast<char const*>(data), size});
    require(read.events.size() < 10'000'000);
    return 0;
}
