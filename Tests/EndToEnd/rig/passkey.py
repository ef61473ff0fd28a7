"""An authenticator with the page that asks it, made of python-fido2's own parts."""

import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from fido2.cose import ES256, RS256
from fido2.utils import sha256
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorAssertionResponse,
    AuthenticatorAttachment,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    PublicKeyCredentialCreationOptions,
    PublicKeyCredentialRequestOptions,
    RegistrationResponse,
)

FLAG = AuthenticatorData.FLAG
NO_AAGUID = bytes(16)


class SecurityKey:
    """Holds one passkey. `origin` is the page's; `flags` is what it says of the moment."""

    def __init__(self, origin: str, algorithm: str = "ES256", flags: FLAG = FLAG.UP | FLAG.UV):
        self.origin, self.flags = origin, flags
        self.credential_id = os.urandom(48)
        self.counter = 0
        if algorithm == "ES256":
            self.key = ec.generate_private_key(ec.SECP256R1())
            self.public_key = ES256.from_cryptography_key(self.key.public_key())
        else:
            self.key = rsa.generate_private_key(65537, 2048)
            self.public_key = RS256.from_cryptography_key(self.key.public_key())

    def create(self, options: dict, attestation: str = "none") -> dict:
        """navigator.credentials.create: RegistrationResponseJSON for the pool's creation options."""
        asked = PublicKeyCredentialCreationOptions.from_dict(options)
        self.user_id = asked.user.id
        client_data = CollectedClientData.create(CollectedClientData.TYPE.CREATE, asked.challenge, self.origin)
        data = AuthenticatorData.create(
            sha256(asked.rp.id.encode()),
            self.flags | FLAG.AT,
            self.counter,
            AttestedCredentialData.create(NO_AAGUID, self.credential_id, self.public_key),
        )
        statement = {}
        if attestation == "packed":
            statement = {"alg": self.public_key[3], "sig": self._sign(data + client_data.hash)}
        response = RegistrationResponse(
            raw_id=self.credential_id,
            response=AuthenticatorAttestationResponse(
                client_data=client_data, attestation_object=AttestationObject.create(attestation, data, statement)
            ),
            authenticator_attachment=AuthenticatorAttachment.CROSS_PLATFORM,
        )
        return dict(response)

    def get(self, options: dict) -> dict:
        """navigator.credentials.get: AuthenticationResponseJSON for the pool's request options."""
        asked = PublicKeyCredentialRequestOptions.from_dict(options)
        self.counter += 1
        client_data = CollectedClientData.create(CollectedClientData.TYPE.GET, asked.challenge, self.origin)
        data = AuthenticatorData.create(sha256(asked.rp_id.encode()), self.flags, self.counter)
        response = AuthenticationResponse(
            raw_id=self.credential_id,
            response=AuthenticatorAssertionResponse(
                client_data=client_data,
                authenticator_data=data,
                signature=self._sign(data + client_data.hash),
                user_handle=self.user_id,
            ),
            authenticator_attachment=AuthenticatorAttachment.CROSS_PLATFORM,
        )
        return dict(response)

    def _sign(self, message: bytes) -> bytes:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(message, ec.ECDSA(hashes.SHA256()))
