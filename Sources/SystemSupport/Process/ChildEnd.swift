/// How a program ended.
package enum ChildEnd: Equatable, Sendable {
  case exited(Int32)
  case killed(signal: Int32)
}
