/// What one client may cost the server.
package struct HTTPLimits: Sendable {
  /// Longest body read; the service's own limit isn't published.
  package var bodyBytes = 262_144
  package var headerFieldBytes = 16_384
  package var headerBytes = 65_536
  package var headerFields = 100
  package var connections = 2048
  /// Seconds from a request's first byte (or the connection's start) to its last.
  package var requestTime = 15.0
  /// Seconds between an answer and the next request.
  package var idleTime = 75.0

  package init() {}
}
