// The thread sanitizer shall not judge the order of locks here: addPoint() of hnswlib 0.6.2 takes
// the lock of an element and that of the whole graph in both orders, and stacks that are too old to
// be told cannot be suppressed by name. Nobody waits for anybody: vectors are added under the
// store's exclusive lock, the only one of its own. Races are judged as ever. Built for that
// sanitizer alone, which finds this function by its name.
extern "C" __attribute__((visibility("default"))) const char* __tsan_default_options();

extern "C" const char* __tsan_default_options() {
    return "detect_deadlocks=0";
}
