#pragma once

/// @file
/// SQLite, owned: a connection, a prepared statement, a transaction. Layer: archive. Spec: SQLite C
/// interface.

#include <tendril/base/error.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace tendril::archive::detail {

/// The codes of SQLite.
[[nodiscard]] boost::system::error_category const& sqlite_category() noexcept;

/// True when the file is no database, or a damaged one: an index is then made anew.
[[nodiscard]] bool is_damage(error_code why) noexcept;

/// A prepared statement. Lifetime: within that of its database.
class statement {
public:
    /// Parameters count from 1.
    void bind(int parameter, std::int64_t value) noexcept;
    void bind(int parameter, std::string_view text) noexcept;

    /// True: there is a row. False: there is none (any more), and the statement can be used again.
    [[nodiscard]] result<bool> step();

    /// For a statement that gives no rows.
    [[nodiscard]] result<void> run();

    /// Gives up the rows that are left. Parameters stay.
    void reset() noexcept;

    /// Columns count from 0. Lifetime of a text: until the next step.
    [[nodiscard]] std::int64_t number(int column) const noexcept;
    [[nodiscard]] std::string_view text(int column) const noexcept;

private:
    friend class database;
    struct finalizer {
        void operator()(sqlite3_stmt* of) const noexcept;
    };
    std::unique_ptr<sqlite3_stmt, finalizer> of_;
};

/// A connection. Threads: one at a time.
class database {
public:
    /// Opens @p path, which is made with mode 0600 if there is none. Errors: SQLite's.
    [[nodiscard]] static result<database> open(std::string const& path);

    /// Runs statements without parameters and rows.
    [[nodiscard]] result<void> execute(std::string const& sql);

    /// Makes it empty, whatever the file holds, with SQLite's locks: others may have it open.
    [[nodiscard]] result<void> reset();

    [[nodiscard]] result<statement> prepare(std::string_view sql);

private:
    struct closer {
        void operator()(sqlite3* of) const noexcept;
    };
    std::unique_ptr<sqlite3, closer> of_;
};

/// Undone on destruction unless committed.
class transaction {
public:
    [[nodiscard]] static result<transaction> begin(database& in);
    transaction(transaction&& other) noexcept;
    transaction& operator=(transaction&&) = delete;
    ~transaction();

    [[nodiscard]] result<void> commit();

private:
    explicit transaction(database& in) noexcept : in_(&in) {}

    database* in_;
};

}  // namespace tendril::archive::detail
