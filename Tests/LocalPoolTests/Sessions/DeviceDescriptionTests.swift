import Testing

@testable import LocalPool

@Suite("what a session says of its device")
struct DeviceDescriptionTests {
  @Test(
    "system and program, as the user agent tells them",
    arguments: [
      ("cognito-login/1.0 (sudo; laptop; Linux)", "Linux, cognito-login/1.0 (sudo; laptop; Linux)"),
      ("Boto3/1.44.8 md/Botocore#1.44.8 os/linux#6.1 lang/python#3.11", "Linux, Boto3/1.44.8"),
      (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36",
        "Linux, Chrome"
      ),
      (
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0",
        "Windows, Edge"
      ),
      ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:120.0) Gecko/20100101 Firefox/120.0", "macOS, Firefox"),
      ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "iOS, Safari"),
      ("Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537.36", "Android, Chrome"),
      ("curl/8.5", "curl/8.5"), ("x (never closed", "x"), ("", "unknown"), ("Mozilla/5.0 (something)", "unknown"),
      ("a\u{1B}[31mb/1\n\u{202E}", "a[31mb/1"),
    ])
  func text(_ userAgent: String, _ expected: String) {
    #expect(DeviceDescription.of(userAgent) == expected)
  }

  @Test("it has an end")
  func length() {
    #expect(DeviceDescription.of(String(repeating: "x", count: 5000)).count == 1024)
  }
}
