# assay_take_from_npm(FOLDER TAKEN): installs what FOLDER/package-lock.json pins into FOLDER, which is one
# of the build tree, once for each content of that file. TAKEN is ON where it is there; without npm, or
# where nothing can be fetched, OFF. Addresses and scripts of packages are not followed.
find_program(ASSAY_NPM npm)
mark_as_advanced(ASSAY_NPM)

function(assay_take_from_npm folder taken)
  file(SHA256 "${folder}/package-lock.json" lock)
  set(there "")
  if(EXISTS "${folder}/taken")
    file(READ "${folder}/taken" there)
  endif()
  if(NOT there STREQUAL lock AND ASSAY_NPM)
    execute_process(
      COMMAND "${ASSAY_NPM}" ci --ignore-scripts --no-audit --no-fund --prefer-offline
              --fetch-retries=1 --fetch-timeout=20000
      WORKING_DIRECTORY "${folder}"
      TIMEOUT 120 RESULT_VARIABLE npm OUTPUT_QUIET ERROR_QUIET)
    if(npm EQUAL 0)
      file(WRITE "${folder}/taken" "${lock}")
      set(there "${lock}")
    endif()
  endif()
  if(there STREQUAL lock)
    set(${taken} ON PARENT_SCOPE)
  else()
    set(${taken} OFF PARENT_SCOPE)
  endif()
endfunction()
