#include <tendril/record/error.hpp>

#include <string>

namespace tendril::record {

namespace {

class record_category final : public boost::system::error_category {
public:
    char const* name() const noexcept override { return "tendril.record"; }

    std::string message(int value) const override
    {
        switch (static_cast<errc>(value)) {
        case errc::empty:
            return "it is empty";
        case errc::not_a_recording:
            return "it is no asciicast recording";
        case errc::unsupported_version:
            return "this version of asciicast is not known (1, 2 and 3 are)";
        case errc::no_size:
            return "the header does not say the size of the terminal";
        case errc::not_json:
            return "it is not JSON";
        case errc::not_an_event:
            return "it is no event of the form [time, code, text]";
        case errc::bad_time:
            return "its time is not a number";
        case errc::line_too_long:
            return "the line is too long";
        case errc::not_begun:
            return "the recording has not begun";
        }
        return "unknown reason";
    }
};

}  // namespace

boost::system::error_category const& category() noexcept
{
    static record_category const only;
    return only;
}

error_code make_error_code(errc reason) noexcept
{
    return {static_cast<int>(reason), category()};
}

}  // namespace tendril::record
