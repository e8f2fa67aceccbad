// Counts calls of operator new in this test program, to show that a lookup makes none.
#pragma once

#include <cstdint>

// Calls so far, of all threads.
std::uint64_t allocation_count() noexcept;
