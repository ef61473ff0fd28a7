/// A list that the service gives in pages, fetched as it is walked through: whoever stops early has fetched no more
/// than needed.
public struct PagedSequence<Element: Sendable>: AsyncSequence, Sendable {
  /// One page, and what leads to the next.
  public struct Page: Sendable {
    /// The elements of this page.
    public let elements: [Element]
    /// The token of the next page; `nil` after the last.
    public let next: String?

    /// - Parameters:
    ///   - elements: the elements of this page.
    ///   - next: the token of the next page; `nil` after the last.
    public init(_ elements: [Element], next: String? = nil) {
      self.elements = elements
      self.next = next
    }
  }

  private let fetch: @Sendable (String?) async throws -> Page

  /// A list of these elements, fetched from nowhere: for tests of programs that walk through lists.
  public init(_ elements: [Element]) {
    self.init { _ in Page(elements) }
  }

  /// - Parameter fetch: gets the page of a token, the first one for `nil`. An error that is no ``CognitoError`` is handed
  ///   on as ``CognitoError/Code/callbackFailed``.
  public init(_ fetch: @escaping @Sendable (String?) async throws -> Page) {
    self.fetch = fetch
  }

  /// Starts at the first page.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(fetch: fetch) }

  /// All elements of all pages.
  ///
  /// - Parameter maximum: how many at most, so that a large pool can't fill the memory.
  /// - Throws: what the service throws.
  public func collect(maximum: Int = .max) async throws(CognitoError) -> [Element] {
    var elements: [Element] = []
    for try await element in self where elements.count < maximum {
      elements.append(element)
      if elements.count == maximum { break }
    }
    return elements
  }

  /// Walks through the elements.
  public struct AsyncIterator: AsyncIteratorProtocol {
    private let fetch: @Sendable (String?) async throws -> Page
    private var page: [Element].Iterator = [].makeIterator()
    private var token: String?
    private var isLast = false

    init(fetch: @escaping @Sendable (String?) async throws -> Page) {
      self.fetch = fetch
    }

    /// The next element; `nil` after the last.
    ///
    /// - Throws: what the service throws, ``CognitoError/Code/malformedResponse`` when it goes round in circles.
    public mutating func next() async throws(CognitoError) -> Element? { try await next(isolation: nil) }

    /// The next element; `nil` after the last.
    ///
    /// - Throws: what the service throws, ``CognitoError/Code/malformedResponse`` when it goes round in circles.
    public mutating func next(isolation actor: isolated (any Actor)?) async throws(CognitoError) -> Element? {
      while true {
        if let element = page.next() { return element }
        if isLast { return nil }
        let fetched = try await CognitoError.typed { [fetch, token] in try await fetch(token) }
        // A page may be empty and yet not the last, but it always leads somewhere else.
        guard fetched.next == nil || fetched.next != token else {
          throw CognitoError(.malformedResponse, "The service's list leads from a page to the same page again.")
        }
        page = fetched.elements.makeIterator()
        token = fetched.next
        isLast = token == nil
      }
    }
  }
}

extension ServiceClient {
  /// The elements of a paged list for which there is no property here, as they came, fetched page by page.
  ///
  /// - Parameters:
  ///   - operation: such as "ListResourceServers".
  ///   - input: its input, less the token of the page.
  ///   - list: the member of the output that holds the elements, such as "ResourceServers".
  ///   - tokenName: what the token of the next page is called: "NextToken", in some operations "PaginationToken".
  public func pages(
    _ operation: String, _ input: [String: JSONValue], list: String, tokenName: String = "NextToken"
  ) -> PagedSequence<JSONValue> {
    pages(operation, input.mapValues { $0 }, list: list, tokenName: tokenName) { $0 }
  }

  /// The same with the elements read as what they are.
  package func pages<Element: Sendable>(
    _ operation: String, _ input: [String: JSONValue?], list: String, tokenName: String = "NextToken",
    _ element: @escaping @Sendable (JSONValue) throws -> Element
  ) -> PagedSequence<Element> {
    PagedSequence { token in
      var input = input
      input[tokenName] = .some(token.map { .string($0) })
      let output = try await call(operation, .fields(input))
      return try Self.page(output, list: list, tokenName: tokenName, element)
    }
  }

  package static func page<Element: Sendable>(
    _ output: JSONValue, list: String, tokenName: String, _ element: (JSONValue) throws -> Element
  ) throws -> PagedSequence<Element>.Page {
    let elements = try (output[list]?.array ?? []).map(element)
    return .init(elements, next: output[tokenName]?.string.flatMap { $0.isEmpty ? nil : $0 })
  }
}
