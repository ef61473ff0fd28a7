#pragma once
#define SECRET_API_SUBJECT_TO_CHANGE
#include <libsecret/secret.h>

/* Swift imports SecretSchema's array as a tuple of 32, so the one schema that we use is written here. */
static inline const SecretSchema *csecret_session_schema(void) {
  static const SecretSchema schema = {"net.cognito-login.Session",
                                      SECRET_SCHEMA_NONE,
                                      {{"application", SECRET_SCHEMA_ATTRIBUTE_STRING},
                                       {"credential", SECRET_SCHEMA_ATTRIBUTE_STRING},
                                       {"user_pool_id", SECRET_SCHEMA_ATTRIBUTE_STRING},
                                       {"client_id", SECRET_SCHEMA_ATTRIBUTE_STRING},
                                       {"profile", SECRET_SCHEMA_ATTRIBUTE_STRING},
                                       {NULL, 0}}};
  return &schema;
}

/* g_hash_table_new_full takes function pointers that Swift sees with other types. */
static inline GHashTable *_Nonnull csecret_attributes_new(void) {
  return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}
static inline void csecret_attributes_set(GHashTable *table, const char *name, const char *value) {
  g_hash_table_replace(table, g_strdup(name), g_strdup(value));
}
