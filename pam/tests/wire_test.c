/* Holds wire.c to Tests/Vectors/login_frames.txt: usage: wire_test FILE. Run under ASan: each frame is decoded in a block
 * of its own size. */
#include "../wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures, checks;

static void check(int holds, const char *name, const char *what)
{
	checks++;
	if (holds)
		return;
	failures++;
	printf("FAIL %s: %s\n", name, what);
}

/* "0102+61*300+05" → bytes in a block of exactly their number. */
static uint8_t *parse(const char *text, size_t *length)
{
	static uint8_t room[1 << 18];
	size_t n = 0;
	while (*text) {
		unsigned value = 0, times = 1;
		sscanf(text, "%2x", &value);
		text += 2;
		if (*text == '*')
			times = (unsigned)strtoul(text + 1, (char **)&text, 10);
		if (*text == '+')
			text++;
		while (times--)
			room[n++] = (uint8_t)value;
	}
	uint8_t *block = malloc(n ? n : 1);
	memcpy(block, room, n);
	*length = n;
	return block;
}

/* What this side would do with a frame on a stream: 0 = accepted. */
static int take(const uint8_t *frame, size_t length, struct wire_message *message)
{
	if (length < WIRE_HEADER)
		return -1;
	size_t payload = wire_payload_length(frame);
	if (payload == 0 || payload != length - WIRE_HEADER)
		return -1;
	return wire_decode(frame + WIRE_HEADER, payload, message);
}

static void vector(const char *name, const char *receiver, const char *verdict, const char *hex)
{
	size_t length;
	struct wire_message message;
	uint8_t *frame = parse(hex, &length);
	int accepted = take(frame, length, &message) == 0;
	int known = strcmp(receiver, "client") && (length <= WIRE_HEADER || frame[4] < 0x40);
	int wrong_way = strstr(name, "-to-") || !strcmp(name, "own-message-back");
	if (!strcmp(verdict, "ok") && known) {
		check(accepted, name, "must be accepted");
		/* Exactly the room needed: one byte more or less is an error or an overrun. */
		uint8_t *room = malloc(length);
		check(wire_encode(&message, room, length) == length && !memcmp(room, frame, length), name, "encodes differently");
		check(wire_encode(&message, room, length - 1) == 0, name, "must not fit into less room");
		free(room);
	} else if (!wrong_way) {
		/* The codec takes both directions of a conversation; which one, the module checks. */
		check(!accepted, name, "must be refused");
	}
	for (size_t cut = WIRE_HEADER; cut < length; cut++) {
		uint8_t *shorter = malloc(cut ? cut : 1);
		memcpy(shorter, frame, cut);
		/* A payload cut short is refused, unless what is left is a whole message: then it reads as exactly that. */
		if (wire_decode(shorter + WIRE_HEADER, cut - WIRE_HEADER, &message) == 0) {
			uint8_t *room = malloc(cut);
			check(wire_encode(&message, room, cut) == cut && !memcmp(room + WIRE_HEADER, shorter + WIRE_HEADER, cut - WIRE_HEADER),
			      name, "a cut payload is misread");
			free(room);
		}
		free(shorter);
	}
	free(frame);
}

static void encoding(void)
{
	uint8_t room[64], answer[WIRE_ANSWER_MAX + 1];
	struct wire_message message = { .type = WIRE_ANSWER };
	memset(answer, 'x', sizeof answer);
	wire_set(&message, WIRE_TAG_ANSWER, answer, sizeof answer);
	check(wire_encode(&message, room, sizeof room) == 0, "encode", "an answer above the cap");
	wire_set(&message, WIRE_TAG_ANSWER, "a\0b", 3);
	check(wire_encode(&message, room, sizeof room) == 0, "encode", "NUL in an answer");
	wire_set(&message, WIRE_TAG_ANSWER, "ok", 2);
	wire_set(&message, WIRE_TAG_USER, "alice", 5);
	check(wire_encode(&message, room, sizeof room) == 0, "encode", "a foreign field");
	message = (struct wire_message){ .type = 0x7f };
	check(wire_encode(&message, room, sizeof room) == 0, "encode", "an unknown type");
	message = (struct wire_message){ .type = WIRE_RESULT };
	check(wire_encode(&message, room, sizeof room) == 0, "encode", "missing fields");
}

static void header(void)
{
	static const struct {
		uint8_t bytes[4];
		size_t length;
	} cases[] = { { { 0, 0, 0, 0 }, 0 }, { { 0, 0, 0, 1 }, 1 }, { { 0, 0, 0x40, 0 }, 16384 }, { { 0, 0, 0x40, 1 }, 0 },
		{ { 0xff, 0xff, 0xff, 0xff }, 0 }, { { 1, 0, 0, 1 }, 0 }, { { 0, 1, 0, 0 }, 0 } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(wire_payload_length(cases[i].bytes) == cases[i].length, "header", "length misread");
}

int main(int argc, char **argv)
{
	static char line[1 << 16];
	char name[128], receiver[16], verdict[16];
	FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
	if (!file)
		return 2;
	int lines = 0;
	while (fgets(line, sizeof line, file)) {
		int at = 0, end = 0;
		if (line[0] == '#' || sscanf(line, "%127s %15s %15s %n%*s%n", name, receiver, verdict, &at, &end) < 3)
			continue;
		line[end] = '\0';
		vector(name, receiver, verdict, line + at);
		lines++;
	}
	fclose(file);
	check(lines > 100, "vectors", "too few lines were read");
	encoding();
	header();
	printf("%d vectors, %d checks, %d failures\n", lines, checks, failures);
	return failures != 0;
}
