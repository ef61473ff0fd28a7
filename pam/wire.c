/* Frames: see wire.h. Works on the caller's memory alone. */
#include "wire.h"

#include <string.h>

#define BIT(tag) (1u << (tag))

enum rule { BYTE, NAME, WORD, TEXT, ANSWER, OPAQUE };

/* By tag; the rule of a one-byte field is its largest value and its smallest. */
static const struct {
	uint8_t rule, least_value, greatest_value;
	uint16_t shortest, longest;
} rules[WIRE_TAGS] = {
	[WIRE_TAG_VERSION] = { BYTE, WIRE_VERSION, WIRE_VERSION, 1, 1 },
	[WIRE_TAG_OPERATION] = { BYTE, WIRE_AUTHENTICATE, WIRE_CLOSE_SESSION, 1, 1 },
	[WIRE_TAG_USER] = { NAME, 0, 0, 1, 32 },
	[WIRE_TAG_SERVICE] = { WORD, 0, 0, 1, 64 },
	[WIRE_TAG_TTY] = { WORD, 0, 0, 1, 128 },
	[WIRE_TAG_RHOST] = { WORD, 0, 0, 1, 255 },
	[WIRE_TAG_RUSER] = { WORD, 0, 0, 1, 255 },
	[WIRE_TAG_FLAGS] = { BYTE, 0, 7, 1, 1 },
	[WIRE_TAG_TEXT] = { TEXT, 0, 0, 1, 4096 },
	[WIRE_TAG_ANSWER] = { ANSWER, 0, 0, 0, WIRE_ANSWER_MAX },
	[WIRE_TAG_KIND] = { BYTE, WIRE_PASSWORD, WIRE_QUESTION, 1, 1 },
	[WIRE_TAG_ECHO] = { BYTE, 0, 1, 1, 1 },
	[WIRE_TAG_CODE] = { BYTE, WIRE_SUCCESS, WIRE_CODES - 1, 1, 1 },
	[WIRE_TAG_TICKET] = { OPAQUE, 0, 0, 16, 64 },
	[WIRE_TAG_CALLER] = { OPAQUE, 0, 0, 4, 4 },
};

/* By type: which fields there must be, and which there may be. A type that isn't here, this module doesn't know. */
static const struct {
	uint8_t known;
	uint32_t required, optional;
} shapes[] = {
	[WIRE_BEGIN] = { 1,
		BIT(WIRE_TAG_VERSION) | BIT(WIRE_TAG_OPERATION) | BIT(WIRE_TAG_USER) | BIT(WIRE_TAG_SERVICE) | BIT(WIRE_TAG_FLAGS),
		BIT(WIRE_TAG_TTY) | BIT(WIRE_TAG_RHOST) | BIT(WIRE_TAG_RUSER) | BIT(WIRE_TAG_TICKET) | BIT(WIRE_TAG_CALLER) },
	[WIRE_ANSWER] = { 1, BIT(WIRE_TAG_ANSWER), 0 },
	[WIRE_CANCEL] = { 1, 0, 0 },
	[WIRE_PROMPT] = { 1, BIT(WIRE_TAG_TEXT) | BIT(WIRE_TAG_KIND) | BIT(WIRE_TAG_ECHO), 0 },
	[WIRE_INFO] = { 1, BIT(WIRE_TAG_TEXT), 0 },
	[WIRE_ERROR] = { 1, BIT(WIRE_TAG_TEXT), 0 },
	[WIRE_RESULT] = { 1, BIT(WIRE_TAG_OPERATION) | BIT(WIRE_TAG_USER) | BIT(WIRE_TAG_CODE), BIT(WIRE_TAG_TICKET) },
};

/* Well-formed UTF-8 (RFC 3629) without NUL, and, unless they are allowed, without control characters but newline. */
static int is_utf8(const uint8_t *at, size_t length, int controls_too)
{
	static const uint32_t smallest[] = { 1, 0x80, 0x800, 0x10000 };
	for (const uint8_t *end = at + length; at < end;) {
		uint8_t first = *at++;
		int more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
		uint32_t value = more ? first & (0x3fu >> more) : first;
		if ((first >= 0x80 && first < 0xc0) || first >= 0xf8 || end - at < more)
			return 0;
		for (int i = 0; i < more; i++, at++) {
			if ((*at & 0xc0) != 0x80)
				return 0;
			value = value << 6 | (*at & 0x3f);
		}
		if (value < smallest[more] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff) ||
		    (!controls_too && value != '\n' && (value < 0x20 || (value >= 0x7f && value <= 0x9f))))
			return 0;
	}
	return 1;
}

int wire_is_name(const char *name, size_t length)
{
	if (length < 1 || length > rules[WIRE_TAG_USER].longest)
		return 0;
	for (size_t i = 0; i < length; i++) {
		char c = name[i];
		int first = (c >= 'a' && c <= 'z') || c == '_';
		if (!first && (i == 0 || !((c >= '0' && c <= '9') || c == '.' || c == '@' || c == '-')))
			return 0;
	}
	return 1;
}

int wire_accepts(unsigned tag, const uint8_t *bytes, size_t length)
{
	/* A tag of other messages has no rule here: 0 is its longest. */
	if (length < rules[tag].shortest || length > rules[tag].longest || !rules[tag].longest)
		return 0;
	switch (rules[tag].rule) {
	case BYTE:
		return bytes[0] >= rules[tag].least_value && bytes[0] <= rules[tag].greatest_value;
	case NAME:
		return wire_is_name((const char *)bytes, length);
	case WORD:
		for (size_t i = 0; i < length; i++)
			if (bytes[i] < 0x21 || bytes[i] > 0x7e)
				return 0;
		return 1;
	case TEXT:
		return is_utf8(bytes, length, 0);
	case ANSWER:
		return is_utf8(bytes, length, 1);
	}
	return rules[tag].rule == OPAQUE;
}

/* The rules that hold for a message as a whole; the fields are valid by then. */
static int is_whole(const struct wire_message *message)
{
	uint32_t present = 0;
	if (message->type >= sizeof shapes / sizeof *shapes || !shapes[message->type].known)
		return 0;
	uint32_t required = shapes[message->type].required, optional = shapes[message->type].optional;
	for (unsigned tag = 1; tag < WIRE_TAGS; tag++)
		present |= message->field[tag].at ? BIT(tag) : 0;
	if ((present & required) != required || (present & ~(required | optional)))
		return 0;
	uint8_t operation = wire_byte(message, WIRE_TAG_OPERATION), code = wire_byte(message, WIRE_TAG_CODE);
	return !(present & BIT(WIRE_TAG_TICKET)) || (message->type == WIRE_BEGIN && operation == WIRE_CHANGE_UPDATE) ||
	       (message->type == WIRE_RESULT && operation == WIRE_CHANGE_CHECK && code == WIRE_SUCCESS);
}

size_t wire_payload_length(const uint8_t header[WIRE_HEADER])
{
	size_t length = (size_t)header[0] << 24 | (size_t)header[1] << 16 | (size_t)header[2] << 8 | header[3];
	return length <= WIRE_PAYLOAD_MAX ? length : 0;
}

int wire_decode(const uint8_t *payload, size_t length, struct wire_message *message)
{
	memset(message, 0, sizeof *message);
	if (length < 1 || length > WIRE_PAYLOAD_MAX)
		return -1;
	message->type = payload[0];
	unsigned last = 0;
	for (size_t at = 1; at < length;) {
		if (length - at < 3)
			return -1;
		unsigned tag = payload[at];
		size_t size = (size_t)payload[at + 1] << 8 | payload[at + 2];
		at += 3;
		if (tag <= last || tag >= WIRE_TAGS || size > length - at || !wire_accepts(tag, payload + at, size))
			return -1;
		message->field[tag] = (struct wire_span){ payload + at, size };
		last = tag;
		at += size;
	}
	return is_whole(message) ? 0 : -1;
}

size_t wire_encode(const struct wire_message *message, uint8_t *room, size_t capacity)
{
	size_t payload = 1;
	for (unsigned tag = 1; tag < WIRE_TAGS; tag++) {
		const struct wire_span *field = &message->field[tag];
		if (field->at && !wire_accepts(tag, field->at, field->length))
			return 0;
		payload += field->at ? 3 + field->length : 0;
	}
	if (payload > WIRE_PAYLOAD_MAX || capacity < WIRE_HEADER + payload || !is_whole(message))
		return 0;
	uint8_t head[] = { 0, 0, (uint8_t)(payload >> 8), (uint8_t)payload, message->type };
	memcpy(room, head, sizeof head);
	uint8_t *to = room + sizeof head;
	for (unsigned tag = 1; tag < WIRE_TAGS; tag++) {
		const struct wire_span *field = &message->field[tag];
		if (!field->at)
			continue;
		uint8_t start[] = { (uint8_t)tag, (uint8_t)(field->length >> 8), (uint8_t)field->length };
		memcpy(to, start, sizeof start);
		memcpy(to + sizeof start, field->at, field->length);
		to += sizeof start + field->length;
	}
	return (size_t)(to - room);
}
