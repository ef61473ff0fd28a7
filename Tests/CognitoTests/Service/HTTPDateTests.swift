import Cognito
import FoundationEssentials
import Testing

@Suite("dates in headers and in claims")
struct HTTPDateTests {
  @Test(
    "what is written is read back, in the one form of RFC 9110",
    arguments: [
      (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
      (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
    ])
  func roundTrip(seconds: Int64, text: String) {
    #expect(HTTPDate.text(unixSeconds: seconds) == text)
    #expect(HTTPDate.unixSeconds(text) == seconds)
  }

  @Test(
    "other forms are no date",
    arguments: [
      "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 nov 1994 08:49:37 GMT",
      "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 32 Nov 1994 08:49:37 GMT",
    ])
  func refuses(text: String) {
    #expect(HTTPDate.unixSeconds(text) == nil)
  }

  @Test("the moment of a password claim is read only as it is written")
  func claims() {
    let moment = Date(timeIntervalSince1970: 1_793_696_701)
    #expect(PasswordClaim.timestamp(moment) == "Tue Nov 3 09:05:01 UTC 2026")
    #expect(PasswordClaim.moment("Tue Nov 3 09:05:01 UTC 2026") == moment)
    for bad in [
      "Tue Nov 03 09:05:01 UTC 2026", "Wed Nov 3 09:05:01 UTC 2026", "Tue Nov 3 9:05:01 UTC 2026",
      "Tue Nov 3 09:05:01 GMT 2026", "Tue  Nov 3 09:05:01 UTC 2026", "Tue Nov +3 09:05:01 UTC 2026", "",
    ] {
      #expect(PasswordClaim.moment(bad) == nil, "\(bad)")
    }
  }
}
