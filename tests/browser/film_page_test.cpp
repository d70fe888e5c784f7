#include <tendril/base/file.hpp>
#include <tendril/base/testing/scratch_folder.hpp>

#include <string>

#include "chromium.hpp"
#include <doctest/doctest.h>
#include <tests/e2e/driven_program.hpp>

namespace {

using namespace tendril;
using tendril::base::testing::scratch_folder;

std::string const session =
    R"({"version":3,"term":{"cols":80,"rows":3},"title":"a & b"})"
    "\n"
    R"([0.0, "o", "one\r\n"])"
    "\n"
    R"([1.0, "o", "\u001b[31mtwo\u001b[m </script><img src=x onerror=document.title='run'>"])"
    "\n"
    R"([0.25, "o", "\u001b[2J\u001b[Hend"])"
    "\n";

std::string text_of(tests::chromium& browser)
{
    return std::string(browser.evaluate("document.getElementById('screen').innerText.trim()").as_string());
}

TEST_CASE(
    "L08: in a real browser the page shows the first frame, plays, seeks with keys and ends with the last")
{
    if (!tests::chromium::works())
        return;
    scratch_folder const folder;
    auto const page = folder / "film.html";
    REQUIRE(e2e::run({"export", "-", "--animated", "-o", page}, session).status == 0);
    tests::chromium browser("file://" + page);
    CHECK(browser.evaluate("document.title").as_string() == "a & b");
    CHECK(text_of(browser) == "one");

    browser.press("ArrowRight");
    CHECK(text_of(browser) == "end");
    browser.press("ArrowLeft");
    CHECK(text_of(browser) == "one");

    browser.press(" ");
    browser.wait_until("document.querySelector('#screen span') !== null && "
                       "document.getElementById('screen').innerText.includes('two')");
    CHECK(browser.evaluate("getComputedStyle(document.querySelector('#screen span')).color") !=
          browser.evaluate("getComputedStyle(document.getElementById('screen')).color"));
    browser.wait_until("document.getElementById('play').textContent === 'play'");
    CHECK(text_of(browser) == "end");
    CHECK(browser.evaluate("document.title").as_string() == "a & b");
    CHECK(browser.evaluate("performance.getEntriesByType('resource').length").as_int64() == 0);
}

TEST_CASE("L08: in a real browser the controls move the film")
{
    if (!tests::chromium::works())
        return;
    scratch_folder const folder;
    auto const page = folder / "film.html";
    REQUIRE(e2e::run({"export", "-", "--animated", "-o", page}, session).status == 0);
    tests::chromium browser("file://" + page + "#1.1");
    CHECK(text_of(browser).starts_with("one\ntwo </script>"));

    browser.evaluate("part.at.value = part.at.max; part.at.oninput()");
    CHECK(text_of(browser) == "end");
    browser.evaluate(
        "document.getElementById('speed').value = '16'; document.getElementById('play').click()");
    browser.wait_until("document.getElementById('play').textContent === 'play'");
    CHECK(text_of(browser) == "end");
}

}  // namespace
