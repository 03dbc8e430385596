#include "sim/base/chacha20.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <string_view>

namespace fozzy {
namespace {

std::string Hex(const ChaCha20Block& block) {
  uint8_t bytes[sizeof block.words];
  std::memcpy(bytes, block.words, sizeof bytes);
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const uint8_t byte : bytes) {
    hex.push_back(kDigits[byte >> 4]);
    hex.push_back(kDigits[byte & 15]);
  }
  return hex;
}

struct Vector {
  ChaCha20Key key;
  uint64_t counter;
  uint64_t nonce;
  std::string_view block;
};

constexpr ChaCha20Key kZeroKey;
// 00 01 02 ... 1f
constexpr ChaCha20Key kCountingKey = {{0x03020100, 0x07060504, 0x0b0a0908,
                                       0x0f0e0d0c, 0x13121110, 0x17161514,
                                       0x1b1a1918, 0x1f1e1d1c}};
constexpr ChaCha20Key kLastBitKey = {{0, 0, 0, 0, 0, 0, 0, 0x01000000}};
constexpr ChaCha20Key kSecondByteKey = {{0x0000ff00, 0, 0, 0, 0, 0, 0, 0}};

// Source: RFC 8439, section 2.3.2 and appendix A.1.  Its nonce is 96 bits, its
// counter 32: the first word of the nonce is our upper half of the counter.
constexpr Vector kVectors[] = {
    {kCountingKey, 1 | uint64_t{0x09000000} << 32, 0x4a000000,
     "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e"
     "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e"},
    {kZeroKey, 0, 0,
     "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"
     "da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586"},
    {kZeroKey, 1, 0,
     "9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed"
     "29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f"},
    {kLastBitKey, 1, 0,
     "3aeb5224ecf849929b9d828db1ced4dd832025e8018b8160b82284f3c949aa5a"
     "8eca00bbb4a73bdad192b5c42f73f2fd4e273644c8b36125a64addeb006c13a0"},
    {kSecondByteKey, 2, 0,
     "72d54dfbf12ec44b362692df94137f328fea8da73990265ec1bbbea1ae9af0ca"
     "13b25aa26cb4a648cb9b9d1be65b2c0924a66c54d545ec1b7374f4872e99f096"},
    {kZeroKey, 0, uint64_t{0x02000000} << 32,
     "c2c64d378cd536374ae204b9ef933fcd1a8b2288b3dfa49672ab765b54ee27c7"
     "8a970e0e955c14f3a88e741b97c286f75f8fc299e8148362fa198a39531bed6d"},
};

TEST(ChaCha20Test, AgreesWithThePublishedVectors) {
  for (const Vector& vector : kVectors) {
    ChaCha20Block block;
    MakeChaCha20Block(vector.key, vector.counter, vector.nonce, block);
    EXPECT_EQ(Hex(block), vector.block);
  }
}

TEST(ChaCha20BlockTest, NumbersAreTwoWordsLowOneFirst) {
  ChaCha20Block block;
  MakeChaCha20Block(kZeroKey, 0, 0, block);
  EXPECT_EQ(block.Number(0), 0x903df1a0ade0b876);
  EXPECT_EQ(block.Number(7), 0x8665eeb269b687c3);
}

}  // namespace
}  // namespace fozzy
