#include "backends/reactive/interpret.h"

#include <gtest/gtest.h>
