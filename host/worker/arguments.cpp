#include "worker/arguments.hpp"

#include <charconv>
#include <string_view>

namespace assay::worker {
namespace {

Error usage(const std::string& what) {
    return Error{ErrorKind::usage,
                 what,
                 "assay-worker is started by assay; run 'assay run --plugin FILE' instead"};
}

template <class Number>
std::optional<Number> number(std::string_view text) {
    Number value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size() && !text.empty();
    return whole ? std::optional(value) : std::nullopt;
}

// Options that take a value. False: the value does not fit.
bool read_value(Arguments& arguments, std::string_view option, std::string_view value) {
    if (option == "--plugin") {
        arguments.plugin = value;
        return value.starts_with('/'); // a relative path would search LD_LIBRARY_PATH
    }
    if (option == "--parent") {
        arguments.parent = number<int>(value);
        return arguments.parent.has_value();
    }
    if (option == "--cpu") {
        arguments.cpu = number<int>(value);
        return arguments.cpu.has_value() && *arguments.cpu >= 0;
    }
    arguments.layout_seed = number<std::uint64_t>(value);
    return arguments.layout_seed.has_value();
}

} // namespace

Result<Arguments> read_arguments(std::span<const char* const> argv) {
    Arguments arguments;
    for (std::size_t i = 1; i < argv.size(); ++i) {
        const std::string_view option = argv[i];
        if (option == "--cores") {
            arguments.cores = true;
        } else if (option == "--pair") {
            arguments.in_pair = true;
        } else if (option == "--counts") {
            arguments.counts = true;
        } else if (option == "--check") {
            arguments.for_check = true;
        } else if (option == "--wait-for-debugger") {
            arguments.wait_for_debugger = true;
        } else if (option == "--plugin" || option == "--parent" || option == "--cpu" ||
                   option == "--layout-seed") {
            ++i;
            if (i == argv.size() || !read_value(arguments, option, argv[i])) {
                return usage(std::string(option) + " has no usable value");
            }
        } else {
            return usage("unknown option '" + std::string(option) + "'");
        }
    }
    if (arguments.plugin.empty()) {
        return usage("--plugin PATH is missing");
    }
    return arguments;
}

} // namespace assay::worker
