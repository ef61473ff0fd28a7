/* A module beside ours in the tests' stacks. "set=TEXT": what was typed before us; "show": what we leave behind. */
#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <string.h>

int pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	const void *now = NULL, *old = NULL;
	(void)flags;
	for (int i = 0; i < argc; i++)
		if (!strncmp(argv[i], "set=", 4))
			pam_set_item(pamh, PAM_AUTHTOK, argv[i] + 4);
	if (argc == 1 && !strcmp(argv[0], "show")) {
		pam_get_item(pamh, PAM_AUTHTOK, &now);
		pam_get_item(pamh, PAM_OLDAUTHTOK, &old);
		pam_info(pamh, "AUTHTOK=%s OLDAUTHTOK=%s", now ? (const char *)now : "-", old ? (const char *)old : "-");
	}
	return PAM_IGNORE;
}

int pam_sm_setcred(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)pamh, (void)flags, (void)argc, (void)argv;
	return PAM_IGNORE;
}
