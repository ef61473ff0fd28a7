extension CurlTransport {
  /// Reaches AWS's metadata services, which answer in plain http on link-local addresses, and never asks a proxy
  /// for them.
  public static let metadata: CurlTransport = {
    var settings = Settings(maximumResponseBytes: 64 << 10, connectTimeout: .seconds(1))
    settings.plainHosts = [
      "169.254.169.254", "[fd00:ec2::254]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]",
    ]
    return CurlTransport(settings)
  }()
}
