#include "backends/reactive/generate.h"

#include <gtest/gtest.h>
