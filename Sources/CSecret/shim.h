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

/* Whether a Secret Service is on the session bus, without starting one. g_variant_new takes a variable number of
   arguments, which Swift doesn't call. */
static inline gboolean csecret_service_is_owned(GCancellable *_Nullable cancellable, GError **error) {
  GDBusConnection *bus = g_bus_get_sync(G_BUS_TYPE_SESSION, cancellable, error);
  if (bus == NULL) return FALSE;
  GVariant *reply =
      g_dbus_connection_call_sync(bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                  "NameHasOwner", g_variant_new("(s)", "org.freedesktop.secrets"),
                                  G_VARIANT_TYPE("(b)"), G_DBUS_CALL_FLAGS_NONE, -1, cancellable, error);
  g_object_unref(bus);
  if (reply == NULL) return FALSE;
  gboolean is_owned = FALSE;
  g_variant_get(reply, "(b)", &is_owned);
  g_variant_unref(reply);
  if (!is_owned)
    g_set_error_literal(error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER, "no Secret Service runs in this session");
  return is_owned;
}

/* g_hash_table_new_full takes function pointers that Swift sees with other types. */
static inline GHashTable *_Nonnull csecret_attributes_new(void) {
  return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}
static inline void csecret_attributes_set(GHashTable *table, const char *name, const char *value) {
  g_hash_table_replace(table, g_strdup(name), g_strdup(value));
}
