# assay_add_plugin(name SOURCES file... [LINK target...])
#
# Builds one plugin, <name>.assay.so, in C or C++: exactly one exported symbol, no undefined ones,
# every symbol bound at load, dependencies found beside it ($ORIGIN).
#
#   find_package(assay 0.1 CONFIG REQUIRED COMPONENTS sdk)
#   assay_add_plugin(sorting SOURCES sorting.cpp LINK Eigen3::Eigen)
#
# The file is put into ASSAY_PLUGIN_DIR when that is set, else into the current binary folder, and is
# installed into <libdir>/assay/plugins when ASSAY_INSTALL_PLUGINS is on (component "plugins").
# The target is called assay_plugin_<name>; its file is $<TARGET_FILE:assay_plugin_<name>>.

option(ASSAY_INSTALL_PLUGINS "Install plugins into <libdir>/assay/plugins" OFF)

function(assay_add_plugin name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "assay_add_plugin(${name}): unknown arguments '${ARG_UNPARSED_ARGUMENTS}'; expected SOURCES and LINK")
  endif()
  if(NOT ARG_SOURCES)
    message(FATAL_ERROR "assay_add_plugin(${name}): SOURCES is empty")
  endif()
  if(NOT name MATCHES "^[a-z0-9_]+$")
    message(FATAL_ERROR "assay_add_plugin(${name}): a plugin's name has only a-z, 0-9 and _")
  endif()

  set(exports "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin_exports.map")
  set(target "assay_plugin_${name}")
  add_library(${target} MODULE ${ARG_SOURCES})
  target_link_libraries(${target} PRIVATE assay::sdk ${ARG_LINK})
  if(TARGET assay::build) # warnings and options of Assay's own build
    target_link_libraries(${target} PRIVATE assay::build)
  endif()
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if("CXX" IN_LIST languages)
    target_compile_features(${target} PRIVATE cxx_std_20)
  endif()
  if("C" IN_LIST languages)
    target_compile_features(${target} PRIVATE c_std_11)
  endif()
  # Weak std:: symbols stay visible under -fvisibility=hidden: the version script makes it exactly one.
  # GNU_UNIQUE symbols would tie two plugins of one process together.
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
  target_link_options(${target} PRIVATE
    "LINKER:-z,now" "LINKER:--version-script=${exports}")
  # The sanitizer runtime of clang lives in the program, so that its symbols are undefined here.
  if(NOT (CMAKE_CXX_COMPILER_ID MATCHES "Clang" AND "${CMAKE_CXX_FLAGS} ${ASSAY_SANITIZE} ${ASSAY_FUZZ}" MATCHES "sanitize|address|thread|ON"))
    target_link_options(${target} PRIVATE "LINKER:-z,defs")
  endif()
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME "${name}" PREFIX "" SUFFIX ".assay.so"
    LINK_DEPENDS "${exports}"
    POSITION_INDEPENDENT_CODE ON
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    # With BUILD_RPATH CMake pads the entry to "$ORIGIN:", and the empty part means the current folder.
    BUILD_WITH_INSTALL_RPATH ON INSTALL_RPATH "$ORIGIN")
  if(ASSAY_PLUGIN_DIR)
    set_target_properties(${target} PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${ASSAY_PLUGIN_DIR}")
  endif()
  if(ASSAY_INSTALL_PLUGINS)
    include(GNUInstallDirs)
    install(TARGETS ${target}
      LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}/assay/plugins" COMPONENT plugins)
  endif()
endfunction()
