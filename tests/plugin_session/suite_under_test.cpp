#include "plugin_session.hpp"

const char* const suite_test::suite_under_test = SUITE_PLUGIN;
