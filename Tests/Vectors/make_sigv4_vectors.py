#!/usr/bin/env python3
"""Writes sigv4_vectors.json: requests signed by botocore, AWS's own signer for Python.

Run with botocore installed (made with 1.43.11): python3 make_sigv4_vectors.py > sigv4_vectors.json
"""

import datetime
import json
import sys
from unittest import mock

import botocore
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.compat import urlsplit
from botocore.credentials import Credentials

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
TARGET = "AWSCognitoIdentityProviderService."


def at(when):
    class Fixed(datetime.datetime):
        @classmethod
        def utcnow(cls):
            return when

        @classmethod
        def now(cls, tz=None):
            return when.replace(tzinfo=tz) if tz else when

    return Fixed


CASES = [
    (
        "admin-get-user",
        "POST",
        "https://cognito-idp.eu-north-1.amazonaws.com/",
        "eu-north-1",
        "cognito-idp",
        {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": TARGET + "AdminGetUser"},
        '{"UserPoolId":"eu-north-1_AbCdEfGhI","Username":"alice"}',
        None,
        (2026, 11, 3, 9, 5, 1),
    ),
    (
        "session-token",
        "POST",
        "https://cognito-idp.us-east-1.amazonaws.com/",
        "us-east-1",
        "cognito-idp",
        {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": TARGET + "ListUsers"},
        '{"UserPoolId":"us-east-1_x"}',
        "FwoGZXIvYXdzEA/+=token",
        (2024, 2, 29, 23, 59, 59),
    ),
    (
        "empty-body",
        "POST",
        "https://cognito-idp.us-east-1.amazonaws.com/",
        "us-east-1",
        "cognito-idp",
        {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": TARGET + "ListUserPools"},
        "",
        None,
        (2030, 1, 1, 0, 0, 0),
    ),
    (
        "unicode-body",
        "POST",
        "https://cognito-idp.us-east-1.amazonaws.com/",
        "us-east-1",
        "cognito-idp",
        {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": TARGET + "AdminCreateUser"},
        '{"Username":"émilie 😀"}',
        None,
        (2026, 12, 31, 12, 0, 0),
    ),
    (
        "port",
        "POST",
        "http://127.0.0.1:9229/",
        "local",
        "cognito-idp",
        {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": TARGET + "AdminGetUser"},
        "{}",
        None,
        (2026, 7, 4, 1, 2, 3),
    ),
    (
        "identity-pool",
        "POST",
        "https://cognito-identity.eu-west-1.amazonaws.com/",
        "eu-west-1",
        "cognito-identity",
        {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "AWSCognitoIdentityService.ListIdentityPools"},
        '{"MaxResults":1}',
        None,
        (2026, 7, 4, 1, 2, 3),
    ),
    (
        "header-space",
        "POST",
        "https://cognito-idp.eu-north-1.amazonaws.com/",
        "eu-north-1",
        "cognito-idp",
        {"X-Amz-Target": TARGET + "GetUser", "X-Note": "  two   words  ", "User-Agent": "not signed"},
        "{}",
        None,
        (2026, 7, 4, 1, 2, 3),
    ),
    (
        "path-and-query",
        "GET",
        "https://sts.amazonaws.com/a%20b//c/../d/?b=2&a=1&a=0&empty&Version=2011-06-15",
        "us-east-1",
        "sts",
        {},
        "",
        None,
        (2026, 7, 4, 1, 2, 3),
    ),
    (
        "dotted-path",
        "GET",
        "https://sts.amazonaws.com/./x/./~y",
        "us-east-1",
        "sts",
        {},
        "",
        None,
        (2026, 7, 4, 1, 2, 3),
    ),
]


def signed(name, method, url, region, service, headers, body, token, when):
    moment = datetime.datetime(*when)
    credentials = Credentials("AKIDEXAMPLE", SECRET, token)
    request = AWSRequest(method=method, url=url, headers=headers, data=body.encode())
    fixed = at(moment)
    with (
        mock.patch("botocore.auth.get_current_datetime", lambda **_: moment, create=True),
        mock.patch("botocore.compat.get_current_datetime", lambda **_: moment, create=True),
        mock.patch("botocore.auth.datetime.datetime", fixed, create=True),
    ):
        SigV4Auth(credentials, service, region).add_auth(request)
    prepared = {k: v for k, v in request.headers.items()}
    assert prepared["X-Amz-Date"] == moment.strftime("%Y%m%dT%H%M%SZ"), prepared
    return {
        "name": name,
        "method": method,
        "url": url,
        "region": region,
        "service": service,
        "headers": [[k, v] for k, v in headers.items()],
        "body": body,
        "session_token": token,
        "unix_time": int(moment.replace(tzinfo=datetime.timezone.utc).timestamp()),
        "authorization": prepared["Authorization"],
    }


def codecommit(region, url, when, token):
    """What `aws codecommit credential-helper get` makes, with botocore's own signer."""
    moment = datetime.datetime(*when)
    signer = SigV4Auth(Credentials("AKIDEXAMPLE", SECRET, token), "codecommit", region)
    request = AWSRequest(method="GIT", url=url)
    request.context["timestamp"] = moment.strftime("%Y%m%dT%H%M%S")
    split = urlsplit(url)
    canonical = "GIT\n%s\n\nhost:%s\n\nhost\n" % (split.path, split.netloc.split(":")[0])
    signature = signer.signature(signer.string_to_sign(request, canonical), request)
    return {
        "region": region,
        "host": split.netloc.split(":")[0],
        "path": split.path,
        "unix_time": int(moment.replace(tzinfo=datetime.timezone.utc).timestamp()),
        "password": "%sZ%s" % (request.context["timestamp"], signature),
    }


json.dump(
    {
        "_about": "Signed by botocore %s; see make_sigv4_vectors.py" % botocore.__version__,
        "access_key_id": "AKIDEXAMPLE",
        "secret_access_key": SECRET,
        "requests": [signed(*case) for case in CASES],
        "codecommit": [
            codecommit(
                "eu-north-1",
                "https://git-codecommit.eu-north-1.amazonaws.com/v1/repos/demo",
                (2026, 11, 3, 9, 5, 1),
                None,
            ),
            codecommit(
                "us-east-1",
                "https://git-codecommit.us-east-1.amazonaws.com:443/v1/repos/a.b-c_d",
                (2024, 2, 29, 23, 59, 59),
                "token",
            ),
        ],
    },
    sys.stdout,
    indent=1,
    ensure_ascii=False,
)
print()
