// Any bytes as a timing, a zero byte, an input log, a zero byte and a typescript.
#include <tendril/record/typescript_reader.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <fuzz/any_reader.hpp>

using namespace tendril::fuzz;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view rest(reinterpret_cast<char const*>(data), size);
    auto const take_part = [&] {
        auto const end = rest.find('\0');
        std::optional<std::string> part;
        if (end != rest.npos) {
            part = rest.substr(0, end);
            rest.remove_prefix(end + 1);
        }
        return part;
    };
    typescript_companions const companions{take_part(), take_part()};
    check([&] { return std::make_unique<typescript_reader>(companions); }, rest);
    return 0;
}
