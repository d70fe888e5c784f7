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
            return "it is no recording in a format that is known";
        case errc::unsupported_version:
            return "this version of the format is not known";
        case errc::no_size:
            return "the header does not say the size of the terminal";
        case errc::not_json:
            return "it is not JSON";
        case errc::not_an_event:
            return "it is no event of the form [time, code, text]";
        case errc::bad_time:
            return "its time is not a number";
        case errc::line_too_long:
            return "it is too long";
        case errc::not_begun:
            return "the recording has not begun";
        case errc::timing_alone:
            return "it is the timing of a typescript: give the typescript, and this as --timing";
        case errc::too_large:
            return "it unpacks to more than is read";
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
