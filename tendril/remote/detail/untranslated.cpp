#include <tendril/base/quote.hpp>
#include <tendril/remote/detail/untranslated.hpp>

namespace tendril::remote::detail {

void speak_english(process::command& what, std::string& shell_line)
{
    auto const before = what.environment.value_of("LANGUAGE");
    shell_line.insert(0, before ? "LANGUAGE=" + base::shell_quote(*before) + "; " : "unset LANGUAGE; ");
    what.environment.set("LANGUAGE", "en");
}

}  // namespace tendril::remote::detail
