#pragma once

/// @file
/// A real Chromium that a test drives. Layer: tests.
/// Spec: the DevTools protocol, over the two descriptors of --remote-debugging-pipe.

#include <tendril/base/testing/scratch_folder.hpp>
#include <tendril/base/unique_fd.hpp>

#include <string>
#include <string_view>

#include <sys/types.h>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace tendril::tests {

/// One browser without a window, and one page in it. Ends with the object. Fails the test when the browser
/// says nothing for a minute, or an error.
class chromium {
public:
    /// False where there is none, or none that can show an empty page; then says so.
    [[nodiscard]] static bool works();

    /// Starts it and opens @p url.
    explicit chromium(std::string_view url);
    chromium(chromium const&) = delete;
    chromium& operator=(chromium const&) = delete;
    ~chromium();

    /// What @p expression of JavaScript gives; a promise is waited for.
    boost::json::value evaluate(std::string_view expression);

    /// Waits until @p expression is true, looked at in each animation frame.
    void wait_until(std::string_view expression);

    /// Presses and releases a key by its DOM name ("ArrowLeft", " "), as a person at the page would.
    void press(std::string_view key);

private:
    boost::json::object ask(std::string_view method, boost::json::object parameters);
    std::string next_message();

    base::testing::scratch_folder profile_;
    base::unique_fd to_;
    base::unique_fd from_;
    pid_t process_ = -1;
    int last_id_ = 0;
    std::string page_;  // the id of the session with the page, once there is one
    std::string unread_;
};

}  // namespace tendril::tests
