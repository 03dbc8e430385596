// How operations, results and states are shown in reports on histories.
#ifndef FOZZY_HISTORY_TEXT_H_
#define FOZZY_HISTORY_TEXT_H_

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace fozzy {

// Returns `value` in a few words: what its member Text() says, if it has one;
// numbers, truth values, texts, and what the std containers, optionals, pairs
// and variants hold of them; "?" for anything else.
template <typename T>
std::string HistoryText(const T& value);

namespace history_text {

template <typename T>
concept Described = requires(const T& value) {
  { value.Text() } -> std::convertible_to<std::string>;
};

template <typename T>
concept Range = requires(const T& value) {
  value.begin() != value.end();
};

inline std::string Of(std::monostate) { return "done"; }

template <typename T>
std::string Of(const std::optional<T>& value) {
  return value.has_value() ? HistoryText(*value) : "nothing";
}

template <typename T, typename U>
std::string Of(const std::pair<T, U>& value) {
  return HistoryText(value.first) + ": " + HistoryText(value.second);
}

template <typename... Ts>
std::string Of(const std::variant<Ts...>& value) {
  return std::visit([](const auto& held) { return HistoryText(held); }, value);
}

template <typename T>
std::string Items(const T& values) {
  std::string text = "[";
  for (const auto& value : values) {
    if (text.size() > 1) text += ", ";
    // Some containers hand out a stand-in for the value.
    text += HistoryText(static_cast<const typename T::value_type&>(value));
  }
  return text + "]";
}

}  // namespace history_text

template <typename T>
std::string HistoryText(const T& value) {
  if constexpr (history_text::Described<T>) {
    return value.Text();
  } else if constexpr (std::is_same_v<T, bool>) {
    return value ? "true" : "false";
  } else if constexpr (std::is_integral_v<T>) {
    return std::to_string(value);
  } else if constexpr (std::is_enum_v<T>) {
    return HistoryText(static_cast<std::underlying_type_t<T>>(value));
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    return "\"" + std::string(std::string_view(value)) + "\"";
  } else if constexpr (history_text::Range<T>) {
    return history_text::Items(value);
  } else if constexpr (requires { history_text::Of(value); }) {
    return history_text::Of(value);
  } else {
    return "?";
  }
}

}  // namespace fozzy

#endif  // FOZZY_HISTORY_TEXT_H_
