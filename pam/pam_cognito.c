/* pam_cognito.so: carries prompts and answers between a PAM program and cognito-logind. It decides nothing itself but
 * one thing: whose user this is. It runs in sshd, su, sudo and screen lockers, so: no fork, thread, signal handler,
 * stdio, environment, changed process id or global state; every descriptor is close-on-exec; every wait has a deadline,
 * but for the time that a person takes to type. See wire.h for the protocol and pam_cognito(8) for the answers. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

/* Everything else is hidden (-fvisibility=hidden). */
#pragma GCC visibility push(default)
#include <security/pam_modules.h>
#pragma GCC visibility pop
#include <security/pam_ext.h>

#include "wire.h"

enum { FRAMES_MAX = 64, TRIES_MAX = 3, FAIL_DELAY_US = 2000000, LOWEST_UID = 1000, SETCRED = 0 };

struct settings {
	const char *socket, *userdb;
	int start_ms;  /* to connect and get the first reply */
	int answer_ms; /* to get a reply after an answer: the daemon asks the pool meanwhile */
	int bad;       /* an argument isn't one of ours: sign nobody in */
};

/* NOBODYS: unknown to this machine; the daemon may know the name. */
enum whose { OTHERS, OURS, NOBODYS };

struct talk {
	pam_handle_t *pamh;
	struct settings settings;
	char user[64]; /* PAM_USER as it was at the start */
	uint8_t operation;
	unsigned flags;
	int fd, asked[WIRE_QUESTION + 1];                   /* how often, by kind of prompt */
	char text[4097], fresh[WIRE_ANSWER_MAX + 1];        /* a prompt; a new password set while signing in */
	uint8_t in[WIRE_PAYLOAD_MAX], out[WIRE_HEADER + 2048];
};

/* What CHANGE_CHECK proved, for CHANGE_UPDATE. */
static const char ticket_name[] = "cognito-login-ticket";
struct ticket { size_t length; uint8_t bytes[64]; };

/* By hook: what it returns when the daemon is down or silent; what when the daemon says what it must not, or the person
 * can't be asked; and which codes of RESULT, besides WIRE_SUCCESS, make sense. */
#define CODE(code) (1u << (code))
#define NO (CODE(WIRE_DENIED) | CODE(WIRE_UNKNOWN_USER) | CODE(WIRE_UNAVAILABLE) | CODE(WIRE_EXPIRED) | CODE(WIRE_NOT_PERMITTED))
static const struct { int unavailable, refused; unsigned codes; } hooks[] = {
	[WIRE_AUTHENTICATE] = { PAM_AUTHINFO_UNAVAIL, PAM_AUTH_ERR, NO | CODE(WIRE_MAX_TRIES) },
	[WIRE_ACCOUNT] = { PAM_AUTHINFO_UNAVAIL, PAM_PERM_DENIED, NO | CODE(WIRE_NEW_PASSWORD_NEEDED) },
	[WIRE_CHANGE_CHECK] = { PAM_TRY_AGAIN, PAM_AUTHTOK_ERR, NO | CODE(WIRE_MAX_TRIES) },
	[WIRE_CHANGE_UPDATE] = { PAM_TRY_AGAIN, PAM_AUTHTOK_ERR, NO | CODE(WIRE_MAX_TRIES) | CODE(WIRE_PASSWORD_REFUSED) },
	[WIRE_OPEN_SESSION] = { PAM_SESSION_ERR, PAM_SESSION_ERR, CODE(WIRE_UNAVAILABLE) },
	[WIRE_CLOSE_SESSION] = { PAM_SESSION_ERR, PAM_SESSION_ERR, CODE(WIRE_UNAVAILABLE) },
};

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* 1 to 300 seconds; 0: anything else. */
static int to_ms(const char *text)
{
	int value = 0;
	for (; *text; text++)
		if (*text < '0' || *text > '9' || (value = value * 10 + (*text - '0')) > 300)
			return 0;
	return value * 1000;
}

static void read_settings(pam_handle_t *pamh, struct settings *s, int argc, const char **argv)
{
	*s = (struct settings){ COGNITO_SOCKET, COGNITO_USERDB, 10000, 60000, 0 };
	for (int i = 0; i < argc; i++) {
		const char *a = argv[i];
		if (!strncmp(a, "socket=/", 8))
			s->socket = a + 7;
		else if (!strncmp(a, "userdb=/", 8))
			s->userdb = a + 7;
		else if (!strncmp(a, "start_timeout=", 14) && to_ms(a + 14))
			s->start_ms = to_ms(a + 14);
		else if (!strncmp(a, "answer_timeout=", 15) && to_ms(a + 15))
			s->answer_ms = to_ms(a + 15);
		else if (strcmp(a, "try_first_pass") && strcmp(a, "use_first_pass") && strcmp(a, "use_authtok") &&
			 strncmp(a, "authtok_type=", 13)) /* these are pam_get_authtok's */
			s->bad = 1;
	}
	if (s->bad)
		pam_syslog(pamh, LOG_ERR, "an argument isn't one of pam_cognito(8): nobody is signed in");
}

/* Finds the daemon's record STEM.user (systemd has UID.user be a link to NAME.user). */
static int has_record(const char *directory, const char *stem, size_t length, struct stat *record)
{
	char path[256];
	if (strlen(directory) + length + sizeof "/.user" > sizeof path)
		return 0;
	strcpy(mempcpy(stpcpy(stpcpy(path, directory), "/"), stem, length), ".user");
	return stat(path, record) == 0 && S_ISREG(record->st_mode);
}

/* Ours: the name has a record, and the uid that the machine answers for the name has the same one (so that no record can
 * take over a name that /etc/passwd or a directory already has). */
static enum whose whose_user(const char *userdb, const char *user)
{
	size_t length = strnlen(user, 64);
	char room[16384], digits[12], *at = digits + sizeof digits;
	struct passwd entry, *found = NULL;
	struct stat name, uid;
	if (!wire_is_name(user, length))
		return OTHERS;
	int error = getpwnam_r(user, &entry, room, sizeof room, &found);
	if (!found)
		return error == 0 || error == ENOENT || error == ESRCH ? NOBODYS : OTHERS;
	if (entry.pw_uid < LOWEST_UID || !has_record(userdb, user, length, &name))
		return OTHERS;
	for (uid_t rest = entry.pw_uid; rest; rest /= 10)
		*--at = (char)('0' + rest % 10);
	return has_record(userdb, at, (size_t)(digits + sizeof digits - at), &uid) && name.st_dev == uid.st_dev &&
	       name.st_ino == uid.st_ino ? OURS : OTHERS;
}

/* 0: the descriptor is ready; -1: it isn't by the deadline. */
static int await(int fd, short events, int64_t deadline)
{
	for (;;) {
		struct pollfd entry = { fd, events, 0 };
		int64_t left = deadline - now_ms();
		int ready = left > 0 ? poll(&entry, 1, (int)left) : 0;
		if (ready > 0)
			return 0;
		if (ready == 0 || errno != EINTR)
			return -1;
	}
}

/* Connects to the daemon: root, or the owner of the socket's directory where nobody else can write. -1 on failure. */
static int connect_to(const char *path, int64_t deadline)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct ucred peer;
	struct stat directory;
	size_t length = strlen(path);
	int fd = length < sizeof address.sun_path ? socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0) : -1;
	if (fd < 0)
		return -1;
	memcpy(address.sun_path, path, length + 1);
	int result;
	while ((result = connect(fd, (struct sockaddr *)&address, sizeof address)) != 0 &&
	       (errno == EAGAIN || errno == EINTR) && now_ms() < deadline)
		poll(NULL, 0, 10); /* the queue is full, and nothing tells when it isn't any more */
	*strrchr(address.sun_path, '/') = '\0';
	if (result == 0 && getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &(socklen_t){ sizeof peer }) == 0 &&
	    (peer.uid == 0 || (stat(address.sun_path, &directory) == 0 && directory.st_uid == peer.uid &&
			       !(directory.st_mode & (S_IWGRP | S_IWOTH)))))
		return fd;
	close(fd);
	return -1;
}

/* 1: `length` bytes are read; 0: closed, or too late. */
static int read_all(int fd, uint8_t *to, size_t length, int64_t deadline)
{
	while (length > 0) {
		ssize_t got = recv(fd, to, length, 0);
		if (got == 0 || (got < 0 && errno != EINTR && (errno != EAGAIN || await(fd, POLLIN, deadline))))
			return 0;
		to += got > 0 ? got : 0;
		length -= got > 0 ? (size_t)got : 0;
	}
	return 1;
}

/* PAM_SUCCESS: sent; else what the hook returns. A message that breaks a rule of wire.h isn't sent. */
static int send_message(struct talk *t, const struct wire_message *message, int64_t deadline)
{
	size_t length = wire_encode(message, t->out, sizeof t->out);
	const uint8_t *from = t->out;
	int result = length > 0 ? PAM_SUCCESS : hooks[t->operation].refused;
	while (length > 0) {
		ssize_t sent = send(t->fd, from, length, MSG_NOSIGNAL);
		if (sent < 0 && errno != EINTR && (errno != EAGAIN || await(t->fd, POLLOUT, deadline))) {
			result = hooks[t->operation].unavailable;
			break;
		}
		from += sent > 0 ? sent : 0;
		length -= sent > 0 ? (size_t)sent : 0;
	}
	explicit_bzero(t->out, sizeof t->out);
	return result;
}

static int send_begin(struct talk *t, int64_t deadline)
{
	static const int items[] = { [WIRE_TAG_SERVICE] = PAM_SERVICE, [WIRE_TAG_TTY] = PAM_TTY,
		[WIRE_TAG_RHOST] = PAM_RHOST, [WIRE_TAG_RUSER] = PAM_RUSER };
	struct wire_message begin = { .type = WIRE_BEGIN };
	uint32_t caller = htonl(getuid()); /* the daemon sees root where su runs: this says who runs it */
	uint8_t flags = (uint8_t)((t->flags & PAM_SILENT ? WIRE_FLAG_SILENT : 0) |
		(t->operation == WIRE_AUTHENTICATE && t->flags & PAM_DISALLOW_NULL_AUTHTOK ? WIRE_FLAG_NO_EMPTY : 0) |
		(t->operation >= WIRE_CHANGE_CHECK && t->flags & PAM_CHANGE_EXPIRED_AUTHTOK ? WIRE_FLAG_IF_EXPIRED : 0));
	const void *value;
	wire_set(&begin, WIRE_TAG_VERSION, &(uint8_t){ WIRE_VERSION }, 1);
	wire_set(&begin, WIRE_TAG_OPERATION, &t->operation, 1);
	wire_set(&begin, WIRE_TAG_USER, t->user, strlen(t->user));
	wire_set(&begin, WIRE_TAG_FLAGS, &flags, 1);
	wire_set(&begin, WIRE_TAG_CALLER, &caller, sizeof caller);
	for (unsigned tag = WIRE_TAG_SERVICE; tag <= WIRE_TAG_RUSER; tag++) /* what can't be carried is left out: it decides nothing */
		if (pam_get_item(t->pamh, items[tag], &value) == PAM_SUCCESS && value && wire_accepts(tag, value, strlen(value)))
			wire_set(&begin, tag, value, strlen(value));
	if (t->operation == WIRE_CHANGE_UPDATE && pam_get_data(t->pamh, ticket_name, &value) == PAM_SUCCESS && value)
		wire_set(&begin, WIRE_TAG_TICKET, ((const struct ticket *)value)->bytes, ((const struct ticket *)value)->length);
	return send_message(t, &begin, deadline);
}

static void forget(char *text)
{
	if (text)
		explicit_bzero(text, strlen(text));
	free(text);
}

/* A new password while signing in, where pam_get_authtok would ask only once. */
static int ask_twice(struct talk *t)
{
	for (int tries = 0; tries < TRIES_MAX; tries++) {
		char *first = NULL, *second = NULL;
		int got = pam_prompt(t->pamh, PAM_PROMPT_ECHO_OFF, &first, "%s", t->text);
		if (got == PAM_SUCCESS && first)
			got = pam_prompt(t->pamh, PAM_PROMPT_ECHO_OFF, &second, "Retype %s", t->text);
		int there = got == PAM_SUCCESS && first && second && strlen(first) < sizeof t->fresh;
		int same = there && !strcmp(first, second);
		if (same)
			strcpy(t->fresh, first);
		forget(first);
		forget(second);
		if (same || !there)
			return same ? PAM_SUCCESS : PAM_CONV_ERR;
		if (!(t->flags & PAM_SILENT))
			pam_error(t->pamh, "The two passwords differ.");
	}
	return PAM_CONV_ERR;
}

/* Gets what a PROMPT asks for. `*answer` belongs to PAM or to t, or, when `*owned` is set, to the caller. */
static int ask(struct talk *t, uint8_t kind, int echo, const char **answer, char **owned)
{
	/* PAM's own prompts: translated by it, and replaced by sudo -p. */
	static const char *const common[] = { [WIRE_PASSWORD] = "Password: ", [WIRE_CURRENT_PASSWORD] = "Current password: ",
		[WIRE_NEW_PASSWORD] = "New password: " };
	static const unsigned kinds[] = { [WIRE_AUTHENTICATE] = CODE(WIRE_PASSWORD) | CODE(WIRE_NEW_PASSWORD),
		[WIRE_ACCOUNT] = 0, [WIRE_CHANGE_CHECK] = CODE(WIRE_CURRENT_PASSWORD),
		[WIRE_CHANGE_UPDATE] = CODE(WIRE_CURRENT_PASSWORD) | CODE(WIRE_NEW_PASSWORD), [WIRE_CLOSE_SESSION] = 0 };
	int got = PAM_TRY_AGAIN, item = kind == WIRE_CURRENT_PASSWORD ? PAM_OLDAUTHTOK : PAM_AUTHTOK;
	if (!kinds[t->operation] || (kind <= WIRE_NEW_PASSWORD && !(kinds[t->operation] & CODE(kind))))
		return PAM_CONV_ERR;
	if (kind > WIRE_NEW_PASSWORD) {
		got = pam_prompt(t->pamh, echo ? PAM_PROMPT_ECHO_ON : PAM_PROMPT_ECHO_OFF, owned, "%s", t->text);
		*answer = *owned;
		return got;
	}
	if (kind == WIRE_NEW_PASSWORD && t->operation == WIRE_AUTHENTICATE) {
		*answer = t->fresh;
		return ask_twice(t);
	}
	if (t->asked[kind]++ > 0)
		pam_set_item(t->pamh, item, NULL); /* what was typed first is known to be wrong */
	for (int tries = 0; tries < TRIES_MAX && got == PAM_TRY_AGAIN; tries++)
		got = pam_get_authtok(t->pamh, item, answer, strcmp(t->text, common[kind]) ? t->text : NULL);
	return got;
}

static int answer_prompt(struct talk *t, uint8_t kind, int echo)
{
	const char *text = NULL;
	char *owned = NULL;
	struct wire_message message = { .type = WIRE_ANSWER };
	int result = hooks[t->operation].refused;
	if (ask(t, kind, echo, &text, &owned) == PAM_SUCCESS && text) {
		wire_set(&message, WIRE_TAG_ANSWER, text, strlen(text));
		result = send_message(t, &message, now_ms() + t->settings.start_ms);
	}
	forget(owned);
	if (result == hooks[t->operation].refused)
		send_message(t, &(struct wire_message){ .type = WIRE_CANCEL }, now_ms());
	return result;
}

static void drop_ticket(pam_handle_t *pamh, void *data, int status)
{
	(void)pamh, (void)status;
	explicit_bzero(data, sizeof(struct ticket));
	free(data);
}

static void keep_ticket(pam_handle_t *pamh, const struct wire_span *span)
{
	struct ticket *ticket = span->at ? calloc(1, sizeof *ticket) : NULL;
	if (ticket)
		memcpy(ticket->bytes, span->at, ticket->length = span->length);
	if (ticket && pam_set_data(pamh, ticket_name, ticket, drop_ticket) != PAM_SUCCESS)
		drop_ticket(pamh, ticket, 0);
}

static int refuse(struct talk *t)
{
	pam_syslog(t->pamh, LOG_ERR, "cognito-logind said something that isn't allowed: denied");
	return hooks[t->operation].refused;
}

/* The only way to PAM_SUCCESS: RESULT, for this hook, for this user (who still is PAM_USER), and nothing after it. */
static int verdict(struct talk *t, const struct wire_message *result)
{
	static const int codes[WIRE_CODES] = { [WIRE_DENIED] = PAM_AUTH_ERR, [WIRE_UNKNOWN_USER] = PAM_USER_UNKNOWN,
		[WIRE_MAX_TRIES] = PAM_MAXTRIES, [WIRE_EXPIRED] = PAM_ACCT_EXPIRED, [WIRE_NOT_PERMITTED] = PAM_PERM_DENIED,
		[WIRE_NEW_PASSWORD_NEEDED] = PAM_NEW_AUTHTOK_REQD, [WIRE_PASSWORD_REFUSED] = PAM_AUTHTOK_ERR };
	const struct wire_span *user = &result->field[WIRE_TAG_USER];
	uint8_t code = wire_byte(result, WIRE_TAG_CODE), more;
	const void *now = NULL;
	if (wire_byte(result, WIRE_TAG_OPERATION) != t->operation || user->length != strlen(t->user) ||
	    memcmp(user->at, t->user, user->length) || recv(t->fd, &more, 1, MSG_PEEK) > 0 ||
	    pam_get_item(t->pamh, PAM_USER, &now) != PAM_SUCCESS || !now || strcmp(now, t->user))
		return refuse(t);
	if (code == WIRE_SUCCESS) {
		if (t->operation == WIRE_CHANGE_CHECK)
			keep_ticket(t->pamh, &result->field[WIRE_TAG_TICKET]);
		if (t->fresh[0])
			pam_set_item(t->pamh, PAM_AUTHTOK, t->fresh);
		return PAM_SUCCESS;
	}
	if (code == WIRE_TRY_AGAIN || code == WIRE_UNAVAILABLE)
		return hooks[t->operation].unavailable;
	return hooks[t->operation].codes & CODE(code) ? codes[code] : refuse(t);
}

static int converse(struct talk *t)
{
	int64_t deadline = now_ms() + t->settings.start_ms;
	struct wire_message message;
	uint8_t header[WIRE_HEADER];
	t->fd = connect_to(t->settings.socket, deadline);
	int result = t->fd < 0 ? hooks[t->operation].unavailable : send_begin(t, deadline);
	for (int frames = 0; result == PAM_SUCCESS && frames < FRAMES_MAX; frames++) {
		size_t length = 0;
		if (!read_all(t->fd, header, sizeof header, deadline) ||
		    !read_all(t->fd, t->in, length = wire_payload_length(header), deadline))
			return hooks[t->operation].unavailable;
		if (wire_decode(t->in, length, &message) != 0)
			return refuse(t);
		if (message.type == WIRE_RESULT)
			return verdict(t, &message);
		const struct wire_span *text = &message.field[WIRE_TAG_TEXT];
		if (!text->at)
			return refuse(t); /* one of our own messages, sent back */
		memcpy(t->text, text->at, text->length);
		t->text[text->length] = '\0';
		if (message.type == WIRE_PROMPT) {
			result = answer_prompt(t, wire_byte(&message, WIRE_TAG_KIND), wire_byte(&message, WIRE_TAG_ECHO));
			deadline = now_ms() + t->settings.answer_ms;
		} else if (!(t->flags & PAM_SILENT)) {
			pam_prompt(t->pamh, message.type == WIRE_INFO ? PAM_TEXT_INFO : PAM_ERROR_MSG, NULL, "%s", t->text);
		}
	}
	return result == PAM_SUCCESS ? refuse(t) : result;
}

/* Runs one hook. `others`: what it returns for users that aren't ours, at once and without asking the daemon. */
static int run(pam_handle_t *pamh, int flags, int argc, const char **argv, uint8_t operation, int others)
{
	struct talk t = { .pamh = pamh, .operation = operation, .flags = (unsigned)flags, .fd = -1 };
	const char *user = NULL;
	read_settings(pamh, &t.settings, argc, argv);
	if (pam_get_user(pamh, &user, NULL) != PAM_SUCCESS || !user)
		return others;
	enum whose whose = whose_user(t.settings.userdb, user);
	if (whose == OTHERS || (whose == NOBODYS && operation != WIRE_AUTHENTICATE))
		return others;
	if (operation == SETCRED)
		return PAM_SUCCESS; /* groups come from NSS, tokens are collected by the user's own programs */
	if (operation == WIRE_AUTHENTICATE)
		pam_fail_delay(pamh, FAIL_DELAY_US);
	memcpy(t.user, user, strlen(user)); /* at most 32 bytes: whose_user has looked */
	int result = t.settings.bad ? hooks[operation].refused : converse(&t);
	if (t.fd >= 0)
		close(t.fd);
	if (result == hooks[operation].unavailable && !(t.flags & PAM_SILENT) && operation < WIRE_OPEN_SESSION)
		pam_error(pamh, "Sign-in with Amazon Cognito isn't available now; please try again later.");
	if (result != PAM_SUCCESS && result != PAM_USER_UNKNOWN)
		pam_syslog(pamh, LOG_NOTICE, "%s: %s", t.user, pam_strerror(pamh, result));
	explicit_bzero(&t, sizeof t);
	return result;
}

#define HOOK(name, operation, others) \
	int name(pam_handle_t *pamh, int flags, int argc, const char **argv) \
	{ return run(pamh, flags, argc, argv, operation, others); }

HOOK(pam_sm_authenticate, WIRE_AUTHENTICATE, PAM_USER_UNKNOWN)
HOOK(pam_sm_setcred, SETCRED, PAM_IGNORE)
HOOK(pam_sm_acct_mgmt, WIRE_ACCOUNT, PAM_IGNORE)
HOOK(pam_sm_open_session, WIRE_OPEN_SESSION, PAM_IGNORE)
HOOK(pam_sm_close_session, WIRE_CLOSE_SESSION, PAM_IGNORE)

int pam_sm_chauthtok(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	int phase = flags & (PAM_PRELIM_CHECK | PAM_UPDATE_AUTHTOK);
	if (phase != PAM_PRELIM_CHECK && phase != PAM_UPDATE_AUTHTOK)
		return PAM_SYSTEM_ERR;
	return run(pamh, flags, argc, argv, phase == PAM_PRELIM_CHECK ? WIRE_CHANGE_CHECK : WIRE_CHANGE_UPDATE, PAM_IGNORE);
}
