#include "active_inference/model_json.hpp"

#include "active_inference/nested_numbers.hpp"

#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

namespace assay::active_inference {
namespace {

// Lists longer than this are no model that can be measured; reading stops there.
constexpr std::size_t kListMax = 4096;
// Of the transitions of factors whose B is left out: a few characters may ask for any amount.
constexpr std::size_t kIdentityBytesMax = std::size_t{512} << 20;

std::string indexed(const std::string& name, std::size_t index) {
    return name + "[" + std::to_string(index) + "]";
}

// Nothing where that overflows.
std::optional<std::size_t> identity_bytes(const std::vector<std::size_t>& state_counts) {
    std::size_t bytes = 0;
    for (const std::size_t states : state_counts) {
        std::size_t square = 0;
        if (__builtin_mul_overflow(states, states, &square) ||
            __builtin_mul_overflow(square, sizeof(double), &square) ||
            __builtin_add_overflow(bytes, square, &bytes)) {
            return std::nullopt;
        }
    }
    return bytes;
}

// A fault as the document calls its members.
ModelFault in_document(ModelFault fault) {
    constexpr std::pair<std::string_view, std::string_view> kMembers[] = {
        {"likelihood_factors", "A_factors"},
        {"transition_factors", "B_factors"},
        {"state_counts", "states"},
        {"action_counts", "B"},
        {"outcome_counts", "A"},
        {"likelihoods", "A"},
        {"transitions", "B"},
    };
    for (const auto& [member, name] : kMembers) {
        if (fault.tensor.starts_with(member)) {
            fault.tensor.replace(0, member.size(), name);
            fault.message.replace(0, member.size(), name);
            break;
        }
    }
    return fault;
}

// Reads member after member; after the first fault the rest reads as absent.
class ModelReader {
public:
    ModelReader(const JsonAt& document, const std::string& at)
        : document_(document)
        , at_(at) {}

    std::variant<FactoredModel, ModelFault> read() {
        check_kind();
        model_.state_counts = counts("states", at_ + "/states");
        if (!fault_ && model_.state_counts.empty()) {
            refuse("states", "is missing or empty, expected the number of states of each factor");
        }
        model_.likelihoods = tensors("A");
        read_transitions();
        read_lists();
        model_.preferences = tensors("C");
        for (const Tensor& prior : tensors("D")) {
            model_.priors.push_back(vector_of(prior, indexed("D", model_.priors.size())));
        }
        if (document_(at_ + "/E")) {
            model_.policy_prior = vector_of(tensor("E", at_ + "/E"), "E");
        }
        if (!fault_) {
            fault_ = first_fault(model_);
            if (fault_) {
                fault_ = in_document(*std::move(fault_));
            }
        }
        if (fault_) {
            return *std::move(fault_);
        }
        return std::move(model_);
    }

private:
    void check_kind() {
        const auto kind = document_(at_ + "/schema");
        if (kind && *kind != "\"assay.model/1\"") {
            refuse("schema", "is " + kind->substr(0, 64) + ", expected \"assay.model/1\"");
        }
    }

    Tensor tensor(const std::string& name, const std::string& pointer) {
        const std::string text = document_(pointer).value_or("");
        if (!text.starts_with('{')) {
            return numbers(name, text);
        }
        Tensor tensor{counts(name + ".shape", pointer + "/shape"), {}};
        tensor.data = numbers(name + ".data", document_(pointer + "/data").value_or("")).data;
        return tensor;
    }

    Tensor numbers(const std::string& name, const std::string& text) {
        if (fault_) {
            return {};
        }
        auto read = nested_numbers(name, text);
        if (auto* fault = std::get_if<ModelFault>(&read)) {
            fault_ = std::move(*fault);
            return {};
        }
        return std::get<Tensor>(std::move(read));
    }

    std::vector<Tensor> tensors(const std::string& name) {
        std::vector<Tensor> list;
        each_element(name, [&](const std::string& element, const std::string& pointer) {
            list.push_back(tensor(element, pointer));
            if (!fault_ && (list.back().shape.empty() || list.back().shape.front() == 0)) {
                refuse(element, "has no entry along its first axis, expected at least 1");
            }
        });
        return list;
    }

    template <class Read>
    void each_element(const std::string& name, const Read& read) {
        const std::string list = at_ + "/" + name;
        const auto text = document_(list);
        if (text && !text->starts_with('[')) {
            refuse(name, "is " + text->substr(0, 64) + ", expected an array");
        }
        for (std::size_t i = 0; !fault_ && document_(list + "/" + std::to_string(i)); ++i) {
            if (i == kListMax) {
                refuse(name, "has more than " + std::to_string(kListMax) + " entries");
                return;
            }
            read(indexed(name, i), list + "/" + std::to_string(i));
        }
    }

    std::vector<std::size_t> counts(const std::string& name, const std::string& pointer) {
        const auto text = document_(pointer);
        std::vector<std::size_t> list;
        if (!text) {
            return list;
        }
        const Tensor read = numbers(name, *text);
        if (!fault_ && read.shape.size() != 1) {
            refuse(name, "is " + text->substr(0, 64) + ", expected an array of whole numbers");
        }
        for (const double value : read.data) {
            // 2^32: beyond any count, and exact as a double.
            if (!fault_ && (value < 0 || value > 4294967296.0 || value != std::floor(value))) {
                refuse(indexed(name, list.size()), "is no whole number from 0 on");
            }
            list.push_back(fault_ ? 0 : static_cast<std::size_t>(value));
        }
        return list;
    }

    std::vector<double> vector_of(const Tensor& tensor, const std::string& name) {
        if (!fault_ && (tensor.shape.size() != 1 || tensor.shape[0] != tensor.data.size())) {
            refuse(name,
                   "has shape " + shape_text(tensor.shape) + ", expected one list of numbers");
        }
        return tensor.data;
    }

    // Every factor stays what it is.
    void add_identities() {
        const auto bytes = identity_bytes(model_.state_counts);
        if (!bytes || *bytes > kIdentityBytesMax) {
            refuse("states",
                   "is " + document_(at_ + "/states").value_or("").substr(0, 64) +
                       ": without B, factors that stay as they are take " +
                       (bytes ? std::to_string(*bytes) : "more than 2^64") +
                       " bytes of transitions, expected at most " +
                       std::to_string(kIdentityBytesMax));
            return;
        }
        for (const std::size_t states : model_.state_counts) {
            Tensor& stays = model_.transitions.emplace_back(
                Tensor{{states, states, 1}, std::vector<double>(states * states, 0.0)});
            for (std::size_t s = 0; s < states; ++s) {
                stays.data[s * states + s] = 1;
            }
        }
    }

    void read_transitions() {
        if (document_(at_ + "/B")) {
            model_.transitions = tensors("B");
        } else {
            add_identities();
        }
        for (const Tensor& transition : model_.transitions) {
            model_.action_counts.push_back(transition.shape.empty() ? 0 : transition.shape.back());
        }
        for (const Tensor& likelihood : model_.likelihoods) {
            model_.outcome_counts.push_back(likelihood.shape.empty() ? 0
                                                                     : likelihood.shape.front());
        }
    }

    void read_lists() {
        FactorList all(model_.state_counts.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        if (document_(at_ + "/A_factors")) {
            model_.likelihood_factors = lists("A_factors");
        } else {
            model_.likelihood_factors.assign(model_.likelihoods.size(), all);
        }
        if (document_(at_ + "/B_factors")) {
            model_.transition_factors = lists("B_factors");
        } else {
            for (const std::size_t factor : all) {
                model_.transition_factors.push_back({factor});
            }
        }
    }

    std::vector<FactorList> lists(const std::string& name) {
        std::vector<FactorList> read;
        each_element(name, [&](const std::string& element, const std::string& pointer) {
            read.push_back(counts(element, pointer));
        });
        return read;
    }

    void refuse(const std::string& where, const std::string& what) {
        if (!fault_) {
            fault_ = ModelFault{where, {}, where + " " + what};
        }
    }

    const JsonAt& document_;
    const std::string& at_;
    FactoredModel model_;
    std::optional<ModelFault> fault_;
};

std::string sizes_json(const std::vector<std::size_t>& sizes) {
    std::string text = "[";
    for (const std::size_t size : sizes) {
        text += (text.size() == 1 ? "" : ",") + std::to_string(size);
    }
    return text + "]";
}

template <class List, class Write>
std::string list_json(const List& list, const Write& write) {
    std::string text = "[";
    for (const auto& one : list) {
        text += (text.size() == 1 ? "" : ",") + write(one);
    }
    return text + "]";
}

std::string vector_json(const std::vector<double>& values) {
    return nested_json(Tensor{{values.size()}, values});
}

} // namespace

std::variant<FactoredModel, ModelFault> read_model(const JsonAt& document, const std::string& at) {
    return ModelReader(document, at).read();
}

std::string model_json(const FactoredModel& model) {
    std::string text = "{\"schema\":\"assay.model/1\",\"states\":" + sizes_json(model.state_counts);
    text += ",\"A\":" + list_json(model.likelihoods, nested_json);
    text += ",\"A_factors\":" + list_json(model.likelihood_factors, sizes_json);
    text += ",\"B\":" + list_json(model.transitions, nested_json);
    text += ",\"B_factors\":" + list_json(model.transition_factors, sizes_json);
    if (!model.preferences.empty()) {
        text += ",\"C\":" + list_json(model.preferences, nested_json);
    }
    if (!model.priors.empty()) {
        text += ",\"D\":" + list_json(model.priors, vector_json);
    }
    if (!model.policy_prior.empty()) {
        text += ",\"E\":" + vector_json(model.policy_prior);
    }
    return text + "}";
}

} // namespace assay::active_inference
