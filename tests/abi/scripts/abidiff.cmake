# cmake -DABIDIFF=abidiff -DREADELF=readelf -DOLD=reference.abi -DNEW=library.so -DEXPECT=same|changed|refused
#       -P abidiff.cmake
# Compares a library of every struct with the reference of the last release, without any suppression:
# "appending is fine" suppressions hide reordered and retyped members.
cmake_minimum_required(VERSION 3.25)
foreach(file IN ITEMS "${OLD}" "${NEW}")
  if(NOT EXISTS "${file}")
    message(FATAL_ERROR "${file} is missing")
  endif()
endforeach()

# A library without debug information compares as equal to anything.
execute_process(COMMAND "${READELF}" -S --wide "${NEW}" OUTPUT_VARIABLE sections)
if(NOT sections MATCHES "\\.debug_info")
  if(EXPECT STREQUAL "refused")
    return()
  endif()
  message(FATAL_ERROR "${NEW} has no debug information: abidiff would call it equal to anything")
endif()
if(EXPECT STREQUAL "refused")
  message(FATAL_ERROR "${NEW} was to be without debug information")
endif()

execute_process(COMMAND "${ABIDIFF}" "${OLD}" "${NEW}"
  RESULT_VARIABLE bits OUTPUT_VARIABLE report ERROR_VARIABLE report)
# Exit bits: 1 error, 2 usage, 4 change, 8 incompatible change.
math(EXPR failed "${bits} & 3")
if(NOT failed EQUAL 0)
  message(FATAL_ERROR "abidiff could not compare (exit ${bits}):\n${report}")
endif()
if(EXPECT STREQUAL "same" AND NOT bits EQUAL 0)
  message(FATAL_ERROR "the ABI differs from its last release (exit ${bits}):\n${report}")
endif()
if(EXPECT STREQUAL "changed" AND bits EQUAL 0)
  message(FATAL_ERROR "a deliberate break of the ABI was not seen")
endif()
