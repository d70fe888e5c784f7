#pragma once

/// @file
/// A range-for over what comes, until nothing comes any more. Layer: rpc.

#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>

namespace tendril::rpc::detail {

/// Takes from @p From with its get(), which sleeps; it ends at the first error.
template <typename From, typename T>
class blocking_iterator {
public:
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    explicit blocking_iterator(From& from) : from_(&from) { ++*this; }

    [[nodiscard]] T& operator*() const noexcept { return *current_; }
    [[nodiscard]] T* operator->() const noexcept { return &*current_; }

    blocking_iterator& operator++()
    {
        current_.reset();
        if (auto next = from_->get())
            current_ = std::move(*next);
        return *this;
    }
    void operator++(int) { ++*this; }

    [[nodiscard]] bool operator==(std::default_sentinel_t /*end*/) const noexcept { return !current_; }

private:
    From* from_;
    mutable std::optional<T> current_;
};

}  // namespace tendril::rpc::detail
