"""Accounts that the tests of logins share."""

# A person of this machine, with no account in any pool.
LOCAL, LOCAL_PASSWORD = "lovelace", "a local password"
ROOT_PASSWORD = "the password of root"

# People of the pool, all with this password: one who may sign in, one who may also use sudo, one who may do neither.
MARY, HOPPER, NOETHER = "mary", "hopper", "noether"
PASSWORD = "Somerville-1780"
