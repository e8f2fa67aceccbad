# assay_add_isa_levels(target SOURCES ...): the files compiled once for each level of x86-64 that they
# are worth it for, into one library. Each defines its own names inside ASSAY_ISA_LEVEL, a namespace of
# the level (v1, v3, v4); plugins/kernels/isa_level chooses while the program runs.
#
#   namespace assay::kuramoto::ASSAY_ISA_LEVEL { void sincos_of(...) { ... } }
#
# -ffast-math is what GCC 12 wants before it calls libmvec. It is given to the compiler of these files
# alone: at a link it would switch denormals off for the whole process. Nothing in them may ask whether a
# number is finite.
function(assay_add_isa_levels target)
  cmake_parse_arguments(ARG "" "" "SOURCES" ${ARGN})
  set(levels v1)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    list(APPEND levels v3 v4)
  endif()
  foreach(level IN LISTS levels)
    set(objects ${target}_${level})
    add_library(${objects} OBJECT ${ARG_SOURCES})
    set_target_properties(${objects} PROPERTIES UNITY_BUILD OFF POSITION_INDEPENDENT_CODE ON)
    target_compile_definitions(${objects} PRIVATE ASSAY_ISA_LEVEL=${level})
    target_compile_options(${objects} PRIVATE -O3 -ffast-math
      $<$<STREQUAL:${level},v3>:-march=x86-64-v3>
      $<$<STREQUAL:${level},v4>:-march=x86-64-v4 -mprefer-vector-width=512>)
    target_include_directories(${objects} PRIVATE $<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>)
    target_link_libraries(${objects} PRIVATE assay::build)
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:${objects}>)
  endforeach()
endfunction()
