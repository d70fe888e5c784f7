#include "chromium.hpp"

#include <tendril/base/file.hpp>
#include <tendril/base/testing/scratch_folder.hpp>

#include <array>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <doctest/doctest.h>
#include <tests/e2e/driven_program.hpp>

namespace tendril::tests {

namespace {

namespace json = boost::json;

constexpr char const* program = "/usr/bin/chromium";
constexpr int deadline_ms = 60'000;

struct one_way {
    base::unique_fd reader;
    base::unique_fd writer;
};

one_way make_pipe()
{
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    // Far from 3 and 4, which the browser's ends become.
    std::array const far{::fcntl(ends[0], F_DUPFD_CLOEXEC, 100), ::fcntl(ends[1], F_DUPFD_CLOEXEC, 100)};
    ::close(ends[0]);
    ::close(ends[1]);
    return {base::unique_fd(far[0]), base::unique_fd(far[1])};
}

[[noreturn]] void become_browser(int commands, int answers, std::string const& folder)
{
    ::setpgid(0, 0);
    ::dup2(commands, 3);
    ::dup2(answers, 4);
    int const nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int const fd : {0, 1, 2})
        ::dup2(nowhere, fd);
    // Its sandbox needs what containers and root do not have; what it is shown here is our own.
    ::execl(program, program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--disable-background-networking", "--disable-crash-reporter",
            "--remote-debugging-pipe", ("--user-data-dir=" + folder).c_str(), "about:blank",
            static_cast<char*>(nullptr));
    ::_exit(127);
}

}  // namespace

bool chromium::works()
{
    static bool const shows_a_page = [] {
        base::testing::scratch_folder const profile;
        auto const shown = e2e::run_program("/usr/bin/timeout",
                                            {"60", program, "--headless=new", "--no-sandbox", "--disable-gpu",
                                             "--disable-dev-shm-usage", "--user-data-dir=" + profile.path,
                                             "--dump-dom", "data:text/html,<p>shown"},
                                            {});
        return shown.status == 0 && shown.out.find("<p>shown") != shown.out.npos;
    }();
    if (!shows_a_page)
        MESSAGE("skipped: there is no Chromium here that works");
    return shows_a_page;
}

chromium::chromium(std::string_view url)
{
    auto commands = make_pipe();
    auto answers = make_pipe();
    process_ = ::fork();
    REQUIRE(process_ >= 0);
    if (process_ == 0)
        become_browser(commands.reader.get(), answers.writer.get(), profile_.path);
    to_ = std::move(commands.writer);
    from_ = std::move(answers.reader);
    auto const target = ask("Target.createTarget", {{"url", "about:blank"}}).at("targetId");
    auto const attached = ask("Target.attachToTarget", {{"targetId", target}, {"flatten", true}});
    page_ = attached.at("sessionId").as_string();
    ask("Page.enable", {});
    ask("Page.navigate", {{"url", url}});
    wait_until("location.href !== 'about:blank' && document.readyState === 'complete'");
}

chromium::~chromium()
{
    to_.reset();  // the browser goes when nobody speaks to it any more
    ::pollfd end{from_.get(), POLLIN, 0};
    std::array<char, 4096> rest;
    while (::poll(&end, 1, deadline_ms) == 1 && ::read(from_.get(), rest.data(), rest.size()) > 0) {
    }
    ::kill(-process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
}

json::value chromium::evaluate(std::string_view expression)
{
    auto const answer = ask("Runtime.evaluate",
                            {{"expression", expression}, {"awaitPromise", true}, {"returnByValue", true}});
    if (answer.contains("exceptionDetails"))
        FAIL(json::serialize(answer));
    auto const& found = answer.at("result").as_object();
    return found.contains("value") ? found.at("value") : json::value();
}

void chromium::wait_until(std::string_view expression)
{
    auto const deadline = std::to_string(deadline_ms / 2);
    auto const came =
        evaluate("new Promise(done => { const begin = performance.now(); const look = () => {"
                 " if (" +
                 std::string(expression) + ") done(true);" + " else if (performance.now() - begin > " +
                 deadline + ") done(false); else setTimeout(look, 10) }; look() })");
    if (!came.as_bool())
        FAIL("the page never came to " << std::string(expression) << ": "
                                       << json::serialize(evaluate("document.body.innerText")));
}

void chromium::press(std::string_view key)
{
    for (auto const* type : {"keyDown", "keyUp"})
        ask("Input.dispatchKeyEvent", {{"type", type}, {"key", key}});
}

json::object chromium::ask(std::string_view method, json::object parameters)
{
    json::object question{{"id", ++last_id_}, {"method", method}, {"params", std::move(parameters)}};
    if (!page_.empty())
        question["sessionId"] = page_;
    auto const text = json::serialize(question) + '\0';
    REQUIRE(base::write_all(to_.get(), base::bytes_of(text), "the browser").has_value());
    for (;;) {
        auto message = json::parse(next_message()).as_object();
        if (auto const* id = message.if_contains("id"); !id || id->as_int64() != last_id_)
            continue;  // an event
        if (auto const* why = message.if_contains("error"))
            FAIL(std::string(method) << ": " << json::serialize(*why));
        return message.at("result").as_object();
    }
}

std::string chromium::next_message()
{
    while (unread_.find('\0') == unread_.npos) {
        ::pollfd readable{from_.get(), POLLIN, 0};
        REQUIRE_MESSAGE(::poll(&readable, 1, deadline_ms) == 1, "the browser says nothing");
        std::array<char, 65536> piece;
        auto const count = ::read(from_.get(), piece.data(), piece.size());
        REQUIRE_MESSAGE(count > 0, "the browser has ended");
        unread_.append(piece.data(), static_cast<std::size_t>(count));
    }
    auto const end = unread_.find('\0');
    auto message = unread_.substr(0, end);
    unread_.erase(0, end + 1);
    return message;
}

}  // namespace tendril::tests
