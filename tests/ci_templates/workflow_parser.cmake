# Takes GitHub's parser of workflows (MIT) from npm into the build tree, as package-lock.json pins it,
# with the tests' scripts beside it: template_scripts, workflow_parser_taken. Without npm, or where
# nothing can be fetched, the tests say that they are skipped.
set(template_scripts "${CMAKE_CURRENT_BINARY_DIR}/npm")
file(MAKE_DIRECTORY "${template_scripts}")
foreach(name package.json package-lock.json .npmrc json_modules.mjs workflow.mjs check_workflow.mjs
             run_blocks.mjs expressions.mjs stand_ins.mjs run_job.mjs fakes/gh fakes/apt-get)
  configure_file(${name} "${template_scripts}/${name}" COPYONLY)
endforeach()
assay_take_from_npm("${template_scripts}" parser_taken)

# It asks for node 20; whether the one that is there will do is asked of itself.
find_program(ASSAY_NODE NAMES node nodejs)
mark_as_advanced(ASSAY_NODE)
set(workflow_parser_taken OFF)
if(parser_taken AND ASSAY_NODE)
  execute_process(
    COMMAND "${ASSAY_NODE}" --import ./json_modules.mjs check_workflow.mjs
    WORKING_DIRECTORY "${template_scripts}"
    TIMEOUT 60 RESULT_VARIABLE parser_loads OUTPUT_QUIET ERROR_QUIET)
  if(parser_loads EQUAL 0)
    set(workflow_parser_taken ON)
  endif()
endif()
if(NOT workflow_parser_taken)
  message(STATUS "@actions/workflow-parser cannot be taken from npm or needs a newer node: the "
                 "tests of tools/ci are skipped")
endif()
