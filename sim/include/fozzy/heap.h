#ifndef FOZZY_HEAP_H_
#define FOZZY_HEAP_H_
#endif
