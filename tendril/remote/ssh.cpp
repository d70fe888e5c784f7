#include <tendril/remote/detail/conversed_program.hpp>
#include <tendril/remote/detail/ssh_addressee.hpp>
#include <tendril/remote/detail/ssh_command.hpp>
#include <tendril/remote/detail/ssh_words.hpp>
#include <tendril/remote/ssh.hpp>

#include <memory>
#include <string>
#include <utility>

namespace tendril::remote {

way_in ssh(ssh_options options)
{
    // Shared, because a way_in is copied and a password is not.
    return [kept = std::make_shared<ssh_options const>(std::move(options))](
               io::executor on,
               std::string const& line) -> std::expected<std::unique_ptr<carrier>, connect_error> {
        auto command = detail::ssh_command(*kept, line);
        if (!command)
            return std::unexpected(connect_error{
                connect_failure::bad_option, detail::target_of(*kept), std::move(command.error()), {}});
        detail::conversed_plan plan;
        plan.target = detail::target_of(*kept);
        plan.what = std::move(*command);
        plan.terminal =
            detail::may_be_asked(*kept) ? detail::terminal_use::controlling : detail::terminal_use::none;
        plan.known = std::shared_ptr<answers const>(kept, &kept->known);
        plan.kind_of = detail::ssh_prompt;
        plan.may_know = [kept](std::string text) { return detail::is_from_target(kept, std::move(text)); };
        plan.explain = [knows_password =
                            kept->known.password.has_value()](detail::program_ending const& ending) {
            return detail::explain_ssh(ending, knows_password);
        };
        plan.last_words = detail::ssh_last_words;
        plan.on_line = kept->on_line;
        return detail::start_conversed(std::move(on), std::move(plan));
    };
}

}  // namespace tendril::remote
