"""Accounts that the tests of logins share."""

# A person of this machine, with no account in any pool.
LOCAL, LOCAL_PASSWORD = "lovelace", "a local password"
ROOT_PASSWORD = "the password of root"
