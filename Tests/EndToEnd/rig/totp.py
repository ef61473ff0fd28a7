"""Time-based codes (RFC 6238), as an authenticator app makes them: a new one every 30 seconds, each good once."""

import base64
import hashlib
import hmac
import struct
import time

STEP = 30


def code(secret: str, at: float) -> str:
    """The six digits for the step of `at` (seconds since 1970)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(at) // STEP), hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


class Authenticator:
    """Gives each step's code once, because a pool takes it once; waits for the next step when it must."""

    def __init__(self, secret: str):
        self.secret, self._used = secret, 0

    def wait(self) -> float:
        """Seconds until there is a code that hasn't been given out; 0 if there is one now."""
        now = time.time()
        # A code that is about to change might be the old one when it arrives.
        step = int(now + 2) // STEP
        return max(0.0, max(step, self._used + 1) * STEP - now) if step <= self._used or now // STEP != step else 0.0

    def next_code(self) -> str:
        time.sleep(self.wait())
        self._used = int(time.time()) // STEP
        return code(self.secret, self._used * STEP)

    def code_in_use(self) -> str:
        """The code that was given out last."""
        return code(self.secret, self._used * STEP)

    def wrong_code(self) -> str:
        """Six digits that are none of the codes around now."""
        near = {code(self.secret, time.time() + STEP * shift) for shift in range(-3, 4)}
        return next(digits for digits in ("000000", "111111", "222222") if digits not in near)


class QuickAuthenticator(Authenticator):
    """Gives the codes of the step before, this one and the next, which a pool takes too: three at once, not one."""

    def next_code(self) -> str:
        # A step that is about to end may have ended when its code arrives.
        self._used = max(self._used + 1, int(time.time() + 3) // STEP - 1)
        time.sleep(max(0.0, (self._used - 1) * STEP + 1 - time.time()))
        return code(self.secret, self._used * STEP)
