#include <tendril/archive/detail/database.hpp>
#include <tendril/base/unique_fd.hpp>

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <boost/system/error_category.hpp>

namespace tendril::archive::detail {

namespace {

constexpr int patience_ms = 10'000;  // while another process writes the index

class category final : public boost::system::error_category {
public:
    char const* name() const noexcept override { return "sqlite"; }
    std::string message(int code) const override { return ::sqlite3_errstr(code); }
};

std::unexpected<error> failed(sqlite3* in, std::string_view what)
{
    return failure(error_code(::sqlite3_errcode(in), sqlite_category()),
                   std::string(what) + " (" + ::sqlite3_errmsg(in) + ")");
}

}  // namespace

boost::system::error_category const& sqlite_category() noexcept
{
    static category const the_one;
    return the_one;
}

bool is_damage(error_code why) noexcept
{
    return why.category() == sqlite_category() &&
           (why.value() == SQLITE_CORRUPT || why.value() == SQLITE_NOTADB);
}

void statement::finalizer::operator()(sqlite3_stmt* of) const noexcept
{
    ::sqlite3_finalize(of);
}

void statement::bind(int parameter, std::int64_t value) noexcept
{
    ::sqlite3_bind_int64(of_.get(), parameter, value);
}

void statement::bind(int parameter, std::string_view text) noexcept
{
    ::sqlite3_bind_text64(of_.get(), parameter, text.data() ? text.data() : "", text.size(), SQLITE_TRANSIENT,
                          SQLITE_UTF8);
}

result<bool> statement::step()
{
    auto const code = ::sqlite3_step(of_.get());
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE) {
        auto why = failed(::sqlite3_db_handle(of_.get()), "use the index");
        ::sqlite3_reset(of_.get());
        return why;
    }
    ::sqlite3_reset(of_.get());
    return false;
}

result<void> statement::run()
{
    auto const row = step();
    reset();
    if (!row)
        return std::unexpected(row.error());
    return {};
}

void statement::reset() noexcept
{
    ::sqlite3_reset(of_.get());
}

std::int64_t statement::number(int column) const noexcept
{
    return ::sqlite3_column_int64(of_.get(), column);
}

std::string_view statement::text(int column) const noexcept
{
    auto const* const text = reinterpret_cast<char const*>(::sqlite3_column_text(of_.get(), column));
    return {text ? text : "", static_cast<std::size_t>(::sqlite3_column_bytes(of_.get(), column))};
}

void database::closer::operator()(sqlite3* of) const noexcept
{
    ::sqlite3_close(of);
}

result<database> database::open(std::string const& path)
{
    // SQLite makes files with 0644, and what was on a screen is nobody else's business.
    // A file that is there is not opened: closing it would drop the locks of this process's other
    // connections.
    if (base::unique_fd const made{::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
        !made && errno != EEXIST)
        return os_failure("open the index " + path);
    database opened;
    sqlite3* raw = nullptr;
    auto const code = ::sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
    opened.of_.reset(raw);
    if (code != SQLITE_OK)
        return failed(raw, "open the index " + path);
    ::sqlite3_busy_timeout(raw, patience_ms);
    return opened;
}

result<void> database::execute(std::string const& sql)
{
    if (::sqlite3_exec(of_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return failed(of_.get(), "use the index");
    return {};
}

result<void> database::reset()
{
    ::sqlite3_db_config(of_.get(), SQLITE_DBCONFIG_RESET_DATABASE, 1, nullptr);
    auto emptied = execute("VACUUM");
    ::sqlite3_db_config(of_.get(), SQLITE_DBCONFIG_RESET_DATABASE, 0, nullptr);
    return emptied;
}

result<statement> database::prepare(std::string_view sql)
{
    statement made;
    sqlite3_stmt* raw = nullptr;
    if (::sqlite3_prepare_v2(of_.get(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr) != SQLITE_OK)
        return failed(of_.get(), "use the index");
    made.of_.reset(raw);
    return made;
}

result<transaction> transaction::begin(database& in)
{
    if (auto begun = in.execute("BEGIN IMMEDIATE"); !begun)
        return std::unexpected(begun.error());
    return transaction(in);
}

transaction::transaction(transaction&& other) noexcept : in_(std::exchange(other.in_, nullptr)) {}

transaction::~transaction()
{
    if (in_)
        (void)in_->execute("ROLLBACK");  // fails only where SQLite has rolled back already
}

result<void> transaction::commit()
{
    auto done = in_->execute("COMMIT");
    if (done)
        in_ = nullptr;
    return done;
}

}  // namespace tendril::archive::detail
