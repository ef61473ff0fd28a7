/// An operation of the service by its name, for those that have no method here: new ones, and those that few need.
///
/// It is sent like all others, over the same transport, with the same deadlines, attempts and errors.
///
/// ```swift
/// let describe = OpenOperation("DescribeUserPool")
/// let pool = try await client.administrator.call(describe)["UserPool"]
/// ```
///
/// What is known of an operation is taken as it is: the operations that the service's model says need no signature, and
/// reads, which may be sent again. An operation that this version has not heard of is signed and sent once, unless the
/// value says otherwise.
public struct OpenOperation: Sendable, Hashable {
  /// Its name, such as "DescribeUserPool".
  public let name: String
  /// Which service has it.
  public let service: ServiceClient.Kind
  /// Whether it is signed with AWS credentials.
  public let auth: ServiceClient.Authentication
  /// Whether it may be sent again when it is not known what became of it.
  public let isRepeatable: Bool

  /// - Parameters:
  ///   - name: as the service's model has it: letters and digits.
  ///   - service: which service has it.
  ///   - auth: `nil` for what is known of the operation; signed if nothing is.
  ///   - isRepeatable: `nil` for what is known of the operation; if nothing is, names that begin with "Get", "List" or
  ///     "Describe" are reads, and may be sent again.
  public init(
    _ name: String, service: ServiceClient.Kind = .userPools, auth: ServiceClient.Authentication? = nil,
    isRepeatable: Bool? = nil
  ) {
    self.name = name
    self.service = service
    self.auth = auth ?? (OperationModel.unsigned.contains(name) ? .none : .signed)
    self.isRepeatable = isRepeatable ?? OperationModel.isRepeatable(name)
  }
}

extension ServiceClient {
  /// Sends one operation and waits for its answer.
  ///
  /// - Parameters:
  ///   - operation: which one, and how it is sent.
  ///   - input: its input as the service's model has it, an object.
  /// - Returns: its output, an object.
  /// - Throws: ``CognitoError``: ``CognitoError/Code/invalidInput`` for a name that can't be one, another service's
  ///   operation, or an input that is no object.
  public func call(_ operation: OpenOperation, _ input: JSONValue = [:]) async throws(CognitoError) -> JSONValue {
    let isNameByte = { (byte: UInt8) in
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    // The name goes into a header.
    guard (1...128).contains(operation.name.utf8.count), operation.name.utf8.allSatisfy(isNameByte) else {
      throw CognitoError(.invalidInput, "Not an operation's name: letters and digits only.")
    }
    guard operation.service == kind else {
      throw CognitoError(.invalidInput, "\(operation.name) is an operation of another service than this client's.")
    }
    guard case .object = input else {
      throw CognitoError(.invalidInput, "The input of \(operation.name) must be a JSON object.")
    }
    return try await call(operation.name, input, auth: operation.auth, repeatable: operation.isRepeatable)
  }
}

extension UserPoolClient {
  /// Sends an operation that has no method here, with this client's id in its input unless that has one.
  ///
  /// - Parameters:
  ///   - operation: which one, and how it is sent.
  ///   - input: its input as the service's model has it.
  /// - Returns: its output, an object.
  /// - Throws: ``CognitoError``.
  @discardableResult
  public func call(_ operation: OpenOperation, _ input: [String: JSONValue] = [:]) async throws(CognitoError)
    -> JSONValue
  {
    try await service.call(operation, .object(input.merging(["ClientId": .string(clientID)]) { given, _ in given }))
  }
}

extension SignedInUser {
  /// Sends an operation that has no method here, with the user's access token in its input.
  ///
  /// - Parameters:
  ///   - operation: which one, and how it is sent.
  ///   - input: its input as the service's model has it, but for the access token.
  /// - Returns: its output, an object.
  /// - Throws: ``CognitoError``.
  @discardableResult
  public func call(_ operation: OpenOperation, _ input: [String: JSONValue] = [:]) async throws(CognitoError)
    -> JSONValue
  {
    try await service.call(operation, .object(try await withToken(input)))
  }
}

extension UserPoolAdministrator {
  /// Sends an operation that has no method here, with the pool's id in its input unless that has one, or the operation
  /// is known to be about no pool in particular (CreateUserPool, ListUserPools, TagResource and the like).
  ///
  /// - Parameters:
  ///   - operation: which one, and how it is sent.
  ///   - input: its input as the service's model has it.
  /// - Returns: its output, an object.
  /// - Throws: ``CognitoError``.
  @discardableResult
  public func call(_ operation: OpenOperation, _ input: [String: JSONValue] = [:]) async throws(CognitoError)
    -> JSONValue
  {
    var input = input
    if input["UserPoolId"] == nil, !OperationModel.withoutPool.contains(operation.name) {
      input["UserPoolId"] = .string(pool.id)
    }
    return try await service.call(operation, .object(input))
  }
}
