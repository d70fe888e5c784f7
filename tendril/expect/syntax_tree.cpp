#include <tendril/expect/detail/class_reader.hpp>
#include <tendril/expect/detail/syntax_tree.hpp>

#include <utility>

namespace tendril::expect::detail {

namespace {

using kind = syntax_node::kind;

/// Options that (?ims) change, valid to the end of the group.
struct modes {
    bool caseless = false;
    bool multi_line = true;
    bool dot_all = false;
};

/// A recursive descent; PCRE2 has checked the syntax and limits the nesting to 250.
class expression_reader {
public:
    explicit expression_reader(std::string_view text) : in_(text) {}

    std::optional<syntax_node> read()
    {
        auto root = choice({});
        if (!in_.regular || !in_.at_end())
            return std::nullopt;
        return root;
    }

private:
    syntax_node choice(modes options)
    {
        syntax_node branches{.what = kind::choice};
        do
            branches.parts.push_back(sequence(options));
        while (in_.regular && in_.take('|'));
        return branches.parts.size() == 1 ? std::move(branches.parts.front()) : std::move(branches);
    }

    // (?i) in one branch holds for the branches behind it, as in PCRE2.
    syntax_node sequence(modes& options)
    {
        syntax_node row{.what = kind::sequence};
        while (in_.regular && !in_.at_end() && in_.peek() != '|' && in_.peek() != ')') {
            if (in_.take("\\Q")) {
                literal_run(row, options);
                continue;
            }
            if (in_.take("\\E"))
                continue;
            if (auto one = item(options)) {
                repeat(*one);
                row.parts.push_back(std::move(*one));
            }
        }
        return row;
    }

    void literal_run(syntax_node& row, modes const& options)
    {
        while (in_.regular && !in_.at_end() && !in_.take("\\E")) {
            auto one = single(in_.next(), options);
            if (in_.at_end() || in_.rest().starts_with("\\E")) {
                in_.take("\\E");
                repeat(one);
                row.parts.push_back(std::move(one));
                return;
            }
            row.parts.push_back(std::move(one));
        }
    }

    syntax_node single(char32_t scalar, modes const& options)
    {
        syntax_node one{.what = kind::set};
        in_.add(one.set, scalar, scalar, options.caseless);
        return one;
    }

    static syntax_node check(condition where) { return {.what = kind::check, .where = where}; }

    /// Nothing for what matches nothing and changes the options only.
    std::optional<syntax_node> item(modes& options)
    {
        if (in_.take('('))
            return group(options);
        if (in_.take('['))
            return syntax_node{.what = kind::set, .set = read_bracket_class(in_, options.caseless)};
        if (in_.take('.'))
            return dot(options.dot_all);
        if (in_.take('^'))
            return check(options.multi_line ? condition::line_start : condition::text_start);
        if (in_.take('$')) {
            in_.regular = in_.regular && options.multi_line;  // else also before a newline at the very end
            return check(condition::line_end);
        }
        if (in_.take('\\'))
            return escape(options);
        return single(in_.next(), options);
    }

    static syntax_node dot(bool all)
    {
        syntax_node one{.what = kind::set};
        if (!all) {
            one.set.add('\n', '\n');
            one.set.add('\r', '\r');
        }
        one.set.complement();
        return one;
    }

    syntax_node escape(modes const& options)
    {
        if (in_.take('b'))
            return check(condition::word_edge);
        if (in_.take('B'))
            return check(condition::no_word_edge);
        if (in_.take('A'))
            return check(condition::text_start);
        if (in_.take('z'))
            return check(condition::text_end);
        if (in_.take('N')) {
            in_.regular = in_.regular && in_.peek() != '{';  // a character by its name
            return dot(false);
        }
        syntax_node one{.what = kind::set};
        if (!read_class_escape(in_, one.set)) {
            auto const scalar = read_character_escape(in_);
            in_.add(one.set, scalar, scalar, options.caseless);
        }
        return one;
    }

    std::optional<syntax_node> group(modes& options)
    {
        auto inner = options;
        if (in_.take("?#")) {
            while (!in_.at_end() && !in_.take(')'))
                in_.next();
            return std::nullopt;
        }
        if (in_.take("?P<") || in_.take("?'") || named_group()) {
            while (!in_.at_end() && in_.peek() != '>' && in_.peek() != '\'')
                in_.next();
            in_.next();
        } else if (in_.take('?')) {
            if (!in_.take('|')) {
                if (!change(inner)) {
                    in_.regular = false;
                    return std::nullopt;
                }
                if (in_.take(')')) {
                    options = inner;
                    return std::nullopt;
                }
                in_.take(':');
            }
        } else if (in_.peek() == '*') {
            in_.regular = false;  // (*VERB)
        }
        auto inside = choice(inner);
        in_.regular = in_.regular && in_.take(')');
        return inside;
    }

    bool named_group()
    {
        auto const rest = in_.rest();
        return !rest.starts_with("?<=") && !rest.starts_with("?<!") && in_.take("?<");
    }

    /// The letters of (?i-s) or (?i:...), up to the `)` or `:`.
    bool change(modes& options)
    {
        bool on = true;
        while (!in_.at_end() && in_.peek() != ')' && in_.peek() != ':') {
            switch (in_.next()) {
            case '-':
                on = false;
                break;
            case 'i':
                options.caseless = on;
                break;
            case 'm':
                options.multi_line = on;
                break;
            case 's':
                options.dot_all = on;
                break;
            default:
                return false;
            }
        }
        return true;
    }

    void repeat(syntax_node& one)
    {
        while (in_.regular) {
            auto const counts = quantifier();
            if (!counts)
                return;
            if (in_.take('+'))
                in_.regular = false;  // possessive: it gives nothing back, which an automaton does not know
            in_.take('?');
            syntax_node repeated{.what = kind::repeat, .least = counts->first, .most = counts->second};
            repeated.parts.push_back(std::move(one));
            one = std::move(repeated);
        }
    }

    std::optional<std::pair<unsigned, unsigned>> quantifier()
    {
        if (in_.take('*'))
            return {{0, syntax_node::unlimited}};
        if (in_.take('+'))
            return {{1, syntax_node::unlimited}};
        if (in_.take('?'))
            return {{0, 1}};
        auto const before = in_;
        if (in_.take('{')) {
            if (auto const least = number()) {
                if (in_.take('}'))
                    return {{*least, *least}};
                if (in_.take(',')) {
                    auto const most = number();
                    if (in_.take('}'))
                        return {{*least, most.value_or(syntax_node::unlimited)}};
                }
            }
            in_ = before;  // a brace like any other character
        }
        return std::nullopt;
    }

    std::optional<unsigned> number()
    {
        std::optional<unsigned> value;
        while (!in_.at_end() && in_.peek() >= '0' && in_.peek() <= '9')
            value = value.value_or(0) * 10 + (in_.next() - '0');
        return value;
    }

    expression_cursor in_;
};

}  // namespace

std::optional<syntax_node> read_regular_expression(std::string_view expression)
{
    return expression_reader(expression).read();
}

}  // namespace tendril::expect::detail
