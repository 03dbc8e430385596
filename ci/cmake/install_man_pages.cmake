# Run by `cmake --install`: has the program write its own manual pages, one for
# itself and one for each command, into `man_folder` below the prefix.

set(target $ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/${man_folder})
if(IS_ABSOLUTE ${man_folder})
  set(target $ENV{DESTDIR}${man_folder})
endif()

# Writes the page of the command given by its words, of fozzy if there are none.
function(write_page)
  list(JOIN ARGN "-" suffix)
  set(page fozzy)
  if(suffix)
    set(page fozzy-${suffix})
  endif()
  execute_process(COMMAND ${program} man ${ARGN}
    OUTPUT_FILE ${target}/${page}.1 COMMAND_ERROR_IS_FATAL ANY)
  message(STATUS "Installing: ${target}/${page}.1")
endfunction()

file(MAKE_DIRECTORY ${target})
write_page()
execute_process(COMMAND ${program} usage --json
  OUTPUT_VARIABLE usage COMMAND_ERROR_IS_FATAL ANY)
string(JSON count LENGTH ${usage} commands)
math(EXPR last "${count} - 1")
foreach(index RANGE ${last})
  string(JSON name GET ${usage} commands ${index} name)
  string(REPLACE " " ";" words ${name})
  write_page(${words})
endforeach()
