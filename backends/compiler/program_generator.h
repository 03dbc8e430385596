// Random kernels, made by choices: the list of answers is the program, so it
// shrinks and replays as every other run does.
#ifndef FOZZY_BACKENDS_COMPILER_PROGRAM_GENERATOR_H_
#define FOZZY_BACKENDS_COMPILER_PROGRAM_GENERATOR_H_

#include <cstdint>
#include <string>
#include <vector>

namespace fozzy {

// Answers the questions of the generator.
class GeneratorChoices {
 public:
  GeneratorChoices(const GeneratorChoices&) = delete;
  GeneratorChoices& operator=(const GeneratorChoices&) = delete;
  virtual ~GeneratorChoices() = default;

  // Returns a number from 0, the dullest, to `last`.
  virtual uint64_t UpTo(uint64_t last) = 0;

 protected:
  GeneratorChoices() = default;
};

// Answers from a seed, and remembers.
class DrawnChoices final : public GeneratorChoices {
 public:
  explicit DrawnChoices(uint64_t seed) : state_(seed) {}
  uint64_t UpTo(uint64_t last) override;
  const std::vector<uint64_t>& answers() const { return answers_; }

 private:
  uint64_t state_;
  std::vector<uint64_t> answers_;
};

// Answers from a list; what is too large or missing is answered with the
// largest possible, and with 0.
class ListedChoices final : public GeneratorChoices {
 public:
  explicit ListedChoices(const std::vector<uint64_t>& answers)
      : answers_(answers) {}
  uint64_t UpTo(uint64_t last) override;

 private:
  const std::vector<uint64_t>& answers_;
  size_t next_ = 0;
};

// Returns the text of a kernel whose last function, `f`, takes an i32 and an
// i64 and returns an i64.  It passes the checker; it may fail when it runs, and
// it may loop for long: run it with a limit.  Host functions it may declare:
// note(i64) -> i32, show(str, Tone) -> bool, sum([i32; 4]) -> i64, ping().
std::string GenerateProgram(GeneratorChoices& choices);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_COMPILER_PROGRAM_GENERATOR_H_
