#pragma once

/// @file
/// What a person looks for, as FTS5 takes it. Layer: archive. Spec: SQLite FTS5, "Full-text Query Syntax" and
/// "The fts5vocab Virtual Table Module".

#include <tendril/archive/detail/database.hpp>

#include <string>
#include <string_view>

namespace tendril::archive::detail {

/// The words of @p text as a phrase, the last of which may go on; empty when no line of @p in can have it.
///
/// SQLite would put together all lines of all words that begin so before it gives the first one. The words
/// themselves, as long as they are a few, give their lines as they come. Cost: a search in the index for
/// each. Errors: SQLite's.
[[nodiscard]] result<std::string> phrase_of(database& in, std::string_view text);

}  // namespace tendril::archive::detail
