#include "context.hpp"

#include <utility>

namespace assay::policy_decision {

void Context::set(const std::string& name, Value value) {
    const std::uint32_t attribute = vocabulary_->intern(name, type_of(value), "context");
    if (attribute >= slots_.size()) {
        slots_.resize(attribute + 1);
    }
    slots_[attribute] = {.value = vocabulary_->intern_value(value), .is_present = true};
    named_.insert_or_assign(name, std::move(value));
}

void Context::erase(const std::string& name) {
    if (named_.erase(name) > 0) {
        slots_[*vocabulary_->find(name)] = {};
    }
}

} // namespace assay::policy_decision
