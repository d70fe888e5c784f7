#include <tendril/process/errc.hpp>

#include <string>

namespace tendril::process {

namespace {

class process_category final : public boost::system::error_category {
public:
    char const* name() const noexcept override { return "tendril.process"; }

    std::string message(int value) const override
    {
        switch (static_cast<errc>(value)) {
        case errc::status_lost:
            return "the exit status was taken by somebody else";
        case errc::duplicate_descriptor:
            return "a descriptor of the child is mapped twice";
        case errc::unknown_signal:
            return "there is no such signal";
        case errc::not_connected:
            return "the descriptor is closed, or does not go this way";
        case errc::wrote_to_stderr:
            return "the program wrote to its standard error";
        case errc::too_much_output:
            return "the program wrote more than the limit";
        }
        return "unknown reason";
    }
};

}  // namespace

boost::system::error_category const& category() noexcept
{
    static process_category const instance;
    return instance;
}

}  // namespace tendril::process
