#pragma once
/* Nothing to call: what is here works by being linked into a program. */
