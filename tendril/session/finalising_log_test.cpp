#include <tendril/base/testing/scratch_folder.hpp>
#include <tendril/session/finalising_log.hpp>

#include <csignal>
#include <cstdlib>
#include <memory>
#include <string>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;

/// Records a line into @p path where no file may grow, and ends the session. True when a problem is told.
bool tells_of_full_disk(std::string const& path)
{
    asio::io_context loop;
    auto file = record::recording_file::prepare(path);
    if (!file || !file->begin({}))
        return false;
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit const none{0, RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &none);
    session::finalising_log log(
        loop.get_executor(), std::make_unique<session::recording_log>(loop.get_executor(), std::move(*file)),
        {.path = path, .facts = {}, .background = loop.get_executor(), .on_done = nullptr});
    log.output({}, base::bytes_of("a line\n"));
    bool const none_yet = !log.problem();
    log.ended({}, process::exit_status::exited(0));
    return none_yet && log.problem().has_value();
}

TEST_CASE("L01: a disk whose lack of room shows only when the recording is closed is told of afterwards")
{
    base::testing::scratch_folder const folder;
    auto const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0)  // the limit on the size of files must not touch the other tests
        ::_exit(tells_of_full_disk(folder / "log.cast") ? 0 : 1);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);

    CHECK(status == 0);
}

}  // namespace
