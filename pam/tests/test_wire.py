"""The C codec against the shared vectors, under ASan and UBSan."""

import subprocess

from conftest import BUILD, PAM


def test_the_c_codec_agrees_with_the_shared_vectors():
    vectors = PAM.parent / "Tests" / "Vectors" / "login_frames.txt"
    done = subprocess.run([BUILD / "wire_test", vectors], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
