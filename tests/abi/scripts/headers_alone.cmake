# cmake -DCOMPILER=... -DLANGUAGE=c|c++ -DSTANDARD=c11 -DINCLUDE=<sdk/include> -DSOURCE=header_alone.inc
#       -DHEADERS=a.h,b.h [-DFLAGS=-Wpadded] -P headers_alone.cmake
# Every header compiles alone, with every warning an error.
cmake_minimum_required(VERSION 3.25)
string(REPLACE "," ";" headers "${HEADERS}")
string(REPLACE "," ";" flags "${FLAGS}")
if(NOT headers)
  message(FATAL_ERROR "no headers given: this test would prove nothing")
endif()
foreach(header IN LISTS headers)
  execute_process(
    COMMAND "${COMPILER}" -x ${LANGUAGE} -std=${STANDARD} -Wall -Wextra -pedantic -Werror ${flags}
      -I "${INCLUDE}" "-DASSAY_HEADER=<assay/${header}>" -fsyntax-only "${SOURCE}"
    RESULT_VARIABLE result ERROR_VARIABLE errors)
  if(NOT result EQUAL 0)
    message(SEND_ERROR "assay/${header} does not compile alone as ${STANDARD} by ${COMPILER}:\n${errors}")
  endif()
endforeach()
