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
};

/* Which fields a type has; 0 and 0: CANCEL, or no type that this module knows. */
static void shape(uint8_t type, uint32_t *required, uint32_t *optional)
{
	*required = *optional = 0;
	switch (type) {
	case WIRE_BEGIN:
		*required = BIT(WIRE_TAG_VERSION) | BIT(WIRE_TAG_OPERATION) | BIT(WIRE_TAG_USER) | BIT(WIRE_TAG_SERVICE) |
			    BIT(WIRE_TAG_FLAGS);
		*optional = BIT(WIRE_TAG_TTY) | BIT(WIRE_TAG_RHOST) | BIT(WIRE_TAG_RUSER) | BIT(WIRE_TAG_TICKET);
		break;
	case WIRE_ANSWER:
		*required = BIT(WIRE_TAG_ANSWER);
		break;
	case WIRE_PROMPT:
		*required = BIT(WIRE_TAG_TEXT) | BIT(WIRE_TAG_KIND) | BIT(WIRE_TAG_ECHO);
		break;
	case WIRE_INFO:
	case WIRE_ERROR:
		*required = BIT(WIRE_TAG_TEXT);
		break;
	case WIRE_RESULT:
		*required = BIT(WIRE_TAG_OPERATION) | BIT(WIRE_TAG_USER) | BIT(WIRE_TAG_CODE);
		*optional = BIT(WIRE_TAG_TICKET);
		break;
	}
}

/* The code point at *at, moving *at behind it; -1 if the bytes there are not well-formed UTF-8 (RFC 3629). */
static int32_t scalar(const uint8_t **at, const uint8_t *end)
{
	static const int32_t smallest[] = { 0, 0x80, 0x800, 0x10000 };
	uint8_t first = *(*at)++;
	int more = first < 0x80 ? 0 : (first & 0xe0) == 0xc0 ? 1 : (first & 0xf0) == 0xe0 ? 2 : (first & 0xf8) == 0xf0 ? 3 : -1;
	if (more < 0 || end - *at < more)
		return -1;
	int32_t value = more == 0 ? first : first & (0x3f >> more);
	for (int i = 0; i < more; i++) {
		uint8_t next = *(*at)++;
		if ((next & 0xc0) != 0x80)
			return -1;
		value = value << 6 | (next & 0x3f);
	}
	if (value < smallest[more] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
		return -1;
	return value;
}

static int is_utf8(const uint8_t *at, size_t length, int controls_too)
{
	const uint8_t *end = at + length;
	while (at < end) {
		int32_t value = scalar(&at, end);
		if (value <= 0)
			return 0;
		if (!controls_too && value != '\n' && (value < 0x20 || (value >= 0x7f && value <= 0x9f)))
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

static int accepts(unsigned tag, const uint8_t *bytes, size_t length)
{
	if (length < rules[tag].shortest || length > rules[tag].longest)
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
	case OPAQUE:
		return 1;
	}
	return 0;
}

/* The rules that hold for a message as a whole; the fields are valid by then. */
static int is_whole(const struct wire_message *message)
{
	uint32_t required, optional, present = 0;
	shape(message->type, &required, &optional);
	for (unsigned tag = 1; tag < WIRE_TAGS; tag++)
		if (message->field[tag].at)
			present |= BIT(tag);
	if ((required == 0 && message->type != WIRE_CANCEL) || (present & required) != required ||
	    (present & ~(required | optional)))
		return 0;
	if (!(present & BIT(WIRE_TAG_TICKET)))
		return 1;
	uint8_t operation = wire_byte(message, WIRE_TAG_OPERATION);
	return message->type == WIRE_BEGIN ? operation == WIRE_CHANGE_UPDATE
					   : operation == WIRE_CHANGE_CHECK && wire_byte(message, WIRE_TAG_CODE) == WIRE_SUCCESS;
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
		if (tag <= last || tag >= WIRE_TAGS || size > length - at || !accepts(tag, payload + at, size))
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
		if (!field->at)
			continue;
		if (!accepts(tag, field->at, field->length))
			return 0;
		payload += 3 + field->length;
	}
	if (!is_whole(message) || payload > WIRE_PAYLOAD_MAX || capacity < WIRE_HEADER + payload)
		return 0;
	uint8_t *to = room;
	*to++ = 0;
	*to++ = 0;
	*to++ = (uint8_t)(payload >> 8);
	*to++ = (uint8_t)payload;
	*to++ = message->type;
	for (unsigned tag = 1; tag < WIRE_TAGS; tag++) {
		const struct wire_span *field = &message->field[tag];
		if (!field->at)
			continue;
		*to++ = (uint8_t)tag;
		*to++ = (uint8_t)(field->length >> 8);
		*to++ = (uint8_t)field->length;
		memcpy(to, field->at, field->length);
		to += field->length;
	}
	return (size_t)(to - room);
}

uint8_t wire_byte(const struct wire_message *message, enum wire_tag tag)
{
	return message->field[tag].at ? message->field[tag].at[0] : 0;
}

void wire_set(struct wire_message *message, enum wire_tag tag, const void *bytes, size_t length)
{
	message->field[tag] = (struct wire_span){ bytes, length };
}
