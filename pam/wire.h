/* The login protocol, byte for byte: what pam_cognito.so and the command `cognito` say to cognito-logind, and back.
 * Its Swift twin is Sources/LoginProtocol; both are held to Tests/Vectors/login_frames.txt.
 *
 * Transport: one stream socket (AF_UNIX); each side knows the other's uid by SO_PEERCRED.
 * Frame:     u32 length of the payload (big-endian, 1 to 16384; replies to requests: up to 65536), then the payload.
 * Payload:   u8 type, then fields in rising order of tag: u8 tag, u16 length (big-endian), that many bytes.
 * Refused:   a length of 0 or above the cap (before anything is allocated), an unknown type, a type that this side
 *            doesn't receive, an unknown tag, a tag that this type doesn't have, a tag twice or out of order, a field
 *            shorter or longer than its rule, a missing field, bytes left over. Whoever refuses closes the connection.
 *
 *   type  name          sent by  fields (? = may be absent)
 *   0x01  BEGIN         module   version operation user service tty? rhost? ruser? flags ticket? caller?
 *   0x02  ANSWER        module   answer
 *   0x03  CANCEL        module
 *   0x21  PROMPT        daemon   text kind echo
 *   0x22  INFO          daemon   text
 *   0x23  ERROR         daemon   text
 *   0x24  RESULT        daemon   operation user code ticket?
 *   0x41  COLLECT       anyone
 *   0x42  STORED        anyone   lease
 *   0x43  SIGN_OUT      anyone
 *   0x51  LOGIN_ADD     root     user text?       (text: what the pool is asked for in place of the name)
 *   0x52  LOGIN_REMOVE  root     user
 *   0x53  LOGIN_LIST    root     user?        (names after this one; absent: from the start)
 *   0x54  STATUS        root
 *   0x55  LOGIN_UNLOCK  root     user
 *   0x56  LOGIN_LOCK    root     user
 *   0x57  LOGIN_FORGET  root     user
 *   0x58  LOGIN_SESSIONS root
 *   0x59  LOGIN_TEST    root     user service    (then as after BEGIN, up to RESULT)
 *   0x61  LEASE         daemon   lease document  (answers COLLECT)
 *   0x62  NOTHING       daemon                   (answers COLLECT: this uid has nothing to collect)
 *   0x63  DONE          daemon                   (answers STORED, SIGN_OUT, LOGIN_REMOVE, _UNLOCK, _LOCK, _FORGET)
 *   0x64  LOGINS        daemon   document more   (answers LOGIN_LIST; more = 1: ask again after the last name)
 *   0x65  REPORT        daemon   document        (answers STATUS, LOGIN_ADD, LOGIN_SESSIONS)
 *   0x66  REFUSED       daemon   text code       (answers any request)
 *
 *   tag   name       bytes    rule
 *   1     version    1        1
 *   2     operation  1        see WIRE_AUTHENTICATE …
 *   3     user       1–32     [a-z_][a-z0-9_.@-]*
 *   4     service    1–64     printable ASCII without space (0x21–0x7e)
 *   5     tty        1–128    the same
 *   6     rhost      1–255    the same
 *   7     ruser      1–255    the same
 *   8     flags      1        bits: 1 silent, 2 no empty password, 4 only if expired; no other bit
 *   9     text       1–4096   UTF-8; no control characters (C0, DEL, C1) but newline
 *   10    answer     0–1024   UTF-8 without NUL. Secret.
 *   11    kind       1        see WIRE_PASSWORD …
 *   12    echo       1        0: don't show what is typed; 1: show it
 *   13    code       1        RESULT: see WIRE_SUCCESS …; REFUSED: see LoginProtocol/Refusal.swift
 *   14    ticket     16–64    any bytes. Secret: what was proved in CHANGE_CHECK, shown again in CHANGE_UPDATE
 *   15    lease      1–64     [A-Za-z0-9_-]
 *   16    document   2–61440  JSON in UTF-8, without NUL. Secret in LEASE.
 *   17    more       1        0 or 1
 *   18    caller     4        the real uid of the calling process (big-endian): who runs su, where the peer is root.
 *                             Believed of root alone; absent from a module older than this field
 *
 * A connection carries either one conversation (BEGIN to RESULT) or any number of requests, one at a time.
 * Conversation: the module sends BEGIN. The daemon sends INFO and ERROR as it likes, and PROMPT, each of which the
 * module answers with one ANSWER, or with CANCEL (which ends it). RESULT ends it: it repeats the operation and the user
 * of BEGIN, and WIRE_SUCCESS in it is the only thing in this protocol that means success. ticket is sent in RESULT only
 * with WIRE_SUCCESS of CHANGE_CHECK, and in BEGIN only for CHANGE_UPDATE.
 */
#ifndef COGNITO_WIRE_H
#define COGNITO_WIRE_H

#include <stddef.h>
#include <stdint.h>

enum { WIRE_VERSION = 1, WIRE_HEADER = 4, WIRE_PAYLOAD_MAX = 16384, WIRE_ANSWER_MAX = 1024 };

enum wire_type {
	WIRE_BEGIN = 0x01, WIRE_ANSWER = 0x02, WIRE_CANCEL = 0x03,
	WIRE_PROMPT = 0x21, WIRE_INFO = 0x22, WIRE_ERROR = 0x23, WIRE_RESULT = 0x24
};

enum wire_tag {
	WIRE_TAG_VERSION = 1, WIRE_TAG_OPERATION, WIRE_TAG_USER, WIRE_TAG_SERVICE, WIRE_TAG_TTY, WIRE_TAG_RHOST,
	WIRE_TAG_RUSER, WIRE_TAG_FLAGS, WIRE_TAG_TEXT, WIRE_TAG_ANSWER, WIRE_TAG_KIND, WIRE_TAG_ECHO, WIRE_TAG_CODE,
	WIRE_TAG_TICKET, WIRE_TAG_CALLER = 18, WIRE_TAGS
};

/* What BEGIN asks for. */
enum wire_operation {
	WIRE_AUTHENTICATE = 1, WIRE_ACCOUNT = 2, WIRE_CHANGE_CHECK = 3, WIRE_CHANGE_UPDATE = 4, WIRE_OPEN_SESSION = 5,
	WIRE_CLOSE_SESSION = 6
};

/* What PROMPT asks for. The module fetches the first three in ways of their own (PAM_AUTHTOK, PAM_OLDAUTHTOK, typed
 * twice); the others are plain questions, never remembered. */
enum wire_kind {
	WIRE_PASSWORD = 1, WIRE_CURRENT_PASSWORD = 2, WIRE_NEW_PASSWORD = 3, WIRE_CODE = 4, WIRE_CHOICE = 5,
	WIRE_QUESTION = 6
};

/* How a conversation ended. 0 is never sent. */
enum wire_code {
	WIRE_SUCCESS = 1, WIRE_DENIED = 2, WIRE_UNKNOWN_USER = 3, WIRE_UNAVAILABLE = 4, WIRE_MAX_TRIES = 5,
	WIRE_EXPIRED = 6, WIRE_NOT_PERMITTED = 7, WIRE_NEW_PASSWORD_NEEDED = 8, WIRE_TRY_AGAIN = 9,
	WIRE_PASSWORD_REFUSED = 10, WIRE_FAILED = 11, WIRE_CODES
};

enum wire_flag { WIRE_FLAG_SILENT = 1, WIRE_FLAG_NO_EMPTY = 2, WIRE_FLAG_IF_EXPIRED = 4 };

/* A field: points into the caller's memory. at == NULL: absent. */
struct wire_span {
	const uint8_t *at;
	size_t length;
};

struct wire_message {
	uint8_t type;
	struct wire_span field[WIRE_TAGS]; /* by tag; [0] is unused */
};

/* The payload length that a frame's 4-byte header announces; 0 when it is none that we take. */
size_t wire_payload_length(const uint8_t header[WIRE_HEADER]);

/* Reads a payload (without header). Every rule above holds for what it accepts. 0 = read, -1 = refused.
 * The spans point into `payload`. */
int wire_decode(const uint8_t *payload, size_t length, struct wire_message *message);

/* Writes header and payload, exactly as long as needed. Returns the number of bytes, or 0 if the message breaks a rule
 * or the room is too small (then nothing of it is left in `room`). */
size_t wire_encode(const struct wire_message *message, uint8_t *room, size_t capacity);

/* Whether a field's bytes keep the rule of its tag. */
int wire_accepts(unsigned tag, const uint8_t *bytes, size_t length);

/* Whether a login name is one that this protocol can carry (the rule of tag 3). */
int wire_is_name(const char *name, size_t length);

/* A one-byte field's value; 0 if absent. */
static inline uint8_t wire_byte(const struct wire_message *message, enum wire_tag tag)
{
	return message->field[tag].at ? message->field[tag].at[0] : 0;
}

/* Sets a field. `bytes` must outlive the message. */
static inline void wire_set(struct wire_message *message, enum wire_tag tag, const void *bytes, size_t length)
{
	message->field[tag] = (struct wire_span){ bytes, length };
}

#endif
