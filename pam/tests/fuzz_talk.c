/* libFuzzer target for the module's conversations: the input is what the daemon says. The first byte picks the hook and
 * whether the person answers. Success may come of nothing but a RESULT for this hook and this user at the very end. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static int daemon_end, answers_left;

/* The world around the module. */
static int fuzz_socket(int domain, int type, int protocol);
static int fuzz_connect(int fd, const struct sockaddr *address, socklen_t length);
static int fuzz_getsockopt(int fd, int level, int name, void *value, socklen_t *length);
static int fuzz_getpwnam_r(const char *name, struct passwd *entry, char *room, size_t size, struct passwd **found);
static int fuzz_stat(const char *path, struct stat *status);
#define socket fuzz_socket
#define connect fuzz_connect
#define getsockopt fuzz_getsockopt
#define getpwnam_r fuzz_getpwnam_r
#define stat(path, status) fuzz_stat(path, status)
#include "../pam_cognito.c"
#undef socket
#undef connect
#undef getsockopt
#undef getpwnam_r
#undef stat

static int module_end;

static int fuzz_socket(int domain, int type, int protocol)
{
	(void)domain, (void)type, (void)protocol;
	return module_end;
}

static int fuzz_connect(int fd, const struct sockaddr *address, socklen_t length)
{
	(void)fd, (void)address, (void)length;
	return 0;
}

static int fuzz_getsockopt(int fd, int level, int name, void *value, socklen_t *length)
{
	(void)fd, (void)level, (void)name;
	memset(value, 0, *length);
	return 0;
}

static int fuzz_getpwnam_r(const char *name, struct passwd *entry, char *room, size_t size, struct passwd **found)
{
	(void)name, (void)room, (void)size;
	memset(entry, 0, sizeof *entry);
	entry->pw_uid = 10001;
	*found = entry;
	return 0;
}

static int fuzz_stat(const char *path, struct stat *status)
{
	(void)path;
	memset(status, 0, sizeof *status);
	status->st_mode = S_IFREG;
	return 0;
}

int pam_get_user(pam_handle_t *pamh, const char **user, const char *prompt)
{
	(void)pamh, (void)prompt;
	*user = "alice";
	return PAM_SUCCESS;
}

int pam_get_item(const pam_handle_t *pamh, int item, const void **value)
{
	(void)pamh;
	*value = item == PAM_USER ? "alice" : item == PAM_SERVICE ? "fuzz" : NULL;
	return PAM_SUCCESS;
}

int pam_get_authtok(pam_handle_t *pamh, int item, const char **token, const char *prompt)
{
	(void)pamh, (void)item, (void)prompt;
	*token = "password";
	return answers_left-- > 0 ? PAM_SUCCESS : PAM_AUTHTOK_ERR;
}

int pam_prompt(pam_handle_t *pamh, int style, char **response, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	char text[8192];
	vsnprintf(text, sizeof text, format, list);
	va_end(list);
	(void)pamh, (void)style;
	if (strlen(text) == 0)
		abort();
	if (response)
		*response = answers_left-- > 0 ? strdup("answer") : NULL;
	return PAM_SUCCESS;
}

static void *kept;
static void (*drop)(pam_handle_t *, void *, int);

int pam_set_data(pam_handle_t *pamh, const char *name, void *data, void (*cleanup)(pam_handle_t *, void *, int))
{
	(void)name;
	if (kept)
		drop(pamh, kept, 0);
	kept = data;
	drop = cleanup;
	return PAM_SUCCESS;
}

int pam_get_data(const pam_handle_t *pamh, const char *name, const void **data)
{
	(void)pamh, (void)name;
	*data = kept;
	return kept ? PAM_SUCCESS : PAM_NO_MODULE_DATA;
}

int pam_set_item(pam_handle_t *pamh, int item, const void *value) { (void)pamh, (void)item, (void)value; return PAM_SUCCESS; }
int pam_fail_delay(pam_handle_t *pamh, unsigned delay) { (void)pamh, (void)delay; return PAM_SUCCESS; }
const char *pam_strerror(pam_handle_t *pamh, int code) { (void)pamh, (void)code; return "?"; }
void pam_syslog(const pam_handle_t *pamh, int priority, const char *format, ...) { (void)pamh, (void)priority, (void)format; }

/* Whether the daemon's last words are success for this hook and user. */
static int ends_in_success(const uint8_t *data, size_t size, uint8_t operation)
{
	uint8_t frame[256];
	struct wire_message success = { .type = WIRE_RESULT };
	wire_set(&success, WIRE_TAG_OPERATION, &operation, 1);
	wire_set(&success, WIRE_TAG_USER, "alice", 5);
	wire_set(&success, WIRE_TAG_CODE, &(uint8_t){ WIRE_SUCCESS }, 1);
	for (size_t ticket = 0; ticket <= 64; ticket++) {
		if (ticket > 0)
			wire_set(&success, WIRE_TAG_TICKET, data + size - ticket, ticket);
		size_t length = ticket <= size ? wire_encode(&success, frame, sizeof frame) : 0;
		if (length > 0 && length <= size && !memcmp(frame, data + size - length, length))
			return 1;
	}
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int ends[2];
	const char *arguments[] = { "start_timeout=1", "answer_timeout=1" };
	/* The kernel's buffer takes this much without a reader. */
	if (size < 1 || size > 65536 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) != 0)
		return 0;
	daemon_end = ends[0];
	module_end = ends[1];
	uint8_t operation = (uint8_t)(WIRE_AUTHENTICATE + data[0] % WIRE_CLOSE_SESSION);
	answers_left = data[0] & 0x80 ? 0 : 20;
	ssize_t sent = send(daemon_end, data + 1, size - 1, MSG_NOSIGNAL);
	shutdown(daemon_end, SHUT_WR);
	pam_handle_t *pamh = (pam_handle_t *)ends; /* never looked into */
	int result = run(pamh, 0, 2, arguments, operation, PAM_IGNORE);
	if (result == PAM_SUCCESS && (sent != (ssize_t)size - 1 || !ends_in_success(data + 1, size - 1, operation)))
		abort();
	if (fcntl(module_end, F_GETFD) != -1)
		abort(); /* left open */
	close(daemon_end);
	if (kept)
		drop(pamh, kept, 0);
	kept = NULL;
	return 0;
}
