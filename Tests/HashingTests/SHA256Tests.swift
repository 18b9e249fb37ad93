import Testing

@testable import FrameStore

@Suite("SHA-256")
struct SHA256Tests {
  /// From FIPS 180-4's examples, and the empty message.
  @Test(
    "digests are those of the standard",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func matches(_ message: String, _ digest: String) {
    #expect(Self.hex(SHA256.digest(Array(message.utf8))) == digest)
  }

  @Test("a million a's, in pieces of every length")
  func matchesInPieces() {
    var hash = SHA256()
    var rest = 1_000_000
    var length = 1
    while rest > 0 {
      let piece = min(length, rest)
      hash.update([UInt8](repeating: UInt8(ascii: "a"), count: piece))
      rest -= piece
      length = length % 200 + 1
    }
    #expect(
      Self.hex(hash.digest())
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
