# cmake -DCOMPILER=... -DINCLUDE=<sdk/include> -DSOURCE=throwing_plugin.cpp -P throwing_plugin.cmake
# A plugin function that may throw does not compile; the same function with noexcept does.
set(command "${COMPILER}" -std=c++20 -I "${INCLUDE}" -fsyntax-only "${SOURCE}")
execute_process(COMMAND ${command} -DFIXTURE_NOEXCEPT RESULT_VARIABLE sound ERROR_VARIABLE errors)
if(NOT sound EQUAL 0)
  message(FATAL_ERROR "the function with noexcept must compile:\n${errors}")
endif()
execute_process(COMMAND ${command} RESULT_VARIABLE throwing ERROR_VARIABLE errors)
if(throwing EQUAL 0)
  message(FATAL_ERROR "a function that may throw was accepted as assay_suite_v1.run")
endif()
if(NOT errors MATCHES "noexcept|exception specification|assigning to|invalid conversion")
  message(FATAL_ERROR "refused for another reason than its exception specification:\n${errors}")
endif()
