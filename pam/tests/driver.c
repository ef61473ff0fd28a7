/* A PAM program on a leash: runs what the test writes to stdin, and puts PAM's questions to the test.
 * usage: driver CONFDIR SERVICE USER
 * SIGUSR1 is handled, without SA_RESTART.
 * stdin:  do NAME FLAGS         runs pam_NAME (auth, setcred, acct, open, close, chauthtok); prints "return NAME CODE"
 *         item NAME HEX         sets PAM_TTY, PAM_RHOST, PAM_RUSER or PAM_USER
 *         fds                   prints "fds N": how many descriptors are open
 * stdout: off|on|info|error HEX PAM asks or tells; "off" and "on" want one line back:
 *         = HEX                 the answer       - : the person gives up       user HEX : sets PAM_USER, then answers "x"
 *         delay MICROSECONDS    the delay that PAM would have made after a failure
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <pwd.h>
#include <security/pam_appl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char line[1 << 17];

/* What NSS answers: $DRIVER_USERS = "alice:10001 bob:1000". "broken:-": the lookup fails. */
int getpwnam_r(const char *name, struct passwd *entry, char *room, size_t size, struct passwd **found)
{
	const char *at = getenv("DRIVER_USERS");
	size_t length = strlen(name);
	*found = NULL;
	for (; at && *at; at = strchr(at, ' ') ? strchr(at, ' ') + 1 : NULL) {
		if (strncmp(at, name, length) || at[length] != ':')
			continue;
		if (at[length + 1] == '-')
			return EIO;
		memset(entry, 0, sizeof *entry);
		snprintf(room, size, "%s", name);
		entry->pw_name = entry->pw_passwd = entry->pw_gecos = entry->pw_dir = entry->pw_shell = room;
		entry->pw_uid = entry->pw_gid = (uid_t)strtoul(at + length + 1, NULL, 10);
		*found = entry;
		return 0;
	}
	return 0;
}

static void say(const char *word, const char *text)
{
	printf("%s ", word);
	for (; *text; text++)
		printf("%02x", (unsigned char)*text);
	printf("\n");
	fflush(stdout);
}

static char *from_hex(const char *hex)
{
	size_t length = strcspn(hex, "\n") / 2;
	char *text = calloc(1, length + 1);
	for (size_t i = 0; i < length; i++) {
		unsigned value = 0;
		sscanf(hex + 2 * i, "%2x", &value);
		text[i] = (char)value;
	}
	return text;
}

static int converse(int count, const struct pam_message **messages, struct pam_response **responses, void *data)
{
	static const char *const words[] = { [PAM_PROMPT_ECHO_OFF] = "off", [PAM_PROMPT_ECHO_ON] = "on",
		[PAM_ERROR_MSG] = "error", [PAM_TEXT_INFO] = "info" };
	struct pam_response *answers = calloc((size_t)count, sizeof *answers);
	for (int i = 0; i < count; i++) {
		say(words[messages[i]->msg_style], messages[i]->msg);
		if (messages[i]->msg_style != PAM_PROMPT_ECHO_OFF && messages[i]->msg_style != PAM_PROMPT_ECHO_ON)
			continue;
		if (!fgets(line, sizeof line, stdin) || line[0] == '-') {
			free(answers);
			return PAM_CONV_ERR;
		}
		if (!strncmp(line, "user ", 5)) {
			char *user = from_hex(line + 5);
			pam_set_item(*(pam_handle_t **)data, PAM_USER, user);
			free(user);
			answers[i].resp = strdup("x");
		} else {
			answers[i].resp = from_hex(line + 2);
		}
	}
	*responses = answers;
	return PAM_SUCCESS;
}

static void delay(int result, unsigned microseconds, void *data)
{
	(void)data;
	if (result != PAM_SUCCESS) {
		printf("delay %u\n", microseconds);
		fflush(stdout);
	}
}

static int hook(pam_handle_t *pamh, const char *name, int flags)
{
	static const struct {
		const char *name;
		int (*function)(pam_handle_t *, int);
	} hooks[] = { { "auth", pam_authenticate }, { "setcred", pam_setcred }, { "acct", pam_acct_mgmt },
		{ "open", pam_open_session }, { "close", pam_close_session }, { "chauthtok", pam_chauthtok } };
	for (size_t i = 0; i < sizeof hooks / sizeof *hooks; i++)
		if (!strcmp(hooks[i].name, name))
			return hooks[i].function(pamh, flags);
	return -1;
}

static int open_descriptors(void)
{
	int count = 0;
	DIR *directory = opendir("/proc/self/fd");
	while (readdir(directory))
		count++;
	closedir(directory);
	return count;
}

static void on_signal(int number)
{
	(void)number;
}

int main(int argc, char **argv)
{
	/* Without SA_RESTART, so that system calls come back with EINTR. */
	struct sigaction quiet = { .sa_handler = on_signal };
	sigaction(SIGUSR1, &quiet, NULL);
	pam_handle_t *pamh = NULL;
	struct pam_conv conversation = { converse, &pamh };
	void (*no_delay)(int, unsigned, void *) = delay;
	char name[32], hex[4096] = "";
	int flags, result = PAM_SUCCESS;
	if (argc != 4 || pam_start_confdir(argv[2], argv[3], &conversation, argv[1], &pamh) != PAM_SUCCESS)
		return 2;
	pam_set_item(pamh, PAM_FAIL_DELAY, (const void *)no_delay);
	while (fgets(line, sizeof line, stdin)) {
		if (sscanf(line, "do %31s %i", name, &flags) == 2) {
			result = hook(pamh, name, flags);
			printf("return %s %d\n", name, result);
		} else if (sscanf(line, "item %31s %4095s", name, hex) >= 1) {
			char *value = from_hex(hex);
			pam_set_item(pamh, !strcmp(name, "tty") ? PAM_TTY : !strcmp(name, "rhost") ? PAM_RHOST :
				     !strcmp(name, "ruser") ? PAM_RUSER : PAM_USER, value);
			free(value);
			printf("set\n");
		} else {
			printf("fds %d\n", open_descriptors());
		}
		fflush(stdout);
	}
	pam_end(pamh, result);
	return 0;
}
