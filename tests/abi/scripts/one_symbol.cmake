# cmake -DNM=nm -DPLUGIN=file -P one_symbol.cmake
# A plugin defines exactly one dynamic symbol: its entry function.
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND "${NM}" -D --defined-only "${PLUGIN}"
  OUTPUT_VARIABLE symbols RESULT_VARIABLE result OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "cannot read the symbols of ${PLUGIN}")
endif()
if(NOT symbols MATCHES "^[0-9a-f]+ T assay_plugin_entry_v1$")
  message(FATAL_ERROR "${PLUGIN} must define assay_plugin_entry_v1 and nothing else, but defines:\n${symbols}")
endif()
