# Writes fozzy.1 and a page for each command, fozzy-run.1 and so on.
#   cmake -DFOZZY=build/fozzy -DFOLDER=build/man -P cli/man_pages.cmake
file(MAKE_DIRECTORY ${FOLDER})
execute_process(COMMAND ${FOZZY} man OUTPUT_FILE ${FOLDER}/fozzy.1
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${FOZZY} usage --json OUTPUT_VARIABLE usage
  COMMAND_ERROR_IS_FATAL ANY)
string(JSON count LENGTH ${usage} commands)
math(EXPR last "${count} - 1")
foreach(i RANGE ${last})
  string(JSON name GET ${usage} commands ${i} name)
  string(REPLACE " " "-" page ${name})
  string(REPLACE " " ";" words ${name})
  execute_process(COMMAND ${FOZZY} man ${words}
    OUTPUT_FILE ${FOLDER}/fozzy-${page}.1 COMMAND_ERROR_IS_FATAL ANY)
endforeach()
