#include <errno.h>
#include <malloc.h>
#include <stddef.h>
#include <string.h>

/* Memory is overwritten as it is given back, whoever had it: passwords and tokens pass through strings of Swift's, the JSON
   of the library, libcurl's and OpenSSL's buffers, and none of these can be wiped from outside. glibc sends every call of
   malloc's family, of its own too, to the program's definitions where it has them ("Replacing malloc" in its manual), and
   keeps its own under these names. */
extern void *__libc_malloc(size_t size);
extern void __libc_free(void *block);

void free(void *block) {
  if (block == NULL) return;
  int before = errno;
  explicit_bzero(block, malloc_usable_size(block));
  __libc_free(block);
  errno = before;
}

/* Never grows in place: glibc would give the old place back by itself. */
void *realloc(void *block, size_t size) {
  if (block == NULL) return __libc_malloc(size);
  if (size == 0) {
    free(block);
    return NULL;
  }
  size_t room = malloc_usable_size(block);
  if (size <= room && size >= room / 2) return block;
  void *other = __libc_malloc(size);
  if (other == NULL) return NULL;
  memcpy(other, block, size < room ? size : room);
  free(block);
  return other;
}
