from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from samverkan import compute
from samverkan.compute.tests import pieces
from samverkan.compute.tests.cluster_process import local_cluster


def write_certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate that is its own authority, with its key."""
    private = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


@pytest.mark.slow
def test_an_encrypted_cluster_works_for_who_has_a_certificate_and_for_nobody_else(
    tmp_path: Path,
) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed")
    certificate, key = write_certificate(tmp_path, "ours")
    other, other_key = write_certificate(tmp_path, "theirs")
    with local_cluster(workers=1, certificate=certificate, key=key) as cluster:
        assert cluster.address.startswith("tls://")
        friend = compute.DaskCluster(cluster.address, certificate, certificate, key)
        assert compute.map(pieces.square, range(5), backend=friend) == [0, 1, 4, 9, 16]
        stranger = compute.DaskCluster(
            cluster.address, certificate, other, other_key, connect_seconds=1.0
        )
        with pytest.raises(compute.ComputeError, match="no Dask scheduler answers"):
            compute.map(pieces.square, range(5), backend=stranger)
