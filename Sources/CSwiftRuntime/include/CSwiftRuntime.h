#pragma once
/* Nothing to call: what is here works by being linked into a program. docs/decisions/0012 says why it is C. */
