#include <tendril/wire/error.hpp>

#include <string>

namespace tendril::wire {

namespace {

class wire_category final : public boost::system::error_category {
public:
    [[nodiscard]] char const* name() const noexcept override { return "tendril.wire"; }

    [[nodiscard]] std::string message(int reason) const override
    {
        switch (static_cast<errc>(reason)) {
        case errc::not_a_frame:
            return "no frame begins here";
        case errc::frame_too_large:
            return "the frame is larger than any may be";
        case errc::message_too_large:
            return "the message is larger than the limit";
        case errc::not_a_part:
            return "the part does not continue the message";
        case errc::too_many_messages:
            return "too much is under way from one source";
        case errc::truncated:
            return "the value is cut off";
        case errc::wrong_type:
            return "it is of another type";
        case errc::out_of_range:
            return "the number does not fit";
        case errc::too_deep:
            return "values are nested too deeply";
        case errc::trailing_bytes:
            return "something follows the value";
        case errc::not_a_value:
            return "no value begins with this byte";
        }
        return "unknown reason " + std::to_string(reason);
    }
};

}  // namespace

boost::system::error_category const& category() noexcept
{
    static wire_category const the;
    return the;
}

error_code make_error_code(errc reason) noexcept
{
    return {static_cast<int>(reason), category()};
}

}  // namespace tendril::wire
