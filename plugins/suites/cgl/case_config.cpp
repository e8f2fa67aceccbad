#include "case_config.hpp"

#include "isa_level/isa_level.hpp"
#include "wisdom_file.hpp"

#include <array>
#include <charconv>

namespace assay::cgl {
namespace {

std::string number(double value) {
    std::array<char, 32> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
    return {text.data(), error == std::errc() ? end : text.data()};
}

std::string json_word(std::string_view word) { // of ours: nothing in it wants escaping
    return '"' + std::string(word) + '"';
}

std::string_view name_of(PlanEffort effort) {
    switch (effort) {
    case PlanEffort::estimate:
        return "FFTW_ESTIMATE";
    case PlanEffort::measure:
        return "FFTW_MEASURE";
    case PlanEffort::patient:
        break;
    }
    return "FFTW_PATIENT";
}

} // namespace

void attach_config(assay::context& host,
                   const SubjectOptions& options,
                   const std::map<std::string, std::string>& more) {
    const Equation& equation = options.equation;
    std::string text =
        "{\"equation\":{\"convention\":\"-(g + i c2)|A|^2 A\",\"epsilon\":" +
        number(equation.epsilon) + ",\"d\":" + number(equation.d) + ",\"g\":" + number(equation.g) +
        ",\"c1\":" + number(equation.c1) + ",\"c2\":" + number(equation.c2) +
        "},\"n\":" + std::to_string(options.grid.n) + ",\"length\":" + number(options.grid.length) +
        ",\"dt\":" + number(options.stepping.dt) +
        ",\"method\":" + json_word(name_of(options.stepping.method)) +
        ",\"impl\":" + json_word(name_of(options.impl)) +
        ",\"dealias\":" + json_word(name_of(options.stepping.dealias)) +
        ",\"dtype\":" + json_word(options.single_precision ? "f32" : "f64") +
        ",\"begin\":" + json_word(name_of(options.begin)) +
        ",\"warm_steps\":" + std::to_string(options.warm_steps) +
        ",\"fftw\":" + json_word(fft_version()) +
        ",\"plan\":" + json_word(name_of(options.plans.effort)) +
        ",\"wisdom_fnv1a\":" + json_word(wisdom_digest()) +
        ",\"fft_threads\":" + std::to_string(options.plans.threads) +
        ",\"isa\":" + json_word(assay::name_of(isa_level()));
    for (const auto& [name, value] : more) {
        text += "," + json_word(name) + ":" + value;
    }
    host.attach("config.json", "application/json", text + "}");
}

} // namespace assay::cgl
