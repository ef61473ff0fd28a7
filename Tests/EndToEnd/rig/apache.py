"""Apache in front of the pool (TLS), of git (git-http-backend) and of the registry; mod_auth_openidc checks JWTs.

Why the configuration looks as it does:
- the module takes a JWKS address only if it is https, so the pool sits behind a TLS host of the same Apache;
- git 2.39 and docker answer a Basic challenge only, so that is the one sent, and `<If>` accepts Bearer as well;
- access tokens carry `client_id`, not `aud`, and the module checks neither `iss` nor `token_use` itself.
"""

from pathlib import Path

from .processes import Server, accepts, free_port, run
from .tls import Certificate

MODULES = "mpm_event authn_core authz_core authz_user auth_openidc alias env setenvif headers cgid ssl proxy proxy_http"
MODULE_FOLDER = "/usr/lib/apache2/modules"


class Apache:
    """`https://127.0.0.1:tls_port` is the pool; `http://127.0.0.1:port/git/` and `/v2/` ask for its access tokens."""

    def __init__(self, folder: Path, certificate: Certificate, pool_port: int, registry_port: int):
        self.folder, self.certificate = Path(folder), certificate
        self.pool_port, self.registry_port = pool_port, registry_port
        self.port, self.tls_port = free_port(), free_port()
        self.access_log, self.error_log = self.folder / "access.log", self.folder / "error.log"
        self.repositories = self.folder / "git"
        self.server = Server(
            "apache",
            ["/usr/sbin/apache2", "-f", self.folder / "apache.conf", "-DFOREGROUND"],
            self.folder,
            ready=lambda: accepts(self.port) and accepts(self.tls_port),
        )

    @property
    def pool_url(self) -> str:
        return f"https://127.0.0.1:{self.tls_port}"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def git_url(self, name: str) -> str:
        return f"http://{self.host}/git/{name}.git"

    def make_repository(self, name: str) -> None:
        """A bare repository with one commit."""
        work, bare = self.folder / f"{name}.work", self.repositories / f"{name}.git"
        run("git", "init", "-q", "-b", "main", work, check=True)
        (work / "README").write_text("Only people of the pool can read this.\n")
        who = ["-c", "user.name=Rig", "-c", "user.email=rig@example.invalid"]
        run("git", "-C", work, "add", "README", check=True)
        run("git", "-C", work, *who, "commit", "-q", "-m", "A first commit", check=True)
        run("git", "clone", "-q", "--bare", work, bare, check=True)

    def configuration(self, issuer: str, client_id: str) -> str:
        load = "\n".join(f"LoadModule {name}_module {MODULE_FOLDER}/mod_{name}.so" for name in MODULES.split())
        gate = f"""
  AuthType oauth20
  AuthName test
  OIDCOAuthAcceptTokenAs basic
  <If "%{{HTTP:Authorization}} =~ /^Bearer /i">
    OIDCOAuthAcceptTokenAs header
  </If>
  AuthzSendForbiddenOnFailure On
  <RequireAll>
    Require claim iss:{issuer}
    Require claim token_use:access
    Require claim client_id:{client_id}
  </RequireAll>"""
        return f"""{load}
ServerName 127.0.0.1
ServerRoot {self.folder}
DefaultRuntimeDir {self.folder}
PidFile {self.folder}/apache.pid
ScriptSock {self.folder}/cgid.sock
Mutex file:{self.folder}
User www-data
Group www-data
Listen 127.0.0.1:{self.port}
Listen 127.0.0.1:{self.tls_port}
StartServers 1
MinSpareThreads 8
MaxSpareThreads 16
ThreadsPerChild 8
ErrorLog {self.error_log}
LogLevel warn auth_openidc:info
LogFormat "%m %U %>s" short
CustomLog {self.access_log} short

OIDCOAuthVerifyJwksUri {self.pool_url}/{issuer.rsplit("/", 1)[1]}/.well-known/jwks.json
OIDCOAuthRemoteUserClaim sub
OIDCOAuthTokenExpiryClaim exp absolute mandatory
OIDCCacheType shm
OIDCCABundlePath {self.certificate.authority}

ScriptAlias /git/ /usr/lib/git-core/git-http-backend/
<Directory /usr/lib/git-core>
  Options +ExecCGI
  Require all granted
</Directory>
SetEnv GIT_PROJECT_ROOT {self.repositories}
SetEnv GIT_HTTP_EXPORT_ALL 1
SetEnv GIT_CONFIG_COUNT 2
SetEnv GIT_CONFIG_KEY_0 safe.directory
SetEnv GIT_CONFIG_VALUE_0 *
SetEnv GIT_CONFIG_KEY_1 http.receivepack
SetEnv GIT_CONFIG_VALUE_1 true
<Location /git/>{gate}
</Location>

ProxyPreserveHost On
ProxyPass /v2/ http://127.0.0.1:{self.registry_port}/v2/
ProxyPassReverse /v2/ http://127.0.0.1:{self.registry_port}/v2/
<Location /v2/>{gate}
  RequestHeader unset Authorization
  Header always set Docker-Distribution-Api-Version "registry/2.0" "expr=%{{REQUEST_STATUS}} == '401'"
</Location>

<VirtualHost 127.0.0.1:{self.tls_port}>
  SSLEngine on
  SSLCertificateFile {self.certificate.certificate}
  SSLCertificateKeyFile {self.certificate.key}
  ProxyPreserveHost On
  ProxyPass / http://127.0.0.1:{self.pool_port}/
  ProxyPassReverse / http://127.0.0.1:{self.pool_port}/
</VirtualHost>
"""

    def start(self, issuer: str, client_id: str) -> "Apache":
        self.repositories.mkdir(parents=True, exist_ok=True)
        (self.folder / "apache.conf").write_text(self.configuration(issuer, client_id))
        # The workers run as www-data: they must get to the repositories, and to nothing else in here.
        self.folder.chmod(0o711)
        self.server.start()
        run("chown", "-R", "www-data:", self.repositories, check=True)
        return self

    def requests(self, method: str = "", path: str = "", status: int | None = None) -> list:
        """Lines of the access log, as (method, path, status), that match."""
        if not self.access_log.exists():
            return []
        lines = [line.split() for line in self.access_log.read_text().splitlines()]
        return [
            line for line in lines if line[0].startswith(method) and path in line[1] and status in (None, int(line[2]))
        ]

    def stop(self) -> None:
        self.server.stop()
