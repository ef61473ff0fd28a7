/* What no client can do without, on bare OpenSSL: two modular powers of an SRP sign-in, with exponents as long as this
   library's (a has 256 bits, a + u x has 512 or 513), and one RSA signature check.  floor N_HEX ROUNDS KEY.pem MESSAGE SIGNATURE  prints JSON: CPU seconds of each round. */
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t load(const char *path, unsigned char *buffer, size_t size) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) exit(1);
  size_t count = fread(buffer, 1, size, file);
  fclose(file);
  return count;
}

int main(int argc, char **argv) {
  if (argc != 6) return 2;
  BN_CTX *context = BN_CTX_new();
  BIGNUM *n = NULL, *g = BN_new(), *a = BN_new(), *x = BN_new(), *base = BN_new(), *out = BN_new();
  BN_hex2bn(&n, argv[1]);
  BN_set_word(g, 2);
  BN_rand(a, 256, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY);
  BN_rand(x, 513, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY);
  BN_rand_range(base, n);
  BN_set_flags(a, BN_FLG_CONSTTIME);
  BN_set_flags(x, BN_FLG_CONSTTIME);
  int rounds = atoi(argv[2]);
  printf("{\"srp\": [");
  for (int i = -3; i < rounds; i++) {
    double start = cpu();
    /* g^a, and a value of full size to the power that gives the shared secret. */
    if (!BN_mod_exp(out, g, a, n, context) || !BN_mod_exp(out, base, x, n, context)) return 1;
    if (i >= 0) printf("%s%.9f", i ? ", " : "", cpu() - start);
  }
  FILE *pem = fopen(argv[3], "r");
  EVP_PKEY *key = pem ? PEM_read_PUBKEY(pem, NULL, NULL, NULL) : NULL;
  static unsigned char message[65536], signature[4096];
  size_t length = load(argv[4], message, sizeof message), size = load(argv[5], signature, sizeof signature);
  printf("], \"verify\": [");
  for (int i = -3; i < rounds; i++) {
    double start = cpu();
    for (int j = 0; j < 100; j++) {
      EVP_MD_CTX *digest = EVP_MD_CTX_new();
      if (EVP_DigestVerifyInit(digest, NULL, EVP_sha256(), NULL, key) != 1 ||
          EVP_DigestVerify(digest, signature, size, message, length) != 1)
        return 1;
      EVP_MD_CTX_free(digest);
    }
    if (i >= 0) printf("%s%.9f", i ? ", " : "", cpu() - start);
  }
  printf("]}\n");
  return 0;
}
