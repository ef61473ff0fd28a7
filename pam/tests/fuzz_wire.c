/* libFuzzer target for wire.c: what is accepted must encode to the same bytes, in exactly that much room. */
#include "../wire.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wire_message message;
	if (size < WIRE_HEADER)
		return 0;
	(void)wire_payload_length(data);
	size_t length = size - WIRE_HEADER;
	if (wire_decode(data + WIRE_HEADER, length, &message) != 0)
		return 0;
	uint8_t *room = malloc(size);
	if (wire_encode(&message, room, size) != size || memcmp(room + WIRE_HEADER, data + WIRE_HEADER, length) != 0 ||
	    wire_payload_length(room) != length || wire_encode(&message, room, size - 1) != 0)
		abort();
	free(room);
	return 0;
}
