#include "backends/host/this_program.h"

#include <elf.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "backends/host/fd.h"

namespace fozzy {
namespace {

constexpr char kSelf[] = "/proc/self/exe";

// Headers of one file, and bytes of its notes, at most.
constexpr uint64_t kHeadersMax = 1024;
constexpr uint64_t kNotesMax = 64 << 10;

bool ReadAt(int file, uint64_t offset, void* bytes, size_t size) {
  return pread(file, bytes, size, static_cast<off_t>(offset)) ==
         static_cast<ssize_t>(size);
}

uint64_t RoundUp(uint64_t size) { return (size + 3) / 4 * 4; }

std::string Hex(const char* bytes, size_t size) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (size_t i = 0; i < size; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    hex.push_back(kDigits[byte >> 4]);
    hex.push_back(kDigits[byte & 15]);
  }
  return hex;
}

// Looks for the build id among notes.
std::string BuildIdIn(const std::string& notes) {
  for (uint64_t at = 0; at + sizeof(Elf64_Nhdr) <= notes.size();) {
    Elf64_Nhdr head;
    std::memcpy(&head, notes.data() + at, sizeof head);
    const uint64_t name = at + sizeof head;
    const uint64_t text = name + RoundUp(head.n_namesz);
    if (text + head.n_descsz > notes.size()) return "";
    if (head.n_type == NT_GNU_BUILD_ID && head.n_namesz == 4 &&
        std::memcmp(notes.data() + name, "GNU", 4) == 0) {
      return Hex(notes.data() + text, head.n_descsz);
    }
    at = text + RoundUp(head.n_descsz);
  }
  return "";
}

}  // namespace

std::vector<std::string> ProgramArguments() {
  std::vector<std::string> words;
  const Fd file(open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC));
  std::string bytes;
  char buffer[4096];
  while (true) {
    const ssize_t count = read(file.get(), buffer, sizeof buffer);
    if (count <= 0) break;
    bytes.append(buffer, static_cast<size_t>(count));
  }
  for (size_t at = 0; at < bytes.size();) {
    words.emplace_back(bytes.c_str() + at);
    at += words.back().size() + 1;
  }
  return words;
}

std::string ProgramName() {
  char path[4096];
  const ssize_t size = readlink(kSelf, path, sizeof path);
  if (size <= 0) return "";
  const std::string name(path, static_cast<size_t>(size));
  return name.substr(name.rfind('/') + 1);
}

std::string ProgramBuildId() { return BuildIdOf(kSelf); }

std::string BuildIdOf(const std::string& path) {
  // Nobody may ever write into a pipe.
  const Fd file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  Elf64_Ehdr elf;
  if (!file.is_open() || !ReadAt(file.get(), 0, &elf, sizeof elf) ||
      std::memcmp(elf.e_ident, ELFMAG, SELFMAG) != 0 ||
      elf.e_ident[EI_CLASS] != ELFCLASS64 || elf.e_phnum > kHeadersMax) {
    return "";
  }
  for (uint64_t i = 0; i < elf.e_phnum; ++i) {
    Elf64_Phdr part;
    if (!ReadAt(file.get(), elf.e_phoff + i * sizeof part, &part,
                sizeof part)) {
      return "";
    }
    if (part.p_type != PT_NOTE || part.p_filesz > kNotesMax) continue;
    std::string notes(part.p_filesz, '\0');
    if (!ReadAt(file.get(), part.p_offset, notes.data(), notes.size())) {
      return "";
    }
    const std::string id = BuildIdIn(notes);
    if (!id.empty()) return id;
  }
  return "";
}

const char* EnvironmentVariable(const char* name) { return std::getenv(name); }

MutedOutput::MutedOutput() : saved_(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)) {
  Resume();
}

MutedOutput::~MutedOutput() {
  Pause();
  if (saved_ >= 0) close(saved_);
}

void MutedOutput::Pause() {
  std::fflush(stdout);
  if (saved_ >= 0) dup2(saved_, STDOUT_FILENO);
}

void MutedOutput::Resume() {
  std::fflush(stdout);
  const Fd null(open("/dev/null", O_WRONLY | O_CLOEXEC));
  if (saved_ >= 0 && null.is_open()) dup2(null.get(), STDOUT_FILENO);
}

void WriteOutput(const std::string& text) {
  std::fflush(stdout);
  for (size_t done = 0; done < text.size();) {
    const ssize_t count =
        write(STDOUT_FILENO, text.data() + done, text.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    done += static_cast<size_t>(count);
  }
}

void EndWithParent() { prctl(PR_SET_PDEATHSIG, SIGKILL); }

void EndProcess(int code) { _exit(code); }

int MakeFoldersOf(const std::string& path) {
  for (size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    const std::string folder = path.substr(0, slash);
    if (mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST) return errno;
  }
  return 0;
}

}  // namespace fozzy
