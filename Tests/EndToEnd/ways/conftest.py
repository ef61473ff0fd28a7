from rig.login_fixtures import healthy, login, names, server, site  # noqa: F401
