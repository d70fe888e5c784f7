#pragma once

/// @file
/// A recording as a page that plays it: one file, nothing loaded from elsewhere.
/// Layer: record (base, term). Spec: parity L08; HTML, section 4.12 "Scripting".

#include <tendril/record/timeline.hpp>

#include <string>
#include <string_view>

namespace tendril::record {

/// The page of @p film, with a button, a bar to seek and a choice of speeds. Without scripts it shows the
/// last frame.
///
/// A line is in the page once for all frames that show it, so the size grows with what changes. Text of the
/// recording is escaped: it cannot become markup or script.
[[nodiscard]] std::string film_html(animation const& film, std::string_view title);

}  // namespace tendril::record
