import Cognito
import FoundationEssentials

/// Requests to a pool, before anything of them is believed: the Authorization header, then the date, then the target.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: data, count: count), as: UTF8.self)
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  func line(_ index: Int) -> String { lines.indices.contains(index) ? lines[index] : "" }
  let request = HTTPRequest(
    method: "POST", url: line(2),
    headers: [
      .init("Host", "127.0.0.1"), .init("Authorization", line(0)), .init("X-Amz-Date", line(1)),
      .init("X-Amz-Target", "a.b"),
    ], body: Array(line(3).utf8))
  let now = Date(timeIntervalSince1970: 1_793_696_701)
  let signer =
    (try? SigV4(region: "r", service: "cognito-idp").verify(request, now: now) { _ in
      Secret(utf8: "a key that the fuzzer doesn't know")
    })
  precondition(signer == nil, "a signature out of nothing")
  return 0
}
