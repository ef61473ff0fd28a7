"""A real docker-registry on loopback, with one small image in it."""

import hashlib
import json
from pathlib import Path

from .processes import Server, accepts, free_port, run


class Registry:
    """Has no check of its own: the Apache in front of it has."""

    def __init__(self, folder: Path):
        self.folder, self.port = Path(folder), free_port()
        self.folder.mkdir(parents=True, exist_ok=True)
        configuration = self.folder / "registry.yml"
        configuration.write_text(
            "version: 0.1\n"
            "log: {level: warn}\n"
            f"storage: {{filesystem: {{rootdirectory: {self.folder}/store}}}}\n"
            f"http: {{addr: '127.0.0.1:{self.port}', secret: only-for-this-test}}\n"
        )
        self.server = Server(
            "registry", ["docker-registry", "serve", configuration], self.folder, ready=lambda: accepts(self.port)
        )

    def push_image(self, name: str) -> None:
        """Writes a one-layer OCI image by hand and copies it in, past the check in front.

        In Docker's own format (v2s2): Debian 12's docker (20.10) doesn't ask for OCI manifests."""
        layout = self.folder / "layout"
        write_layout(layout)
        run(
            "skopeo", "--insecure-policy", "copy", "--format", "v2s2", "--dest-tls-verify=false",
            f"oci:{layout}", f"docker://127.0.0.1:{self.port}/{name}", check=True,
        )  # fmt: skip

    def __enter__(self) -> "Registry":
        self.server.start()
        return self

    def __exit__(self, *_) -> None:
        self.server.stop()


def write_layout(layout: Path) -> None:
    """An OCI image layout: one layer (an empty tar), its configuration, its manifest."""
    blobs = layout / "blobs" / "sha256"
    blobs.mkdir(parents=True, exist_ok=True)

    def blob(raw: bytes, media_type: str) -> dict:
        digest = hashlib.sha256(raw).hexdigest()
        (blobs / digest).write_bytes(raw)
        return {"mediaType": media_type, "digest": f"sha256:{digest}", "size": len(raw)}

    layer = b"\0" * 1024
    config = blob(
        json.dumps(
            {
                "architecture": "amd64",
                "os": "linux",
                "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest()]},
            }
        ).encode(),
        "application/vnd.oci.image.config.v1+json",
    )
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": config,
        "layers": [blob(layer, "application/vnd.oci.image.layer.v1.tar")],
    }
    described = blob(json.dumps(manifest).encode(), manifest["mediaType"])
    (layout / "oci-layout").write_text(json.dumps({"imageLayoutVersion": "1.0.0"}))
    (layout / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [described]}))
