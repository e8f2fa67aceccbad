// I1 to I5: importers, with the samples that the caller named and with what no importer may take
// for its own.
#include "measure/abi_field.hpp"
#include "measure/host_services.hpp"
#include "measure/importing.hpp"
#include "support/file.hpp"
#include "support/plugin_library.hpp"
#include "worker/conformance/checks.hpp"
#include "worker/conformance/host_table.hpp"
#include "worker/conformance/plugin_under_check.hpp"
#include "worker/conformance/process_state.hpp"

#include <algorithm>
#include <functional>
#include <random>

namespace assay::worker::conformance {
namespace {

constexpr std::size_t kPrefixesMax = 2'000;
constexpr std::size_t kMutationsMax = 10'000;
constexpr std::size_t kBytesParsedMax = std::size_t{400} << 20; // over all of a sample's variants
constexpr std::uint64_t kGrowthMax = std::uint64_t{64} << 20;
constexpr std::int32_t kSureEnough = 60;

struct Sample {
    std::string name, bytes;
};

// What a file of somebody else may look like.
const std::vector<Sample>& foreign_samples() {
    static const std::vector<Sample> samples{
        {"empty", ""},
        {"empty.json", "{}"},
        {"list.json", "[]"},
        {"nothing.json", "null"},
        {"licence.txt", "Permission is hereby granted, free of charge, to any person\n"},
        {"table.csv", "a,b,c\n1,2,3\n"},
        {"page.xml", "<?xml version=\"1.0\"?><page><title>x</title></page>"},
        {"zeros.bin", std::string(4096, '\0')},
        {"deep.json", std::string(100'000, '[')},
        {"cut.json", R"({"benchmarks": [{"name": ")"}};
    return samples;
}

// What one parse() came to. `lines`: its events, one document each.
struct Parsed {
    assay_status status = ASSAY_OK;
    std::string text, lines, broken;
    std::uint64_t cases = 0;
};

struct Receiver {
    Parsed& parsed;

    static assay_status on_event(void* self, const assay_event* event) noexcept {
        try {
            Parsed& parsed = static_cast<Receiver*>(self)->parsed;
            const auto taken = measure::imported_event(*event);
            if (!taken) {
                parsed.broken = parsed.broken.empty() ? taken.error().message : parsed.broken;
                return ASSAY_E_STATE;
            }
            if (*taken) {
                parsed.cases += std::holds_alternative<measure::ImportedCase>(**taken) ? 1 : 0;
                parsed.lines += write_json(measure::to_json(**taken)) + "\n";
            }
            return ASSAY_OK;
        } catch (...) { // bad_alloc
            return ASSAY_E_NOMEM;
        }
    }
};

Parsed parse(const assay_importer_v1& iface, const Sample& sample) {
    Parsed parsed;
    Receiver receiver{parsed};
    measure::ServiceDesk desk(nullptr, nullptr);
    assay_emit emit{};
    emit.struct_size = sizeof emit;
    emit.self = &receiver;
    emit.event = Receiver::on_event;
    parsed.status = iface.parse(&checking_host(),
                                desk.scope(),
                                abi_str("{}"),
                                abi_str(sample.name),
                                abi_str(sample.bytes),
                                &emit);
    parsed.text = desk.take_failure();
    return parsed;
}

std::int32_t probe(const assay_importer_v1& iface, const Sample& sample) {
    return iface.probe(abi_str(sample.name),
                       abi_str(std::string_view(sample.bytes).substr(0, measure::kProbedBytes)),
                       sample.bytes.size());
}

// Those of the samples that this importer says are its own; false where none was named.
bool own_samples(CheckContext& context,
                 const assay_importer_v1& iface,
                 std::vector<Sample>& samples) {
    if (context.samples.empty()) {
        context.report.skip("no sample was named: --sample FILE");
        return false;
    }
    for (const std::string& path : context.samples) {
        Result<std::string> bytes = read_file(path);
        if (!bytes) {
            context.report.error(bytes.error().message);
            continue;
        }
        Sample sample{path.substr(path.rfind('/') + 1), std::move(*bytes)};
        if (probe(iface, sample) >= kSureEnough) {
            samples.push_back(std::move(sample));
        }
    }
    return true;
}

using Look = std::function<void(const std::string& name, const assay_importer_v1& iface)>;

void for_each_importer(CheckContext& context, const Look& look) {
    for (const Interface& one : interfaces(context, ASSAY_KIND_IMPORTER)) {
        const auto& iface = *static_cast<const assay_importer_v1*>(one.iface);
        if (iface.probe == nullptr || iface.parse == nullptr) {
            context.report.error("importer '" + one.name + "' has no probe() or no parse()");
            continue;
        }
        look("importer '" + one.name + "'", iface);
    }
}

// Random bytes at random places, as a bad disk or a bad merge leaves them.
Sample mutated(const Sample& sample, std::mt19937_64& random) {
    Sample made = sample;
    const std::size_t changes = 1 + random() % 4;
    for (std::size_t i = 0; i < changes && !made.bytes.empty(); ++i) {
        const std::size_t at = random() % made.bytes.size();
        switch (random() % 3) {
        case 0:
            made.bytes[at] = static_cast<char>(random());
            break;
        case 1:
            made.bytes.erase(at, 1 + random() % 8);
            break;
        default:
            made.bytes.insert(at, made.bytes, at, 1 + random() % 64);
        }
    }
    return made;
}

// A failure says why; what is given is as agreed.
void judge(CheckContext& context,
           const std::string& what,
           const Parsed& parsed,
           const std::string& of) {
    if (!parsed.broken.empty()) {
        context.report.error(what + ": " + of + ": " + parsed.broken);
    }
    if (parsed.status < 0 && parsed.text.empty() && parsed.broken.empty()) {
        context.report.error(what + ": " + of + ": " + measure::status_name(parsed.status) +
                             " without a text");
    }
}

void break_sample(CheckContext& context,
                  const std::string& what,
                  const assay_importer_v1& iface,
                  const Sample& sample) {
    const std::size_t size = std::max<std::size_t>(sample.bytes.size(), 1);
    const std::size_t affordable = kBytesParsedMax / size;
    const std::size_t step =
        std::max<std::size_t>(1, size / std::min(kPrefixesMax, affordable + 1));
    for (std::size_t length = 0; length < sample.bytes.size(); length += step) {
        const Sample prefix{sample.name, sample.bytes.substr(0, length)};
        static_cast<void>(probe(iface, prefix));
        judge(
            context, what, parse(iface, prefix), "the first " + std::to_string(length) + " bytes");
    }
    std::mt19937_64 random(context.seed);
    const std::uint64_t before = memory_state().allocated_bytes;
    for (std::size_t i = 0; i < std::min(kMutationsMax, affordable); ++i) {
        const Sample broken = mutated(sample, random);
        static_cast<void>(probe(iface, broken));
        judge(context, what, parse(iface, broken), "mutation " + std::to_string(i));
    }
    const std::uint64_t after = memory_state().allocated_bytes;
    if (after > before + kGrowthMax) {
        context.report.error(what + ": keeps memory of what it has parsed");
    }
}

} // namespace

void check_samples_parse(CheckContext& context) { // I1
    for_each_importer(context, [&](const std::string& what, const assay_importer_v1& iface) {
        std::vector<Sample> samples;
        if (!own_samples(context, iface, samples)) {
            return;
        }
        for (const Sample& sample : samples) {
            const Parsed parsed = parse(iface, sample);
            judge(context, what, parsed, sample.name);
            if (parsed.status < 0 || parsed.cases == 0) {
                context.report.error(
                    what + ": " + sample.name + ": " +
                    (parsed.status < 0 ? parsed.text : "no result came out of it"));
            }
        }
        if (samples.empty()) {
            context.report.error(what + " knows none of the samples");
        }
    });
}

void check_broken_input(CheckContext& context) { // I2
    for_each_importer(context, [&](const std::string& what, const assay_importer_v1& iface) {
        for (const Sample& sample : foreign_samples()) {
            judge(context, what, parse(iface, sample), sample.name);
        }
        std::vector<Sample> samples;
        if (!context.samples.empty() && own_samples(context, iface, samples)) {
            for (const Sample& sample : samples) {
                break_sample(context, what, iface, sample);
            }
        }
    });
}

void check_probe(CheckContext& context) { // I3
    for_each_importer(context, [&](const std::string& what, const assay_importer_v1& iface) {
        for (const Sample& sample : foreign_samples()) {
            const std::int32_t sure = probe(iface, sample);
            if (sure >= kSureEnough || sure < 0) {
                context.report.error(what + " answers " + std::to_string(sure) +
                                     " to what nobody can know: " + sample.name);
            }
        }
    });
}

void check_imported_figures(CheckContext& context) { // I4
    for_each_importer(context, [&](const std::string& what, const assay_importer_v1& iface) {
        std::vector<Sample> samples;
        if (!own_samples(context, iface, samples)) {
            return;
        }
        for (const Sample& sample : samples) {
            const Parsed parsed = parse(iface, sample); // imported_event() is the check
            if (!parsed.broken.empty()) {
                context.report.error(what + ": " + sample.name + ": " + parsed.broken);
            }
        }
    });
}

void check_equal_events(CheckContext& context) { // I5
    for_each_importer(context, [&](const std::string& what, const assay_importer_v1& iface) {
        std::vector<Sample> samples = foreign_samples();
        if (!context.samples.empty()) {
            static_cast<void>(own_samples(context, iface, samples));
        }
        for (const Sample& sample : samples) {
            const Parsed one = parse(iface, sample);
            const Parsed other = parse(iface, sample);
            if (one.lines != other.lines || one.status != other.status) {
                context.report.error(what + ": " + sample.name +
                                     ": two readings of equal bytes differ");
            }
            context.report.facts[what + " " + sample.name] =
                static_cast<std::int64_t>(std::hash<std::string>{}(one.lines));
        }
    });
}

} // namespace assay::worker::conformance
