# cmake -DSOURCE=<folder> -DWORK=<folder> -DPREFIX=<installed sdk> -DBUILD=cmake|make -DPLUGIN=<name>
#       -DNM=nm [-DNAME=mine -DID=org.example.mine] -P outside_project.cmake
# A project that knows only the installed SDK builds from a copy of its folder, as a stranger would have
# it, and its plugin exports exactly one symbol. With NAME and ID the folder is a template.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE "${WORK}")
file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE "${SOURCE}" "${SOURCE}/*")
foreach(file IN LISTS files)
  if(file MATCHES "(^|/)(build|target)/|\\.assay\\.so$") # what an author built in place stays there
    continue()
  endif()
  set(target "${file}")
  if(NAME)
    string(REPLACE "@NAME@" "${NAME}" target "${file}")
  endif()
  get_filename_component(folder "${WORK}/${target}" DIRECTORY)
  file(MAKE_DIRECTORY "${folder}")
  file(COPY_FILE "${SOURCE}/${file}" "${WORK}/${target}")
  if(NAME)
    # sed keeps every byte that is not a placeholder; CMake's own file(READ) would not.
    execute_process(COMMAND sed -i -e "s/@NAME@/${NAME}/g" -e "s/@ID@/${ID}/g" "${WORK}/${target}"
      COMMAND_ERROR_IS_FATAL ANY)
  endif()
endforeach()
file(GLOB_RECURSE left LIST_DIRECTORIES false "${WORK}/*@*")
if(left)
  message(FATAL_ERROR "a placeholder was left in a file name: ${left}")
endif()

if(BUILD STREQUAL "cmake")
  file(GLOB_RECURSE package "${PREFIX}/*/assayConfig.cmake")
  get_filename_component(package "${package}" DIRECTORY)
  execute_process(COMMAND "${CMAKE_COMMAND}" -S "${WORK}" -B "${WORK}/build" "-Dassay_DIR=${package}"
    COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND "${CMAKE_COMMAND}" --build "${WORK}/build" COMMAND_ERROR_IS_FATAL ANY)
else()
  execute_process(COMMAND make -C "${WORK}" COMMAND_ERROR_IS_FATAL ANY)
endif()

file(GLOB_RECURSE plugin "${WORK}/*${PLUGIN}.assay.so")
if(NOT plugin)
  message(FATAL_ERROR "${PLUGIN}.assay.so was not built below ${WORK}")
endif()
execute_process(COMMAND "${NM}" -D --defined-only "${plugin}"
  OUTPUT_VARIABLE symbols OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
if(NOT symbols MATCHES "^[0-9a-f]+ T assay_plugin_entry_v1$")
  message(FATAL_ERROR "${plugin} must export its entry function only, but exports:\n${symbols}")
endif()
