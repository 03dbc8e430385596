#include "backends/reactive/model.h"

#include <gtest/gtest.h>
