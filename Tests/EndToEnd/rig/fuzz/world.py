"""People, tokens and settings in a pool, for inputs that mean something; and what answers give out, for the next."""

import base64
import hashlib
import hmac

from pycognito.aws_srp import AWSSRP

PASSWORD = "Correct-horse-9"
FLOWS = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH"]
FLOWS += ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
ARN = "arn:aws:iam::000000000000:role/r"


def subject(value: str) -> dict:
    return {"ProviderName": "Google", "ProviderAttributeName": "Cognito_Subject", "ProviderAttributeValue": value}


class World:
    """A new user pool of the server with all that it can hold. `known` is for `Inputs`."""

    def __init__(self, api):
        self.api = api
        made = api.create_user_pool(
            PoolName="fuzz",
            Schema=[{"Name": "x", "AttributeDataType": "String", "Mutable": True}],
            AutoVerifiedAttributes=["email"],
            AliasAttributes=["email"],
            Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP"]}},
            DeviceConfiguration={"ChallengeRequiredOnNewDevice": True},
        )["UserPool"]
        pool = made["Id"]
        api.set_user_pool_mfa_config(
            UserPoolId=pool, MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True}
        )
        app = api.create_user_pool_client(
            UserPoolId=pool,
            ClientName="app",
            ExplicitAuthFlows=FLOWS,
            CallbackURLs=["https://a.example"],
            AllowedOAuthFlows=["code"],
            AllowedOAuthScopes=["openid", "email"],
            AllowedOAuthFlowsUserPoolClient=True,
        )["UserPoolClient"]
        kept = api.create_user_pool_client(
            UserPoolId=pool,
            ClientName="kept",
            GenerateSecret=True,
            ExplicitAuthFlows=FLOWS[:-1],
            PreventUserExistenceErrors="ENABLED",
            RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 5},
        )["UserPoolClient"]
        details = {"client_id": "x", "client_secret": "y", "authorize_scopes": "openid"}
        api.create_identity_provider(
            UserPoolId=pool, ProviderName="Google", ProviderType="Google", ProviderDetails=details
        )
        scopes = [{"ScopeName": "read", "ScopeDescription": "r"}]
        api.create_resource_server(UserPoolId=pool, Identifier="orders", Name="orders", Scopes=scopes)
        api.create_group(UserPoolId=pool, GroupName="staff")
        for name in ("ada", "bob"):
            email = [{"Name": "email", "Value": f"{name}@example.com"}, {"Name": "email_verified", "Value": "true"}]
            api.admin_create_user(UserPoolId=pool, Username=name, UserAttributes=email, MessageAction="SUPPRESS")
            api.admin_set_user_password(UserPoolId=pool, Username=name, Password=PASSWORD, Permanent=True)
        self.pool, self.app, self.kept = pool, app["ClientId"], kept["ClientId"]
        self.secret = kept["ClientSecret"]
        self.known = self._known(made["Arn"])
        self.learn(self._sign_in("ada"))

    def _known(self, arn: str) -> dict:
        srp = AWSSRP(
            username="ada", password=PASSWORD, pool_id=self.pool, client_id=self.app, client=self.api
        ).get_auth_params()
        clear = {"USERNAME": "ada", "PASSWORD": PASSWORD}
        hashed = {**clear, "SECRET_HASH": self.hash("ada")}
        return {
            "UserPoolId": [self.pool],
            "ClientId": [self.app, self.app, self.kept],
            "ClientSecret": [self.secret],
            "Secret": [self.secret],
            "SecretHash": [self.hash("ada")],
            "Username": ["ada", "ada", "bob", "nobody", "ada@example.com", *(f"new-{number}" for number in range(3))],
            "Password": [PASSWORD],
            "PreviousPassword": [PASSWORD],
            "ProposedPassword": [PASSWORD],
            "GroupName": ["staff"],
            "ProviderName": ["Google"],
            "Identifier": ["orders"],
            "ResourceArn": [arn],
            "ResourceServerIdentifier": ["orders"],
            "AuthParameters": [clear, srp, hashed, {**clear, "SRP_A": srp["SRP_A"], "PREFERRED_CHALLENGE": "PASSWORD"}],
            "ChallengeResponses": [{**clear, "ANSWER": "EMAIL_OTP"}, {**clear, "NEW_PASSWORD": PASSWORD}],
            "AuthFlow": ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH", "ADMIN_USER_PASSWORD_AUTH"],
            "AttributeName": ["email"],
            "AttributesToGet": [["email"], []],
            "UserAttributeNames": [["nickname"]],
            "UserAttributes": [[{"Name": "nickname", "Value": "n"}, {"Name": "email", "Value": "ada@example.com"}]],
            "CustomAttributes": [[{"Name": f"y{number}", "AttributeDataType": "String"}] for number in range(9)],
            "Schema": [[{"Name": "z", "AttributeDataType": "String"}], []],
            "SupportedIdentityProviders": [["COGNITO"], ["COGNITO", "Google"]],
            "AllowedOAuthScopes": [["openid", "email"]],
            "AccessTokenValidity": [1],
            "IdTokenValidity": [1],
            "Attributes": [{"Category": "UserAuthentication"}],
            "RequestedLimitValue": [120],
            "Domain": [f"fuzz-{self.app}"],
            "ManagedLoginVersion": [1, 2],
            "CertificateArn": ["arn:aws:acm:us-east-1:000000000000:certificate/1"],
            "IdpIdentifier": ["example.com"],
            "DestinationUser": [{"ProviderName": "Cognito", "ProviderAttributeValue": "ada"}],
            "SourceUser": [subject(str(number)) for number in range(4)],
            "User": [subject("0")],
            "DeviceRememberedStatus": ["remembered", "not_remembered"],
            "DeviceSecretVerifierConfig": [{"PasswordVerifier": "AQID" * 90, "Salt": "AQIDBAUGBwg="}],
            "ConfirmationCode": ["123456"],
            "UserCode": ["123456"],
            "Filter": ['email ^= "a"', 'username = "ada"', 'status = "Enabled"'],
            "RoleArn": [ARN],
            "IdentityPoolId": ["eu-central-1:12345678-1234-1234-1234-123456789012"],
            "IdentityId": ["eu-central-1:12345678-1234-1234-1234-123456789012"],
        }

    def paired(self, members: dict) -> dict:
        """The input with a SecretHash if its app client has a secret, and with none otherwise."""
        if "Username" in members and "ClientId" in members:
            members.pop("SecretHash", None)
            if members["ClientId"] == self.kept:
                members["SecretHash"] = self.hash(members["Username"])
        return members

    def hash(self, name: str) -> str:
        mac = hmac.new(self.secret.encode(), (name + self.kept).encode(), hashlib.sha256)
        return base64.b64encode(mac.digest()).decode()

    def _sign_in(self, name: str) -> dict:
        parameters = {"USERNAME": name, "PASSWORD": PASSWORD}
        return self.api.initiate_auth(AuthFlow="USER_PASSWORD_AUTH", ClientId=self.app, AuthParameters=parameters)

    def learn(self, answer: dict) -> None:
        """Keeps the newest few tokens, sessions and secret blocks, wherever they are in an answer."""
        result, parameters = answer.get("AuthenticationResult"), answer.get("ChallengeParameters")
        found = {name: answer.get(name) for name in ("Session", "SecretCode", "PaginationToken", "NextToken")}
        if isinstance(result, dict):
            found |= {name: result.get(name) for name in ("AccessToken", "RefreshToken", "IdToken")}
            found |= {"Token": result.get("RefreshToken")} | dict(result.get("NewDeviceMetadata") or {})
            if found.get("IdToken"):
                found["Logins"] = {f"cognito-idp.local.amazonaws.com/{self.pool}": found["IdToken"]}
        if isinstance(parameters, dict) and "SECRET_BLOCK" in parameters:
            found["ChallengeResponses"] = {
                "USERNAME": parameters.get("USERNAME", "ada"),
                "PASSWORD_CLAIM_SECRET_BLOCK": parameters["SECRET_BLOCK"],
                "PASSWORD_CLAIM_SIGNATURE": "A" * 43 + "=",
                "TIMESTAMP": "Tue Nov 3 09:05:01 UTC 2026",
            }
        if found["Session"]:
            found["ChallengeName"] = answer.get("ChallengeName")
        for name, value in found.items():
            if value:
                self.known[name] = [*self.known.get(name, []), value][-4:]

    def learn_codes(self, messages: list) -> None:
        """Keeps the newest codes of an outbox."""
        codes = [message["code"] for message in messages if message["code"]][-3:]
        if codes:
            self.known |= {"ConfirmationCode": codes, "Code": codes}
            answers = [{"USERNAME": "ada", "EMAIL_OTP_CODE": code} for code in codes]
            self.known["ChallengeResponses"] = [*self.known["ChallengeResponses"][-4:], *answers]

    def strangers(self) -> list:
        """Values that are valid somewhere, to put them elsewhere; no password: it must never be seen in an answer."""
        kept = {name: values for name, values in self.known.items() if "Password" not in name and "Param" not in name}
        return [value for name, values in kept.items() if name != "ChallengeResponses" for value in values]
