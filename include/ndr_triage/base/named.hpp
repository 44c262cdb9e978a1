// base/named.hpp -- enumerators and their one name, both ways.
#pragma once

#include <optional>
#include <string_view>

namespace ndr {

template <typename E>
struct Named {
    E value;
    std::string_view name;
};

// The name of `value` in a table that holds every enumerator.
template <typename Table, typename E>
constexpr std::string_view name_in(const Table& table, E value) {
    for (const auto& entry : table) {
        if (entry.value == value) return entry.name;
    }
    return "?";
}

template <typename Table>
constexpr auto value_in(const Table& table, std::string_view name)
    -> std::optional<decltype(table.front().value)> {
    for (const auto& entry : table) {
        if (entry.name == name) return entry.value;
    }
    return std::nullopt;
}

}  // namespace ndr
