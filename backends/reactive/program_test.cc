#include "backends/reactive/program.h"

#include <gtest/gtest.h>
