import Cognito
import Glibc
import LoginService
import SystemSupport
import Testing

@Suite("cognito-login.conf")
struct ConfigurationTests {
  static let pool = "[pool]\nuser_pool_id = eu-west-1_AbC\nclient_id = abc123\n"

  func parse(_ text: String) throws -> LoginConfiguration {
    try LoginConfiguration.parse(Array(text.utf8), name: "x.conf")
  }

  @Test("a full file is read")
  func full() throws {
    let read = try parse(
      """
      # who decides
      [pool]
      user_pool_id = eu-west-1_AbC
      client_id = abc123
      region = eu-north-1
      endpoint = http://127.0.0.1:9000
      issuer = https://127.0.0.1:9001/eu-west-1_AbC
      ca_file = /etc/ssl/pool.pem

      [login]
      allow_groups = staff, guests
      group_map = admins:sudo, admins:ops ,staff:team
      uid_min = 20000
      uid_max = 20010
      home_prefix = /srv/home
      shell = /bin/sh
      allow_unknown = yes
      reauthentication_services = sudo
      sign_out = global
      """)
    #expect(read.pool.userPoolID == "eu-west-1_AbC" && read.pool.region == "eu-north-1")
    #expect(read.login.allowed == .anyOf(["staff", "guests"]))
    #expect(read.login.groupMap.entries == ["admins": ["ops", "sudo"], "staff": ["team"]])
    #expect(read.login.ids.minimum.number == 20_000 && read.login.ids.maximum.number == 20_010)
    #expect(read.login.homePrefix == "/srv/home" && read.login.shell == "/bin/sh" && read.login.allowUnknown)
    #expect(read.login.reauthenticationServices == ["sudo"] && read.login.signOut == .global)
  }

  @Test("names and single programs are read")
  func namesAndServices() throws {
    let read = try parse(
      Self.pool
        + """
        [login]
        allow_groups = staff
        login_name = email
        email_domains = Example.com, example.org
        recheck = 12h
        [service sudo su]
        groups = admins
        acr = urn:cognito:loa:3, urn:cognito:loa:2
        max_age = 15m
        [service sudo-i]
        recheck = never
        """)
    #expect(read.login.name == LoginNameRule(claim: .email, emailDomains: ["example.com", "example.org"]))
    let sudo = read.login.policy(for: "sudo")
    #expect(sudo == read.login.policy(for: "su-l") && sudo.groups == ["admins"] && sudo.maximumAge == .seconds(900))
    #expect(sudo.levels == ["urn:cognito:loa:3", "urn:cognito:loa:2"] && sudo.recheck == .after(.seconds(43_200)))
    // A section of its own stands alone.
    #expect(read.login.policy(for: "sudo-i").groups == nil && read.login.policy(for: "sudo-i").recheck == .never)
    #expect(read.login.policy(for: "sshd") == read.login.standard)
    #expect(
      try parse(Self.pool + "[login]\nallow_groups = *\nlogin_name = custom:login\n").login.name.text == "custom:login")
  }

  @Test("what isn't said takes the careful default")
  func defaults() throws {
    let read = try parse(Self.pool + "[login]\nallow_groups = *\n")
    #expect(read.pool.region == "eu-west-1")
    #expect(read.login.allowed == .everybody && !read.login.allowUnknown)
    #expect(read.login.groupMap == .empty && read.login.ids == .standard && read.login.signOut == .revoke)
  }

  @Test(
    "whatever is wrong is refused with its line and what to do",
    arguments: [
      ("[pool]\nuser_pool_id = eu-west-1_AbC\nuser_pool_id = eu-west-1_AbC\n", 3),
      ("[pool]\ncolour = blue\nuser_pool_id = eu-west-1_AbC\nclient_id = c\n[login]\nallow_groups = a\n", 2),
      ("[pool]\nuser_pool_id = nonsense\n", 2), ("user_pool_id = x\n", 1), ("[pool\n", 1), ("[pool]\nhello\n", 2),
      ("[pool]\n[pool]\n", 2), ("[pool]\r\n", 1), (pool + "[login]\nallow_groups = a,,b\n", 5),
      (pool + "[login]\nallow_groups = *, a\n", 5), (pool + "[login]\nallow_groups =\n", 5),
      (pool + "[login]\nallow_groups = a\nuid_min = 0\n", nil),
      (pool + "[login]\nallow_groups = a\nuid_max = 70000\n", 6),
      (pool + "[login]\nallow_groups = a\nuid_max = 4294967295\n", 6),
      (pool + "[login]\nallow_groups = a\nuid_min = 30\nuid_max = 20000\n", 7),
      (pool + "[login]\nallow_groups = a\ngroup_map = admins\n", 6),
      (pool + "[login]\nallow_groups = a\ngroup_map = admins:Root Group\n", 6),
      (pool + "[login]\nallow_groups = a\nshell = bash\n", 6),
      (pool + "[login]\nallow_groups = a\nhome_prefix = /home/../etc\n", 6),
      (pool + "[login]\nallow_groups = a\nallow_unknown = true\n", 6),
      (pool + "[login]\nallow_groups = a\nsign_out = maybe\n", 6),
      ("[pool]\nuser_pool_id = eu-west-1_AbC\nclient_id = c\nendpoint = http://pool.example\n", 4),
      (pool + "[login]\nallow_groups = a\nlogin_name = sub\n", 6),
      (pool + "[login]\nallow_groups = a\nlogin_name = custom:\n", 6),
      (pool + "[login]\nallow_groups = a\nemail_domains = example.com\n", 6),
      (pool + "[login]\nallow_groups = a\nlogin_name = email\nemail_domains = @example.com\n", 7),
      (pool + "[login]\nallow_groups = a\nrecheck = 30\n", 6), (pool + "[login]\nallow_groups = a\nrecheck = 0d\n", 6),
      (pool + "[login]\nallow_groups = a\nrecheck = 99999999999999999999d\n", 6),
      (pool + "[login]\nallow_groups = a\n[service]\ngroups = b\n", 6),
      (pool + "[login]\nallow_groups = a\n[service sudo]\n", 6),
      (pool + "[login]\nallow_groups = a\n[service sudo]\ngroups = *\n", 7),
      (pool + "[login]\nallow_groups = a\n[service sudo]\nmax_age = soon\n", 7),
      (pool + "[login]\nallow_groups = a\n[service sudo]\noffline = yes\n", 7),
      (pool + "[login]\nallow_groups = a\n[service sudo]\nacr = 2\n[service su sudo]\nacr = 2\n", 8),
    ] as [(String, Int?)])
  func refused(text: String, line: Int?) throws {
    let error = try #require(#require(throws: ConfigurationFaults.self) { try parse(text) }.all.first)
    #expect(error.line == line)
    #expect(error.description.hasPrefix("x.conf") && !error.advice.isEmpty)
  }

  @Test("all that is wrong is told at once, in the file's order, what is missing last, with what may have been meant")
  func allAtOnce() throws {
    let faults = try #require(throws: ConfigurationFaults.self) {
      try parse(
        """
        [pool]
        user_pool_id = nonsense
        clientid = abc123
        [logn]
        allow_groups = a
        [login]
        alow_groups = a
        hello
        uid_min = 5
        group_map = admins, staff:team, x:root
        client_id = b
        [service sudo]
        max_age = soon
        [pool]
        region = nowhere

        """)
    }
    #expect(
      faults.all.map(\.line) == [2, 3, 4, 7, 8, 10, 10, 11, 13, 14, nil, nil, nil], "\(faults)")
    let text = "\(faults)"
    #expect(text.contains("x.conf:3: unknown key clientid in [pool]. Did you mean client_id? Known are: "))
    #expect(text.contains("x.conf:4: unknown section [logn]. Did you mean [login]? "))
    #expect(text.contains("x.conf:7: unknown key alow_groups in [login]. Did you mean allow_groups? "))
    // A word that is far from all others is nobody's slip.
    #expect(text.contains("x.conf:11: unknown key client_id in [login]. Known are: "))
    #expect(text.contains("x.conf: client_id is missing in [pool]"))
    #expect(text.contains("allow_groups doesn't say"))
    #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("x.conf") })
  }

  @Test("silence about who may sign in lets nobody in", arguments: ["[login]\n", ""])
  func nobodyByDefault(login: String) throws {
    let error = try #require(#require(throws: ConfigurationFaults.self) { try parse(Self.pool + login) }.all.first)
    #expect(error.problem.contains("allow_groups"))
  }

  @Test(
    "guest-oslogin CVE-2020-8903: no group that is as much as root can be mapped",
    arguments: ["root", "shadow", "disk", "kmem", "cognito-login"])
  func rootLikeGroups(group: String) throws {
    #expect(throws: ConfigurationFaults.self) {
      try parse(Self.pool + "[login]\nallow_groups = a\ngroup_map = admins:\(group)\n")
    }
  }

  @Test("a file that others can write is refused", arguments: [0o664, 0o646] as [mode_t])
  func writableByOthers(mode: mode_t) throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("x.conf", Self.pool + "[login]\nallow_groups = a\n", mode: mode)
    let error = try #require(#require(throws: ConfigurationFaults.self) { try LoginConfiguration.read(path) }.all.first)
    #expect(error.file == path && error.advice.contains("chmod"))
    chmod(path, 0o640)
    #expect(throws: Never.self) { try LoginConfiguration.read(path) }
  }

  @Test("a symbolic link is not followed to the configuration")
  func link() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("x.conf", Self.pool + "[login]\nallow_groups = a\n")
    symlink(path, directory.path + "/link")
    #expect(throws: ConfigurationFaults.self) { try LoginConfiguration.read(directory.path + "/link") }
  }

  @Test("the client secret comes from a file that not everybody can read")
  func clientSecret() throws {
    let directory = try TemporaryDirectory()
    let secret = try directory.write("secret", "s3cret\n", mode: 0o640)
    let text = Self.pool + "client_secret_file = \(secret)\n[login]\nallow_groups = a\n"
    #expect(try parse(text).pool.clientSecret?.revealed() == "s3cret")
    chmod(secret, 0o644)
    #expect(throws: ConfigurationFaults.self) { try parse(text) }
    try directory.write("secret", "two\nlines\n", mode: 0o600)
    #expect(throws: ConfigurationFaults.self) { try parse(text) }
  }
}
