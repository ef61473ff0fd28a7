#pragma once
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Copies entry `index` of a table of `count` entries, and reads all of them to do so, whatever the index. Here because an
   optimizer that sees what a mask can be makes a branch around the reads of it (Swift's did), and the empty assembly that
   hides it is C. */
static inline void copenssl_pick(uint64_t *target, const uint64_t *table, size_t count, size_t words, uint64_t index) {
  memset(target, 0, words * sizeof *target);
  for (uint64_t entry = 0; entry < count; entry++, table += words) {
    /* All ones for the entry that is meant, else 0: only 0 - 1 borrows from the top bit. */
    uint64_t mask = 0 - (((entry ^ index) - 1) >> 63);
    __asm__ volatile("" : "+r"(mask));
    for (size_t word = 0; word < words; word++) target[word] |= table[word] & mask;
  }
}

/* Here because OSSL_PARAM_BLD keeps pointers to the names, and a Swift string is only lent for one call. */
static inline EVP_PKEY *copenssl_rsa_public_key(const BIGNUM *n, const BIGNUM *e) {
  EVP_PKEY *key = NULL;
  OSSL_PARAM *parameters = NULL;
  OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
  if (builder && context && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
      OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e) == 1 &&
      (parameters = OSSL_PARAM_BLD_to_param(builder)) && EVP_PKEY_fromdata_init(context) == 1 &&
      EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1)
    key = NULL;
  OSSL_PARAM_free(parameters);
  OSSL_PARAM_BLD_free(builder);
  EVP_PKEY_CTX_free(context);
  return key;
}
