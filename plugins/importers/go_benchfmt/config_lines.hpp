// The "key: value" lines of the Go benchmark format: facts that hold until they are overridden.
//
//   Config config;
//   take_config_line("pkg: index/suffixarray", config);     // true: it is one
//   if (config.run_has_changed()) out.begin(config.run());
//
// One thread.
#pragma once

#include <assay/imported.hpp>

#include <map>
#include <string>
#include <string_view>

namespace go_benchfmt {

class Config {
public:
    // An empty value takes the key back.
    void set(std::string_view key, std::string_view value);

    // The package: results of several belong to one run.
    [[nodiscard]] std::string suite() const { return value("pkg"); }

    // Whether any other key has another value than at the last run().
    [[nodiscard]] bool run_has_changed() const { return facts_ != told_; }

    assay::imported_run run();

private:
    [[nodiscard]] std::string value(const std::string& key) const;

    std::string package_;
    std::map<std::string, std::string> facts_, told_;
};

// A key begins with a lower-case letter and holds no space; ':' follows it, then a space or the
// end.
bool take_config_line(std::string_view line, Config& config);

} // namespace go_benchfmt
