"""A sign-in service of a municipality, on loopback: OpenID Connect with codes, PKCE and RS256.

It keeps to OpenID Connect Core 1.0 and RFC 7636 as far as a client can see: a code works once, only
with the verifier whose hash was asked with, and only for the client with its secret.
"""

import base64
import hashlib
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET, TENANT = "grondslag", "geheim van de dienst", "11111111-aaaa"


class MadeProvider:
    """A directory with one person at its keyboard.

    `claims` is what the next token says beside the usual; None takes a claim away.
    """

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
        self.signing_key = self.key
        self.claims, self.codes, self.asked = {}, {}, []
        self.auth_time = None
        self.is_away = False

    def settings(self):
        """What the portal must know."""
        return {
            "OIDC_ISSUER": self.issuer,
            "OIDC_RP_CLIENT_ID": CLIENT,
            "OIDC_RP_CLIENT_SECRET": SECRET,
            "OIDC_OP_AUTHORIZATION_ENDPOINT": f"{self.issuer}/authorize",
            "OIDC_OP_TOKEN_ENDPOINT": f"{self.issuer}/token",
            "OIDC_OP_JWKS_ENDPOINT": f"{self.issuer}/keys",
        }

    def authorize(self, query):
        """The person types their password; the browser is sent back with a code."""
        self.asked.append(query)
        code = hashlib.sha256(str(len(self.asked)).encode()).hexdigest()
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form):
        """A code for a token."""
        asked = self.codes.pop(form["code"], None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or (form["client_id"], form["client_secret"]) != (CLIENT, SECRET)
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != form["redirect_uri"]
        ):
            return None
        now = int(time.time())
        usual = {
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "tid": TENANT,
            "oid": "22222222-bbbb", "name": "J. de Vries", "email": "Vries@voorbeeldstad.example",
            "roles": ["adviser"], "nonce": asked.get("nonce"),
            "auth_time": self.auth_time or now,
        }  # fmt: skip
        said = {key: value for key, value in (usual | self.claims).items() if value is not None}
        token = jwt.encode(said, self.signing_key, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": "-", "token_type": "Bearer", "id_token": token}

    def keys(self):
        """The public key, as RFC 7517 writes it."""
        found = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [found | {"kid": "one", "alg": "RS256", "use": "sig"}]}


@contextmanager
def made_provider():
    """The service, running."""
    service = MadeProvider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            address = urlsplit(self.path)
            if address.path == "/keys":
                return self.tell(service.keys())
            query = {name: values[0] for name, values in parse_qs(address.query).items()}
            self.send_response(302)
            self.send_header("Location", service.authorize(query))
            self.end_headers()
            return None

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            return self.tell(None if service.is_away else service.token(form))

        def tell(self, content):
            text = json.dumps(content or {"error": "invalid_grant"}).encode()
            self.send_response(200 if content else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    service.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
