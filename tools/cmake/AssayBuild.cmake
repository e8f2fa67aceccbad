# How everything is compiled: warnings, sanitizers, ccache, and where results are put.
# Targets take the settings by linking assay::build privately.

find_program(ASSAY_CCACHE ccache)
if(ASSAY_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${ASSAY_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${ASSAY_CCACHE})
endif()

set(ASSAY_BINARY_DIR "${PROJECT_BINARY_DIR}/bin")
set(ASSAY_PLUGIN_DIR "${PROJECT_BINARY_DIR}/lib/assay/plugins")

add_library(assay_build INTERFACE)
add_library(assay::build ALIAS assay_build)
target_compile_options(assay_build INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
# GCC 12 sees overlapping copies in "text" + std::string where it optimises (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(assay_build INTERFACE $<$<CONFIG:Release,RelWithDebInfo>:-Wno-restrict>)
endif()
target_link_options(assay_build INTERFACE -Wl,--as-needed)
if(ASSAY_WERROR)
  target_compile_options(assay_build INTERFACE -Werror)
endif()

# Sanitizers and coverage apply to every object of the build, plugins included: a half-instrumented
# process reports what is not there.
if(ASSAY_SANITIZE STREQUAL "address")
  # vptr gives false downcast reports inside oneTBB's flow graph.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined -fno-sanitize=vptr)
elseif(ASSAY_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
elseif(NOT ASSAY_SANITIZE STREQUAL "")
  message(FATAL_ERROR "ASSAY_SANITIZE is '${ASSAY_SANITIZE}': expected address, thread or nothing")
endif()
if(ASSAY_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()
if(ASSAY_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
endif()

# Functions and lines are enough for stacks. Every type and variable as well costs a third of the
# compile time; a debugger wants them: cmake --preset dev -DASSAY_DEBUG_INFO=3.
set(ASSAY_DEBUG_INFO 1 CACHE STRING "Debug information of debug builds: 1 for stacks, 3 for a debugger")
set(CMAKE_C_FLAGS_DEBUG "-g${ASSAY_DEBUG_INFO}")
set(CMAKE_CXX_FLAGS_DEBUG "-g${ASSAY_DEBUG_INFO}")

# What users get has line tables, for stacks of crashes and profiles, but not every type: full debug
# information would multiply the size of the programs by ten.
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")

# assay_host_library(name SOURCES ... [LINK ...] [PRIVATE_LINK ...]): one static library of the host.
# Its headers are included as "<library>/<file>.hpp"; each library sees only what it links, because
# the include root is a folder of links made here, one per library.
function(assay_host_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  set(root "${PROJECT_BINARY_DIR}/include/${name}")
  file(MAKE_DIRECTORY "${root}")
  file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}" "${root}/${name}" SYMBOLIC)
  add_library(assay_${name} STATIC ${ARG_SOURCES})
  add_library(assay::${name} ALIAS assay_${name})
  target_include_directories(assay_${name} PUBLIC "${root}")
  target_link_libraries(assay_${name} PUBLIC ${ARG_LINK} PRIVATE assay::build ${ARG_PRIVATE_LINK})
endfunction()
