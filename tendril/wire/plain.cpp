#include <tendril/wire/plain.hpp>

#include <array>
#include <charconv>
#include <ctime>

namespace tendril::wire {

namespace {

template <typename... Each>
struct overloaded : Each... {
    using Each::operator()...;
};

constexpr std::string_view digits = "0123456789abcdef";

/// Writes one value after the other until there is enough.
class text_writer {
public:
    explicit text_writer(std::size_t most) : most_(most) {}

    void write(plain const& what)
    {
        if (is_full())
            return;
        std::visit(overloaded{[&](std::monostate) { text_ += "nil"; },
                              [&](bool is) { text_ += is ? "true" : "false"; },
                              [&](std::int64_t number) { text_ += std::to_string(number); },
                              [&](std::uint64_t number) { text_ += std::to_string(number); },
                              [&](double number) { write_real(number); },
                              [&](std::string const& text) { write_text(text); },
                              [&](byte_buffer const& bytes) { write_bytes(bytes); },
                              [&](plain::array const& values) { write_array(values); },
                              [&](plain::map const& pairs) { write_map(pairs); },
                              [&](timestamp when) { write_time(when); }},
                   what.value);
    }

    std::string take()
    {
        if (is_full()) {
            text_.resize(most_);
            text_ += "...";
        }
        return std::move(text_);
    }

private:
    [[nodiscard]] bool is_full() const noexcept { return text_.size() > most_; }

    void write_real(double number)
    {
        std::array<char, 32> room;
        auto const [end, why] = std::to_chars(room.data(), room.data() + room.size(), number);
        std::string_view const written(room.data(), static_cast<std::size_t>(end - room.data()));
        text_ += written;
        if (written.find_first_not_of("-0123456789") == std::string_view::npos)
            text_ += ".0";  // so that it is not taken for an integer
    }

    void write_text(std::string_view text)
    {
        text_ += '"';
        for (char const each : text.substr(0, most_ + 1)) {
            auto const code = static_cast<unsigned char>(each);
            if (each == '"' || each == '\\')
                (text_ += '\\') += each;
            else if (code < 0x20 || code == 0x7f)
                ((text_ += "\\u00") += digits[code >> 4]) += digits[code & 15];
            else
                text_ += each;
        }
        text_ += '"';
    }

    void write_bytes(base::byte_view bytes)
    {
        text_ += "b'";
        for (auto const each : bytes.first(std::min(bytes.size(), most_ + 1))) {
            auto const code = std::to_integer<unsigned char>(each);
            (text_ += digits[code >> 4]) += digits[code & 15];
        }
        text_ += '\'';
    }

    void write_array(plain::array const& values)
    {
        text_ += '[';
        for (auto const& each : values) {
            if (is_full())
                return;
            text_ += &each == values.data() ? "" : ", ";
            write(each);
        }
        text_ += ']';
    }

    void write_map(plain::map const& pairs)
    {
        text_ += '{';
        for (auto const& each : pairs) {
            if (is_full())
                return;
            text_ += &each == pairs.data() ? "" : ", ";
            write(each.first);
            text_ += ": ";
            write(each.second);
        }
        text_ += '}';
    }

    void write_time(timestamp when)
    {
        auto const whole = std::chrono::floor<std::chrono::seconds>(when);
        auto const seconds = static_cast<std::time_t>(whole.time_since_epoch().count());
        auto fraction = std::to_string((when - whole).count());
        fraction.insert(0, 9 - fraction.size(), '0');
        fraction.erase(fraction.find_last_not_of('0') + 1);
        std::tm parts{};
        ::gmtime_r(&seconds, &parts);
        std::array<char, 64> room;
        text_.append(room.data(), std::strftime(room.data(), room.size(), "%Y-%m-%dT%H:%M:%S", &parts));
        text_ += (fraction.empty() ? "" : '.' + fraction) + 'Z';
    }

    std::string text_;
    std::size_t most_;
};

plain unpack_integer(unpacker& from)
{
    auto ahead = from;
    static_cast<void>(ahead.integer());
    if (ahead.problem())
        return {from.natural()};
    return {from.integer()};
}

plain::array unpack_array(unpacker& from)
{
    plain::array values;
    auto const count = from.array();
    for (std::size_t each = 0; each < count && !from.problem(); ++each)
        values.push_back(codec<plain>::unpack(from));
    from.leave();
    return values;
}

plain::map unpack_map(unpacker& from)
{
    plain::map pairs;
    auto const count = from.map();
    for (std::size_t each = 0; each < count && !from.problem(); ++each) {
        auto key = codec<plain>::unpack(from);
        pairs.emplace_back(std::move(key), codec<plain>::unpack(from));
    }
    from.leave();
    return pairs;
}

}  // namespace

void codec<plain>::pack(packer& to, plain const& value)
{
    std::visit(overloaded{[&](std::monostate) { to.nil(); }, [&](bool is) { to.boolean(is); },
                          [&](std::int64_t number) { to.integer(number); },
                          [&](std::uint64_t number) { to.natural(number); },
                          [&](double number) { to.real(number); },
                          [&](std::string const& text) { to.text(text); },
                          [&](byte_buffer const& bytes) { to.bytes(bytes); },
                          [&](plain::array const& values) {
                              to.array(values.size());
                              for (auto const& each : values)
                                  pack(to, each);
                          },
                          [&](plain::map const& pairs) {
                              to.map(pairs.size());
                              for (auto const& [key, each] : pairs) {
                                  pack(to, key);
                                  pack(to, each);
                              }
                          },
                          [&](timestamp when) { to.time(when); }},
               value.value);
}

plain codec<plain>::unpack(unpacker& from)
{
    auto const type = from.peek();
    if (!type || *type == value_type::extension) {
        from.fail(errc::wrong_type, "a plain value");
        return {};
    }
    switch (*type) {
    case value_type::nil:
        from.nil();
        return {};
    case value_type::boolean:
        return {from.boolean()};
    case value_type::integer:
        return unpack_integer(from);
    case value_type::real:
        return {from.real()};
    case value_type::text:
        return {std::string(from.text())};
    case value_type::bytes:
        return {codec<byte_buffer>::unpack(from)};
    case value_type::array:
        return {unpack_array(from)};
    case value_type::map:
        return {unpack_map(from)};
    default:
        return {from.time()};
    }
}

std::string to_text(plain const& value, std::size_t most)
{
    text_writer writer(most);
    writer.write(value);
    return writer.take();
}

}  // namespace tendril::wire
