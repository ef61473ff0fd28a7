import SystemSupport
import Testing

@Suite("secrets in memory")
struct WipeTests {
  @Test("wiped memory holds zeroes")
  func memory() {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1000, alignment: 1)
    defer { memory.deallocate() }
    for index in memory.indices { memory[index] = 0xaa }
    wipe(UnsafeRawBufferPointer(memory))
    #expect(memory.allSatisfy { $0 == 0 })
    wipe(UnsafeRawBufferPointer(start: nil, count: 0))
  }

  @Test("a wiped array is empty, and another value that was its copy keeps its bytes")
  func array() {
    var bytes = Array("secret".utf8)
    let copy = bytes
    wipe(&bytes)
    #expect(bytes.isEmpty && copy == Array("secret".utf8))
  }

  @Test("an array that grows piece by piece holds all of them")
  func growth() {
    var bytes: [UInt8] = []
    for number in 0..<1000 { bytes.appendWiping([UInt8(number & 0xff), 1]) }
    #expect(bytes.count == 2000 && bytes[510] == 255 && bytes[1998] == 231)
  }
}
