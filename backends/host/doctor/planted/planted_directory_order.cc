// Prints the names of the files here in the order they are read.
#include <dirent.h>
#include <stdio.h>

int main() {
  DIR* const folder = opendir(".");
  if (folder == nullptr) return 1;
  for (const dirent* entry = readdir(folder); entry != nullptr;
       entry = readdir(folder)) {
    printf("%s\n", entry->d_name);
  }
  closedir(folder);
  return 0;
}
